//! The entries of a notebook, fetched as JSON when they are needed: all together, or in chunks.

use leptos::prelude::*;
use notebook_core::notebook::{LinkedEntry, entries_from_json};
use notebook_core::search::{ChunkList, Titles};

use super::app::App;
use super::fetch::{self, FetchError, NOT_FOUND};
use super::scheduling::{after, spawn};
use crate::client::model::chunk_store::ChunkStore;
use crate::view::LoadState;

/// The attribute with the name of the file of titles and anchors.
const TITLES: &str = "data-titles";

/// Milliseconds before a file that could not be fetched is requested again: long enough not to press a host that fails,
/// short enough to wait for.
const RETRY_DELAY: i32 = 5_000;

/// Entries that have arrived, and requests for others.
pub(super) struct EntryRequests {
    pub(super) store: ChunkStore,
    are_titles_requested: bool,
}

impl EntryRequests {
    pub(super) fn new(chunks: ChunkList) -> Self {
        Self { store: ChunkStore::new(chunks), are_titles_requested: false }
    }
}

impl App {
    /// Calls a function with an entry, or with none before it has arrived.
    pub(super) fn with_entry<T>(self, entry: usize, work: impl FnOnce(Option<&LinkedEntry>) -> T) -> T {
        self.entries.with_value(|entries| work(entries.store.get(entry)))
    }

    /// Returns the number of an entry by its anchor; none before its title or the entry itself has arrived.
    pub(super) fn find(self, id: &str) -> Option<usize> {
        let titled = self.corpus.with_value(|corpus| corpus.titles.find(id));
        titled.or_else(|| self.entries.with_value(|entries| entries.store.find(id)))
    }

    /// Fetches entries in view. Requests for others that were not sent yet are dropped.
    pub(super) fn need_entries(self, numbers: &[usize]) {
        self.entries.update_value(|entries| entries.store.need(numbers.iter().copied()));
        send_requests(self);
    }

    /// Fetches entries that are needed wherever the window is, instead of those before.
    pub(super) fn pin_entries(self, numbers: Vec<usize>) {
        self.entries.update_value(|entries| entries.store.pin(numbers));
        send_requests(self);
    }

    /// Fetches titles and anchors of all entries, once: search, sorting and links need them. Those of a small notebook come
    /// with its entries.
    pub(super) fn need_titles(self) {
        if !self.is_partial {
            return self.pin_entries(vec![0]);
        }
        let was_requested =
            |entries: &mut EntryRequests| std::mem::replace(&mut entries.are_titles_requested, true);
        if !self.entries.update_value(was_requested) {
            spawn(show_titles(self));
        }
    }
}

/// Fetches titles and anchors of all entries of a large notebook.
pub(super) async fn fetch_titles() -> Result<Titles, FetchError> {
    Titles::from_bytes(&fetch::named_file(TITLES).await?).map_err(FetchError::Damaged)
}

async fn show_titles(app: App) {
    match fetch_titles().await {
        Ok(titles) => {
            app.corpus.update_value(|corpus| corpus.titles = titles);
            app.arrivals.update(|times| *times += 1);
            app.retry_anchor();
        }
        // The next use requests them again.
        Err(_) => app.entries.update_value(|entries| entries.are_titles_requested = false),
    }
}

fn send_requests(app: App) {
    while let Some((chunk, name)) = app.entries.update_value(|entries| entries.store.next_request()) {
        spawn(fetch_chunk(app, chunk, name));
    }
}

async fn fetch_chunk(app: App, chunk: usize, name: String) {
    match fetch::file(&name).await.map(|bytes| entries_from_json(&bytes)) {
        Ok(Ok(entries)) => {
            insert(app, chunk, entries);
            if app.loading.get_untracked() != LoadState::Ready {
                app.loading.set(LoadState::Ready);
            }
            send_requests(app);
        }
        failure => {
            let is_outdated = matches!(failure, Err(FetchError::Status(NOT_FOUND)));
            app.loading.set(if is_outdated { LoadState::Outdated } else { LoadState::EntriesDelayed });
            after(RETRY_DELAY, move || {
                app.entries.update_value(|entries| entries.store.retry(chunk));
                send_requests(app);
            });
        }
    }
    app.responses.update(|times| *times += 1);
}

/// Holds entries, with their texts for search.
pub(super) fn insert(app: App, chunk: usize, arrived: Vec<LinkedEntry>) {
    app.entries.update_value(|entries| {
        let dropped = entries.store.insert(chunk, arrived);
        let arrived = entries.store.entries(chunk);
        app.corpus.update_value(|corpus| {
            if app.is_partial {
                dropped.for_each(|entry| corpus.remove_texts(entry));
                arrived.for_each(|(entry, linked)| corpus.add_texts(entry, &linked.entry));
            } else {
                corpus.add_all(arrived.map(|(_, linked)| &linked.entry));
            }
        });
    });
    if !app.is_partial {
        app.arrivals.update(|times| *times += 1);
    }
}
