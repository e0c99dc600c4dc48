//! Words by letters that stand inside them: what is mistyped is still right somewhere.

use super::dictionary::Dictionary;
use super::format::{place, short};

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
        each(dictionary, |bucket, _| ends.iter_mut().skip(bucket).take(1).for_each(|end| *end += 1));
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
        let [first, second, rest @ ..] = letters else { return &[] };
        let from = bucket(at, *first, *second, '\0');
        let (from, to) = match rest.first() {
            Some(next) => (bucket(at, *first, *second, *next), bucket(at, *first, *second, *next)),
            None => (from, from | ((1 << NEXT_BITS) - 1)),
        };
        let end = |bucket: usize| self.ends.get(bucket).copied().map_or(0, place);
        self.words.get(from.checked_sub(1).map_or(0, end)..end(to)).unwrap_or_default()
    }
}

/// Letters at a place, thrown together with few others; the last of them counts least.
fn bucket(at: usize, first: char, second: char, next: char) -> usize {
    let mix = (u32::from(first) << 16 ^ u32::from(second) << 4 ^ short(at)).wrapping_mul(0x9e37_79b1);
    let next = u32::from(next).wrapping_mul(0x9e37_79b1) >> (32 - NEXT_BITS);
    place((mix >> (32 - PAIR_BITS)) << NEXT_BITS | next)
}

/// Calls for each three letters of each word, and for the last two, where the word before has others.
fn each(dictionary: &Dictionary, mut each: impl FnMut(usize, u32)) {
    for word in 0..dictionary.len() {
        let shared = dictionary.shared(word);
        let text = dictionary.word(word);
        let mut letters = text.char_indices().skip(1);
        let Some((_, mut first)) = letters.next() else { continue };
        let Some((_, mut second)) = letters.next() else { continue };
        for at in 1..=LAST {
            let next = letters.next();
            if next.is_none_or(|(begin, next)| begin + next.len_utf8() > shared) {
                each(bucket(at, first, second, next.map_or('\0', |(_, next)| next)), short(word));
            }
            let Some((_, next)) = next else { break };
            (first, second) = (second, next);
        }
    }
}
