//! The script in the page that applies the color scheme and starts the client.

use serde_json::Value;

use super::html_page::InlineText;
use super::integrity::Integrity;
use super::minify::inline_script;
use super::{Failure, service_worker};
use crate::view::{ids, strings};

const SCRIPT: &str = include_str!("loader.js");
/// The script that applies the color scheme, which replaces [`COLOR_SCHEME_PLACEHOLDER`] in every loader.
pub(super) const COLOR_SCHEME_SCRIPT: &str = include_str!("color_scheme.js");
/// The placeholder for [`COLOR_SCHEME_SCRIPT`].
pub(super) const COLOR_SCHEME_PLACEHOLDER: &str = "\"COLOR_SCHEME\";";

/// A comment in the page by which the client finds its places.
pub(super) const MARKER: &str = "<!---->";

/// Names of files and options that differ between pages.
pub(super) struct LoaderSettings<'a> {
    /// The client, without the suffixes of its two files.
    pub(super) program: &'a str,
    /// Styles that are loaded with the client.
    pub(super) deferred_styles: Option<&'a str>,
    /// The outline; `None` if the client fetches it later.
    pub(super) outline: Option<&'a str>,
    /// The translation; `None` for English.
    pub(super) translation: Option<&'a str>,
    /// True if the page is cached for offline use.
    pub(super) is_offline_capable: bool,
    pub(super) integrity: &'a Integrity,
}

/// Returns the script of a page with this body.
///
/// # Errors
/// Fails if the script cannot be minified.
pub(super) fn script(body: &str, settings: &LoaderSettings<'_>) -> Result<InlineText, Failure> {
    let literal = |text: &str| Value::from(text).to_string();
    let mut script = SCRIPT.to_owned();
    for (placeholder, value) in [
        (COLOR_SCHEME_PLACEHOLDER, COLOR_SCHEME_SCRIPT.to_owned()),
        ("\"FILES\"", settings.integrity.to_json()),
        ("\"OUTLINE\"", literal(settings.outline.unwrap_or_default())),
        ("\"TRANSLATION\"", literal(settings.translation.unwrap_or_default())),
        ("\"PROGRAM\"", literal(settings.program)),
        ("\"STYLES\"", literal(settings.deferred_styles.unwrap_or_default())),
        ("\"MANIFEST\"", literal(service_worker::MANIFEST)),
        ("\"NO_PROGRAM\"", literal(strings::CLIENT_FAILED.text())),
        ("\"LATE\"", literal(strings::CLIENT_DELAYED.text())),
        ("\"MARKERS\"", body.matches(MARKER).count().to_string()),
        ("\"END\"", literal(ids::IMAGE)),
        ("\"SEARCH\"", literal(ids::SEARCH)),
        ("\"OFFLINE\"", settings.is_offline_capable.to_string()),
        ("\"UPDATED\"", literal(strings::UPDATED.text())),
        ("\"RELOAD\"", literal(strings::RELOAD.text())),
    ] {
        script = script.replacen(placeholder, &value, 1);
    }
    inline_script("loader.js", &script)
}
