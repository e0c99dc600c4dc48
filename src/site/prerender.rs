//! Prerendering: the views as HTML, so that the page is complete before a script runs.

use leptos::prelude::*;
use notebook_core::links::LinkedNotebook;
use notebook_core::notebook::language::text_direction;
use notebook_core::notebook::{Id, Notebook};
use notebook_core::search::Corpus;

use super::Failure;
use super::data_files::DataFiles;
use super::loader::MARKER;
use super::metadata::{self, SiteMetadata};
use crate::view::{self, PageMetadata, ids};

/// Fills the frame that Trunk has staged (`index.html`) with the page of a notebook. `section_pages` are the titles and
/// addresses of the static pages, which a large notebook has.
///
/// # Errors
/// Fails if an element that is filled is not in the frame.
pub fn prerender(
    frame: &str,
    site: &SiteMetadata,
    linked: &LinkedNotebook,
    corpus: Corpus,
    data_files: &DataFiles,
    section_pages: &[(String, String)],
) -> Result<String, Failure> {
    let first = data_files.first_entries.as_ref();
    let links_of = |id: &Id| linked.cross_references.links_of(id);
    let page = render(|| view::prerendered_page(&linked.notebook, corpus, first, &links_of, section_pages));
    // Leptos marks places with `<!>`, which HTML validators reject. Text contains none, because `<` is escaped.
    let page = page.replace("<!>", MARKER);
    let entries = first.unwrap_or(site.notebook()).walk().map(|(_, entry)| entry);
    let json_ld = format!("  {}\n  ", metadata::json_ld_element(site, entries));
    fill(frame, site, data_files, site.notebook().description.as_deref(), &page, &json_ld)
}

/// Fills the frame with a page that the client renders from the data files.
///
/// # Errors
/// Fails if an element that is filled is not in the frame.
pub(super) fn empty_page(
    frame: &str,
    site: &SiteMetadata,
    data_files: &DataFiles,
) -> Result<String, Failure> {
    // Without the description, which often is the beginning of the text: a change there would reload the page of `serve`.
    fill(frame, site, data_files, None, "", "")
}

/// Fills the frame with a description, a page, and an element at the end of the body.
fn fill(
    frame: &str,
    site: &SiteMetadata,
    data_files: &DataFiles,
    description: Option<&str>,
    page: &str,
    last: &str,
) -> Result<String, Failure> {
    let root = empty_root();
    let notebook = site.notebook();
    let metadata = PageMetadata { title: &notebook.title, description, url: site.base_url() };
    let head = render_head(notebook, &metadata, &site.alternates());
    let lang = notebook.language();
    let overlays = render_static(view::citation_overlays);
    let page = format!("<div id=\"{}\"{}>{page}</div>{overlays}", ids::ROOT, data_files.attributes_html());
    let mut filled = frame.to_owned();
    for (placeholder, content) in [
        ("<html lang=\"en\"", format!("<html lang=\"{lang}\" dir=\"{}\"", text_direction(lang))),
        ("<title>Notebook</title>", head),
        (root.as_str(), page),
        ("</body>", format!("{last}</body>")),
    ] {
        if !filled.contains(placeholder) {
            return Err(format!(
                "index.html has no `{placeholder}`, which the build fills: take the index.html that comes with notebook"
            ));
        }
        filled = filled.replacen(placeholder, &content, 1);
    }
    Ok(filled)
}

/// Returns the element of a frame that the notebook is written into.
fn empty_root() -> String {
    format!("<div id=\"{}\"></div>", ids::ROOT)
}

/// Returns true if no notebook was written into a page yet.
pub(super) fn is_unfilled(page: &str) -> bool {
    page.contains(&empty_root())
}

/// Renders the page of a notebook for the empty query, without a frame.
pub fn page_html(notebook: &Notebook) -> String {
    let LinkedNotebook { notebook, cross_references } = LinkedNotebook::new(notebook);
    render(|| {
        view::prerendered_page(
            &notebook,
            Corpus::build(&notebook),
            None,
            &|id| cross_references.links_of(id),
            &[],
        )
    })
}

fn render<V: IntoView>(view: impl FnOnce() -> V) -> String {
    let owner = Owner::new();
    owner.with(|| view().into_view().to_html())
}

/// Renders HTML that is not hydrated, without the markers of Leptos. Text contains none, because `<` is escaped.
pub(super) fn render_static<V: IntoView>(view: impl FnOnce() -> V) -> String {
    render(view).replace("<!>", "")
}

/// Renders the head of a page. Its `link` elements have no end tag.
pub(super) fn render_head(
    notebook: &Notebook,
    metadata: &PageMetadata,
    alternates: &[(&'static str, &str, &str)],
) -> String {
    render_static(|| view::head_elements(notebook, metadata, alternates)).replace("</link>", "")
}

/// Renders a page that does not use Trunk's frame. Its links are relative to `base`, unless that is empty.
pub(super) fn standalone_page(
    notebook: &Notebook,
    base: &str,
    head: &str,
    style: &str,
    body: &str,
) -> String {
    let lang = notebook.language();
    let base = if base.is_empty() { String::new() } else { format!("<base href=\"{base}\">\n    ") };
    format!(
        "<!doctype html>\n<html lang=\"{lang}\" dir=\"{}\">\n  <head>\n    <meta charset=\"utf-8\">\n    \
         {base}<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n    \
         <meta name=\"color-scheme\" content=\"light dark\">\n    {head}\n    \
         <link rel=\"icon\" href=\"icon.svg\" type=\"image/svg+xml\">\n<style>{style}</style></head>\n  \
         <body>{body}</body>\n</html>\n",
        text_direction(lang)
    )
}
