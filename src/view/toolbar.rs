//! The toolbar above the content: number of visible entries, layouts, sort orders, and active filters.

use leptos::prelude::*;
use notebook_core::query::Layout;
use notebook_core::search::{Answer, EntryKind};

use super::action::Action;
use super::controls::{action_button, button, text_link};
use super::element::{El, el};
use super::{concept_map, filters, ids, results, strings};

/// Renders the toolbar. On phones it has a button for the filters, which are beside the content on wide screens.
pub(super) fn toolbar(answer: Memo<Answer>) -> El {
    let summary = move || answer.with(filters::summary);
    let controls = el("div")
        .class("controls")
        .child(button().class("filters-open").attr("popovertarget", ids::FILTERS).text(strings::FILTERS))
        .child(layouts(answer))
        .children(results::sort_menu(answer));
    el("div")
        .class("bar")
        .child(el("p").class("summary").attr("role", "status").reactive_text(summary))
        .child(controls)
        .child(filters::active_filters(answer))
}

/// Renders the layouts, and a link to the concept map. Without papers there is one layout; without two nodes there is no map.
fn layouts(answer: Memo<Answer>) -> El {
    // Totals are the same for every query.
    let total = |kind| answer.with_untracked(|answer| answer.count(kind).total);
    let papers = total(EntryKind::Paper);
    let layout = |action, name, is_notes: bool| {
        let is_pressed = move || answer.with(|answer| (answer.query.layout == Layout::Notes) == is_notes);
        let button = action_button(action).text(name);
        let button = button.reactive_attr("aria-pressed", move || Some(is_pressed().to_string()));
        (papers > 0).then(|| el("li").child(button))
    };
    let map = (papers + total(EntryKind::Term) > 1).then(|| {
        let link = text_link(concept_map::FILE_NAME, strings::LAYOUT_MAP.text());
        el("li").child(link.attr("title", strings::MAP))
    });
    el("ul")
        .class("layouts choice")
        .attr("aria-label", strings::LAYOUT)
        .children(layout(Action::ShowNotes, strings::LAYOUT_NOTES, true))
        .children(layout(Action::ShowTable, strings::LAYOUT_TABLE, false))
        .children(map)
}
