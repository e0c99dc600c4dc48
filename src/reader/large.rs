//! A notebook that comes in parts: the page stands there without it, until its reader does something.

use leptos::prelude::*;
use notebook_core::query::Sort;
use notebook_core::search::{Damage, Index, Names, Outline};
use wasm_bindgen_futures::JsFuture;
use web_sys::HtmlElement;

use super::fetch::{self, Failure};
use super::later::{follow, on, spawn};
use super::{address, dom, lines, parts, place};
use crate::view::{self, Loading, ids};

/// What a reader does first.
const WISHES: [&str; 6] = ["pointerdown", "keydown", "focusin", "scroll", "wheel", "touchstart"];

/// Works at once where the URL asks something, else at the first sign of a reader; once.
pub(super) fn when_wanted(work: impl Fn() + Copy + 'static) {
    let here = dom::window().location();
    let asked = [here.search(), here.hash()].into_iter().flatten().any(|part| !part.is_empty());
    // What was done before the program was there counts too.
    let scrolled = dom::window().page_y_offset().is_ok_and(|offset| offset > 0.0);
    let typed = dom::search_box().is_some_and(|search| !search.value().is_empty());
    if asked || scrolled || typed {
        return work();
    }
    let wanted = StoredValue::new(false);
    for wish in WISHES {
        on(&dom::document(), wish, move |_| {
            if !wanted.get_value() {
                wanted.set_value(true);
                work();
            }
        });
    }
}

/// Fetches what is known of the notebook before its texts, and shows it, or says why not.
pub(super) fn load(loading: RwSignal<Loading>) {
    loading.set(Loading::Waiting);
    spawn(async move {
        match outline().await {
            Ok(outline) => {
                show(outline);
                loading.set(Loading::Ready);
            }
            Err(failure) => loading.set(Loading::Failed(failure.to_string())),
        }
    });
}

/// A file that the page's root names.
async fn named(attribute: &str) -> Result<Vec<u8>, Failure> {
    let root = dom::by_id::<HtmlElement>(ids::ROOT);
    let name = root.and_then(|root| root.get_attribute(attribute)).ok_or(Failure::Status(404))?;
    fetch::bytes(JsFuture::from(dom::window().fetch_with_str(&name)).await).await
}

async fn outline() -> Result<Outline, Failure> {
    Outline::from_bytes(&named("data-outline").await?).map_err(damaged)
}

fn damaged(damage: Damage) -> Failure {
    Failure::Damaged(damage.to_string())
}

fn show(outline: Outline) {
    let Some(root) = dom::by_id::<HtmlElement>(ids::ROOT) else { return };
    let Outline { title, catalog, headings, parts } = outline;
    let changed = RwSignal::new(0);
    let drawn = RwSignal::new(0);
    let build = move |query, search| {
        let index = StoredValue::new(Index::without_texts(catalog, headings));
        view::large(&title, index, query, search, changed.into(), drawn.into())
    };
    let scrolled = dom::window().page_y_offset().unwrap_or_default();
    let Some(shown) = place(root, false, build) else { return };
    parts::start(parts, shown.index);
    lines::start(shown, drawn);
    dom::scroll_by(scrolled - dom::window().page_y_offset().unwrap_or_default());
    follow(move || {
        let named = shown.answer.with(|answer| answer.has_words() || answer.sort == Sort::Title);
        if named || address::has_anchor() {
            want_names(shown.index, changed);
        }
    });
    on(&dom::document(), "focusin", move |_| want_names(shown.index, changed));
    shown.address.arrive();
    let _ = dom::root().set_attribute("data-ready", "");
}

/// Fetches what entries are called, once: a search shows names before the entries themselves have come.
fn want_names(index: StoredValue<Index>, changed: RwSignal<u32>) {
    thread_local! {
        static WANTED: std::cell::Cell<bool> = const { std::cell::Cell::new(false) };
    }
    if WANTED.replace(true) {
        return;
    }
    spawn(async move {
        let names = named("data-names").await;
        match names.and_then(|bytes| Names::from_bytes(&bytes).map_err(damaged)) {
            Ok(names) => {
                index.update_value(|index| index.names = names);
                changed.update(|times| *times += 1);
                address::arrive_late();
            }
            // Whatever needs a name next asks again.
            Err(_) => WANTED.set(false),
        }
    });
}
