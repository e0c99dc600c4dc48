//! A notebook in Arabic (`tests/e2e/arabic.md`): the page says what it says in that language, and is its own mirror image.

use super::accessible::in_every_dress;
use super::start;
use crate::page::{Css, Page};
use crate::problem::Outcome;
use crate::site::Fault;

/// What the page would say in English, and has not to say here.
const ENGLISH: [&str; 12] = [
    "Search", "Contents", "Filter", "Expand", "Collapse", "papers", "Notes", "Cite", "Export", "Theme",
    "Close", "Copy",
];

/// Looks for English where the page speaks by itself.
async fn no_english(page: &Page) -> Outcome {
    let said = page
        .ask(
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

pub(crate) async fn a_page_speaks_the_language_of_its_notebook(page: &Page) -> Outcome {
    start(page, "/").await?;
    no_english(page).await?;
    // Numbers have the forms of their language.
    page.see("3 أوراق").await?;
    page.see("مصطلحان").await?;
    page.click(Css(".facet a[href*='category=']")).await?;
    page.see("2 من أصل 3 أوراق").await?;
    page.press("?").await?;
    page.see("المادة التالية").await?;
    no_english(page).await?;
    start(page, "/").await?;
    page.press("Control+k").await?;
    page.type_text("داكن").await?;
    page.shown(Css("#_option-0")).await?;
    no_english(page).await?;
    page.press("Escape").await?;
    start(page, "/?view=matrix").await?;
    page.shown(Css(".matrix tbody tr")).await?;
    no_english(page).await?;
    page.open("/map.html").await?;
    page.see("خريطة المصطلحات والأوراق").await?;
    no_english(page).await?;
    // What does not come is told in it as well; where the words do not come, in English.
    let outline = super::outline(page).await?;
    page.site.break_path(&outline, Fault::Status(503));
    page.open("/").await?;
    page.see("أعد المحاولة").await?;
    page.site.mend(&outline);
    let words = page.site.asked_below("/words-").first().cloned().unwrap_or_default();
    page.site.break_path(&words, Fault::Status(404));
    start(page, "/?q=nothing-has-this").await?;
    page.see("Nothing matches.").await
}

pub(crate) async fn a_page_is_mirrored(page: &Page) -> Outcome {
    start(page, "/").await?;
    page.resize(1280, 900).await?;
    page.wait_true(
        "contents on the right, an entry in English from the left",
        "const at = name => document.querySelector(name).getBoundingClientRect();
         const english = document.querySelector('article[lang=en]');
         return document.dir === 'rtl' && at('#_side').left > at('#_main').left && at('h1').left > at('#_search').left
           && english.dir === 'ltr' && getComputedStyle(english).direction === 'ltr'",
    )
    .await?;
    page.screenshot("arabic").await?;
    in_every_dress(page, "in Arabic").await?;
    page.resize(390, 844).await?;
    page.wait_true("nothing wider than a phone", "return document.documentElement.scrollWidth <= innerWidth")
        .await?;
    page.screenshot("arabic-phone").await
}
