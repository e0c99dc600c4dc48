//! The reader: the page's own script. Everything a browser is needed for, and nothing else.
//!
//! 1. `fetch` gets the outline: what a notebook is filtered and counted by. `place` hands it to the views, which
//!    take over the nodes that stand there already; the text is on the page, and `content` reads and hides it there;
//! 2. `address` is the one that reads and writes the URL;
//! 3. `listen` turns clicks and keys into questions and actions, `palette` those in the palette;
//! 4. `finder` gets the full-text search when it is first wanted;
//! 5. `large` is for a notebook that comes in parts: `parts` fetches them, `lines` shows those in sight;
//! 6. `later` is how anything waits;
//! 7. `cite` gets references when one is wanted, `preview` shows what a link inside the notebook leads to;
//! 8. `table` puts papers into a table;
//! 9. `folds`, `marks`, `theme` change what the views leave to the browser; `memory` keeps what is
//!    the reader's own.

mod address;
mod cite;
mod content;
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
mod preview;
mod table;
mod theme;

use leptos::mount::hydrate_from;
use leptos::prelude::*;
use notebook_core::Query;
use notebook_core::search::{Answer, Index, Outline};
use web_sys::HtmlElement;

use self::address::Address;
use crate::view::{self, Asked, Loading, Page, Search, ids, strings};

/// Begins: shows how loading goes, listens, and asks for the outline of the notebook.
pub fn start() {
    let load = |loading| load(loading, show);
    when_spoken(move || begin(load, load));
}

/// Begins with a notebook that comes in parts: nothing is asked for before a reader does something.
pub fn start_large() {
    let again = |loading| load(loading, large::show);
    let first = |loading| later::when_wanted(move || load(loading, large::show));
    when_spoken(move || begin(first, again));
}

/// Works once the page's program has the words of the page's language.
fn when_spoken(work: impl FnOnce() + 'static) {
    match fetch::words() {
        None => work(),
        Some(words) => later::spawn(async move {
            strings::speak(words.await);
            work();
        }),
    }
}

fn begin(load: fn(RwSignal<Loading>), again: fn(RwSignal<Loading>)) {
    // A panic is a mistake of ours, to be seen while we make it: what tells of it is 1 kB that no reader needs.
    #[cfg(debug_assertions)]
    console_error_panic_hook::set_once();
    theme::start();
    let loading = RwSignal::new_with_storage(Loading::Ready);
    if let Some(status) = dom::mount(ids::STATUS, move || view::status(loading.into())) {
        status.forget();
    }
    listen::for_retry(move || again(loading));
    load(loading);
}

/// Fetches the outline and shows the notebook, or says why not. What is on the page stays in either case.
fn load(loading: RwSignal<Loading>, show: fn(Outline)) {
    loading.set(Loading::Waiting);
    later::spawn(async move {
        match fetch::outline().await {
            Ok(outline) => {
                show(outline);
                loading.set(Loading::Ready);
            }
            Err(failure) => loading.set(failure.told()),
        }
    });
}

/// Takes over the page, then asks what the URL asks.
fn show(outline: Outline) {
    let Outline { title, catalog, headings, .. } = outline;
    let index = StoredValue::new(Index::without_texts(catalog, headings));
    // Before anything can ask for words.
    later::when_wanted(move || content::learn(index));
    let Some(shown) = place(index, move |asked| view::page(&title, asked)) else { return };
    // A task of its own: a slow phone hears its reader between two short ones.
    later::after(0, move || {
        content::start(shown.answer);
        cite::start(shown.answer, shown.index, content::number);
        table::start(shown, content::source());
        folds::start(shown.answer);
        marks::start(shown.answer, shown.index);
        preview::start(preview::on_page);
        shown.arrive();
    });
}

/// A page that is there, and hears its reader.
#[derive(Clone, Copy)]
struct Shown {
    answer: Memo<Answer>,
    index: StoredValue<Index>,
    address: Address,
}

impl Shown {
    /// Goes where the URL leads; from then on the page is ready.
    fn arrive(self) {
        self.address.arrive();
        let _ = dom::root().set_attribute("data-ready", "");
        // For those who measure how long that took.
        if let Some(clock) = dom::window().performance() {
            let _ = clock.mark("ready");
        }
    }
}

/// Lets the views take over the nodes that stand there, and listens.
fn place(index: StoredValue<Index>, build: impl FnOnce(Asked) -> Page + 'static) -> Option<Shown> {
    let root = dom::by_id::<HtmlElement>(ids::ROOT)?;
    let typed = dom::search_box().map(|search| search.value()).unwrap_or_default();
    let query = RwSignal::new(Query::default());
    let search = RwSignal::new(Search::default());
    let shown = StoredValue::new(None);
    let view = move || {
        let Page { view, answer, palette } =
            build(Asked { index, query: query.into(), search: search.into() });
        shown.set_value(Some((answer, palette)));
        view
    };
    hydrate_from(root, view).forget();
    let (answer, palette) = shown.get_value()?;
    theme::show_choice();
    let address = address::start(query, &typed);
    listen::start(address, answer);
    finder::start(search, index, answer);
    palette::start(palette, address);
    Some(Shown { answer, index, address })
}
