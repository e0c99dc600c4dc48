//! The URL: the query string is the query, the hash is the anchor of an entry or heading. No other module writes it.

use leptos::prelude::*;
use notebook_core::Query;
use notebook_core::query::Layout;
use wasm_bindgen::JsCast;
use wasm_bindgen::prelude::*;
use web_sys::{Element, HtmlElement};

use super::app::App;
use super::scheduling::{after, next_frame, on};
use super::{dom, folds, highlight, virtual_list};
use crate::client::model::history::{HistoryWrite, TypedWords, url_without_empty_query};

/// Milliseconds after an anchor was scrolled to, in which rows that are drawn around it do not move it out of view, unless the
/// reader moves on.
const ANCHOR_HOLD: f64 = 3_000.0;
/// Events by which a reader moves on from an anchor.
const MOVES: [&str; 4] = ["wheel", "touchmove", "pointerdown", "keydown"];
/// Milliseconds before typed words are written into the URL. A write takes a browser longer than drawing the answer, and
/// `WebKit` refuses more than 100 in 10 seconds (`stateObjectTimeSpan` in its `History.cpp`; 30 seconds in older versions).
const WRITE_DELAY: i32 = 250;

/// The attribute of the element that the URL leads to.
const TARGET: &str = "data-target";

/// The state of the URL.
#[derive(Default)]
pub(super) struct UrlState {
    typed: TypedWords,
    /// The anchor is not known yet.
    is_anchor_pending: bool,
    /// The row of the anchor is being drawn again.
    is_revealing: bool,
    /// The time of the last scroll to an anchor, in milliseconds since 1970.
    scrolled_at: f64,
}

fn query_in_url() -> Query {
    Query::parse(&dom::window().location().search().unwrap_or_default())
}

/// Returns the decoded anchor in the URL.
fn anchor_in_url() -> Option<String> {
    let hash = dom::window().location().hash().ok()?;
    hash.strip_prefix('#').filter(|encoded| !encoded.is_empty()).map(decode)
}

/// Decodes the anchor of a link; one that is not encoded correctly stays as it is.
pub(super) fn decode(encoded: &str) -> String {
    js_sys::decode_uri_component(encoded).map_or_else(|_| encoded.to_owned(), String::from)
}

fn encode(anchor: &str) -> String {
    js_sys::encode_uri_component(anchor).into()
}

/// Returns the URL of an entry without a query.
pub(super) fn link_to(anchor: &str) -> String {
    let location = dom::window().location();
    let (origin, path) = (location.origin().unwrap_or_default(), location.pathname().unwrap_or_default());
    [&origin, &path, "#", &encode(anchor)].concat()
}

impl App {
    /// Asks the query in the URL, now and whenever Back or Forward change it. `typed` is what the search box held before the
    /// program started.
    pub(super) fn follow_url(self, typed: &str) {
        let in_url = query_in_url();
        let first = if in_url.is_empty() && !typed.is_empty() { in_url.with_words(typed) } else { in_url };
        self.show_query(&first);
        for event in ["popstate", "hashchange"] {
            on(&dom::window(), event, move |_| {
                self.url.update_value(|state| state.typed = TypedWords::NONE);
                self.show_query(&query_in_url());
                self.go_to_anchor();
            });
        }
        on(&dom::window(), "pagehide", move |_| self.write_typed_words());
        for event in MOVES {
            on(&dom::window(), event, move |_| self.url.update_value(|state| state.scrolled_at = 0.0));
        }
    }

    /// Returns the current query.
    pub(super) fn current_query(self) -> Query {
        self.query.get_untracked()
    }

    fn typed(self) -> TypedWords {
        self.url.with_value(|state| state.typed)
    }

    fn set_typed(self, typed: TypedWords) {
        self.url.update_value(|state| state.typed = typed);
    }

    /// Returns the anchor in the URL. While typed words are not written, the URL is that of the previous query.
    fn anchor(self) -> Option<String> {
        if self.has_unwritten_words() { None } else { anchor_in_url() }
    }

    fn anchor_element(self) -> Option<Element> {
        dom::document().get_element_by_id(&self.anchor()?)
    }

    /// Returns true if words were typed that the URL does not show yet.
    pub(super) fn has_unwritten_words(self) -> bool {
        self.typed().is_pending()
    }

    /// Returns true if the URL has an anchor.
    pub(super) fn has_anchor(self) -> bool {
        self.anchor().is_some()
    }

    /// Goes to an anchor that was not found before, when more of the notebook is known.
    pub(super) fn retry_anchor(self) {
        let is_pending = self.url.with_value(|state| state.is_anchor_pending);
        if is_pending && marked().is_empty() {
            self.go_to_anchor();
        }
    }

    /// Marks the element of the anchor again, which may have been drawn again.
    pub(super) fn mark_anchor(self) {
        if let Some(element) = self.anchor_element() {
            mark(Some(&element));
        }
    }

    /// Scrolls to the anchor again, if it was scrolled to a moment ago: rows drawn since may have moved it. Its row is drawn
    /// again if it is gone: when a page becomes shorter, `WebKit` corrects the scroll position later than others.
    pub(super) fn hold_anchor(self) {
        let (scrolled_at, is_revealing) =
            self.url.with_value(|state| (state.scrolled_at, state.is_revealing));
        if is_revealing || js_sys::Date::now() - scrolled_at >= ANCHOR_HOLD {
            return;
        }
        if self.anchor_element().is_none()
            && let Some(id) = self.anchor()
        {
            self.url.update_value(|state| state.is_revealing = true);
            virtual_list::reveal(self, &id);
            self.url.update_value(|state| state.is_revealing = false);
        }
        if let Some(element) = self.anchor_element() {
            dom::scroll_to_instantly(&element);
        }
    }

    /// Asks a query that the reader chose, as a new step in the history.
    pub(super) fn ask(self, query: &Query) {
        if *query != self.current_query() {
            self.end_typing();
            write(&query.print(), HistoryWrite::Push);
            self.show_query(query);
        }
    }

    /// Asks for words while they are typed. The URL follows after a pause.
    pub(super) fn type_words(self, words: &str) {
        let query = self.current_query().with_words(words);
        if query != self.current_query() {
            let mut typed = self.typed();
            if typed.change() {
                after(WRITE_DELAY, move || self.write_typed_words());
            }
            self.set_typed(typed);
            self.query.set(query);
            // The best results are at the top.
            dom::scroll_by(-dom::scroll_top());
        }
    }

    /// Writes typed words that the URL does not show yet.
    pub(super) fn write_typed_words(self) {
        let mut typed = self.typed();
        if let Some(how) = typed.take_pending() {
            self.set_typed(typed);
            write(&self.current_query().print(), how);
        }
    }

    fn end_typing(self) {
        self.write_typed_words();
        let mut typed = self.typed();
        typed.end_step();
        self.set_typed(typed);
    }

    /// Goes to an entry or heading, as a new step in the history.
    pub(super) fn go_to(self, id: &str) {
        self.end_typing();
        if self.anchor().as_deref() != Some(id) {
            let search = dom::window().location().search().unwrap_or_default();
            write(&[&search, "#", &encode(id)].concat(), HistoryWrite::Push);
        }
        self.go_to_anchor();
    }

    /// Scrolls to the anchor in the URL, opens its folds and marks it. A query that hides it is dropped: the reader asked
    /// for that entry by name.
    pub(super) fn go_to_anchor(self) {
        let Some(id) = self.anchor() else { return mark(None) };
        self.url.update_value(|state| state.is_anchor_pending = true);
        let query = self.current_query();
        if query.layout != Layout::Notes {
            return self.replace_query(&query.laid_out(Layout::Notes));
        }
        let is_default = query == Query::default();
        let find = || dom::document().get_element_by_id(&id);
        if self.is_partial && find().is_none() && !virtual_list::reveal(self, &id) && !is_default {
            return self.replace_query(&Query::default());
        }
        let Some(element) = find() else { return mark(None) };
        if element.closest("[hidden]").ok().flatten().is_some() && !is_default {
            return self.replace_query(&Query::default());
        }
        next_frame(move || self.show_target(&element));
    }

    /// Replaces the query by one that does not hide the anchor, and goes there once the page shows its answer.
    fn replace_query(self, query: &Query) {
        let hash = dom::window().location().hash().unwrap_or_default();
        write(&(query.print() + &hash), HistoryWrite::Replace);
        self.show_query(query);
        next_frame(move || self.go_to_anchor());
    }

    /// Opens, scrolls to, focuses and marks the element of an anchor.
    fn show_target(self, element: &Element) {
        folds::open_around(element);
        if self.is_partial {
            self.url.update_value(|state| state.scrolled_at = js_sys::Date::now());
            dom::scroll_to_instantly(element);
        } else {
            element.scroll_into_view();
        }
        highlight::show_first_in(self, element);
        if let Some(element) = element.dyn_ref::<HtmlElement>() {
            let _ = element.focus();
        }
        mark(Some(element));
    }

    fn show_query(self, query: &Query) {
        if let Some(search) = dom::search_box().filter(|search| search.value() != query.words) {
            search.set_value(&query.words);
        }
        self.query.set(query.clone());
    }
}

/// Writes the part of the URL after the path. A query replaces all of it, including the anchor.
fn write(url: &str, how: HistoryWrite) {
    let Ok(history) = dom::window().history() else { return };
    let url = url_without_empty_query(url, &dom::window().location().pathname().unwrap_or_default());
    // Browsers refuse too many writes; then the page shows the answer under the previous URL.
    let _ = match how {
        HistoryWrite::Push => history.push_state_with_url(&JsValue::NULL, "", Some(&url)),
        HistoryWrite::Replace => history.replace_state_with_url(&JsValue::NULL, "", Some(&url)),
    };
}

fn marked() -> Vec<HtmlElement> {
    dom::query_all(&["[", TARGET, "]"].concat())
}

/// Marks the element of the anchor and no other. CSS has `:target`, but `pushState` does not change it.
fn mark(element: Option<&Element>) {
    for marked in marked() {
        let _ = marked.remove_attribute(TARGET);
    }
    if let Some(element) = element {
        dom::set_attribute(element, TARGET, "");
    }
}
