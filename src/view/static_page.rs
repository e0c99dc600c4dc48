//! Static pages of a large notebook, which are never hydrated: one for each part of a section and for each term.

use leptos::prelude::*;
use notebook_core::notebook::Entry;

use super::controls::text_link;
use super::element::{El, el};
use super::entry::LinksOf;
use super::{ids, section, strings};

/// Content of a static page. All URLs are relative to the notebook's page.
#[derive(Clone, Debug, Default)]
pub struct StaticPage<'a> {
    /// Title of the notebook.
    pub notebook_title: &'a str,
    /// Title of the page.
    pub title: String,
    /// Anchor of the same place in the notebook.
    pub anchor: &'a str,
    /// Title and URL of the pages of the headings above, outermost first.
    pub ancestors: Vec<(String, String)>,
    /// Title and URL of the pages of the subsections.
    pub children: Vec<(String, String)>,
    /// Entries of the page.
    pub entries: &'a [Entry],
    /// URLs of the previous and of the next page of the same section.
    pub neighbors: [Option<String>; 2],
}

/// Renders a static page.
pub fn static_page(page: &StaticPage, links_of: LinksOf) -> AnyView {
    let open = text_link(format!("./#{}", page.anchor), strings::OPEN_IN_NOTEBOOK.text());
    let main = el("main")
        .attr("id", ids::MAIN)
        .child(el("h1").text(&page.title))
        .child(el("p").class("actions").child(open))
        .children(section::entries(page.entries, 2, links_of))
        .children((!page.children.is_empty()).then(|| page_links(&page.children)))
        .children(pager(&page.neighbors));
    el("div")
        .class("page static-page")
        .child(breadcrumb(page.notebook_title, &page.ancestors))
        .child(main)
        .into()
}

/// Renders the path from the notebook to a page; `ancestors` are titles and URLs, outermost first.
pub(super) fn breadcrumb(notebook_title: &str, ancestors: &[(String, String)]) -> El {
    let home = el("li").child(text_link("./", notebook_title));
    let path = el("ol").child(home).children(list_items(ancestors));
    el("nav").class("breadcrumb").attr("aria-label", strings::BREADCRUMB).child(path)
}

/// Renders links to static pages, given by title and URL. Through them all of a large notebook can be reached without scripts.
pub(super) fn page_links(pages: &[(String, String)]) -> El {
    let list = el("ul").children(list_items(pages));
    el("nav").class("pages").attr("aria-label", strings::PAGES).child(list)
}

fn list_items(pages: &[(String, String)]) -> impl Iterator<Item = El> {
    pages.iter().map(|(title, url)| el("li").child(text_link(url, title)))
}

/// Renders links to the previous and the next page.
fn pager(neighbors: &[Option<String>; 2]) -> Option<El> {
    let names = [("prev", strings::PREVIOUS_PAGE), ("next", strings::NEXT_PAGE)];
    let links = neighbors.iter().zip(names).filter_map(|(url, (rel, name))| {
        Some(el("li").child(text_link(url.as_ref()?, name.text()).attr("rel", rel)))
    });
    let links: Vec<_> = links.collect();
    (!links.is_empty()).then(|| el("nav").attr("aria-label", strings::PAGES).child(el("ul").children(links)))
}
