//! Lists of what there is: for crawlers (`sitemap.xml`, `robots.txt`) and for language models (`llms.txt`).

use std::fmt::Write as _;

use notebook_core::notebook::{Section, plain};

use super::xml::Xml;
use super::{Failure, Site};

pub(super) const SITEMAP: &str = "sitemap.xml";

/// Pages that one list may have, as its format says (sitemaps.org).
const MOST: usize = 50_000;

/// Every page with its address; none without an address.
pub(super) fn sitemap(site: &Site, pages: &[String]) -> Result<Option<String>, Failure> {
    let Some(address) = &site.address else { return Ok(None) };
    let date = site.dates.newest().map(|date| date.to_string());
    let written = Xml::document(|xml| {
        xml.begin("urlset", &[("xmlns", "http://www.sitemaps.org/schemas/sitemap/0.9")])?;
        for page in std::iter::once("").chain(pages.iter().map(String::as_str)).take(MOST) {
            xml.begin("url", &[])?;
            xml.text("loc", &[], &format!("{address}{page}"))?;
            if let Some(date) = date.as_deref().filter(|_| page.is_empty()) {
                xml.text("lastmod", &[], date)?;
            }
            xml.end("url")?;
        }
        xml.end("urlset")
    });
    written.map(Some).map_err(|why| format!("the list of pages cannot be written: {why}"))
}

/// Everything may be read.
pub(super) fn robots(site: &Site) -> String {
    let mut text = String::from("User-agent: *\nAllow: /\n");
    if let Some(sitemap) = site.of(SITEMAP) {
        let _ = write!(text, "\nSitemap: {sitemap}\n");
    }
    text
}

/// What the notebook is and where its text is, in the form of llmstxt.org.
pub(super) fn llms(site: &Site, pages: &[String]) -> String {
    let at = |page: &str| site.of(page).unwrap_or_else(|| page.to_owned());
    let mut text = format!("# {}\n", one_line(&site.notebook.title));
    if let Some(described) = &site.notebook.description {
        let _ = write!(text, "\n> {}\n", one_line(described));
    }
    let _ = write!(
        text,
        "\n## The whole notebook\n\n- [Markdown]({}): every paper with its notes, every term\n\
         - [JSON]({}): the same as data, by [its schema]({})\n",
        at("notebook.md"),
        at("notebook.json"),
        at("notebook.schema.json")
    );
    text.push_str("\n## Sections\n\n");
    for section in &site.notebook.sections {
        sections(section, 0, &at, &mut text);
    }
    if !pages.is_empty() {
        text.push_str("\n## Pages\n\n");
        for page in pages.iter().take(MOST) {
            let _ = writeln!(text, "- {}", at(page));
        }
    }
    text
}

fn sections(section: &Section, depth: usize, at: &dyn Fn(&str) -> String, text: &mut String) {
    let name = one_line(&plain(&section.title)).replace(['[', ']'], " ");
    let here = at(&format!("#{}", section.id));
    let entries = match section.walk().count() {
        1 => "1 entry".to_owned(),
        many => format!("{many} entries"),
    };
    let _ = writeln!(text, "{}- [{name}]({here}): {entries}", "  ".repeat(depth));
    for inner in &section.sections {
        sections(inner, depth + 1, at, text);
    }
}

fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}
