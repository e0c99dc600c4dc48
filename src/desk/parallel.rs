//! Work on all processors.

use std::thread;

use crate::view::strings;

/// What comes of each thing, in their order. The page's words are those of the calling thread.
///
/// # Panics
/// Where `work` does.
pub(super) fn on_all_processors<T: Sync, R: Send>(things: &[T], work: impl Fn(&T) -> R + Sync) -> Vec<R> {
    let workers = thread::available_parallelism().map_or(1, usize::from);
    let each = things.len().div_ceil(workers).max(1);
    let mut chunks = things.chunks(each);
    let own = chunks.next().unwrap_or_default();
    thread::scope(|scope| {
        let (work, spoken) = (&work, strings::spoken());
        let others: Vec<_> = chunks
            .map(|things| {
                scope.spawn(move || {
                    strings::speak(spoken);
                    things.iter().map(work).collect::<Vec<_>>()
                })
            })
            .collect();
        let mut all: Vec<R> = Vec::with_capacity(things.len());
        all.extend(own.iter().map(work));
        for worker in others {
            match worker.join() {
                Ok(made) => all.extend(made),
                Err(panic) => std::panic::resume_unwind(panic),
            }
        }
        all
    })
}

/// Two things at once; the first in a thread of its own, which says nothing.
///
/// # Panics
/// Where one of them does.
pub(super) fn both<A: Send, B>(first: impl FnOnce() -> A + Send, second: impl FnOnce() -> B) -> (A, B) {
    thread::scope(|scope| {
        let first = scope.spawn(first);
        let second = second();
        match first.join() {
            Ok(first) => (first, second),
            Err(panic) => std::panic::resume_unwind(panic),
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
        let made = on_all_processors(&things, |thing| (thing * 2, strings::MAP.text()));
        assert!(made.iter().enumerate().all(|(at, made)| *made == (at * 2, "Mapa")));
        assert!(on_all_processors(&[] as &[usize], |thing| *thing).is_empty());
        assert_eq!(both(|| 1, || 2), (1, 2));
    }
}
