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

/// A function that renders the entries directly in a section, given the number of its heading and the level of theirs.
pub(super) type RenderEntries<'a> = &'a dyn Fn(usize, &Section, u8) -> Vec<El>;

/// Renders a section with a heading of level `level`, which is 2 for those at the top.
pub(super) fn section(
    section: &Section,
    level: u8,
    headings: &mut HeadingCounter,
    answer: &Answer,
    entries: RenderEntries,
) -> El {
    let heading = headings.next_index();
    let count = answer.heading(heading);
    let subsections =
        section.sections.iter().map(|inner| self::section(inner, level + 1, headings, answer, entries));
    let subsections: Vec<El> = subsections.collect();
    if section.level == Section::UNTITLED_LEVEL {
        // Entries before the first heading have none, and no fold.
        let view = el("section").attr("id", section.id.as_str()).attr("data-level", level.to_string());
        return view.children(entries(heading, section, level)).children(subsections);
    }
    let content = entries(heading, section, level + 1).into_iter().chain(subsections);
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
    let view = |entry: &Entry| entry::entry(entry, &links_of(entry.id()), level, NotesFold::Open);
    in_lists(entries.iter().map(|entry| (list_class(entry), view(entry))).collect())
}

/// Puts consecutive views that have the same class into a list of that class.
pub(super) fn in_lists(views: Vec<(Option<&'static str>, El)>) -> Vec<El> {
    let mut runs: Vec<(Option<&'static str>, Vec<El>)> = Vec::new();
    for (class, view) in views {
        match runs.last_mut() {
            Some((last, run)) if class.is_some() && *last == class => run.push(view),
            _ => runs.push((class, vec![view])),
        }
    }
    let views = runs.into_iter().flat_map(|(class, views)| match class {
        Some(class) => vec![el("ul").class(class).children(views)],
        None => views,
    });
    views.collect()
}
