//! Reads the lists of documents and gathers what they are worth.

use std::ops::Range;
use std::sync::OnceLock;

use super::bits::{number, rice_bits, unfolded};
use super::format::{BLOCK, LONG, Part};
use super::need::scored;
use super::open::{Lexicon, Ready};
use super::postings::Postings;
use super::score::{FIELDS, worth_at};
use super::totals::{Alive, Best};
use crate::numbers::{place, short};

/// The list of one word.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct List {
    /// Documents that have the word.
    pub(super) count: u32,
    /// The bits where it begins.
    pub(super) begin: u32,
}

/// What is known of all lists without reading them.
#[derive(Clone)]
pub(super) struct Lists {
    /// How many documents have each word, and the bits that a long list takes.
    told: Vec<(u32, u32)>,
    /// Where every sixteenth list begins, and, once one of them was asked for, the fifteen behind it.
    begins: Vec<(u32, OnceLock<[u32; BLOCK]>)>,
}

impl Lists {
    /// Reads the counts. O(words).
    pub(super) fn of(documents: u32, words: usize, counts: &[u8], begins: &[u8]) -> Self {
        let mut at = 0;
        let told = (0..words).map(|_| {
            let count = number(counts, &mut at).min(documents);
            if count < LONG {
                return (count, 0);
            }
            let size = expected(count, rice_bits(documents, count)) + unfolded(number(counts, &mut at));
            let size = u32::try_from(size).unwrap_or_default();
            // A document takes a bit at the least: no bytes say more than they have room for.
            (count.min(size), size)
        });
        let told = told.collect();
        let (mut at, mut begin) = (0, 0_u32);
        let begins = (0..words.div_ceil(BLOCK)).map(|_| {
            begin = begin.saturating_add(number(begins, &mut at));
            (begin, OnceLock::new())
        });
        Self { told, begins: begins.collect() }
    }

    /// How many documents have a word.
    pub(super) fn count(&self, word: usize) -> u32 {
        self.told.get(word).map_or(0, |(count, _)| *count)
    }

    /// Where a list is; those before it in its block are read for that, once.
    fn list(&self, word: usize, documents: u32, bits: &[u8]) -> List {
        let (block, within) = (word / BLOCK, word % BLOCK);
        let Some((first, known)) = self.begins.get(block) else { return List::default() };
        let begins = known.get_or_init(|| {
            let (mut begin, mut begins) = (*first, [0; BLOCK]);
            for (slot, &(count, size)) in begins.iter_mut().zip(self.told.iter().skip(block * BLOCK)) {
                *slot = begin;
                begin = if size > 0 {
                    begin.saturating_add(size)
                } else {
                    short(Postings::of(List { count, begin }, documents, bits).end())
                };
            }
            begins
        });
        List { count: self.count(word), begin: begins.get(within).copied().unwrap_or_default() }
    }
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
        let bits = self.part(Part::Lists);
        Postings::of(self.lists.list(word, self.documents, bits), self.documents, bits)
    }

    /// Documents of neighbouring words, each counted as often as it has one.
    pub(super) fn count_all(&self, words: &Range<usize>) -> u32 {
        words.clone().fold(0, |all, word| all.saturating_add(self.lists.count(word)))
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
