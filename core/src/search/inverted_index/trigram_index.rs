//! Words by three letters at a position: a mistyped word is still right somewhere.

use super::dictionary::Dictionary;
use crate::convert::{to_u32, to_usize};

/// The last place of a word at which letters are indexed. Typed words are cut into pieces among their first ten letters,
/// and a typo moves a piece by two at the most; a smaller number would lose words, a larger one only takes memory.
const MAX_POSITION: usize = 8;
/// Bits of the hash of two letters and their place, and of the letter after them. Together 32,768 buckets (128 kB), of which
/// one has a few words of a dictionary of 60,000; a collision costs comparisons, never a wrong result. Chosen.
const PAIR_BITS: u32 = 12;
const NEXT_BITS: u32 = 3;
/// Multiplier of Fibonacci hashing (Knuth, The Art of Computer Programming 3, 6.4): 2^32 divided by the golden ratio.
const GOLDEN: u32 = 0x9e37_79b1;

/// For three letters at a place the first of neighboring words that have them there.
#[derive(Clone, Default)]
pub(super) struct TrigramIndex {
    /// End of the words of each bucket in `words`.
    ends: Vec<u32>,
    words: Vec<u32>,
}

impl TrigramIndex {
    /// Reads every word twice: O(letters).
    pub(super) fn of(dictionary: &Dictionary) -> Self {
        let mut ends = vec![0_u32; 1 << (PAIR_BITS + NEXT_BITS)];
        each(dictionary, |bucket, _| {
            if let Some(end) = ends.get_mut(bucket) {
                *end += 1;
            }
        });
        let mut all = 0;
        for end in &mut ends {
            all += std::mem::replace(end, all);
        }
        let mut words = vec![0; to_usize(all)];
        each(dictionary, |bucket, word| {
            if let Some(end) = ends.get_mut(bucket) {
                if let Some(slot) = words.get_mut(to_usize(*end)) {
                    *slot = word;
                }
                *end += 1;
            }
        });
        Self { ends, words }
    }

    /// Returns the first of neighboring words that have some letters at a place, at least two of them, and a few other words.
    pub(super) fn at(&self, at: usize, letters: &[char]) -> &[u32] {
        let mut codes = letters.iter().copied().map(code);
        let (Some(first), Some(second)) = (codes.next(), codes.next()) else { return &[] };
        let next = codes.next();
        let from = bucket(at, first, second, next.unwrap_or_default());
        let to = if next.is_some() { from } else { from | ((1 << NEXT_BITS) - 1) };
        let end = |bucket: usize| self.ends.get(bucket).copied().map_or(0, to_usize);
        self.words.get(from.checked_sub(1).map_or(0, end)..end(to)).unwrap_or_default()
    }
}

/// Hashes a letter to eight bits; few letters share a value.
fn code(letter: char) -> u8 {
    let [low, ..] = u32::from(letter).to_le_bytes();
    if letter.is_ascii() { low } else { low | 128 }
}

/// Returns the bucket of letters at a place, which few others share. The last letter is in the lowest bits, so that the
/// buckets of two letters are neighbors.
fn bucket(at: usize, first: u8, second: u8, next: u8) -> usize {
    let mix = (u32::from(first) << 16 | u32::from(second) << 8 | to_u32(at)).wrapping_mul(GOLDEN);
    let next = u32::from(next).wrapping_mul(GOLDEN) >> (32 - NEXT_BITS);
    to_usize((mix >> (32 - PAIR_BITS)) << NEXT_BITS | next)
}

/// Calls `each` for every three letters of every word, and for its last two, unless the word before has the same.
fn each(dictionary: &Dictionary, mut each: impl FnMut(usize, u32)) {
    let mut other = Vec::new();
    for word in 0..dictionary.len() {
        let (text, mut shared) = (dictionary.word(word), dictionary.shared(word));
        let mut letters = text.as_bytes();
        if !letters.is_ascii() {
            shared = text.get(..shared).unwrap_or_default().chars().count();
            other.clear();
            other.extend(text.chars().map(code));
            letters = &other;
        }
        for at in shared.saturating_sub(2).max(1)..=MAX_POSITION {
            match letters.get(at..) {
                Some([first, second, next, ..]) => each(bucket(at, *first, *second, *next), to_u32(word)),
                Some([first, second]) => each(bucket(at, *first, *second, 0), to_u32(word)),
                _ => break,
            }
        }
    }
}
