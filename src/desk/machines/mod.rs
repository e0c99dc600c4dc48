//! What programs read instead of the page: data about it, feeds of what is new, lists of what there is, plain text.
//!
//! What stands elsewhere (a card, a feed, a list of pages) needs the whole address of the notebook: `url` in its front
//! matter, or `--url`. Without one, what does not need it is written all the same.

mod dates;
mod feeds;
mod linked;
mod lists;
mod xml;

use std::path::Path;

use notebook_core::markdown::{self, Reading};
use notebook_core::notebook::{Entry, Notebook, Url, plain};

use dates::Dates;
pub(super) use linked::linked;

use super::Failure;
use super::folder::put;

/// The notebook as it is published: with its own address, and when its entries were written.
#[derive(Debug)]
pub struct Site<'a> {
    notebook: &'a Notebook,
    /// With a slash at the end.
    address: Option<String>,
    dates: Dates,
}

impl<'a> Site<'a> {
    /// Takes the address from `url`, else from the notebook.
    pub(super) fn new(file: &Path, source: &str, reading: &'a Reading, url: Option<&Url>) -> Self {
        let notebook = &reading.notebook;
        let address = url.or(notebook.url.as_ref()).map(|url| {
            let plain = url.as_str().split(['?', '#']).next().unwrap_or_default();
            let folder = plain.strip_suffix("index.html").unwrap_or(plain);
            format!("{}/", folder.trim_end_matches('/'))
        });
        Self { notebook, address, dates: Dates::read(file, source, reading) }
    }

    /// One of which nothing else is known.
    pub fn unpublished(notebook: &'a Notebook) -> Self {
        Self { notebook, address: None, dates: Dates::default() }
    }

    /// What is published.
    pub(super) fn notebook(&self) -> &'a Notebook {
        self.notebook
    }

    /// Its whole address, with a slash at the end.
    pub(super) fn address(&self) -> Option<&str> {
        self.address.as_deref()
    }

    /// The address of a page or anchor of this notebook.
    pub(super) fn of(&self, page: &str) -> Option<String> {
        self.address.as_ref().map(|address| format!("{address}{page}"))
    }

    /// The day on which an entry was last written at, as far as that is known: `2026-03-04`.
    pub(super) fn date(&self, id: &str) -> Option<String> {
        self.dates.of_entry(id)?.to_string().get(..10).map(str::to_owned)
    }

    /// Where the page says that there is more: type, file, title.
    pub(super) fn alternates(&self) -> Vec<(&'static str, &'static str, &'static str)> {
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
        self.address.is_some() && !self.dates.is_empty()
    }
}

/// Writes all of it. `pages` are the other pages of the notebook.
pub(super) fn publish(site: &Site, pages: &[String], out: &Path) -> Result<(), Failure> {
    put(&out.join("notebook.md"), markdown::write(site.notebook).as_bytes())?;
    put(&out.join("llms.txt"), lists::llms(site, pages).as_bytes())?;
    put(&out.join("robots.txt"), lists::robots(site).as_bytes())?;
    if let Some(sitemap) = lists::sitemap(site, pages)? {
        put(&out.join(lists::SITEMAP), sitemap.as_bytes())?;
    }
    if site.has_feeds() {
        put(&out.join(feeds::ATOM), feeds::atom(site)?.as_bytes())?;
        put(&out.join(feeds::JSON), feeds::json(site).as_bytes())?;
    }
    Ok(())
}

/// What an entry is called.
fn name(entry: &Entry) -> String {
    plain(entry.title()).trim().to_owned()
}
