//! Words by letters that stand inside them: what is mistyped is still right somewhere.

use super::dictionary::Dictionary;
use crate::numbers::{place, short};

/// Letters that are looked up begin at this place of a word at the latest.
const LAST: usize = 8;
/// Two letters and their place are told apart by so many bits, what follows by so many more.
const PAIR_BITS: u32 = 12;
const NEXT_BITS: u32 = 3;

/// For three letters at a place the first of neighbouring words that have them there.
#[derive(Clone, Default)]
pub(super) struct Grams {
    /// Where the words of each bucket end.
    ends: Vec<u32>,
    words: Vec<u32>,
}

impl Grams {
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
        let mut words = vec![0; place(all)];
        each(dictionary, |bucket, word| {
            if let Some(end) = ends.get_mut(bucket) {
                if let Some(slot) = words.get_mut(place(*end)) {
                    *slot = word;
                }
                *end += 1;
            }
        });
        Self { ends, words }
    }

    /// The first of neighbouring words that have some letters at a place, two at the least, and a few others.
    pub(super) fn at(&self, at: usize, letters: &[char]) -> &[u32] {
        let mut codes = letters.iter().copied().map(code);
        let (Some(first), Some(second)) = (codes.next(), codes.next()) else { return &[] };
        let next = codes.next();
        let from = bucket(at, first, second, next.unwrap_or_default());
        let to = if next.is_some() { from } else { from | ((1 << NEXT_BITS) - 1) };
        let end = |bucket: usize| self.ends.get(bucket).copied().map_or(0, place);
        self.words.get(from.checked_sub(1).map_or(0, end)..end(to)).unwrap_or_default()
    }
}

/// A letter in eight bits, thrown together with few others.
fn code(letter: char) -> u8 {
    let [low, ..] = u32::from(letter).to_le_bytes();
    if letter.is_ascii() { low } else { low | 128 }
}

/// Letters at a place, thrown together with few others; the last of them counts least.
fn bucket(at: usize, first: u8, second: u8, next: u8) -> usize {
    let mix = (u32::from(first) << 16 | u32::from(second) << 8 | short(at)).wrapping_mul(0x9e37_79b1);
    let next = u32::from(next).wrapping_mul(0x9e37_79b1) >> (32 - NEXT_BITS);
    place((mix >> (32 - PAIR_BITS)) << NEXT_BITS | next)
}

/// Calls for each three letters of each word, and for the last two, where the word before has others.
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
        for at in shared.saturating_sub(2).max(1)..=LAST {
            match letters.get(at..) {
                Some([first, second, next, ..]) => each(bucket(at, *first, *second, *next), short(word)),
                Some([first, second]) => each(bucket(at, *first, *second, 0), short(word)),
                _ => break,
            }
        }
    }
}
