//! Marks the words that were found. The browser paints them over the text (CSS custom highlights),
//! so that no node is touched: what was prerendered stays as it is.

use leptos::prelude::*;
use notebook_core::notebook::Id;
use notebook_core::search::{Answer, Field, Hit};
use wasm_bindgen::JsCast;
use web_sys::{AbstractRange, Element, Highlight, HighlightRegistry, Node, Range};

use super::{dom, next_frame};

/// The name that `style/page.css` paints.
const NAME: &str = "found";

/// Entries whose words are marked at the most: the first ones, in the page's order.
const MOST: usize = 500;

/// Follows the answer.
pub(super) fn start(answer: Memo<Answer>) {
    Effect::new(move |_| {
        let hits = answer.with(|answer| {
            let marked = answer.headings.iter().chain(&answer.hits).filter(|hit| !hit.matches.is_empty());
            marked.take(MOST).cloned().collect::<Vec<_>>()
        });
        next_frame(move || paint(&hits));
    });
}

fn paint(hits: &[Hit]) {
    // An older browser without highlights shows the same entries, unmarked.
    let Some(registry) = registry() else { return };
    let mut marked: Vec<AbstractRange> = Vec::new();
    for hit in hits {
        for field in Field::ALL {
            let ranges: Vec<_> = hit
                .matches
                .iter()
                .filter(|m| m.field == field)
                .map(|m| (m.range.start, m.range.end))
                .collect();
            if let Some(element) = field_of(&hit.id, field).filter(|_| !ranges.is_empty()) {
                marked.extend(dom_ranges(&element, &ranges).into_iter().map(AbstractRange::from));
            }
        }
    }
    if let Ok(highlight) = Highlight::new(&marked) {
        let _ = registry.set(NAME, &highlight);
    }
}

fn registry() -> Option<HighlightRegistry> {
    let css = js_sys::Reflect::get(&dom::window(), &"CSS".into()).ok()?;
    js_sys::Reflect::get(&css, &"highlights".into()).ok()?.dyn_into().ok()
}

/// The element that shows a field of an entry or heading: the first, which is its own.
fn field_of(id: &Id, field: Field) -> Option<Element> {
    let entry = dom::document().get_element_by_id(id.as_str())?;
    entry.query_selector(&format!("[data-field={}]", field.key())).ok().flatten()
}

/// Turns bytes of a field's text into ranges over the text nodes that hold it. What stands in
/// `data-aside` is the page's own and does not count.
fn dom_ranges(element: &Element, wanted: &[(usize, usize)]) -> Vec<Range> {
    let mut nodes = Vec::new();
    text_nodes(element, &mut nodes);
    let mut at = 0;
    let mut ends: Vec<(Node, usize, String)> = Vec::with_capacity(nodes.len());
    for node in nodes {
        let text = node.text_content().unwrap_or_default();
        at += text.len();
        ends.push((node, at, text));
    }
    let place = |byte: usize, is_end: bool| {
        let found = ends.iter().find(|(_, end, _)| if is_end { byte <= *end } else { byte < *end });
        let (node, end, text) = found?;
        let inside = byte.checked_sub(end - text.len())?;
        let units = text.get(..inside)?.encode_utf16().count();
        Some((node.clone(), u32::try_from(units).ok()?))
    };
    let range = |&(start, end): &(usize, usize)| {
        let range = Range::new().ok()?;
        let ((first, from), (last, to)) = (place(start, false)?, place(end, true)?);
        range.set_start(&first, from).ok()?;
        range.set_end(&last, to).ok()?;
        Some(range)
    };
    wanted.iter().filter_map(range).collect()
}

fn text_nodes(node: &Node, to: &mut Vec<Node>) {
    let mut child = node.first_child();
    while let Some(node) = child {
        if node.node_type() == Node::TEXT_NODE {
            to.push(node.clone());
        } else if node.dyn_ref::<Element>().is_some_and(|element| !element.has_attribute("data-aside")) {
            text_nodes(&node, to);
        }
        child = node.next_sibling();
    }
}
