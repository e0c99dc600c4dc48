//! One way to put things in order. Each sort of another type would be compiled anew, which a page pays for.

use crate::numbers::{place, short};
use std::cmp::Ordering;

/// Numbers below `count` in the order that `by` says; equal ones stay as they are. O(n log n).
pub fn ordered(count: usize, by: &dyn Fn(usize, usize) -> Ordering) -> Vec<u32> {
    let mut order: Vec<u32> = (0..short(count)).collect();
    order_by(&mut order, by);
    order
}

/// Puts numbers in the order that `by` says; equal ones stay as they are. O(n log n).
pub fn order_by(order: &mut [u32], by: &dyn Fn(usize, usize) -> Ordering) {
    order.sort_by(|one, other| by(place(*one), place(*other)));
}

/// The numbers of the best scores, best first and by number among equals, then all others by number;
/// about `most` are put in order. `all` is sorted; a number without a score has none. O(numbers).
pub(super) fn best_first(all: Vec<u32>, most: usize, scores: &[u32]) -> Vec<u32> {
    let score = |number: usize| scores.get(number).copied().unwrap_or_default();
    // Scores fall into classes by their size, some 3 % wide.
    let class = |number: &u32| {
        let score = score(place(*number)).max(1);
        let size = score.ilog2();
        place((size << 5) | ((score << (31 - size)) >> 26 & 31))
    };
    let mut sizes = [0_u32; 32 << 5];
    for number in &all {
        if let Some(size) = sizes.get_mut(class(number)) {
            *size += 1;
        }
    }
    let mut taken = 0;
    let enough = sizes.iter().rposition(|size| {
        taken += place(*size);
        taken >= most
    });
    let (mut best, rest): (Vec<u32>, Vec<u32>) =
        all.into_iter().partition(|number| class(number) >= enough.unwrap_or_default());
    order_by(&mut best, &|one, other| score(other).cmp(&score(one)));
    best.extend(rest);
    best
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_best_come_first_and_the_others_stay() {
        let scores = [5, 900, 0, 7, 900, 70_000, 6];
        let all = || (0..7).collect::<Vec<_>>();
        assert_eq!(best_first(all(), 100, &scores), [5, 1, 4, 3, 6, 0, 2]);
        assert_eq!(best_first(all(), 3, &scores), [5, 1, 4, 0, 2, 3, 6]);
        assert!(best_first(Vec::new(), 3, &scores).is_empty());
    }
}
