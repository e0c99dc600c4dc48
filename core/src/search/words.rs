//! What a reader types into the box, read: words, phrases, what is not wanted, and where to look.
//!
//! `sparse "auto encoder" -vision title:circuits author:olah term:vae year:2020..2022 in:practice`.
//! Any text is some question: what fits no rule is a word.

use std::ops::{Range, RangeInclusive};

use super::fold::fold_word;
use super::{Counted, Field};
use crate::letters::cut;
use crate::query;

/// Longest text that is read, in bytes: nobody types more, and a pasted page is cut here.
const LONGEST: usize = 2_000;

/// A typed text, read.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Typed {
    /// Every one must be found.
    pub(super) wanted: Vec<Word>,
    /// None may be found.
    pub(super) unwanted: Vec<Word>,
    /// Papers of these years.
    pub(super) years: Option<RangeInclusive<u16>>,
    /// Entries under a heading with each of these in it.
    pub(super) headings: Vec<String>,
}

/// A folded word or phrase, and where it may stand.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Word {
    pub(super) text: String,
    pub(super) place: Place,
    /// Words in quotes: these letters and no others between two ends of words.
    pub(super) phrase: bool,
    /// Bytes of what was typed, with the name of its place.
    pub(super) at: Range<usize>,
    /// As typed, without that name: the end of `at`.
    pub(super) bare: String,
}

/// Where a word may stand.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Place {
    Anywhere,
    In(Field),
    /// In the name of a term.
    TermName,
}

impl Typed {
    /// Reads a text. O(length), of which no more than 2,000 bytes count.
    pub(super) fn read(typed: &str) -> Self {
        let mut read = Self::default();
        let end = (0..=typed.len().min(LONGEST)).rev().find(|&at| typed.is_char_boundary(at));
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
        if let Some(unwanted) = piece.strip_prefix('-').filter(|rest| rest.starts_with(begins_word)) {
            return self.unwanted.extend(word(unwanted));
        }
        match piece.split_once(':') {
            Some(("year", years)) if self.years.is_none() => match query::years(years) {
                Some(years) => self.years = Some(years),
                None => self.wanted.extend(word(piece)),
            },
            Some(("in", heading)) if !heading.is_empty() => {
                self.headings.extend(word(heading).map(|word| word.text));
            }
            _ => self.wanted.extend(word(piece)),
        }
    }
}

fn begins_word(c: char) -> bool {
    c == '"' || c.is_alphanumeric()
}

/// The first piece of a text, up to white space that is not in quotes, and what follows it.
fn piece(text: &str) -> (&str, &str) {
    let mut quoted = false;
    let end = text.find(|c: char| {
        quoted ^= c == '"';
        c.is_whitespace() && !quoted
    });
    // A quote that never ends is a letter like others.
    let end = if quoted && end.is_none() { text.find(char::is_whitespace) } else { end };
    cut(text, end.unwrap_or(text.len()))
}

/// A word with its place; `None` where nothing is left of it when folded.
fn word(piece: &str, at: Range<usize>) -> Option<Word> {
    let known = [
        ("title:", Place::In(Field::Title)),
        ("author:", Place::In(Field::Byline)),
        ("term:", Place::TermName),
    ];
    let placed = known.iter().find_map(|(name, place)| Some((*place, piece.strip_prefix(name)?)));
    let (place, said) = placed.filter(|(_, rest)| !rest.is_empty()).unwrap_or((Place::Anywhere, piece));
    let inside = said.strip_prefix('"').and_then(|rest| rest.strip_suffix('"'));
    let text = fold_word(inside.unwrap_or(said).trim());
    (!text.is_empty()).then_some(Word { text, place, phrase: inside.is_some(), at, bare: said.to_owned() })
}

impl Word {
    /// Whether it may stand in a field of an entry of some kind.
    pub(super) fn may_stand_in(&self, field: Field, kind: Counted) -> bool {
        match self.place {
            Place::Anywhere => true,
            Place::In(place) => place == field,
            Place::TermName => kind == Counted::Term && field == Field::Title,
        }
    }

    /// Where it stands in a folded text; a phrase only between two ends of words.
    pub(super) fn places<'a>(&'a self, folded: &'a str) -> impl Iterator<Item = Range<usize>> + 'a {
        let found = folded.match_indices(self.text.as_str()).map(|(at, found)| at..at + found.len());
        found.filter(|at| {
            let before = folded.get(..at.start).and_then(|text| text.chars().next_back());
            let after = folded.get(at.end..).and_then(|text| text.chars().next());
            !self.phrase || ![before, after].into_iter().flatten().any(char::is_alphanumeric)
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn said(words: &[Word]) -> Vec<(&str, bool)> {
        words.iter().map(|word| (word.text.as_str(), word.phrase)).collect()
    }

    #[test]
    fn words_phrases_and_what_is_not_wanted() {
        let typed = Typed::read("Sparse  \"Auto-Encoder of\" -vision -\"a b\" - x-y");
        assert_eq!(
            said(&typed.wanted),
            [("sparse", false), ("autoencoder of", true), ("-", false), ("xy", false)]
        );
        assert_eq!(said(&typed.unwanted), [("vision", false), ("a b", true)]);
    }

    #[test]
    fn a_word_may_say_where_it_stands() {
        let typed = Typed::read("title:Vision author:\"de la Cruz\" term:VAE title: http://x");
        let places: Vec<_> = typed.wanted.iter().map(|word| (word.text.as_str(), word.place)).collect();
        let expected = [
            ("vision", Place::In(Field::Title)),
            ("de la cruz", Place::In(Field::Byline)),
            ("vae", Place::TermName),
            ("title:", Place::Anywhere),
            ("http://x", Place::Anywhere),
        ];
        assert_eq!(places, expected);
    }

    #[test]
    fn years_are_a_range_open_at_either_end() {
        let years = |text| Typed::read(text).years;
        assert_eq!(years("year:2020"), Some(2020..=2020));
        assert_eq!(years("year:2020..2022"), Some(2020..=2022));
        assert_eq!(years("year:2020.."), Some(2020..=u16::MAX));
        assert_eq!(years("year:..1999"), Some(0..=1999));
        for no in ["year:", "year:..", "year:2022..2020", "year:x", "year:99999"] {
            assert_eq!(years(no), None, "{no}");
            assert_eq!(Typed::read(no).wanted.len(), 1, "{no}");
        }
    }

    #[test]
    fn a_heading_narrows() {
        assert_eq!(Typed::read("in:Practice in:\"two words\" in:").headings, ["practice", "two words"]);
    }

    #[test]
    fn a_quote_without_its_end_is_a_letter() {
        assert_eq!(said(&Typed::read("\"sparse coding").wanted), [("\"sparse", false), ("coding", false)]);
        assert!(Typed::read(&"word ".repeat(10_000)).wanted.len() <= LONGEST);
        assert!(Typed::read(" \"\" ").wanted.is_empty());
    }
}
