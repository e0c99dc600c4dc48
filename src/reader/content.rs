//! What stands on the page already: its words are read from there, and an answer hides and counts it.

use leptos::prelude::*;
use notebook_core::notebook::Id;
use notebook_core::search::{Answer, Field, Index, Plain};
use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlElement, Node};

use super::dom;
use super::later::follow;
use super::table::Source;
use crate::view::{ids, strings};

/// Elements that a text runs through; all others are blocks.
const INLINE: [&str; 13] =
    ["A", "CODE", "EM", "IMG", "KBD", "MARK", "S", "SPAN", "STRONG", "SUB", "SUP", "math", "semantics"];

fn inside(selector: &str) -> Vec<HtmlElement> {
    dom::all(&format!("#{} {selector}", ids::CONTENT))
}

/// Entries by number, which is their order on the page.
fn entries() -> Vec<HtmlElement> {
    inside("[tabindex='-1']")
}

/// Where a table has its papers from.
pub(super) fn source() -> Source {
    let all = entries();
    Source {
        number: Box::new(number),
        entry: Box::new(move |record| all.get(record).map(|entry| Element::clone(entry))),
        // All of them are there.
        want: drop,
    }
}

/// The number of an entry.
pub(super) fn number(id: &str) -> Option<usize> {
    entries().iter().position(|entry| entry.id() == id)
}

/// Follows the answer: what it does not show is hidden, and every heading counts what it holds.
pub(super) fn start(answer: Memo<Answer>) {
    let entries = entries();
    let headings: Vec<_> = inside("[data-level]")
        .into_iter()
        .map(|heading| (heading.query_selector(".count").ok().flatten(), heading))
        .collect();
    follow(move || {
        answer.with(|answer| {
            for (at, entry) in entries.iter().enumerate() {
                show(entry, answer.shows(at));
            }
            for (at, (count, heading)) in headings.iter().enumerate() {
                show(heading, answer.shows_heading(at));
                let counted = strings::count(answer.heading(at));
                if let Some(count) =
                    count.as_ref().filter(|count| count.text_content().as_ref() != Some(&counted))
                {
                    count.set_text_content(Some(&counted));
                }
            }
        });
    });
}

/// Changes only what is not so already: the browser would lay it out again.
fn show(element: &HtmlElement, shown: bool) {
    if element.hidden() == shown {
        element.set_hidden(!shown);
    }
}

/// Reads names and words of all entries. O(text).
pub(super) fn learn(index: StoredValue<Index>) {
    let read = entries().into_iter().map(|entry| {
        let fields = Field::ALL.into_iter().filter_map(|field| {
            let shown = entry.query_selector(&format!("[data-field={}]", field.key())).ok()??;
            let mut text = Plain::default();
            read(&shown, &mut text);
            Some((field, text))
        });
        (Id::from(entry.id().as_str()), fields.filter(|(_, text)| !text.as_str().is_empty()).collect())
    });
    index.update_value(|index| index.learn_all(read));
}

/// Reads the text of a field, without what the page added to it.
fn read(element: &Element, to: &mut Plain) {
    let mut child = element.first_child();
    while let Some(node) = child {
        child = node.next_sibling();
        if node.node_type() == Node::TEXT_NODE {
            to.text(&node.text_content().unwrap_or_default());
            continue;
        }
        let Some(inner) = node.dyn_ref::<Element>().filter(|inner| !inner.has_attribute("data-aside")) else {
            continue;
        };
        let name = inner.tag_name();
        // The source of a formula.
        if name == "CODE" || name == "annotation" {
            to.code(&inner.text_content().unwrap_or_default());
            continue;
        }
        let is_block = !INLINE.contains(&name.as_str());
        if is_block {
            to.end_block();
        }
        read(inner, to);
        if is_block {
            to.end_block();
        }
    }
}
