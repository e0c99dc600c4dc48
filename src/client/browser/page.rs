//! The start of the client: views adopt the prerendered page, or render one, and the page reacts to its reader.

use leptos::mount::hydrate_from;
use leptos::prelude::*;
use notebook_core::query::Sort;
use notebook_core::search::Outline;
use web_sys::HtmlElement;

use super::app::{self, App};
use super::scheduling::{after, effect, next_frame, on, on_first_interaction, spawn};
use super::{
    citations, color_scheme, dom, fetch, folds, full_list, highlight, input, link_preview, live_update,
    palette, search, table, virtual_list,
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
    color_scheme::start();
    let loading = RwSignal::new(LoadState::Ready);
    if let Some(status) = dom::mount(ids::STATUS, move || view::loading_status(loading.into())) {
        status.forget();
    }
    input::on_retry(move || load(loading));
    if app::is_page_partial() && is_prerendered() {
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

/// Returns true if the notebook is on the page before the client starts. Without it, the client renders all of the page.
fn is_prerendered() -> bool {
    dom::by_id::<HtmlElement>(ids::CONTENT).is_some()
}

/// Hydrates or renders the page, then asks the query in the URL.
fn show(outline: Outline, loading: RwSignal<LoadState>) {
    let (app, title) = App::new(outline, loading);
    let is_prerendered = is_prerendered();
    // Before hydration, which may ask for words.
    on_first_interaction(move || {
        if !app.is_partial {
            app.need_titles();
        }
    });
    if !mount(app, title, is_prerendered) {
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
    if is_prerendered || app.is_partial {
        // In a task of its own: between two short ones a slow phone reacts to its reader.
        after(0, move || start_parts(app));
    } else {
        render_content(app);
    }
}

/// Renders the entries when they have arrived.
fn render_content(app: App) {
    app.need_titles();
    let has_started = StoredValue::new(false);
    effect(move || {
        app.arrivals.track();
        let has_arrived = app.corpus.with_value(|corpus| corpus.titles.len() == corpus.catalog.len());
        if has_arrived
            && !has_started.get_value()
            && let Some(content) = dom::by_id::<HtmlElement>(ids::CONTENT)
        {
            has_started.set_value(true);
            full_list::render(app, &content);
            // Outside of this effect, which would stop those that it starts.
            after(0, move || start_parts(app));
        }
    });
}

/// Starts everything that works on the entries of the page.
fn start_parts(app: App) {
    on(&dom::document(), "click", move |event| {
        if let Some(section) = folds::store_click(app, event) {
            next_frame(move || virtual_list::refold(app, &section));
        }
    });
    folds::start(app);
    if app.is_partial {
        virtual_list::start(app);
    } else {
        full_list::start(app);
        highlight::start(app);
    }
    citations::start(app);
    table::start(app);
    link_preview::start(app);
    live_update::start(app);
    app.go_to_anchor();
    mark_ready();
}

/// Makes views follow the state, on the page as it is or on a new one. Returns false if the page has no root.
fn mount(app: App, title: String, is_prerendered: bool) -> bool {
    let Some(root) = dom::by_id::<HtmlElement>(ids::ROOT) else { return false };
    // Hydration resets the search box.
    let typed = dom::search_box().map(|search| search.value()).unwrap_or_default();
    let content =
        if app.is_partial { PageContent::VirtualList(app.drawn.into()) } else { PageContent::Complete };
    let page = move || view::client_page(&title, app.page, content, is_prerendered);
    if is_prerendered {
        hydrate_from(root, page).forget();
    } else {
        dom::mount_view(root, Box::new(page)).forget();
    }
    color_scheme::show_choice();
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
