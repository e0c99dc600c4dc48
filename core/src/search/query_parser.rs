//! Parser of the search box: words, phrases, exclusions and fields.
//!
//! `sparse "auto encoder" -vision title:circuits author:olah term:vae year:2020..2022 in:practice`.
//! Parsing never fails: text that fits no rule is a word.

use std::ops::{Range, RangeInclusive};

use super::characters::{JOINT, is_letter, is_symbol, is_unspaced};
use super::normalize::normalize_line;
use super::{EntryKind, Field};
use crate::query;
use crate::unicode::split_at_boundary;

/// Bytes of the search box that are read: a page that was pasted by accident costs no more than this. Chosen.
const MAX_QUERY_BYTES: usize = 2_000;

/// A typed text, read.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct ParsedWords {
    /// Every one must be found.
    pub(super) required: Vec<QueryWord>,
    /// None may be found.
    pub(super) excluded: Vec<QueryWord>,
    /// Papers of these years.
    pub(super) years: Option<RangeInclusive<u16>>,
    /// Entries under a heading with each of these in it.
    pub(super) headings: Vec<String>,
}

/// A normalized word or phrase, and the fields in which it is searched.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct QueryWord {
    pub(super) text: String,
    pub(super) scope: SearchScope,
    /// Words in quotes: these letters and no others between two ends of words.
    pub(super) phrase: bool,
    /// Bytes of what was typed, with the name of its scope.
    pub(super) at: Range<usize>,
    /// As typed, without that name: the end of `at`.
    pub(super) bare: String,
}

/// The fields in which a word may occur.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum SearchScope {
    Anywhere,
    In(Field),
    /// In the name of a term.
    TermName,
}

impl ParsedWords {
    /// Reads a text. O(length), of which no more than 2,000 bytes count.
    pub(super) fn read(typed: &str) -> Self {
        let mut read = Self::default();
        let end = (0..=typed.len().min(MAX_QUERY_BYTES)).rev().find(|&at| typed.is_char_boundary(at));
        let typed = typed.get(..end.unwrap_or_default()).unwrap_or_default();
        let mut rest = typed.trim_start();
        while !rest.is_empty() {
            let (piece, after) = piece(rest);
            let begin = typed.len() - rest.len();
            read.piece(piece, begin..begin + piece.len());
            rest = after.trim_start();
        }
        read
    }

    fn piece(&mut self, piece: &str, at: Range<usize>) {
        let word = |piece: &str| word(piece, at.clone());
        let excluded = piece.strip_prefix(MINUS).filter(|rest| rest.starts_with(begins_word));
        if let Some(excluded) = excluded {
            return self.excluded.extend(word(excluded));
        }
        match operator(piece) {
            Some(("year", years)) if self.years.is_none() => match year_range(years) {
                Some(years) => self.years = Some(years),
                None => self.required.extend(word(piece)),
            },
            Some(("in", heading)) => {
                self.headings.extend(word(heading).map(|word| word.text));
            }
            _ => self.required.extend(word(piece)),
        }
    }
}

/// Characters before a word that is not required: a hyphen, and the dashes that phones and keyboards of East Asia write for it.
const MINUS: [char; 5] = ['-', '\u{2013}', '\u{2014}', '\u{2212}', '\u{ff0d}'];

/// Names before a colon.
const OPERATORS: [&str; 5] = ["title", "author", "term", "year", "in"];

/// Splits an operator from its value, which is not empty. Phones begin with a capital, and Chinese keyboards have a wide colon.
fn operator(piece: &str) -> Option<(&'static str, &str)> {
    let (name, value) = piece.split_once([':', '：']).filter(|(_, value)| !value.is_empty())?;
    let known = OPERATORS.into_iter().find(|known| name.eq_ignore_ascii_case(known))?;
    Some((known, value))
}

/// Reads a range of years: `2016..2018`, and as phones write it `2016-2018`, `2016–2018`, `2016…2018`.
fn year_range(text: &str) -> Option<RangeInclusive<u16>> {
    match text.split_once(['-', '\u{2013}', '\u{2014}', '…']) {
        Some((from, to)) => query::years(&format!("{from}..{to}")),
        None => query::years(text),
    }
}

/// Returns true for quotation marks of any language.
pub(super) fn is_quote(c: char) -> bool {
    matches!(c, '"' | '«' | '»' | '\u{201c}'..='\u{201f}' | '\u{300c}'..='\u{300f}' | '＂')
}

fn begins_word(c: char) -> bool {
    is_quote(c) || is_letter(c) || is_symbol(c)
}

/// The first piece of a text, up to white space that is not in quotes, and what follows it.
fn piece(text: &str) -> (&str, &str) {
    let mut quoted = false;
    let end = text.find(|c: char| {
        quoted ^= is_quote(c);
        c.is_whitespace() && !quoted
    });
    // A quote that never ends is a letter like others.
    let end = if quoted && end.is_none() { text.find(char::is_whitespace) } else { end };
    split_at_boundary(text, end.unwrap_or(text.len()))
}

/// A word with its scope; `None` where nothing is left of it when normalized.
fn word(piece: &str, at: Range<usize>) -> Option<QueryWord> {
    let scoped = operator(piece).and_then(|(name, value)| match name {
        "title" => Some((SearchScope::In(Field::Title), value)),
        "author" => Some((SearchScope::In(Field::Byline), value)),
        "term" => Some((SearchScope::TermName, value)),
        _ => None,
    });
    let (scope, said) = scoped.unwrap_or((SearchScope::Anywhere, piece));
    let inside = said.strip_prefix(is_quote).and_then(|rest| rest.strip_suffix(is_quote));
    let text = normalize_line(page_of(inside.unwrap_or(said).trim()));
    (!text.is_empty()).then_some(QueryWord {
        text,
        scope,
        phrase: inside.is_some(),
        at,
        bare: said.to_owned(),
    })
}

/// Returns an address or id without scheme and version (`2005.14165v4`), so that it is found however it was copied. Other texts
/// stay as they are.
pub(super) fn page_of(address: &str) -> &str {
    let scheme = ["https://", "http://", "doi:"].iter().find_map(|scheme| address.strip_prefix(scheme));
    let page = scheme.map_or(address, |rest| rest.strip_prefix("www.").unwrap_or(rest).trim_end_matches('/'));
    let version = page.rsplit_once('v').filter(|(id, version)| {
        let is_number = !version.is_empty() && version.bytes().all(|byte| byte.is_ascii_digit());
        is_number && id.ends_with(|c: char| c.is_ascii_digit()) && id.contains(['.', '/'])
    });
    version.map_or(page, |(id, _)| id)
}

/// Iterates over the occurrences of normalized words in a normalized text. A joint may be missing on either side, and a space or mark may
/// stand for it; a slash may be missing in the words (`tcpip`).
pub(super) fn occurrences<'a>(text: &'a str, words: &'a str) -> impl Iterator<Item = Range<usize>> + 'a {
    let mut from = 0;
    std::iter::from_fn(move || {
        let first = words.chars().next()?;
        loop {
            let at = from + text.get(from..)?.find(first)?;
            from = at + first.len_utf8();
            if let Some(length) = match_length(text.get(at..).unwrap_or_default(), words) {
                from = from.max(at + length);
                return Some(at..at + length);
            }
        }
    })
}

/// Returns the bytes at the beginning of a text that are some words.
fn match_length(text: &str, words: &str) -> Option<usize> {
    let mut letters = text.char_indices().peekable();
    for required in words.chars() {
        if required == JOINT {
            letters.next_if(|(_, c)| matches!(*c, JOINT | ' '));
            continue;
        }
        let (_, mut found) = letters.next()?;
        if matches!(found, JOINT | '/') && required.is_alphanumeric() {
            (_, found) = letters.next()?;
        }
        if found != required && found != JOINT {
            return None;
        }
    }
    Some(letters.next().map_or(text.len(), |(at, _)| at))
}

impl QueryWord {
    /// Returns true if the word is searched in a field of an entry of some kind.
    pub(super) fn is_searched_in(&self, field: Field, kind: EntryKind) -> bool {
        match self.scope {
            SearchScope::Anywhere => true,
            SearchScope::In(searched) => searched == field,
            SearchScope::TermName => kind == EntryKind::Term && field == Field::Title,
        }
    }

    /// Iterates over its occurrences in normalized text; those of a phrase begin and end at word boundaries.
    pub(super) fn occurrences_in<'a>(
        &'a self,
        normalized: &'a str,
    ) -> impl Iterator<Item = Range<usize>> + 'a {
        let found = occurrences(normalized, &self.text);
        found.filter(|at| {
            let first = |text: Option<&str>| text.and_then(|text| text.chars().next());
            let last = |text: Option<&str>| text.and_then(|text| text.chars().next_back());
            // A word continues behind a letter, except in scripts without spaces between words.
            let joins = |edge: Option<char>, next: Option<char>| {
                next.is_some_and(char::is_alphanumeric)
                    && ![edge, next].into_iter().flatten().any(is_unspaced)
            };
            let found = normalized.get(at.clone());
            !self.phrase
                || !(joins(first(found), last(normalized.get(..at.start)))
                    || joins(last(found), first(normalized.get(at.end..))))
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn said(words: &[QueryWord]) -> Vec<(&str, bool)> {
        words.iter().map(|word| (word.text.as_str(), word.phrase)).collect()
    }

    #[test]
    fn reads_words_phrases_and_exclusions() {
        let typed = ParsedWords::read("Sparse  \"Auto-Encoder of\" -vision -\"a b\" - x-y");
        assert_eq!(
            said(&typed.required),
            [("sparse", false), ("auto\u{1d}encoder of", true), ("-", false), ("x\u{1d}y", false)]
        );
        assert_eq!(said(&typed.excluded), [("vision", false), ("a b", true)]);
    }

    #[test]
    fn reads_fields_of_words() {
        let typed = ParsedWords::read("title:Vision author:\"de la Cruz\" term:VAE title: http://x");
        let scopes: Vec<_> = typed.required.iter().map(|word| (word.text.as_str(), word.scope)).collect();
        let expected = [
            ("vision", SearchScope::In(Field::Title)),
            ("de la cruz", SearchScope::In(Field::Byline)),
            ("vae", SearchScope::TermName),
            ("title:", SearchScope::Anywhere),
            ("x", SearchScope::Anywhere),
        ];
        assert_eq!(scopes, expected);
    }

    #[test]
    fn reads_ranges_of_years_open_at_either_end() {
        let years = |text| ParsedWords::read(text).years;
        assert_eq!(years("year:2020"), Some(2020..=2020));
        assert_eq!(years("year:2020..2022"), Some(2020..=2022));
        assert_eq!(years("year:2020.."), Some(2020..=u16::MAX));
        assert_eq!(years("year:..1999"), Some(0..=1999));
        for no in ["year:", "year:..", "year:2022..2020", "year:x", "year:99999"] {
            assert_eq!(years(no), None, "{no}");
            assert_eq!(ParsedWords::read(no).required.len(), 1, "{no}");
        }
    }

    #[test]
    fn reads_what_phones_and_other_keyboards_write() {
        let typed = ParsedWords::read(
            "\u{201c}deep sets\u{201d} \u{201e}a b\u{201c} «c d» \u{2013}vision －noise Title：Sets AUTHOR:Ada",
        );
        assert_eq!(
            said(&typed.required),
            [("deep sets", true), ("a b", true), ("c d", true), ("sets", false), ("ada", false)]
        );
        assert_eq!(typed.required[3].scope, SearchScope::In(Field::Title));
        assert_eq!(typed.required[4].scope, SearchScope::In(Field::Byline));
        assert_eq!(said(&typed.excluded), [("vision", false), ("noise", false)]);
        for range in ["2016-2018", "2016\u{2013}2018", "2016…2018", "2016..2018"] {
            assert_eq!(ParsedWords::read(&format!("Year:{range}")).years, Some(2016..=2018), "{range}");
        }
        assert_eq!(ParsedWords::read("In:Practice").headings, ["practice"]);
    }

    #[test]
    fn finds_phrases_inside_text_without_spaces() {
        for (text, phrase, is_found) in [
            ("图神经网络用于推荐系统", "「神经网络」", true),
            ("日本語の機械学習", "\"機械学習\"", true),
            ("지식 증류는", "\"지식 증류\"", true),
            ("用ai神经网络", "\"神经网络\"", true),
            ("用bert网络", "\"bert\"", true),
            ("用bertology网络", "\"bert\"", false),
            ("deep sets", "\"deep set\"", false),
        ] {
            let words = ParsedWords::read(phrase).required;
            let found = words.iter().any(|word| word.phrase && word.occurrences_in(text).next().is_some());
            assert_eq!(found, is_found, "{phrase} in {text}");
        }
    }

    #[test]
    fn strips_scheme_and_version_of_an_address() {
        for text in ["https://arxiv.org/abs/2005.14165v4", "http://www.arxiv.org/abs/2005.14165/"] {
            assert_eq!(page_of(text), "arxiv.org/abs/2005.14165");
        }
        assert_eq!(page_of("2005.14165v4"), "2005.14165");
        assert_eq!(page_of("doi:10.1145/1"), "10.1145/1");
        assert_eq!(page_of("wav2v2"), "wav2v2");
    }

    #[test]
    fn matches_compounds_with_and_without_joints() {
        let starts = |text: &str, words: &str| {
            let [text, words] = [text, words].map(|text| text.replace('~', "\u{1d}"));
            occurrences(&text, &words).map(|range| range.start).collect::<Vec<_>>()
        };
        assert_eq!(
            starts("a self~attention, selfattention or self attention", "self~attention"),
            [2, 18, 35]
        );
        assert_eq!(starts("a self~attention, selfattention or self attention", "selfattention"), [2, 18]);
        assert_eq!(starts("a self~attention, selfattention or self attention", "self attention"), [2, 35]);
        assert_eq!(starts("a self~attention", "attention"), [7]);
        assert_eq!(starts("over tcp/ip", "tcpip"), [5]);
        assert_eq!(starts("over tcp/ip", "tcp/ip"), [5]);
        assert_eq!(starts("aaa", "aa"), [0]);
        assert!(starts("a", "aa").is_empty() && starts("", "a").is_empty() && starts("a", "").is_empty());
    }

    #[test]
    fn reads_headings() {
        assert_eq!(ParsedWords::read("in:Practice in:\"two words\" in:").headings, ["practice", "two words"]);
    }

    #[test]
    fn reads_a_quote_without_its_end_as_a_letter() {
        assert_eq!(
            said(&ParsedWords::read("\"sparse coding").required),
            [("\"sparse", false), ("coding", false)]
        );
        assert!(ParsedWords::read(&"word ".repeat(10_000)).required.len() <= MAX_QUERY_BYTES);
        assert!(ParsedWords::read(" \"\" ").required.is_empty());
    }
}
