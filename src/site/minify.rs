//! Minification of styles and scripts.

use super::Failure;
use super::inline_text::InlineText;

/// Minifies a style sheet.
///
/// # Errors
/// Returns the minifier's message if the style cannot be parsed.
pub(super) fn minify_css(style: &str) -> Result<String, Failure> {
    let style =
        minifier::css::minify(style).map_err(|error| format!("the styles cannot be minified: {error}"))?;
    Ok(style.to_string().trim().to_owned())
}

/// Minifies a script. Errors name it as `name`.
///
/// # Errors
/// Returns the minifier's message if the script cannot be parsed.
pub(super) fn minify_js(name: &dyn std::fmt::Display, script: &str) -> Result<String, Failure> {
    let script =
        minifier::js::minify(script).map_err(|error| format!("{name} cannot be minified: {error}"))?;
    Ok(script.to_string())
}

/// Minifies a script that is part of a page. Errors name it as `name`.
///
/// # Errors
/// Fails if the script cannot be parsed, or contains what would end its element.
pub(super) fn inline_script(name: &str, script: &str) -> Result<InlineText, Failure> {
    InlineText::script(minify_js(&name, script)?.trim().to_owned())
}
