//! The list of keys.

use super::element::{El, el};
use super::{ids, strings};

/// A dialog; the reader opens it.
pub(super) fn keys() -> El {
    let rows = strings::KEY_LIST.into_iter().map(|(keys, what)| {
        let keys = keys.split("  ").map(|key| el("kbd").text(key));
        el("tr").child(el("th").attr("scope", "row").all(keys)).child(el("td").text(what))
    });
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
        .child(el("table").child(el("tbody").all(rows)))
        .child(form)
}
