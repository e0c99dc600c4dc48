//! A notebook that comes in parts: the page stands there without it, until its reader does something.

use leptos::prelude::*;
use notebook_core::query::Sort;
use notebook_core::search::{Index, Names, Outline};

use super::later::{follow, on, spawn};
use super::{address, cite, dom, fetch, lines, parts, place};
use crate::view;

/// Takes over the page, and fills it with what is in sight.
pub(super) fn show(outline: Outline) {
    let Outline { title, catalog, headings, parts } = outline;
    let changed = RwSignal::new(0);
    let drawn = RwSignal::new(0);
    let index = StoredValue::new(Index::without_texts(catalog, headings));
    let build = move |asked| view::large(&title, asked, changed.into(), drawn.into());
    let scrolled = dom::window().page_y_offset().unwrap_or_default();
    let Some(shown) = place(index, build) else { return };
    parts::start(parts, index);
    lines::start(shown, drawn);
    cite::start(shown.answer, shown.index, parts::number);
    dom::scroll_by(scrolled - dom::window().page_y_offset().unwrap_or_default());
    follow(move || {
        let named = shown.answer.with(|answer| answer.has_words() || answer.sort == Sort::Title);
        if named || address::has_anchor() {
            want_names(index, changed);
        }
    });
    on(&dom::document(), "focusin", move |_| want_names(index, changed));
    shown.arrive();
}

/// Fetches what entries are called, once: a search shows names before the entries themselves have come.
fn want_names(index: StoredValue<Index>, changed: RwSignal<u32>) {
    thread_local! {
        static WANTED: std::cell::Cell<bool> = const { std::cell::Cell::new(false) };
    }
    if WANTED.replace(true) {
        return;
    }
    spawn(async move {
        let names = fetch::named("data-names").await;
        match names.ok().and_then(|bytes| Names::from_bytes(&bytes).ok()) {
            Some(names) => {
                index.update_value(|index| index.names = names);
                changed.update(|times| *times += 1);
                address::arrive_late();
            }
            // Whatever needs a name next asks again.
            None => WANTED.set(false),
        }
    });
}
