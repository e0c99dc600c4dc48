//! The page's styles, in the page itself: a file of their own would be asked for before anything is painted. Those of
//! what only the program opens come in a file with it.

use std::fs;
use std::path::Path;

use super::folder::put;
use super::integrity::Integrity;
use super::tags::{self, Tag};
use super::{Failure, program};

/// Files, by the beginning of their names, whose styles nobody sees at first.
const LATE: [&str; 3] = ["overlays-", "matrix-", "lines-"];
/// The file of styles for formulas and code, by the beginning of its name.
const TYPESET: &str = "formula-";

/// Joins the styles that a page links, in their order, and puts them into the page. Their files go. The page, and the name
/// of the file of those that come later, which `files` has then. A page that `is_whole` has all that it will show; another
/// may get formulas later.
///
/// # Errors
/// A style that is linked and not there, or that cannot be read as one.
pub(super) fn settle(
    page: &str,
    folder: &Path,
    is_whole: bool,
    files: &mut Integrity,
) -> Result<(String, Option<String>), Failure> {
    let (rest, links) = tags::take(page, "link", "rel=\"stylesheet\"");
    if links.is_empty() {
        return Ok((page.to_owned(), None));
    }
    let is_typeset = is_typeset(page);
    let (mut joined, mut late) = (String::new(), String::new());
    for link in &links {
        let file = link.file().unwrap_or_default();
        let path = folder.join(file);
        let style =
            fs::read_to_string(&path).map_err(|why| format!("{} cannot be read: {why}", path.display()))?;
        let untypeset = !is_typeset && file.starts_with(TYPESET);
        let is_late = untypeset || LATE.iter().any(|name| file.starts_with(name));
        if !(untypeset && is_whole) {
            let to = if is_late { &mut late } else { &mut joined };
            to.extend([&style, "\n"]);
        }
        fs::remove_file(&path).map_err(|why| format!("{} cannot be removed: {why}", path.display()))?;
    }
    let page = tags::put_into_head(&rest, &Tag::with_text("style", &shortened(&joined)?)?)?;
    if late.is_empty() {
        return Ok((page, None));
    }
    let late = shortened(&late)?;
    let file = format!("late-{}.css", program::name(late.as_bytes()));
    put(&folder.join(&file), late.as_bytes())?;
    files.note(file.clone(), late.as_bytes());
    Ok((page, Some(file)))
}

/// Whether a page has formulas or code in it.
pub(super) fn is_typeset(page: &str) -> bool {
    ["<math", "<pre", "math unset"].iter().any(|sign| page.contains(sign))
}

/// The styles of formulas and code.
pub(super) fn typeset() -> Result<String, Failure> {
    shortened(include_str!("../../style/formula.css"))
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
        let mut files = Integrity::default();
        let (settled, late) = settle(page, folder.path(), true, &mut files).unwrap();
        assert!(settled.contains("<style>a{b:c;}d{e:f;}</style></head>") && late.is_none(), "{settled}");
        assert!(!settled.contains("link") && fs::read_dir(folder.path()).unwrap().next().is_none());
        assert_eq!(settle(&settled, folder.path(), true, &mut files).unwrap(), (settled, None));
        assert!(settle(page, folder.path(), true, &mut files).is_err());
    }

    #[test]
    fn what_only_the_program_opens_comes_with_it() {
        let folder = tempfile::tempdir().unwrap();
        for (name, text) in [("a-1.css", "a { b: c; }"), ("matrix-2.css", "d {e: f;}")] {
            fs::write(folder.path().join(name), text).unwrap();
        }
        let page = "<head><link rel=\"stylesheet\" href=\"a-1.css\"><link rel=\"stylesheet\" href=\"matrix-2.css\"></head><body>x</body>";
        let mut files = Integrity::default();
        let (settled, late) = settle(page, folder.path(), true, &mut files).unwrap();
        assert_eq!(settled, "<head><style>a{b:c;}</style></head><body>x</body>");
        let late = late.unwrap();
        assert_eq!(fs::read_to_string(folder.path().join(&late)).unwrap(), "d{e:f;}");
        assert!(files.json().contains(&late));
    }

    #[test]
    fn styles_of_formulas_come_where_there_are_any() {
        let settled = |body: &str, is_whole| {
            let folder = tempfile::tempdir().unwrap();
            fs::write(folder.path().join("formula-1.css"), "a { b: c; }").unwrap();
            let page = format!("<head><link rel=\"stylesheet\" href=\"formula-1.css\"></head>{body}");
            let (page, late) = settle(&page, folder.path(), is_whole, &mut Integrity::default()).unwrap();
            (page.contains("a{b:c;}"), late.is_some())
        };
        assert_eq!(settled("<p>x</p>", true), (false, false));
        assert_eq!(settled("<math></math>", true), (true, false));
        assert_eq!(settled("<math></math>", false), (true, false));
        assert_eq!(settled("<p>x</p>", false), (false, true), "they may be wanted later");
    }
}
