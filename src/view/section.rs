//! A heading with everything under it: a fold with a count.

use leptos::prelude::*;
use notebook_core::notebook::{Entry, Section};
use notebook_core::search::Answer;

use super::element::{El, el};
use super::entry::Notes;
use super::{entry, strings, text};

/// Numbers of the next entry and heading: they go in the order of the page.
#[derive(Debug, Default)]
pub(super) struct Next {
    entry: usize,
    heading: usize,
}

impl Next {
    pub(super) fn heading(&mut self) -> usize {
        self.heading += 1;
        self.heading - 1
    }

    pub(super) fn entry(&mut self) -> usize {
        self.entry += 1;
        self.entry - 1
    }
}

/// A section; `depth` is 2 for those of the first level.
pub(super) fn section(section: &Section, depth: u8, next: &mut Next, answer: Memo<Answer>) -> El {
    let here = next.heading();
    let hidden = move || answer.with(|answer| !answer.shows_heading(here));
    let count = move || answer.with(|answer| strings::count(answer.heading(here)));
    let title = text::heading(depth)
        .child(el("span").attr("data-field", "title").all(text::spans(&section.title)))
        .child(el("span").class("count").live_text(count));
    let fold = el("details")
        .attr("open", "")
        .child(el("summary").child(title))
        .all(entries(&section.entries, depth + 1, next, answer))
        .all(section.sections.iter().map(|inner| self::section(inner, depth + 1, next, answer)));
    el("section")
        .attr("id", section.id.as_str())
        .attr("data-level", depth.to_string())
        .hidden(hidden)
        .child(fold)
}

/// Goals and links in a row are one list.
fn entries(entries: &[Entry], depth: u8, next: &mut Next, answer: Memo<Answer>) -> Vec<El> {
    let listed = |entry: &Entry| match entry {
        Entry::Goal(_) => Some("goals"),
        Entry::Link(_) => Some("links"),
        _ => None,
    };
    let runs = entries.chunk_by(|one, next| listed(one).is_some() && listed(one) == listed(next));
    let views = runs.flat_map(|run| {
        let views: Vec<_> = run
            .iter()
            .map(|entry| {
                let here = next.entry();
                entry::entry(entry, depth, Notes::Open)
                    .hidden(move || answer.with(|answer| !answer.shows(here)))
            })
            .collect();
        match run.first().and_then(listed) {
            Some(class) => vec![el("ul").class(class).all(views)],
            None => views,
        }
    });
    views.collect()
}
