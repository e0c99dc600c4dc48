//! Titles and anchors of entries or headings.

use super::normalize::normalize_word;
use super::ordering::ordered;
use crate::convert::to_u32;
use crate::notebook::{Id, slug};

/// A list of titles with their anchors.
///
/// Memory: the titles, and only those anchors that do not follow from them.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Titles {
    pub(super) texts: Vec<Box<str>>,
    /// Anchors that are not the slug of their title, by place.
    pub(super) others: Vec<(u32, Id)>,
    /// Their places in the order of the titles.
    pub(super) by_title: Vec<u32>,
}

impl Titles {
    /// Returns the number of titles.
    pub fn len(&self) -> usize {
        self.texts.len()
    }

    /// Returns true if there are no titles.
    pub fn is_empty(&self) -> bool {
        self.texts.is_empty()
    }

    /// Returns a title; empty if there is none.
    pub fn title(&self, at: usize) -> &str {
        self.texts.get(at).map_or("", |title| title)
    }

    /// The anchor of one.
    pub fn id(&self, at: usize) -> Id {
        let key = to_u32(at);
        let other = self.others.binary_search_by_key(&key, |(other, _)| *other).ok();
        match other.and_then(|other| self.others.get(other)) {
            Some((_, id)) => id.clone(),
            None => Id::from(slug(self.title(at)).as_str()),
        }
    }

    /// The place of an anchor. O(names).
    pub fn find(&self, id: &str) -> Option<usize> {
        (0..self.len()).find(|at| self.id(*at).as_str() == id)
    }

    /// Every title, in order.
    pub fn titles(&self) -> impl Iterator<Item = &str> {
        self.texts.iter().map(|title| &**title)
    }

    /// Settles the order of the titles, once all are there.
    pub(super) fn finish(&mut self) {
        let normalized: Vec<_> = self.titles().map(normalize_word).collect();
        // What has no title comes last.
        let key = |at: usize| normalized.get(at).map(|title| (title.is_empty(), title));
        self.by_title = ordered(normalized.len(), &|one, other| key(one).cmp(&key(other)));
    }

    pub(super) fn add(&mut self, title: &str, id: &Id) {
        if slug(title) != id.as_str() {
            self.others.push((to_u32(self.texts.len()), id.clone()));
        }
        self.texts.push(title.into());
    }
}
