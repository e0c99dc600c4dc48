//! The entries of a page that has all of them: an answer hides and counts what is there.

use leptos::prelude::*;
use notebook_core::search::Count;
use web_sys::HtmlElement;

use super::app::App;
use super::dom;
use super::scheduling::{Local, effect};
use crate::view::{ids, strings};

fn content(selector: &str) -> Vec<HtmlElement> {
    dom::query_all(&format!("#{} {selector}", ids::CONTENT))
}

/// Hides the entries and headings that the answer does not show, and updates the count of every heading. Positions are
/// numbers in the corpus.
pub(super) fn start(app: App) {
    let entries = content("[tabindex='-1']");
    let headings: Vec<_> = content("[data-level]")
        .into_iter()
        .map(|heading| (dom::query_in(&heading, ".count"), heading))
        .collect();
    let counts = Local::new(None::<Vec<Count>>);
    effect(move || {
        app.answer().with(|answer| {
            for (record, entry) in entries.iter().enumerate() {
                set_shown(entry, answer.shows(record));
            }
            let new = (0..headings.len()).map(|at| answer.heading(at)).collect();
            let shown = counts.update_value(|counts| counts.replace(new));
            for (at, (count, heading)) in headings.iter().enumerate() {
                set_shown(heading, answer.shows_heading(at));
                let now = answer.heading(at);
                let is_shown = match &shown {
                    Some(shown) => shown.get(at) == Some(&now),
                    // The page was prerendered without a query.
                    None => now.visible == now.total,
                };
                if let Some(count) = count.as_ref().filter(|_| !is_shown) {
                    count.set_text_content(Some(&strings::heading_count(now)));
                }
            }
        });
    });
}

/// Shows or hides an element. Setting the same value again would make some browsers lay it out again.
fn set_shown(element: &HtmlElement, is_shown: bool) {
    if element.hidden() == is_shown {
        element.set_hidden(!is_shown);
    }
}
