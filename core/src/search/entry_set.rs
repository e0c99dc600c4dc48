//! Sets of entries.

/// Bits of a word.
const WORD: usize = 64;

/// Some of the entries of a notebook, one bit each. What two have in common is found and counted 64 entries at a time.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct EntrySet(Vec<u64>);

impl EntrySet {
    /// Returns the empty set of `count` entries.
    pub(super) fn empty(count: usize) -> Self {
        Self(vec![0; count.div_ceil(WORD)])
    }

    /// Returns the entries whose score is not zero. O(entries).
    pub(super) fn from_scores(scores: &[u32]) -> Self {
        let bit = |word, score: &u32| (word << 1) | u64::from(*score > 0);
        Self(scores.chunks(WORD).map(|scores| scores.iter().rev().fold(0, bit)).collect())
    }

    /// Adds an entry; one out of range is ignored.
    pub(super) fn insert(&mut self, entry: usize) {
        if let Some(word) = self.0.get_mut(entry / WORD) {
            *word |= 1 << (entry % WORD);
        }
    }

    /// Returns true if the set contains an entry.
    pub(super) fn contains(&self, entry: usize) -> bool {
        self.0.get(entry / WORD).is_some_and(|word| word >> (entry % WORD) & 1 == 1)
    }

    /// Removes what another set does not contain. O(entries / 64).
    pub(super) fn intersect_with(&mut self, other: &Self) {
        for (word, other) in self.0.iter_mut().zip(&other.0) {
            *word &= other;
        }
    }

    /// Calls a function with each entry, in order.
    pub(super) fn for_each(&self, act: &mut dyn FnMut(u32)) {
        for (first, word) in (0_u32..).step_by(WORD).zip(&self.0) {
            let mut left = *word;
            while left != 0 {
                act(first + left.trailing_zeros());
                left &= left - 1;
            }
        }
    }
}

/// Several sets of the entries of a notebook.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct ValueSets {
    /// Words of each set.
    words: usize,
    /// One after the other.
    all: EntrySet,
}

impl ValueSets {
    /// Returns empty sets of `count` entries each; `None` if they would take more than `max_words` words.
    pub(super) fn empty(sets: usize, count: usize, max_words: usize) -> Option<Self> {
        let words = count.div_ceil(WORD);
        let fits = sets.saturating_mul(words) <= max_words;
        fits.then(|| Self { words, all: EntrySet::empty(sets * words * WORD) })
    }

    /// Adds an entry to a set.
    pub(super) fn insert(&mut self, set: usize, entry: usize) {
        self.all.insert(set * self.words * WORD + entry);
    }

    /// Returns the size of the intersection of some entries with each set.
    pub(super) fn intersection_sizes(&self, among: &EntrySet) -> Vec<u32> {
        let count =
            |set: &[u64]| among.0.iter().zip(set).map(|(word, other)| (word & other).count_ones()).sum();
        self.all.0.chunks(self.words.max(1)).map(count).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::convert::{to_u32, to_usize};

    fn listed(entries: &EntrySet) -> Vec<u32> {
        let mut all = Vec::new();
        entries.for_each(&mut |entry| all.push(entry));
        all
    }

    #[test]
    fn sets_contain_what_was_inserted_and_nothing_else() {
        for count in [0, 1, 63, 64, 65, 200] {
            let all = EntrySet::from_scores(&vec![1; count]);
            assert_eq!(listed(&all).len(), count);
            assert!(!all.contains(count));
            let scores: Vec<u32> = (0..).take(count).map(|at| at % 3).collect();
            let some = EntrySet::from_scores(&scores);
            let mut put = EntrySet::empty(count);
            for at in (0..count).filter(|at| at % 3 > 0) {
                put.insert(at);
            }
            assert_eq!(some, put);
            assert!((0..count).all(|at| some.contains(at) == (at % 3 > 0)));
            let mut sets = ValueSets::empty(2, count, usize::MAX).unwrap();
            all.for_each(&mut |entry| sets.insert(1, to_usize(entry)));
            assert_eq!(sets.intersection_sizes(&some).iter().sum::<u32>(), to_u32(listed(&some).len()));
            assert_eq!(sets.intersection_sizes(&some).first().copied().unwrap_or_default(), 0);
            let mut kept = all.clone();
            kept.intersect_with(&some);
            assert_eq!(kept, some);
        }
    }
}
