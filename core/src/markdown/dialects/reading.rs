//! The names that links in a document can have, and what was read of its dialects.

use super::unknown_marks::UnknownMarks;
use super::wiki_links::PageNames;
use crate::markdown::parsed::{LocatedFormula, LocatedUrl};
use crate::notebook::{Id, IdAllocator};

/// Marks, places and addresses read in the lines of a document.
#[derive(Debug, Default)]
pub(in crate::markdown) struct ReadDialects {
    pub(in crate::markdown) marks: UnknownMarks,
    /// Names of pages and places that are not known.
    pub(in crate::markdown) unknown: Vec<String>,
    /// Places that were named.
    pub(in crate::markdown) anchors: Vec<Id>,
    pub(in crate::markdown) addresses: Vec<LocatedUrl>,
    pub(in crate::markdown) formulas: Vec<LocatedFormula>,
}

/// A document whose dialects are being read.
pub(super) struct Dialects<'a> {
    /// Pages and entries that wiki links can name.
    pub(super) names: &'a PageNames,
    pub(super) ids: &'a mut IdAllocator,
    pub(super) read: ReadDialects,
}
