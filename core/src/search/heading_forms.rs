//! The form of headings, where it does not follow from their plain titles.

use crate::convert::to_u32;
use crate::notebook::{Section, Span};

/// Formatted titles, and sections that the author folded, by the number of the heading.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct HeadingForms {
    /// Titles that are not plain text, in the order of the headings.
    pub(super) titles: Vec<(u32, Vec<Span>)>,
    /// Headings of sections that are closed at first, in order.
    pub(super) folded: Vec<u32>,
}

impl HeadingForms {
    /// Returns the title of a heading as spans, given its plain title; `None` for the entries before the first heading.
    pub(super) fn title(&self, heading: usize, plain: &str) -> Option<Vec<Span>> {
        let formatted = self.titles.binary_search_by_key(&to_u32(heading), |(at, _)| *at);
        match formatted.ok().and_then(|at| self.titles.get(at)) {
            Some((_, title)) => Some(title.clone()),
            None if plain.is_empty() => None,
            None => Some(vec![Span::Text(plain.to_owned())]),
        }
    }

    /// Returns true if the author folded the section of a heading.
    pub(super) fn is_folded(&self, heading: usize) -> bool {
        self.folded.binary_search(&to_u32(heading)).is_ok()
    }

    /// Adds the next heading, given its plain title.
    pub(super) fn add(&mut self, heading: u32, section: &Section, plain: &str) {
        let is_plain = matches!(section.title.as_slice(), [Span::Text(text)] if text == plain);
        if !is_plain && section.level != Section::UNTITLED_LEVEL {
            self.titles.push((heading, section.title.clone()));
        }
        if section.folded {
            self.folded.push(heading);
        }
    }
}
