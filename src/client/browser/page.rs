//! The start of the client: views adopt the prerendered page, and the page reacts to its reader.

use leptos::mount::hydrate_from;
use leptos::prelude::*;
use notebook_core::query::Sort;
use notebook_core::search::Outline;
use web_sys::HtmlElement;

use super::app::{self, App};
use super::scheduling::{after, effect, on, on_first_interaction, spawn};
use super::{
    citations, dom, fetch, folds, highlight, input, link_preview, palette, prerendered_list, search, table,
    theme, virtual_list,
};
use crate::view::{self, LoadState, PageContent, ids, strings};

/// Starts the client, after the words of the page's language have arrived.
pub fn start() {
    match fetch::translations() {
        None => begin(),
        Some(words) => spawn(async move {
            strings::set_translation(words.await);
            begin();
        }),
    }
}

/// Shows the state of loading and starts it. A page with the first entries alone fetches nothing before the first
/// interaction.
fn begin() {
    // In release builds the hook would be 1 kB that only helps us.
    #[cfg(debug_assertions)]
    console_error_panic_hook::set_once();
    theme::start();
    let loading = RwSignal::new(LoadState::Ready);
    if let Some(status) = dom::mount(ids::STATUS, move || view::loading_status(loading.into())) {
        status.forget();
    }
    input::on_retry(move || load(loading));
    if app::is_page_partial() {
        on_first_interaction(move || load(loading));
    } else {
        load(loading);
    }
}

/// Fetches the outline and shows the notebook, or the error. The prerendered page stays in either case.
fn load(loading: RwSignal<LoadState>) {
    loading.set(LoadState::Loading);
    spawn(async move {
        match fetch::outline().await {
            Ok(outline) => {
                loading.set(LoadState::Ready);
                show(outline, loading);
            }
            Err(error) => loading.set(error.to_loading()),
        }
    });
}

/// Hydrates the page, then asks the query in the URL.
fn show(outline: Outline, loading: RwSignal<LoadState>) {
    let (app, title) = App::new(outline, loading);
    // Before hydration, which may ask for words.
    on_first_interaction(move || {
        if !app.is_partial {
            app.need_titles();
        }
    });
    if !hydrate(app, title) {
        return;
    }
    effect(move || {
        let needs_titles = app.query.with(|query| {
            !query.words.is_empty() || query.sort == Some(Sort::Title) || query.layout.is_compare()
        });
        if needs_titles || app.has_anchor() {
            app.need_titles();
        }
    });
    on(&dom::document(), "focusin", move |_| app.need_titles());
    // In a task of its own: between two short ones a slow phone reacts to its reader.
    after(0, move || {
        folds::start(app);
        if app.is_partial {
            virtual_list::start(app);
        } else {
            prerendered_list::start(app);
            highlight::start(app);
        }
        citations::start(app);
        table::start(app);
        link_preview::start(app);
        app.go_to_anchor();
        mark_ready();
    });
}

/// Makes views follow the state on the page as it is. Returns false if the page has no root.
fn hydrate(app: App, title: String) -> bool {
    let Some(root) = dom::by_id::<HtmlElement>(ids::ROOT) else { return false };
    // Hydration resets the search box.
    let typed = dom::search_box().map(|search| search.value()).unwrap_or_default();
    let content =
        if app.is_partial { PageContent::VirtualList(app.drawn.into()) } else { PageContent::Complete };
    hydrate_from(root, move || view::hydrated_page(&title, app.page, content)).forget();
    theme::show_choice();
    app.follow_url(&typed);
    input::start(app);
    search::start(app);
    palette::start(app);
    true
}

/// Marks the page as ready for tests and measurements.
fn mark_ready() {
    dom::set_attribute(&dom::root(), "data-ready", "");
    if let Some(clock) = dom::window().performance() {
        let _ = clock.mark("ready");
    }
}
