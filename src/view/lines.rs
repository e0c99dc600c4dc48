//! A line of a large notebook: a heading, or an entry with its notes folded.

use leptos::prelude::*;
use notebook_core::notebook::Noted;
use notebook_core::search::{Answer, Index, Line};

use super::element::{El, el};
use super::entry::Notes;
use super::{entry, results, strings, text};

/// A line of an answer; `entry` is what stands there. None where that has not come.
pub fn line(
    index: &Index,
    answer: &Answer,
    line: Line,
    entry: Option<&Noted>,
    notes: Notes,
) -> Option<AnyView> {
    match line {
        Line::Heading(at) => Some(heading(index, answer, at).into()),
        Line::Entry(record) => entry.map(|entry| known(index, answer, record, entry, notes).into()),
    }
}

/// The line of an entry before that comes: the link and the paragraph are to be filled with what is known of it.
pub fn waiting() -> AnyView {
    let heading = text::heading(level(1)).child(el("a"));
    let line = el("article").class("paper waiting").attr("aria-busy", "true").attr("tabindex", "-1");
    line.child(heading).child(el("p").class("meta")).into()
}

fn level(depth: usize) -> u8 {
    u8::try_from(depth + 2).unwrap_or(6).min(6)
}

fn heading(index: &Index, answer: &Answer, at: usize) -> El {
    let title = el("span").attr("data-field", "title").text(index.headings.title(at));
    let count = el("span").class("count").text(strings::count(answer.heading(at)));
    text::heading(level(index.depth(at)))
        .class("heading")
        .attr("id", index.headings.id(at).as_str())
        .attr("tabindex", "-1")
        .child(title)
        .child(count)
}

fn known(index: &Index, answer: &Answer, record: usize, known: &Noted, notes: Notes) -> El {
    let depth = index.catalog.heading(record).map_or(0, |heading| index.depth(heading) + 1);
    let view = entry::entry(&known.entry, &known.related, level(depth), notes);
    // Where what was found stands in the folded notes, a line of them says why.
    let line = if answer.has_words() { index.why(answer, record).line } else { Vec::new() };
    let found = line.iter().any(|(_, marked)| *marked);
    view.all(found.then(|| el("p").class("line").attr("data-aside", "").all(results::pieces(&line))))
}
