//! The journeys of a reader through the built notebook, each walked in every engine: reading and filtering here,
//! what is found in `search`, what Ctrl+K opens in `palette`.
//!
//! To write one: an `async fn` that takes a [`Page`] and speaks in its verbs, then its name on the list at the end of
//! `main.rs`. It begins with `page.open(...)`, in a browser that knows nothing yet, on a site of its own that
//! it may break (`page.site.break_path("/icon.svg", Fault::Status(404))`). Verbs wait by themselves, so there is nothing
//! to sleep for; look for what a reader would look for (`Text`, `Role`) before falling back on `Css`.

pub(crate) mod accessible;
pub(crate) mod adapted;
pub(crate) mod cite;
pub(crate) mod faults;
pub(crate) mod hostile;
pub(crate) mod languages;
pub(crate) mod large;
pub(crate) mod map;
pub(crate) mod matrix;
pub(crate) mod memory;
pub(crate) mod offline;
pub(crate) mod palette;
pub(crate) mod path;
pub(crate) mod related;
pub(crate) mod search;
pub(crate) mod spoken;
pub(crate) mod typeset;

use crate::page::{Css, Page, Text};
use crate::problem::Outcome;
use crate::site::Fault;

const MI: &str = "?category=mechanistic-interpretability";
const BOTH: &str = "?category=mechanistic-interpretability&category=practical-applications-of-transformers";

async fn start(page: &Page, path: &str) -> Outcome {
    page.open(path).await?;
    page.wait_ready().await
}

/// The path of what the program fetches first.
async fn outline(page: &Page) -> Outcome<String> {
    page.open("/").await?;
    let name = page.ask("return '/' + document.getElementById('_notebook').dataset.outline").await?;
    Ok(name.as_str().unwrap_or_default().to_owned())
}

async fn papers(page: &Page, count: usize) -> Outcome {
    page.wait_count(Css("article.paper"), count).await
}

/// Waits until a word is marked where it stands.
async fn marked(page: &Page, word: &str) -> Outcome {
    let script = format!(
        "return [...(CSS.highlights.get('found') ?? [])].some(r => r.toString().toLowerCase() === '{word}')"
    );
    page.wait_true(&format!("a mark on {word:?}"), &script).await
}

/// Clicks a value in the side, which wide windows always show.
async fn choose(page: &Page, name: &str) -> Outcome {
    page.click(Css(&format!(".facet a[href*='{name}']"))).await
}

pub(crate) async fn page_is_there(page: &Page) -> Outcome {
    page.open("/").await?;
    assert_eq!(page.words_of(Css("h1")).await?, "Notebook");
    page.wait_ready().await?;
    page.see("Observation 4:").await?;
    papers(page, 7).await?;
    page.screenshot("first").await
}

pub(crate) async fn the_program_takes_over_the_nodes_that_stand_there(page: &Page) -> Outcome {
    // The data is late, so that the nodes can be remembered before the program has it.
    let outline = outline(page).await?;
    page.site.break_path(&outline, Fault::Status(503));
    page.open("/").await?;
    page.see("Try again").await?;
    page.ask("window.before = [...document.querySelectorAll('article, section, h1, main')]").await?;
    page.site.mend(&outline);
    page.click(Text("Try again")).await?;
    page.wait_ready().await?;
    page.not_see("Try again").await?;
    let kept = "return window.before.length > 10 && window.before.every(node => node.isConnected)";
    assert_eq!(page.ask(kept).await?, true, "the nodes were made anew");
    Ok(())
}

pub(crate) async fn filter_by_two_categories(page: &Page) -> Outcome {
    start(page, "/").await?;
    choose(page, "mechanistic").await?;
    papers(page, 1).await?;
    page.wait_url(&format!("/{MI}")).await?;
    page.hidden(Text("Attention is all you need")).await?;
    choose(page, "practical").await?;
    papers(page, 4).await?;
    page.wait_url(&format!("/{BOTH}")).await?;
    page.see("4 of 7 papers").await?;
    page.screenshot("filtered").await?;
    page.back().await?;
    papers(page, 1).await?;
    page.back().await?;
    papers(page, 7).await?;
    page.forward().await?;
    papers(page, 1).await
}

pub(crate) async fn the_url_is_the_state(page: &Page) -> Outcome {
    start(page, &format!("/{BOTH}&q=camera")).await?;
    papers(page, 2).await?;
    assert_eq!(page.ask("return document.getElementById('_search').value").await?, "camera");
    page.reload().await?;
    page.wait_ready().await?;
    papers(page, 2).await?;
    page.click(Css(".chip[aria-label*='camera']")).await?;
    papers(page, 4).await?;
    page.click(Css(".chips .clear")).await?;
    papers(page, 7).await?;
    page.wait_url("/").await
}

pub(crate) async fn a_deep_link_opens_a_closed_fold(page: &Page) -> Outcome {
    start(page, "/").await?;
    page.click(Text("Collapse all")).await?;
    papers(page, 0).await?;
    page.open("/#vision-transformers-origin").await?;
    page.reload().await?;
    page.wait_ready().await?;
    page.shown(Css("#vision-transformers-origin[data-here]")).await?;
    page.wait_true(
        "the paper to be in sight",
        "const box = document.getElementById('vision-transformers-origin').getBoundingClientRect();
         return box.top >= 0 && box.top < innerHeight",
    )
    .await?;
    // What a link opened is not what the reader opened: another visit finds it closed.
    page.open("/").await?;
    page.wait_ready().await?;
    papers(page, 0).await
}

pub(crate) async fn text_is_found_and_marked(page: &Page) -> Outcome {
    start(page, "/").await?;
    page.click(Text("Collapse all")).await?;
    page.fill(Css("#_search"), "autoencoder").await?;
    page.wait_url("/?q=autoencoder").await?;
    page.shown(Css("#variational-auto-encoder")).await?;
    page.hidden(Css("#attention-is-all-you-need")).await?;
    // Letters arrive one by one: the last answer is the one that counts.
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

pub(crate) async fn words_say_where_they_stand(page: &Page) -> Outcome {
    start(page, "/").await?;
    page.fill(Css("#_search"), "transformer -title:vision").await?;
    page.shown(Css("#attention-is-all-you-need")).await?;
    page.hidden(Css("#vision-transformers-origin")).await?;
    page.fill(Css("#_search"), "year:2020..2021").await?;
    page.shown(Css("#vision-transformers-origin")).await?;
    page.hidden(Css("#attention-is-all-you-need")).await?;
    // A label that notes have is a filter like others.
    start(page, "/?label=proposal").await?;
    page.see("Notes with: Proposal").await?;
    page.screenshot("label").await
}

pub(crate) async fn nothing_found_says_which_filter_to_drop(page: &Page) -> Outcome {
    start(page, "/?access=paywalled&year=2017").await?;
    papers(page, 0).await?;
    page.see("Nothing matches.").await?;
    page.screenshot("nothing").await?;
    page.click(Text("Drop Year: 2017 to see 1 paper")).await?;
    papers(page, 1).await
}

pub(crate) async fn by_keyboard_alone(page: &Page) -> Outcome {
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
    page.shown(Css("dialog[open]")).await?;
    page.screenshot("keys").await?;
    page.press("Escape").await?;
    page.hidden(Css("dialog")).await
}

pub(crate) async fn a_share_link_leads_back_to_the_entry(page: &Page) -> Outcome {
    start(page, "/?category=mechanistic-interpretability").await?;
    page.click(Css("#variational-sparse-coding .share")).await?;
    page.wait_url(&format!("/{MI}#variational-sparse-coding")).await?;
    // An entry that the question hides was asked for by name: the question gives way.
    page.open(&format!("/{MI}#attention-is-all-you-need")).await?;
    page.reload().await?;
    page.wait_ready().await?;
    page.shown(Css("#attention-is-all-you-need[data-here]")).await
}

pub(crate) async fn a_theme_is_kept(page: &Page) -> Outcome {
    start(page, "/").await?;
    page.click(Css(".theme label:last-child")).await?;
    page.wait_true("a dark page", "return document.documentElement.dataset.theme === 'dark'").await?;
    page.reload().await?;
    page.wait_true("a dark page", "return document.documentElement.dataset.theme === 'dark'").await?;
    page.wait_ready().await?;
    page.screenshot("dark").await?;
    assert_eq!(page.ask("return document.querySelector('.theme input:checked').value").await?, "dark");
    Ok(())
}

pub(crate) async fn a_picture_keeps_its_room_and_can_be_enlarged(page: &Page) -> Outcome {
    start(page, "/").await?;
    let sized = "const image = document.querySelector('main img'); return image.width > 0 && image.hasAttribute('height')";
    assert_eq!(page.ask(sized).await?, true, "room for the picture");
    page.click(Css("main .enlarge")).await?;
    page.shown(Css("#_picture img")).await?;
    page.screenshot("picture").await?;
    page.press("Escape").await?;
    page.hidden(Css("#_picture")).await?;
    page.wait_focus(Css("main .enlarge")).await
}

pub(crate) async fn nothing_overflows_a_narrow_window(page: &Page) -> Outcome {
    page.open_narrow("/", 320, 700).await?;
    page.wait_true(
        "the page to fit 320 px",
        "const page = document.querySelector('iframe').contentDocument;
         return 'ready' in page.documentElement.dataset && page.documentElement.scrollWidth <= 320",
    )
    .await?;
    page.screenshot("narrow").await
}
