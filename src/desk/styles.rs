//! The page's styles as one file: six small ones are six requests, and compress worse.

use std::fs;
use std::path::Path;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use sha2::{Digest, Sha384};

use super::Failure;

/// How Trunk's links to styles begin; then comes the path of the page.
const LINK: &str = "<link rel=\"stylesheet\" href=\"";

/// Joins the styles that a page links into one file in `folder`, in their order, and gives back the
/// page with one link. A page that links none, or one, stays as it is.
///
/// # Errors
/// A style that is linked and not there.
pub(super) fn join(page: &str, folder: &Path) -> Result<String, Failure> {
    let mut pieces = page.split(LINK);
    let Some(head) = pieces.next() else { return Ok(page.to_owned()) };
    let (mut joined, mut rest, mut names) = (String::new(), String::from(head), Vec::new());
    let mut base = "";
    for piece in pieces {
        let (address, after) = piece.split_once('"').unwrap_or((piece, ""));
        let name;
        (base, name) = address.split_at(address.rfind('/').map_or(0, |at| at + 1));
        let (_, after) = after.split_once('>').unwrap_or(("", after));
        let path = folder.join(name);
        let style =
            fs::read_to_string(&path).map_err(|why| format!("{} cannot be read: {why}", path.display()))?;
        joined.push_str(&style);
        joined.push('\n');
        if names.is_empty() {
            rest.push_str(PLACE);
        }
        names.push(path);
        rest.push_str(if names.len() > 1 { after.trim_start() } else { after });
    }
    if names.len() < 2 {
        return Ok(page.to_owned());
    }
    let joined =
        minifier::css::minify(&joined).map_err(|why| format!("the styles cannot be shortened: {why}"))?;
    let joined = joined.to_string();
    let digest = Sha384::digest(joined.as_bytes());
    let number = digest.iter().take(8).fold(0, |number: u64, byte| number << 8 | u64::from(*byte));
    let name = format!("style-{number:016x}.css");
    let path = folder.join(&name);
    fs::write(&path, &joined).map_err(|why| format!("{} cannot be written: {why}", path.display()))?;
    for old in names {
        fs::remove_file(&old).map_err(|why| format!("{} cannot be removed: {why}", old.display()))?;
    }
    let link = format!("{LINK}{base}{name}\" integrity=\"sha384-{}\">", STANDARD.encode(digest));
    Ok(rest.replacen(PLACE, &link, 1))
}

/// Stands where the one link will be.
const PLACE: &str = "<!--styles-->";

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn styles_become_one_file_in_their_order() {
        let folder = tempfile::tempdir().unwrap();
        for (name, text) in [("a-1.css", "/* x */ a { b: c; }"), ("b-2.css", "d {e: f;}")] {
            fs::write(folder.path().join(name), text).unwrap();
        }
        let page = format!(
            "<head>\n  {LINK}/notes/a-1.css\" integrity=\"x\"/>\n  {LINK}/notes/b-2.css\" integrity=\"y\"/>\n  </head>"
        );
        let joined = join(&page, folder.path()).unwrap();
        let files: Vec<_> = fs::read_dir(folder.path()).unwrap().map(|file| file.unwrap().path()).collect();
        assert_eq!(files.len(), 1);
        assert_eq!(fs::read_to_string(&files[0]).unwrap().trim(), "a{b:c;}d{e:f;}", "what is between them");
        let name = files[0].file_name().unwrap().to_str().unwrap();
        assert!(joined.contains(&format!("{LINK}/notes/{name}\" integrity=\"sha384-")), "{joined}");
        assert!(joined.ends_with("</head>") && !joined.contains("a-1"), "{joined}");
        assert_eq!(join(&joined, folder.path()).unwrap(), joined);
        assert!(join(&page, folder.path()).is_err());
    }
}
