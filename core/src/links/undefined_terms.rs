//! Detection of terms that are used repeatedly without a definition.

use std::collections::HashMap;
use std::ops::Range;

use super::name_index::{EntryNumber, NameIndex};
use super::name_words::is_abbreviation;
use super::text_walk::{visit_paragraphs, visit_texts};
use crate::notebook::{Notebook, Span, plain};
use crate::search::normalize_word;

/// Number of entries that use a phrase, or number of uses of an abbreviation, from which it is reported. A phrase that
/// occurs once is usually explained in place.
const MIN_OCCURRENCES: usize = 2;

/// Longest reported phrase in words. Longer ones are titles or emphasized clauses.
const MAX_PHRASE_WORDS: usize = 4;

/// Longest reported abbreviation in bytes. Longer words with capitals are identifiers of code.
const MAX_ABBREVIATION_LEN: usize = 12;

/// A term that is used repeatedly without a definition.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct UndefinedTerm {
    /// The term as first written.
    pub(super) name: String,
    /// The entry that uses it first.
    pub(super) entry: EntryNumber,
    /// Number of uses.
    pub(super) count: usize,
}

/// The uses of a phrase so far.
#[derive(Default)]
struct PhraseUses {
    name: String,
    entries: Vec<EntryNumber>,
    count: usize,
    /// Parentheses, bold type or capitals mark it as a term.
    is_marked: bool,
}

/// Uses of phrases by their normalized form.
#[derive(Default)]
struct PhraseCounter {
    uses: HashMap<String, PhraseUses>,
    /// Normalized forms in the order of their first use.
    order: Vec<String>,
}

impl PhraseCounter {
    fn add(&mut self, entry: EntryNumber, phrase: &str, is_marked: bool) {
        let is_abbreviation = is_abbreviation(phrase);
        let name = if is_abbreviation { phrase.trim_end_matches('s') } else { phrase };
        let key = if is_abbreviation { name.to_owned() } else { normalize_word(name) };
        let uses = self.uses.entry(key).or_insert_with_key(|key| {
            self.order.push(key.clone());
            PhraseUses { name: name.to_owned(), ..PhraseUses::default() }
        });
        uses.count += 1;
        uses.is_marked |= is_marked;
        if uses.entries.last() != Some(&entry) {
            uses.entries.push(entry);
        }
    }

    /// Returns the phrases that recur and are not in `names`, in the order of their first use.
    fn undefined(mut self, names: &NameIndex) -> Vec<UndefinedTerm> {
        let undefined = self.order.iter().filter_map(|key| {
            let PhraseUses { name, entries, count, is_marked } = self.uses.remove(key)?;
            let recurs =
                entries.len() >= MIN_OCCURRENCES || (is_abbreviation(key) && count >= MIN_OCCURRENCES);
            let entry = *entries.first()?;
            (is_marked && recurs && names.find(&name).is_empty()).then_some(UndefinedTerm {
                name,
                entry,
                count,
            })
        });
        undefined.collect()
    }
}

/// Returns the undefined terms of a notebook, in the order of their first use: abbreviations in or before parentheses,
/// bold phrases, and phrases with capitals. O(words).
pub(super) fn undefined_terms(notebook: &Notebook, names: &NameIndex) -> Vec<UndefinedTerm> {
    let mut phrases = PhraseCounter::default();
    visit_texts(notebook, &mut |entry, text| {
        visit_abbreviations(text, &mut |name, has_parentheses| phrases.add(entry, name, has_parentheses));
        visit_capitalized_phrases(text, &mut |phrase| phrases.add(entry, phrase, true));
    });
    for (number, (_, entry)) in (0..).zip(notebook.walk()) {
        visit_paragraphs(entry.blocks(), &mut |spans| {
            visit_bold_phrases(spans, &mut |phrase| phrases.add(number, phrase, true));
        });
    }
    phrases.undefined(names)
}

/// Calls `visit` with each abbreviation, and whether it is in parentheses or followed by them.
fn visit_abbreviations(text: &str, visit: &mut dyn FnMut(&str, bool)) {
    let is_word_char = |c: char| c.is_alphanumeric() || c == '-';
    let mut end = 0;
    for piece in text.split_inclusive(|c: char| !is_word_char(c)) {
        let word = piece.trim_end_matches(|c: char| !is_word_char(c)).trim_matches('-');
        let start = end;
        end += piece.len();
        if word.len() > MAX_ABBREVIATION_LEN
            || !is_abbreviation(word)
            || word.chars().any(|c| c.is_ascii_digit())
        {
            continue;
        }
        let (before, after) = text.split_at_checked(start).unwrap_or((text, ""));
        let after = after.strip_prefix(word).unwrap_or_default();
        let has_parentheses = (before.ends_with('(') && after.starts_with(')')) || after.starts_with(" (");
        visit(word, has_parentheses);
    }
}

/// Calls `visit` with each run of two to four words with a capital, except for the first word of a sentence.
fn visit_capitalized_phrases(text: &str, visit: &mut dyn FnMut(&str)) {
    let mut visit_run = |run: Option<Range<usize>>, word_count: usize| {
        let run = run.filter(|_| (2..=MAX_PHRASE_WORDS).contains(&word_count));
        if let Some(phrase) = run.and_then(|run| text.get(run)) {
            visit(phrase);
        }
    };
    let mut run: Option<Range<usize>> = None;
    let mut word_count = 0;
    let mut starts_sentence = true;
    let mut end = 0;
    for piece in text.split_inclusive(char::is_whitespace) {
        let start = end;
        end += piece.len();
        let token = piece.trim_end();
        let word = token.trim_end_matches(|c: char| !c.is_alphanumeric());
        let is_capitalized = word.chars().all(|c| c.is_alphabetic() || c == '-')
            && word.chars().count() > 1
            && word.starts_with(char::is_uppercase)
            && !is_abbreviation(word);
        if is_capitalized && !starts_sentence {
            run = Some(run.map_or(start, |run| run.start)..start + word.len());
            word_count += 1;
        }
        let has_punctuation = word.len() < token.len();
        if !is_capitalized || starts_sentence || has_punctuation {
            visit_run(run.take(), word_count);
            word_count = 0;
        }
        starts_sentence =
            token.ends_with(['.', '!', '?', ':', ';', '(', '"', '“']) || token.is_empty() && starts_sentence;
    }
    visit_run(run, word_count);
}

/// Calls `visit` with each bold phrase of up to four words, except for abbreviations, which [`visit_abbreviations`] finds, and
/// labels: `**Thoughts**: …`.
fn visit_bold_phrases(spans: &[Span], visit: &mut dyn FnMut(&str)) {
    for (at, span) in spans.iter().enumerate() {
        if let Span::Strong(inner) = span {
            let phrase = plain(inner);
            let colon = [':', '：'];
            let is_before_colon =
                matches!(spans.get(at + 1), Some(Span::Text(text)) if text.trim_start().starts_with(colon));
            if is_before_colon || phrase.trim_end().ends_with(colon) {
                continue;
            }
            let phrase = phrase.trim_matches(|c: char| !c.is_alphanumeric());
            let word_count = phrase.split_whitespace().count();
            if (1..=MAX_PHRASE_WORDS).contains(&word_count) && !is_abbreviation(phrase) {
                visit(phrase);
            }
        } else if !matches!(span, Span::Link { .. }) {
            visit_bold_phrases(span.children(), visit);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn labels_in_bold_are_no_phrases() {
        let strong = |text: &str| Span::Strong(vec![Span::Text(text.into())]);
        let spans = [strong("Thoughts:"), strong("Progress"), Span::Text(" : some".into()), strong("Folds")];
        let mut found = Vec::new();
        visit_bold_phrases(&spans, &mut |phrase| found.push(phrase.to_owned()));
        assert_eq!(found, ["Folds"]);
    }

    #[test]
    fn finds_abbreviations_with_parentheses() {
        let mut found = Vec::new();
        visit_abbreviations("A network (CNN), MHSA (x), CNNs and CV?", &mut |name, has_parentheses| {
            found.push((name.to_owned(), has_parentheses));
        });
        let found: Vec<_> = found.iter().map(|(name, marked)| (name.as_str(), *marked)).collect();
        assert_eq!(found, [("CNN", true), ("MHSA", true), ("CNNs", false), ("CV", false)]);
    }

    #[test]
    fn finds_capitalized_phrases_within_sentences() {
        let text = "Using Gumbel Softmax here. The Other One is. With Spike and Slab Priors, Timm";
        let mut found = Vec::new();
        visit_capitalized_phrases(text, &mut |phrase| found.push(phrase.to_owned()));
        assert_eq!(found, ["Gumbel Softmax", "Other One", "Slab Priors"]);
    }
}
