//! A notebook that comes in parts: the page stands there without it, until its reader does something.

use leptos::mount::mount_to;
use leptos::prelude::*;
use notebook_core::query::Sort;
use notebook_core::search::{Index, Names, Outline};

use super::later::{follow, on, spawn};
use super::preview::Found;
use super::table::Source;
use super::{address, cite, dom, fetch, lines, parts, place, preview, table};
use crate::view;
use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlElement};

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
    let source = Source {
        number: Box::new(move |id| index.with_value(|index| index.names.find(id))),
        entry: Box::new(drawn_alone),
        want: parts::want_also,
    };
    table::start(shown, source);
    dom::scroll_by(scrolled - dom::window().page_y_offset().unwrap_or_default());
    follow(move || {
        let named = shown.answer.with(|answer| {
            answer.has_words() || answer.sort == Sort::Title || answer.query.layout.is_compare()
        });
        if named || address::has_anchor() {
            want_names(index, changed);
        }
    });
    on(&dom::document(), "focusin", move |_| want_names(index, changed));
    preview::start(move |id| find(index, changed, id));
    shown.arrive();
}

/// An entry for a preview: drawn where nobody sees it, since the lines in sight need not hold it.
fn find(index: StoredValue<Index>, changed: RwSignal<u32>, id: &str) -> Found {
    if index.with_value(|index| index.headings.find(id).is_some()) {
        return Found::Nowhere;
    }
    let Some(record) = index.with_value(|index| index.names.find(id)) else {
        if let found @ Found::Here(_) = preview::on_page(id) {
            return found;
        }
        want_names(index, changed);
        return Found::Later;
    };
    drawn_alone(record).map_or_else(
        || {
            parts::want_also(vec![record]);
            Found::Later
        },
        Found::Here,
    )
}

/// An entry that has come, drawn where nobody sees it.
fn drawn_alone(record: usize) -> Option<Element> {
    parts::with(record, |noted| {
        let entry = noted?.entry.clone();
        let place: HtmlElement = dom::document().create_element("div").ok()?.dyn_into().ok()?;
        mount_to(place.clone(), move || view::alone(&entry)).forget();
        place.first_element_child()
    })
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
                preview::came();
                table::came();
            }
            // Whatever needs a name next asks again.
            None => WANTED.set(false),
        }
    });
}
