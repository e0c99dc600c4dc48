//! The page's icon, inlined as a data URL: a file would compete with what the reader waits for.

use std::fs;
use std::path::Path;

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};

use super::Failure;

/// The beginning of an inlined icon.
const DATA_URL: &str = "data:image/svg+xml,";
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

/// Returns a small `icon.svg` of a folder as a data URL; `None` if there is none, or a large one.
///
/// # Errors
/// Fails if the icon exists and cannot be read.
pub(super) fn inline_icon(folder: &Path) -> Result<Option<String>, Failure> {
    let path = folder.join("icon.svg");
    if !path.is_file() {
        return Ok(None);
    }
    let icon =
        fs::read_to_string(&path).map_err(|error| format!("{} cannot be read: {error}", path.display()))?;
    let data = utf8_percent_encode(icon.trim(), &ESCAPED).to_string();
    Ok((data.len() <= MAX_INLINED_CHARS).then(|| format!("{DATA_URL}{data}")))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn inlines_a_small_icon() -> Result<(), Box<dyn std::error::Error>> {
        let folder = tempfile::tempdir()?;
        assert_eq!(inline_icon(folder.path())?, None, "no icon");
        fs::write(folder.path().join("icon.svg"), "<svg fill=\"#fff\">100% & 'so'</svg>\n")?;
        let address = inline_icon(folder.path())?.ok_or("not inlined")?;
        let data = address.strip_prefix(DATA_URL).ok_or("no data URL")?;
        assert!(!data.contains('"'));
        let icon = percent_encoding::percent_decode_str(data).decode_utf8()?;
        assert_eq!(icon.as_ref(), "<svg fill=\"#fff\">100% & 'so'</svg>");
        fs::write(folder.path().join("icon.svg"), "<svg/>".repeat(MAX_INLINED_CHARS))?;
        assert_eq!(inline_icon(folder.path())?, None, "a large icon stays a file");
        Ok(())
    }
}
