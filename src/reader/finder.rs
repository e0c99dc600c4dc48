//! Gets the full-text search when it is first wanted: a program of its own, and the index that it reads.

use js_sys::{Array, Function, Promise, Reflect, Uint8Array, Uint32Array};
use leptos::prelude::*;
use notebook_core::search::{Answer, Found, Index, read_note, texts};
use wasm_bindgen::JsCast;
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;
use web_sys::{Element, Event, HtmlElement};

use super::later::{follow, on, spawn};
use super::{dom, fetch};
use crate::view::{Action, Find, Search, ids, strings};

/// Why there is no full-text search, for the reader of the page.
enum Failure {
    /// The page does not say where the search is.
    Nowhere,
    /// The program did not come, or does not run.
    Program,
    /// The index did not come.
    Fetch,
    /// The index is not what it should be, in a sentence.
    Damaged(String),
}

impl Failure {
    /// How the page tells it.
    fn told(&self) -> String {
        match self {
            Self::Nowhere => strings::SEARCH_NOWHERE.into(),
            Self::Program => strings::SEARCH_NO_PROGRAM.into(),
            Self::Fetch => strings::SEARCH_NO_INDEX.into(),
            Self::Damaged(why) => strings::SEARCH_DAMAGED.with(&[why]),
        }
    }
}

/// Fetches the search once the box has the focus, or words are asked for.
pub(super) fn start(search: RwSignal<Search>, index: StoredValue<Index>, answer: Memo<Answer>) {
    let want = move || {
        if matches!(search.get_untracked(), Search::Unwanted | Search::Failed(_)) {
            load(search, index);
        }
    };
    on(&dom::document(), "focusin", move |event: &Event| {
        let target = event.target();
        if search.get_untracked() == Search::Unwanted
            && target.as_ref() == dom::search_box().as_deref().map(AsRef::as_ref)
        {
            want();
        }
    });
    on(&dom::document(), "click", move |event: &Event| {
        let target = event.target().and_then(|target| target.dyn_into::<Element>().ok());
        let act = target.and_then(|target| target.get_attribute(Action::ATTRIBUTE));
        if act.as_deref() == Some(Action::Search.name()) {
            want();
        }
    });
    follow(move || {
        if answer.with(Answer::has_words) && search.get_untracked() == Search::Unwanted {
            want();
        }
    });
}

fn load(search: RwSignal<Search>, index: StoredValue<Index>) {
    search.set(Search::Waiting);
    spawn(async move {
        let loaded = match get().await {
            // What is on the page can be read anew; that takes a moment where the notebook is large.
            Err(failure @ (Failure::Fetch | Failure::Damaged(_))) => {
                dom::say(&failure.told());
                index.with_value(|index| call("build", &texts(index).into()))
            }
            loaded => loaded,
        };
        search.set(match loaded {
            Ok(()) => Search::Ready(Find(find)),
            Err(failure) => Search::Failed(failure.told()),
        });
    });
}

/// Starts the program while the index comes, and opens that.
async fn get() -> Result<(), Failure> {
    let root = dom::by_id::<HtmlElement>(ids::ROOT).ok_or(Failure::Nowhere)?;
    let name = |attribute: &str| root.get_attribute(attribute).ok_or(Failure::Nowhere);
    let (program, data) = (name("data-finder")?, name("data-index")?);
    // A promise begins by itself, so both come at the same time.
    let bytes = fetch::begin(&data);
    start_program(&program).await.ok_or(Failure::Program)?;
    let bytes = fetch::bytes(bytes).await.map_err(|_| Failure::Fetch)?;
    call("open", &Uint8Array::from(bytes.as_slice()))
}

async fn start_program(name: &str) -> Option<JsValue> {
    let load: Function = dom::global("notebookLoad")?.dyn_into().ok()?;
    let started: Promise = load.call1(&JsValue::NULL, &name.into()).ok()?.dyn_into().ok()?;
    JsFuture::from(started).await.ok()
}

/// A function of the program.
fn function(name: &str) -> Option<Function> {
    Reflect::get(&dom::global("notebookFinder")?, &name.into()).ok()?.dyn_into().ok()
}

/// Calls a function that says what is wrong.
fn call(name: &str, with: &JsValue) -> Result<(), Failure> {
    let said = function(name).and_then(|function| function.call1(&JsValue::NULL, with).ok());
    match said.and_then(|said| said.as_string()) {
        Some(said) if said.is_empty() => Ok(()),
        Some(said) => Err(Failure::Damaged(said)),
        None => Err(Failure::Program),
    }
}

/// What the program finds.
fn find(words: &str) -> Option<Found> {
    let answer: Array = function("find")?.call1(&JsValue::NULL, &words.into()).ok()?.dyn_into().ok()?;
    let scores: Uint32Array = answer.get(0).dyn_into().ok()?;
    Some(read_note(&answer.get(1).as_string()?, scores.to_vec()))
}
