//! Work on all processors.

use std::iter;
use std::panic::resume_unwind;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;

use crate::view::strings;

/// What comes of each thing, in their order. The page's words are those of the calling thread.
///
/// # Errors
/// Where `work` panics: what it panicked with.
pub(super) fn on_all_processors<T: Sync, R: Send>(
    things: &[T],
    work: impl Fn(&T) -> R + Sync,
) -> thread::Result<Vec<R>> {
    let workers = thread::available_parallelism().map_or(1, usize::from).min(things.len());
    let spoken = strings::spoken();
    // Some take longer than others: whoever is ready takes the next.
    let next = AtomicUsize::new(0);
    let begin = || {
        strings::speak(spoken);
        let take = || {
            let at = next.fetch_add(1, Ordering::Relaxed);
            Some((at, work(things.get(at)?)))
        };
        iter::from_fn(take).collect::<Vec<_>>()
    };
    thread::scope(|scope| {
        let workers: Vec<_> = (0..workers).map(|_| scope.spawn(begin)).collect();
        // All of them end before one is missed.
        let made: Vec<_> = workers.into_iter().map(thread::ScopedJoinHandle::join).collect();
        let made = made.into_iter().collect::<thread::Result<Vec<_>>>()?;
        let mut made: Vec<_> = made.into_iter().flatten().collect();
        made.sort_unstable_by_key(|(at, _)| *at);
        Ok(made.into_iter().map(|(_, made)| made).collect())
    })
}

/// Two things at once; the first in a thread of its own.
///
/// # Panics
/// Where one of them does.
pub(super) fn both<A: Send, B>(first: impl FnOnce() -> A + Send, second: impl FnOnce() -> B) -> (A, B) {
    let spoken = strings::spoken();
    thread::scope(|scope| {
        let first = scope.spawn(|| {
            strings::speak(spoken);
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
    fn what_comes_stands_in_order() {
        strings::speak(&["Mapa"]);
        let things: Vec<usize> = (0..1000).collect();
        let made = on_all_processors(&things, |thing| (thing * 2, strings::MAP.text())).unwrap();
        assert!(made.iter().enumerate().all(|(at, made)| *made == (at * 2, "Mapa")));
        assert!(on_all_processors(&[] as &[usize], |thing| *thing).unwrap().is_empty());
        assert_eq!(both(|| 1, || 2), (1, 2));
    }

    #[test]
    fn work_that_panics_is_told() {
        assert!(on_all_processors(&[1, 2, 3], |thing| assert_ne!(*thing, 2)).is_err());
        assert!(on_all_processors(&[1, 2, 3], |_| panic!("all of them")).is_err());
    }
}
