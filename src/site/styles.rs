//! The page's styles. Those of the first paint are inlined, because a file would delay it; those of overlays, which only the
//! client opens, are in a file that is loaded with the client.

use std::fs;
use std::path::Path;

use super::Failure;
use super::files::write_file;
use super::html_page::InlineText;
use super::integrity::{Integrity, content_hash};
use super::minify::minify_css;

/// Prefixes of the files with styles of overlays and of layouts that only the client shows.
const DEFERRED_PREFIXES: [&str; 3] = ["overlays-", "table-", "rows-"];
/// Prefix of the file with styles of formulas and code.
const TYPESET_PREFIX: &str = "formula-";

/// The styles of a page.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct PageStyles {
    /// Those in the page.
    pub(super) inlined: InlineText,
    /// The file of those that are loaded with the client.
    pub(super) deferred: Option<String>,
}

/// Joins the styles that a frame has in these files, in their order, and removes the files. The file of deferred styles is added
/// to `integrity`.
///
/// Styles of formulas are inlined if the page has some (`has_typeset`), and left out of a
/// page that `is_complete` and has none; a page that is not may get some later.
///
/// # Errors
/// Fails if a file does not exist or cannot be parsed.
pub(super) fn join_styles(
    files: &[String],
    folder: &Path,
    has_typeset: bool,
    is_complete: bool,
    integrity: &mut Integrity,
) -> Result<PageStyles, Failure> {
    let (mut inlined, mut deferred) = (String::new(), String::new());
    for file in files {
        let path = folder.join(file);
        let style = fs::read_to_string(&path)
            .map_err(|error| format!("{} cannot be read: {error}", path.display()))?;
        let is_unneeded_typeset = !has_typeset && file.starts_with(TYPESET_PREFIX);
        let is_deferred =
            is_unneeded_typeset || DEFERRED_PREFIXES.iter().any(|prefix| file.starts_with(prefix));
        if !(is_unneeded_typeset && is_complete) {
            let styles = if is_deferred { &mut deferred } else { &mut inlined };
            styles.extend([&style, "\n"]);
        }
        fs::remove_file(&path).map_err(|error| format!("{} cannot be removed: {error}", path.display()))?;
    }
    let inlined = InlineText::style(minify_css(&inlined)?)?;
    if deferred.is_empty() {
        return Ok(PageStyles { inlined, deferred: None });
    }
    let deferred = minify_css(&deferred)?;
    let file = format!("deferred-{}.css", content_hash(deferred.as_bytes()));
    write_file(&folder.join(&file), deferred.as_bytes())?;
    integrity.add(file.clone(), deferred.as_bytes());
    Ok(PageStyles { inlined, deferred: Some(file) })
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

    fn join(files: &[(&str, &str)], has_typeset: bool, is_complete: bool) -> (PageStyles, tempfile::TempDir) {
        let folder = tempfile::tempdir().unwrap();
        for (name, text) in files {
            fs::write(folder.path().join(name), text).unwrap();
        }
        let names: Vec<String> = files.iter().map(|(name, _)| (*name).to_owned()).collect();
        let mut integrity = Integrity::default();
        let styles = join_styles(&names, folder.path(), has_typeset, is_complete, &mut integrity).unwrap();
        assert!(styles.deferred.as_ref().is_none_or(|file| integrity.to_json().contains(file)));
        (styles, folder)
    }

    #[test]
    fn joins_styles_in_order() {
        let files = [("a-1.css", "/* x */ a { b: c; }"), ("b-2.css", "d {e: f;}")];
        let (styles, folder) = join(&files, false, true);
        assert_eq!((styles.inlined.as_str(), styles.deferred), ("a{b:c;}d{e:f;}", None));
        assert!(fs::read_dir(folder.path()).unwrap().next().is_none());
        let names = ["a-1.css".to_owned()];
        assert!(join_styles(&names, folder.path(), false, true, &mut Integrity::default()).is_err());
    }

    #[test]
    fn defers_styles_of_overlays() {
        let (styles, folder) = join(&[("a-1.css", "a { b: c; }"), ("table-2.css", "d {e: f;}")], false, true);
        assert_eq!(styles.inlined.as_str(), "a{b:c;}");
        assert_eq!(fs::read_to_string(folder.path().join(styles.deferred.unwrap())).unwrap(), "d{e:f;}");
    }

    #[test]
    fn inlines_styles_of_formulas_only_if_needed() {
        let inlined_and_deferred = |has_typeset, is_complete| {
            let (styles, _) = join(&[("formula-1.css", "a { b: c; }")], has_typeset, is_complete);
            (!styles.inlined.as_str().is_empty(), styles.deferred.is_some())
        };
        assert_eq!(inlined_and_deferred(false, true), (false, false));
        assert_eq!(inlined_and_deferred(true, true), (true, false));
        assert_eq!(inlined_and_deferred(true, false), (true, false));
        assert_eq!(inlined_and_deferred(false, false), (false, true), "chunks may have formulas");
    }
}
