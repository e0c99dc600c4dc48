//! The palette: what Ctrl+K opens.

use super::{papers, start};
use crate::page::{Css, Page, Role};
use crate::problem::Outcome;

const BOX: &str = "#_palette-box";

async fn open(page: &Page) -> Outcome {
    page.press("Control+k").await?;
    page.wait_focus(Css(BOX)).await
}

/// Waits until Enter would choose this line.
async fn active(page: &Page, name: &str) -> Outcome {
    let script = format!(
        "const active = document.querySelector('{BOX}').getAttribute('aria-activedescendant');
         const line = document.getElementById(active);
         return line?.ariaSelected === 'true' && line.firstChild.textContent === {name:?}"
    );
    page.wait_true(&format!("{name:?} to be the line that Enter takes"), &script).await
}

/// The name of a line.
async fn line(page: &Page, at: usize) -> Outcome<String> {
    page.text_of(Css(&format!("#_option-{at} > :first-child"))).await
}

pub(crate) async fn finds_an_entry_by_letters(page: &Page) -> Outcome {
    start(page, "/").await?;
    open(page).await?;
    page.screenshot("palette").await?;
    // Letters that are not adjacent.
    page.type_text("atnaln").await?;
    active(page, "Attention is all you need").await?;
    // Arrows wrap around.
    page.press("Control+a").await?;
    page.type_text("transf").await?;
    page.wait_visible(Css("#_option-2")).await?;
    let (first, second) = (line(page, 0).await?, line(page, 1).await?);
    active(page, &first).await?;
    page.press("ArrowDown").await?;
    active(page, &second).await?;
    page.press("ArrowUp").await?;
    active(page, &first).await?;
    page.press("ArrowUp").await?;
    let last = page.count(Css("[role=option]")).await? - 1;
    active(page, &line(page, last).await?).await?;
    page.press("ArrowDown").await?;
    active(page, &first).await?;
    page.press("Control+a").await?;
    page.type_text("atnaln").await?;
    active(page, "Attention is all you need").await?;
    page.press("Enter").await?;
    page.wait_url("/#attention-is-all-you-need").await?;
    page.wait_hidden(Css("#_palette")).await?;
    page.wait_focus(Css("#attention-is-all-you-need[data-target]")).await?;
    page.back().await?;
    page.wait_url("/").await
}

pub(crate) async fn closes_the_palette_and_returns_the_focus(page: &Page) -> Outcome {
    start(page, "/").await?;
    page.press("j").await?;
    page.press("j").await?;
    let entry = page.evaluate("return document.activeElement.id").await?;
    let entry = format!("#{}", entry.as_str().unwrap_or_default());
    page.wait_focus(Css(&entry)).await?;
    open(page).await?;
    page.type_text("zzzz").await?;
    page.wait_text("No results.").await?;
    page.screenshot("palette-empty").await?;
    // Enter does nothing in an empty list.
    page.press("Enter").await?;
    page.press("ArrowDown").await?;
    page.wait_focus(Css(BOX)).await?;
    page.press("Escape").await?;
    page.wait_hidden(Css("#_palette")).await?;
    page.wait_focus(Css(&entry)).await?;
    // It is empty each time it opens, and the key that opens it closes it.
    open(page).await?;
    assert_eq!(page.evaluate(&format!("return document.querySelector('{BOX}').value")).await?, "");
    page.wait_visible(Css("#_option-1")).await?;
    page.press("Control+k").await?;
    page.wait_hidden(Css("#_palette")).await?;
    page.wait_focus(Css(&entry)).await?;
    // A click outside closes it, one inside does not.
    open(page).await?;
    let script =
        "const box = document.getElementById('_palette').getBoundingClientRect(); return [box.x, box.y]";
    let corner = page.evaluate(script).await?;
    let place = |at: usize| corner.get(at).and_then(serde_json::Value::as_f64).unwrap_or_default().round();
    #[expect(clippy::cast_possible_truncation, reason = "a window is not that large")]
    let (x, y) = (place(0) as i64, place(1) as i64);
    page.click_at(x + 40, y + 20).await?;
    page.wait_visible(Css("#_palette")).await?;
    page.click_at(x - 20, y + 20).await?;
    page.wait_hidden(Css("#_palette")).await
}

pub(crate) async fn acts_from_the_palette(page: &Page) -> Outcome {
    start(page, "/").await?;
    open(page).await?;
    page.type_text("dark").await?;
    active(page, "Dark theme").await?;
    page.press("Enter").await?;
    page.wait_true("a dark page", "return document.documentElement.dataset.theme === 'dark'").await?;
    page.wait_hidden(Css("#_palette")).await?;
    assert_eq!(page.evaluate("return document.querySelector('.theme input:checked').value").await?, "dark");
    open(page).await?;
    page.screenshot("palette-dark").await?;
    page.type_text("collapse").await?;
    page.click(Role("option", "Collapse all")).await?;
    papers(page, 0).await?;
    open(page).await?;
    page.type_text("keyboard").await?;
    page.press("Enter").await?;
    page.wait_visible(Css("#_shortcuts")).await?;
    // One dialog at a time.
    open(page).await?;
    page.wait_hidden(Css("#_shortcuts")).await
}

pub(crate) async fn clears_the_query_from_the_palette(page: &Page) -> Outcome {
    start(page, "/").await?;
    let clear = Role("option", "Clear all");
    open(page).await?;
    page.type_text("clear all").await?;
    page.wait_true("the palette to answer", "return !document.getElementById('_option-5')").await?;
    page.wait_hidden(clear).await?;
    page.press("Escape").await?;
    super::choose(page, "mechanistic").await?;
    papers(page, 1).await?;
    open(page).await?;
    page.type_text("clear all").await?;
    active(page, "Clear all").await?;
    page.press("Enter").await?;
    page.wait_url("/").await?;
    papers(page, 7).await?;
    page.back().await?;
    papers(page, 1).await
}
