//! The list of keys, and of what can be typed into the search box.

use super::element::{El, el};
use super::ids;
use super::strings::{self, Word};

/// A dialog; the reader opens it.
pub(super) fn keys() -> El {
    let keys = table(&strings::KEY_LIST);
    let syntax = table(&strings::SYNTAX_LIST);
    let title = el("h2").attr("id", "_keys-title").text(strings::KEYS);
    let on = el("input").attr("type", "checkbox").attr("id", ids::KEYS_ON).attr("checked", "");
    let form = el("form")
        .attr("method", "dialog")
        .child(el("label").child(on).text(strings::KEYS_ON))
        .child(el("button").text(strings::CLOSE));
    el("dialog")
        .attr("id", ids::KEYS)
        .attr("aria-labelledby", "_keys-title")
        .child(title)
        .child(keys)
        .child(el("h3").text(strings::SYNTAX))
        .child(syntax)
        .child(form)
}

/// What a reader types, and what comes of it.
fn table(lines: &[(&str, Word)]) -> El {
    let rows = lines.iter().map(|(typed, what)| {
        let typed = typed.split("  ").map(|part| el("kbd").text(part));
        el("tr").child(el("th").attr("scope", "row").all(typed)).child(el("td").text(*what))
    });
    el("table").child(el("tbody").all(rows))
}
