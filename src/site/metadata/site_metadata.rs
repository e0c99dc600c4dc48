//! A notebook with its public address and the dates of its entries.

use std::path::Path;

use notebook_core::markdown::Parsed;
use notebook_core::notebook::{Entry, Notebook, Url, plain};

use super::dates::Dates;

pub(super) const ATOM_FEED: &str = "feed.atom";

pub(super) const JSON_FEED: &str = "feed.json";

/// A notebook with its public address and the dates of its entries.
#[derive(Debug)]
pub struct SiteMetadata<'a> {
    pub(super) notebook: &'a Notebook,
    /// The absolute address of the page, with a slash at the end.
    pub(super) base_url: Option<String>,
    pub(super) dates: Dates,
    /// True if files for programs are beside the page.
    has_files: bool,
    /// True if the studio is beside the page.
    has_studio: bool,
}

impl<'a> SiteMetadata<'a> {
    /// Takes the address from `url`, else from the front matter, and the dates from git.
    pub(in crate::site) fn new(file: &Path, source: &str, parsed: &'a Parsed, url: Option<&Url>) -> Self {
        let notebook = &parsed.notebook;
        let base_url = url.or(notebook.url.as_ref()).map(|url| {
            let plain = url.as_str().split(['?', '#']).next().unwrap_or_default();
            let folder = plain.strip_suffix("index.html").unwrap_or(plain);
            format!("{}/", folder.trim_end_matches('/'))
        });
        Self {
            notebook,
            base_url,
            dates: Dates::read(file, source, parsed),
            has_files: true,
            has_studio: false,
        }
    }

    /// Returns the metadata of a page without files beside it.
    pub(in crate::site) fn of_single_file(self) -> Self {
        Self { has_files: false, ..self }
    }

    /// Returns the metadata of a page with or without the studio beside it.
    pub(in crate::site) fn with_studio(self, has_studio: bool) -> Self {
        Self { has_studio, ..self }
    }

    pub(in crate::site) fn has_studio(&self) -> bool {
        self.has_studio
    }

    /// Creates metadata without an address, dates and files for programs.
    pub fn unpublished(notebook: &'a Notebook) -> Self {
        Self { notebook, base_url: None, dates: Dates::default(), has_files: false, has_studio: false }
    }

    pub(in crate::site) fn notebook(&self) -> &'a Notebook {
        self.notebook
    }

    /// Returns the absolute address of the page, with a slash at the end.
    pub(in crate::site) fn base_url(&self) -> Option<&str> {
        self.base_url.as_deref()
    }

    /// Returns the absolute address of a page or anchor (`#id`) of this notebook.
    pub(in crate::site) fn url_of(&self, page: &str) -> Option<String> {
        self.base_url.as_ref().map(|base| format!("{base}{page}"))
    }

    /// Returns the day of the last change of an entry, as in `2026-03-04`.
    pub(in crate::site) fn date_of(&self, id: &str) -> Option<String> {
        self.dates.of_entry(id)?.to_string().get(..10).map(str::to_owned)
    }

    /// Returns the day of the last change of the notebook.
    pub(in crate::site) fn newest_date(&self) -> Option<String> {
        self.dates.newest()?.to_string().get(..10).map(str::to_owned)
    }

    /// Alternate representations to link from the page: media type, file, title.
    pub(in crate::site) fn alternates(&self) -> Vec<(&'static str, &'static str, &'static str)> {
        if !self.has_files {
            return Vec::new();
        }
        let mut all = vec![
            ("application/json", "notebook.json", "The notebook as data"),
            ("text/markdown", "notebook.md", "The notebook as Markdown"),
        ];
        if self.has_feeds() {
            all.push(("application/atom+xml", ATOM_FEED, "What is new"));
            all.push(("application/feed+json", JSON_FEED, "What is new"));
        }
        all
    }

    pub(super) fn has_feeds(&self) -> bool {
        self.base_url.is_some() && !self.dates.is_empty()
    }
}

/// Returns the title of an entry as plain text.
pub(super) fn title_text(entry: &Entry) -> String {
    plain(entry.title()).trim().to_owned()
}
