//! The words of the map.

use notebook_core::search::Counted;

use super::super::strings::{self, counted};

/// Skips the picture of the map.
pub(super) const TO_LIST: &str = "Skip to the list";
/// Names the sizes of the map.
pub(super) const ZOOM: &str = "Size of the picture";
/// The sizes of the map: what its script calls them, what stands on the button, what it is called.
pub(super) const ZOOMS: [(&str, &str, &str); 3] =
    [("out", "−", "Smaller"), ("in", "+", "Larger"), ("fit", "Fit", "Fit all of it")];
/// The keys of the map.
pub(super) const MAP_KEYS: &str = "In the picture: arrow keys to walk, n and p through what belongs together, Space to go on from \
    there, Enter to read, Escape to let go; + and − for its size.";
/// Names what is told of a node.
pub(super) const TOLD: &str = "What is looked at";
/// Before anything on the map is looked at.
pub const TOLD_NOTHING: &str =
    "Point at something in the picture: here stands what it has to do with others.";
/// Where a node has nothing to do with others.
pub const ALONE: &str = "It names nothing here, and nothing here names it.";
/// Heads the list of what is on the map.
pub(super) const AS_LIST: &str = "The same as a list";
/// Heads the terms of the map.
pub(super) const TERMS_IN_ORDER: &str = "Terms in the order in which they can be learned";
/// Where a notebook has no terms.
pub(super) const NO_TERMS: &str = "This notebook has no terms yet.";
/// Heads the papers of the map.
pub(super) const PAPERS_BY_YEAR: &str = "Papers by category and year";
/// Where a notebook has no papers.
pub(super) const NO_PAPERS: &str = "This notebook has no papers yet.";
/// Names the time of papers of no known year.
pub(super) const NO_YEAR: &str = "no year";
/// Leads from a category on the map to its papers.
pub(super) const IN_THE_NOTEBOOK: &str = "Open these papers in the notebook";

/// Says what is on the map.
pub(super) fn map_says(terms: usize, papers: usize) -> String {
    let order = "Terms stand in the order in which they can be learned, papers by category and year";
    format!(
        "{}, {}. {order}; what is looked at shows what it has to do with the rest.",
        counted(Counted::Term, terms),
        counted(Counted::Paper, papers)
    )
}

/// Heads terms that can be learned at the same time.
pub(super) fn step(step: u32) -> String {
    format!("Step {}", step + 1)
}

/// What a term on the map is.
pub(super) fn term_of(step: u32) -> String {
    format!("term, step {}", step + 1)
}

/// What a paper on the map is.
pub(super) fn paper_of(place: &str) -> String {
    format!("paper, {place}")
}

/// How many papers name a term.
pub(super) fn named_in(papers: usize) -> String {
    format!("{} {}", strings::USED_IN, counted(Counted::Paper, papers))
}

/// What is not named behind a few.
pub(super) fn and_more(more: usize) -> String {
    format!(" and {more} more")
}

/// Terms that are not on the map.
pub(super) fn more_terms(more: usize) -> String {
    format!("{more} more are in the notebook")
}
