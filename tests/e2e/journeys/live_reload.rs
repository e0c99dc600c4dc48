//! `notebook serve`: a page that follows its author's file.

use std::fs;
use std::path::Path;

use crate::page::{Css, Page};
use crate::problem::Outcome;
use crate::process::Process;

/// Returns a notebook of several screens that begins with its version, and has a dead link if `is_faulty`.
fn notebook(version: u32, is_faulty: bool) -> String {
    let words = "More words. ".repeat(40);
    let sections: Vec<String> =
        (0..40).map(|at| format!("## Section {at}\n\nWords of section {at}. {words}\n")).collect();
    let sections = sections.join("\n");
    let link = if is_faulty { "[x](#nowhere)\n" } else { "" };
    format!("# Followed\n\nVersion {version}.\n\n{sections}\n{link}")
}

/// Saves a file as many editors do: writes another one, and renames it.
fn save(file: &Path, text: &str) -> Outcome {
    let temporary = file.with_extension("md~");
    fs::write(&temporary, text)?;
    Ok(fs::rename(temporary, file)?)
}

#[allow(clippy::too_many_lines, reason = "the steps of one journey in their order")]
pub(crate) async fn follows_the_file_at_the_same_place(page: &Page) -> Outcome {
    let folder = tempfile::tempdir()?;
    let file = folder.path().join("followed.md");
    save(&file, &notebook(1, false))?;
    let arguments =
        ["serve".into(), file.display().to_string(), "--no-open".into(), "--port".into(), "18600".into()];
    let frame = crate::frame().display().to_string();
    let command = env!("CARGO_BIN_EXE_notebook").as_ref();
    let mut server = Process::start(command, &arguments, &[("NOTEBOOK_PAGE", &frame)])?;
    let address = loop {
        let line = server.first_line()?;
        if let Some((_, address)) = line.split_once("http://") {
            break format!("http://{}", address.split_whitespace().next().unwrap_or_default());
        }
        if line.is_empty() {
            return Err("notebook serve has ended".into());
        }
    };
    page.open_address(&address).await?;
    page.wait_ready().await?;
    page.wait_text("Version 1.").await?;
    let script = "document.querySelector('#section-3').closest('section, details, div').querySelector('summary')?.click();
        document.querySelector('#section-30').scrollIntoView({ behavior: 'instant' });
        return document.querySelector('#section-30').getBoundingClientRect().top";
    let before = page.evaluate(script).await?.as_f64().unwrap_or(f64::NAN);

    save(&file, &notebook(2, true))?;
    page.wait_text("Version 2.").await?;
    page.wait_ready().await?;
    let script = format!(
        "return Math.abs(document.querySelector('#section-30').getBoundingClientRect().top - {before}) < 3"
    );
    page.wait_true("the page to be at the same place", &script).await?;
    let panel = "const hosts = [...document.querySelectorAll('[role=status]')];
        const text = hosts.map(host => host.shadowRoot?.textContent ?? '').join('');";
    page.wait_true("the problem in the panel", &format!("{panel} return text.includes('followed.md:')"))
        .await?;

    // An error: the last good page stays.
    save(&file, "---\ntitle: [\n---\n")?;
    page.wait_true(
        "the error in the panel",
        &format!("{panel} return text.includes('last version without errors')"),
    )
    .await?;
    page.wait_text("Version 2.").await?;

    save(&file, &notebook(3, false))?;
    page.wait_text("Version 3.").await?;
    page.wait_ready().await?;
    page.wait_true("an empty panel", &format!("{panel} return text === ''")).await?;

    // The query stays too.
    page.fill(Css("#_search"), "section 7").await?;
    page.wait_true("the query in the address", "return location.search === '?q=section+7'").await?;
    page.evaluate("document.documentElement.dataset.old = ''; return 1").await?;
    save(&file, &notebook(4, false))?;
    page.wait_true("another page", "return !('old' in document.documentElement.dataset)").await?;
    page.wait_ready().await?;
    let script = "return document.querySelector('#_search').value === 'section 7'";
    page.wait_true("the same query", script).await?;

    // Words that the address does not know yet stay.
    page.evaluate("document.documentElement.dataset.old = ''; return 1").await?;
    let typed = "const box = document.querySelector('#_search');
        box.dispatchEvent(new KeyboardEvent('keydown', { key: 'Shift', bubbles: true }));
        box.value = 'section 12';
        return 1";
    page.evaluate(typed).await?;
    save(&file, &notebook(5, false))?;
    page.wait_true("another page", "return !('old' in document.documentElement.dataset)").await?;
    page.wait_ready().await?;
    let script = "return document.querySelector('#_search').value === 'section 12' && location.search === '?q=section+12'";
    page.wait_true("the words that were typed last", script).await?;
    drop(server);
    page.wait_true(
        "the end of the server in the panel",
        &format!("{panel} return text.includes('has stopped')"),
    )
    .await
}
