//! `notebook serve`: a page that follows its author's file.

use std::fs;
use std::path::{Path, PathBuf};

use tempfile::TempDir;

use crate::page::{Css, Page};
use crate::problem::{Outcome, Problem};
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

/// A running `notebook serve`, with the file that it serves.
struct Serve {
    file: PathBuf,
    address: String,
    server: Process,
    _folder: Option<TempDir>,
}

impl Serve {
    /// Serves a new file with a text.
    fn text(text: &str, port: &str) -> Result<Self, Problem> {
        let folder = tempfile::tempdir()?;
        let file = folder.path().join("followed.md");
        save(&file, text)?;
        Ok(Self { _folder: Some(folder), ..Self::file(file, port)? })
    }

    /// Serves a file on a port, or on the next one that is free.
    fn file(file: PathBuf, port: &str) -> Result<Self, Problem> {
        let arguments =
            ["serve".into(), file.display().to_string(), "--no-open".into(), "--port".into(), port.into()];
        let frame = crate::frame().display().to_string();
        let command = env!("CARGO_BIN_EXE_notebook").as_ref();
        let mut server = Process::start(command, &arguments, &[("NOTEBOOK_PAGE", &frame)])?;
        loop {
            let line = server.first_line()?;
            if let Some((_, address)) = line.split_once("http://") {
                let address = format!("http://{}", address.split_whitespace().next().unwrap_or_default());
                return Ok(Self { file, address, server, _folder: None });
            }
            if line.is_empty() {
                return Err("notebook serve has ended".into());
            }
        }
    }

    async fn open(&self, page: &Page) -> Outcome {
        page.open_address(&self.address).await?;
        page.wait_ready().await
    }

    /// Saves the notebook with another title, and waits for the page to be loaded again: the client knows nothing of its head.
    async fn save_with_title(&self, page: &Page, title: &str) -> Outcome {
        page.evaluate("document.documentElement.dataset.old = ''; return 1").await?;
        save(&self.file, &notebook(1, false).replace("# Followed", &format!("# {title}")))?;
        page.wait_true("another page", "return !('old' in document.documentElement.dataset)").await?;
        page.wait_ready().await?;
        page.wait_true("the title", &format!("return document.title === '{title}'")).await
    }
}

/// The text of the panel with problems.
const PANEL: &str = "const hosts = [...document.querySelectorAll('[role=status]')];
    const text = hosts.map(host => host.shadowRoot?.textContent ?? '').join('');";

pub(crate) async fn follows_the_file_in_place(page: &Page) -> Outcome {
    let serve = Serve::text(&notebook(1, false), "18600")?;
    serve.open(page).await?;
    page.wait_text("Version 1.").await?;
    let script = "document.querySelector('#section-3').closest('section, details, div').querySelector('summary')?.click();
        const section = document.querySelector('#section-30');
        section.scrollIntoView({ behavior: 'instant' });
        const words = section.querySelector('p');
        getSelection().selectAllChildren(words);
        window.kept = words;
        return section.getBoundingClientRect().top";
    let before = page.evaluate(script).await?.as_f64().unwrap_or(f64::NAN);

    save(&serve.file, &notebook(2, true))?;
    page.wait_text("Version 2.").await?;
    let script = format!(
        "return Math.abs(document.querySelector('#section-30').getBoundingClientRect().top - {before}) < 3"
    );
    page.wait_true("the page to be at the same place", &script).await?;
    page.wait_true(
        "elements that did not change, with their selection",
        "return document.querySelector('#section-30 p') === window.kept
            && getSelection().toString().includes('Words of section 30')",
    )
    .await?;
    page.wait_true("the closed fold", "return !document.querySelector('#section-3 details').open").await?;
    page.wait_true("the problem in the panel", &format!("{PANEL} return text.includes('followed.md:')"))
        .await?;

    // An error: the last good page stays.
    save(&serve.file, "---\ntitle: [\n---\n")?;
    let has_error = format!("{PANEL} return text.includes('last version without errors')");
    page.wait_true("the error in the panel", &has_error).await?;
    page.wait_text("Version 2.").await?;

    save(&serve.file, &notebook(3, false))?;
    page.wait_text("Version 3.").await?;
    page.wait_true("an empty panel", &format!("{PANEL} return text === ''")).await?;

    drop(serve.server);
    page.wait_true("the end in the panel", &format!("{PANEL} return text.includes('has stopped')")).await
}

pub(crate) async fn answers_a_query_from_the_new_version(page: &Page) -> Outcome {
    let serve = Serve::text(&notebook(3, false), "18620")?;
    serve.open(page).await?;
    page.fill(Css("#_search"), "section 7 newcomer").await?;
    page.wait_text("No entry contains all of these words").await?;
    save(&serve.file, &notebook(3, false).replace("Words of section 7.", "Words of section 7, a newcomer."))?;
    page.wait_no_text("No entry contains all of these words").await?;
    let is_highlighted = "const found = globalThis.CSS?.highlights?.get('found');
        const isOnPage = (range) => range.toString() === 'newcomer' && range.startContainer.isConnected;
        return !CSS.highlights || [...found ?? []].some(isOnPage)";
    page.wait_true("the highlight", is_highlighted).await?;
    page.wait_true("the words", "return document.querySelector('#_search').value === 'section 7 newcomer'")
        .await?;
    page.wait_true("the focus", "return document.activeElement.id === '_search'").await?;

    // A new section is in the contents, and a removed one is not.
    page.fill(Css("#_search"), "").await?;
    let renamed = notebook(4, false).replace("## Section 12", "## A new section");
    save(&serve.file, &renamed)?;
    page.wait_text("Version 4.").await?;
    page.wait_true(
        "the new section in its place, here and in the contents",
        "const links = [...document.querySelectorAll('.contents a')].map(link => link.hash);
         const next = document.querySelector('#a-new-section').nextElementSibling;
         return links[12] === '#a-new-section' && links.length === 40 && next.id === 'section-13'
            && document.querySelectorAll('#_content section').length === 40",
    )
    .await
}

pub(crate) async fn loads_the_page_again_at_the_same_place(page: &Page) -> Outcome {
    let serve = Serve::text(&notebook(1, false), "18640")?;
    serve.open(page).await?;
    let script = "const section = document.querySelector('#section-30');
        section.scrollIntoView({ behavior: 'instant' });
        return section.getBoundingClientRect().top";
    let before = page.evaluate(script).await?.as_f64().unwrap_or(f64::NAN);
    serve.save_with_title(page, "Renamed").await?;
    let script = format!(
        "return Math.abs(document.querySelector('#section-30').getBoundingClientRect().top - {before}) < 3"
    );
    page.wait_true("the page to be at the same place", &script).await?;

    // The query stays too.
    page.fill(Css("#_search"), "section 7").await?;
    page.wait_true("the query in the address", "return location.search === '?q=section+7'").await?;
    serve.save_with_title(page, "Renamed again").await?;
    page.wait_true("the same query", "return document.querySelector('#_search').value === 'section 7'")
        .await?;

    // Words that the address does not know yet stay.
    let typed = "const box = document.querySelector('#_search');
        box.dispatchEvent(new KeyboardEvent('keydown', { key: 'Shift', bubbles: true }));
        box.value = 'section 12';
        return 1";
    page.evaluate(typed).await?;
    serve.save_with_title(page, "Followed").await?;
    let script = "return document.querySelector('#_search').value === 'section 12' && location.search === '?q=section+12'";
    page.wait_true("the words that were typed last", script).await
}

/// A function that returns the content of a page as HTML, without the comments by which Leptos finds its places.
const CONTENT_OF: &str = "const contentOf = (page) => {
        const content = page.querySelector('#_content').cloneNode(true);
        const comments = document.createNodeIterator(content, NodeFilter.SHOW_COMMENT);
        const found = [];
        for (let comment = comments.nextNode(); comment; comment = comments.nextNode()) found.push(comment);
        for (const comment of found) comment.remove();
        content.normalize();
        return content.innerHTML;
    };";

/// The served page has nothing prerendered; the page of a build has all of it.
pub(crate) async fn renders_a_notebook_from_its_data_files_alone(page: &Page) -> Outcome {
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/seed/notebook.md");
    let serve = Serve::file(file, "18680")?;
    serve.open(page).await?;
    let is_empty = "return !(await (await fetch('/')).text()).includes('<main')";
    if page.evaluate_async(is_empty).await?.as_bool() != Some(true) {
        return Err("the served page has content before its client has started".into());
    }
    let content = format!("{CONTENT_OF} return contentOf(document)");
    let rendered = page.evaluate(&content).await?;
    page.open("/").await?;
    page.wait_ready().await?;
    let prerendered = page.evaluate(&content).await?;
    let (rendered, prerendered) =
        (rendered.as_str().unwrap_or_default(), prerendered.as_str().unwrap_or_default());
    let same = rendered.chars().zip(prerendered.chars()).take_while(|(one, other)| one == other).count();
    let rest = |html: &str| html.chars().skip(same).take(200).collect::<String>();
    assert_eq!(rest(rendered), rest(prerendered), "after {same} characters");
    Ok(())
}
