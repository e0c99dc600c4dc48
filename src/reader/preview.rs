//! What a link inside the notebook leads to, shown beside the link: to a pointer that rests on it, to the focus, to a
//! finger's first tap. It is put together from the entry as the page shows it.

use std::cell::{Cell, RefCell};

use wasm_bindgen::JsCast;
use wasm_bindgen::prelude::*;
use web_sys::{Element, Event, HtmlElement, PointerEvent};

use super::dom;
use super::later::{after, callback, on};
use crate::view::ids;

/// Milliseconds that a pointer rests on a link before it means it.
const RESTS: i32 = 350;
/// Milliseconds in which a pointer may cross from a link to what it shows.
const CROSSES: i32 = 250;
/// Pixels between a link and what it shows, and between that and the edge of the window.
const GAP: f64 = 6.0;
/// Blocks of notes that are shown: enough to know what is meant.
const BLOCKS: u32 = 3;

/// Links inside the notebook's text.
const LINKS: &str = "main a[href^='#']:not(.share)";

/// Where an entry is to be had.
pub(super) enum Found {
    /// As the page shows it.
    Here(Element),
    /// It is on its way; [`came`] is to be called when it has come.
    Later,
    /// Nothing to show.
    Nowhere,
}

/// Finds an entry by its anchor.
type Find = Box<dyn Fn(&str) -> Found>;

thread_local! {
    static FIND: RefCell<Option<Find>> = const { RefCell::new(None) };
    /// The link that is meant.
    static LINK: RefCell<Option<HtmlElement>> = const { RefCell::new(None) };
    /// Counts what was meant: what was meant before does not happen any more.
    static TURN: Cell<u32> = const { Cell::new(0) };
    /// Whether a finger was the last to touch the page.
    static TOUCH: Cell<bool> = const { Cell::new(false) };
}

/// An entry or a footnote that stands on the page.
pub(super) fn on_page(id: &str) -> Found {
    let entry = dom::document().get_element_by_id(id);
    // A heading shows nothing that its link does not say.
    entry
        .filter(|entry| entry.matches("[tabindex], .footnote").unwrap_or(false))
        .map_or(Found::Nowhere, Found::Here)
}

/// Shows previews from now on.
pub(super) fn start(find: impl Fn(&str) -> Found + 'static) {
    FIND.set(Some(Box::new(find)));
    let document = dom::document();
    on(&document, "pointerover", |event| {
        if is_touch(event) {
            return;
        }
        match (link_at(event), card_at(event)) {
            (Some(link), _) => mean(Some(link), RESTS),
            // It may be read, and its links followed.
            (None, true) => turn(),
            (None, false) => mean(None, CROSSES),
        }
    });
    on(&document, "pointerdown", |event| TOUCH.set(is_touch(event)));
    on(&document, "focusin", |event| {
        let by_keyboard = |link: &HtmlElement| link.matches(":focus-visible").unwrap_or(false);
        if let Some(link) = link_at(event).filter(by_keyboard) {
            mean(Some(link), RESTS);
        } else if !card_at(event) {
            mean(None, 0);
        }
    });
    on(&dom::window(), "scroll", |_| {
        if LINK.with_borrow(Option::is_some) {
            hide();
        }
    });
    // Before the link is followed: a finger asks first what it leads to.
    let tapped = callback(Box::new(|event: JsValue| tap(event.unchecked_ref())));
    let _ = document.add_event_listener_with_callback_and_bool("click", &tapped, true);
}

/// What was on its way has come.
pub(super) fn came() {
    if let Some(link) = LINK.with_borrow(Clone::clone) {
        show(&link);
    }
}

fn tap(event: &Event) {
    let link = link_at(event).filter(|_| TOUCH.get());
    let is_shown = |link: &HtmlElement| LINK.with_borrow(|shown| shown.as_ref() == Some(link)) && is_open();
    match link {
        Some(link) if !is_shown(&link) && !card_at(event) => {
            turn();
            if show(&link) {
                event.prevent_default();
                event.stop_propagation();
            }
        }
        // Followed, or something else: what is shown is in the way.
        _ => mean(None, 0),
    }
}

fn is_touch(event: &Event) -> bool {
    event.dyn_ref::<PointerEvent>().is_some_and(|event| event.pointer_type() == "touch")
}

fn closest(event: &Event, selector: &str) -> Option<HtmlElement> {
    let target = event.target()?.dyn_into::<Element>().ok()?;
    target.closest(selector).ok()??.dyn_into().ok()
}

fn link_at(event: &Event) -> Option<HtmlElement> {
    closest(event, LINKS)
}

fn card_at(event: &Event) -> bool {
    closest(event, &format!("#{}", ids::PREVIEW)).is_some()
}

/// What was meant before is not any more.
fn turn() {
    TURN.set(TURN.get().wrapping_add(1));
}

/// Shows what a link leads to, or nothing, if that is still meant after a while.
fn mean(link: Option<HtmlElement>, milliseconds: i32) {
    turn();
    // What Escape has closed is meant anew.
    if LINK.with_borrow(|shown| *shown == link) && (link.is_none() || is_open()) {
        return;
    }
    let this = TURN.get();
    after(milliseconds, move || {
        if TURN.get() == this {
            match &link {
                Some(link) => drop(show(link)),
                None => hide(),
            }
        }
    });
}

fn card() -> Option<HtmlElement> {
    if let Some(card) = dom::by_id(ids::PREVIEW) {
        return Some(card);
    }
    let card: HtmlElement = dom::document().create_element("div").ok()?.dyn_into().ok()?;
    card.set_id(ids::PREVIEW);
    // The browser closes it at Escape, and when something else is touched.
    card.set_attribute("popover", "auto").ok()?;
    dom::document().body()?.append_child(&card).ok()?;
    Some(card)
}

fn is_open() -> bool {
    dom::by_id::<HtmlElement>(ids::PREVIEW).is_some_and(|card| card.matches(":popover-open").unwrap_or(false))
}

fn hide() {
    if let Some(link) = LINK.take() {
        let _ = link.remove_attribute("aria-describedby");
    }
    if let Some(card) = dom::by_id::<HtmlElement>(ids::PREVIEW).filter(|_| is_open()) {
        let _ = card.hide_popover();
    }
}

/// Shows what a link leads to; whether there is anything.
fn show(link: &HtmlElement) -> bool {
    let Some(anchor) = link.get_attribute("href").and_then(|href| Some(href.strip_prefix('#')?.to_owned()))
    else {
        return false;
    };
    hide();
    let found = FIND.with_borrow(|find| find.as_ref().map_or(Found::Nowhere, |find| find(&anchor)));
    let entry = match found {
        Found::Here(entry) => entry,
        Found::Later => {
            LINK.set(Some(link.clone()));
            return true;
        }
        Found::Nowhere => return false,
    };
    let Some(card) = card() else { return false };
    if fill(&card, &entry, &anchor).is_none() {
        return false;
    }
    let _ = card.show_popover();
    place(&card, link);
    let _ = link.set_attribute("aria-describedby", ids::PREVIEW);
    LINK.set(Some(link.clone()));
    true
}

/// Puts the title and the first blocks of an entry into the card, or a footnote.
fn fill(card: &HtmlElement, entry: &Element, anchor: &str) -> Option<()> {
    card.set_text_content(None);
    let title = entry.query_selector("[data-field=title]").ok()?;
    let title = title.map(|title| dom::said(&title)).or_else(|| entry.get_attribute("aria-label"))?;
    let heading = dom::add(card, "p", "preview-title", "");
    dom::set(&dom::add(&heading, "a", "", &title), "href", &format!("#{anchor}"));
    for part in ["[data-field=byline]", ".meta"] {
        if let Some(part) = entry.query_selector(part).ok()? {
            let copy = dom::copy(&part)?;
            card.append_child(&copy).ok()?;
        }
    }
    let notes = entry.query_selector("[data-field=notes], .footnote > div").ok()?;
    let blocks = notes.map(|notes| notes.children());
    for at in 0..blocks.as_ref().map_or(0, |blocks| blocks.length().min(BLOCKS)) {
        let copy = dom::copy(&blocks.as_ref()?.item(at)?)?;
        card.append_child(&copy).ok()?;
    }
    Some(())
}

/// Puts the card below its link, or above where there is more room.
fn place(card: &HtmlElement, link: &HtmlElement) {
    let size = |name: fn(&web_sys::Window) -> Result<JsValue, JsValue>| {
        name(&dom::window()).ok().and_then(|size| size.as_f64()).unwrap_or_default()
    };
    let (width, height) = (size(web_sys::Window::inner_width), size(web_sys::Window::inner_height));
    let (at, own) = (link.get_bounding_client_rect(), card.get_bounding_client_rect());
    let below = height - at.bottom() - GAP;
    let top = if own.height() <= below - GAP || below > at.top() {
        at.bottom() + GAP
    } else {
        (at.top() - GAP - own.height()).max(GAP)
    };
    let left = at.left().min(width - own.width() - GAP).max(GAP);
    for (name, value) in [("top", top), ("left", left)] {
        dom::set_pixels(card, name, value);
    }
}
