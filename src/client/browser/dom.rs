//! Access to the browser's objects, and to the elements that the page has by id.

use leptos::mount::{UnmountHandle, mount_to};
use leptos::prelude::{AnyView, Render};
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{
    Document, Element, Event, FocusOptions, HtmlDialogElement, HtmlElement, HtmlInputElement, Node, NodeList,
    ScrollBehavior, ScrollIntoViewOptions, ScrollLogicalPosition, ScrollToOptions, Window,
};

use crate::view::ids;

/// Returns the window; a script of a page always has one.
pub(super) fn window() -> Window {
    web_sys::window().unwrap_or_else(|| wasm_bindgen::throw_str("a page's script runs in a window"))
}

/// Returns the document.
pub(super) fn document() -> Document {
    window().document().unwrap_or_else(|| wasm_bindgen::throw_str("a window has a document"))
}

/// Returns `<html>`.
pub(super) fn root() -> Element {
    document().document_element().unwrap_or_else(|| wasm_bindgen::throw_str("a document has a root"))
}

/// Returns the element with an id, if it has the expected type.
pub(super) fn by_id<E: JsCast>(id: &str) -> Option<E> {
    document().get_element_by_id(id)?.dyn_into().ok()
}

/// Returns the search box.
pub(super) fn search_box() -> Option<HtmlInputElement> {
    by_id(ids::SEARCH)
}

/// Returns the first element of the page that matches a selector.
pub(super) fn query(selector: &str) -> Option<Element> {
    document().query_selector(selector).ok().flatten()
}

/// Returns the first element inside another that matches a selector.
pub(super) fn query_in(element: &Element, selector: &str) -> Option<Element> {
    element.query_selector(selector).ok().flatten()
}

/// Returns all elements of the page that match a selector.
pub(super) fn query_all(selector: &str) -> Vec<HtmlElement> {
    document().query_selector_all(selector).map_or_else(|_| Vec::new(), |list| elements(&list))
}

/// Returns all elements inside another that match a selector.
pub(super) fn query_all_in(element: &Element, selector: &str) -> Vec<Element> {
    element.query_selector_all(selector).map_or_else(|_| Vec::new(), |list| elements(&list))
}

fn elements<E: JsCast>(list: &NodeList) -> Vec<E> {
    (0..list.length()).filter_map(|at| list.item(at)?.dyn_into().ok()).collect()
}

/// Returns the element that an event happened at, if it has the expected type.
pub(super) fn target<E: JsCast>(event: &Event) -> Option<E> {
    event.target()?.dyn_into().ok()
}

/// Returns the innermost element that matches a selector, from the target of an event outwards.
pub(super) fn closest(event: &Event, selector: &str) -> Option<Element> {
    target::<Element>(event)?.closest(selector).ok().flatten()
}

/// Mounts a view into the element with an id.
pub(super) fn mount(id: &str, view: impl FnOnce() -> AnyView + 'static) -> Option<MountedView> {
    by_id::<HtmlElement>(id).map(|parent| mount_into(&parent, view()))
}

/// Mounts a view into an element.
pub(super) fn mount_into(parent: &HtmlElement, view: AnyView) -> MountedView {
    mount_view(parent.clone(), Box::new(move || view))
}

/// Mounts the view that a function returns into an element. The function is boxed, so that mounting is compiled once.
pub(super) fn mount_view(parent: HtmlElement, view: Box<dyn FnOnce() -> AnyView>) -> MountedView {
    mount_to(parent, view)
}

/// A mounted view, which is removed when this is dropped.
pub(super) type MountedView = UnmountHandle<<AnyView as Render>::State>;

/// Returns true if an element takes up space: it is neither hidden nor in a closed fold.
pub(super) fn is_visible(element: &HtmlElement) -> bool {
    element.get_client_rects().length() > 0
}

/// Announces a message to users of screen readers.
pub(super) fn announce(message: &str) {
    if let Some(status) = document().get_element_by_id(ids::ANNOUNCEMENT) {
        status.set_text_content(Some(message));
    }
}

/// Shows a dialog, if it is closed.
pub(super) fn show_dialog(id: &str) -> Option<HtmlDialogElement> {
    let dialog = by_id::<HtmlDialogElement>(id).filter(|dialog| !dialog.open())?;
    let _ = dialog.show_modal();
    Some(dialog)
}

/// Sets a style property in pixels. The browser formats the number: Rust's own formatting adds 3 kB to the program.
pub(super) fn set_pixels(element: &HtmlElement, property: &str, pixels: f64) {
    let number = js_sys::Number::from(pixels).to_fixed(1);
    let text = number.map(String::from).unwrap_or_default() + "px";
    let _ = element.style().set_property(property, &text);
}

/// Returns by how many pixels the page is scrolled down.
pub(super) fn scroll_top() -> f64 {
    window().page_y_offset().unwrap_or_default()
}

/// Returns width and height of the window in pixels.
pub(super) fn window_size() -> Option<(f64, f64)> {
    let window = window();
    Some((window.inner_width().ok()?.as_f64()?, window.inner_height().ok()?.as_f64()?))
}

/// Scrolls by pixels, without the smooth scrolling that a style may ask for: the reader did not scroll.
pub(super) fn scroll_by(pixels: f64) {
    let options = ScrollToOptions::new();
    options.set_top(pixels);
    options.set_behavior(ScrollBehavior::Instant);
    window().scroll_by_with_scroll_to_options(&options);
}

/// Scrolls an element to the top of the window, without smooth scrolling.
pub(super) fn scroll_to_instantly(element: &Element) {
    let options = ScrollIntoViewOptions::new();
    options.set_behavior(ScrollBehavior::Instant);
    element.scroll_into_view_with_scroll_into_view_options(&options);
}

/// Focuses an element without scrolling to it.
pub(super) fn focus_in_place(element: &HtmlElement) {
    let options = FocusOptions::new();
    options.set_prevent_scroll(true);
    let _ = element.focus_with_options(&options);
}

/// Scrolls no further than needed to see an element.
pub(super) fn scroll_to_nearest(element: &Element) {
    let options = ScrollIntoViewOptions::new();
    options.set_block(ScrollLogicalPosition::Nearest);
    element.scroll_into_view_with_scroll_into_view_options(&options);
}

/// Returns a property of the global object, which the page's own script may have set.
pub(super) fn global(name: &str) -> Option<JsValue> {
    js_sys::Reflect::get(&js_sys::global(), &name.into()).ok().filter(|value| !value.is_undefined())
}

/// Returns an attribute of the element that contains the whole page; the names of data files are in them.
pub(super) fn page_attribute(name: &str) -> Option<String> {
    by_id::<HtmlElement>(ids::ROOT)?.get_attribute(name)
}

/// Creates an element that is not on the page yet.
pub(super) fn create(tag: &str) -> Option<HtmlElement> {
    document().create_element(tag).ok()?.dyn_into().ok()
}

/// Sets an attribute.
pub(super) fn set_attribute(element: &Element, name: &str, value: &str) {
    let _ = element.set_attribute(name, value);
}

/// Removes ids, which must be unique, and the attributes by which an entry's fields are found from a second view of a text.
pub(super) fn remove_anchors(element: &Element) {
    for element in query_all_in(element, "[id], [data-field]") {
        let _ = element.remove_attribute("id");
        let _ = element.remove_attribute("data-field");
    }
}

/// Collects the text nodes inside a node in order, without those in `data-aside`.
pub(super) fn collect_text_nodes(node: &Node, to: &mut Vec<Node>) {
    let mut child = node.first_child();
    while let Some(node) = child {
        if node.node_type() == Node::TEXT_NODE {
            to.push(node.clone());
        } else if node.dyn_ref::<Element>().is_some_and(|element| !element.has_attribute("data-aside")) {
            collect_text_nodes(&node, to);
        }
        child = node.next_sibling();
    }
}
