//! The entries that have arrived: which chunks are held, and which one is fetched next.

use std::collections::{HashMap, VecDeque};
use std::ops::Range;

use notebook_core::notebook::LinkedEntry;
use notebook_core::search::ChunkList;

/// Chunks that are held. A window shows entries of a few; the rest make scrolling back free of requests, and bound the
/// memory to some 64 × 40 kB of JSON.
const MAX_HELD: usize = 64;
/// Requests at a time: browsers open six connections to a host with HTTP/1.1, and more would only queue behind them.
const MAX_REQUESTS: usize = 6;

/// Entries by chunk, and the chunks to fetch.
#[derive(Debug, Default)]
pub struct ChunkStore {
    chunks: ChunkList,
    /// Entries by chunk, with the number of the first.
    held: HashMap<usize, (usize, Vec<LinkedEntry>)>,
    /// Chunks that are held, the oldest first.
    arrivals: VecDeque<usize>,
    /// Chunks that were requested and have not arrived.
    requested: Vec<usize>,
    /// Chunks that are needed and not held, the most urgent first.
    needed: Vec<usize>,
    /// Entries that are needed wherever the window is, such as those of a table.
    pinned: Vec<usize>,
}

impl ChunkStore {
    /// Creates a store that holds nothing.
    pub fn new(chunks: ChunkList) -> Self {
        Self { chunks, ..Self::default() }
    }

    /// Returns an entry, if its chunk is held.
    pub fn get(&self, entry: usize) -> Option<&LinkedEntry> {
        let (chunk, _) = self.chunks.of(entry)?;
        let (first, entries) = self.held.get(&chunk)?;
        entries.get(entry.checked_sub(*first)?)
    }

    /// Returns the number of an entry by its anchor, if its chunk is held. O(entries held).
    pub fn find(&self, id: &str) -> Option<usize> {
        self.held.values().find_map(|(first, entries)| {
            Some(first + entries.iter().position(|linked| linked.entry.id().as_str() == id)?)
        })
    }

    /// Replaces the entries that are needed, except for those that are pinned.
    pub fn need(&mut self, entries: impl Iterator<Item = usize>) {
        self.needed.clear();
        for entry in entries {
            self.need_chunk_of(entry);
        }
        self.need_pinned();
    }

    /// Replaces the entries that are needed until others are pinned.
    pub fn pin(&mut self, entries: Vec<usize>) {
        self.pinned = entries;
        self.need_pinned();
    }

    fn need_pinned(&mut self) {
        let pinned = std::mem::take(&mut self.pinned);
        for entry in &pinned {
            self.need_chunk_of(*entry);
        }
        self.pinned = pinned;
    }

    fn need_chunk_of(&mut self, entry: usize) {
        let Some((chunk, _)) = self.chunks.of(entry) else { return };
        if !self.held.contains_key(&chunk) && !self.needed.contains(&chunk) {
            self.needed.push(chunk);
        }
    }

    /// Returns the chunk to request next, with the name of its file; none if enough requests are under way.
    pub fn next_request(&mut self) -> Option<(usize, String)> {
        if self.requested.len() >= MAX_REQUESTS {
            return None;
        }
        let chunk = *self.needed.iter().find(|chunk| !self.requested.contains(chunk))?;
        self.requested.push(chunk);
        Some((chunk, self.chunks.name(chunk)?.to_owned()))
    }

    /// Allows another request for a chunk that did not arrive.
    pub fn retry(&mut self, chunk: usize) {
        self.requested.retain(|requested| *requested != chunk);
    }

    /// Holds the entries of a chunk. Returns the entries that were dropped for it.
    pub fn insert(&mut self, chunk: usize, entries: Vec<LinkedEntry>) -> Range<usize> {
        self.retry(chunk);
        self.needed.retain(|needed| *needed != chunk);
        let Some(first) = self.chunks.first(chunk) else { return 0..0 };
        let oldest = if self.arrivals.len() >= MAX_HELD { self.arrivals.pop_front() } else { None };
        let dropped = oldest.and_then(|oldest| self.held.remove(&oldest));
        self.arrivals.push_back(chunk);
        self.held.insert(chunk, (first, entries));
        dropped.map_or(0..0, |(first, entries)| first..first + entries.len())
    }

    /// Returns the entries that are held, in no order.
    pub fn all(&self) -> impl Iterator<Item = &LinkedEntry> {
        self.held.values().flat_map(|(_, entries)| entries)
    }

    /// Returns the entries of a chunk with their numbers; nothing if it is not held.
    pub fn entries(&self, chunk: usize) -> impl Iterator<Item = (usize, &LinkedEntry)> {
        self.held.get(&chunk).into_iter().flat_map(|(first, entries)| (*first..).zip(entries))
    }
}

#[cfg(test)]
mod tests {
    use notebook_core::notebook::{Entry, EntryLinks, Prose};

    use super::*;

    /// Chunks of ten entries.
    fn store(chunks: usize) -> ChunkStore {
        let mut list = ChunkList::default();
        for chunk in 0..chunks {
            list.add(chunk * 10, format!("{chunk}.json"));
        }
        ChunkStore::new(list)
    }

    fn entries(chunk: usize) -> Vec<LinkedEntry> {
        let entry =
            |number| Entry::Prose(Prose { id: format!("e{number}").as_str().into(), blocks: Vec::new() });
        let linked = |number| LinkedEntry { entry: entry(number), links: EntryLinks::default() };
        (chunk * 10..chunk * 10 + 10).map(linked).collect()
    }

    fn requests(store: &mut ChunkStore) -> Vec<usize> {
        std::iter::from_fn(|| store.next_request()).map(|(chunk, _)| chunk).collect()
    }

    #[test]
    fn requests_each_needed_chunk_once_in_order() {
        let mut store = store(5);
        store.need([25, 29, 30, 7].into_iter());
        assert_eq!(store.next_request(), Some((2, "2.json".to_owned())));
        assert_eq!(requests(&mut store), [3, 0]);
        store.need([25, 41].into_iter());
        assert_eq!(requests(&mut store), [4], "chunk 2 is under way");
    }

    #[test]
    fn forgets_chunks_that_left_the_view() {
        let mut store = store(5);
        store.need([5].into_iter());
        store.need([15].into_iter());
        assert_eq!(requests(&mut store), [1]);
    }

    #[test]
    fn keeps_pinned_chunks_needed_behind_those_in_view() {
        let mut store = store(5);
        store.pin(vec![45]);
        store.need([5].into_iter());
        assert_eq!(requests(&mut store), [0, 4]);
        store.pin(Vec::new());
        store.need([15].into_iter());
        store.retry(4);
        assert_eq!(requests(&mut store), [1]);
    }

    #[test]
    fn limits_requests_at_a_time() {
        let mut store = store(9);
        store.need(0..90);
        assert_eq!(requests(&mut store), (0..MAX_REQUESTS).collect::<Vec<_>>());
        store.insert(3, entries(3));
        assert_eq!(requests(&mut store), [MAX_REQUESTS]);
    }

    #[test]
    fn requests_failed_chunk_again_only_after_retry() {
        let mut store = store(2);
        store.need([3].into_iter());
        assert_eq!(requests(&mut store), [0]);
        assert!(requests(&mut store).is_empty());
        store.retry(0);
        assert_eq!(requests(&mut store), [0]);
    }

    #[test]
    fn returns_entries_of_held_chunks() {
        let mut store = store(3);
        assert!(store.get(12).is_none());
        assert_eq!(store.insert(1, entries(1)), 0..0);
        assert_eq!(store.get(12).map(|linked| linked.entry.id().as_str()), Some("e12"));
        assert_eq!((store.find("e12"), store.find("e2")), (Some(12), None));
        assert!(store.get(20).is_none() && store.get(9).is_none());
        assert_eq!(
            store.entries(1).map(|(entry, _)| entry).collect::<Vec<_>>(),
            (10..20).collect::<Vec<_>>()
        );
        store.need([12].into_iter());
        assert_eq!(store.next_request(), None, "it is held");
    }

    #[test]
    fn drops_oldest_chunk_when_full() {
        let mut store = store(MAX_HELD + 1);
        for chunk in 0..MAX_HELD {
            assert_eq!(store.insert(chunk, entries(chunk)), 0..0);
        }
        assert_eq!(store.insert(MAX_HELD, entries(MAX_HELD)), 0..10);
        assert!(store.get(5).is_none() && store.get(10).is_some());
        store.need([5].into_iter());
        assert_eq!(requests(&mut store), [0], "a dropped chunk can be requested again");
    }

    #[test]
    fn ignores_chunk_that_does_not_exist() {
        let mut store = store(1);
        assert_eq!(store.insert(7, entries(7)), 0..0);
        assert!(store.get(70).is_none() && store.find("e70").is_none());
    }
}
