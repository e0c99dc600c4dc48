//! The top-level parts of a document, before they become sections and entries.

use std::ops::Range;

use super::attributes::Attributes;
use crate::notebook::{Block, Definition, ListItem, Span};

/// A top-level piece of the document.
#[derive(Clone, Debug)]
pub(super) enum TopLevel {
    /// A heading, not yet a section.
    Heading { level: u8, text: Vec<Span>, attributes: Option<Box<Attributes>>, range: Range<usize> },
    /// A list, each item with its place.
    List { start: Option<u64>, items: Vec<(ListItem, Range<usize>)> },
    /// A definition list.
    Definitions { items: Vec<Definition>, range: Range<usize> },
    /// Anything else.
    Block { block: Block, range: Range<usize> },
}

/// Footnotes referred to, with their places, and those that are there.
#[derive(Debug, Default)]
pub(super) struct Footnotes {
    pub(super) wanted: Vec<(String, Range<usize>)>,
    pub(super) found: Vec<(String, Range<usize>)>,
}
