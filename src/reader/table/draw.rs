//! Draws a table into the frame that stands on the page. Its elements are made by hand: by views, they would be a
//! third of a program that few readers look at a table with (see CHANGELOG for the figures).

use notebook_core::query::{Layout, Query, toggle};
use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlElement};

use super::cells::{Paper, Sorted};
use crate::reader::dom::{self, add, set};
use crate::view::{Action, ids, strings};

/// Letters of a cell that are shown at first.
const LONG: usize = 280;

/// The part of the frame that a selector finds.
fn part(selector: &str) -> Option<Element> {
    dom::document().query_selector(&["#", ids::TABLE, " ", selector].concat()).ok().flatten()
}

/// Says how far a table is, or nothing.
pub(super) fn say(text: &str) {
    if let Some(place) = part(".said") {
        place.set_text_content(Some(text));
    }
}

/// Shows the frame or hides it, and tells which layout it is.
pub(super) fn show(layout: &Layout, is_there: bool) {
    if let Some(frame) = part(".matrix").and_then(|frame| frame.dyn_into::<HtmlElement>().ok()) {
        frame.set_hidden(!is_there);
        let _ = dom::root().toggle_attribute_with_force("data-table", is_there);
        let _ = frame.class_list().toggle_with_force("compare", layout.is_compare());
    }
    let here = match layout {
        Layout::Notes => Action::Notes,
        _ => Action::Matrix,
    };
    for action in [Action::Notes, Action::Matrix] {
        if let Some(button) = part(&["[data-act=", action.name(), "]"].concat()) {
            set(&button, "aria-pressed", if action == here { "true" } else { "false" });
        }
    }
}

/// Draws papers with what they say, all of an answer or a few side by side.
pub(super) fn draw(query: &Query, sorted: &Sorted, more: usize) -> Option<()> {
    let (head, body) = (part("thead")?, part("tbody")?);
    for place in [&head, &body] {
        place.set_text_content(None);
    }
    let head = add(&head, "tr", "", "");
    if query.layout.is_compare() {
        compared(sorted, &head, &body);
    } else {
        listed(query, sorted, &head, &body);
    }
    ways(query, sorted);
    let button: HtmlElement = part("[data-act=more]")?.dyn_into().ok()?;
    button.set_hidden(more == 0);
    button.set_text_content(Some(&strings::MORE_ROWS.count(more)));
    Some(())
}

fn listed(query: &Query, sorted: &Sorted, head: &Element, body: &Element) {
    let name = |to: &Element, name: &str| {
        let cell = add(to, "th", "", name);
        set(&cell, "scope", "col");
        cell
    };
    name(head, strings::PAPER.text());
    for column in sorted.columns() {
        let cell = name(head, column);
        let hide = ask(&cell, &changed(query, column, true), "hide", "×");
        set(&hide, "aria-label", &strings::HIDE_COLUMN.with(&[column]));
    }
    for paper in sorted.papers() {
        let row = add(body, "tr", "", "");
        let name = title(&row, "row", paper);
        pick(query, paper, &name);
        for column in sorted.columns() {
            cell(&row, &paper.under(column));
        }
    }
}

fn compared(sorted: &Sorted, head: &Element, body: &Element) {
    add(head, "td", "", "");
    for paper in sorted.papers() {
        title(head, "col", paper);
    }
    for column in sorted.columns() {
        let row = add(body, "tr", "", "");
        set(&add(&row, "th", "", column), "scope", "row");
        for paper in sorted.papers() {
            cell(&row, &paper.under(column));
        }
    }
    let named: Vec<Vec<(String, String)>> = sorted.papers().iter().map(Paper::named).collect();
    if named.iter().all(Vec::is_empty) {
        return;
    }
    let is_shared = |address: &str| {
        named.iter().filter(|named| named.iter().any(|(known, _)| known == address)).count() > 1
    };
    let row = add(body, "tr", "", "");
    set(&add(&row, "th", "", strings::NAMES.text()), "scope", "row");
    for own in &named {
        let cell = add(&row, "td", "", "");
        for (title, shared) in [(strings::IN_COMMON.text(), true), (strings::ONLY_HERE.text(), false)] {
            let mut list = None;
            for (address, name) in own {
                if is_shared(address) == shared {
                    let list = list.get_or_insert_with(|| {
                        add(&cell, "p", "label", title);
                        add(&cell, "ul", "", "")
                    });
                    set(&add(&add(list, "li", "", ""), "a", "", name), "href", address);
                }
            }
        }
        own.iter().filter(|(address, _)| is_shared(address)).for_each(|(address, _)| mark(body, address));
    }
}

/// Marks links to what several papers name.
fn mark(body: &Element, address: &str) {
    // An anchor holds no quotation mark.
    let Ok(links) = body.query_selector_all(&["a[href='", address, "']"].concat()) else { return };
    for link in (0..links.length()).filter_map(|at| links.item(at)?.dyn_into::<Element>().ok()) {
        link.set_class_name("shared");
    }
}

/// What leads on from here: a comparison, hidden columns, all papers.
fn ways(query: &Query, sorted: &Sorted) {
    let (Some(way), Some(hidden)) = (part(".way"), part(".chips")) else { return };
    way.set_text_content(None);
    hidden.set_text_content(None);
    match &query.layout {
        Layout::Notes => {}
        Layout::Compare(_) => {
            if sorted.papers().is_empty() {
                way.set_text_content(Some(strings::NONE_OF_THESE.text()));
            }
            ask(&way, &Query::default().laid_out(Layout::matrix()), "", strings::ALL_PAPERS.text());
        }
        Layout::Matrix { without, picked } => {
            for column in without {
                let item = add(&hidden, "li", "", "");
                let show = ask(&item, &changed(query, column, true), "back", &["+ ", column].concat());
                set(&show, "aria-label", &strings::SHOW_COLUMN.with(&[column]));
            }
            if picked.len() == 1 {
                way.set_text_content(Some(strings::PICK_ANOTHER.text()));
            } else if picked.len() > 1 {
                let compared = Query::default().laid_out(Layout::Compare(picked.clone()));
                ask(&way, &compared, "chosen", &strings::COMPARE.with(&[&picked.len().to_string()]));
            }
        }
    }
}

/// The query with another column hidden or shown, or with another paper to compare.
fn changed(query: &Query, name: &str, is_column: bool) -> Query {
    let mut query = query.clone();
    if let Layout::Matrix { without, picked } = &mut query.layout {
        toggle(if is_column { without } else { picked }, name);
    }
    query
}

/// Takes a paper into the comparison, or out of it.
fn pick(query: &Query, paper: &Paper, to: &Element) {
    let Layout::Matrix { picked, .. } = &query.layout else { return };
    let is_picked = picked.contains(&paper.id);
    if is_picked || picked.len() < Layout::MOST {
        let name = if is_picked { strings::PICKED.text() } else { strings::PICK.text() };
        let link = ask(to, &changed(query, &paper.id, false), "pick", name);
        set(&link, "aria-label", &strings::PICK_PAPER.with(&[name, &paper.title]));
        if is_picked {
            set(&link, "aria-current", "true");
        }
    }
}

/// The name of a paper, leading to its notes, and what is known of it.
fn title(row: &Element, scope: &str, paper: &Paper) -> Element {
    let cell = add(row, "th", "", "");
    set(&cell, "scope", scope);
    set(&add(&cell, "a", "", &paper.title), "href", &["#", &paper.id].concat());
    add(&cell, "small", "", &paper.of);
    cell
}

/// Copies of blocks; what is long is cut until it is asked for.
fn cell(row: &Element, blocks: &[&Element]) {
    let cell = add(row, "td", "", "");
    if blocks.is_empty() {
        let none = add(&cell, "span", "none", "–");
        set(&none, "role", "img");
        return set(&none, "aria-label", strings::NOT_NOTED.text());
    }
    let texts = blocks.iter().filter_map(|block| block.text_content());
    let is_long = texts.map(|text| text.len()).sum::<usize>() > LONG;
    let place = if is_long { add(&cell, "div", "cut", "") } else { cell.clone() };
    for copy in blocks.iter().filter_map(|block| copy(block)) {
        let _ = place.append_child(&copy);
    }
    if is_long {
        let more = add(&cell, "button", "", strings::SHOW_ALL.text());
        set(&more, "type", "button");
        set(&more, Action::ATTRIBUTE, Action::Unfold.name());
        set(&more, "aria-expanded", "false");
    }
}

/// A copy of a block; a label that is that of the column goes.
fn copy(block: &Element) -> Option<Element> {
    let copy = dom::copy(block)?;
    if copy.class_name() == "field" && !copy.has_attribute("data-column") {
        copy.first_element_child()?.remove();
    }
    Some(copy)
}

/// Adds a link that asks something.
fn ask(to: &Element, query: &Query, class: &str, text: &str) -> Element {
    let link = add(to, "a", class, text);
    set(&link, "href", &query.print());
    link
}
