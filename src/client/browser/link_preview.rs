//! Previews of links inside the notebook: a card beside the link, when a pointer rests on it, when it has the focus, or at
//! the first tap.

use leptos::prelude::*;
use wasm_bindgen::JsCast;
use wasm_bindgen::prelude::*;
use web_sys::{Event, HtmlElement, PointerEvent};

use super::app::App;
use super::dom::{self, MountedView};
use super::scheduling::{callback, effect, on};
use crate::client::model::popover_position::{Rect, popover_position};
use crate::view::{self, ids};

/// Milliseconds that a pointer or the focus rests on a link before its preview opens: passing over links opens none.
const OPEN_DELAY: i32 = 350;
/// Milliseconds before a preview closes, in which a pointer can move from the link to the card.
const CLOSE_DELAY: i32 = 250;

/// Links inside the notebook's text.
const LINKS: &str = "main a[href^='#']:not(.share)";

/// The content of a preview.
enum LinkPreview {
    /// The view of an entry or footnote.
    View(AnyView),
    /// It has not arrived.
    Pending,
    /// There is nothing to show.
    None,
}

/// The preview that is open or pending.
#[derive(Default)]
pub(super) struct LinkPreviewState {
    link: Option<HtmlElement>,
    /// Its entry has not arrived.
    is_pending: bool,
    /// The view in the card.
    view: Option<MountedView>,
    /// The last pointer that touched the page was a finger.
    is_touch: bool,
}

/// Finds an entry or footnote by its anchor, and requests it if it has not arrived.
fn find(app: App, anchor: &str) -> LinkPreview {
    // A heading shows nothing that its link does not say.
    if app.corpus.with_value(|corpus| corpus.headings.find(anchor).is_some()) {
        return LinkPreview::None;
    }
    if anchor.starts_with(ids::FOOTNOTE) {
        let found = app.entries.with_value(|entries| {
            entries.store.all().find_map(|linked| view::footnote_preview(&linked.entry, anchor))
        });
        return found.map_or_else(|| pending(app), LinkPreview::View);
    }
    let Some(entry) = app.find(anchor) else { return pending(app) };
    let found = app.with_entry(entry, |linked| Some(view::entry_preview(&linked?.entry)));
    found.map_or_else(
        || {
            app.pin_entries(vec![entry]);
            LinkPreview::Pending
        },
        |view| view.map_or(LinkPreview::None, LinkPreview::View),
    )
}

/// Requests the titles of all entries, unless they are there: then there is nothing to show.
fn pending(app: App) -> LinkPreview {
    if app.has_titles() {
        return LinkPreview::None;
    }
    app.need_titles();
    LinkPreview::Pending
}

/// Shows previews from now on.
pub(super) fn start(app: App) {
    // Shows a pending preview when more entries have arrived.
    effect(move || {
        app.arrivals.track();
        app.responses.track();
        if let Some(link) = shown_link(app).filter(|_| app.preview.with_value(|state| state.is_pending)) {
            open(app, &link);
        }
    });
    let document = dom::document();
    on(&document, "pointerover", move |event| {
        if is_touch(event) {
            return;
        }
        match (link_of(event), is_in_card(event)) {
            (Some(link), _) => schedule(app, Some(link), OPEN_DELAY),
            // The card stays open, to be read and its links followed.
            (None, true) => app.preview_delay.cancel(),
            (None, false) => schedule(app, None, CLOSE_DELAY),
        }
    });
    on(&document, "pointerdown", move |event| {
        app.preview.update_value(|state| state.is_touch = is_touch(event));
    });
    on(&document, "focusin", move |event| {
        let is_focused_by_key = |link: &HtmlElement| link.matches(":focus-visible").unwrap_or(false);
        if let Some(link) = link_of(event).filter(is_focused_by_key) {
            schedule(app, Some(link), OPEN_DELAY);
        } else if !is_in_card(event) {
            schedule(app, None, 0);
        }
    });
    on(&dom::window(), "scroll", move |_| {
        if shown_link(app).is_some() {
            close(app);
        }
    });
    // In the capture phase, before the click follows the link: the first tap only opens the preview.
    let on_click = callback(Box::new(move |event: JsValue| click(app, event.unchecked_ref())));
    let _ = document.add_event_listener_with_callback_and_bool("click", &on_click, true);
}

/// Returns the link of the preview that is open or pending.
fn shown_link(app: App) -> Option<HtmlElement> {
    app.preview.with_value(|state| state.link.clone())
}

fn click(app: App, event: &Event) {
    let link = link_of(event).filter(|_| app.preview.with_value(|state| state.is_touch));
    let is_shown = |link: &HtmlElement| shown_link(app).as_ref() == Some(link) && is_open();
    match link {
        Some(link) if !is_shown(&link) && !is_in_card(event) => {
            app.preview_delay.cancel();
            if open(app, &link) {
                event.prevent_default();
                event.stop_propagation();
            }
        }
        _ => schedule(app, None, 0),
    }
}

fn is_touch(event: &Event) -> bool {
    event.dyn_ref::<PointerEvent>().is_some_and(|event| event.pointer_type() == "touch")
}

fn link_of(event: &Event) -> Option<HtmlElement> {
    dom::closest(event, LINKS)?.dyn_into().ok()
}

fn is_in_card(event: &Event) -> bool {
    dom::closest(event, &format!("#{}", ids::PREVIEW)).is_some()
}

/// Opens the preview of a link after a delay, or closes it, unless another call comes first.
fn schedule(app: App, link: Option<HtmlElement>, milliseconds: i32) {
    app.preview_delay.cancel();
    // A preview that Escape has closed opens again.
    if shown_link(app) == link && (link.is_none() || is_open()) {
        return;
    }
    app.preview_delay.run(milliseconds, move || match &link {
        Some(link) => drop(open(app, link)),
        None => close(app),
    });
}

/// Returns the card, which is created at its first use.
fn card() -> Option<HtmlElement> {
    if let Some(card) = dom::by_id(ids::PREVIEW) {
        return Some(card);
    }
    let card = dom::create("div")?;
    card.set_id(ids::PREVIEW);
    // The browser closes it at Escape and at a click elsewhere.
    card.set_attribute("popover", "auto").ok()?;
    dom::document().body()?.append_child(&card).ok()?;
    Some(card)
}

fn open_card() -> Option<HtmlElement> {
    dom::by_id::<HtmlElement>(ids::PREVIEW).filter(|card| card.matches(":popover-open").unwrap_or(false))
}

fn is_open() -> bool {
    open_card().is_some()
}

fn close(app: App) {
    if let Some(link) = shown_link(app) {
        let _ = link.remove_attribute("aria-describedby");
    }
    app.preview.update_value(|state| {
        state.link = None;
        state.is_pending = false;
    });
    if let Some(card) = open_card() {
        let _ = card.hide_popover();
    }
}

/// Opens the preview of a link. Returns false if there is nothing to show.
fn open(app: App, link: &HtmlElement) -> bool {
    let href = link.get_attribute("href").unwrap_or_default();
    let Some(anchor) = href.strip_prefix('#') else { return false };
    close(app);
    let view = match find(app, anchor) {
        LinkPreview::View(view) => view,
        LinkPreview::Pending => {
            app.preview.update_value(|state| {
                state.link = Some(link.clone());
                state.is_pending = true;
            });
            return true;
        }
        LinkPreview::None => return false,
    };
    let Some(card) = card() else { return false };
    app.preview.update_value(|state| {
        state.link = Some(link.clone());
        state.view = None;
        state.view = dom::mount(ids::PREVIEW, move || view);
    });
    dom::remove_anchors(&card);
    let _ = card.show_popover();
    set_position(&card, link);
    dom::set_attribute(link, "aria-describedby", ids::PREVIEW);
    true
}

fn set_position(card: &HtmlElement, link: &HtmlElement) {
    let (link, size) = (link.get_bounding_client_rect(), card.get_bounding_client_rect());
    let link = Rect { top: link.top(), bottom: link.bottom(), left: link.left() };
    let window = dom::window_size().unwrap_or_default();
    let (top, left) = popover_position(link, (size.width(), size.height()), window);
    dom::set_pixels(card, "top", top);
    dom::set_pixels(card, "left", left);
}
