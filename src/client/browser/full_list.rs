//! The entries of a page that has all of them: rendered if they are not prerendered. An answer hides and counts what is there.

use leptos::prelude::*;
use notebook_core::search::Count;
use web_sys::{Element, HtmlElement};

use super::app::App;
use super::dom;
use super::scheduling::{Local, effect};
use crate::view::{self, ids, strings};

/// The elements of entries and headings, in the order of the corpus.
struct Elements {
    /// The revision of the notebook that they show.
    revision: u32,
    entries: Vec<HtmlElement>,
    /// Headings, with the elements of their counts.
    headings: Vec<(Option<Element>, HtmlElement)>,
    /// The counts on the page; none if it is as it was rendered.
    counts: Option<Vec<Count>>,
}

impl Elements {
    fn find(revision: u32) -> Self {
        let headings = content("[data-level]").into_iter();
        Self {
            revision,
            entries: content("[tabindex='-1']"),
            headings: headings.map(|heading| (dom::query_in(&heading, ".count"), heading)).collect(),
            counts: None,
        }
    }
}

fn content(selector: &str) -> Vec<HtmlElement> {
    dom::query_all(&format!("#{} {selector}", ids::CONTENT))
}

/// Renders the content of the page into an element, from the entries that have arrived.
pub(super) fn render(app: App, into: &HtmlElement) {
    let view = app.entries.with_value(|entries| {
        app.with_answer(|corpus, answer| {
            view::corpus_content(corpus, answer, &|entry| entries.store.get(entry))
        })
    });
    dom::mount_into(into, view).forget();
}

/// Hides the entries and headings that the answer does not show, and updates the count of every heading.
pub(super) fn start(app: App) {
    let elements = Local::new(Elements::find(app.revision.get_untracked()));
    effect(move || {
        let revision = app.revision.get();
        app.answer().with(|answer| {
            elements.update_value(|elements| {
                if elements.revision != revision {
                    *elements = Elements::find(revision);
                }
                for (number, entry) in elements.entries.iter().enumerate() {
                    set_shown(entry, answer.shows(number));
                }
                let new = (0..elements.headings.len()).map(|at| answer.heading(at)).collect();
                let shown = elements.counts.replace(new);
                for (at, (count, heading)) in elements.headings.iter().enumerate() {
                    set_shown(heading, answer.shows_heading(at));
                    let now = answer.heading(at);
                    let is_shown = match &shown {
                        Some(shown) => shown.get(at) == Some(&now),
                        // It was prerendered without a query.
                        None => revision == 0 && now.visible == now.total,
                    };
                    if let Some(count) = count.as_ref().filter(|_| !is_shown) {
                        count.set_text_content(Some(&strings::heading_count(now)));
                    }
                }
            });
        });
    });
}

/// Shows or hides an element. Setting the same value again would make some browsers lay it out again.
fn set_shown(element: &HtmlElement, is_shown: bool) {
    if element.hidden() == is_shown {
        element.set_hidden(!is_shown);
    }
}
