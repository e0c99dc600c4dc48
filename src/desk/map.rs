//! The page of the map: written beside the notebook's own, which only leads to it.

use std::path::Path;

use notebook_core::map::Map;
use notebook_core::notebook::Notebook;
use notebook_core::relations::Linked;
use serde_json::json;

use super::folder::put;
use super::machines::Site;
use super::prerender::{head, standing, unmarked};
use super::start::{THEME, THEME_SCRIPT};
use super::tags::{self, Tag};
use super::{Failure, policy, program, styles};
pub(super) use crate::view::map::PAGE;
use crate::view::map::map;
use crate::view::{Card, strings};

const SCRIPT: &str = include_str!("map.js");
/// Its styles: what it shares with the notebook, and its own.
const STYLES: [&str; 3] = [
    include_str!("../../style/tokens.css"),
    include_str!("../../style/base.css"),
    include_str!("../../style/map.css"),
];

/// The map of a notebook; none where there is nothing to draw.
pub(super) fn plan(linked: &Linked) -> Option<Map> {
    Some(Map::of(&linked.notebook, &linked.relations)).filter(|map| !map.is_empty())
}

/// The map of a notebook as it stands in its page; empty where there is nothing to draw.
pub fn map_html(notebook: &Notebook) -> String {
    let linked = Linked::of(notebook);
    plan(&linked).map_or(String::new(), |planned| unmarked(|| map(&planned, &linked.notebook.title, &[])))
}

/// Writes the page. `pages` lead to all of a large notebook.
pub(super) fn publish(
    site: &Site,
    planned: &Map,
    pages: &[(String, String)],
    out: &Path,
) -> Result<(), Failure> {
    put(&out.join(PAGE), page(site, planned, pages)?.as_bytes())
}

fn page(site: &Site, planned: &Map, pages: &[(String, String)]) -> Result<String, Failure> {
    let notebook = site.notebook();
    let whole = site.of(PAGE);
    let title = format!("{} · {}", strings::MAP, notebook.title);
    let card =
        Card { title: &title, description: notebook.description.as_deref(), address: whole.as_deref() };
    let body = unmarked(|| map(planned, &notebook.title, pages));
    let style = styles::shortened(&STYLES.join("\n"))?;
    let page = standing(notebook, "", &head(notebook, &card, &[]), &style, &body);
    let page = tags::put_into_head(&page, &script()?)?;
    policy::settle(&page, &policy::policy(&page, &std::collections::BTreeSet::new(), "'none'"))
}

fn script() -> Result<Tag, Failure> {
    let words = json!({
        "buildsOn": strings::BUILDS_ON.text(),
        "neededFor": strings::NEEDED_FOR.text(),
        "names": strings::NAMES.text(),
        "namedIn": strings::USED_IN.text(),
        "alone": strings::ALONE.text(),
        "nothing": strings::TOLD_NOTHING.text(),
    });
    let script = SCRIPT.replacen(THEME, THEME_SCRIPT, 1).replacen("\"WORDS\"", &words.to_string(), 1);
    Tag::with_text("script", program::shortened(&"map.js", &script)?.trim())
}
