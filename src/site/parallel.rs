//! Work on all cores.

use std::iter;
use std::panic::resume_unwind;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;

use crate::view::strings;

/// Applies a function to each item on all cores and returns the results in order. The language of the page is that of the calling thread.
///
/// # Errors
/// Returns the payload of the panic if `work` panics.
pub(super) fn map_parallel<T: Sync, R: Send>(
    items: &[T],
    work: impl Fn(&T) -> R + Sync,
) -> thread::Result<Vec<R>> {
    let workers = thread::available_parallelism().map_or(1, usize::from).min(items.len());
    let translation = strings::translation();
    // Some items take longer than others, so each worker takes the next one when it is ready.
    let next = AtomicUsize::new(0);
    let begin = || {
        strings::set_translation(translation);
        let take = || {
            let at = next.fetch_add(1, Ordering::Relaxed);
            Some((at, work(items.get(at)?)))
        };
        iter::from_fn(take).collect::<Vec<_>>()
    };
    thread::scope(|scope| {
        let workers: Vec<_> = (0..workers).map(|_| scope.spawn(begin)).collect();
        // Join all workers before returning a panic: the scope would panic for one that is not joined.
        let joined: Vec<_> = workers.into_iter().map(thread::ScopedJoinHandle::join).collect();
        let joined = joined.into_iter().collect::<thread::Result<Vec<_>>>()?;
        let mut results: Vec<_> = joined.into_iter().flatten().collect();
        results.sort_unstable_by_key(|(at, _)| *at);
        Ok(results.into_iter().map(|(_, result)| result).collect())
    })
}

/// Runs two functions at the same time, the first in a thread of its own.
///
/// # Panics
/// Panics if one of them does.
pub(super) fn join<A: Send, B>(first: impl FnOnce() -> A + Send, second: impl FnOnce() -> B) -> (A, B) {
    let translation = strings::translation();
    thread::scope(|scope| {
        let first = scope.spawn(|| {
            strings::set_translation(translation);
            first()
        });
        let second = second();
        match first.join() {
            Ok(first) => (first, second),
            Err(panic) => resume_unwind(panic),
        }
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn results_are_in_order() {
        strings::set_translation(&["Mapa"]);
        let items: Vec<usize> = (0..1000).collect();
        let results = map_parallel(&items, |item| (item * 2, strings::MAP.text())).unwrap();
        assert!(results.iter().enumerate().all(|(at, result)| *result == (at * 2, "Mapa")));
        assert!(map_parallel(&[] as &[usize], |item| *item).unwrap().is_empty());
        assert_eq!(join(|| 1, || 2), (1, 2));
    }

    #[test]
    fn panics_are_returned() {
        assert!(map_parallel(&[1, 2, 3], |item| assert_ne!(*item, 2)).is_err());
        assert!(map_parallel(&[1, 2, 3], |_| panic!("all of them")).is_err());
    }
}
