//! Where the full-text search is.

use notebook_core::search::Found;

/// The full-text search comes when it is first wanted; until then, what is on the page is looked through.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Search {
    /// Nobody has asked yet.
    #[default]
    Unwanted,
    /// On its way.
    Waiting,
    /// Here: what finds words.
    Ready(Find),
    /// It could not be had, in a sentence for the reader.
    Failed(String),
}

/// Finds words: none where it cannot after all.
#[derive(Clone, Copy, Debug)]
pub struct Find(pub fn(&str) -> Option<Found>);

impl PartialEq for Find {
    /// There is one for a page.
    fn eq(&self, _: &Self) -> bool {
        true
    }
}

impl Eq for Find {}

impl Search {
    /// What is found for some words; none where the search is not here.
    pub(super) fn find(&self, words: &str) -> Option<Found> {
        match self {
            Self::Ready(Find(find)) if !words.trim().is_empty() => find(words),
            _ => None,
        }
    }
}
