//! A line about a paper, and the confidence that it is one: their types.

use crate::notebook::{Span, TitleForm, Url};

/// A line, taken apart. Joining `before`, `title` and `after` gives the line again.
#[derive(Clone, Debug)]
pub(in crate::markdown) struct PaperLine {
    pub(in crate::markdown) before: Vec<Span>,
    pub(in crate::markdown) title: Vec<Span>,
    pub(in crate::markdown) form: TitleForm,
    /// Address and quoted text of the title's own link.
    pub(in crate::markdown) link: Option<(Url, Option<String>)>,
    pub(in crate::markdown) after: Vec<Span>,
}

/// Confidence that a line is about a paper.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub(in crate::markdown) enum Evidence {
    /// Nothing says so.
    None,
    /// A bold or quoted title with authors, a year or a venue, but no link to a paper.
    Form,
    /// A link to a paper belongs to the title.
    Link,
}
