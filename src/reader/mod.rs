//! The reader: the page's own script. Everything a browser is needed for, and nothing else.
//!
//! 1. `fetch` gets the notebook, `start` hands it to the views, which take over the nodes that stand
//!    there already;
//! 2. `address` is the one that reads and writes the URL;
//! 3. `listen` turns clicks and keys into questions and actions, `palette` those in the palette;
//! 4. `finder` gets the full-text search when it is first wanted;
//! 5. `later` is how anything waits;
//! 6. `folds`, `marks`, `theme` change what the views leave to the browser; `memory` keeps what is
//!    the reader's own.

mod address;
mod dom;
mod fetch;
mod finder;
mod folds;
mod later;
mod listen;
mod marks;
mod memory;
mod palette;
mod theme;

use leptos::mount::{hydrate_from, mount_to};
use leptos::prelude::*;
use notebook_core::notebook::Notebook;
use web_sys::HtmlElement;

use crate::view::{self, Loading, Page, ids};

/// Begins: shows how loading goes, listens, and asks for the notebook.
pub fn start() {
    console_error_panic_hook::set_once();
    theme::start();
    let loading = RwSignal::new_with_storage(Loading::Waiting);
    if let Some(place) = dom::by_id::<HtmlElement>(ids::STATUS) {
        mount_to(place, move || view::status(loading.into())).forget();
    }
    listen::for_retry(move || load(loading));
    load(loading);
}

/// Fetches the notebook and shows it, or says why not. What is on the page stays in either case.
fn load(loading: RwSignal<Loading>) {
    loading.set(Loading::Waiting);
    later::spawn(async move {
        match fetch::notebook().await {
            Ok((notebook, revision)) => {
                show(notebook, &revision);
                loading.set(Loading::Ready);
            }
            Err(failure) => loading.set(Loading::Failed(failure.to_string())),
        }
    });
}

/// Hands the notebook to the views, then asks what the URL asks.
fn show(notebook: Notebook, revision: &str) {
    let Some(root) = dom::by_id::<HtmlElement>(ids::ROOT) else { return };
    let typed = dom::search_box().map(|search| search.value()).unwrap_or_default();
    let query = RwSignal::new(notebook_core::Query::default());
    let search = RwSignal::new(view::Search::default());
    let shown = StoredValue::new(None);
    let build = move || {
        let Page { view, answer, index, palette } = view::page(&notebook, query.into(), search.into());
        shown.set_value(Some((answer, index, palette)));
        view
    };
    // Nodes of another build do not fit this notebook: then they are replaced.
    if root.get_attribute("data-revision").as_deref() == Some(revision) {
        hydrate_from(root, build).forget();
    } else {
        root.set_inner_html("");
        mount_to(root, build).forget();
    }
    let Some((answer, index, palette)) = shown.get_value() else { return };
    theme::show_choice();
    let address = address::start(query, &typed);
    folds::start(answer);
    marks::start(answer, index);
    listen::start(address, answer);
    finder::start(search, index, answer);
    palette::start(palette, address);
    address.arrive();
    let _ = dom::root().set_attribute("data-ready", "");
}
