//! The script in pages with formulas that copies them as TeX.

use super::Failure;
use super::html_tags::{self, Tag};
use super::minify::minify_js;

const SCRIPT: &str = include_str!("formula_copy.js");

/// Inserts the script into a page.
///
/// # Errors
/// Fails if the page has no head.
pub(super) fn insert(page: &str) -> Result<String, Failure> {
    let script = minify_js(&"formula_copy.js", SCRIPT)?;
    html_tags::append_to_head(page, &Tag::with_text("script", script.trim())?)
}
