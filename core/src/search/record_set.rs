//! Sets of entries.

/// Bits of a word.
const WORD: usize = 64;

/// Some of the entries of a notebook, one bit each. What two have in common is found and counted 64 entries at a time.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct RecordSet(Vec<u64>);

impl RecordSet {
    /// No entry of so many.
    pub(super) fn none(count: usize) -> Self {
        Self(vec![0; count.div_ceil(WORD)])
    }

    /// The entries of which each has a score. O(entries).
    pub(super) fn scored(scores: &[u32]) -> Self {
        let bit = |word, score: &u32| (word << 1) | u64::from(*score > 0);
        Self(scores.chunks(WORD).map(|scores| scores.iter().rev().fold(0, bit)).collect())
    }

    /// Takes in an entry that is among those there are.
    pub(super) fn insert(&mut self, record: usize) {
        if let Some(word) = self.0.get_mut(record / WORD) {
            *word |= 1 << (record % WORD);
        }
    }

    /// Returns true if the set contains an entry.
    pub(super) fn has(&self, record: usize) -> bool {
        self.0.get(record / WORD).is_some_and(|word| word >> (record % WORD) & 1 == 1)
    }

    /// Keeps those that another set has too.
    pub(super) fn keep(&mut self, other: &Self) {
        for (word, other) in self.0.iter_mut().zip(&other.0) {
            *word &= other;
        }
    }

    /// Calls a function with each of them, in order.
    pub(super) fn each(&self, act: &mut dyn FnMut(u32)) {
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
    /// Words that each takes.
    words: usize,
    /// One after the other.
    all: RecordSet,
}

impl ValueSets {
    /// Empty ones of so many entries, where they take no more than `most` words.
    pub(super) fn none(sets: usize, count: usize, most: usize) -> Option<Self> {
        let words = count.div_ceil(WORD);
        let fits = sets.saturating_mul(words) <= most;
        fits.then(|| Self { words, all: RecordSet::none(sets * words * WORD) })
    }

    /// Takes an entry into a set.
    pub(super) fn insert(&mut self, set: usize, record: usize) {
        self.all.insert(set * self.words * WORD + record);
    }

    /// Returns the size of the intersection of some entries with each set.
    pub(super) fn shared(&self, among: &RecordSet) -> Vec<u32> {
        let count =
            |set: &[u64]| among.0.iter().zip(set).map(|(word, other)| (word & other).count_ones()).sum();
        self.all.0.chunks(self.words.max(1)).map(count).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::convert::{to_u32, to_usize};

    fn listed(records: &RecordSet) -> Vec<u32> {
        let mut all = Vec::new();
        records.each(&mut |record| all.push(record));
        all
    }

    #[test]
    fn sets_contain_what_was_inserted_and_nothing_else() {
        for count in [0, 1, 63, 64, 65, 200] {
            let all = RecordSet::scored(&vec![1; count]);
            assert_eq!(listed(&all).len(), count);
            assert!(!all.has(count));
            let scores: Vec<u32> = (0..).take(count).map(|at| at % 3).collect();
            let some = RecordSet::scored(&scores);
            let mut put = RecordSet::none(count);
            for at in (0..count).filter(|at| at % 3 > 0) {
                put.insert(at);
            }
            assert_eq!(some, put);
            assert!((0..count).all(|at| some.has(at) == (at % 3 > 0)));
            let mut sets = ValueSets::none(2, count, usize::MAX).unwrap();
            all.each(&mut |record| sets.insert(1, to_usize(record)));
            assert_eq!(sets.shared(&some).iter().sum::<u32>(), to_u32(listed(&some).len()));
            assert_eq!(sets.shared(&some).first().copied().unwrap_or_default(), 0);
            let mut kept = all.clone();
            kept.keep(&some);
            assert_eq!(kept, some);
        }
    }
}
