//! Folds, which are `<details>` elements. What the reader opened or closed is stored. A query opens the folds around its
//! results, and restores all of them afterwards; so does printing.
//!
//! On a page with all entries, the elements hold the state. A virtual list draws its elements from a state of its own.

use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::{Element, Event, HtmlDetailsElement, HtmlElement, PerformanceEntry};

use super::app::App;
use super::scheduling::{effect, next_frame, on};
use super::{dom, storage};
use crate::client::model::fold_states::FoldStates;

/// The storage key of what the reader opened or closed.
const KEY: &str = "folds";

/// Folds of sections and of notes; not those that the author wrote.
const FOLDS: &str = "main details:not(.related, .fold)";

/// Open and closed folds.
pub(super) struct Folds {
    /// Folds as a virtual list shows them.
    shown: FoldStates,
    /// Folds as they were before a query or printing opened them.
    saved: Option<Vec<(HtmlDetailsElement, bool)>>,
}

impl Folds {
    /// Returns the folds as the reader left them.
    pub(super) fn load() -> Self {
        // The browser has opened the folds around the text that a link points to.
        let shown = if is_at_text_fragment() { FoldStates::default() } else { stored() };
        Self { shown, saved: None }
    }

    /// Returns true if a virtual list shows a fold closed, where `is_folded` is its state as written.
    pub(super) fn is_closed(&self, name: &str, is_folded: bool) -> bool {
        self.shown.is_closed(name, is_folded)
    }
}

/// Opens and closes folds as the reader left them, and opens them for queries and printing.
pub(super) fn start(app: App) {
    if app.is_partial {
        return;
    }
    for (name, fold) in named() {
        if let Some(is_open) = app.folds.with_value(|folds| folds.shown.state(&name)) {
            fold.set_open(is_open);
        }
    }
    effect(move || {
        let is_filtered = app.answer().with(|answer| !answer.query.is_empty());
        next_frame(move || if is_filtered { open_found(app) } else { restore(app) });
    });
    on(&dom::window(), "beforeprint", move |_| {
        save(app);
        for fold in all() {
            fold.set_open(true);
        }
    });
    on(&dom::window(), "afterprint", move |_| restore(app));
}

/// Returns true if the page was opened with a text fragment (`#:~:text=...`), which `location` does not show.
fn is_at_text_fragment() -> bool {
    let navigation = dom::window().performance().map(|clock| clock.get_entries_by_type("navigation"));
    let navigation = navigation.and_then(|entries| entries.get(0).dyn_into::<PerformanceEntry>().ok());
    navigation.is_some_and(|navigation| navigation.name().contains(":~:"))
}

/// Returns every fold of the notebook, those that the author wrote too.
fn all() -> Vec<HtmlDetailsElement> {
    let folds = dom::query_all("main details:not(.related)");
    folds.into_iter().filter_map(|element| element.dyn_into().ok()).collect()
}

/// Returns the folds on the page, each named after the section or entry that contains it.
fn named() -> Vec<(String, HtmlDetailsElement)> {
    let folds = dom::query_all(FOLDS).into_iter().filter_map(|element| element.dyn_into().ok());
    folds.filter_map(|fold: HtmlDetailsElement| Some((name_of(&fold)?, fold))).collect()
}

fn name_of(fold: &HtmlDetailsElement) -> Option<String> {
    Some(fold.parent_element()?.closest("[id]").ok()??.id())
}

/// Opens or closes every fold for the reader, and stores that. A virtual list is to be drawn again.
pub(super) fn set_all(app: App, is_open: bool) {
    let all_folds = FoldStates::all(is_open);
    store(&all_folds);
    app.folds.update_value(|folds| *folds = Folds { shown: all_folds, saved: None });
    if !app.is_partial {
        for fold in all() {
            fold.set_open(is_open);
        }
    }
}

/// Opens the fold of an element, and those that contain it.
pub(super) fn open_around(element: &Element) {
    let inner = dom::query_in(element, ":scope > details:not(.related)");
    let mut next = inner.or_else(|| Some(element.clone()));
    while let Some(element) = next {
        if let Some(fold) = element.dyn_ref::<HtmlDetailsElement>() {
            fold.set_open(true);
        }
        next = element.parent_element();
    }
}

/// Opens folds of a virtual list, which are not stored as open: names, each with true if its author folded it. Returns true if
/// any was closed.
pub(super) fn open_for_now(app: App, sections: &[(String, bool)]) -> bool {
    app.folds.update_value(|folds| {
        let mut was_closed = false;
        for (name, is_folded) in sections {
            was_closed |= folds.is_closed(name, *is_folded);
            folds.shown.set(name, true);
        }
        was_closed
    })
}

/// Takes the folds that the reader closed or opened before the client started.
pub(super) fn take_from_page(app: App) {
    let on_page = named();
    let is_folded = |name: &str| {
        app.corpus
            .with_value(|corpus| corpus.headings.find(name).is_some_and(|heading| corpus.is_folded(heading)))
    };
    app.folds.update_value(|folds| {
        for (name, fold) in on_page.iter().filter(|(name, fold)| fold.open() == is_folded(name)) {
            folds.shown.set(name, fold.open());
        }
    });
}

/// Opens all folds of a virtual list for a query, or shows them as the reader left them.
pub(super) fn follow_query(app: App, is_filtered: bool) {
    let shown = if is_filtered { FoldStates::all(true) } else { stored() };
    app.folds.update_value(|folds| folds.shown = shown);
}

/// Stores a fold that the reader opened or closed. A `toggle` event would not do: it is also sent for folds that
/// find-in-page or a query opened. Returns its name if it is a section of a virtual list, whose rows follow in the next frame.
pub(super) fn store_click(app: App, event: &Event) -> Option<String> {
    let summary = dom::closest(event, &[FOLDS, " > summary"].concat());
    let fold = summary?.parent_element()?.dyn_into::<HtmlDetailsElement>().ok()?;
    let name = name_of(&fold)?;
    // The browser toggles it after this event.
    let is_open = !fold.open();
    let mut states = stored();
    states.set(&name, is_open);
    store(&states);
    app.folds.update_value(|folds| {
        folds.shown.set(&name, is_open);
        // A fold that the reader changes during a query stays so afterwards.
        for (_, was_open) in folds.saved.iter_mut().flatten().filter(|(other, _)| *other == fold) {
            *was_open = is_open;
        }
    });
    (app.is_partial && fold.matches("section > details").unwrap_or(false)).then_some(name)
}

fn stored() -> FoldStates {
    FoldStates::parse(&storage::load(KEY).unwrap_or_default())
}

fn store(states: &FoldStates) {
    storage::store(KEY, &states.print());
}

/// Saves which folds are open, unless that is done.
fn save(app: App) {
    app.folds.update_value(|folds| {
        let states = || all().into_iter().map(|fold| (fold.clone(), fold.open())).collect();
        folds.saved.get_or_insert_with(states);
    });
}

fn restore(app: App) {
    let saved = app.folds.update_value(|folds| folds.saved.take());
    for (fold, is_open) in saved.into_iter().flatten() {
        fold.set_open(is_open);
    }
}

/// Opens every fold that contains a result.
fn open_found(app: App) {
    save(app);
    for fold in all() {
        if !fold.open() && fold.closest("[hidden]").ok().flatten().is_none() {
            let found = dom::query_in(&fold, ":scope > :not(summary):not([hidden])");
            if found.is_some_and(|found| found.is_instance_of::<HtmlElement>()) {
                fold.set_open(true);
            }
        }
    }
}
