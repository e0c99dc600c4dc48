//! The page's icon, inlined as a data URL: a file would compete with what the reader waits for.

use std::fs;
use std::path::Path;

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};

use super::Failure;

/// The link to the icon in Trunk's page. Text of an author cannot look like it, because `<` is escaped.
const LINKED_ICON: &str = "<link rel=\"icon\" href=\"icon.svg\"";
/// The beginning of an inlined icon.
const INLINED_ICON: &str = "<link rel=\"icon\" href=\"data:image/svg+xml,";
/// Characters of the longest data URL that is inlined; a larger icon stays a file.
const MAX_INLINED_CHARS: usize = 1_000;
/// Characters that a data URL may contain without an escape.
const ESCAPED: AsciiSet = NON_ALPHANUMERIC
    .remove(b'-')
    .remove(b'.')
    .remove(b'/')
    .remove(b':')
    .remove(b'=')
    .remove(b';')
    .remove(b',');

/// Inlines a small `icon.svg` into the page that links it.
///
/// # Errors
/// Fails if the icon exists and cannot be read.
pub(super) fn inline_icon(page: &str, folder: &Path) -> Result<String, Failure> {
    let path = folder.join("icon.svg");
    if !path.is_file() {
        return Ok(page.to_owned());
    }
    let icon =
        fs::read_to_string(&path).map_err(|error| format!("{} cannot be read: {error}", path.display()))?;
    let data = utf8_percent_encode(icon.trim(), &ESCAPED).to_string();
    if data.len() > MAX_INLINED_CHARS {
        return Ok(page.to_owned());
    }
    Ok(page.replacen(LINKED_ICON, &format!("{INLINED_ICON}{data}\""), 1))
}

/// Returns the picture source that the policy must allow for the inline icon.
pub(super) fn csp_source(page: &str) -> &'static str {
    if page.contains(INLINED_ICON) { " data:" } else { "" }
}

#[cfg(test)]
mod tests {
    use super::*;

    const PAGE: &str = "<link rel=\"icon\" href=\"icon.svg\" type=\"image/svg+xml\">";

    #[test]
    fn inlines_a_small_icon() -> Result<(), Box<dyn std::error::Error>> {
        let folder = tempfile::tempdir()?;
        let inlined = |page: &str| inline_icon(page, folder.path());
        assert_eq!((inlined(PAGE)?.as_str(), csp_source(PAGE)), (PAGE, ""), "no icon");
        fs::write(folder.path().join("icon.svg"), "<svg fill=\"#fff\">100% & 'so'</svg>\n")?;
        let page = inlined(PAGE)?;
        let (_, address) = page.split_once("image/svg+xml,").ok_or("not inlined")?;
        let (address, _) = address.split_once('"').ok_or("no end")?;
        let icon = percent_encoding::percent_decode_str(address).decode_utf8()?;
        assert_eq!((icon.as_ref(), csp_source(&page)), ("<svg fill=\"#fff\">100% & 'so'</svg>", " data:"));
        fs::write(folder.path().join("icon.svg"), "<svg/>".repeat(MAX_INLINED_CHARS))?;
        assert_eq!(inlined(PAGE)?, PAGE, "a large icon stays a file");
        Ok(())
    }
}
