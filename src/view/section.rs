//! A section: a fold with a heading, the number of its entries, entries and subsections.

use leptos::prelude::AnyView;
use notebook_core::notebook::{Entry, Section};
use notebook_core::search::{Answer, Count};

use super::element::{El, el};
use super::entry::{LinksOf, NotesFold, list_class};
use super::{entry, strings, text};

/// Numbers headings in document order, as a corpus does.
#[derive(Debug, Default)]
pub(super) struct HeadingCounter(usize);

impl HeadingCounter {
    /// Returns the index of the next heading.
    pub(super) fn next_index(&mut self) -> usize {
        self.0 += 1;
        self.0 - 1
    }
}

/// Renders a section with a heading of level `level`, which is 2 for those at the top.
pub(super) fn section(
    section: &Section,
    level: u8,
    headings: &mut HeadingCounter,
    answer: &Answer,
    links_of: LinksOf,
) -> El {
    let count = answer.heading(headings.next_index());
    let subsections =
        section.sections.iter().map(|inner| self::section(inner, level + 1, headings, answer, links_of));
    let subsections: Vec<El> = subsections.collect();
    if section.level == Section::UNTITLED_LEVEL {
        // Entries before the first heading have none, and no fold.
        let view = el("section").attr("id", section.id.as_str()).attr("data-level", level.to_string());
        return view.children(entries(&section.entries, level, links_of)).children(subsections);
    }
    let content = entries(&section.entries, level + 1, links_of).into_iter().chain(subsections);
    fold(section.id.as_str(), text::spans(&section.title), level, count, !section.folded, content)
}

/// Renders the fold of a section. In a virtual list it has no content: that is in the rows below.
pub(super) fn fold(
    id: &str,
    title: Vec<AnyView>,
    level: u8,
    count: Count,
    is_open: bool,
    content: impl IntoIterator<Item = El>,
) -> El {
    let title = text::heading(level)
        .child(el("span").attr("data-field", "title").children(title))
        .child(el("span").class("count").text(strings::heading_count(count)));
    let fold = el("details").attr_opt("open", is_open.then_some(""));
    let fold = fold.child(el("summary").child(title)).children(content);
    el("section").attr("id", id).attr("data-level", level.to_string()).child(fold)
}

/// Renders entries. Consecutive goals, and consecutive links, share a list.
pub(super) fn entries(entries: &[Entry], level: u8, links_of: LinksOf) -> Vec<El> {
    let runs = entries.chunk_by(|one, next| list_class(one).is_some() && list_class(one) == list_class(next));
    let views = runs.flat_map(|run| {
        let views: Vec<_> = run
            .iter()
            .map(|entry| entry::entry(entry, &links_of(entry.id()), level, NotesFold::Open))
            .collect();
        match run.first().and_then(list_class) {
            Some(class) => vec![el("ul").class(class).children(views)],
            None => views,
        }
    });
    views.collect()
}
