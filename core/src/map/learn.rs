//! The order in which terms can be learned.

use crate::numbers::place;

/// How far a walk has come with a term.
#[derive(Clone, Copy, PartialEq)]
enum State {
    New,
    Open,
    Done,
}

/// For each term how many come before it, one after the other. `needs` are the terms that each one builds on. Where
/// definitions go in a circle, the one that is met last is learned first. O(terms + needs)
pub(super) fn steps(needs: &[Vec<u32>]) -> Vec<u32> {
    let mut steps = vec![0; needs.len()];
    let mut states = vec![State::New; needs.len()];
    let of = |at: usize| needs.get(at).map_or([].iter(), |needs| needs.iter());
    for begin in 0..needs.len() {
        if states.get(begin) != Some(&State::New) {
            continue;
        }
        // The way from the term that the walk began with, each with what is still to be looked at.
        let mut way = vec![(begin, of(begin))];
        set(&mut states, begin, State::Open);
        while let Some((at, rest)) = way.last_mut() {
            let at = *at;
            let Some(need) = rest.next().map(|need| place(*need)) else {
                set(&mut states, at, State::Done);
                way.pop();
                if let Some((above, _)) = way.last() {
                    follow(&mut steps, *above, at);
                }
                continue;
            };
            match states.get(need) {
                Some(State::New) => {
                    set(&mut states, need, State::Open);
                    way.push((need, of(need)));
                }
                Some(State::Done) => follow(&mut steps, at, need),
                Some(State::Open) | None => {}
            }
        }
    }
    steps
}

fn set(states: &mut [State], at: usize, to: State) {
    states.get_mut(at).into_iter().for_each(|state| *state = to);
}

/// A term comes after one that it needs.
fn follow(steps: &mut [u32], at: usize, need: usize) {
    let after = steps.get(need).copied().unwrap_or_default() + 1;
    steps.get_mut(at).into_iter().for_each(|step| *step = after.max(*step));
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_needed_comes_first() {
        assert_eq!(steps(&[vec![1, 2], vec![2], vec![], vec![]]), [2, 1, 0, 0]);
        // The longest way counts, whichever is met first.
        assert_eq!(steps(&[vec![], vec![0], vec![0, 1]]), [0, 1, 2]);
        assert!(steps(&[]).is_empty());
    }

    #[test]
    fn a_circle_ends() {
        assert_eq!(steps(&[vec![1], vec![2], vec![1]]), [2, 1, 0]);
        assert_eq!(steps(&[vec![0]]), [0]);
        assert_eq!(steps(&[vec![9]]), [0]);
    }

    #[test]
    fn a_long_way_is_walked_without_a_deep_stack() {
        let many: Vec<Vec<u32>> =
            (0..200_000).map(|at| if at == 199_999 { vec![] } else { vec![at + 1] }).collect();
        assert_eq!(steps(&many).first(), Some(&199_999));
    }
}
