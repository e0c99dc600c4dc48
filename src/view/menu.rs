//! The menu at the end of the header: color scheme, and actions that few readers need.

use leptos::prelude::*;
use notebook_core::search::{Answer, EntryKind};

use super::action::Action;
use super::controls::{action_button, button};
use super::element::{El, el};
use super::{ids, strings};

/// Renders the button that opens the menu, and the menu.
pub(super) fn menu(answer: Memo<Answer>) -> [El; 2] {
    let open = button()
        .class("menu-open")
        .attr("popovertarget", ids::MENU)
        .attr("aria-label", strings::MENU)
        .attr("title", strings::MENU);
    let menu = el("div")
        .attr("id", ids::MENU)
        .class("menu")
        .attr("popover", "auto")
        .attr("role", "group")
        .attr("aria-label", strings::MENU)
        .child(color_scheme_choice())
        .children(actions(answer));
    [open, menu]
}

fn color_scheme_choice() -> El {
    let choices = strings::COLOR_SCHEMES.into_iter().map(|(value, name)| {
        let input = el("input").attr("type", "radio").attr("name", ids::COLOR_SCHEME).attr("value", value);
        let input = input.attr_opt("checked", (value == "system").then_some(""));
        el("label").child(input).child(el("span").text(name))
    });
    el("fieldset")
        .class("theme choice")
        .child(el("legend").class("visually-hidden").text(strings::COLOR_SCHEME))
        .children(choices)
}

fn actions(answer: Memo<Answer>) -> [El; 4] {
    let papers = move || answer.with(|answer| answer.count(EntryKind::Paper).visible);
    let export = button().attr("popovertarget", ids::EXPORT).hidden(move || papers() == 0);
    [
        action_button(Action::ExpandAll).text(strings::EXPAND_ALL),
        action_button(Action::CollapseAll).text(strings::COLLAPSE_ALL),
        export.reactive_text(move || strings::export_papers(papers())),
        action_button(Action::ShowShortcuts).class("help").text(strings::SHORTCUTS),
    ]
}
