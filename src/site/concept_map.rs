//! The page with the concept map, a file of its own that the notebook's page links.

use std::collections::BTreeSet;
use std::path::Path;

use notebook_core::concept_map::ConceptMap;
use notebook_core::links::LinkedNotebook;
use notebook_core::notebook::Notebook;
use serde_json::json;

use super::Failure;
use super::files::write_file;
use super::html_page::{HtmlPage, InlineText};
use super::loader::{COLOR_SCHEME_PLACEHOLDER, COLOR_SCHEME_SCRIPT};
use super::metadata::SiteMetadata;
use super::minify::{inline_script, minify_css};
use super::policy::Policy;
use super::prerender::{render_head, render_static};
use crate::pipeline::theme_styles::theme_styles;
pub(super) use crate::view::concept_map::FILE_NAME;
use crate::view::concept_map::map_page;
use crate::view::{PageMetadata, strings};

const SCRIPT: &str = include_str!("concept_map.js");
/// The styles of the page: two files that the notebook's page uses too, and its own.
const STYLES: [&str; 3] = [
    include_str!("../../style/tokens.css"),
    include_str!("../../style/base.css"),
    include_str!("../../style/map.css"),
];

/// Builds the map of a notebook; `None` if it would be empty.
pub(super) fn build(linked: &LinkedNotebook) -> Option<ConceptMap> {
    Some(ConceptMap::build(&linked.notebook, &linked.cross_references)).filter(|map| !map.is_empty())
}

/// Renders the map of a notebook as HTML, as in its page; empty if there is nothing to draw.
pub fn map_html(notebook: &Notebook) -> String {
    let linked = LinkedNotebook::new(notebook);
    build(&linked).map_or(String::new(), |map| render_static(|| map_page(&map, &linked.notebook.title, &[])))
}

/// Writes the page. `section_pages` are the titles and addresses of the static pages of a large notebook.
pub(super) fn write(
    site: &SiteMetadata,
    map: &ConceptMap,
    section_pages: &[(String, String)],
    out: &Path,
) -> Result<(), Failure> {
    write_file(&out.join(FILE_NAME), render(site, map, section_pages)?.to_html().as_bytes())
}

fn render(
    site: &SiteMetadata,
    map: &ConceptMap,
    section_pages: &[(String, String)],
) -> Result<HtmlPage, Failure> {
    let notebook = site.notebook();
    let url = site.url_of(FILE_NAME);
    let title = format!("{} · {}", strings::MAP, notebook.title);
    let metadata =
        PageMetadata { title: &title, description: notebook.description.as_deref(), url: url.as_deref() };
    let body = render_static(|| map_page(map, &notebook.title, section_pages));
    let style = minify_css(&(STYLES.join("\n") + &theme_styles(notebook)))?;
    let mut page = HtmlPage::new(notebook, render_head(notebook, &metadata, &[]), body);
    page.styles.push(InlineText::style(style)?);
    page.scripts.push(script()?);
    page.policy = Some(Policy::Site { image_servers: BTreeSet::new(), loads_styles: false });
    Ok(page)
}

fn script() -> Result<InlineText, Failure> {
    let words = json!({
        "buildsOn": strings::BUILDS_ON.text(),
        "neededFor": strings::NEEDED_FOR.text(),
        "names": strings::MENTIONS.text(),
        "namedIn": strings::MENTIONED_IN.text(),
        "alone": strings::MAP_NO_CONNECTIONS.text(),
        "nothing": strings::MAP_HINT.text(),
    });
    let script = SCRIPT.replacen(COLOR_SCHEME_PLACEHOLDER, COLOR_SCHEME_SCRIPT, 1).replacen(
        "\"WORDS\"",
        &words.to_string(),
        1,
    );
    inline_script("concept_map.js", &script)
}
