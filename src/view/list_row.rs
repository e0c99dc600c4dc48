//! The rows of the virtual list that shows a large notebook: headings and entries, as a page has them.

use leptos::prelude::*;
use notebook_core::notebook::LinkedEntry;
use notebook_core::search::{Answer, Corpus};

use super::element::{El, el};
use super::entry::{NotesFold, list_class};
use super::{entry, results, section, text};

/// A row whose content is known.
#[derive(Clone, Copy)]
pub enum ListRow<'a> {
    /// A heading by its number, and true if its section is open.
    Heading(usize, bool),
    /// An entry with its number and the state of its notes.
    Entry(usize, &'a LinkedEntry, NotesFold),
}

/// Renders consecutive rows of an answer.
pub fn list_rows(corpus: &Corpus, answer: &Answer, rows: &[ListRow]) -> Vec<AnyView> {
    let class = |row: &ListRow| match row {
        ListRow::Entry(_, linked, _) => list_class(&linked.entry),
        ListRow::Heading(..) => None,
    };
    let views = rows.iter().map(|row| (class(row), self::row(corpus, answer, *row))).collect();
    let views = section::in_lists(views);
    views.into_iter().map(Into::into).collect()
}

/// Renders a row for an entry that is not loaded yet. The client fills in the title and the metadata that it has.
pub fn placeholder_row() -> AnyView {
    let heading = text::heading(3).child(el("a"));
    let row = el("article").class("paper loading").attr("aria-busy", "true").attr("tabindex", "-1");
    row.child(el("header").child(heading)).child(el("p").class("meta")).into()
}

/// Returns the level of a heading that has `depth` headings above it, from 2.
fn heading_level(depth: usize) -> u8 {
    u8::try_from(depth + 2).unwrap_or(u8::MAX)
}

fn row(corpus: &Corpus, answer: &Answer, row: ListRow) -> El {
    match row {
        ListRow::Heading(heading, is_open) => {
            let title = text::spans(&corpus.heading_title(heading).unwrap_or_default());
            let level = heading_level(corpus.depth(heading));
            let (id, count) = (corpus.headings.id(heading), answer.heading(heading));
            section::fold(id.as_str(), title, level, count, is_open, [])
        }
        ListRow::Entry(entry, linked, notes) => entry_row(corpus, answer, entry, linked, notes),
    }
}

fn entry_row(corpus: &Corpus, answer: &Answer, number: usize, entry: &LinkedEntry, notes: NotesFold) -> El {
    let depth = corpus.catalog.heading(number).map_or(0, |heading| corpus.depth(heading) + 1);
    let view = entry::entry(&entry.entry, &entry.links, heading_level(depth), notes);
    // Matches in closed notes are invisible: a line of the notes shows why the entry was found.
    let excerpt = if answer.has_words() { corpus.snippet(answer, number).excerpt } else { Vec::new() };
    let has_match = excerpt.iter().any(|(_, is_match)| *is_match);
    let excerpt = has_match
        .then(|| el("p").class("excerpt").attr("data-aside", "").children(results::highlighted(&excerpt)));
    view.children(excerpt)
}
