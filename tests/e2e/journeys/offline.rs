//! The cached notebook: without a network, and when a newer build is published.

use super::{papers, start};
use crate::page::{Css, Page, Text};
use crate::problem::Outcome;
use crate::site::Fault;

/// Opens the page for the first time, and waits until all of it is cached.
async fn cache_page(page: &Page) -> Outcome {
    page.site.clear_fault("/sw.js");
    start(page, "/").await?;
    page.wait_true(
        "the page to be cached",
        "return navigator.serviceWorker.controller?.state === 'activated'",
    )
    .await
}

/// Returns the service worker of a build that differs in its version only.
pub(super) async fn other_build_worker(page: &Page) -> Outcome<String> {
    // With a query, the request misses the cache.
    let text = page.evaluate_async("return (await fetch('/sw.js?', { cache: 'no-store' })).text()").await?;
    Ok(text.as_str().unwrap_or_default().replacen("VERSION=\"", "VERSION=\"another-", 1))
}

pub(super) async fn look_for_update(page: &Page) -> Outcome {
    page.evaluate_async("await (await navigator.serviceWorker.getRegistration()).update().catch(() => {})")
        .await?;
    Ok(())
}

pub(crate) async fn opens_offline(page: &Page) -> Outcome {
    cache_page(page).await?;
    page.site.stop();
    page.open("/?category=mechanistic-interpretability").await?;
    page.wait_ready().await?;
    papers(page, 1).await?;
    // The full-text search is cached too: only it corrects typos.
    page.open("/?q=transfomer").await?;
    page.wait_ready().await?;
    page.wait_text("Showing results for").await?;
    page.wait_visible(Css(".results a")).await?;
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
    cache_page(page).await?;
    let newer = other_build_worker(page).await?;
    page.site.set_fault("/sw.js", Fault::Body(newer));
    look_for_update(page).await?;
    page.wait_text("This notebook has been updated.").await?;
    page.screenshot("updated").await?;
    page.click(Text("Reload")).await?;
    page.wait_true(
        "the newer build",
        "return document.documentElement.hasAttribute('data-ready')
            && !document.body.innerText.includes('This notebook has been updated.')",
    )
    .await?;
    let kept = page.evaluate_async("return (await caches.keys()).join()").await?;
    let kept = kept.as_str().unwrap_or_default();
    assert!(kept.contains("another-") && kept.matches("notebook /").count() <= 2, "{kept}");
    Ok(())
}

pub(crate) async fn never_mixes_builds(page: &Page) -> Outcome {
    cache_page(page).await?;
    // The host has the worker of a newer build, and the page of yet another one.
    let newer = other_build_worker(page).await?;
    page.site.set_fault("/sw.js", Fault::Body(newer));
    page.site.set_fault("/", Fault::Body("<!doctype html><title>Another</title>Another".to_owned()));
    look_for_update(page).await?;
    page.open("/").await?;
    page.wait_ready().await?;
    papers(page, 7).await?;
    page.wait_no_text("This notebook has been updated.").await
}
