//! Lists of the site's pages: for crawlers (`sitemap.xml`, `robots.txt`) and for language models (`llms.txt`).

use std::fmt::Write as _;

use notebook_core::notebook::{Section, plain};

use super::site_metadata::SiteMetadata;
use super::xml::Xml;
use crate::site::Failure;

pub(super) const SITEMAP: &str = "sitemap.xml";

/// Pages of one sitemap, by its protocol (sitemaps.org).
const MAX_PAGES: usize = 50_000;

/// Returns a sitemap of all pages; `None` if the address of the site is not known.
pub(super) fn sitemap(site: &SiteMetadata, pages: &[String]) -> Result<Option<String>, Failure> {
    let Some(base_url) = &site.base_url else { return Ok(None) };
    let date = site.dates.newest().map(|date| date.to_string());
    let written = Xml::document(|xml| {
        xml.begin("urlset", &[("xmlns", "http://www.sitemaps.org/schemas/sitemap/0.9")])?;
        for page in std::iter::once("").chain(pages.iter().map(String::as_str)).take(MAX_PAGES) {
            xml.begin("url", &[])?;
            xml.text("loc", &[], &format!("{base_url}{page}"))?;
            if let Some(date) = date.as_deref().filter(|_| page.is_empty()) {
                xml.text("lastmod", &[], date)?;
            }
            xml.end("url")?;
        }
        xml.end("urlset")
    });
    written.map(Some).map_err(|error| format!("the sitemap cannot be written: {error}"))
}

/// Returns a robots.txt that allows everything.
pub(super) fn robots(site: &SiteMetadata) -> String {
    let mut text = String::from("User-agent: *\nAllow: /\n");
    if let Some(sitemap) = site.url_of(SITEMAP) {
        let _ = write!(text, "\nSitemap: {sitemap}\n");
    }
    text
}

/// Returns an llms.txt (llmstxt.org): a summary of the notebook, and links to its text.
pub(super) fn llms(site: &SiteMetadata, pages: &[String]) -> String {
    let url_of = |page: &str| site.url_of(page).unwrap_or_else(|| page.to_owned());
    let mut text = format!("# {}\n", one_line(&site.notebook.title));
    if let Some(described) = &site.notebook.description {
        let _ = write!(text, "\n> {}\n", one_line(described));
    }
    let _ = write!(
        text,
        "\n## The whole notebook\n\n- [Markdown]({}): every paper with its notes, every term\n\
         - [JSON]({}): the same as data, by [its schema]({})\n",
        url_of("notebook.md"),
        url_of("notebook.json"),
        url_of("notebook.schema.json")
    );
    text.push_str("\n## Sections\n\n");
    for section in &site.notebook.sections {
        write_section(section, 0, &url_of, &mut text);
    }
    if !pages.is_empty() {
        text.push_str("\n## Pages\n\n");
        for page in pages.iter().take(MAX_PAGES) {
            let _ = writeln!(text, "- {}", url_of(page));
        }
    }
    text
}

fn write_section(section: &Section, depth: usize, url_of: &dyn Fn(&str) -> String, text: &mut String) {
    let title = one_line(&plain(&section.title)).replace(['[', ']'], " ");
    let url = url_of(&format!("#{}", section.id));
    let entries = match section.walk().count() {
        1 => "1 entry".to_owned(),
        many => format!("{many} entries"),
    };
    let _ = writeln!(text, "{}- [{title}]({url}): {entries}", "  ".repeat(depth));
    for inner in &section.sections {
        write_section(inner, depth + 1, url_of, text);
    }
}

fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}
