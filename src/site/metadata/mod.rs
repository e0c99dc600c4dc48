//! Files for programs: linked data, feeds, sitemap, robots.txt, llms.txt.
//!
//! Feeds and the sitemap need the absolute address of the notebook: `url` in its front matter, or `--url`. Without one, they
//! are left out.

mod dates;
mod feeds;
mod json_ld;
mod site_metadata;
mod sitemap;
mod xml;

use std::path::Path;

use notebook_core::markdown;
use notebook_core::notebook::Notebook;

pub(super) use json_ld::json_ld_element;
pub use site_metadata::SiteMetadata;
use site_metadata::{ATOM_FEED, JSON_FEED};

use super::Failure;
use super::files::write_file;

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
        write_file(&out.join(ATOM_FEED), feeds::atom(site)?.as_bytes())?;
        write_file(&out.join(JSON_FEED), feeds::json(site).as_bytes())?;
    }
    Ok(())
}
