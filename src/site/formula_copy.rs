//! The script in pages with formulas that copies them as TeX.

use super::Failure;
use super::html_page::InlineText;
use super::minify::minify_js;

const SCRIPT: &str = include_str!("formula_copy.js");

/// Returns the script.
///
/// # Errors
/// Fails if it cannot be minified.
pub(super) fn script() -> Result<InlineText, Failure> {
    let script = minify_js(&"formula_copy.js", SCRIPT)?;
    InlineText::script(script.trim().to_owned())
}
