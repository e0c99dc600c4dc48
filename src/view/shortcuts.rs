//! The dialog with keyboard shortcuts and search syntax.

use super::element::{El, el};
use super::ids;
use super::strings::{self, Message};

/// Renders the dialog, which the client opens.
pub(super) fn dialog() -> El {
    let enabled = el("input").attr("type", "checkbox").attr("id", ids::SHORTCUTS_ENABLED).attr("checked", "");
    let form = el("form")
        .attr("method", "dialog")
        .child(el("label").child(enabled).text(strings::SHORTCUTS_ENABLED))
        .child(el("button").text(strings::CLOSE));
    el("dialog")
        .attr("id", ids::SHORTCUTS)
        .attr("aria-labelledby", "_shortcuts-title")
        .child(el("h2").attr("id", "_shortcuts-title").text(strings::SHORTCUTS))
        .child(table(&strings::SHORTCUT_LIST))
        .child(el("h3").text(strings::SYNTAX))
        .child(table(&strings::SYNTAX_LIST))
        .child(form)
}

/// Renders a table of inputs and their effects. Two spaces separate alternative inputs.
fn table(rows: &[(&str, Message)]) -> El {
    let rows = rows.iter().map(|(input, effect)| {
        let alternatives = input.split("  ").map(|alternative| el("kbd").text(alternative));
        let header = el("th").attr("scope", "row").children(alternatives);
        el("tr").child(header).child(el("td").text(*effect))
    });
    el("table").child(el("tbody").children(rows))
}
