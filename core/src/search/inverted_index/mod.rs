//! The full-text index of a notebook: built once, opened from its bytes, queried at every key.
//!
//! [`InvertedIndexBuilder`] writes it. [`InvertedIndex::open`] checks the bytes, unpacks the words and keeps the rest as it
//! is. [`InvertedIndex::search`] reads only the lists of the words in the query, and looks for typos only if few documents
//! have the words as they are. Texts are normalized before they come here.
//!
//! Each file uses only those above it, and the types in this one:
//!
//! 1. `tokenizer`: what counts as a word; `bit_stream`: codes of numbers; `bm25`: weights
//! 2. `format`: order of the parts; `dictionary`: the words; `posting_codec`: the documents of one word
//! 3. `posting_lists`: where each list begins; `trigram_index`, `edit_distance`: words near another
//! 4. `index`: the opened index; `accumulators`: scores while a query is evaluated
//! 5. `spelling`: words that may have been meant; `scoring`: the documents of one word with their scores
//! 6. `query_plan`: a query resolved to words of the dictionary
//! 7. `evaluation`: the documents that have all of them
//! 8. `builder`: writes the bytes, and asks them once for the prepared answers

#![expect(
    clippy::inline_always,
    reason = "the program is built for size, and a call for each document takes long"
)]

mod accumulators;
mod bit_stream;
mod bm25;
mod builder;
mod dictionary;
mod edit_distance;
mod evaluation;
mod format;
mod index;
mod posting_codec;
mod posting_lists;
mod query_plan;
mod scoring;
mod spelling;
#[cfg(test)]
mod tests;
mod tokenizer;
mod trigram_index;

pub use builder::InvertedIndexBuilder;
pub use index::InvertedIndex;
pub use spelling::SpellingSuggestion;
pub(crate) use tokenizer::stem;
pub(super) use tokenizer::{Run, joined, runs, tokens};

/// Some of the four fields of a document; all by default.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct FieldSet(u8);

impl FieldSet {
    /// The title.
    pub const TITLE: Self = Self(bm25::TITLE);
    /// The byline.
    pub const BYLINE: Self = Self(bm25::BYLINE);
    /// The notes.
    pub const NOTES: Self = Self(bm25::NOTES);
    /// The headings above it.
    pub const HEADINGS: Self = Self(bm25::HEADINGS);
    /// Every field except the headings.
    pub const WITHOUT_HEADINGS: Self = Self(bm25::FIELD_MASK & !bm25::HEADINGS);
    /// Every field.
    pub const ALL: Self = Self(bm25::FIELD_MASK);

    /// Returns these fields and others.
    #[must_use]
    pub fn union(self, other: Self) -> Self {
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
pub struct QueryTerm<'a> {
    /// Normalized. If it is more than one word, all must match.
    pub text: &'a str,
    /// True if words that begin with it match.
    pub is_prefix: bool,
    /// Fields in which it is searched.
    pub fields: FieldSet,
    /// True if typos are not accepted.
    pub is_exact: bool,
}

/// A word with its alternatives.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Alternatives<'a> {
    /// A document matches if it has every term of at least one variant. The first variant is what was typed, and ranks
    /// above the others.
    pub variants: Vec<Vec<QueryTerm<'a>>>,
}

impl<'a> From<QueryTerm<'a>> for Alternatives<'a> {
    fn from(term: QueryTerm<'a>) -> Self {
        Self { variants: vec![vec![term]] }
    }
}

/// Quality of the matches of a query.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum MatchQuality {
    /// Every match has every term.
    Exact,
    /// Some matches have a term with typos; those without rank above them.
    Fuzzy,
    /// No document has every term; the matches have most of them.
    Partial,
}

/// The result of a query.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SearchResult {
    /// One score per document, by number; 0 for no match. In a fuzzy result, matches with typos score less than 2^24,
    /// and exact ones more.
    pub scores: Vec<u32>,
    /// The quality of the matches.
    pub quality: MatchQuality,
    /// If no document has the terms as they were typed: indexes into the terms of the query, from 0, each with the word
    /// that the best document has instead, without the ending of its plural.
    pub corrected: Vec<(usize, String)>,
    /// Indexed words that matched, for highlighting.
    pub accepted: Vec<AcceptedWord>,
}

/// An indexed word that matched a term of the query.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AcceptedWord {
    /// Index into the terms of the query, from 0.
    pub term: usize,
    /// The word as it is indexed: normalized, without the ending of its plural.
    pub word: String,
    /// True if words that begin with it matched too.
    pub is_prefix: bool,
}
