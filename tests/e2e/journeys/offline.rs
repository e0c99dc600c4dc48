//! The cached notebook: without a network, and when a newer build is published.

use super::{papers, start};
use crate::page::{Css, Page, Text};
use crate::problem::Outcome;
use crate::site::Fault;

/// Opens the page for the first time, and waits until all of it is cached.
async fn keep(page: &Page) -> Outcome {
    page.site.mend("/sw.js");
    start(page, "/").await?;
    page.wait_true("the page to be kept", "return navigator.serviceWorker.controller?.state === 'activated'")
        .await
}

/// Returns the service worker of a build that differs in its version only.
pub(super) async fn another(page: &Page) -> Outcome<String> {
    // With a query, the request misses the cache.
    let text = page.ask_later("return (await fetch('/sw.js?', { cache: 'no-store' })).text()").await?;
    Ok(text.as_str().unwrap_or_default().replacen("VERSION=\"", "VERSION=\"another-", 1))
}

pub(super) async fn look_for_update(page: &Page) -> Outcome {
    page.ask_later("await (await navigator.serviceWorker.getRegistration()).update().catch(() => {})")
        .await?;
    Ok(())
}

pub(crate) async fn opens_offline(page: &Page) -> Outcome {
    keep(page).await?;
    page.site.stop();
    page.open("/?category=mechanistic-interpretability").await?;
    page.wait_ready().await?;
    papers(page, 1).await?;
    // The full-text search is cached too: only it corrects typos.
    page.open("/?q=transfomer").await?;
    page.wait_ready().await?;
    page.see("Showing results for").await?;
    page.shown(Css(".results a")).await?;
    page.open("/").await?;
    page.wait_true(
        "the picture",
        "const image = document.querySelector('main img'); image.loading = 'eager'; return image.naturalWidth > 0",
    )
    .await?;
    page.screenshot("offline").await?;
    page.open("/map.html").await?;
    page.wait_ready().await?;
    Ok(page.site.start()?)
}

pub(crate) async fn offers_a_newer_build(page: &Page) -> Outcome {
    keep(page).await?;
    let newer = another(page).await?;
    page.site.break_path("/sw.js", Fault::Body(newer));
    look_for_update(page).await?;
    page.see("This notebook has been updated.").await?;
    page.screenshot("updated").await?;
    page.click(Text("Reload")).await?;
    page.wait_true(
        "the newer build",
        "return document.documentElement.hasAttribute('data-ready')
            && !document.body.innerText.includes('This notebook has been updated.')",
    )
    .await?;
    let kept = page.ask_later("return (await caches.keys()).join()").await?;
    let kept = kept.as_str().unwrap_or_default();
    assert!(kept.contains("another-") && kept.matches("notebook /").count() <= 2, "{kept}");
    Ok(())
}

pub(crate) async fn never_mixes_builds(page: &Page) -> Outcome {
    keep(page).await?;
    // The host has the worker of a newer build, and the page of yet another one.
    let newer = another(page).await?;
    page.site.break_path("/sw.js", Fault::Body(newer));
    page.site.break_path("/", Fault::Body("<!doctype html><title>Another</title>Another".to_owned()));
    look_for_update(page).await?;
    page.open("/").await?;
    page.wait_ready().await?;
    papers(page, 7).await?;
    page.not_see("This notebook has been updated.").await
}
