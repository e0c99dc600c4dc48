//! Scores of documents for one word: reads its posting list, or the prepared answer to a prefix.

use std::ops::Range;

use super::accumulators::{SmallResult, TermScores, scored};
use super::bm25::{FIELD_MASK, impact_index};
use super::format::Part;
use super::index::{InvertedIndex, PrefixAnswer};
use super::posting_codec::Postings;
use crate::convert::to_usize;

/// Weight of a word in a query.
#[derive(Clone, Copy, Debug)]
pub(super) struct Weight {
    /// In 64ths.
    pub(super) idf: u32,
    /// Fields where it may stand.
    pub(super) fields: u8,
}

impl PrefixAnswer<'_> {
    /// Collects the prepared scores: those of the best documents, and 1 for all others.
    pub(super) fn gather(&self, small: SmallResult, best: &mut TermScores) {
        if let Some((_, documents)) = small {
            documents
                .iter()
                .filter(|&&document| self.has(document))
                .for_each(|&document| best.keep_max(document, 1));
        } else {
            for (begin, byte) in (0_u32..).step_by(8).zip(self.bits) {
                let mut byte = *byte;
                while byte > 0 {
                    best.keep_max(begin + byte.trailing_zeros(), 1);
                    byte &= byte - 1;
                }
            }
        }
        for (document, score) in self.best() {
            if best.scores.get(to_usize(document)).is_some_and(|known| *known > 0) {
                best.keep_max(document, score);
            }
        }
    }
}

impl InvertedIndex {
    /// Collects the scores of one word.
    pub(super) fn gather(&self, word: usize, weight: Weight, small: SmallResult, best: &mut TermScores) {
        let levels = self.part(Part::Levels);
        let only = weight.fields | !FIELD_MASK;
        self.postings(word).for_each(|document, class| {
            if class & weight.fields != 0 && small.is_none_or(|(scores, _)| scored(scores, document)) {
                let level = levels.get(to_usize(document)).copied().unwrap_or_default();
                let worth = self.impacts.get(impact_index(class & only, level)).copied().unwrap_or_default();
                best.keep_max(document, scaled(worth, weight.idf));
            }
            true
        });
    }

    /// Returns true if a document has a word in some fields.
    pub(super) fn has(&self, word: usize, document: u32, fields: u8) -> bool {
        let mut found = false;
        self.postings(word).for_each(|here, class| {
            found = here == document && class & fields != 0;
            here < document
        });
        found
    }

    fn postings(&self, word: usize) -> Postings<'_> {
        let bits = self.part(Part::Lists);
        Postings::of(self.lists.list(word, self.documents, bits), self.documents, bits)
    }

    /// Documents of neighboring words, each counted as often as it has one.
    pub(super) fn count_all(&self, words: &Range<usize>) -> u32 {
        words.clone().fold(0, |all, word| all.saturating_add(self.lists.count(word)))
    }
}

/// Returns an impact times an IDF, at least 1.
#[inline(always)]
pub(super) fn scaled(worth: u16, idf: u32) -> u16 {
    u16::try_from((u32::from(worth) * idf) >> 6).unwrap_or(u16::MAX).max(1)
}
