//! The map of a notebook: a page of its own, that is never hydrated. A picture to walk in, and the same as a list.

mod list;
mod picture;

use leptos::prelude::*;
use notebook_core::Query;
use notebook_core::map::Map;
use notebook_core::query::Facet;
use notebook_core::search::{Counted, UNKNOWN};

use super::element::{El, el};
use super::strings::{self, counted};
use super::{ids, sheet};

/// Its file, beside the notebook's own page.
pub const PAGE: &str = "map.html";

/// The map of the notebook of this title. `pages` lead to all of a large one.
pub fn map(map: &Map, notebook: &str, pages: &[(String, String)]) -> AnyView {
    let home = el("a").attr("href", "./").text(notebook);
    let path = el("ol").child(el("li").child(home));
    let path = el("nav").class("path").attr("aria-label", strings::PATH).child(path);
    let skip = el("a").class("skip").attr("href", format!("#{}", ids::LIST)).text(strings::TO_LIST);
    let [terms, papers] = [(Counted::Term, map.terms.len()), (Counted::Paper, map.papers.len())];
    let says = strings::MAP_SAYS.with(&[&counted(terms.0, terms.1), &counted(papers.0, papers.1)]);
    let main = el("main")
        .attr("id", ids::MAIN)
        .child(el("h1").text(strings::MAP))
        .child(el("p").text(says))
        .child(tools())
        .child(el("div").class("beside").child(picture::picture(map)).child(told()))
        .child(list::list(map))
        .all((!pages.is_empty()).then(|| sheet::pages(pages)));
    el("div").class("map").child(skip).child(path).child(main).into()
}

/// How large the picture is; for those who have the script.
fn tools() -> El {
    let fit = strings::FIT.text();
    let sizes =
        [("out", "−", strings::SMALLER), ("in", "+", strings::LARGER), ("fit", fit, strings::FIT_ALL)];
    let buttons = sizes.map(|(act, sign, name)| {
        let button = el("button").attr("type", "button").attr("data-zoom", act);
        button.attr("aria-label", name).attr("title", name).text(sign)
    });
    let tools = el("div").class("map-tools").attr("role", "group").attr("aria-label", strings::ZOOM);
    tools.all(buttons).child(el("p").attr("id", ids::MAP_KEYS).text(strings::MAP_KEYS))
}

/// Where the script tells what a node is, and what it has to do with others.
fn told() -> El {
    let told = el("section").attr("id", ids::TOLD).attr("aria-label", strings::LOOKED_AT);
    told.child(el("p").attr("role", "status").text(strings::TOLD_NOTHING)).child(el("div"))
}

/// Leads to an entry of the notebook.
fn entry(id: &str) -> String {
    format!("./#{id}")
}

/// Leads to the papers of a category, and of a year if one is named.
fn papers(map: &Map, lane: u32, year: Option<u32>) -> String {
    let at = |number: u32| usize::try_from(number).unwrap_or(usize::MAX);
    let lane = map.lanes.get(at(lane)).map(|lane| lane.id.as_str());
    let year = year.and_then(|year| map.years.get(at(year)));
    let year = year.map(|year| year.map_or_else(|| UNKNOWN.to_owned(), |year| year.to_string()));
    let mut query = Query::default();
    for (facet, value) in [(Facet::Category, lane), (Facet::Year, year.as_deref())] {
        if let Some(value) = value {
            query = query.toggled(facet, value);
        }
    }
    format!("./{}", query.print())
}

/// What a year is called.
fn year(year: Option<u16>) -> String {
    year.map_or_else(|| strings::NO_YEAR.into(), |year| year.to_string())
}
