//! Pictures of the page, for README.md and docs/gallery.md: `cargo xtask pictures` takes them anew.

use serde_json::json;

use super::start;
use crate::page::Page;
use crate::problem::Outcome;

/// Width and height of a window.
pub(super) type Size = (u32, u32);

/// A state of the page: name, window, color scheme, path, and what is there when the picture is taken.
type State = (&'static str, Size, &'static str, &'static str, &'static str);

pub(super) const LAPTOP: Size = (1280, 800);
pub(super) const PHONE: Size = (390, 844);

const STATES: [State; 8] = [
    ("notes", LAPTOP, "light", "/?category=mechanistic-interpretability", "article.paper"),
    ("margin", (1920, 1080), "light", "/#multi-headed-attention-and-transformers", "section[data-target]"),
    ("search", LAPTOP, "light", "/?q=transformer", ".results a"),
    ("table", LAPTOP, "light", "/?view=table", ".paper-table tbody tr"),
    ("compare", LAPTOP, "light", COMPARED, ".paper-table tbody tr"),
    ("map", LAPTOP, "light", "/map.html", "#_map .edges"),
    ("dark", LAPTOP, "dark", "/#mechanistic-interpretability", "section[data-target]"),
    ("phone", PHONE, "light", "/", "article.paper"),
];
const COMPARED: &str = "/?compare=vision-transformers-origin&compare=attention-is-all-you-need";

/// Shows the page as on a device: without scrollbars, and with a finger if it is a phone.
pub(super) async fn emulate(page: &Page, (width, height): Size) -> Outcome {
    let is_phone = (width, height) == PHONE;
    let size = json!({ "width": width, "height": height, "deviceScaleFactor": 1, "mobile": is_phone });
    page.devtools("Emulation.setDeviceMetricsOverride", size).await?;
    page.devtools("Emulation.setTouchEmulationEnabled", json!({ "enabled": is_phone })).await?;
    page.devtools("Emulation.setScrollbarsHidden", json!({ "hidden": true })).await.map(drop)
}

pub(crate) async fn has_its_pictures_taken(page: &Page) -> Outcome {
    if !page.has_devtools("takes no pictures for the documents") {
        return Ok(());
    }
    for (name, size, theme, path, there) in STATES {
        emulate(page, size).await?;
        start(page, path).await?;
        page.evaluate(&format!("document.documentElement.dataset.theme = '{theme}'; return 1")).await?;
        page.wait_true(there, &format!("return document.querySelector({there:?}) !== null")).await?;
        let is_wider = "return document.documentElement.scrollWidth > innerWidth";
        assert_eq!(page.evaluate(is_wider).await?, false, "{name} is wider than the window");
        page.screenshot(name).await?;
    }
    page.devtools("Emulation.clearDeviceMetricsOverride", json!({})).await.map(drop)
}

pub(crate) async fn begins_with_a_paper_on_a_phone(page: &Page) -> Outcome {
    if !page.has_devtools("cannot be a phone") {
        return Ok(());
    }
    emulate(page, PHONE).await?;
    start(page, "/").await?;
    page.wait_true(
        "a whole title on the first screen",
        "return document.querySelector('article.paper > header').getBoundingClientRect().bottom < innerHeight",
    )
    .await?;
    page.devtools("Emulation.clearDeviceMetricsOverride", json!({})).await.map(drop)
}
