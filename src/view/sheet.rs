//! A page of a large notebook that is complete without any script: a part of a section, or one term.

use leptos::prelude::*;
use notebook_core::notebook::Entry;

use super::element::{El, el};
use super::{Relate, ids, section, strings};

/// What stands on it. Addresses are from the notebook's own page.
#[derive(Clone, Debug, Default)]
pub struct Sheet<'a> {
    /// What the notebook is called.
    pub notebook: &'a str,
    /// What the sheet is called.
    pub title: String,
    /// Its place on the notebook's own page.
    pub anchor: &'a str,
    /// Headings above it with their sheets, from the outermost.
    pub above: Vec<(String, String)>,
    /// Sheets under it, with what they are called.
    pub below: Vec<(String, String)>,
    /// What stands on it.
    pub entries: &'a [Entry],
    /// The sheets before and after it.
    pub next: [Option<String>; 2],
}

/// The sheet.
pub fn sheet(sheet: &Sheet, relate: Relate) -> AnyView {
    let home = el("a").attr("href", "./").text(sheet.notebook);
    let above = sheet.above.iter().map(|(name, href)| el("li").child(to(href, name)));
    let path = el("ol").child(el("li").child(home)).all(above);
    let here = el("p").class("folds").child(to(&format!("./#{}", sheet.anchor), strings::IN_NOTEBOOK.text()));
    let below = (!sheet.below.is_empty()).then(|| pages(&sheet.below));
    let rels = [("prev", strings::PAGE_BEFORE), ("next", strings::PAGE_AFTER)];
    let pager = sheet.next.iter().zip(rels).filter_map(|(href, (rel, name))| {
        Some(el("li").child(to(href.as_ref()?, name.text()).attr("rel", rel)))
    });
    let pager: Vec<_> = pager.collect();
    let pager =
        (!pager.is_empty()).then(|| el("nav").attr("aria-label", strings::PAGES).child(el("ul").all(pager)));
    let main = el("main")
        .attr("id", ids::MAIN)
        .child(el("h1").text(&sheet.title))
        .child(here)
        .all(section::entries(sheet.entries, 2, relate))
        .all(below)
        .all(pager);
    let path = el("nav").class("path").attr("aria-label", strings::PATH).child(path);
    el("div").class("page sheet").child(path).child(main).into()
}

/// Links to sheets: without a script they lead to everything there is.
pub(super) fn pages(pages: &[(String, String)]) -> El {
    let links = pages.iter().map(|(name, href)| el("li").child(to(href, name)));
    el("nav").class("pages").attr("aria-label", strings::PAGES).child(el("ul").all(links))
}

fn to(href: &str, name: &str) -> El {
    el("a").attr("href", href).text(name)
}
