//! Work on all processors.

use std::panic::resume_unwind;
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
    let workers = thread::available_parallelism().map_or(1, usize::from);
    let each = things.len().div_ceil(workers).max(1);
    let spoken = strings::spoken();
    let begin = |things: &[T]| {
        strings::speak(spoken);
        things.iter().map(&work).collect::<Vec<_>>()
    };
    let begin = &begin;
    thread::scope(|scope| {
        let workers: Vec<_> = things.chunks(each).map(|things| scope.spawn(move || begin(things))).collect();
        // All of them end before one is missed.
        let made: Vec<_> = workers.into_iter().map(thread::ScopedJoinHandle::join).collect();
        Ok(made.into_iter().collect::<thread::Result<Vec<_>>>()?.into_iter().flatten().collect())
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
