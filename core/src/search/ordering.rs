//! One way to put things in order. Each sort of another type would be compiled anew, which a page pays for.

use crate::convert::{to_u32, to_usize};
use std::cmp::Ordering;
use std::ops::RangeInclusive;

/// Numbers below `count` in the order that `by` says; equal ones by number. O(n log n).
pub fn ordered(count: usize, by: &dyn Fn(usize, usize) -> Ordering) -> Vec<u32> {
    let mut order: Vec<u32> = (0..to_u32(count)).collect();
    order_by(&mut order, by);
    order
}

/// Puts numbers in the order that `by` says; equal ones by number. O(n log n).
pub(super) fn order_by(order: &mut [u32], by: &dyn Fn(usize, usize) -> Ordering) {
    order.sort_unstable_by(|one, other| by(to_usize(*one), to_usize(*other)).then(one.cmp(other)));
}

/// The numbers of the best scores, best first and by number among equals, then all others by number. `ranked` says
/// how many are put in order at the least, and how many more are where that is done at once. `all` is sorted; a
/// number without a score has none. O(numbers).
pub(super) fn best_first(all: Vec<u32>, ranked: RangeInclusive<usize>, scores: &[u32]) -> Vec<u32> {
    let score = |number: usize| scores.get(number).copied().unwrap_or_default();
    // Scores fall into classes by their size, some 3 % wide.
    let mut sizes = [0_u32; 32 << 5];
    for number in &all {
        let score = score(to_usize(*number)).max(1);
        let size = score.ilog2();
        if let Some(count) = sizes.get_mut(to_usize((size << 5) | ((score << (31 - size)) >> 26 & 31))) {
            *count += 1;
        }
    }
    let (mut taken, mut least) = (0, 0);
    for (class, count) in (0_u32..32 << 5).zip(sizes).rev().filter(|(_, count)| *count > 0) {
        if taken >= *ranked.start() && taken + to_usize(count) > *ranked.end() {
            break;
        }
        taken += to_usize(count);
        // The least score of the class.
        least = u64::from(32 | (class & 31)) << (class >> 5) >> 5;
    }
    // With room for the others after them.
    let mut best = Vec::with_capacity(all.len());
    let mut rest = Vec::with_capacity(all.len());
    for number in all {
        let is_best = u64::from(score(to_usize(number)).max(1)) >= least;
        if is_best { best.push(number) } else { rest.push(number) }
    }
    order_by(&mut best, &|one, other| score(other).cmp(&score(one)));
    best.extend(rest);
    best
}

/// The numbers of the best scores, so many at the most, best first and by number among equals; what has no score is
/// not among them. O(scores).
pub fn best(scores: &[u32], most: usize) -> Vec<u32> {
    let all = (0..).zip(scores).filter(|(_, score)| **score > 0).map(|(at, _)| at).collect();
    let mut best = best_first(all, most..=most, scores);
    best.truncate(most);
    best
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn puts_the_best_first_and_leaves_the_others_in_place() {
        let scores = [5, 900, 0, 7, 900, 70_000, 6];
        let all = || (0..7).collect::<Vec<_>>();
        assert_eq!(best_first(all(), 7..=100, &scores), [5, 1, 4, 3, 6, 0, 2]);
        assert_eq!(best_first(all(), 3..=3, &scores), [5, 1, 4, 0, 2, 3, 6]);
        // Those of 900 would be more than two, so they stay where they are once one is there.
        assert_eq!(best_first(all(), 1..=2, &scores), [5, 0, 1, 2, 3, 4, 6]);
        assert_eq!(best_first(all(), 2..=2, &scores), [5, 1, 4, 0, 2, 3, 6]);
        assert!(best_first(Vec::new(), 3..=3, &scores).is_empty());
        assert_eq!(best(&scores, 3), [5, 1, 4]);
        assert_eq!(best(&scores, 9), [5, 1, 4, 3, 6, 0]);
    }
}
