//! Highlights of search words, painted by the browser over the text (CSS Custom Highlight API): no node changes, so that
//! prerendered text stays as it is.

use leptos::prelude::*;
use notebook_core::notebook::Id;
use notebook_core::search::{Answer, Corpus, Field, Match};
use wasm_bindgen::JsCast;
use web_sys::{AbstractRange, Element, Highlight, HighlightRegistry, Node, Range};

use super::app::App;
use super::dom;
use super::scheduling::{effect, next_frame};
use crate::client::model::text_position::NodeTexts;

/// The name of the highlight in `style/page.css`.
const NAME: &str = "found";

/// Entries with highlights at most, the best first: a common word is in every entry, and each has its text searched again.
const MAX_ENTRIES: usize = 500;

/// Highlights the words of every answer on a page that holds the whole notebook.
pub(super) fn start(app: App) {
    effect(move || {
        app.arrivals.track();
        let matches = app.answer().with(|answer| {
            if !answer.has_words() {
                return Vec::new();
            }
            app.corpus.with_value(|corpus| best_matches(corpus, answer))
        });
        next_frame(move || paint(app, &matches));
    });
}

/// Highlights the words of the answer in some entries: those in view of a virtual list.
pub(super) fn show(app: App, entries: &[usize]) {
    let matches = app.with_answer(|corpus, answer| {
        let entries = entries.iter().filter(|_| answer.has_words());
        entries
            .map(|entry| (corpus.titles.id(*entry), corpus.snippet(answer, *entry).matches))
            .collect::<Vec<_>>()
    });
    paint(app, &matches);
}

/// Returns the anchors of headings and entries with what matched in them.
fn best_matches(corpus: &Corpus, answer: &Answer) -> Vec<(Id, Vec<Match>)> {
    let headings = (0..corpus.headings.len()).filter(|heading| answer.shows_heading(*heading));
    let headings =
        headings.map(|heading| (corpus.headings.id(heading), corpus.heading_matches(answer, heading)));
    let entries = answer.order.iter().filter_map(|entry| usize::try_from(*entry).ok()).take(MAX_ENTRIES);
    let entries = entries.map(|entry| (corpus.titles.id(entry), corpus.snippet(answer, entry).matches));
    headings.chain(entries).filter(|(_, matches)| !matches.is_empty()).collect()
}

fn paint(app: App, matches: &[(Id, Vec<Match>)]) {
    let mut ranges: Vec<Range> = Vec::new();
    for (id, matches) in matches {
        for field in Field::ALL {
            let bytes: Vec<_> =
                matches.iter().filter(|m| m.field == field).map(|m| (m.range.start, m.range.end)).collect();
            if let Some(element) = field_element(id, field).filter(|_| !bytes.is_empty()) {
                ranges.extend(dom_ranges(&element, &bytes));
            }
        }
    }
    // A browser without the API shows the same entries without highlights.
    let painted: Vec<_> = ranges.iter().cloned().map(AbstractRange::from).collect();
    if let (Some(registry), Ok(highlight)) = (registry(), Highlight::new(&painted)) {
        let _ = registry.set(NAME, &highlight);
    }
    app.highlights.set_value(ranges);
}

/// Scrolls to the first highlight inside an element, unless one is in view.
pub(super) fn show_first_in(app: App, element: &Element) {
    app.highlights.with_value(|ranges| {
        let is_inside = |range: &&Range| {
            range.start_container().is_ok_and(|node| element.contains(Some(&node)))
                // The title is in view already.
                && range.get_bounding_client_rect().top() > 0.0
        };
        let height = dom::window_size().map_or(0.0, |(_, height)| height);
        let mut bottoms =
            ranges.iter().filter(is_inside).map(|range| range.get_bounding_client_rect().bottom());
        if let Some(first) = bottoms.next()
            && !bottoms.chain([first]).any(|bottom| bottom < height)
        {
            dom::scroll_by(first - height / 2.0);
        }
    });
}

fn registry() -> Option<HighlightRegistry> {
    let css = js_sys::Reflect::get(&dom::window(), &"CSS".into()).ok()?;
    js_sys::Reflect::get(&css, &"highlights".into()).ok()?.dyn_into().ok()
}

/// Returns the element that shows a field of an entry or heading; the first, as others belong to what it contains.
fn field_element(id: &Id, field: Field) -> Option<Element> {
    let entry = dom::document().get_element_by_id(id.as_str())?;
    dom::query_in(&entry, &format!("[data-field={}]", field.key()))
}

/// Converts byte ranges of a field's text to ranges of the text nodes that show it.
fn dom_ranges(element: &Element, bytes: &[(usize, usize)]) -> Vec<Range> {
    let mut nodes = Vec::new();
    dom::collect_text_nodes(element, &mut nodes);
    let mut texts = NodeTexts::default();
    for node in &nodes {
        texts.push(node.text_content().unwrap_or_default());
    }
    let locate = |byte, is_end| {
        let (node, offset) = texts.locate(byte, is_end)?;
        Some((nodes.get(node)?, offset))
    };
    let to_range = |&(start, end): &(usize, usize)| {
        let range = Range::new().ok()?;
        let ((start, start_offset), (end, end_offset)) = (locate(start, false)?, locate(end, true)?);
        if let Some(formula) = formula_of(start) {
            range.select_node_contents(&formula).ok()?;
            return Some(range);
        }
        range.set_start(start, start_offset).ok()?;
        range.set_end(end, end_offset).ok()?;
        Some(range)
    };
    bytes.iter().filter_map(to_range).collect()
}

/// Returns the visible part of a formula for a node of its hidden TeX source: a formula is highlighted as a whole.
fn formula_of(source: &Node) -> Option<Element> {
    source.parent_element().filter(|parent| parent.tag_name() == "annotation")?.previous_element_sibling()
}
