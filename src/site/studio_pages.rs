//! The pages of the studio beside a notebook: `studio.html` with the editor, and the page in it that shows the text.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use notebook_core::notebook::Notebook;
use serde_json::{Value, json};

use super::Failure;
use super::files::{read_file, write_file, write_hashed};
use super::html_page::{HtmlPage, InlineText};
use super::integrity::{Integrity, content_hash};
use super::loader::{self, LoaderSettings};
use super::metadata::SiteMetadata;
use super::minify::inline_script;
use super::policy::Policy;
use super::prerender::empty_page;
use super::service_worker::app_icons;
use super::studio_link::FILE_NAME;
use super::{styles, wasm_program};
use crate::pipeline::DataFiles;
use crate::pipeline::theme_styles::paper_colors;

/// The page that shows the text.
const PREVIEW: &str = "studio-page.html";
/// Trunk's name for the program that parses notes.
const PROGRAM: &str = "studio";
/// The files of the editor, as `cargo xtask` bundles them: script and styles of the page, and the script of the worker, which runs
/// the program.
const BUNDLES: [&str; 3] = ["studio-app.js", "studio-app.css", "studio-worker.js"];
/// The Markdown of the published notebook, of which readers can edit a copy.
const SOURCE: &str = "notebook.md";
/// The manifest by which browsers install the studio, so that the system opens files with it.
const MANIFEST: &str = "studio.webmanifest";

const BODY: &str = include_str!("../studio/app/body.html");
/// A style that hides controls which need a finished build: formatted references and other pages.
const HIDDEN: &str = "[data-action=cite],[popovertarget=_export],a[href$=\".html\"]:not([href*=\"/\"],#_content *){display:none!important}";
/// The script that takes data files from the studio.
const PREVIEW_SCRIPT: &str = include_str!("studio_preview.js");
/// The script that replaces what changed.
const LIVE_RELOAD: &str = include_str!("live_reload.js");

/// Returns true if Trunk has staged the studio in this folder.
pub(super) fn is_built(out: &Path) -> bool {
    wasm_program::is_built(PROGRAM, out) && BUNDLES.iter().all(|file| out.join(file).is_file())
}

/// Copies the files of the editor from the folder that they were bundled into, to the files that Trunk has staged.
///
/// # Errors
/// Fails if one of them does not exist, or cannot be copied.
pub(crate) fn stage(bundled: &Path, staged: &Path) -> Result<(), Failure> {
    for file in BUNDLES {
        let from = bundled.join(file);
        fs::copy(&from, staged.join(file))
            .map_err(|error| format!("{} cannot be copied: {error}", from.display()))?;
    }
    Ok(())
}

/// Removes the staged files of the studio.
pub(super) fn remove(out: &Path) -> Result<(), Failure> {
    for file in wasm_program::staged_files(PROGRAM).iter().map(String::as_str).chain(BUNDLES) {
        match fs::remove_file(out.join(file)) {
            Err(error) if error.kind() != std::io::ErrorKind::NotFound => {
                return Err(format!("{file} cannot be removed: {error}"));
            }
            _ => {}
        }
    }
    Ok(())
}

/// Writes both pages with their scripts and program. The page that shows the text has icon, styles and client of the notebook's
/// `published` page, and the `search` program.
///
/// # Errors
/// Fails if a staged file cannot be read, or a file cannot be written.
pub(super) fn write(
    notebook: &Notebook,
    published: &HtmlPage,
    client: &LoaderSettings<'_>,
    search: Option<&str>,
    out: &Path,
) -> Result<(), Failure> {
    let program = wasm_program::write(PROGRAM, out, &mut Integrity::default())?.unwrap_or_default();
    let [app, styles, worker] = BUNDLES.map(|bundle| write_bundle(bundle, out));
    let config = json!({
        "worker": worker?,
        "program": program,
        "search": search,
        "page": PREVIEW,
        "notebook": SOURCE,
    });
    write_file(&out.join(MANIFEST), format!("{:#}\n", manifest(notebook)).as_bytes())?;
    let page = editor_page(notebook, &app?, &styles?, config);
    write_file(&out.join(FILE_NAME), page.to_html().as_bytes())?;
    write_file(&out.join(PREVIEW), preview_page(published, client)?.to_html().as_bytes())
}

/// Adds a hash to the name of a staged file. Returns the name.
fn write_bundle(file: &str, out: &Path) -> Result<String, Failure> {
    let path = out.join(file);
    let bytes = read_file(&path)?;
    fs::remove_file(&path).map_err(|error| format!("{} cannot be removed: {error}", path.display()))?;
    let (name, extension) = file.rsplit_once('.').unwrap_or((file, "js"));
    write_hashed(out, &format!("{name}-"), extension, &bytes)
}

fn manifest(notebook: &Notebook) -> Value {
    let [paper, _] = paper_colors(notebook);
    json!({
        "name": "Notebook Studio",
        "short_name": "Studio",
        "description": "Write notes, and see the notebook as you type",
        "lang": "en",
        // The notebook beside it is an app of its own.
        "id": FILE_NAME,
        "start_url": FILE_NAME,
        "scope": FILE_NAME,
        "display": "standalone",
        "background_color": paper,
        "theme_color": paper,
        "icons": app_icons(),
        "file_handlers": [{
            "action": FILE_NAME,
            "accept": { "text/markdown": [".md", ".markdown"], "application/x-bibtex": [".bib"] },
        }],
    })
}

fn editor_page(notebook: &Notebook, app: &str, styles: &str, mut config: Value) -> HtmlPage {
    // The editor adds styles while it runs. Scripts are never allowed by it, so it does not have to be secret.
    let nonce = content_hash(app.as_bytes());
    config["nonce"] = nonce.as_str().into();
    let body = format!(
        "{BODY}<script type=\"application/json\" id=\"_config\">{config}</script>\
         <script type=\"module\" src=\"{app}\"></script>"
    );
    let head = format!(
        "<title>Studio</title>\n    <link rel=\"stylesheet\" href=\"{styles}\">\n    \
         <link rel=\"manifest\" href=\"{MANIFEST}\">"
    );
    // The words of the studio are English whatever the notebook is written in.
    let notebook = Notebook { lang: None, other: notebook.other.clone(), ..Notebook::default() };
    let mut page = HtmlPage::new(&notebook, head, body);
    page.policy = Some(Policy::Studio { nonce });
    page
}

fn preview_page(published: &HtmlPage, client: &LoaderSettings<'_>) -> Result<HtmlPage, Failure> {
    let notebook = Notebook::default();
    let mut page = empty_page(&SiteMetadata::unpublished(&notebook), &DataFiles::default());
    page.icon.clone_from(&published.icon);
    // Without the theme of the published notebook, which comes last: the text has its own.
    page.styles.extend(published.styles.first().cloned());
    page.styles.push(InlineText::style(styles::typeset_styles()?)?);
    page.styles.push(InlineText::style(HIDDEN.to_owned())?);
    page.scripts.push(inline_script("studio_preview.js", PREVIEW_SCRIPT)?);
    page.scripts.push(loader::script(&page.body, client)?);
    page.modules.push(inline_script("live_reload.js", LIVE_RELOAD)?);
    // Pictures of an opened folder are in memory. Those of other sites are not shown.
    let image_servers = BTreeSet::from(["blob:".to_owned()]);
    page.policy = Some(Policy::Site { image_servers, loads_styles: client.deferred_styles.is_some() });
    Ok(page)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_installed_studio_opens_the_files_that_it_can_edit() {
        let notebook = Notebook::default();
        let manifest = manifest(&notebook);
        let accepted = manifest["file_handlers"][0]["accept"].as_object().unwrap();
        let extensions: Vec<&str> =
            accepted.values().flat_map(|list| list.as_array().unwrap()).filter_map(Value::as_str).collect();
        for extension in [".md", ".markdown", ".bib"] {
            assert!(extensions.contains(&extension), "{extension} in {extensions:?}");
        }
        let html = editor_page(&notebook, "app.js", "app.css", json!({})).to_html();
        for part in ["<link rel=\"manifest\" href=\"studio.webmanifest\">", "manifest-src 'self'"] {
            assert_eq!(html.matches(part).count(), 1, "{part} in {html}");
        }
    }
}
