//! The script that stands in the page and starts its program.

use super::integrity::Integrity;
use super::tags::{self, Tag};
use super::{Failure, offline, program};
use crate::view::{ids, strings};

const SCRIPT: &str = include_str!("start.js");
/// What the script of every page begins with, in the place of [`THEME`].
pub(super) const THEME_SCRIPT: &str = include_str!("theme.js");
/// The place of that.
pub(super) const THEME: &str = "\"THEME\";";

/// Puts the script into a page. `name` is that of its program, `late` that of the styles that come with it; `outline` is what
/// the program fetches first, none where it waits for its reader; `words` is what the page says in another language than
/// English.
/// `is_kept` says whether it is to open without a network.
///
/// # Errors
/// A page without a head, or a script that cannot be shortened.
pub(super) fn settle(
    page: &str,
    name: &str,
    late: Option<&str>,
    outline: Option<&str>,
    words: Option<&str>,
    is_kept: bool,
    files: &Integrity,
) -> Result<String, Failure> {
    let text = |text: &str| serde_json::Value::String(text.to_owned()).to_string();
    let mut script = SCRIPT.to_owned();
    for (place, with) in [
        (THEME, THEME_SCRIPT.to_owned()),
        ("\"FILES\"", files.json()),
        ("\"OUTLINE\"", text(outline.unwrap_or_default())),
        ("\"WORDS\"", text(words.unwrap_or_default())),
        ("\"PROGRAM\"", text(name)),
        ("\"STYLES\"", text(late.unwrap_or_default())),
        ("\"MANIFEST\"", text(offline::MANIFEST)),
        ("\"NO_PROGRAM\"", text(strings::NO_PROGRAM.text())),
        ("\"LATE\"", text(strings::LATE.text())),
        ("\"END\"", text(ids::PICTURE)),
        ("\"SEARCH\"", text(ids::SEARCH)),
        ("\"OFFLINE\"", is_kept.to_string()),
        ("\"UPDATED\"", text(strings::UPDATED.text())),
        ("\"RELOAD\"", text(strings::RELOAD.text())),
    ] {
        script = script.replacen(place, &with, 1);
    }
    let short = program::shortened(&"start.js", &script)?;
    tags::put_into_head(page, &Tag::with_text("script", short.trim())?)
}
