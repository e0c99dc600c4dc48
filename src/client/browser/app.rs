//! The state of the client, in one value. The page's views follow a part of it, and listeners hold a copy.

use std::ops::Deref;

use leptos::prelude::*;
use notebook_core::Query;
use notebook_core::search::{Answer, Corpus, Outline};
use web_sys::Range;

use super::citations::CitationDialog;
use super::dom;
use super::entries::EntryRequests;
use super::folds::Folds;
use super::link_preview::LinkPreviewState;
use super::scheduling::{Debounce, Local};
use super::table::TableState;
use super::url::UrlState;
use super::virtual_list::VirtualList;
use crate::view::{LoadState, PageInputs, PageState, SearchState};

/// The attribute of a page that has only the first entries of its notebook.
const PARTIAL: &str = "data-partial";

/// Returns true if the page has only the first entries of its notebook.
pub(super) fn is_page_partial() -> bool {
    dom::page_attribute(PARTIAL).is_some()
}

/// The state of the client, by a handle that is copied.
#[derive(Clone, Copy)]
pub(super) struct App(&'static AppParts);

impl Deref for App {
    type Target = AppParts;

    fn deref(&self) -> &AppParts {
        self.0
    }
}

/// The parts of the state. They are never freed: the client runs as long as the page is open.
pub(super) struct AppParts {
    /// The page has only the first entries: the others come into a virtual list.
    pub(super) is_partial: bool,
    /// State of the notebook's data.
    pub(super) loading: RwSignal<LoadState>,
    /// The notebook, prepared for queries.
    pub(super) corpus: StoredValue<Corpus>,
    /// Changes when another notebook has replaced it.
    pub(super) revision: RwSignal<u32>,
    /// Changes when titles or texts of all entries have arrived.
    pub(super) arrivals: RwSignal<u32>,
    /// Changes when a request for entries has ended.
    pub(super) responses: RwSignal<u32>,
    /// Changes when the rows of an answer are on the page.
    pub(super) drawn: RwSignal<u32>,
    /// The current query.
    pub(super) query: RwSignal<Query>,
    /// State of full-text search.
    pub(super) search: RwSignal<SearchState>,
    /// The state that views follow, with the answer to the query.
    pub(super) page: PageState,
    /// Entries that have arrived, and requests for others.
    pub(super) entries: Local<EntryRequests>,
    /// State of the URL.
    pub(super) url: Local<UrlState>,
    /// Open and closed folds.
    pub(super) folds: Local<Folds>,
    /// Highlighted ranges, in the order of the page.
    pub(super) highlights: Local<Vec<Range>>,
    /// The virtual list; none before it has replaced the prerendered entries.
    pub(super) list: Local<Option<VirtualList>>,
    /// Fetches entries that stay in view.
    pub(super) scroll_pause: Debounce,
    /// The table of papers.
    pub(super) table: Local<TableState>,
    /// The citation dialog.
    pub(super) citations: Local<CitationDialog>,
    /// The preview of a link.
    pub(super) preview: Local<LinkPreviewState>,
    /// Opens or closes a preview after a delay.
    pub(super) preview_delay: Debounce,
}

impl App {
    /// Creates the state of a notebook of which nothing but the outline has arrived. Returns its title too.
    pub(super) fn new(outline: Outline, loading: RwSignal<LoadState>) -> (Self, String) {
        let Outline { title, catalog, headings, heading_forms, chunks } = outline;
        let corpus = StoredValue::new(Corpus::without_texts(catalog, headings, heading_forms));
        let (arrivals, revision, query) =
            (RwSignal::new(0), RwSignal::new(0), RwSignal::new(Query::default()));
        let search = RwSignal::new(SearchState::default());
        let inputs = PageInputs {
            corpus,
            arrivals: arrivals.into(),
            revision: revision.into(),
            query: query.into(),
            search: search.into(),
        };
        let parts = AppParts {
            is_partial: is_page_partial(),
            loading,
            corpus,
            revision,
            arrivals,
            responses: RwSignal::new(0),
            drawn: RwSignal::new(0),
            query,
            search,
            page: PageState::new(inputs),
            entries: Local::new(EntryRequests::new(chunks)),
            url: Local::new(UrlState::default()),
            folds: Local::new(Folds::load()),
            highlights: Local::new(Vec::new()),
            list: Local::new(None),
            scroll_pause: Debounce::new(),
            table: Local::new(TableState::default()),
            citations: Local::new(CitationDialog::default()),
            preview: Local::new(LinkPreviewState::default()),
            preview_delay: Debounce::new(),
        };
        (Self(Box::leak(Box::new(parts))), title)
    }

    /// The answer that the page shows.
    pub(super) fn answer(self) -> Memo<Answer> {
        self.page.answer
    }

    /// Calls a function with the notebook and the answer that the page shows.
    pub(super) fn with_answer<T>(self, work: impl FnOnce(&Corpus, &Answer) -> T) -> T {
        self.corpus.with_value(|corpus| self.page.answer.with_untracked(|answer| work(corpus, answer)))
    }

    /// Returns true if titles and anchors of all entries have arrived.
    pub(super) fn has_titles(self) -> bool {
        self.corpus.with_value(|corpus| !corpus.titles.is_empty())
    }
}
