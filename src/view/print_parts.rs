//! The parts of a page that only print shows: a line above the title, and the list of references at the end. They are outside
//! of what the client hydrates.

use leptos::prelude::*;

use super::controls::text_link;
use super::element::{El, el};
use super::strings;

/// Renders the line above the title: author, address and date, as far as they are known.
pub fn imprint(parts: &[&str]) -> AnyView {
    el("p").class("imprint").text(parts.join(" · ")).into()
}

/// Renders the list of references, each of which is plain text.
pub fn reference_list(references: &[String]) -> AnyView {
    el("section")
        .class("references")
        .child(el("h2").text(strings::REFERENCES))
        .child(el("ul").children(references.iter().map(|reference| reference_item(reference))))
        .into()
}

/// Renders a reference, whose address is a link.
fn reference_item(reference: &str) -> El {
    let Some(begin) = ["https://", "http://"].iter().filter_map(|scheme| reference.find(scheme)).min() else {
        return el("li").text(reference);
    };
    let (before, rest) = reference.split_at(begin);
    let (address, after) = rest.split_at(rest.find(' ').unwrap_or(rest.len()));
    let item = el("li").text(before).child(text_link(address, address));
    if after.is_empty() { item } else { item.text(after) }
}
