//! The reader: the page's own script. Everything a browser is needed for, and nothing else.
//!
//! 1. `fetch` gets the notebook, `start` hands it to the views, which take over the nodes that stand
//!    there already;
//! 2. `address` is the one that reads and writes the URL;
//! 3. `listen` turns clicks and keys into questions and actions, `palette` those in the palette;
//! 4. `finder` gets the full-text search when it is first wanted;
//! 5. `large` does the same for a notebook that comes in parts: `parts` fetches them, `lines` shows those in sight;
//! 6. `later` is how anything waits;
//! 7. `folds`, `marks`, `theme` change what the views leave to the browser; `memory` keeps what is
//!    the reader's own.

mod address;
mod dom;
mod fetch;
mod finder;
mod folds;
mod large;
mod later;
mod lines;
mod listen;
mod marks;
mod memory;
mod palette;
mod parts;
mod theme;

use leptos::mount::{hydrate_from, mount_to};
use leptos::prelude::*;
use notebook_core::Query;
use notebook_core::notebook::Notebook;
use notebook_core::search::{Answer, Index};
use web_sys::HtmlElement;

use self::address::Address;
use crate::view::{self, Loading, Page, Search, ids};

/// Begins: shows how loading goes, listens, and asks for the notebook.
pub fn start() {
    begin(load);
}

/// Begins with a notebook that comes in parts: nothing is asked for before a reader does something.
pub fn start_large() {
    begin(|loading| large::when_wanted(move || large::load(loading)));
}

fn begin(load: fn(RwSignal<Loading>)) {
    // A panic is a mistake of ours, to be seen while we make it: what tells of it is 1 kB that no reader needs.
    #[cfg(debug_assertions)]
    console_error_panic_hook::set_once();
    theme::start();
    let loading = RwSignal::new_with_storage(Loading::Ready);
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
    // Nodes of another build do not fit this notebook: then they are replaced.
    let takes_over = root.get_attribute("data-revision").as_deref() == Some(revision);
    let build = move |query, search| view::page(&notebook, query, search);
    let Some(shown) = place(root, takes_over, build) else { return };
    folds::start(shown.answer);
    marks::start(shown.answer, shown.index);
    shown.address.arrive();
    let _ = dom::root().set_attribute("data-ready", "");
}

/// A page that is there, and hears its reader.
#[derive(Clone, Copy)]
struct Shown {
    answer: Memo<Answer>,
    index: StoredValue<Index>,
    address: Address,
}

/// Puts a page in its place, over the nodes that stand there or instead of them, and listens.
fn place(
    root: HtmlElement,
    takes_over: bool,
    build: impl FnOnce(Signal<Query>, Signal<Search>) -> Page + 'static,
) -> Option<Shown> {
    let typed = dom::search_box().map(|search| search.value()).unwrap_or_default();
    let query = RwSignal::new(Query::default());
    let search = RwSignal::new(Search::default());
    let shown = StoredValue::new(None);
    let view = move || {
        let Page { view, answer, index, palette } = build(query.into(), search.into());
        shown.set_value(Some((answer, index, palette)));
        view
    };
    if takes_over {
        hydrate_from(root, view).forget();
    } else {
        root.set_inner_html("");
        mount_to(root, view).forget();
    }
    let (answer, index, palette) = shown.get_value()?;
    theme::show_choice();
    let address = address::start(query, &typed);
    listen::start(address, answer);
    finder::start(search, index, answer);
    palette::start(palette, address);
    Some(Shown { answer, index, address })
}
