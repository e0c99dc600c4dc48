//! The full-text index of a notebook: built once, opened from its bytes, asked at every key.
//!
//! [`LexiconBuilder`] writes it at the desk. [`Lexicon::open`] checks the bytes, unpacks the words and keeps
//! the rest as it is. [`Lexicon::look`] reads only the lists of the words that are asked for, and looks for
//! typos only where few documents have the words as they are. Texts are folded already.

#![expect(
    clippy::inline_always,
    reason = "the program is built for size, and a call for each document takes long"
)]

mod bits;
mod build;
mod dictionary;
mod distance;
mod format;
mod grams;
mod lists;
mod look;
mod need;
mod open;
mod postings;
mod score;
mod spell;
#[cfg(test)]
mod tests;
mod totals;
pub(super) mod words;

pub use build::LexiconBuilder;
pub(super) use format::checksum;
pub use open::Lexicon;
pub use spell::Near;
pub(super) use words::{Run, runs};
pub(crate) use words::{is_cjk, stem};

use std::fmt;

/// Why bytes are no lexicon that can be asked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Damage {
    /// Something else altogether.
    Foreign,
    /// Written by a later version than this.
    Newer {
        /// The version.
        found: u32,
    },
    /// The end is missing.
    Truncated,
    /// Some byte is not what was written.
    Corrupt,
}

impl fmt::Display for Damage {
    fn fmt(&self, to: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Foreign => to.write_str("It is something else altogether."),
            Self::Newer { found } => {
                write!(to, "It is of version {found}, newer than {}, the last one known.", format::VERSION)
            }
            Self::Truncated => to.write_str("It ends too early."),
            Self::Corrupt => to.write_str("It is not as it was written."),
        }
    }
}

impl std::error::Error for Damage {}

/// Some of the four fields of a document; all by default.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct FieldSet(u8);

impl FieldSet {
    /// What it is called.
    pub const TITLE: Self = Self(1);
    /// What follows the title.
    pub const BYLINE: Self = Self(2);
    /// What stands under it.
    pub const NOTES: Self = Self(4);
    /// The headings above it.
    pub const HEADINGS: Self = Self(8);
    /// What is its own: every field but the headings.
    pub const OWN: Self = Self(7);
    /// Every field.
    pub const ALL: Self = Self(15);

    /// These fields and others.
    #[must_use]
    pub fn and(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }
}

impl Default for FieldSet {
    fn default() -> Self {
        Self::ALL
    }
}

/// A word to look for.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Term<'a> {
    /// Folded. Where it is more than one word, all are looked for.
    pub text: &'a str,
    /// Whether a word that begins with it will do.
    pub prefix: bool,
    /// Where it may stand.
    pub fields: FieldSet,
    /// Whether typos are not forgiven.
    pub exact: bool,
}

/// A word and what may stand for it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Alternatives<'a> {
    /// One must be found, and of it every term. The first is what was typed, and ranks above others.
    pub any: Vec<Vec<Term<'a>>>,
}

impl<'a> From<Term<'a>> for Alternatives<'a> {
    fn from(term: Term<'a>) -> Self {
        Self { any: vec![vec![term]] }
    }
}

/// How documents were found.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum How {
    /// Each has every term.
    Exact,
    /// Some have a term with typos; those that have none rank above them.
    Fuzzy,
    /// None has every term: these have most of them.
    Most,
}

/// What was found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Found {
    /// For every document how well it answers, 0 where it does not.
    pub scores: Vec<u32>,
    /// How they were found.
    pub how: How,
    /// Where no document has the terms as they were typed: places of terms, each with the word that the
    /// best document has instead, without the ending of its plural.
    pub corrected: Vec<(usize, String)>,
    /// The words that count as what was asked for, to be marked in texts.
    pub accepted: Vec<Accepted>,
}

/// A word that counts as what was asked for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Accepted {
    /// The place of the term in the query.
    pub of: usize,
    /// The word as it is indexed: folded, without the ending of its plural.
    pub word: String,
    /// Whether any word that begins with it counts too.
    pub prefix: bool,
}
