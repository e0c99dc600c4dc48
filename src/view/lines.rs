//! A line of a large notebook: a heading, or an entry with its notes folded.

use leptos::prelude::*;
use notebook_core::notebook::Noted;
use notebook_core::search::{Answer, Index, Line};

use super::element::{El, el};
use super::{entry, results, strings, text};

/// A line of an answer; `entry` is what stands there, if that has come.
pub fn line(index: &Index, answer: &Answer, line: Line, entry: Option<&Noted>) -> AnyView {
    match line {
        Line::Heading(at) => heading(index, answer, at).into(),
        Line::Entry(record) => match entry {
            Some(entry) => known(index, answer, record, entry).into(),
            None => waiting(index, record).into(),
        },
    }
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

fn known(index: &Index, answer: &Answer, record: usize, noted: &Noted) -> El {
    let depth = index.catalog.heading(record).map_or(0, |heading| index.depth(heading) + 1);
    let view = entry::entry(&noted.entry, &noted.related, level(depth), entry::Notes::Folded);
    // Where what was found stands in the folded notes, a line of them says why.
    let line = if answer.has_words() { index.why(answer, record).line } else { Vec::new() };
    let found = line.iter().any(|(_, marked)| *marked);
    view.all(found.then(|| el("p").class("line").attr("data-aside", "").all(results::pieces(&line))))
}

/// What is known of an entry before it comes.
fn waiting(index: &Index, record: usize) -> El {
    let id = index.names.id(record);
    let title = el("a").attr("href", format!("#{id}")).text(index.name(record));
    let heading = text::heading(level(1)).child(title);
    let place = el("p").class("meta").text(index.place(record));
    let line = el("article").class("paper waiting").attr("aria-busy", "true");
    // What it is called may come after it.
    let id = (!id.as_str().is_empty()).then(|| id.to_string());
    line.maybe("id", id).attr("tabindex", "-1").child(heading).child(place)
}
