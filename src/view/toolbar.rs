//! The toolbar above the content: number of visible entries, layouts, sort orders, actions, and active filters.

use leptos::prelude::*;
use notebook_core::query::Layout;
use notebook_core::search::{Answer, EntryKind};

use super::action::Action;
use super::controls::{action_button, button, text_link};
use super::element::{El, el};
use super::{concept_map, filters, ids, results, strings};

/// Renders the toolbar. On phones its controls are in one row that scrolls.
pub(super) fn toolbar(answer: Memo<Answer>) -> El {
    let summary = move || answer.with(filters::summary);
    let controls = el("div")
        .class("controls")
        .child(layouts(answer))
        .child(results::sort_orders(answer))
        .child(actions(answer));
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
        .class("layouts")
        .attr("aria-label", strings::LAYOUT)
        .children(layout(Action::ShowNotes, strings::LAYOUT_NOTES, true))
        .children(layout(Action::ShowTable, strings::LAYOUT_TABLE, false))
        .children(map)
}

/// Renders buttons that fold and unfold everything, and that open the menu of exports.
fn actions(answer: Memo<Answer>) -> El {
    let papers = move || answer.with(|answer| answer.count(EntryKind::Paper).visible);
    let export = button().attr("popovertarget", ids::EXPORT).hidden(move || papers() == 0);
    el("p")
        .class("actions")
        .child(action_button(Action::ExpandAll).text(strings::EXPAND_ALL))
        .child(action_button(Action::CollapseAll).text(strings::COLLAPSE_ALL))
        .child(export.reactive_text(move || strings::export_papers(papers())))
}
