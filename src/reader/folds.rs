//! Folds are the browser's own (`<details>`). Only those a reader changed are remembered; a question
//! opens what it finds and puts everything back afterwards, and so does printing.

use std::cell::RefCell;

use leptos::prelude::*;
use notebook_core::search::Answer;
use wasm_bindgen::JsCast;
use web_sys::{Element, Event, HtmlDetailsElement, HtmlElement, PerformanceEntry};

use super::later::{follow, next_frame, on};
use super::{dom, memory};

/// Where folds are remembered.
const KEY: &str = "folds";

thread_local! {
    /// Folds as they were before a question or the printer opened them.
    static BEFORE: RefCell<Option<Vec<(HtmlDetailsElement, bool)>>> = const { RefCell::new(None) };
}

/// Restores what the reader changed, and follows questions and printing.
pub(super) fn start(answer: Memo<Answer>) {
    // The browser has opened the folds that the words of a link stand in.
    let changed = if is_at_words() { Vec::new() } else { remembered() };
    for (name, fold) in folds() {
        if changed.contains(&name) {
            fold.set_open(false);
        }
    }
    follow(move || {
        let asks = answer.with(|answer| !answer.query.is_empty());
        next_frame(move || if asks { open_found() } else { put_back() });
    });
    on(&dom::window(), "beforeprint", |_| {
        hold();
        for (_, fold) in folds() {
            fold.set_open(true);
        }
    });
    on(&dom::window(), "afterprint", |_| put_back());
    on(&dom::document(), "click", remember_click);
}

/// Whether the page was opened at words: `#:~:text=...`, which its address does not show.
fn is_at_words() -> bool {
    let visits = dom::window().performance().map(|clock| clock.get_entries_by_type("navigation"));
    let visit = visits.and_then(|visits| visits.get(0).dyn_into::<PerformanceEntry>().ok());
    visit.is_some_and(|visit| visit.name().contains(":~:"))
}

/// Every fold of the notebook, named for the section or entry it belongs to.
fn folds() -> Vec<(String, HtmlDetailsElement)> {
    let all =
        dom::all("main details:not(.related)").into_iter().filter_map(|element| element.dyn_into().ok());
    all.filter_map(|fold: HtmlDetailsElement| Some((name_of(&fold)?, fold))).collect()
}

fn name_of(fold: &HtmlDetailsElement) -> Option<String> {
    Some(fold.parent_element()?.closest("[id]").ok()??.id())
}

/// Opens every fold, or closes it; that is a change the reader made.
pub(super) fn set_all(open: bool) {
    BEFORE.with_borrow_mut(|before| *before = None);
    let mut changed = remembered();
    for (name, fold) in folds() {
        fold.set_open(open);
        note(&mut changed, name, open);
    }
    store(&changed);
}

/// Opens the folds that an element stands in, and its own.
pub(super) fn open_around(element: &Element) {
    let own = element.query_selector(":scope > details:not(.related)").ok().flatten();
    let mut next = own.or_else(|| Some(element.clone()));
    while let Some(element) = next {
        if let Some(fold) = element.dyn_ref::<HtmlDetailsElement>() {
            fold.set_open(true);
        }
        next = element.parent_element();
    }
}

/// A click on a summary, by mouse or key, is the reader's own change; a fold that find-in-page or a
/// question opened is not.
fn remember_click(event: &Event) {
    let target = event.target().and_then(|target| target.dyn_into::<Element>().ok());
    let summary =
        target.and_then(|target| target.closest("main details:not(.related) > summary").ok().flatten());
    let fold = summary.and_then(|summary| summary.parent_element()?.dyn_into::<HtmlDetailsElement>().ok());
    let Some((fold, name)) = fold.and_then(|fold| name_of(&fold).map(|name| (fold, name))) else { return };
    // The click is seen before the browser acts on it.
    let open = !fold.open();
    let mut closed = remembered();
    note(&mut closed, name, open);
    store(&closed);
    // A fold changed while a question is asked stays so afterwards.
    BEFORE.with_borrow_mut(|before| {
        for (_, kept) in before.iter_mut().flatten().filter(|(known, _)| *known == fold) {
            *kept = open;
        }
    });
}

/// All folds are open at first: only closed ones are a change worth keeping.
fn note(closed: &mut Vec<String>, name: String, open: bool) {
    closed.retain(|known| *known != name);
    if !open {
        closed.push(name);
    }
}

fn remembered() -> Vec<String> {
    let kept = memory::recall(KEY).unwrap_or_default();
    kept.split(' ').filter(|name| !name.is_empty()).map(str::to_owned).collect()
}

fn store(closed: &[String]) {
    memory::keep(KEY, &closed.join(" "));
}

fn hold() {
    BEFORE.with_borrow_mut(|before| {
        before.get_or_insert_with(|| {
            folds().into_iter().map(|(_, fold)| (fold.clone(), fold.open())).collect()
        });
    });
}

fn put_back() {
    if let Some(before) = BEFORE.with_borrow_mut(Option::take) {
        for (fold, open) in before {
            fold.set_open(open);
        }
    }
}

/// Opens every fold that something found stands in.
fn open_found() {
    hold();
    for (_, fold) in folds() {
        if !fold.open() && fold.closest("[hidden]").ok().flatten().is_none() {
            let has = fold.query_selector(":scope > :not(summary):not([hidden])").ok().flatten();
            if has.and_then(|inside| inside.dyn_into::<HtmlElement>().ok()).is_some() {
                fold.set_open(true);
            }
        }
    }
}
