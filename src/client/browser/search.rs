//! The full-text search: a program of its own and its index, both fetched when a reader first searches.

use js_sys::{Array, Function, Promise, Reflect, Uint8Array, Uint32Array};
use leptos::prelude::*;
use notebook_core::search::{SearchResult, decode_summary, export_texts};
use wasm_bindgen::JsCast;
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;
use web_sys::{Element, Event};

use super::app::App;
use super::scheduling::{effect, on, spawn};
use super::{dom, fetch};
use crate::view::{Action, SearchFn, SearchState, strings};

/// The attribute with the name of the search program.
const PROGRAM: &str = "data-search-program";
/// The attribute with the name of the index.
const INDEX: &str = "data-index";

/// An error while the full-text search is loaded.
enum SearchError {
    /// The page does not name program or index.
    Unnamed,
    /// The program could not be fetched or started.
    Program,
    /// The index could not be fetched.
    Index,
    /// The index is damaged.
    Damaged,
}

impl SearchError {
    fn message(&self) -> &'static str {
        let message = match self {
            Self::Unnamed => strings::SEARCH_MISSING,
            Self::Program => strings::SEARCH_NOT_LOADED,
            Self::Index => strings::SEARCH_INDEX_NOT_LOADED,
            Self::Damaged => strings::SEARCH_INDEX_DAMAGED,
        };
        message.text()
    }
}

/// Loads the search when its box is focused or the query has words, and again at a click on the button for that.
pub(super) fn start(app: App) {
    let load_first = move || {
        if app.search.with_untracked(|search| *search == SearchState::NotRequested) {
            load(app);
        }
    };
    on(&dom::document(), "focusin", move |event: &Event| {
        if event.target().as_ref() == dom::search_box().as_deref().map(AsRef::as_ref) {
            load_first();
        }
    });
    on(&dom::document(), "click", move |event: &Event| {
        let action = dom::target::<Element>(event).and_then(|target| target.get_attribute(Action::ATTRIBUTE));
        if action.as_deref() == Some(Action::RetrySearch.name())
            && matches!(app.search.get_untracked(), SearchState::NotRequested | SearchState::Failed(_))
        {
            load(app);
        }
    });
    effect(move || {
        if app.query.with(|query| !query.words.is_empty()) {
            load_first();
        }
    });
}

/// Opens the index of another version of the notebook, if that of the one before was opened.
pub(super) fn open_again(app: App) {
    if app.search.with_untracked(|search| *search != SearchState::NotRequested) {
        load(app);
    }
}

fn load(app: App) {
    app.search.set(SearchState::Loading);
    spawn(async move {
        match open_index().await {
            // The index can be rebuilt from the texts, which takes a moment for a large notebook.
            Err(error @ (SearchError::Index | SearchError::Damaged)) => {
                dom::announce(error.message());
                build_index(app);
            }
            loaded => set_loaded(app, loaded),
        }
    });
}

fn set_loaded(app: App, loaded: Result<(), SearchError>) {
    app.search.set(match loaded {
        Ok(()) => SearchState::Ready(SearchFn(find)),
        Err(error) => SearchState::Failed(error.message().to_owned()),
    });
}

/// Builds the index from the texts of the entries, once they have arrived.
fn build_index(app: App) {
    app.need_titles();
    effect(move || {
        app.arrivals.track();
        if app.has_titles() && app.search.with_untracked(|search| *search == SearchState::Loading) {
            set_loaded(app, app.corpus.with_value(|corpus| call("build", &export_texts(corpus).into())));
        }
    });
}

/// Starts the program and opens the index, which are fetched at the same time.
async fn open_index() -> Result<(), SearchError> {
    let name = |attribute| dom::page_attribute(attribute).ok_or(SearchError::Unnamed);
    let (program, index) = (name(PROGRAM)?, name(INDEX)?);
    let index = fetch::request(&index);
    start_program(&program).await.ok_or(SearchError::Program)?;
    let bytes = fetch::bytes(index).await.map_err(|_| SearchError::Index)?;
    call("open", &Uint8Array::from(bytes.as_slice()))
}

/// Starts a program by a function of the page's script, which knows its digest.
async fn start_program(name: &str) -> Option<JsValue> {
    let load: Function = dom::global("notebookLoad")?.dyn_into().ok()?;
    let started: Promise = load.call1(&JsValue::NULL, &name.into()).ok()?.dyn_into().ok()?;
    JsFuture::from(started).await.ok()
}

/// Returns a function of the search program.
fn function(name: &str) -> Option<Function> {
    Reflect::get(&dom::global("notebookSearch")?, &name.into()).ok()?.dyn_into().ok()
}

/// Calls a function of the search program that returns an error message, empty on success.
fn call(name: &str, argument: &JsValue) -> Result<(), SearchError> {
    let message = function(name).and_then(|function| function.call1(&JsValue::NULL, argument).ok());
    match message.and_then(|message| message.as_string()) {
        Some(message) if message.is_empty() => Ok(()),
        Some(_) => Err(SearchError::Damaged),
        None => Err(SearchError::Program),
    }
}

/// Searches for words with the search program.
fn find(words: &str) -> Option<SearchResult> {
    let result: Array = function("find")?.call1(&JsValue::NULL, &words.into()).ok()?.dyn_into().ok()?;
    let scores: Uint32Array = result.get(0).dyn_into().ok()?;
    Some(decode_summary(&result.get(1).as_string()?, scores.to_vec()))
}
