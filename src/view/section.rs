//! A heading with everything under it: a fold with a count.

use notebook_core::notebook::{Entry, Section};
use notebook_core::search::Answer;

use super::element::{El, el};
use super::entry::Notes;
use super::{Relate, entry, strings, text};

/// The number of the next heading: they go in the order of the page.
#[derive(Debug, Default)]
pub(super) struct Next(usize);

impl Next {
    pub(super) fn heading(&mut self) -> usize {
        self.0 += 1;
        self.0 - 1
    }
}

/// A section; `depth` is 2 for those of the first level.
pub(super) fn section(section: &Section, depth: u8, next: &mut Next, answer: &Answer, relate: Relate) -> El {
    let count = strings::count(answer.heading(next.heading()));
    let title = text::heading(depth)
        .child(el("span").attr("data-field", "title").all(text::spans(&section.title)))
        .child(el("span").class("count").text(count));
    let fold = el("details")
        .attr("open", "")
        .child(el("summary").child(title))
        .all(entries(&section.entries, depth + 1, relate))
        .all(section.sections.iter().map(|inner| self::section(inner, depth + 1, next, answer, relate)));
    el("section").attr("id", section.id.as_str()).attr("data-level", depth.to_string()).child(fold)
}

/// Goals and links in a row are one list.
pub(super) fn entries(entries: &[Entry], depth: u8, relate: Relate) -> Vec<El> {
    let listed = |entry: &Entry| match entry {
        Entry::Goal(_) => Some("goals"),
        Entry::Link(_) => Some("links"),
        _ => None,
    };
    let runs = entries.chunk_by(|one, next| listed(one).is_some() && listed(one) == listed(next));
    let views = runs.flat_map(|run| {
        let views: Vec<_> =
            run.iter().map(|entry| entry::entry(entry, &relate(entry.id()), depth, Notes::Open)).collect();
        match run.first().and_then(listed) {
            Some(class) => vec![el("ul").class(class).all(views)],
            None => views,
        }
    });
    views.collect()
}
