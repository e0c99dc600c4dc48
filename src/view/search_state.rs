//! The state of full-text search.

use notebook_core::search::SearchResult;

/// State of full-text search, which is loaded at the first use. Until it is ready, only the words on the page are searched.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum SearchState {
    /// Search has not been used yet.
    #[default]
    NotRequested,
    /// Search is being loaded.
    Loading,
    /// Search is ready.
    Ready(SearchFn),
    /// Search could not be loaded. The sentence says why.
    Failed(String),
}

/// A function that searches for words. It returns `None` if the search program fails.
#[derive(Clone, Copy, Debug)]
pub struct SearchFn(pub fn(&str) -> Option<SearchResult>);

impl PartialEq for SearchFn {
    /// Returns true: a page has one search function.
    fn eq(&self, _: &Self) -> bool {
        true
    }
}

impl Eq for SearchFn {}

impl SearchState {
    /// Returns true if search could not be loaded.
    pub(super) fn has_failed(&self) -> bool {
        matches!(self, Self::Failed(_))
    }

    /// Searches for words. Returns `None` if there are no words, or if search is not ready.
    pub(super) fn find(&self, words: &str) -> Option<SearchResult> {
        match self {
            Self::Ready(SearchFn(find)) if !words.trim().is_empty() => find(words),
            _ => None,
        }
    }
}
