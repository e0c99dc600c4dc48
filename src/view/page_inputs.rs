//! The inputs of a page: the notebook, the query, and the state of the search.

use leptos::prelude::*;
use notebook_core::Query;
use notebook_core::search::{Answer, Corpus};

use super::search_state::SearchState;

/// Everything that the page depends on.
#[derive(Clone, Copy)]
pub struct PageInputs {
    /// The notebook. The texts of its entries may arrive later.
    pub corpus: StoredValue<Corpus>,
    /// Changes when more of the corpus has arrived.
    pub arrivals: Signal<u32>,
    /// Changes when another corpus has replaced it, because the author has changed the notebook.
    pub revision: Signal<u32>,
    /// The current query.
    pub query: Signal<Query>,
    /// State of full-text search.
    pub search: Signal<SearchState>,
}

impl PageInputs {
    /// Returns the answer that follows from them.
    pub(super) fn answer(self) -> Answer {
        let Self { corpus, arrivals, revision, query, search } = self;
        arrivals.track();
        revision.track();
        corpus.with_value(|corpus| {
            query.with(|query| {
                search.with(|search| {
                    let found = search.find(&query.words);
                    // Before anything that words could be found by has arrived, the page stays as it is.
                    let waits = found.is_none() && corpus.titles.is_empty() && !search.has_failed();
                    let query = if waits { &query.with_words("") } else { query };
                    corpus.answer(query, found)
                })
            })
        })
    }
}
