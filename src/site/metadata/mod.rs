//! Files for programs: linked data, feeds, sitemap, robots.txt, llms.txt.
//!
//! Feeds and the sitemap need the absolute address of the notebook: `url` in its front matter, or `--url`. Without one, they
//! are left out.

mod dates;
mod feeds;
mod json_ld;
mod sitemap;
mod xml;

use std::path::Path;

use notebook_core::markdown::{self, Parsed};
use notebook_core::notebook::{Entry, Notebook, Url, plain};

use dates::Dates;
pub(super) use json_ld::json_ld_element;

use super::Failure;
use super::files::write_file;

/// A notebook with its public address and the dates of its entries.
#[derive(Debug)]
pub struct SiteMetadata<'a> {
    notebook: &'a Notebook,
    /// The absolute address of the page, with a slash at the end.
    base_url: Option<String>,
    dates: Dates,
    /// True if files for programs are beside the page.
    has_files: bool,
}

impl<'a> SiteMetadata<'a> {
    /// Takes the address from `url`, else from the front matter, and the dates from git.
    pub(super) fn new(file: &Path, source: &str, parsed: &'a Parsed, url: Option<&Url>) -> Self {
        let notebook = &parsed.notebook;
        let base_url = url.or(notebook.url.as_ref()).map(|url| {
            let plain = url.as_str().split(['?', '#']).next().unwrap_or_default();
            let folder = plain.strip_suffix("index.html").unwrap_or(plain);
            format!("{}/", folder.trim_end_matches('/'))
        });
        Self { notebook, base_url, dates: Dates::read(file, source, parsed), has_files: true }
    }

    /// Returns the metadata of a page without files beside it.
    pub(super) fn of_single_file(self) -> Self {
        Self { has_files: false, ..self }
    }

    /// Creates metadata without an address, dates and files for programs.
    pub fn unpublished(notebook: &'a Notebook) -> Self {
        Self { notebook, base_url: None, dates: Dates::default(), has_files: false }
    }

    pub(super) fn notebook(&self) -> &'a Notebook {
        self.notebook
    }

    /// Returns the absolute address of the page, with a slash at the end.
    pub(super) fn base_url(&self) -> Option<&str> {
        self.base_url.as_deref()
    }

    /// Returns the absolute address of a page or anchor (`#id`) of this notebook.
    pub(super) fn url_of(&self, page: &str) -> Option<String> {
        self.base_url.as_ref().map(|base| format!("{base}{page}"))
    }

    /// Returns the day of the last change of an entry, as in `2026-03-04`.
    pub(super) fn date_of(&self, id: &str) -> Option<String> {
        self.dates.of_entry(id)?.to_string().get(..10).map(str::to_owned)
    }

    /// Alternate representations to link from the page: media type, file, title.
    pub(super) fn alternates(&self) -> Vec<(&'static str, &'static str, &'static str)> {
        if !self.has_files {
            return Vec::new();
        }
        let mut all = vec![
            ("application/json", "notebook.json", "The notebook as data"),
            ("text/markdown", "notebook.md", "The notebook as Markdown"),
        ];
        if self.has_feeds() {
            all.push(("application/atom+xml", feeds::ATOM, "What is new"));
            all.push(("application/feed+json", feeds::JSON, "What is new"));
        }
        all
    }

    fn has_feeds(&self) -> bool {
        self.base_url.is_some() && !self.dates.is_empty()
    }
}

/// Writes all files. `as_written` is the notebook with the keys of citations, `pages` are the addresses of its other pages.
pub(super) fn write(
    site: &SiteMetadata,
    as_written: &Notebook,
    pages: &[String],
    out: &Path,
) -> Result<(), Failure> {
    write_file(&out.join("notebook.md"), markdown::write(as_written).as_bytes())?;
    write_file(&out.join("llms.txt"), sitemap::llms(site, pages).as_bytes())?;
    write_file(&out.join("robots.txt"), sitemap::robots(site).as_bytes())?;
    if let Some(sitemap) = sitemap::sitemap(site, pages)? {
        write_file(&out.join(sitemap::SITEMAP), sitemap.as_bytes())?;
    }
    if site.has_feeds() {
        write_file(&out.join(feeds::ATOM), feeds::atom(site)?.as_bytes())?;
        write_file(&out.join(feeds::JSON), feeds::json(site).as_bytes())?;
    }
    Ok(())
}

/// Returns the title of an entry as plain text.
fn title_text(entry: &Entry) -> String {
    plain(entry.title()).trim().to_owned()
}
