//! Marks the words that were found. The browser paints them over the text (CSS custom highlights),
//! so that no node is touched: what was prerendered stays as it is.

use std::cell::RefCell;

use leptos::prelude::*;
use notebook_core::notebook::Id;
use notebook_core::search::{Answer, Field, Index, Match};
use wasm_bindgen::JsCast;
use web_sys::{AbstractRange, Element, Highlight, HighlightRegistry, Node, Range};

use super::dom;
use super::later::{follow, next_frame};

/// The name that `style/page.css` paints.
const NAME: &str = "found";

/// Entries whose words are marked at the most: the best ones.
const MOST: usize = 500;

thread_local! {
    /// What is marked now, in the page's order.
    static MARKED: RefCell<Vec<Range>> = const { RefCell::new(Vec::new()) };
}

/// Follows the answer.
pub(super) fn start(answer: Memo<Answer>, index: StoredValue<Index>) {
    follow(move || {
        let hits = answer.with(|answer| {
            if !answer.has_words() {
                return Vec::new();
            }
            index.with_value(|index| hits(index, answer))
        });
        next_frame(move || paint(&hits));
    });
}

/// Marks what some entries were found by: those that are in sight.
pub(super) fn show(index: StoredValue<Index>, answer: Memo<Answer>, records: &[usize]) {
    let hits = answer.with_untracked(|answer| {
        index.with_value(|index| {
            let hits = records.iter().filter(|_| answer.has_words());
            hits.map(|record| (index.names.id(*record), index.why(answer, *record).matches))
                .collect::<Vec<_>>()
        })
    });
    paint(&hits);
}

/// Anchors with what was found under them, the best first.
fn hits(index: &Index, answer: &Answer) -> Vec<(Id, Vec<Match>)> {
    let headings = (0..index.headings.len()).filter(|heading| answer.shows_heading(*heading));
    let headings =
        headings.map(|heading| (index.headings.id(heading), index.heading_matches(answer, heading)));
    let entries = answer.order.iter().filter_map(|record| usize::try_from(*record).ok()).take(MOST);
    let entries = entries.map(|record| (index.names.id(record), index.why(answer, record).matches));
    headings.chain(entries).filter(|(_, matches)| !matches.is_empty()).collect()
}

fn paint(hits: &[(Id, Vec<Match>)]) {
    let mut marked: Vec<Range> = Vec::new();
    for (id, matches) in hits {
        for field in Field::ALL {
            let ranges: Vec<_> =
                matches.iter().filter(|m| m.field == field).map(|m| (m.range.start, m.range.end)).collect();
            if let Some(element) = field_of(id, field).filter(|_| !ranges.is_empty()) {
                marked.extend(dom_ranges(&element, &ranges));
            }
        }
    }
    // An older browser without highlights shows the same entries, unmarked.
    let ranges: Vec<_> = marked.iter().cloned().map(AbstractRange::from).collect();
    if let (Some(registry), Ok(highlight)) = (registry(), Highlight::new(&ranges)) {
        let _ = registry.set(NAME, &highlight);
    }
    MARKED.set(marked);
}

/// Brings the first mark inside an element into sight, where it is not yet.
pub(super) fn show_first_in(element: &Element) {
    MARKED.with_borrow(|marked| {
        let inside = |range: &&Range| {
            range.start_container().is_ok_and(|node| element.contains(Some(&node)))
                // The title is in sight already.
                && range.get_bounding_client_rect().top() > 0.0
        };
        let height = dom::window().inner_height().ok().and_then(|height| height.as_f64()).unwrap_or_default();
        let mut inside = marked.iter().filter(inside).map(|range| range.get_bounding_client_rect().bottom());
        if let Some(first) = inside.next()
            && !inside.chain([first]).any(|bottom| bottom < height)
        {
            dom::scroll_by(first - height / 2.0);
        }
    });
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
    dom::text_nodes(element, &mut nodes);
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
        if let Some(set) = set_beside(&first) {
            range.select_node_contents(&set).ok()?;
            return Some(range);
        }
        range.set_start(&first, from).ok()?;
        range.set_end(&last, to).ok()?;
        Some(range)
    };
    wanted.iter().filter_map(range).collect()
}

/// What is shown of a formula, whose source is not: it is marked as a whole.
fn set_beside(source: &Node) -> Option<Element> {
    source.parent_element().filter(|parent| parent.tag_name() == "annotation")?.previous_element_sibling()
}
