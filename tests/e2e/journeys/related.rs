//! Cross references: previews of names, mentions of an entry, progress of a goal.

use super::start;
use crate::page::{Css, Page, Text};
use crate::problem::Outcome;

const VAE: &str = "#variational-sparse-coding a[href='#variational-auto-encoder']";
const PREVIEW: &str = "#_preview:popover-open";

pub(crate) async fn previews_a_term_named_in_a_note(page: &Page) -> Outcome {
    start(page, "/").await?;
    let before = page.evaluate("return document.documentElement.scrollHeight").await?;
    page.hover(Css(VAE)).await?;
    let shown =
        format!("return document.querySelector({PREVIEW:?})?.textContent.includes('encodings distribution')");
    page.wait_true("the definition beside the pointer", &shown).await?;
    let twice = "return document.querySelectorAll('#_preview [id], #_preview [data-field]').length";
    assert_eq!(page.evaluate(twice).await?, 0, "an anchor or a field stands twice on the page");
    assert_eq!(
        page.evaluate("return document.documentElement.scrollHeight").await?,
        before,
        "the page has moved"
    );
    page.screenshot("preview").await?;
    page.press("Escape").await?;
    page.wait_hidden(Css(PREVIEW)).await?;
    // The focus shows what Escape has closed; Enter goes there.
    page.evaluate(&format!("document.querySelector({VAE:?}).focus({{ focusVisible: true }})")).await?;
    page.wait_true("the definition beside the focus", &shown).await?;
    page.press("Enter").await?;
    page.wait_url("/#variational-auto-encoder").await
}

pub(crate) async fn lists_the_mentions_of_an_entry(page: &Page) -> Outcome {
    start(page, "/").await?;
    page.click(Css("#auto-encoder .related > summary")).await?;
    let told = page.text_of(Css("#auto-encoder .related")).await?;
    assert!(told.contains("Needed for") && told.contains("whose encodings distribution"), "{told}");
    page.click(Css("#auto-encoder .related a[href='#variational-auto-encoder']")).await?;
    page.wait_url("/#variational-auto-encoder").await
}

pub(crate) async fn leads_from_a_goal_to_its_entries(page: &Page) -> Outcome {
    start(page, "/").await?;
    page.click(Text("3 with notes")).await?;
    page.wait_url("/?category=mechanistic-interpretability").await?;
    page.wait_count(Css("article.paper"), 1).await
}
