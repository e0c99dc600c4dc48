//! The studio: an author edits a notebook in the browser, and sees its page in a frame beside the source.

use super::{marked, papers, start};
use crate::page::{Css, Find, Page, Role, Text};
use crate::problem::Outcome;

pub(super) const EDITOR: Find<'_> = Css(".cm-content");
pub(super) const PREVIEW: Find<'_> = Css("#page iframe");

/// The line with the cursor, as a script.
const LINE: &str = "const around = getSelection().anchorNode;
    const line = (around instanceof Element ? around : around?.parentElement)?.closest('.cm-line')?.textContent ?? '';";

/// Begins with a text, as an author who pastes one.
pub(super) async fn paste(page: &Page, text: &str) -> Outcome {
    page.open("/studio.html").await?;
    page.wait_text("Or drop a file or a folder anywhere, or paste text.").await?;
    let script = format!(
        "const data = new DataTransfer();
         data.setData('text/plain', {});
         const event = new ClipboardEvent('paste', {{ bubbles: true }});
         // Firefox does not take it in the constructor.
         Object.defineProperty(event, 'clipboardData', {{ value: data }});
         document.body.dispatchEvent(event);
         return 1",
        serde_json::json!(text)
    );
    page.evaluate(&script).await?;
    edit_at_end(page).await
}

/// Waits until the page has been built, then puts the cursor behind the last word.
pub(super) async fn edit_at_end(page: &Page) -> Outcome {
    enter_preview(page).await?;
    page.leave_frame().await?;
    page.wait_focus(EDITOR).await?;
    page.press("Control+End").await
}

/// Turns to the page in the frame, once its client has started.
pub(super) async fn enter_preview(page: &Page) -> Outcome {
    page.enter_frame(PREVIEW).await?;
    page.wait_ready().await
}

/// Waits until a text is on the page in the frame.
async fn wait_preview(page: &Page, words: &str) -> Outcome {
    page.enter_frame(PREVIEW).await?;
    page.wait_text(words).await?;
    page.leave_frame().await
}

/// Types lines below one another.
async fn type_lines(page: &Page, lines: &[&str]) -> Outcome {
    for line in lines {
        page.type_text(line).await?;
        page.press("Enter").await?;
    }
    Ok(())
}

pub(crate) async fn edits_a_copy(page: &Page) -> Outcome {
    start(page, "/").await?;
    page.click(Role("link", "Edit a copy")).await?;
    page.wait_url("/studio.html?copy").await?;
    page.wait_text("notebook.md is unchanged").await?;
    page.wait_text("7 papers").await?;
    edit_at_end(page).await?;
    enter_preview(page).await?;
    papers(page, 7).await?;
    page.evaluate("window.kept = true; return 1").await?;
    page.leave_frame().await?;

    let paper = r"- [On circles](https://example.org/circles): their area is $\pi r^2$.";
    type_lines(page, &["## More papers", "", paper]).await?;
    page.wait_text("8 papers").await?;
    page.wait_text("Only in this browser").await?;
    enter_preview(page).await?;
    page.wait_visible(Role("heading", "More papers")).await?;
    papers(page, 8).await?;
    page.wait_visible(Css("#on-circles math")).await?;
    page.wait_true("the same page in the frame", "return window.kept === true").await
}

pub(crate) async fn shows_a_problem_where_it_is(page: &Page) -> Outcome {
    paste(page, "# Faulty\n\nFirst words.\n\n## A section\n\nLast words.\n").await?;
    page.wait_text("No problems").await?;
    page.enter_frame(PREVIEW).await?;
    page.wait_text("Last words.").await?;
    let watch = "window.hasVanished = false;
        const look = () => window.hasVanished ||= !document.body.innerText.includes('First words.');
        new MutationObserver(look).observe(document, { childList: true, subtree: true });
        return 1";
    page.evaluate(watch).await?;
    page.leave_frame().await?;

    page.type_text("See [there](#nowhere).").await?;
    page.click(Css("#findings-toggle:not([disabled])")).await?;
    page.wait_text("notebook.md, line 8").await?;
    page.press("Control+Home").await?;
    page.click(Css("#findings button")).await?;
    page.wait_focus(EDITOR).await?;
    page.wait_true("the cursor at the link", &format!("{LINE} return line.includes('#nowhere')")).await?;
    // What is wrong is selected: typing replaces it.
    page.screenshot("studio-problem").await?;
    page.type_text("[there](#a-section)").await?;
    page.wait_text("No problems").await?;
    page.wait_hidden(Css("#findings")).await?;
    page.enter_frame(PREVIEW).await?;
    page.wait_visible(Role("link", "there")).await?;
    page.wait_true("a page that was always there", "return window.hasVanished === false").await
}

pub(crate) async fn restores_words_after_a_reload(page: &Page) -> Outcome {
    paste(page, "# Kept\n\nThese were pasted.\n").await?;
    page.type_text("These were typed, and not saved.").await?;
    page.reload().await?;
    page.wait_text("Restored from this browser: notebook.md").await?;
    page.wait_text("These were typed, and not saved.").await?;
    wait_preview(page, "These were typed, and not saved.").await?;

    page.click(Css("#menu-open")).await?;
    page.click(Text("Forget everything …")).await?;
    page.click(Css("dialog button[value=forget]")).await?;
    page.wait_text("Nothing you write leaves this computer.").await?;
    page.reload().await?;
    page.wait_text("Edit a copy of this notebook").await?;
    page.wait_hidden(Css("#kept")).await?;
    page.wait_no_text("These were typed").await
}

pub(crate) async fn searches_words_that_are_not_saved(page: &Page) -> Outcome {
    paste(page, "# Winds\n\n## Papers\n\n- [A paper](https://example.org/a): old words.\n").await?;
    type_lines(page, &["## Fresh", "", "A zephyrine breeze."]).await?;
    wait_preview(page, "A zephyrine breeze.").await?;
    enter_preview(page).await?;
    // Only the full-text index corrects a typo.
    page.fill(Css("#_search"), "zephyirne").await?;
    page.wait_text("Search instead for").await?;
    marked(page, "zephyrine").await
}

pub(crate) async fn follows_from_page_to_source_and_back(page: &Page) -> Outcome {
    let filling = "More words. ".repeat(40);
    let sections: Vec<String> =
        (0..40).map(|at| format!("## Section {at}\n\nWords of section {at}. {filling}\n")).collect();
    paste(page, &format!("# Long\n\n{}", sections.join("\n"))).await?;
    enter_preview(page).await?;
    page.click(Text("Words of section 30.")).await?;
    page.leave_frame().await?;
    page.wait_focus(EDITOR).await?;
    page.wait_true(
        "the cursor at the words",
        &format!("{LINE} return line.startsWith('Words of section 30.')"),
    )
    .await?;

    page.press("Control+Home").await?;
    is_in_view(page, "section-0").await?;
    page.press("Control+End").await?;
    is_in_view(page, "section-39").await
}

/// Waits until the page in the frame shows an element.
async fn is_in_view(page: &Page, id: &str) -> Outcome {
    page.enter_frame(PREVIEW).await?;
    let script = format!(
        "const {{ top, bottom }} = document.getElementById({id:?}).getBoundingClientRect();
         return bottom > 0 && top < innerHeight"
    );
    page.wait_true(&format!("{id} to be in view"), &script).await?;
    page.leave_frame().await
}
