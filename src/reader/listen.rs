//! Clicks and keys, heard at the root: what they ask, where they go, what they do.

use leptos::prelude::*;
use notebook_core::Query;
use notebook_core::query::Layout;
use notebook_core::search::Answer;
use wasm_bindgen::JsCast;
use web_sys::{Element, Event, HtmlDialogElement, HtmlElement, HtmlInputElement, KeyboardEvent, MouseEvent};

use super::address::Address;
use super::later::{after, on, spawn};
use super::{cite, dom, folds, memory, table, theme};
use crate::view::{Action, ids, strings};

/// Where it is remembered that single keys are off.
const KEYS_OFF: &str = "keys";

/// Listens for the one button that is there before the notebook is, beside that which gets the page again.
pub(super) fn for_retry(retry: impl Fn() + 'static) {
    on(&dom::document(), "click", move |event| {
        if action_of(event).is_some_and(|(action, _)| action == Action::Retry) {
            retry();
        }
    });
}

/// Listens for everything else.
pub(super) fn start(address: Address, answer: Memo<Answer>) {
    let document = dom::document();
    on(&document, "click", move |event| {
        if let Some(event) = event.dyn_ref() {
            click(address, event);
        }
    });
    if let Some(picture) = dom::by_id::<HtmlDialogElement>(ids::PICTURE) {
        let shown = picture.clone();
        on(&picture, "click", move |_| shown.close());
    }
    on(&document, "input", move |event| {
        if let Some(search) = dom::search_box().filter(|search| event.target().as_ref() == Some(search)) {
            address.ask_words(&search.value());
        }
    });
    on(&document, "submit", |event| {
        let form = event.target().and_then(|target| target.dyn_into::<Element>().ok());
        if form.is_some_and(|form| form.class_name() == "search") {
            event.prevent_default();
            step(1);
        }
    });
    on(&document, "change", |event| {
        let input = event.target().and_then(|target| target.dyn_into::<HtmlInputElement>().ok());
        if let Some(input) = input.filter(|input| input.id() == ids::KEYS_ON) {
            memory::keep(KEYS_OFF, if input.checked() { "" } else { "off" });
        }
    });
    on(&document, "keydown", move |event| {
        if let Some(event) = event.dyn_ref() {
            key(address, answer, event);
        }
    });
}

fn closest(event: &Event, selector: &str) -> Option<Element> {
    event.target()?.dyn_into::<Element>().ok()?.closest(selector).ok().flatten()
}

fn action_of(event: &Event) -> Option<(Action, Element)> {
    let element = closest(event, "[data-act]")?;
    Some((Action::named(&element.get_attribute(Action::ATTRIBUTE)?)?, element))
}

fn click(address: Address, event: &MouseEvent) {
    // With a modifier or another button a link is the browser's: a new tab, a download.
    if event.default_prevented()
        || event.button() != 0
        || event.ctrl_key()
        || event.meta_key()
        || event.shift_key()
    {
        return;
    }
    if let Some((action, element)) = action_of(event) {
        if action == Action::Share {
            event.prevent_default();
        }
        return act(address, action, &element);
    }
    if let Some(link) = closest(event, "a.enlarge") {
        return enlarge(event, &link);
    }
    let Some(href) = closest(event, "a[href]").and_then(|link| link.get_attribute("href")) else { return };
    if href.starts_with('?') {
        event.prevent_default();
        address.ask(&Query::parse(&href));
    } else if let Some(id) = href.strip_prefix('#') {
        event.prevent_default();
        // Skipping the header is no place to send to a friend.
        if id == ids::MAIN {
            if let Some(main) = dom::by_id::<HtmlElement>(id) {
                let _ = main.focus();
            }
            return;
        }
        close_side();
        address.go(&js_sys::decode_uri_component(id).map_or_else(|_| id.to_owned(), String::from));
    }
}

/// Shows a picture by itself; a click on it, or beside it, puts it away again.
fn enlarge(event: &MouseEvent, link: &Element) {
    let picture = link.query_selector("img").ok().flatten();
    let shown = dom::by_id::<HtmlDialogElement>(ids::PICTURE);
    let Some((picture, shown)) = picture.zip(shown) else { return };
    let Ok(Some(place)) = shown.query_selector("img") else { return };
    for name in ["src", "alt", "width", "height"] {
        let _ = match picture.get_attribute(name) {
            Some(value) => place.set_attribute(name, &value),
            None => place.remove_attribute(name),
        };
    }
    if shown.show_modal().is_ok() {
        event.prevent_default();
    }
}

/// Does what a button, or a line of the palette, is for.
pub(super) fn act(address: Address, action: Action, element: &Element) {
    match action {
        Action::Expand => folds::set_all(true),
        Action::Collapse => folds::set_all(false),
        Action::Keys => show_keys(),
        Action::Share => share(address, element),
        Action::Cite => cite::open(element),
        Action::CopyText => cite::copy(element),
        Action::Export => cite::export(element),
        Action::Notes => address.ask(&address.query().laid_out(Layout::Notes)),
        Action::Matrix => address.ask(&address.query().laid_out(Layout::matrix())),
        Action::CopyTable => table::copy(element),
        Action::MoreRows => table::more(),
        Action::Unfold => table::unfold(element),
        Action::CopyAddress => {
            address.write_words();
            copy_and_say(dom::window().location().href().unwrap_or_default(), None);
        }
        Action::System | Action::Light | Action::Dark => theme::set(action.name()),
        // Heard by those who fetch, and by the script in the page.
        Action::Retry | Action::Reload | Action::Search => {}
    }
}

fn share(address: Address, link: &Element) {
    let Some(id) = link.get_attribute("href").and_then(|href| href.strip_prefix('#').map(str::to_owned))
    else {
        return;
    };
    address.go(&id);
    copy_and_say(Address::link_to(&id), Some(link.clone()));
}

/// Copies an address and says so, beside its link where there is one.
fn copy_and_say(url: String, link: Option<Element>) {
    spawn(async move {
        let copied = copy(&url).await;
        let says = if copied { strings::COPIED.text() } else { strings::COPY_BY_HAND.text() };
        dom::say(says);
        let Some(link) = link else { return };
        let _ = link.set_attribute("data-said", says);
        after(2_000, move || {
            let _ = link.remove_attribute("data-said");
        });
    });
}

/// Copies a text for a button, which says for a moment what came of it: `refused` where the browser does not let a page
/// copy. Then it has its `name` again.
pub(super) fn copy_for(button: &Element, text: String, refused: strings::Word, name: String) {
    let button = button.clone();
    spawn(async move {
        let says = if copy(&text).await { strings::TEXT_COPIED } else { refused }.text();
        dom::say(says);
        button.set_text_content(Some(says));
        after(2_000, move || button.set_text_content(Some(&name)));
    });
}

/// Copies a text; whether the browser lets a page do that.
async fn copy(text: &str) -> bool {
    // Without a secure context there is no clipboard at all.
    if !dom::window().is_secure_context() {
        return false;
    }
    let written = dom::window().navigator().clipboard().write_text(text);
    wasm_bindgen_futures::JsFuture::from(written).await.is_ok()
}

fn dialog() -> Option<HtmlDialogElement> {
    dom::by_id(ids::KEYS)
}

fn show_keys() {
    let Some(dialog) = dialog().filter(|dialog| !dialog.open()) else { return };
    let _ = dialog.show_modal();
    if let Some(on) = dom::by_id::<HtmlInputElement>(ids::KEYS_ON) {
        on.set_checked(memory::recall(KEYS_OFF).is_none());
    }
}

fn close_side() {
    if let Some(side) = dom::by_id::<HtmlElement>(ids::SIDE) {
        // An error says that it is not open, which is what is wanted.
        let _ = side.hide_popover();
    }
}

fn key(address: Address, answer: Memo<Answer>, event: &KeyboardEvent) {
    if event.default_prevented()
        || event.ctrl_key()
        || event.meta_key()
        || event.alt_key()
        || event.is_composing()
        || dom::document().query_selector("dialog[open]").ok().flatten().is_some()
    {
        return;
    }
    let target = event.target().and_then(|target| target.dyn_into::<HtmlElement>().ok());
    let in_search = dom::search_box().is_some_and(|search| Some(search.as_ref()) == target.as_ref());
    let typing = target.is_some_and(|target| {
        target.is_content_editable() || matches!(target.tag_name().as_str(), "INPUT" | "TEXTAREA" | "SELECT")
    });
    let name = event.key();
    let heard = match name.as_str() {
        "Escape" => escape(address, answer),
        "ArrowDown" if in_search => step(1),
        _ if typing || memory::recall(KEYS_OFF).is_some() => false,
        "/" => dom::search_box().is_some_and(|search| {
            search.select();
            search.focus().is_ok()
        }),
        "?" => {
            show_keys();
            true
        }
        "j" => step(1),
        "k" => step(-1),
        "ArrowDown" if on_entry() => step(1),
        "ArrowUp" if on_entry() => step(-1),
        "Enter" => open_focused(),
        _ => false,
    };
    if heard {
        event.prevent_default();
    }
}

/// Words go first, then filters. False where there is nothing to clear, so that what is open closes.
fn escape(address: Address, answer: Memo<Answer>) -> bool {
    let open = dom::document().query_selector("[popover]:popover-open").ok().flatten();
    if open.is_some() {
        return false;
    }
    let query = answer.with_untracked(|answer| answer.query.clone());
    let next = if query.words.is_empty() { Query::default() } else { query.with_words("") };
    if query == next {
        if let Some(search) = dom::search_box() {
            let _ = search.blur();
        }
        return false;
    }
    address.ask(&next);
    true
}

/// What the keys go through: what was found, then all entries.
const ENTRIES: &str = ".results li > a, .matrix tbody th a[href^='#'], main [tabindex='-1'][id]";

fn focused() -> Option<Element> {
    dom::document().active_element()?.closest(ENTRIES).ok().flatten()
}

fn on_entry() -> bool {
    dom::document().active_element().is_some_and(|active| active.matches(ENTRIES).unwrap_or(false))
}

/// Moves the focus to the next entry that is shown, or the one before.
fn step(by: isize) -> bool {
    let shown: Vec<_> = dom::all(ENTRIES).into_iter().filter(dom::is_shown).collect();
    let here = focused().and_then(|focused| shown.iter().position(|entry| **entry == focused));
    let next = match here {
        Some(at) => at.checked_add_signed(by),
        None if by > 0 => Some(0),
        None => shown.len().checked_sub(1),
    };
    let Some(entry) = next.and_then(|next| shown.get(next)) else { return false };
    let _ = entry.focus();
    entry.scroll_into_view_with_scroll_into_view_options(&{
        let options = web_sys::ScrollIntoViewOptions::new();
        options.set_block(web_sys::ScrollLogicalPosition::Nearest);
        options
    });
    true
}

/// Follows the link of the entry that has the focus.
fn open_focused() -> bool {
    if !on_entry() {
        return false;
    }
    let link = focused().and_then(|entry| entry.query_selector("a[data-field=title]").ok().flatten());
    link.and_then(|link| link.dyn_into::<HtmlElement>().ok()).map(|link| link.click()).is_some()
}
