//! Sets of entries.

/// Bits of a word.
pub(super) const WORD: usize = 64;

/// Some of the entries of a notebook, one bit each. What two have in common is found and counted 64 entries at a time.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Records(Vec<u64>);

impl Records {
    /// No entry of so many.
    pub(super) fn none(count: usize) -> Self {
        Self(vec![0; words(count)])
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

    /// Whether an entry is among them.
    pub(super) fn has(&self, record: usize) -> bool {
        self.0.get(record / WORD).is_some_and(|word| word >> (record % WORD) & 1 == 1)
    }

    /// Keeps those that another set has too.
    pub(super) fn keep(&mut self, other: &Self) {
        for (word, other) in self.0.iter_mut().zip(&other.0) {
            *word &= other;
        }
    }

    /// How many of them each of the sets has too that stand in another one after the other.
    pub(super) fn shared(&self, sets: &Self) -> Vec<u32> {
        let count =
            |set: &[u64]| self.0.iter().zip(set).map(|(word, other)| (word & other).count_ones()).sum();
        sets.0.chunks(self.0.len().max(1)).map(count).collect()
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

/// Words that a set of so many entries takes.
pub(super) fn words(count: usize) -> usize {
    count.div_ceil(WORD)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::numbers::short;

    fn listed(records: &Records) -> Vec<u32> {
        let mut all = Vec::new();
        records.each(&mut |record| all.push(record));
        all
    }

    #[test]
    fn sets_hold_what_was_put_in_and_nothing_else() {
        for count in [0, 1, 63, 64, 65, 200] {
            let all = Records::scored(&vec![1; count]);
            assert_eq!(listed(&all).len(), count);
            assert!(!all.has(count));
            let scores: Vec<u32> = (0..).take(count).map(|at| at % 3).collect();
            let some = Records::scored(&scores);
            let mut put = Records::none(count);
            for at in (0..count).filter(|at| at % 3 > 0) {
                put.insert(at);
            }
            assert_eq!(some, put);
            assert!((0..count).all(|at| some.has(at) == (at % 3 > 0)));
            assert_eq!(some.shared(&all).iter().sum::<u32>(), short(listed(&some).len()));
            let mut kept = all.clone();
            kept.keep(&some);
            assert_eq!(kept, some);
        }
    }
}
