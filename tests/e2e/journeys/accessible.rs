//! Accessibility of every state of the page, by axe-core, including a text contrast of 7:1.

use super::start;
use crate::page::{Css, Page, Text};
use crate::problem::Outcome;
use crate::site::Fault;

/// Rules that are disabled, each with its reason.
const DISABLED_RULES: &str = "{
  // The page has one main element and its parts; a dialog or popover beside it is no landmark.
  region: { enabled: false }
}";

/// Runs axe-core on the page as it is now. Violations are reported with their elements.
pub(super) async fn check(page: &Page, state: &str) -> Outcome {
    let Some(axe) = std::env::var_os("NOTEBOOK_AXE") else {
        return Err("NOTEBOOK_AXE does not say where axe.min.js is; `cargo xtask test e2e` does".into());
    };
    let axe = std::fs::read_to_string(axe)?;
    page.evaluate(&format!("if (!window.axe) {{ {axe} }} return 1")).await?;
    let found = page
        .evaluate_async(&format!(
            "const found = await axe.run(document, {{
               resultTypes: ['violations'],
               runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'wcag2aaa', 'best-practice'],
               rules: {DISABLED_RULES}
             }});
             return found.violations.map(rule => rule.id + ': ' + rule.nodes.slice(0, 3).map(node =>
               node.target.join(' ') + ' ' + node.html.slice(0, 120) + ' ' + (node.any[0]?.message ?? '')).join(' | ')).join('\\n')"
        ))
        .await?;
    assert_eq!(found.as_str(), Some(""), "axe-core, {state}");
    Ok(())
}

/// Light and dark, on a wide screen and on a phone.
pub(super) async fn check_all_themes_and_sizes(page: &Page, state: &str) -> Outcome {
    for theme in ["light", "dark"] {
        page.evaluate(&format!("document.documentElement.dataset.theme = '{theme}'; return 1")).await?;
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
    check_all_themes_and_sizes(page, "first").await?;
    page.choose_in_menu(Text("Collapse all")).await?;
    check(page, "folded").await?;
    start(page, "/?q=sprase+coding").await?;
    page.wait_text("Search instead for").await?;
    check_all_themes_and_sizes(page, "searched").await?;
    start(page, "/?q=nothing-has-this&year=2020").await?;
    page.wait_text("No results").await?;
    check_all_themes_and_sizes(page, "empty").await
}

pub(crate) async fn opens_accessible_dialogs(page: &Page) -> Outcome {
    start(page, "/").await?;
    page.press("Control+k").await?;
    page.wait_visible(Css("#_option-2")).await?;
    check_all_themes_and_sizes(page, "palette").await?;
    page.press("Escape").await?;
    page.wait_hidden(Css("#_palette")).await?;
    // By its button: a key that is pressed while the palette closes may be lost.
    page.choose_in_menu(Css(".help")).await?;
    page.wait_text("Next entry").await?;
    check_all_themes_and_sizes(page, "keys").await?;
    page.press("Escape").await?;
    page.wait_hidden(Css("#_shortcuts")).await?;
    page.click(Css("#auto-encoder .related > summary")).await?;
    check(page, "related").await?;
    page.click(Css("#variational-sparse-coding .cite")).await?;
    page.wait_text("IEEE").await?;
    check_all_themes_and_sizes(page, "cite").await?;
    page.press("Escape").await?;
    page.choose_in_menu(Css("[popovertarget='_export']")).await?;
    page.wait_text("CSL-JSON").await?;
    check(page, "export").await?;
    page.press("Escape").await?;
    page.hover(Css("#variational-sparse-coding a[href='#variational-auto-encoder']")).await?;
    page.wait_visible(Css("#_preview:popover-open")).await?;
    check(page, "preview").await
}

pub(crate) async fn compares_accessibly(page: &Page) -> Outcome {
    start(page, "/?view=table&without=Background&pick=vision-transformers-origin").await?;
    page.wait_visible(Css(".paper-table tbody tr")).await?;
    check_all_themes_and_sizes(page, "table").await?;
    start(page, "/?compare=vision-transformers-origin&compare=attention-is-all-you-need").await?;
    page.wait_visible(Css(".paper-table tbody tr")).await?;
    check_all_themes_and_sizes(page, "compare").await
}

pub(crate) async fn announces_a_failure(page: &Page) -> Outcome {
    let outline = super::outline(page).await?;
    page.site.set_fault(&outline, Fault::Status(503));
    page.open("/").await?;
    page.wait_text("Try again").await?;
    check_all_themes_and_sizes(page, "failed").await
}
