//! The page of the concept map: a drawing, and the same content as a list. It is a static page that is never hydrated.

mod drawing;
mod list;
mod names;

use leptos::prelude::*;
use notebook_core::concept_map::ConceptMap;
use notebook_core::search::EntryKind;

use super::controls::{button, text_link};
use super::element::{El, el};
use super::strings::{self, count_of};
use super::{ids, static_page};

/// File name of the page, relative to the notebook's page.
pub const FILE_NAME: &str = "map.html";

/// Renders the page. `pages` are title and URL of the static pages of a large notebook.
pub fn map_page(map: &ConceptMap, notebook_title: &str, pages: &[(String, String)]) -> AnyView {
    let terms = count_of(EntryKind::Term, map.terms.len());
    let papers = count_of(EntryKind::Paper, map.papers.len());
    let main = el("main")
        .attr("id", ids::MAIN)
        .child(el("h1").text(strings::MAP))
        .child(el("p").text(strings::MAP_DESCRIPTION.format(&[&terms, &papers])))
        .child(tools())
        .child(
            el("div")
                .class("map-columns")
                .child(drawing::drawing(map))
                .child(details())
                .child(list::list(map)),
        )
        .children((!pages.is_empty()).then(|| static_page::page_links(pages)));
    el("div")
        .class("map")
        .child(text_link(format!("#{}", ids::MAP_LIST), strings::SKIP_TO_LIST.text()).class("skip"))
        .child(static_page::breadcrumb(notebook_title, &[]))
        .child(main)
        .into()
}

/// Renders the zoom buttons and the list of shortcuts, which work with the script of the page.
fn tools() -> El {
    let zooms = [
        ("out", "−", strings::ZOOM_OUT),
        ("in", "+", strings::ZOOM_IN),
        ("fit", strings::FIT.text(), strings::FIT_MAP),
    ];
    let buttons = zooms.map(|(zoom, text, label)| {
        button().attr("data-zoom", zoom).attr("aria-label", label).attr("title", label).text(text)
    });
    el("div")
        .class("map-tools")
        .attr("role", "group")
        .attr("aria-label", strings::ZOOM)
        .children(buttons)
        .child(legend())
        .child(el("p").attr("id", ids::MAP_SHORTCUTS).text(strings::MAP_SHORTCUTS))
}

/// Renders what the signs of the drawing mean.
fn legend() -> El {
    let signs =
        [("term", strings::KIND_TERM), ("paper", strings::KIND_PAPER), ("mention", strings::MENTIONS)];
    el("ul").class("legend").children(signs.map(|(sign, name)| el("li").class(sign).text(name)))
}

/// Renders the panel in which the script shows the selected node and its neighbors.
fn details() -> El {
    el("section")
        .attr("id", ids::MAP_DETAILS)
        .attr("aria-label", strings::MAP_DETAILS)
        .child(el("p").attr("role", "status").text(strings::MAP_HINT))
        .child(el("div"))
}
