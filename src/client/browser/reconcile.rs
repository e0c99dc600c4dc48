//! Replaces elements by newer ones. Unchanged elements stay, and keep focus, selection and folds.

use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlDetailsElement, HtmlElement};

use super::dom;
use super::url::TARGET;

/// The attribute with the level of a section.
const LEVEL: &str = "data-level";

/// Replaces the children of an element by those of another. Unchanged entries keep their elements. Sections and lists keep
/// theirs too, and their children are replaced in the same way.
///
/// O(children²), as keys are compared one by one; a page with all of its entries has some hundreds.
pub(super) fn replace_children(old: &Element, new: &Element) {
    let mut known: Vec<(String, Element)> =
        children(old).into_iter().map(|child| (key(&child), child)).collect();
    let mut placed: Vec<Element> = Vec::new();
    for child in children(new) {
        let key = key(&child);
        let same = known.iter().position(|(other, _)| *other == key).map(|at| known.remove(at).1);
        match same.map(|same| (is_kept(&same, &child), same)) {
            Some((true, same)) => placed.push(same),
            Some((false, same)) => {
                same.remove();
                placed.push(child);
            }
            None => placed.push(child),
        }
    }
    // Elements that stay must not be moved: they would lose the focus.
    for (_, gone) in known {
        gone.remove();
    }
    let mut place = old.first_element_child();
    for child in placed {
        if place.as_ref() == Some(&child) {
            place = child.next_element_sibling();
        } else {
            // The place is a child of `old`.
            let _ = old.insert_before(&child, place.as_deref());
        }
    }
}

fn children(element: &Element) -> Vec<Element> {
    std::iter::successors(element.first_element_child(), Element::next_element_sibling).collect()
}

/// Returns the anchor of an element, or else its name and class. Elements with equal keys are versions of each other.
fn key(element: &Element) -> String {
    let id = element.id();
    if id.is_empty() { [&element.tag_name(), ".", &element.class_name()].concat() } else { id }
}

/// Brings an element up to date if it can stay. Returns false if the new one has to replace it.
fn is_kept(old: &Element, new: &Element) -> bool {
    let title = |summary| dom::query_in(summary, "[data-field]");
    match new.tag_name().as_str() {
        _ if old.tag_name() != new.tag_name() || old.class_name() != new.class_name() => false,
        // The heading of a section, whose count follows the answer.
        "SUMMARY" => title(old).is_some_and(|old| old.is_equal_node(title(new).as_deref())),
        "SECTION" | "DETAILS" | "UL" if old.get_attribute(LEVEL) == new.get_attribute(LEVEL) => {
            replace_children(old, new);
            true
        }
        _ => {
            copy_state(old, new);
            old.is_equal_node(Some(new))
        }
    }
}

/// Copies the state of an entry's element to a newer one: whether it is hidden or marked, and its folds.
fn copy_state(from: &Element, to: &Element) {
    if let (Some(from), Some(to)) = (from.dyn_ref::<HtmlElement>(), to.dyn_ref::<HtmlElement>()) {
        to.set_hidden(from.hidden());
    }
    if let Some(value) = from.get_attribute(TARGET) {
        dom::set_attribute(to, TARGET, &value);
    }
    let folds = |element| dom::query_all_in(element, "details").into_iter();
    for (from, to) in folds(from).zip(folds(to)) {
        if let (Some(from), Some(to)) =
            (from.dyn_ref::<HtmlDetailsElement>(), to.dyn_ref::<HtmlDetailsElement>())
        {
            to.set_open(from.open());
        }
    }
}
