//! The browser's own objects, and the few elements the reader knows by id.

use leptos::mount::{UnmountHandle, mount_to};
use leptos::prelude::{AnyView, Render};
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{Document, Element, HtmlElement, HtmlInputElement, Node, Window};

use crate::view::ids;

/// The window. A page's script has one by definition.
pub(super) fn window() -> Window {
    web_sys::window().unwrap_or_else(|| wasm_bindgen::throw_str("a page's script runs in a window"))
}

pub(super) fn document() -> Document {
    window().document().unwrap_or_else(|| wasm_bindgen::throw_str("a window has a document"))
}

/// `<html>`.
pub(super) fn root() -> Element {
    document().document_element().unwrap_or_else(|| wasm_bindgen::throw_str("a document has a root"))
}

/// An element of the page's own, if it is there and of the kind that is expected.
pub(super) fn by_id<E: JsCast>(id: &str) -> Option<E> {
    document().get_element_by_id(id)?.dyn_into().ok()
}

pub(super) fn search_box() -> Option<HtmlInputElement> {
    by_id(ids::SEARCH)
}

/// Every element of the page that fits a selector.
pub(super) fn all(selector: &str) -> Vec<HtmlElement> {
    let Ok(found) = document().query_selector_all(selector) else { return Vec::new() };
    (0..found.length()).filter_map(|at| found.item(at)?.dyn_into().ok()).collect()
}

/// Fills an element of the page's own with a view. Boxed, so that there is one way of mounting.
pub(super) fn mount(id: &str, view: impl FnOnce() -> AnyView + 'static) -> Option<Mounted> {
    let view: Box<dyn FnOnce() -> AnyView> = Box::new(view);
    by_id::<HtmlElement>(id).map(|place| mount_to(place, view))
}

/// A view that stands there; let go, it is taken away.
pub(super) type Mounted = UnmountHandle<<AnyView as Render>::State>;

/// Whether an element is on the page now: not hidden, and in no closed fold.
pub(super) fn is_shown(element: &HtmlElement) -> bool {
    element.get_client_rects().length() > 0
}

/// Says something to those who listen to the page.
pub(super) fn say(text: &str) {
    if let Some(place) = document().get_element_by_id(ids::SAID) {
        place.set_text_content(Some(text));
    }
}

/// Sets a measure of an element in pixels. The browser prints the number: to do so here is 3 kB of the program.
pub(super) fn set_pixels(element: &HtmlElement, name: &str, pixels: f64) {
    let whole = js_sys::Number::from(pixels).to_fixed(1);
    let text = whole.map(String::from).unwrap_or_default() + "px";
    let _ = element.style().set_property(name, &text);
}

/// Scrolls by so many pixels, at once: what the page does by itself is no journey to watch.
pub(super) fn scroll_by(pixels: f64) {
    let options = web_sys::ScrollToOptions::new();
    options.set_top(pixels);
    options.set_behavior(web_sys::ScrollBehavior::Instant);
    window().scroll_by_with_scroll_to_options(&options);
}

/// Brings an element to the top of the window, at once.
pub(super) fn show_at_once(element: &Element) {
    let options = web_sys::ScrollIntoViewOptions::new();
    options.set_behavior(web_sys::ScrollBehavior::Instant);
    element.scroll_into_view_with_scroll_into_view_options(&options);
}

/// What the page's script offers by a name.
pub(super) fn global(name: &str) -> Option<JsValue> {
    js_sys::Reflect::get(&js_sys::global(), &name.into()).ok().filter(|value| !value.is_undefined())
}

/// Adds an element with a text, where it has one.
pub(super) fn add(to: &Element, name: &str, class: &str, text: &str) -> Element {
    let Ok(element) = document().create_element(name) else { return to.clone() };
    if !class.is_empty() {
        element.set_class_name(class);
    }
    if !text.is_empty() {
        element.set_text_content(Some(text));
    }
    let _ = to.append_child(&element);
    element
}

/// Sets an attribute.
pub(super) fn set(element: &Element, name: &str, value: &str) {
    let _ = element.set_attribute(name, value);
}

/// A copy to be shown elsewhere: an anchor stands once on a page, and a field in its entry.
pub(super) fn copy(element: &Element) -> Option<Element> {
    let copy: Element = element.clone_node_with_deep(true).ok()?.dyn_into().ok()?;
    let named = copy.query_selector_all("[id], [data-field]").ok()?;
    let inside = (0..named.length()).filter_map(|at| named.item(at)?.dyn_into().ok());
    for element in inside.chain([copy.clone()]) {
        element.remove_attribute("id").ok()?;
        element.remove_attribute("data-field").ok()?;
    }
    Some(copy)
}

/// The text of an element, without what the page added to it.
pub(super) fn said(element: &Element) -> String {
    let mut said = Vec::new();
    text_nodes(element, &mut said);
    said.iter().filter_map(Node::text_content).collect()
}

/// The nodes that hold the text of an element, without what the page added to it (`data-aside`).
pub(super) fn text_nodes(node: &Node, to: &mut Vec<Node>) {
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
