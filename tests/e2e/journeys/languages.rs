//! A notebook in Arabic (`tests/fixtures/arabic.md`): the page is in that language, and mirrored.

use super::accessible::check_all_themes_and_sizes;
use super::start;
use crate::page::{Css, Page};
use crate::problem::Outcome;
use crate::site::Fault;

/// English strings that must not appear on a translated page.
const ENGLISH: [&str; 12] = [
    "Search", "Contents", "Filter", "Expand", "Collapse", "papers", "Notes", "Cite", "Export", "Theme",
    "Close", "Copy",
];

/// Fails if a message of the page is in English.
async fn no_english(page: &Page) -> Outcome {
    let said = page
        .evaluate(
            "const own = [...document.querySelectorAll('body, body *')].flatMap(element =>
               [...['aria-label', 'title', 'placeholder'].map(name => element.getAttribute(name)),
                ...[...element.childNodes].filter(node => node.nodeType === 3).map(node => node.data)]);
             return own.filter(Boolean).join('\\n')",
        )
        .await?;
    let said = said.as_str().unwrap_or_default();
    let found: Vec<&str> = ENGLISH.into_iter().filter(|word| said.contains(word)).collect();
    assert!(found.is_empty(), "{found:?} in {said}");
    Ok(())
}

pub(crate) async fn speaks_the_language_of_the_notebook(page: &Page) -> Outcome {
    start(page, "/").await?;
    no_english(page).await?;
    // Plurals follow the rules of the language.
    page.wait_text("3 أوراق").await?;
    page.wait_text("مصطلحان").await?;
    page.click(Css(".facet a[href*='category=']")).await?;
    page.wait_text("2 من أصل 3 أوراق").await?;
    page.press("?").await?;
    page.wait_text("المادة التالية").await?;
    no_english(page).await?;
    start(page, "/").await?;
    page.press("Control+k").await?;
    page.type_text("داكن").await?;
    page.wait_visible(Css("#_option-0")).await?;
    no_english(page).await?;
    page.press("Escape").await?;
    start(page, "/?view=table").await?;
    page.wait_visible(Css(".paper-table tbody tr")).await?;
    no_english(page).await?;
    page.open("/map.html").await?;
    page.wait_text("خريطة المصطلحات والأوراق").await?;
    no_english(page).await?;
    // Errors are translated too; if the translation cannot be fetched, they are in English.
    let outline = super::outline(page).await?;
    page.site.set_fault(&outline, Fault::Status(503));
    page.open("/").await?;
    page.wait_text("أعد المحاولة").await?;
    page.site.clear_fault(&outline);
    let words = page.site.requests_below("/words-").first().cloned().unwrap_or_default();
    page.site.set_fault(&words, Fault::Status(404));
    start(page, "/?q=nothing-has-this").await?;
    page.wait_text("No results.").await
}

pub(crate) async fn mirrors_a_page_in_arabic(page: &Page) -> Outcome {
    start(page, "/").await?;
    page.resize(1280, 900).await?;
    page.wait_true(
        "contents on the right, an entry in English from the left",
        "const at = name => document.querySelector(name).getBoundingClientRect();
         const english = document.querySelector('article[lang=en]');
         return document.dir === 'rtl' && at('#_sidebar').left > at('#_main').left && at('h1').left > at('#_search').left
           && english.dir === 'ltr' && getComputedStyle(english).direction === 'ltr'",
    )
    .await?;
    page.screenshot("arabic").await?;
    check_all_themes_and_sizes(page, "in Arabic").await?;
    page.resize(390, 844).await?;
    page.wait_true("nothing wider than a phone", "return document.documentElement.scrollWidth <= innerWidth")
        .await?;
    page.screenshot("arabic-phone").await
}
