//! The page with the settings of readers: enlarged, forced colors, reduced motion.

use serde_json::json;

use super::{accessible, start};
use crate::page::{Css, Page};
use crate::problem::Outcome;

/// Pages of each kind.
const PAGES: [&str; 5] = [
    "/",
    "/?q=sprase+coding",
    "/?view=table",
    "/?compare=vision-transformers-origin&compare=attention-is-all-you-need",
    "/map.html",
];

/// Problems of a page in a small window: it is wider than that, words are cut off, or sticky parts leave
/// too little room to read. `page` is its document.
const REFLOWS: &str = r#"
    const view = page.defaultView;
    const wrong = [];
    const root = page.scrollingElement;
    if (root.scrollWidth > view.innerWidth) wrong.push('it is ' + root.scrollWidth + ' px wide');
    let kept = 0;
    for (const element of page.querySelectorAll('body *')) {
      if (!element.checkVisibility({ visibilityProperty: true }) || element.closest('.visually-hidden')) continue;
      const style = view.getComputedStyle(element);
      const box = element.getBoundingClientRect();
      if (style.position === 'fixed' || style.position === 'sticky') {
        if (box.top < view.innerHeight && box.bottom > 0 && box.width > view.innerWidth / 2 && !element.closest('table')) kept += box.height;
      }
      const cuts = ['hidden', 'clip'].includes(style.overflowX) && element.scrollWidth > element.clientWidth + 1;
      if (cuts && box.width > 2 && style.textOverflow !== 'ellipsis' && element.innerText?.trim()) {
        wrong.push('words are cut off in ' + element.outerHTML.slice(0, 120));
      }
    }
    if (kept > view.innerHeight / 2) wrong.push(kept + ' of ' + view.innerHeight + ' px are kept in sight');
    return wrong.join('\n');
"#;

/// Four times as large on a screen of 1280 x 1024: as a window of 320 x 256.
pub(crate) async fn reflows_at_four_times_the_size(page: &Page) -> Outcome {
    for path in PAGES {
        page.open_narrow(path, 320, 256).await?;
        let there = "const page = document.querySelector('iframe').contentDocument;
            return page.URL !== 'about:blank' && page.readyState === 'complete' && ('ready' in page.documentElement.dataset || !page.getElementById('_notebook'))";
        page.wait_true("the page", there).await?;
        let script = format!("const page = document.querySelector('iframe').contentDocument; {REFLOWS}");
        assert_eq!(page.evaluate(&script).await?, "", "{path} at 400 %");
        page.screenshot(&format!("enlarged-{}", name(path))).await?;
    }
    Ok(())
}

pub(crate) async fn reflows_with_letters_of_twice_the_size(page: &Page) -> Outcome {
    page.resize(1280, 900).await?;
    for path in PAGES {
        page.open(path).await?;
        if path != "/map.html" {
            page.wait_ready().await?;
        }
        page.evaluate("document.documentElement.style.fontSize = '200%'; return 1").await?;
        page.screenshot(&format!("letters-{}", name(path))).await?;
        let script = format!("const page = document; {REFLOWS}");
        assert_eq!(page.evaluate(&script).await?, "", "{path}, letters at 200 %");
    }
    Ok(())
}

/// Returns the name of a page in file names.
fn name(path: &str) -> String {
    path.trim_matches('/').split('&').next().unwrap_or_default().replace(['?', '='], "-")
}

/// Only the driver of Chromium can emulate the preferences of a reader.
pub(crate) async fn respects_forced_colors(page: &Page) -> Outcome {
    if !page.has_devtools("has no driver that sets forced colors") {
        return Ok(());
    }
    let colors = json!({ "features": [{ "name": "forced-colors", "value": "active" }] });
    page.devtools("Emulation.setEmulatedMedia", colors).await?;
    start(page, "/?category=mechanistic-interpretability&q=sparse").await?;
    page.wait_visible(Css(".results a")).await?;
    assert_eq!(page.evaluate("return matchMedia('(forced-colors: active)').matches").await?, true);
    accessible::check(page, "forced colors").await?;
    page.screenshot("forced").await?;
    page.press("Control+k").await?;
    page.wait_visible(Css("#_option-2")).await?;
    page.press("ArrowDown").await?;
    accessible::check(page, "forced colors, palette").await?;
    page.screenshot("forced-palette").await?;
    start(page, "/?view=table").await?;
    page.wait_visible(Css(".paper-table tbody tr")).await?;
    accessible::check(page, "forced colors, table").await?;
    page.screenshot("forced-table").await?;
    page.open("/map.html").await?;
    accessible::check(page, "forced colors, map").await?;
    page.screenshot("forced-map").await
}

pub(crate) async fn respects_reduced_motion(page: &Page) -> Outcome {
    if !page.has_devtools("has no driver that sets reduced motion") {
        return Ok(());
    }
    let still = json!({ "features": [{ "name": "prefers-reduced-motion", "value": "reduce" }] });
    page.devtools("Emulation.setEmulatedMedia", still).await?;
    start(page, "/").await?;
    page.evaluate(
        "window.moved = [];
         for (const kind of ['animationstart', 'transitionrun']) {
           addEventListener(kind, event => moved.push(kind + ' ' + event.target.outerHTML.slice(0, 80)), true);
         }
         return 1",
    )
    .await?;
    page.click(Css("article.paper .cite")).await?;
    page.press("Escape").await?;
    page.press("Control+k").await?;
    page.wait_visible(Css("#_option-2")).await?;
    page.press("Escape").await?;
    super::choose(page, "mechanistic").await?;
    super::papers(page, 1).await?;
    assert_eq!(page.evaluate("return moved.join('\\n')").await?, "");
    assert_eq!(
        page.evaluate("return getComputedStyle(document.documentElement).scrollBehavior").await?,
        "auto"
    );
    Ok(())
}
