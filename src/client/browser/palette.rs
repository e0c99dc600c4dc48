//! Events of the command palette: opening it, moving in its list, choosing an item.

use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::{Element, Event, HtmlDialogElement, HtmlInputElement, KeyboardEvent};

use super::app::App;
use super::scheduling::{next_frame, on};
use super::{dom, input};
use crate::client::model::keyboard::step_option;
use crate::view::{Palette, PaletteTarget, ids};

fn dialog() -> Option<HtmlDialogElement> {
    dom::by_id(ids::PALETTE)
}

/// Listens for Ctrl+K and Cmd+K, and for events in the palette.
pub(super) fn start(app: App) {
    let palette = app.page.palette;
    on(&dom::document(), "keydown", move |event: &Event| {
        let Some(event) = event.dyn_ref::<KeyboardEvent>() else { return };
        let is_shortcut = (event.ctrl_key() || event.meta_key())
            && !event.alt_key()
            && !event.shift_key()
            && event.key().eq_ignore_ascii_case("k");
        if is_shortcut {
            event.prevent_default();
            toggle(palette);
        } else if palette.typed.with_untracked(Option::is_some) && !event.is_composing() {
            press_key(app, event);
        }
    });
    let Some(dialog) = dialog() else { return };
    on(&dialog, "input", move |event: &Event| {
        if let Some(input) = dom::target::<HtmlInputElement>(event) {
            palette.active.set(0);
            palette.typed.set(Some(input.value()));
        }
    });
    on(&dialog, "click", move |event: &Event| {
        let option = dom::closest(event, "[role=option]");
        let at = option.and_then(|option| option.id().rsplit('-').next()?.parse().ok());
        match at {
            Some(at) => choose(app, at),
            // A click on the backdrop has the dialog as its target.
            None if dom::target::<Element>(event).is_some_and(|target| target.id() == ids::PALETTE) => {
                close();
            }
            None => {}
        }
    });
    on(&dialog, "close", move |_| palette.typed.set(None));
}

fn toggle(palette: Palette) {
    if dialog().is_none_or(|dialog| dialog.open()) {
        return close();
    }
    // One dialog at a time.
    if let Some(keys) = dom::by_id::<HtmlDialogElement>(ids::SHORTCUTS) {
        keys.close();
    }
    palette.active.set(0);
    palette.typed.set(Some(String::new()));
    dom::show_dialog(ids::PALETTE);
    if let Some(input) = dom::by_id::<HtmlInputElement>(ids::PALETTE_INPUT) {
        input.set_value("");
        let _ = input.focus();
    }
}

fn close() {
    if let Some(dialog) = dialog() {
        dialog.close();
    }
}

fn press_key(app: App, event: &KeyboardEvent) {
    let palette = app.page.palette;
    let active = palette.active.get_untracked();
    let key = event.key();
    if key == "Enter" {
        event.prevent_default();
        return choose(app, active);
    }
    let count = palette.items.with_untracked(Vec::len);
    let Some(next) = step_option(&key, event.ctrl_key(), active, count) else { return };
    event.prevent_default();
    palette.active.set(next);
    next_frame(|| {
        if let Some(active) = dom::query("[role=option][aria-selected=true]") {
            dom::scroll_to_nearest(&active);
        }
    });
}

fn choose(app: App, at: usize) {
    let Some(item) = app.page.palette.items.with_untracked(|items| items.get(at).cloned()) else { return };
    close();
    match item.target {
        PaletteTarget::Anchor(id) => app.go_to(&id),
        PaletteTarget::Query(query) => app.ask(&query),
        PaletteTarget::Run(action) => input::perform(app, action, &dom::root()),
    }
}
