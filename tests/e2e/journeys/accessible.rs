//! Accessibility of every state of the page, by axe-core, including a text contrast of 7:1.

use super::start;
use crate::page::{Css, Page, Text};
use crate::problem::Outcome;
use crate::site::Fault;

/// Rules that are disabled, each with its reason.
const PASSED_OVER: &str = "{
  // The page has one main element and its parts; a dialog or popover beside it is no landmark.
  region: { enabled: false }
}";

/// Runs axe-core on the page as it is now. Violations are reported with their elements.
pub(super) async fn check(page: &Page, state: &str) -> Outcome {
    let Some(axe) = std::env::var_os("NOTEBOOK_AXE") else {
        return Err("NOTEBOOK_AXE does not say where axe.min.js is; `cargo xtask test e2e` does".into());
    };
    let axe = std::fs::read_to_string(axe)?;
    page.ask(&format!("if (!window.axe) {{ {axe} }} return 1")).await?;
    let found = page
        .ask_later(&format!(
            "const found = await axe.run(document, {{
               resultTypes: ['violations'],
               runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'wcag2aaa', 'best-practice'],
               rules: {PASSED_OVER}
             }});
             return found.violations.map(rule => rule.id + ': ' + rule.nodes.slice(0, 3).map(node =>
               node.target.join(' ') + ' ' + node.html.slice(0, 120) + ' ' + (node.any[0]?.message ?? '')).join(' | ')).join('\\n')"
        ))
        .await?;
    assert_eq!(found.as_str(), Some(""), "axe-core, {state}");
    Ok(())
}

/// Light and dark, on a wide screen and on a phone.
pub(super) async fn in_every_dress(page: &Page, state: &str) -> Outcome {
    for theme in ["light", "dark"] {
        page.ask(&format!("document.documentElement.dataset.theme = '{theme}'; return 1")).await?;
        for (width, height) in [(1280, 900), (390, 844)] {
            page.resize(width, height).await?;
            check(page, &format!("{state}, {theme}, {width} px")).await?;
        }
    }
    page.resize(1280, 900).await?;
    Ok(())
}

pub(crate) async fn passes_the_accessibility_rules(page: &Page) -> Outcome {
    start(page, "/").await?;
    in_every_dress(page, "first").await?;
    page.click(Text("Collapse all")).await?;
    check(page, "folded").await?;
    start(page, "/?q=sprase+coding").await?;
    page.see("Search instead for").await?;
    in_every_dress(page, "searched").await?;
    start(page, "/?q=nothing-has-this&year=2020").await?;
    page.see("No results").await?;
    in_every_dress(page, "empty").await
}

pub(crate) async fn opens_accessible_dialogs(page: &Page) -> Outcome {
    start(page, "/").await?;
    page.press("Control+k").await?;
    page.shown(Css("#_option-2")).await?;
    in_every_dress(page, "palette").await?;
    page.press("Escape").await?;
    page.hidden(Css("#_palette")).await?;
    // By its button: a key that is pressed while the palette closes may be lost.
    page.click(Css(".help")).await?;
    page.see("Next entry").await?;
    in_every_dress(page, "keys").await?;
    page.press("Escape").await?;
    page.hidden(Css("#_shortcuts")).await?;
    page.click(Css("#auto-encoder .related > summary")).await?;
    check(page, "related").await?;
    page.click(Css("#variational-sparse-coding .cite")).await?;
    page.see("IEEE").await?;
    in_every_dress(page, "cite").await?;
    page.press("Escape").await?;
    page.click(Css("[popovertarget='_export']")).await?;
    page.see("CSL-JSON").await?;
    check(page, "export").await?;
    page.press("Escape").await?;
    page.hover(Css("#variational-sparse-coding a[href='#variational-auto-encoder']")).await?;
    page.shown(Css("#_preview:popover-open")).await?;
    check(page, "preview").await
}

pub(crate) async fn compares_accessibly(page: &Page) -> Outcome {
    start(page, "/?view=table&without=Background&pick=vision-transformers-origin").await?;
    page.shown(Css(".paper-table tbody tr")).await?;
    in_every_dress(page, "table").await?;
    start(page, "/?compare=vision-transformers-origin&compare=attention-is-all-you-need").await?;
    page.shown(Css(".paper-table tbody tr")).await?;
    in_every_dress(page, "compare").await
}

pub(crate) async fn announces_a_failure(page: &Page) -> Outcome {
    let outline = super::outline(page).await?;
    page.site.break_path(&outline, Fault::Status(503));
    page.open("/").await?;
    page.see("Try again").await?;
    in_every_dress(page, "failed").await
}
