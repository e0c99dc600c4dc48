//! What entries have to do with one another: who names an entry, how far a goal is.

use super::start;
use crate::page::{Css, Page, Text};
use crate::problem::Outcome;

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
