//! The one that reads and writes the URL. Query parameters hold what is asked, the hash is an anchor.

use std::cell::Cell;

use leptos::prelude::*;
use notebook_core::Query;
use notebook_core::query::Layout;
use wasm_bindgen::JsCast;
use wasm_bindgen::prelude::*;

use super::later::{after, next_frame, on};
use super::{dom, folds, marks};

/// Milliseconds in which what comes belongs to the arrival at an anchor.
const MOMENT: f64 = 1_500.0;
/// Milliseconds that words stand in the box before they stand in the URL: to write there takes a browser longer than
/// to show a line, and some refuse who does it at every key.
const PAUSE: i32 = 250;

/// The page's address and the question in it.
#[derive(Clone, Copy)]
pub(super) struct Address {
    query: RwSignal<Query>,
    /// The last entry of the history was made by typing: more typing replaces it.
    typing: StoredValue<bool>,
}

/// Asks what the URL asks, now and whenever Back or Forward change it. `typed` is what a fast
/// reader wrote in the box before the program was there.
pub(super) fn start(query: RwSignal<Query>, typed: &str) -> Address {
    let address = Address { query, typing: StoredValue::new(false) };
    let asked = current();
    let first = if asked.is_empty() && !typed.is_empty() { asked.with_words(typed) } else { asked };
    address.show(&first);
    for event in ["popstate", "hashchange"] {
        on(&dom::window(), event, move |_| {
            UNWRITTEN.set(None);
            address.typing.set_value(false);
            address.show(&current());
            address.arrive();
        });
    }
    on(&dom::window(), "pagehide", move |_| address.write_words());
    address
}

fn current() -> Query {
    Query::parse(&dom::window().location().search().unwrap_or_default())
}

/// The anchor in the URL, decoded. Words that are not written yet have none.
fn anchor() -> Option<String> {
    if is_typing() {
        return None;
    }
    let hash = dom::window().location().hash().ok()?;
    let raw = hash.strip_prefix('#').filter(|raw| !raw.is_empty())?;
    js_sys::decode_uri_component(raw)
        .ok()
        .and_then(|decoded| decoded.as_string())
        .or_else(|| Some(raw.to_owned()))
}

impl Address {
    /// What is asked now.
    pub(super) fn query(self) -> Query {
        self.query.get_untracked()
    }

    /// Asks a question that a reader chose: one step back in the history undoes it.
    pub(super) fn ask(self, query: &Query) {
        if *query != self.query() {
            self.write_words();
            self.typing.set_value(false);
            write(&query.print(), true);
            self.show(query);
        }
    }

    /// Asks for words while they are typed: the first letter is a step in the history, the next
    /// ones change that step.
    pub(super) fn ask_words(self, words: &str) {
        let query = self.query().with_words(words);
        if query != self.query() {
            if UNWRITTEN.get().is_none() {
                UNWRITTEN.set(Some(Step { is_new: !self.typing.get_value() }));
                after(PAUSE, move || self.write_words());
            }
            self.typing.set_value(true);
            self.query.set(query);
            // The best of what is found stands at the top.
            dom::scroll_by(-dom::window().page_y_offset().unwrap_or_default());
        }
    }

    /// Writes the words that were typed into the URL, where they do not stand there yet.
    pub(super) fn write_words(self) {
        if let Some(Step { is_new }) = UNWRITTEN.take() {
            write(&self.query().print(), is_new);
        }
    }

    /// Goes to an anchor.
    pub(super) fn go(self, id: &str) {
        self.write_words();
        self.typing.set_value(false);
        let here = dom::window().location();
        let encoded: String = js_sys::encode_uri_component(id).into();
        if anchor().as_deref() != Some(id) {
            write(&format!("{}#{encoded}", here.search().unwrap_or_default()), true);
        }
        self.arrive();
    }

    /// Opens what the anchor points to, scrolls there and marks it. An entry that the query hides
    /// was asked for by name, so the query gives way.
    pub(super) fn arrive(self) {
        let Some(id) = anchor() else { return mark(None) };
        ARRIVING.set(Some(self));
        let query = self.query();
        if query.layout != Layout::Notes {
            return self.give_way(&query.laid_out(Layout::Notes));
        }
        let asks_nothing = query == Query::default();
        let reveal = REVEAL.get().filter(|_| dom::document().get_element_by_id(&id).is_none());
        if reveal.is_some_and(|reveal| !reveal(&id)) && !asks_nothing {
            return self.give_way(&Query::default());
        }
        let Some(element) = dom::document().get_element_by_id(&id) else { return mark(None) };
        if element.closest("[hidden]").ok().flatten().is_some() && !asks_nothing {
            return self.give_way(&Query::default());
        }
        next_frame(move || {
            folds::open_around(&element);
            if REVEAL.get().is_some() {
                ARRIVED.set(js_sys::Date::now());
                dom::show_at_once(&element);
            } else {
                element.scroll_into_view();
            }
            marks::show_first_in(&element);
            if let Some(element) = element.dyn_ref::<web_sys::HtmlElement>() {
                let _ = element.focus();
            }
            mark(Some(&element));
        });
    }

    /// Asks for less, so that what was asked for by name is not hidden, and arrives once the page shows that: what
    /// stands there until then is drawn anew.
    fn give_way(self, query: &Query) {
        write(&(query.print() + &dom::window().location().hash().unwrap_or_default()), false);
        self.show(query);
        next_frame(move || self.arrive());
    }

    /// The whole address of an entry, without the question.
    pub(super) fn link_to(id: &str) -> String {
        let here = dom::window().location();
        let (origin, path) = (here.origin().unwrap_or_default(), here.pathname().unwrap_or_default());
        let encoded: String = js_sys::encode_uri_component(id).into();
        format!("{origin}{path}#{encoded}")
    }

    fn show(self, query: &Query) {
        if let Some(search) = dom::search_box().filter(|search| search.value() != query.words) {
            search.set_value(&query.words);
        }
        self.query.set(query.clone());
    }
}

/// A step in the history.
#[derive(Clone, Copy)]
struct Step {
    /// Whether it is one more, not the one before as it is now.
    is_new: bool,
}

/// Brings an anchor onto the page; whether it is there.
type Reveal = fn(&str) -> bool;

thread_local! {
    /// What is asked for in words that do not stand in the URL yet.
    static UNWRITTEN: Cell<Option<Step>> = const { Cell::new(None) };
    /// The address of the page, for an anchor that may be found later.
    static ARRIVING: Cell<Option<Address>> = const { Cell::new(None) };
    /// When an anchor was last gone to, in milliseconds.
    static ARRIVED: Cell<f64> = const { Cell::new(0.0) };
    /// For a page that does not show everything.
    static REVEAL: Cell<Option<Reveal>> = const { Cell::new(None) };
}

/// Says how the page brings an anchor onto itself, where it does not show everything.
pub(super) fn reveal_by(reveal: Reveal) {
    REVEAL.set(Some(reveal));
}

/// Whether words were typed a moment ago.
pub(super) fn is_typing() -> bool {
    UNWRITTEN.get().is_some()
}

/// Whether the URL names an anchor.
pub(super) fn has_anchor() -> bool {
    anchor().is_some()
}

/// Goes to the anchor of the URL once it may be found, where it was not.
pub(super) fn arrive_late() {
    if let Some(address) = ARRIVING.get().filter(|_| dom::all("[data-here]").is_empty()) {
        address.arrive();
    }
}

/// Marks what the anchor points to, where it was drawn again.
pub(super) fn mark_here() {
    if let Some(element) = anchor().and_then(|id| dom::document().get_element_by_id(&id)) {
        mark(Some(&element));
    }
}

/// Goes to the anchor again, where what came since has moved it while it was arrived at.
pub(super) fn settle() {
    if js_sys::Date::now() - ARRIVED.get() < MOMENT
        && let Some(element) = anchor().and_then(|id| dom::document().get_element_by_id(&id))
    {
        dom::show_at_once(&element);
    }
}

/// Writes the part of the URL behind the path. A question replaces what was there, anchor included.
fn write(url: &str, push: bool) {
    let Ok(history) = dom::window().history() else { return };
    // A question that asks nothing is not written.
    let bare = url.strip_prefix('?').filter(|rest| rest.is_empty() || rest.starts_with('#'));
    let url = match bare {
        Some(rest) => dom::window().location().pathname().unwrap_or_default() + rest,
        None => url.to_owned(),
    };
    // Browsers refuse too many changes in a second; the page then shows the answer under the URL before.
    let _ = if push {
        history.push_state_with_url(&JsValue::NULL, "", Some(&url))
    } else {
        history.replace_state_with_url(&JsValue::NULL, "", Some(&url))
    };
}

/// Marks the one element that the anchor points to: `:target` does not follow the history's own changes.
fn mark(element: Option<&web_sys::Element>) {
    for old in dom::all("[data-here]") {
        let _ = old.remove_attribute("data-here");
    }
    if let Some(element) = element {
        let _ = element.set_attribute("data-here", "");
    }
}
