//! The script in pages with formulas that copies them as TeX.

use super::Failure;
use super::html_page::InlineText;
use super::minify::inline_script;

const SCRIPT: &str = include_str!("formula_copy.js");

/// Returns the script.
///
/// # Errors
/// Fails if it cannot be minified.
pub(super) fn script() -> Result<InlineText, Failure> {
    inline_script("formula_copy.js", SCRIPT)
}
