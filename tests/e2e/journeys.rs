//! Journeys of a reader through the built notebook, each in every engine: reading and filtering here, the others in
//! modules named for what they test.
//!
//! A journey is an `async fn` that takes a [`Page`] and uses its verbs; its name is on the list at the end of `main.rs`. It
//! starts in a new tab, and its site has an origin of its own, so nothing is stored yet; it may give the site a fault
//! (`page.site.set_fault("/icon.svg", Fault::Status(404))`). Verbs wait, so a journey never sleeps. Prefer selectors
//! that a reader would understand (`Text`, `Role`) to `Css`.

pub(crate) mod accessibility_tree;
pub(crate) mod accessible;
pub(crate) mod appearance;
pub(crate) mod cite;
pub(crate) mod faults;
pub(crate) mod hostile;
pub(crate) mod languages;
pub(crate) mod large;
pub(crate) mod live_reload;
pub(crate) mod map;
pub(crate) mod memory;
pub(crate) mod offline;
pub(crate) mod palette;
pub(crate) mod paper_table;
pub(crate) mod path;
pub(crate) mod pictures;
pub(crate) mod related;
pub(crate) mod search;
pub(crate) mod single;
pub(crate) mod studio;
pub(crate) mod studio_files;
pub(crate) mod typeset;
pub(crate) mod user_preferences;

use crate::page::{Css, Page, Text};
use crate::problem::Outcome;
use crate::site::Fault;

const MI: &str = "?category=mechanistic-interpretability";
const BOTH: &str = "?category=mechanistic-interpretability&category=practical-applications-of-transformers";

async fn start(page: &Page, path: &str) -> Outcome {
    page.open(path).await?;
    page.wait_ready().await
}

/// Returns the path of the outline, which the client fetches first.
async fn outline(page: &Page) -> Outcome<String> {
    page.open("/").await?;
    let name = page.evaluate("return '/' + document.getElementById('_notebook').dataset.outline").await?;
    Ok(name.as_str().unwrap_or_default().to_owned())
}

async fn papers(page: &Page, count: usize) -> Outcome {
    page.wait_count(Css("article.paper"), count).await
}

/// Waits until a word is highlighted on the page.
async fn marked(page: &Page, word: &str) -> Outcome {
    let script = format!(
        "return [...(CSS.highlights.get('found') ?? [])].some(r => r.toString().toLowerCase() === '{word}')"
    );
    page.wait_true(&format!("a mark on {word:?}"), &script).await
}

/// Clicks a facet value in the sidebar, which wide windows always show.
async fn choose(page: &Page, name: &str) -> Outcome {
    page.click(Css(&format!(".facet a[href*='{name}']"))).await
}

pub(crate) async fn shows_the_page(page: &Page) -> Outcome {
    page.open("/").await?;
    assert_eq!(page.text_of(Css("h1")).await?, "Notebook");
    page.wait_ready().await?;
    page.wait_text("Observation 4:").await?;
    papers(page, 7).await?;
    page.screenshot("first").await
}

pub(crate) async fn hydrates_the_prerendered_nodes(page: &Page) -> Outcome {
    // Without the outline, the nodes can be recorded before the client hydrates them.
    let outline = outline(page).await?;
    page.site.set_fault(&outline, Fault::Status(503));
    page.open("/").await?;
    page.wait_text("Try again").await?;
    page.evaluate("window.before = [...document.querySelectorAll('article, section, h1, main')]").await?;
    page.site.clear_fault(&outline);
    page.click(Text("Try again")).await?;
    page.wait_ready().await?;
    page.wait_no_text("Try again").await?;
    let kept = "return window.before.length > 10 && window.before.every(node => node.isConnected)";
    assert_eq!(page.evaluate(kept).await?, true, "the nodes were made anew");
    Ok(())
}

pub(crate) async fn filters_by_two_categories(page: &Page) -> Outcome {
    start(page, "/").await?;
    choose(page, "mechanistic").await?;
    papers(page, 1).await?;
    page.wait_url(&format!("/{MI}")).await?;
    page.wait_hidden(Text("Attention is all you need")).await?;
    choose(page, "practical").await?;
    papers(page, 4).await?;
    page.wait_url(&format!("/{BOTH}")).await?;
    page.wait_text("4 of 7 papers").await?;
    page.screenshot("filtered").await?;
    page.back().await?;
    papers(page, 1).await?;
    page.back().await?;
    papers(page, 7).await?;
    page.forward().await?;
    papers(page, 1).await
}

pub(crate) async fn restores_its_state_from_the_url(page: &Page) -> Outcome {
    start(page, &format!("/{BOTH}&q=camera")).await?;
    papers(page, 2).await?;
    assert_eq!(page.evaluate("return document.getElementById('_search').value").await?, "camera");
    page.reload().await?;
    page.wait_ready().await?;
    papers(page, 2).await?;
    page.click(Css(".chip[aria-label*='camera']")).await?;
    papers(page, 4).await?;
    page.click(Css(".chips .clear")).await?;
    papers(page, 7).await?;
    page.wait_url("/").await
}

pub(crate) async fn opens_a_closed_fold_for_a_deep_link(page: &Page) -> Outcome {
    start(page, "/").await?;
    page.choose_in_menu(Text("Collapse all")).await?;
    papers(page, 0).await?;
    page.open("/#vision-transformers-origin").await?;
    page.reload().await?;
    page.wait_ready().await?;
    page.wait_visible(Css("#vision-transformers-origin[data-target]")).await?;
    page.wait_true(
        "the paper to be in sight",
        "const box = document.getElementById('vision-transformers-origin').getBoundingClientRect();
         return box.top >= 0 && box.top < innerHeight",
    )
    .await?;
    // A fold that a link opened is not remembered as open.
    page.open("/").await?;
    page.wait_ready().await?;
    papers(page, 0).await
}

pub(crate) async fn finds_and_highlights_text(page: &Page) -> Outcome {
    start(page, "/").await?;
    page.choose_in_menu(Text("Collapse all")).await?;
    page.fill(Css("#_search"), "autoencoder").await?;
    page.wait_url("/?q=autoencoder").await?;
    page.wait_visible(Css("#variational-auto-encoder")).await?;
    page.wait_hidden(Css("#attention-is-all-you-need")).await?;
    // Letters arrive one by one; only the last answer is checked.
    page.wait_true(
        "every mark to be the whole word",
        "const found = [...(CSS.highlights.get('found') ?? [])].map(r => r.toString().toLowerCase().replace('-', ''));
         return found.length > 3 && found.every(word => word.startsWith('autoencoder'))",
    )
    .await?;
    page.screenshot("found").await?;
    // Folds that the search opened close again.
    page.press("Escape").await?;
    page.wait_url("/").await?;
    papers(page, 0).await
}

pub(crate) async fn searches_in_one_field(page: &Page) -> Outcome {
    start(page, "/").await?;
    page.fill(Css("#_search"), "transformer -title:vision").await?;
    page.wait_visible(Css("#attention-is-all-you-need")).await?;
    page.wait_hidden(Css("#vision-transformers-origin")).await?;
    page.fill(Css("#_search"), "year:2020..2021").await?;
    page.wait_visible(Css("#vision-transformers-origin")).await?;
    page.wait_hidden(Css("#attention-is-all-you-need")).await?;
    // A label of notes is a facet value.
    start(page, "/?label=proposal").await?;
    page.wait_text("Notes on: Proposal").await?;
    page.screenshot("label").await
}

pub(crate) async fn suggests_a_filter_to_remove(page: &Page) -> Outcome {
    start(page, "/?access=paywalled&year=2017").await?;
    papers(page, 0).await?;
    page.wait_text("No results.").await?;
    page.screenshot("nothing").await?;
    page.click(Text("Remove Year: 2017 to see 1 paper")).await?;
    papers(page, 1).await
}

pub(crate) async fn works_by_keyboard_alone(page: &Page) -> Outcome {
    start(page, "/").await?;
    page.press("/").await?;
    page.wait_focus(Css("#_search")).await?;
    page.type_text("fixmatch").await?;
    papers(page, 1).await?;
    page.press("ArrowDown").await?;
    page.wait_focus(Css(".results a")).await?;
    page.press("j").await?;
    page.wait_focus(Css("article.paper")).await?;
    page.press("Escape").await?;
    papers(page, 7).await?;
    page.press("j").await?;
    page.wait_focus(Css("#towards-an-iot-based-deep-learning-architecture-for-camera-trap-image")).await?;
    page.press("k").await?;
    page.press("?").await?;
    page.wait_visible(Css("dialog[open]")).await?;
    page.screenshot("keys").await?;
    page.press("Escape").await?;
    page.wait_hidden(Css("dialog")).await
}

pub(crate) async fn leads_back_to_the_entry_by_its_share_link(page: &Page) -> Outcome {
    start(page, "/?category=mechanistic-interpretability").await?;
    page.click(Css("#variational-sparse-coding .share")).await?;
    page.wait_url(&format!("/{MI}#variational-sparse-coding")).await?;
    // A link to an entry that the query hides clears the query.
    page.open(&format!("/{MI}#attention-is-all-you-need")).await?;
    page.reload().await?;
    page.wait_ready().await?;
    page.wait_visible(Css("#attention-is-all-you-need[data-target]")).await
}

pub(crate) async fn remembers_the_theme(page: &Page) -> Outcome {
    start(page, "/").await?;
    page.choose_in_menu(Css(".theme label:last-child")).await?;
    page.wait_true("a dark page", "return document.documentElement.dataset.theme === 'dark'").await?;
    page.reload().await?;
    page.wait_true("a dark page", "return document.documentElement.dataset.theme === 'dark'").await?;
    page.wait_ready().await?;
    page.screenshot("dark").await?;
    assert_eq!(page.evaluate("return document.querySelector('.theme input:checked').value").await?, "dark");
    Ok(())
}

pub(crate) async fn reserves_room_for_a_picture_and_enlarges_it(page: &Page) -> Outcome {
    start(page, "/").await?;
    let sized = "const image = document.querySelector('main img'); return image.width > 0 && image.hasAttribute('height')";
    assert_eq!(page.evaluate(sized).await?, true, "room for the picture");
    page.click(Css("main .enlarge")).await?;
    page.wait_visible(Css("#_image img")).await?;
    page.screenshot("picture").await?;
    page.press("Escape").await?;
    page.wait_hidden(Css("#_image")).await?;
    page.wait_focus(Css("main .enlarge")).await
}

pub(crate) async fn fits_a_narrow_window(page: &Page) -> Outcome {
    page.open_narrow("/", 320, 700).await?;
    page.wait_true(
        "the page to fit 320 px",
        "const page = document.querySelector('iframe').contentDocument;
         return 'ready' in page.documentElement.dataset && page.documentElement.scrollWidth <= 320",
    )
    .await?;
    page.screenshot("narrow").await
}
