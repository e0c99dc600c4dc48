//! A query resolved against the dictionary: numbers of words instead of their letters.

use std::ops::Range;

use super::index::InvertedIndex;
use super::spelling::{CorrectedWord, allowed};
use super::tokenizer::{Run, joined, pairs, runs, stem, without_marks};
use super::{AcceptedWord, Alternatives, FieldSet, QueryTerm};
use crate::search::characters::{JOINT, is_unspaced};

/// Words of a query that are evaluated, so that a pasted page is answered within a frame. Thirty-two words that an entry
/// must all have leave next to nothing to narrow. Chosen.
const MAX_WORDS: usize = 32;
/// Words of a query that may have typos: each takes a walk through the dictionary. Chosen.
const MAX_WALKS: usize = 8;
/// Letters of the parts of a compound that may stand apart from one another: `pre trained` for `pre-trained`. Every other
/// entry has a `4` somewhere, so `gpt-4` is not found by its parts. Chosen.
const MIN_COMPOUND_PART_LETTERS: usize = 3;
/// Misspelt words of a term that are highlighted. They are passed to the client at every key; nobody sees the others.
/// Chosen.
const MAX_MARKED: usize = 64;

/// Something a document must have.
pub(super) enum Clause {
    /// A word.
    One(ResolvedWord),
    /// All of any of these.
    Any(Vec<Vec<Clause>>),
}

/// A word, resolved.
#[derive(Default)]
pub(super) struct ResolvedWord {
    /// Index of its term in the query.
    pub(super) position: usize,
    pub(super) text: String,
    pub(super) prefix: bool,
    pub(super) fields: u8,
    /// True if typos are not accepted.
    pub(super) strict: bool,
    /// Words that are it.
    pub(super) exact: Vec<usize>,
    /// Words that begin with it.
    pub(super) prefix_range: Range<usize>,
    /// Documents of those, counted once for each word.
    pub(super) prefix_postings: u32,
    /// Words that it may mean.
    pub(super) corrections: Vec<CorrectedWord>,
    /// Documents to read.
    pub(super) cost: u32,
}

impl Clause {
    /// Documents to read, about.
    pub(super) fn cost(&self) -> u32 {
        match self {
            Self::One(resolved) => resolved.cost,
            Self::Any(variants) => variants
                .iter()
                .map(|variant| variant.iter().map(Self::cost).min().unwrap_or_default())
                .fold(0, u32::saturating_add),
        }
    }

    /// The word as it was typed, where it is one.
    pub(super) fn typed(&self) -> Option<&ResolvedWord> {
        match self {
            Self::One(resolved) => Some(resolved),
            Self::Any(variants) => match variants.first().map(Vec::as_slice) {
                Some([Self::One(resolved)]) => Some(resolved),
                _ => None,
            },
        }
    }

    fn typed_mut(&mut self) -> Option<&mut ResolvedWord> {
        match self {
            Self::One(resolved) => Some(resolved),
            Self::Any(variants) => match variants.first_mut().map(Vec::as_mut_slice) {
                Some([Self::One(resolved)]) => Some(resolved),
                _ => None,
            },
        }
    }
}

impl InvertedIndex {
    /// Returns the number of documents with a word, as it is or in the plural. O(log words).
    pub(in crate::search) fn document_frequency(&self, word: &str) -> u32 {
        self.words.find(&stem(word)).map_or(0, |at| self.lists.count(at))
    }

    /// Returns true if a word begins with some letters. O(log words).
    pub(in crate::search) fn has_prefix(&self, prefix: &str) -> bool {
        !self.words.range(prefix).is_empty()
    }

    /// Reads a query.
    pub(super) fn resolve(&self, terms: &[Alternatives]) -> Vec<Clause> {
        let mut clauses = Vec::new();
        for (position, term) in terms.iter().enumerate() {
            let mut variants = term
                .variants
                .iter()
                .map(|variant| self.resolve_variant(position, variant))
                .filter(|variant| !variant.is_empty());
            let Some(first) = variants.next() else { continue };
            let others: Vec<_> = variants.collect();
            if others.is_empty() {
                clauses.extend(first);
            } else {
                clauses.push(Clause::Any(std::iter::once(first).chain(others).collect()));
            }
            if clauses.len() >= MAX_WORDS {
                break;
            }
        }
        clauses.truncate(MAX_WORDS);
        clauses
    }

    fn resolve_variant(&self, position: usize, variant: &[QueryTerm]) -> Vec<Clause> {
        let mut clauses = Vec::new();
        for term in variant {
            let mut runs = runs(term.text).take(MAX_WORDS).peekable();
            while let Some(run) = runs.next() {
                let last = runs.peek().is_none();
                match run {
                    Run::Word(word) => {
                        clauses.push(self.word_clause(position, term, word, term.is_prefix && last));
                    }
                    Run::Unspaced(run) if run.chars().nth(1).is_none() => {
                        clauses.push(self.prefix_clause(position, term, run));
                    }
                    Run::Unspaced(run) => {
                        let pairs = pairs(run).filter(|pair| pair.chars().nth(1).is_some()).take(MAX_WORDS);
                        clauses.extend(
                            pairs.map(|pair| Clause::One(self.resolve_word(position, term, pair, false))),
                        );
                    }
                }
            }
        }
        clauses.truncate(MAX_WORDS);
        clauses
    }

    /// Resolves a word with its marks and joints. Marks count if any document has them. A compound is found in one word, and by
    /// its parts unless those say little (`gpt-4`) and it is known in one word.
    fn word_clause(&self, position: usize, term: &QueryTerm, word: &str, prefix: bool) -> Clause {
        let bare = without_marks(word);
        if bare.len() < word.len() {
            let marked = self.resolve_word(position, term, &joined(word), prefix);
            if marked.cost > 0 {
                // `net` is no typo of `.net`.
                return Clause::One(ResolvedWord { strict: true, ..marked });
            }
        }
        let whole = self.resolve_word(position, term, &joined(bare), prefix);
        let is_telling = |part: &str| part.chars().nth(MIN_COMPOUND_PART_LETTERS - 1).is_some();
        let by_parts = whole.cost == 0 || (!term.is_exact && bare.split(JOINT).all(is_telling));
        if !bare.contains(JOINT) || !by_parts {
            return Clause::One(whole);
        }
        let parts = bare.split(JOINT).filter(|part| !part.is_empty());
        let mut parts = parts.take(MAX_WORDS).peekable();
        let mut clauses = Vec::new();
        while let Some(part) = parts.next() {
            let is_last = parts.peek().is_none();
            clauses.push(Clause::One(self.resolve_word(position, term, part, prefix && is_last)));
        }
        Clause::Any(vec![vec![Clause::One(whole)], clauses])
    }

    fn resolve_word(&self, position: usize, term: &QueryTerm, word: &str, prefix: bool) -> ResolvedWord {
        let mut forms = vec![stem(word).into_owned()];
        if prefix {
            // `categori` is on the way to `categories`, which is indexed as `category`.
            for ending in ["s", "es"] {
                let longer = format!("{word}{ending}");
                let form = stem(&longer);
                if form != longer && !form.starts_with(word) && !forms.iter().any(|known| *known == form) {
                    forms.push(form.into_owned());
                }
            }
        }
        let exact: Vec<usize> = forms.iter().filter_map(|form| self.words.find(form)).collect();
        let found = exact.iter().map(|&at| self.lists.count(at)).fold(0, u32::saturating_add);
        let mut resolved = if prefix { self.resolve_prefix(word) } else { ResolvedWord::default() };
        resolved.position = position;
        resolved.fields = term.fields.0;
        resolved.strict = term.is_exact;
        resolved.text.clear();
        resolved.text.push_str(word);
        resolved.prefix = prefix;
        resolved.exact = exact;
        resolved.cost = resolved.cost.saturating_add(found);
        resolved
    }

    /// A single letter that anything may follow.
    fn prefix_clause(&self, position: usize, term: &QueryTerm, letter: &str) -> Clause {
        Clause::One(ResolvedWord { position, fields: term.fields.0, ..self.resolve_prefix(letter) })
    }

    /// All words that begin with some letters.
    pub(super) fn resolve_prefix(&self, prefix: &str) -> ResolvedWord {
        let prefix_range = self.words.range(prefix);
        let prefix_postings =
            self.prefix_answer(prefix).map_or_else(|| self.count_all(&prefix_range), |answer| answer.count);
        let text = prefix.to_owned();
        ResolvedWord {
            text,
            prefix: true,
            fields: FieldSet::ALL.0,
            prefix_range,
            prefix_postings,
            cost: prefix_postings,
            ..ResolvedWord::default()
        }
    }

    /// The words that count as what is needed.
    pub(super) fn accepted(&self, clauses: &[Clause], typos: bool, accepted: &mut Vec<AcceptedWord>) {
        for clause in clauses {
            match clause {
                Clause::One(resolved) => self.accept(resolved, typos, accepted),
                Clause::Any(variants) => {
                    for variant in variants {
                        self.accepted(variant, typos, accepted);
                    }
                }
            }
        }
    }

    fn accept(&self, resolved: &ResolvedWord, typos: bool, accepted: &mut Vec<AcceptedWord>) {
        let word = |at| AcceptedWord {
            term: resolved.position,
            word: self.words.word(at).to_owned(),
            is_prefix: false,
        };
        accepted.extend(resolved.exact.iter().map(|&at| word(at)));
        if !resolved.prefix_range.is_empty() {
            accepted.push(AcceptedWord {
                term: resolved.position,
                word: resolved.text.clone(),
                is_prefix: true,
            });
        }
        if typos {
            accepted.extend(resolved.corrections.iter().take(MAX_MARKED).map(|near| word(near.word)));
        }
    }

    /// Looks for what the words may mean, typos allowed. Returns true if any was found.
    pub(super) fn allow_typos(&self, clauses: &mut [Clause]) -> bool {
        let mut any = false;
        for resolved in clauses.iter_mut().filter_map(Clause::typed_mut).take(MAX_WALKS) {
            if !resolved.strict
                && allowed(resolved.text.chars().count()) > 0
                && !resolved.text.chars().any(is_unspaced)
            {
                resolved.corrections = self.corrections(&resolved.text, resolved.prefix);
                resolved.corrections.retain(|near| near.distance > 0);
                let near = resolved.corrections.iter().map(|near| near.count).fold(0, u32::saturating_add);
                resolved.cost = resolved.cost.saturating_add(near);
                any |= !resolved.corrections.is_empty();
            }
        }
        any
    }
}
