//! Files and the studio: opening, saving, other tabs, and what of it readers fetch.

use serde_json::json;

use super::accessible::check_all_themes_and_sizes;
use super::start;
use super::studio::{EDITOR, edit_at_end, paste};
use crate::page::{Css, Page, Role, Text};
use crate::problem::Outcome;

/// A file with a byte order mark, and with line breaks of two kinds.
const MIXED: &str = "\u{FEFF}# Mixed\r\n\r\n- one\n- two\r\n\r\n";

pub(crate) async fn saves_only_what_was_changed(page: &Page) -> Outcome {
    page.open("/studio.html").await?;
    page.wait_text("Start with an example").await?;
    let is_in_place = page.engine() == "chromium";
    if is_in_place {
        // Nobody can operate the picker of the system. The file is in a folder that belongs to the site.
        let pick = format!(
            "const folder = await navigator.storage.getDirectory();
             const handle = await folder.getFileHandle('mixed.md', {{ create: true }});
             const file = await handle.createWritable();
             await file.write({});
             await file.close();
             window.showOpenFilePicker = async () => [handle];
             window.saved = async () => (await handle.getFile()).arrayBuffer();
             return 1",
            json!(MIXED)
        );
        page.evaluate_async(&pick).await?;
        page.click(Text("Open a file")).await?;
    } else {
        // These browsers give files without a way to write them, so that saving is a download.
        let drop = format!(
            "const file = new File([{}], 'mixed.md');
             const item = {{ kind: 'file', getAsFile: () => file, webkitGetAsEntry: () => null }};
             const event = new DragEvent('drop', {{ bubbles: true, cancelable: true }});
             Object.defineProperty(event, 'dataTransfer', {{ value: {{ types: ['Files'], items: [item] }} }});
             const address = URL.createObjectURL;
             URL.createObjectURL = (blob) => {{
               window.saved = () => blob.arrayBuffer();
               return address(blob);
             }};
             HTMLAnchorElement.prototype.click = () => {{}};
             document.body.dispatchEvent(event);
             return 1",
            json!(MIXED)
        );
        page.evaluate(&drop).await?;
    }
    page.wait_text("mixed.md is unchanged").await?;
    edit_at_end(page).await?;
    page.type_text("new").await?;
    page.wait_text("Only in this browser").await?;
    page.press("Control+s").await?;
    page.wait_text(if is_in_place { "Saved to mixed.md" } else { "Downloaded mixed.md" }).await?;
    let saved = "return new TextDecoder('utf-8', { ignoreBOM: true }).decode(await window.saved())";
    assert_eq!(page.evaluate_async(saved).await?, format!("{MIXED}new"));
    Ok(())
}

pub(crate) async fn edits_in_one_tab_at_a_time(page: &Page) -> Outcome {
    if page.engine() == "webkit" {
        println!("webkit draws nothing in a tab that its driver has opened: the status line stays as it was");
        return Ok(());
    }
    paste(page, "# Shared\n\nWords.\n").await?;
    page.type_text("From the first tab.").await?;
    page.wait_text("Only in this browser").await?;
    let first = page.open_tab().await?;
    page.open("/studio.html").await?;
    page.wait_text("it is read-only here").await?;
    page.wait_text("From the first tab.").await?;
    edit_at_end(page).await?;
    page.type_text("Refused.").await?;
    page.wait_no_text("Refused.").await?;

    page.click(Css("#save")).await?;
    page.wait_visible(Role("button", "Save")).await?;
    page.wait_no_text("read-only").await?;
    edit_at_end(page).await?;
    page.type_text(" From the second tab.").await?;
    page.wait_text("From the first tab. From the second tab.").await?;
    page.wait_text("Only in this browser").await?;
    let second = page.go_to_tab(&first).await?;
    page.wait_text("Read-only: notebook.md is open in another tab").await?;
    page.close_tab(&second).await
}

pub(crate) async fn opens_a_file_by_its_address(page: &Page) -> Outcome {
    page.open("/studio.html?open=notebook.md").await?;
    page.wait_text("notebook.md is unchanged").await?;
    page.wait_text("7 papers").await?;
    edit_at_end(page).await?;
    page.type_text("Words of my own.").await?;
    page.wait_text("Only in this browser").await?;
    page.reload().await?;
    page.wait_text("Restored from this browser: notebook.md").await?;

    page.open("/studio.html?open=missing.md").await?;
    page.wait_text("answers 404 for this file").await?;
    page.wait_text("Start with an example").await
}

pub(crate) async fn edits_accessibly(page: &Page) -> Outcome {
    page.open("/studio.html").await?;
    page.wait_text("Start with an example").await?;
    check_all_themes_and_sizes(page, "studio, start").await?;
    page.click(Text("Start with an example")).await?;
    edit_at_end(page).await?;
    page.type_text("See [there](#nowhere), **bold**, `code`.").await?;
    page.click(Css("#findings-toggle:not([disabled])")).await?;
    page.wait_visible(Css("#findings")).await?;
    check_all_themes_and_sizes(page, "studio, work").await?;
    page.click(EDITOR).await?;
    page.press("Control+f").await?;
    page.wait_visible(Css(".cm-search")).await?;
    check_all_themes_and_sizes(page, "studio, search").await?;
    page.press("Escape").await?;
    page.click(Css("#menu-open")).await?;
    page.click(Text("Forget everything …")).await?;
    page.wait_visible(Css("dialog[open]")).await?;
    check_all_themes_and_sizes(page, "studio, question").await
}

pub(crate) async fn readers_fetch_nothing_of_the_studio(page: &Page) -> Outcome {
    page.site.clear_fault("/sw.js");
    start(page, "/").await?;
    page.wait_true(
        "the page to be cached",
        "return navigator.serviceWorker.controller?.state === 'activated'",
    )
    .await?;
    page.fill(Css("#_search"), "transfomer").await?;
    page.wait_text("Search instead for").await?;
    page.hover(Role("link", "Edit a copy")).await?;
    assert_eq!(page.site.requests_below("/studio"), [""; 0]);
    Ok(())
}
