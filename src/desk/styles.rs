//! The page's styles, in the page itself: a file of their own would be asked for before anything is painted.

use std::fs;
use std::path::Path;

use super::Failure;
use super::tags::{self, Tag};

/// Joins the styles that a page links, in their order, and puts them into the page. Their files go.
///
/// # Errors
/// A style that is linked and not there, or that cannot be read as one.
pub(super) fn settle(page: &str, folder: &Path) -> Result<String, Failure> {
    let (rest, links) = tags::take(page, "link", "rel=\"stylesheet\"");
    if links.is_empty() {
        return Ok(page.to_owned());
    }
    let mut joined = String::new();
    for link in &links {
        let path = folder.join(link.file().unwrap_or_default());
        let style =
            fs::read_to_string(&path).map_err(|why| format!("{} cannot be read: {why}", path.display()))?;
        joined.push_str(&style);
        joined.push('\n');
        fs::remove_file(&path).map_err(|why| format!("{} cannot be removed: {why}", path.display()))?;
    }
    let joined =
        minifier::css::minify(&joined).map_err(|why| format!("the styles cannot be shortened: {why}"))?;
    let style = Tag::with_text("style", joined.to_string().trim())?;
    tags::put_into_head(&rest, &style)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn styles_become_one_in_their_order() {
        let folder = tempfile::tempdir().unwrap();
        for (name, text) in [("a-1.css", "/* x */ a { b: c; }"), ("b-2.css", "d {e: f;}")] {
            fs::write(folder.path().join(name), text).unwrap();
        }
        let page = "<head>\n  <link rel=\"stylesheet\" href=\"./a-1.css\" integrity=\"x\"/>\n  \
            <link rel=\"stylesheet\" href=\"/n/b-2.css\">\n  </head>";
        let settled = settle(page, folder.path()).unwrap();
        assert!(settled.contains("<style>a{b:c;}d{e:f;}</style></head>"), "{settled}");
        assert!(!settled.contains("link") && fs::read_dir(folder.path()).unwrap().next().is_none());
        assert_eq!(settle(&settled, folder.path()).unwrap(), settled);
        assert!(settle(page, folder.path()).is_err());
    }
}
