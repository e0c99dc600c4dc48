//! Tests of the verbs and faults on a minimal page, so that a failed journey points at the notebook.

use std::path::{Path, PathBuf};

use serde_json::json;

use crate::page::{Css, Page, Role, Text};
use crate::picture;
use crate::problem::Outcome;
use crate::site::Fault;

/// Returns the folder of that page.
pub(crate) fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/harness")
}

pub(crate) async fn verbs_do_what_they_say(page: &Page) -> Outcome {
    page.open("/").await?;
    page.wait_ready().await?;
    observations(page).await?;
    actions(page).await?;
    navigation(page).await?;
    faults(page).await
}

pub(crate) async fn pictures_are_compared(_: &Page) -> Outcome {
    picture::check()
}

async fn observations(page: &Page) -> Outcome {
    page.wait_text("loaded from the file").await?;
    page.wait_text("A small fixture Seen without a box Fold").await?;
    page.wait_no_text("Never to be read").await?;
    page.wait_hidden(Text("Inside the fold")).await?;
    page.click(Text("Fold")).await?;
    page.wait_visible(Text("Inside the fold")).await?;
    page.click(Css("summary")).await?;
    page.wait_no_text("Inside the fold").await?;
    assert_eq!(page.text_of(Role("heading", "small")).await?, "A small fixture");
    assert_eq!(page.count(Role("button", "Clear")).await?, 1, "an exact name wins");
    page.wait_count(Css("button"), 2).await
}

async fn actions(page: &Page) -> Outcome {
    page.click(Role("button", "Clear all")).await?;
    page.wait_text("pressed ×").await?;
    page.fill(Role("searchbox", "Words"), "first").await?;
    page.wait_text("typed first").await?;
    page.fill(Css("#words"), "ünïcode, then").await?;
    page.type_text(" more").await?;
    page.wait_text("typed ünïcode, then more").await?;
    page.press("Escape").await?;
    page.wait_text("escaped").await?;
    page.press("Tab").await?;
    page.wait_focus(Css("summary")).await?;
    page.press("Enter").await?;
    page.wait_text("Inside the fold").await?;
    page.press("Shift+Tab").await?;
    page.wait_focus(Css("#words")).await?;
    assert_eq!(page.evaluate("return document.title").await?, json!("Fixture"));
    let (width, _) = page.resize(700, 600).await?;
    assert_eq!(width, 700);
    page.screenshot("verbs").await
}

async fn navigation(page: &Page) -> Outcome {
    page.click(Role("link", "Next page")).await?;
    page.wait_url("/?page=2#end").await?;
    page.wait_true(
        "the end to be on screen",
        "return document.getElementById('end').getBoundingClientRect().top < innerHeight",
    )
    .await?;
    page.back().await?;
    page.wait_url("/").await?;
    page.forward().await?;
    page.wait_url("/?page=2#end").await?;
    page.reload().await?;
    page.wait_text("loaded from the file").await?;
    assert_eq!(page.url().await?, "/?page=2#end");
    page.open("/missing.html").await?;
    page.wait_text("not found").await
}

async fn faults(page: &Page) -> Outcome {
    let faults = [
        (Fault::Status(500), "failed: status 500"),
        (Fault::Html, "failed: SyntaxError"),
        (Fault::Truncated, "failed: "),
        (Fault::Stalled, "loading"),
        (Fault::Body(r#"{ "value": "something else" }"#.to_owned()), "loaded something else"),
    ];
    for (fault, seen) in faults {
        page.site.set_fault("/data.json", fault);
        page.open("/").await?;
        page.wait_text(seen).await?;
    }
    page.site.clear_fault("/data.json");
    page.open("/").await?;
    page.wait_text("loaded from the file").await?;
    assert!(page.site.request_count("/data.json") >= 7);

    page.site.stop();
    // Chromium and Firefox report a failure; WebKit shows an error page.
    let _ = page.open("/?gone").await;
    page.wait_no_text("A small fixture").await?;
    page.site.start()?;
    page.open("/?back").await?;
    page.wait_text("loaded from the file").await
}
