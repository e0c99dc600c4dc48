//! The page's icon, in the page itself: as a file it would be asked for beside what the reader waits for.

use std::fs;
use std::path::Path;

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};

use super::Failure;

/// How the page links a file. No text of an author can look like it: `<` would be escaped.
const FILE: &str = "<link rel=\"icon\" href=\"icon.svg\"";
/// And an icon that is in it.
const WITHIN: &str = "<link rel=\"icon\" href=\"data:image/svg+xml,";
/// A larger one stays a file, in characters.
const LONGEST: usize = 1_000;
/// What an address may hold as it is.
const AS_IT_IS: AsciiSet = NON_ALPHANUMERIC
    .remove(b'-')
    .remove(b'.')
    .remove(b'/')
    .remove(b':')
    .remove(b'=')
    .remove(b';')
    .remove(b',');

/// Puts a small icon into the page that links it.
///
/// # Errors
/// An icon that is there and cannot be read.
pub(super) fn settle(page: &str, folder: &Path) -> Result<String, Failure> {
    let path = folder.join("icon.svg");
    if !path.is_file() {
        return Ok(page.to_owned());
    }
    let icon =
        fs::read_to_string(&path).map_err(|why| format!("{} cannot be read: {why}", path.display()))?;
    let address = utf8_percent_encode(icon.trim(), &AS_IT_IS).to_string();
    if address.len() > LONGEST {
        return Ok(page.to_owned());
    }
    Ok(page.replacen(FILE, &format!("{WITHIN}{address}\""), 1))
}

/// What a page's policy has to allow for that, as a source of pictures.
pub(super) fn source(page: &str) -> &'static str {
    if page.contains(WITHIN) { " data:" } else { "" }
}

#[cfg(test)]
mod tests {
    use super::*;

    const PAGE: &str = "<link rel=\"icon\" href=\"icon.svg\" type=\"image/svg+xml\">";

    #[test]
    fn a_small_icon_stands_in_the_page() -> Result<(), Box<dyn std::error::Error>> {
        let folder = tempfile::tempdir()?;
        let settled = |page: &str| settle(page, folder.path());
        assert_eq!((settled(PAGE)?.as_str(), source(PAGE)), (PAGE, ""), "there is none");
        fs::write(folder.path().join("icon.svg"), "<svg fill=\"#fff\">100% & 'so'</svg>\n")?;
        let page = settled(PAGE)?;
        let (_, address) = page.split_once("image/svg+xml,").ok_or("it is not there")?;
        let (address, _) = address.split_once('"').ok_or("it has no end")?;
        let icon = percent_encoding::percent_decode_str(address).decode_utf8()?;
        assert_eq!((icon.as_ref(), source(&page)), ("<svg fill=\"#fff\">100% & 'so'</svg>", " data:"));
        fs::write(folder.path().join("icon.svg"), "<svg/>".repeat(LONGEST))?;
        assert_eq!(settled(PAGE)?, PAGE, "a large one is a file");
        Ok(())
    }
}
