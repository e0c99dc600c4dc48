//! The palette's keys and clicks: opens it, moves in it, takes a line.

use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::{Element, Event, HtmlDialogElement, HtmlInputElement, KeyboardEvent};

use super::address::Address;
use super::later::{next_frame, on};
use super::{dom, listen};
use crate::view::{Palette, Target, ids};

fn dialog() -> Option<HtmlDialogElement> {
    dom::by_id(ids::PALETTE)
}

/// Listens for Ctrl+K or Cmd+K, and for all that happens in the palette.
pub(super) fn start(palette: Palette, address: Address) {
    on(&dom::document(), "keydown", move |event: &Event| {
        let Some(event) = event.dyn_ref::<KeyboardEvent>() else { return };
        let asks = (event.ctrl_key() || event.meta_key()) && !event.alt_key() && !event.shift_key();
        if asks && event.key().eq_ignore_ascii_case("k") {
            event.prevent_default();
            open(palette);
        } else if palette.typed.with_untracked(Option::is_some) && !event.is_composing() {
            key(palette, address, event);
        }
    });
    let Some(dialog) = dialog() else { return };
    on(&dialog, "input", move |event: &Event| {
        let input = event.target().and_then(|target| target.dyn_into::<HtmlInputElement>().ok());
        if let Some(input) = input {
            palette.active.set(0);
            palette.typed.set(Some(input.value()));
        }
    });
    on(&dialog, "click", move |event: &Event| {
        let target = event.target().and_then(|target| target.dyn_into::<Element>().ok());
        let line = target.as_ref().and_then(|target| target.closest("[role=option]").ok().flatten());
        let at = line.and_then(|line| line.id().rsplit('-').next()?.parse().ok());
        match at {
            Some(at) => take(palette, address, at),
            // The dialog itself is what is clicked beside it.
            None if target.is_some_and(|target| target.id() == ids::PALETTE) => close(),
            None => {}
        }
    });
    on(&dialog, "close", move |_| palette.typed.set(None));
}

fn open(palette: Palette) {
    let Some(dialog) = dialog().filter(|dialog| !dialog.open()) else { return close() };
    // One dialog at a time.
    if let Some(other) = dom::by_id::<HtmlDialogElement>(ids::KEYS) {
        other.close();
    }
    palette.active.set(0);
    palette.typed.set(Some(String::new()));
    let _ = dialog.show_modal();
    if let Some(input) = dom::by_id::<HtmlInputElement>(ids::PALETTE_BOX) {
        input.set_value("");
        let _ = input.focus();
    }
}

fn close() {
    if let Some(dialog) = dialog() {
        dialog.close();
    }
}

fn key(palette: Palette, address: Address, event: &KeyboardEvent) {
    let count = palette.lines.with_untracked(Vec::len);
    let here = palette.active.get_untracked();
    // Arrows go round, as the pattern for a combobox allows.
    let next = match event.key().as_str() {
        "ArrowDown" => (here + 1).checked_rem(count),
        "ArrowUp" => (here + count).saturating_sub(1).checked_rem(count),
        "Home" if event.ctrl_key() => Some(0),
        "End" if event.ctrl_key() => count.checked_sub(1),
        "Enter" => {
            event.prevent_default();
            return take(palette, address, here);
        }
        _ => return,
    };
    event.prevent_default();
    palette.active.set(next.unwrap_or_default());
    next_frame(|| {
        let active = dom::document().query_selector("[role=option][aria-selected=true]").ok().flatten();
        if let Some(active) = active {
            let options = web_sys::ScrollIntoViewOptions::new();
            options.set_block(web_sys::ScrollLogicalPosition::Nearest);
            active.scroll_into_view_with_scroll_into_view_options(&options);
        }
    });
}

fn take(palette: Palette, address: Address, at: usize) {
    let Some(line) = palette.lines.with_untracked(|lines| lines.get(at).cloned()) else { return };
    close();
    match line.target {
        Target::Anchor(id) => address.go(&id),
        Target::Ask(query) => address.ask(&query),
        Target::Act(action) => listen::act(address, action, &dom::root()),
    }
}
