//! The order in which terms can be learned.

use crate::convert::to_usize;

/// State of a term in the depth-first search.
#[derive(Clone, Copy, PartialEq)]
enum State {
    New,
    Open,
    Done,
}

/// Returns for each term the length of the longest chain of terms to learn before it. `needs` are the terms that each
/// term builds on. A cycle is broken at the edge that closes it in a depth-first search. O(terms + needs).
pub(super) fn learning_steps(needs: &[Vec<u32>]) -> Vec<u32> {
    let mut steps = vec![0; needs.len()];
    let mut states = vec![State::New; needs.len()];
    let needs_of = |at: usize| needs.get(at).map_or([].iter(), |needs| needs.iter());
    for begin in 0..needs.len() {
        if states.get(begin) != Some(&State::New) {
            continue;
        }
        // Path from the first term, each term with the needs that are still to be visited.
        let mut path = vec![(begin, needs_of(begin))];
        set(&mut states, begin, State::Open);
        while let Some((at, rest)) = path.last_mut() {
            let at = *at;
            let Some(need) = rest.next().map(|need| to_usize(*need)) else {
                set(&mut states, at, State::Done);
                path.pop();
                if let Some((above, _)) = path.last() {
                    place_after(&mut steps, *above, at);
                }
                continue;
            };
            match states.get(need) {
                Some(State::New) => {
                    set(&mut states, need, State::Open);
                    path.push((need, needs_of(need)));
                }
                Some(State::Done) => place_after(&mut steps, at, need),
                Some(State::Open) | None => {}
            }
        }
    }
    steps
}

fn set(states: &mut [State], at: usize, to: State) {
    states.get_mut(at).into_iter().for_each(|state| *state = to);
}

/// Places a term after one that it needs.
fn place_after(steps: &mut [u32], at: usize, need: usize) {
    let after = steps.get(need).copied().unwrap_or_default() + 1;
    steps.get_mut(at).into_iter().for_each(|step| *step = after.max(*step));
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn needed_terms_come_first() {
        assert_eq!(learning_steps(&[vec![1, 2], vec![2], vec![], vec![]]), [2, 1, 0, 0]);
        // The longest path counts, in any order of visits.
        assert_eq!(learning_steps(&[vec![], vec![0], vec![0, 1]]), [0, 1, 2]);
        assert!(learning_steps(&[]).is_empty());
    }

    #[test]
    fn cycles_are_broken() {
        assert_eq!(learning_steps(&[vec![1], vec![2], vec![1]]), [2, 1, 0]);
        assert_eq!(learning_steps(&[vec![0]]), [0]);
        assert_eq!(learning_steps(&[vec![9]]), [0]);
    }

    #[test]
    fn long_chains_do_not_overflow_the_stack() {
        let many: Vec<Vec<u32>> =
            (0..200_000).map(|at| if at == 199_999 { vec![] } else { vec![at + 1] }).collect();
        assert_eq!(learning_steps(&many).first(), Some(&199_999));
    }
}
