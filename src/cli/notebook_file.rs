//! The notebook that a subcommand works on: the one that was named, or one at a default path.

use std::fs;
use std::path::{Path, PathBuf};

use crate::site::Failure;

/// Places of a notebook, relative to the current folder, in the order in which they are tried.
pub(super) const DEFAULT_PATHS: [&str; 2] = ["notebook.md", "content/notebook.md"];

/// Similarity (Jaro-Winkler, 0 to 1) from which a name is suggested in place of another.
const MIN_SIMILARITY: f64 = 0.8;

/// Returns the notebook that was named, or else the first of [`DEFAULT_PATHS`] that exists.
///
/// # Errors
/// Fails with a suggestion if there is no such file.
pub(super) fn find(named: Option<PathBuf>) -> Result<PathBuf, Failure> {
    match named {
        Some(file) if file.exists() => Ok(file),
        Some(file) => Err(missing(&file)),
        None => {
            let paths = DEFAULT_PATHS.map(PathBuf::from);
            paths.into_iter().find(|place| place.is_file()).ok_or_else(|| {
                "there is no notebook.md here: name the file, or make a notebook with `notebook new FOLDER`".into()
            })
        }
    }
}

/// Returns a sentence about a file that does not exist, with the most similar one.
fn missing(file: &Path) -> Failure {
    let suggestion =
        similar(file).map_or(String::new(), |similar| format!("; did you mean {}?", similar.display()));
    format!("{} cannot be read: it does not exist{suggestion}", file.display())
}

/// Returns the Markdown file in the same folder, or at one of [`DEFAULT_PATHS`], whose name is most similar.
fn similar(file: &Path) -> Option<PathBuf> {
    let folder = file.parent().unwrap_or(Path::new(""));
    let listed = if folder.as_os_str().is_empty() { Path::new(".") } else { folder };
    let beside =
        fs::read_dir(listed).into_iter().flatten().flatten().map(|entry| folder.join(entry.file_name()));
    let is_markdown = |path: &PathBuf| {
        path.extension().is_some_and(|extension| extension.eq_ignore_ascii_case("md")) && path.is_file()
    };
    let mut candidates: Vec<PathBuf> =
        beside.chain(DEFAULT_PATHS.map(PathBuf::from)).filter(is_markdown).collect();
    // The order of a folder differs between file systems.
    candidates.sort();
    let name = |path: &Path| path.file_stem().unwrap_or_default().to_string_lossy().to_lowercase();
    let similarity = |path: &PathBuf| strsim::jaro_winkler(&name(path), &name(file));
    let best = candidates.into_iter().max_by(|one, other| similarity(one).total_cmp(&similarity(other)))?;
    (similarity(&best) >= MIN_SIMILARITY).then_some(best)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_that_does_not_exist_gets_a_suggestion() {
        let folder = tempfile::tempdir().unwrap();
        fs::write(folder.path().join("reading-notes.md"), "").unwrap();
        fs::write(folder.path().join("zebra.md"), "").unwrap();
        let error = find(Some(folder.path().join("reading-note.md"))).unwrap_err();
        assert!(error.ends_with("reading-notes.md?"), "{error}");
        let error = find(Some(folder.path().join("reading-notes"))).unwrap_err();
        assert!(error.ends_with("reading-notes.md?"), "{error}");
        let error = find(Some(folder.path().join("quarks.md"))).unwrap_err();
        assert!(error.ends_with("it does not exist"), "{error}");
        assert!(find(Some(folder.path().join("zebra.md"))).is_ok());
    }
}
