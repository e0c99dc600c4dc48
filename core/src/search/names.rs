//! What entries and headings are called, and their anchors: enough for a list of them.

use super::fold::fold_word;
use super::ordering::ordered;
use crate::notebook::{Id, slug};
use crate::numbers::short;

/// A list of titles with their anchors.
///
/// Memory: the titles, and only those anchors that do not follow from them.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Names {
    pub(super) titles: Vec<Box<str>>,
    /// Anchors that are not the slug of their title, by place.
    pub(super) others: Vec<(u32, Id)>,
    /// Their places in the order of the titles.
    pub(super) by_title: Vec<u32>,
}

impl Names {
    /// How many there are.
    pub fn len(&self) -> usize {
        self.titles.len()
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.titles.is_empty()
    }

    /// What one is called; nothing where it has no name.
    pub fn title(&self, at: usize) -> &str {
        self.titles.get(at).map_or("", |title| title)
    }

    /// The anchor of one.
    pub fn id(&self, at: usize) -> Id {
        let key = short(at);
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
        self.titles.iter().map(|title| &**title)
    }

    /// Settles the order of the titles, once all are there.
    pub(super) fn finish(&mut self) {
        let folded: Vec<_> = self.titles().map(fold_word).collect();
        // What has no title comes last.
        let key = |at: usize| folded.get(at).map(|title| (title.is_empty(), title));
        self.by_title = ordered(folded.len(), &|one, other| key(one).cmp(&key(other)));
    }

    pub(super) fn add(&mut self, title: &str, id: &Id) {
        if slug(title) != id.as_str() {
            self.others.push((short(self.titles.len()), id.clone()));
        }
        self.titles.push(title.into());
    }
}
