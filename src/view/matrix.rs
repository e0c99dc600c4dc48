//! The frame of a table of papers. Only the desk makes it: the reader finds it there, and draws the table into it.

use super::element::{El, el};
use super::{Action, ids, map, strings};

/// The choice of layouts, where there are papers, with a way to the map if there is one, and a table that is empty as yet.
pub(super) fn frame(has_papers: bool, has_map: bool) -> El {
    let layouts = [(Action::Notes, strings::AS_NOTES), (Action::Matrix, strings::AS_TABLE)];
    let layouts = layouts.into_iter().filter(|_| has_papers).map(|(action, name)| {
        let here = (action == Action::Notes).then_some("true");
        el("li").child(button(action).maybe("aria-pressed", here.or(Some("false"))).text(name))
    });
    let map = el("a").attr("href", map::PAGE).attr("title", strings::MAP).text(strings::AS_MAP);
    let map = has_map.then(|| el("li").child(map));
    let layouts = el("ul").class("layouts").attr("aria-label", strings::LAYOUT).all(layouts).all(map);
    let said = el("p").class("said").attr("role", "status");
    let table = el("table").child(el("thead")).child(el("tbody"));
    let scrolled = el("div").class("table").attr("role", "region").attr("aria-label", strings::TABLE);
    let scrolled = scrolled.attr("tabindex", "0").child(table);
    let more = button(Action::MoreRows).attr("hidden", "");
    let frame = el("div").class("matrix").attr("hidden", "");
    let frame = frame.child(tools()).child(scrolled).child(more);
    el("div").attr("id", ids::TABLE).child(layouts).child(said).child(frame)
}

fn button(action: Action) -> El {
    el("button").attr("type", "button").attr(Action::ATTRIBUTE, action.name())
}

fn tools() -> El {
    let hidden = el("ul").class("chips").attr("aria-label", strings::HIDDEN);
    let forms = strings::TABLE_FORMS.iter().map(|form| {
        button(Action::CopyTable)
            .attr("value", *form)
            .attr("aria-label", strings::COPY_FORM.with(&[form]))
            .text(*form)
    });
    let copies = el("p").class("copies").text(strings::COPY_AS).text(" ").all(forms);
    el("div").class("matrix-tools").child(el("p").class("way")).child(hidden).child(copies)
}
