//! Replaces elements by newer ones, and keeps those that show the same: with them stay focus, selection and folds.

use web_sys::Element;

use super::dom;

/// The attribute with the level of a section.
const LEVEL: &str = "data-level";

/// Replaces the children of an element by those of another. An entry for which `is_unchanged` returns true keeps its
/// element. So do sections and lists, whose children are replaced in the same way.
///
/// O(children²), as keys are compared one by one; a page with all of its entries has some hundreds.
pub(super) fn replace_children(old: &Element, new: &Element, is_unchanged: &dyn Fn(&str) -> bool) {
    let mut known: Vec<(String, Element)> = children(old).map(|child| (key(&child), child)).collect();
    let mut placed: Vec<Element> = Vec::new();
    for child in children(new) {
        let key = key(&child);
        let same = known.iter().position(|(other, _)| *other == key).map(|at| known.remove(at).1);
        match same.map(|same| (is_kept(&same, &child, is_unchanged), same)) {
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

fn children(element: &Element) -> impl Iterator<Item = Element> {
    // Collected first, because the children move.
    let first = element.first_element_child();
    let all: Vec<Element> = std::iter::successors(first, Element::next_element_sibling).collect();
    all.into_iter()
}

/// Returns the anchor of an element, or else its name and class: elements with the same key show the same thing.
fn key(element: &Element) -> String {
    let (id, class) = (element.id(), element.class_name());
    if id.is_empty() { [&element.tag_name(), ".", &class].concat() } else { id }
}

/// Brings an element up to date if it can stay. Returns false if the new one has to replace it.
fn is_kept(old: &Element, new: &Element, is_unchanged: &dyn Fn(&str) -> bool) -> bool {
    if old.tag_name() != new.tag_name() || old.class_name() != new.class_name() {
        return false;
    }
    if new.has_attribute("tabindex") {
        return is_unchanged(&new.id()) && level_of_entry(old) == level_of_entry(new);
    }
    match new.tag_name().as_str() {
        // The heading of a section, whose count follows the answer.
        "SUMMARY" => {
            let title = |summary| dom::query_in(summary, "[data-field]");
            title(old).is_some_and(|old| old.is_equal_node(title(new).as_deref()))
        }
        "SECTION" | "DETAILS" | "UL" if old.get_attribute(LEVEL) == new.get_attribute(LEVEL) => {
            replace_children(old, new, is_unchanged);
            true
        }
        _ => false,
    }
}

/// Returns the name of an entry's heading, whose level follows from the sections around it.
fn level_of_entry(entry: &Element) -> Option<String> {
    dom::query_in(entry, "h2, h3, h4, h5, h6").map(|heading| heading.tag_name())
}
