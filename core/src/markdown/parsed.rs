//! The result of parsing, with the places of its parts in the source.

use std::ops::Range;

use crate::diagnostic::Diagnostic;
use crate::notebook::{Id, Notebook, Url, UrlUse};

/// The result of parsing: the notebook, diagnostics, and the source ranges of its parts.
#[derive(Clone, Debug)]
pub struct Parsed {
    /// The notebook: always there, whatever the source was.
    pub notebook: Notebook,
    /// Findings in the order of their places.
    pub diagnostics: Vec<Diagnostic>,
    /// Every address in the text, with its place.
    pub addresses: Vec<LocatedUrl>,
    /// Every formula in the text, with its place.
    pub formulas: Vec<LocatedFormula>,
    /// Source ranges of headings and entries, including parts of goals, in document order.
    pub places: Vec<(Id, Range<usize>)>,
}

/// An address as it stands in the source.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LocatedUrl {
    /// The address.
    pub url: Url,
    /// Link or picture.
    pub used_as: UrlUse,
    /// Bytes of the source.
    pub range: Range<usize>,
}

/// A formula as it stands in the source.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LocatedFormula {
    /// Its TeX.
    pub tex: String,
    /// On a line of its own.
    pub display: bool,
    /// Bytes of the source, with what stands around the TeX.
    pub range: Range<usize>,
}

/// Source ranges of headings and entries, including parts of goals, in document order.
pub(super) type Places = Vec<Range<usize>>;
