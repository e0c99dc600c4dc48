//! Reads the lists of documents and gathers what they are worth.

use std::ops::Range;

use super::bits::{number, rice_bits, unfolded};
use super::format::{LONG, Part, place, short};
use super::need::scored;
use super::open::{Lexicon, Ready};
use super::postings::Postings;
use super::score::{FIELDS, worth_at};
use super::totals::{Alive, Best};

/// The list of one word.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct List {
    /// Documents that have the word.
    pub(super) count: u32,
    /// The bits where it begins.
    pub(super) begin: u32,
}

/// Finds every list: long ones tell how long they are, the others are read. A last one marks the end.
pub(super) fn find(documents: u32, words: usize, counts: &[u8], bits: &[u8]) -> Vec<List> {
    let mut lists = Vec::with_capacity(words + 1);
    let (mut at, mut begin) = (0, 0);
    for _ in 0..words {
        let count = number(counts, &mut at).min(documents);
        let list = List { count, begin };
        lists.push(list);
        begin = if count < LONG {
            short(Postings::of(list, documents, bits).end())
        } else {
            let size = expected(count, rice_bits(documents, count)) + unfolded(number(counts, &mut at));
            begin.saturating_add(u32::try_from(size).unwrap_or_default())
        };
    }
    lists.push(List { count: 0, begin });
    lists
}

/// What a word counts for.
#[derive(Clone, Copy, Debug)]
pub(super) struct Weight {
    /// In 64ths.
    pub(super) rarity: u32,
    /// Fields where it may stand.
    pub(super) fields: u8,
}

impl Ready<'_> {
    /// Gathers what is ready: the worth of the best, next to nothing for others.
    pub(super) fn gather(&self, alive: Alive, best: &mut Best) {
        if let Some((_, alive)) = alive {
            alive.iter().filter(|&&document| self.has(document)).for_each(|&document| best.keep(document, 1));
        } else {
            for (begin, byte) in (0_u32..).step_by(8).zip(self.bits) {
                let mut byte = *byte;
                while byte > 0 {
                    best.keep(begin + byte.trailing_zeros(), 1);
                    byte &= byte - 1;
                }
            }
        }
        for (document, score) in self.best() {
            if best.scores.get(place(document)).is_some_and(|known| *known > 0) {
                best.keep(document, score);
            }
        }
    }
}

impl Lexicon {
    /// The list of a word.
    pub(super) fn list(&self, word: usize) -> List {
        self.lists.get(word).copied().unwrap_or_default()
    }

    /// Gathers what one word is worth.
    pub(super) fn gather(&self, word: usize, weight: Weight, alive: Alive, best: &mut Best) {
        let levels = self.part(Part::Levels);
        let only = weight.fields | !FIELDS;
        self.postings(word).each(|document, class| {
            if class & weight.fields != 0 && alive.is_none_or(|(scores, _)| scored(scores, document)) {
                let level = levels.get(place(document)).copied().unwrap_or_default();
                let worth = self.worth.get(worth_at(class & only, level)).copied().unwrap_or_default();
                best.keep(document, scaled(worth, weight.rarity));
            }
            true
        });
    }

    /// Whether a document has a word in some fields.
    pub(super) fn has(&self, word: usize, document: u32, fields: u8) -> bool {
        let mut found = false;
        self.postings(word).each(|here, class| {
            found = here == document && class & fields != 0;
            here < document
        });
        found
    }

    fn postings(&self, word: usize) -> Postings<'_> {
        Postings::of(self.list(word), self.documents, self.part(Part::Lists))
    }

    /// Documents of neighbouring words, each counted as often as it has one.
    pub(super) fn count_all(&self, words: &Range<usize>) -> u32 {
        let lists = self.lists.get(words.clone()).unwrap_or_default();
        lists.iter().fold(0, |all, list| all.saturating_add(list.count))
    }
}

/// A worth by a rarity; never nothing.
#[inline(always)]
pub(super) fn scaled(worth: u16, rarity: u32) -> u16 {
    u16::try_from((u32::from(worth) * rarity) >> 6).unwrap_or(u16::MAX).max(1)
}

/// Bits that a list of so many documents takes, about.
pub(super) fn expected(count: u32, bits: u32) -> i64 {
    i64::from(count) * i64::from(2 * bits + 3) / 2
}
