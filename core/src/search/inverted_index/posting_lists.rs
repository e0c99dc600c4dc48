//! Directory of the posting lists: their begins and lengths.

use std::sync::OnceLock;

use super::bit_stream::{rice_bits, unzigzag};
use super::format::{BLOCK, MIN_STORED_LENGTH};
use super::posting_codec::{PostingList, Postings};
use crate::convert::to_u32;
use crate::search::binary::varint;

/// Lengths and begins of all lists.
#[derive(Clone)]
pub(super) struct PostingLists {
    /// Number of documents with each word, and the bits of a long list.
    lengths: Vec<(u32, u32)>,
    /// Start of every sixteenth list and, once one of its block was requested, of the fifteen after it.
    begins: Vec<(u32, OnceLock<[u32; BLOCK]>)>,
}

impl PostingLists {
    /// Reads the counts. O(words).
    pub(super) fn of(documents: u32, words: usize, counts: &[u8], begins: &[u8]) -> Self {
        let mut at = 0;
        let lengths = (0..words).map(|_| {
            let count = varint(counts, &mut at).min(documents);
            if count < MIN_STORED_LENGTH {
                return (count, 0);
            }
            let size = expected_bits(count, rice_bits(documents, count)) + unzigzag(varint(counts, &mut at));
            let size = u32::try_from(size).unwrap_or_default();
            // A document takes a bit at the least: no bytes say more than they have room for.
            (count.min(size), size)
        });
        let lengths = lengths.collect();
        let (mut at, mut begin) = (0, 0_u32);
        let begins = (0..words.div_ceil(BLOCK)).map(|_| {
            begin = begin.saturating_add(varint(begins, &mut at));
            (begin, OnceLock::new())
        });
        Self { lengths, begins: begins.collect() }
    }

    /// Returns the number of documents with a word.
    pub(super) fn count(&self, word: usize) -> u32 {
        self.lengths.get(word).map_or(0, |(count, _)| *count)
    }

    /// Returns the list of a word. Those before it in its block are read for that, once.
    pub(super) fn list(&self, word: usize, documents: u32, bits: &[u8]) -> PostingList {
        let (block, within) = (word / BLOCK, word % BLOCK);
        let Some((first, known)) = self.begins.get(block) else { return PostingList::default() };
        let begins = known.get_or_init(|| {
            let (mut begin, mut begins) = (*first, [0; BLOCK]);
            for (slot, &(count, size)) in begins.iter_mut().zip(self.lengths.iter().skip(block * BLOCK)) {
                *slot = begin;
                begin = if size > 0 {
                    begin.saturating_add(size)
                } else {
                    to_u32(Postings::of(PostingList { count, begin }, documents, bits).end())
                };
            }
            begins
        });
        PostingList { count: self.count(word), begin: begins.get(within).copied().unwrap_or_default() }
    }
}

/// Bits that a list of so many documents takes, about.
pub(super) fn expected_bits(count: u32, bits: u32) -> i64 {
    i64::from(count) * i64::from(2 * bits + 3) / 2
}
