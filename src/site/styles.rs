//! The page's styles. Those of the first paint are inlined, because a file would delay it; those of overlays, which only the
//! client opens, are in a file that is loaded with the client.

use std::fs;
use std::path::Path;

use super::Failure;
use super::files::write_file;
use super::html_tags::{self, Tag};
use super::integrity::{Integrity, content_hash};
use super::minify::minify_css;

/// Prefixes of the files with styles of overlays and of layouts that only the client shows.
const DEFERRED_PREFIXES: [&str; 3] = ["overlays-", "table-", "rows-"];
/// Prefix of the file with styles of formulas and code.
const TYPESET_PREFIX: &str = "formula-";

/// Joins the styles that a page links, in their order, inlines them, and removes their files. Returns the page and the file of
/// deferred styles, which is added to `integrity`.
///
/// `theme` changes them, so it comes last. Styles of formulas are left out of a page that `is_complete` and has none; a page that is not may get some later.
///
/// # Errors
/// Fails if a linked style does not exist or cannot be parsed.
pub(super) fn inline_styles(
    page: &str,
    theme: &str,
    folder: &Path,
    is_complete: bool,
    integrity: &mut Integrity,
) -> Result<(String, Option<String>), Failure> {
    let (rest, links) = html_tags::remove_tags(page, "link", "rel=\"stylesheet\"");
    if links.is_empty() {
        return Ok((page.to_owned(), None));
    }
    let needs_typeset = needs_typeset_styles(page);
    let (mut inlined, mut deferred) = (String::new(), String::new());
    for link in &links {
        let file = link.file_name().unwrap_or_default();
        let path = folder.join(file);
        let style = fs::read_to_string(&path)
            .map_err(|error| format!("{} cannot be read: {error}", path.display()))?;
        let is_unneeded_typeset = !needs_typeset && file.starts_with(TYPESET_PREFIX);
        let is_deferred =
            is_unneeded_typeset || DEFERRED_PREFIXES.iter().any(|prefix| file.starts_with(prefix));
        if !(is_unneeded_typeset && is_complete) {
            let styles = if is_deferred { &mut deferred } else { &mut inlined };
            styles.extend([&style, "\n"]);
        }
        fs::remove_file(&path).map_err(|error| format!("{} cannot be removed: {error}", path.display()))?;
    }
    inlined.push_str(theme);
    let page = html_tags::append_to_head(&rest, &Tag::with_text("style", &minify_css(&inlined)?)?)?;
    if deferred.is_empty() {
        return Ok((page, None));
    }
    let deferred = minify_css(&deferred)?;
    let file = format!("deferred-{}.css", content_hash(deferred.as_bytes()));
    write_file(&folder.join(&file), deferred.as_bytes())?;
    integrity.add(file.clone(), deferred.as_bytes());
    Ok((page, Some(file)))
}

/// Returns true if a page contains formulas or code.
pub(super) fn needs_typeset_styles(page: &str) -> bool {
    ["<math", "<pre", "math unset"].iter().any(|sign| page.contains(sign))
}

/// Returns the styles of formulas and code, minified.
pub(super) fn typeset_styles() -> Result<String, Failure> {
    minify_css(include_str!("../../style/formula.css"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn joins_linked_styles_in_order() {
        let folder = tempfile::tempdir().unwrap();
        for (name, text) in [("a-1.css", "/* x */ a { b: c; }"), ("b-2.css", "d {e: f;}")] {
            fs::write(folder.path().join(name), text).unwrap();
        }
        let page = "<head>\n  <link rel=\"stylesheet\" href=\"./a-1.css\" integrity=\"x\"/>\n  \
            <link rel=\"stylesheet\" href=\"/n/b-2.css\">\n  </head>";
        let mut integrity = Integrity::default();
        let (inlined, deferred) = inline_styles(page, "", folder.path(), true, &mut integrity).unwrap();
        assert!(inlined.contains("<style>a{b:c;}d{e:f;}</style></head>") && deferred.is_none(), "{inlined}");
        assert!(!inlined.contains("link") && fs::read_dir(folder.path()).unwrap().next().is_none());
        let again = inline_styles(&inlined, "", folder.path(), true, &mut integrity).unwrap();
        assert_eq!(again, (inlined, None));
        assert!(inline_styles(page, "", folder.path(), true, &mut integrity).is_err());
    }

    #[test]
    fn defers_styles_of_overlays() {
        let folder = tempfile::tempdir().unwrap();
        for (name, text) in [("a-1.css", "a { b: c; }"), ("table-2.css", "d {e: f;}")] {
            fs::write(folder.path().join(name), text).unwrap();
        }
        let page = "<head><link rel=\"stylesheet\" href=\"a-1.css\"><link rel=\"stylesheet\" href=\"table-2.css\"></head><body>x</body>";
        let mut integrity = Integrity::default();
        let (inlined, deferred) = inline_styles(page, "", folder.path(), true, &mut integrity).unwrap();
        assert_eq!(inlined, "<head><style>a{b:c;}</style></head><body>x</body>");
        let deferred = deferred.unwrap();
        assert_eq!(fs::read_to_string(folder.path().join(&deferred)).unwrap(), "d{e:f;}");
        assert!(integrity.to_json().contains(&deferred));
    }

    #[test]
    fn inlines_styles_of_formulas_only_if_needed() {
        let inlined_and_deferred = |body: &str, is_complete| {
            let folder = tempfile::tempdir().unwrap();
            fs::write(folder.path().join("formula-1.css"), "a { b: c; }").unwrap();
            let page = format!("<head><link rel=\"stylesheet\" href=\"formula-1.css\"></head>{body}");
            let mut integrity = Integrity::default();
            let (page, deferred) =
                inline_styles(&page, "", folder.path(), is_complete, &mut integrity).unwrap();
            (page.contains("a{b:c;}"), deferred.is_some())
        };
        assert_eq!(inlined_and_deferred("<p>x</p>", true), (false, false));
        assert_eq!(inlined_and_deferred("<math></math>", true), (true, false));
        assert_eq!(inlined_and_deferred("<math></math>", false), (true, false));
        assert_eq!(inlined_and_deferred("<p>x</p>", false), (false, true), "chunks may have formulas");
    }
}
