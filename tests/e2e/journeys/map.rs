//! The concept map: complete without a script, navigable with one.

use super::accessible::check_all_themes_and_sizes;
use super::start;
use crate::page::{Css, Page, Role};
use crate::problem::Outcome;

const VAE: &str = "#_map a[href='./#variational-auto-encoder']";
/// The element to hover: WebKit's driver cannot hover a link in an SVG.
const VAE_MARK: &str = "#_map a[href='./#variational-auto-encoder'] circle";

pub(crate) async fn links_every_node_without_a_script(page: &Page) -> Outcome {
    // A parsed document runs no scripts. The policy of the notebook's page forbids parsing.
    page.open("/missing.html").await?;
    let told = page
        .evaluate_async(
            "const get = async path => new DOMParser().parseFromString(await (await fetch(path)).text(), 'text/html');
             const [map, page] = [await get('/map.html'), await get('/')];
             const links = [...map.querySelectorAll('#_map a')];
             const dead = links.filter(link => !page.getElementById(link.getAttribute('href').slice(3)));
             const mute = links.filter(link => !link.querySelector('title')?.textContent);
             const stops = links.filter(link => link.hasAttribute('tabindex'));
             return [links.length, dead.length, mute.length, stops.length].join()",
        )
        .await?;
    assert_eq!(
        told, "10,0,0,0",
        "nodes, those that lead nowhere, those without a name, those with a tab stop set"
    );
    Ok(())
}

pub(crate) async fn walks_the_map_by_keys(page: &Page) -> Outcome {
    start(page, "/").await?;
    page.click(Css(".layouts a")).await?;
    page.wait_url("/map.html").await?;
    page.wait_ready().await?;
    let stops = "return document.querySelectorAll('#_map a[tabindex=\"0\"]').length";
    assert_eq!(page.evaluate(stops).await?, 1, "the picture is one stop of the Tab key");
    page.evaluate("document.querySelector('#_map a').focus(); return 1").await?;
    page.press("ArrowRight").await?;
    page.wait_focus(Css(VAE)).await?;
    page.wait_text("Builds on 1 · Mentioned in 1").await?;
    page.screenshot("map").await?;
    page.press("+").await?;
    page.press("n").await?;
    page.wait_focus(Role("link", "Auto-encoder")).await?;
    page.press("n").await?;
    page.wait_focus(Css("#_map-details a[href='./#variational-sparse-coding']")).await?;
    page.press("Space").await?;
    page.wait_focus(Css("#_map a[href='./#variational-sparse-coding']")).await?;
    page.wait_text("Mentions 2").await?;
    page.press("Escape").await?;
    page.wait_text("Select a term or paper").await?;
    page.hover(Css(VAE_MARK)).await?;
    page.wait_text("Builds on 1 · Mentioned in 1").await?;
    page.press("Enter").await?;
    page.wait_url("/#variational-sparse-coding").await?;
    page.wait_ready().await?;
    page.wait_visible(Css("#variational-sparse-coding[data-target]")).await
}

pub(crate) async fn keeps_the_list_in_step(page: &Page) -> Outcome {
    start(page, "/map.html").await?;
    page.hover(Css(VAE_MARK)).await?;
    page.wait_visible(Css(".map-list .here > a[href='./#variational-auto-encoder']")).await?;
    page.hover(Css(".map-list li > a[href='./#auto-encoder']")).await?;
    page.wait_text("Auto-encoder (term, step 1)").await?;
    page.wait_count(Css(".map-list .here"), 1).await?;
    // A paper is in a fold of the list, which a node opens.
    page.hover(Css("#_map a[href='./#attention-is-all-you-need'] circle")).await?;
    page.wait_visible(Css(".map-list .here > a[href='./#attention-is-all-you-need']")).await?;
    page.wait_text("paper, Multi-headed Attention and Transformers, 2017").await
}

pub(crate) async fn shows_an_accessible_map(page: &Page) -> Outcome {
    start(page, "/map.html").await?;
    check_all_themes_and_sizes(page, "the map").await?;
    page.hover(Css(VAE_MARK)).await?;
    page.wait_text("Builds on 1 · Mentioned in 1").await?;
    check_all_themes_and_sizes(page, "the map, one term looked at").await
}

pub(crate) async fn fits_the_map_on_a_phone(page: &Page) -> Outcome {
    page.open_narrow("/map.html", 390, 700).await?;
    page.wait_true(
        "names that can be read in 390 px",
        "const page = document.querySelector('iframe').contentDocument;
         const name = page.querySelector('#_map a text');
         return 'ready' in page.documentElement.dataset && page.documentElement.scrollWidth <= 390
             && name.getBoundingClientRect().height > 10",
    )
    .await?;
    page.screenshot("map-narrow").await?;
    let whole = "const page = document.querySelector('iframe').contentDocument;
         page.querySelector('[data-zoom=fit]').click();
         const [picture, frame] = [page.querySelector('svg'), page.getElementById('_map')];
         return picture.getBoundingClientRect().width <= frame.clientWidth";
    assert_eq!(page.evaluate(whole).await?, true, "not all of the map in 390 px");
    let larger = "const page = document.querySelector('iframe').contentDocument;
         const width = () => page.querySelector('svg').getBoundingClientRect().width;
         const before = width(); page.querySelector('[data-zoom=in]').click(); return width() > before * 1.3";
    assert_eq!(page.evaluate(larger).await?, true, "the picture does not grow");
    Ok(())
}
