//! Detection of circular definitions.

use super::name_index::EntryNumber;
use crate::convert::{to_u32, to_usize};

/// Progress of the depth-first search at a term.
#[derive(Clone, Copy, PartialEq)]
enum VisitState {
    Unvisited,
    /// On the current path.
    Open,
    Done,
}

/// Finds cycles of terms whose definitions mention one another, by depth-first search. Cycles that share a term with an
/// earlier one are left out. O(terms + mentions) for a bounded number of cycles.
///
/// `mentioned_terms` are those of each entry.
pub(super) fn find_cycles(mentioned_terms: &[Vec<EntryNumber>], is_term: &[bool]) -> Vec<Vec<EntryNumber>> {
    let mut states = vec![VisitState::Unvisited; mentioned_terms.len()];
    let mut cycles: Vec<Vec<EntryNumber>> = Vec::new();
    let roots = (0..to_u32(mentioned_terms.len())).filter(|term| is_term.get(to_usize(*term)) == Some(&true));
    for root in roots {
        // The path from the root, each term with the mentions that have not been followed. An explicit stack, because
        // long chains of definitions would overflow the call stack.
        let mut path: Vec<(EntryNumber, std::slice::Iter<EntryNumber>)> = Vec::new();
        let mut next = Some(root);
        loop {
            if let Some(term) = next.take()
                && let Some(state) = states.get_mut(to_usize(term))
            {
                match *state {
                    VisitState::Unvisited => {
                        *state = VisitState::Open;
                        path.push((
                            term,
                            mentioned_terms.get(to_usize(term)).map_or([].iter(), |all| all.iter()),
                        ));
                    }
                    VisitState::Open => {
                        let start = path.iter().position(|(on_path, _)| *on_path == term).unwrap_or_default();
                        let cycle: Vec<_> = path.iter().skip(start).map(|(on_path, _)| *on_path).collect();
                        if !cycles.iter().flatten().any(|term| cycle.contains(term)) {
                            cycles.push(cycle);
                        }
                    }
                    VisitState::Done => {}
                }
            }
            let Some((term, rest)) = path.last_mut() else { break };
            next = rest.next().copied();
            if next.is_none() {
                states.get_mut(to_usize(*term)).into_iter().for_each(|state| *state = VisitState::Done);
                path.pop();
            }
        }
    }
    cycles
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn finds_each_cycle_once() {
        let mentioned_terms = [vec![1], vec![2], vec![0, 3], vec![], vec![4]];
        assert_eq!(find_cycles(&mentioned_terms, &[true; 5]), [vec![0, 1, 2], vec![4]]);
        assert!(find_cycles(&[vec![1], vec![]], &[true; 2]).is_empty());
    }
}
