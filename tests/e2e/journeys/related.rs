//! What entries have to do with one another: names that show what they mean, who names an entry, how far a goal is.

use super::start;
use crate::page::{Css, Page, Text};
use crate::problem::Outcome;

const VAE: &str = "#variational-sparse-coding a[href='#variational-auto-encoder']";
const PREVIEW: &str = "#_preview:popover-open";

pub(crate) async fn a_name_in_a_note_shows_what_it_means(page: &Page) -> Outcome {
    start(page, "/").await?;
    let before = page.ask("return document.documentElement.scrollHeight").await?;
    page.hover(Css(VAE)).await?;
    let shown =
        format!("return document.querySelector({PREVIEW:?})?.textContent.includes('encodings distribution')");
    page.wait_true("the definition beside the pointer", &shown).await?;
    let twice = "return document.querySelectorAll('#_preview [id], #_preview [data-field]').length";
    assert_eq!(page.ask(twice).await?, 0, "an anchor or a field stands twice on the page");
    assert_eq!(page.ask("return document.documentElement.scrollHeight").await?, before, "the page has moved");
    page.screenshot("preview").await?;
    page.press("Escape").await?;
    page.hidden(Css(PREVIEW)).await?;
    // The focus shows what Escape has closed; Enter goes there.
    page.ask(&format!("document.querySelector({VAE:?}).focus({{ focusVisible: true }})")).await?;
    page.wait_true("the definition beside the focus", &shown).await?;
    page.press("Enter").await?;
    page.wait_url("/#variational-auto-encoder").await
}

pub(crate) async fn an_entry_says_who_names_it(page: &Page) -> Outcome {
    start(page, "/").await?;
    page.click(Css("#auto-encoder .related > summary")).await?;
    let told = page.words_of(Css("#auto-encoder .related")).await?;
    assert!(told.contains("Needed for") && told.contains("whose encodings distribution"), "{told}");
    page.click(Css("#auto-encoder .related a[href='#variational-auto-encoder']")).await?;
    page.wait_url("/#variational-auto-encoder").await
}

pub(crate) async fn a_goal_leads_to_what_is_there(page: &Page) -> Outcome {
    start(page, "/").await?;
    page.see("nothing yet").await?;
    page.click(Text("3 noted")).await?;
    page.wait_url("/?category=mechanistic-interpretability").await?;
    page.wait_count(Css("article.paper"), 1).await
}
