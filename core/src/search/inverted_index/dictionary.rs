//! The words of an index in their order, unpacked.

use std::ops::Range;

use super::format::END;
use crate::convert::{to_u32, to_usize};

/// Every word, with how much it shares with the one before.
#[derive(Clone, Default)]
pub(super) struct Dictionary {
    /// All words, one after the other.
    letters: String,
    /// End of each word in them.
    ends: Vec<u32>,
    /// Bytes that each shares with the one before.
    shared: Vec<u8>,
}

impl Dictionary {
    /// Unpacks what [`super::InvertedIndexBuilder`] packed; none where that is something else.
    pub(super) fn unpack(shared: &[u8], mut rest: &[u8]) -> Option<Self> {
        let mut letters: Vec<u8> = Vec::with_capacity(rest.len() * 2);
        let mut ends = Vec::with_capacity(shared.len());
        let mut before = 0..0_usize;
        for &same in shared {
            let added = rest.iter().position(|byte| *byte == END)?;
            let begin = letters.len();
            let kept =
                before.start..before.start.checked_add(usize::from(same)).filter(|end| *end <= before.end)?;
            letters.extend_from_within(kept);
            letters.extend(rest.get(..added)?);
            rest = rest.get(added + 1..)?;
            before = begin..letters.len();
            ends.push(to_u32(letters.len()));
        }
        let letters = String::from_utf8(letters).ok().filter(|_| rest.is_empty())?;
        Some(Self { letters, ends, shared: shared.to_vec() })
    }

    /// Returns the number of words.
    pub(super) fn len(&self) -> usize {
        self.ends.len()
    }

    /// A word by its place; nothing behind the end.
    #[inline]
    pub(super) fn word(&self, at: usize) -> &str {
        let end = |at: usize| self.ends.get(at).copied().map_or(0, to_usize);
        let begin = at.checked_sub(1).map_or(0, end);
        self.letters.get(begin..end(at)).unwrap_or_default()
    }

    /// Bytes that a word shares with the one before.
    #[inline]
    pub(super) fn shared(&self, at: usize) -> usize {
        self.shared.get(at).copied().map_or(0, usize::from)
    }

    /// Returns the number of words before the first that is not `before`.
    fn partition(&self, before: impl Fn(&str) -> bool) -> usize {
        let mut words = 0..self.len();
        while !words.is_empty() {
            let middle = words.start + words.len() / 2;
            if before(self.word(middle)) { words.start = middle + 1 } else { words.end = middle }
        }
        words.start
    }

    /// The place of the first word that is not before another.
    pub(super) fn first(&self, word: &str) -> usize {
        self.partition(|other| other < word)
    }

    /// The place of a word.
    pub(super) fn find(&self, word: &str) -> Option<usize> {
        let at = self.first(word);
        (at < self.len() && self.word(at) == word).then_some(at)
    }

    /// The places of all words that begin with some letters.
    pub(super) fn range(&self, prefix: &str) -> Range<usize> {
        let begin = self.first(prefix);
        begin..self.partition(|word| word < prefix || word.starts_with(prefix)).max(begin)
    }
}
