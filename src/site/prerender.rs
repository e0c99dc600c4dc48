//! Prerendering: the views as HTML, so that the page is complete before a script runs.

use leptos::prelude::*;
use notebook_core::links::LinkedNotebook;
use notebook_core::notebook::{Id, Notebook};
use notebook_core::search::Corpus;

use super::html_page::HtmlPage;
use super::loader::MARKER;
use super::metadata::{self, SiteMetadata};
use super::studio_link::link_to_studio;
use crate::pipeline::DataFiles;
use crate::view::{self, PageMetadata, ids};

/// Renders the page of a notebook. `section_pages` are the titles and addresses of the static pages, which a large notebook has.
pub fn prerender(
    site: &SiteMetadata,
    linked: &LinkedNotebook,
    corpus: Corpus,
    data_files: &DataFiles,
    section_pages: &[(String, String)],
) -> HtmlPage {
    let first = data_files.first_entries.as_ref();
    let links_of = |id: &Id| linked.cross_references.links_of(id);
    let content =
        render(|| view::prerendered_page(&linked.notebook, corpus, first, &links_of, section_pages));
    // Leptos marks places with `<!>`, which HTML validators reject. Text contains none, because `<` is escaped.
    let content = content.replace("<!>", MARKER);
    let entries = first.unwrap_or(site.notebook()).walk().map(|(_, entry)| entry);
    let json_ld = metadata::json_ld_element(site, entries);
    let description = site.notebook().description.as_deref();
    notebook_page(site, description, &root(data_files, &content), &json_ld)
}

/// Renders a page whose content the client renders from the data files.
pub(super) fn empty_page(site: &SiteMetadata, data_files: &DataFiles) -> HtmlPage {
    // Without the description, which often is the beginning of the text: a change there would reload the page of `serve`.
    notebook_page(site, None, &root(data_files, ""), "")
}

/// Renders the element that the client hydrates, with its content.
fn root(data_files: &DataFiles, content: &str) -> String {
    format!("<div id=\"{}\"{}>{content}</div>", ids::ROOT, data_files.attributes_html())
}

/// Renders a page with this root, and an element at the end of the body.
fn notebook_page(site: &SiteMetadata, description: Option<&str>, root: &str, last: &str) -> HtmlPage {
    let notebook = site.notebook();
    let metadata = PageMetadata { title: &notebook.title, description, url: site.base_url() };
    let live_regions = render_static(view::live_regions);
    let overlays = render_static(view::citation_overlays);
    let footer = if site.has_studio() { link_to_studio() } else { String::new() };
    let body = format!("\n    {live_regions}\n    {root}{footer}{overlays}\n    {last}\n  ");
    HtmlPage::new(notebook, render_head(notebook, &metadata, &site.alternates()), body)
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
