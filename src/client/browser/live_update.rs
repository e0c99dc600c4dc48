//! Another version of the notebook while the page is open, as in `notebook serve`: what changed is replaced in place.
//!
//! A script of the page names the new data files at the page's root, then sends [`CHANGED`]. When the files have arrived,
//! the client calls that script's function [`REPLACE`] with a function that shows them, or with `undefined` if they could not
//! be fetched, and with an element. On a page that has all entries the function renders them into the element, and the script
//! replaces those that have changed: only pages that are edited need that code.

use js_sys::Function;
use leptos::prelude::*;
use notebook_core::notebook::{LinkedEntry, entries_from_json};
use notebook_core::search::{Corpus, DataFileError, Outline, Titles};
use wasm_bindgen::prelude::*;
use web_sys::HtmlElement;

use super::app::App;
use super::entries::EntryRequests;
use super::fetch::{self, FetchError};
use super::scheduling::{on, once, spawn};
use super::{dom, entries, full_list, search, table, virtual_list};

/// The event of a page whose root names new data files.
const CHANGED: &str = "notebookchange";
/// The name of the function that replaces the notebook.
const REPLACE: &str = "notebookReplace";

/// A version of the notebook that has arrived, as far as the page needs it.
struct Version {
    outline: Outline,
    /// Titles and anchors of a large notebook.
    titles: Option<Titles>,
    /// Chunks with their numbers.
    chunks: Vec<(usize, Vec<LinkedEntry>)>,
}

/// Follows the notebook's changes.
pub(super) fn start(app: App) {
    on(&dom::document(), CHANGED, move |_| {
        spawn(async move {
            let function = dom::global(REPLACE).and_then(|function| function.dyn_into::<Function>().ok());
            let Some((function, content)) = function.zip(dom::create("div")) else { return };
            let show: JsValue = match fetch_version(app).await {
                Ok(version) => {
                    let content = content.clone();
                    once(Box::new(move || show(app, version, &content))).into()
                }
                // The script loads the page again, which shows the reason.
                Err(_) => JsValue::UNDEFINED,
            };
            let _ = function.call2(&JsValue::UNDEFINED, &show, &content);
        });
    });
}

/// Fetches a version, with the entries in view.
async fn fetch_version(app: App) -> Result<Version, FetchError> {
    let outline = fetch::outline().await?;
    let titles = if app.is_partial { Some(entries::fetch_titles().await?) } else { None };
    let mut needed: Vec<usize> = Vec::new();
    let in_view = if app.is_partial { virtual_list::entries_in_view(app) } else { vec![0] };
    for (chunk, _) in in_view.into_iter().filter_map(|entry| outline.chunks.of(entry)) {
        if !needed.contains(&chunk) {
            needed.push(chunk);
        }
    }
    let mut chunks = Vec::new();
    for chunk in needed {
        let name = outline.chunks.name(chunk).unwrap_or_default();
        let entries = entries_from_json(&fetch::file(name).await?);
        chunks.push((chunk, entries.map_err(|_| FetchError::Damaged(DataFileError::Corrupt))?));
    }
    Ok(Version { outline, titles, chunks })
}

/// Makes a version the current one. The content of a page that has all entries is rendered into `content`.
fn show(app: App, version: Version, content: &HtmlElement) {
    let Outline { catalog, headings, heading_forms, chunks, .. } = version.outline;
    let mut corpus = Corpus::without_texts(catalog, headings, heading_forms);
    corpus.titles = version.titles.unwrap_or_default();
    app.corpus.set_value(corpus);
    app.entries.set_value(EntryRequests::new(chunks));
    for (chunk, arrived) in version.chunks {
        entries::insert(app, chunk, arrived);
    }
    app.revision.update(|revision| *revision += 1);
    app.arrivals.update(|times| *times += 1);
    if app.is_partial {
        virtual_list::redraw(app);
    } else {
        full_list::render(app, content);
    }
    table::forget_papers(app);
    search::open_again(app);
}
