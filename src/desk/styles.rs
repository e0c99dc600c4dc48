//! The page's styles, in the page itself: a file of their own would be asked for before anything is painted. Those that
//! nobody sees at first come in a file behind the page: so its first bytes are those that are painted first.

use std::fs;
use std::path::Path;

use super::folder::put;
use super::integrity::digest;
use super::tags::{self, Tag};
use super::{Failure, program};

/// Files, by the beginning of their names, whose styles nobody sees at first.
const LATE: [&str; 2] = ["overlays-", "matrix-"];

/// Joins the styles that a page links, in their order, and puts them into the page. Their files go.
///
/// # Errors
/// A style that is linked and not there, or that cannot be read as one.
pub(super) fn settle(page: &str, folder: &Path) -> Result<String, Failure> {
    let (rest, links) = tags::take(page, "link", "rel=\"stylesheet\"");
    if links.is_empty() {
        return Ok(page.to_owned());
    }
    let (mut joined, mut late) = (String::new(), String::new());
    for link in &links {
        let file = link.file().unwrap_or_default();
        let path = folder.join(file);
        let style =
            fs::read_to_string(&path).map_err(|why| format!("{} cannot be read: {why}", path.display()))?;
        let to = if LATE.iter().any(|name| file.starts_with(name)) { &mut late } else { &mut joined };
        to.extend([&style, "\n"]);
        fs::remove_file(&path).map_err(|why| format!("{} cannot be removed: {why}", path.display()))?;
    }
    let page = tags::put_into_head(&rest, &Tag::with_text("style", &shortened(&joined)?)?)?;
    if late.is_empty() {
        return Ok(page);
    }
    let late = shortened(&late)?;
    let file = format!("late-{}.css", program::name(late.as_bytes()));
    put(&folder.join(&file), late.as_bytes())?;
    let link = Tag::stylesheet(&file, &digest(late.as_bytes()));
    tags::put_at_the_end(&page, &link)
}

/// Styles as short as they can be said.
pub(super) fn shortened(style: &str) -> Result<String, Failure> {
    let style =
        minifier::css::minify(style).map_err(|why| format!("the styles cannot be shortened: {why}"))?;
    Ok(style.to_string().trim().to_owned())
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

    #[test]
    fn what_nobody_sees_at_first_comes_behind_the_page() {
        let folder = tempfile::tempdir().unwrap();
        for (name, text) in [("a-1.css", "a { b: c; }"), ("matrix-2.css", "d {e: f;}")] {
            fs::write(folder.path().join(name), text).unwrap();
        }
        let page = "<head><link rel=\"stylesheet\" href=\"a-1.css\"><link rel=\"stylesheet\" href=\"matrix-2.css\"></head><body>x</body>";
        let settled = settle(page, folder.path()).unwrap();
        assert!(
            settled.starts_with(
                "<head><style>a{b:c;}</style></head><body>x<link rel=\"stylesheet\" href=\"late-"
            ),
            "{settled}"
        );
        let files: Vec<_> = fs::read_dir(folder.path()).unwrap().map(|file| file.unwrap().path()).collect();
        assert_eq!(files.len(), 1, "{files:?}");
        assert_eq!(fs::read_to_string(&files[0]).unwrap(), "d{e:f;}");
    }
}
