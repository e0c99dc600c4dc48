//! The folder of a finished site: takes the files of a new build, the page last, and gives up those of the build before.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use tempfile::TempDir;

use super::Failure;
use super::files::files_in;
use super::media_types::is_hashed;

/// The page, which is replaced after all files that it needs.
const PAGE: &str = "index.html";
/// Data that every build writes, by which a folder is known as that of a site.
const SITE_DATA: &str = "notebook.json";
/// Folders whose files all come from a build.
const GENERATED_FOLDERS: [&str; 4] = ["chunks/", "in/", "parts/", "term/"];

/// Creates a temporary folder on the same disk as `out`, so that its files can be renamed into place.
///
/// # Errors
/// Fails if `out` is not an empty folder, a site or missing; or if the folder above it cannot be written to.
pub(crate) fn temporary_folder(out: &Path) -> Result<TempDir, Failure> {
    let is_free = match fs::read_dir(out) {
        Ok(mut entries) => {
            entries.all(|entry| entry.is_ok_and(|entry| is_hidden(&entry.file_name().to_string_lossy())))
        }
        Err(_) => !out.exists(),
    };
    let is_site = out.join(PAGE).is_file() && out.join(SITE_DATA).is_file();
    if !is_free && !is_site {
        return Err(format!(
            "{} is not empty, and is not a site that notebook has built: name another folder with --out",
            out.display()
        ));
    }
    temporary_folder_beside(out)
}

/// Creates a temporary folder next to a file or folder, and the folders above it.
///
/// # Errors
/// Fails if they cannot be created.
pub(crate) fn temporary_folder_beside(out: &Path) -> Result<TempDir, Failure> {
    let above = out.parent().filter(|above| !above.as_os_str().is_empty()).unwrap_or(Path::new("."));
    fs::create_dir_all(above)
        .and_then(|()| tempfile::Builder::new().prefix(".notebook-").tempdir_in(above))
        .map_err(|error| format!("{} cannot be written to: {error}", above.display()))
}

/// Moves a built site into the folder `out`. Removes files of the previous build that this one does not have, as far as their
/// names show that a build wrote them. Returns the names of all other files, which stay.
///
/// # Errors
/// Fails if a file cannot be moved or removed. The page in `out` finds all its files even then.
pub(crate) fn replace_site(built: &Path, out: &Path) -> Result<Vec<String>, Failure> {
    let new = files_in(built, |_| false)?;
    let old = if out.is_dir() { files_in(out, is_hidden)? } else { BTreeMap::new() };
    let page = new.get_key_value(PAGE);
    for (name, from) in new.iter().filter(|(name, _)| *name != PAGE).chain(page) {
        let to = out.join(name);
        fs::create_dir_all(to.parent().unwrap_or(out))
            .and_then(|()| fs::rename(from, &to))
            .map_err(|error| format!("{} cannot be written: {error}", to.display()))?;
    }
    let (stale, others): (Vec<_>, Vec<_>) =
        old.into_iter().filter(|(name, _)| !new.contains_key(name)).partition(|(name, _)| is_generated(name));
    for (_, path) in stale {
        remove_file(&path, out)?;
    }
    Ok(others.into_iter().map(|(name, _)| name).collect())
}

/// Removes a file, and the folders above it that are empty then.
fn remove_file(path: &Path, out: &Path) -> Result<(), Failure> {
    fs::remove_file(path).map_err(|error| format!("{} cannot be removed: {error}", path.display()))?;
    let mut folder: Option<PathBuf> = path.parent().map(Path::to_owned);
    // A folder with files stays: removing it fails.
    while let Some(empty) = folder.filter(|folder| folder != out && fs::remove_dir(folder).is_ok()) {
        folder = empty.parent().map(Path::to_owned);
    }
    Ok(())
}

/// Returns true if only a build gives a file this name.
fn is_generated(name: &str) -> bool {
    let fixed = ["feed.atom", "feed.json", "map.html", "sitemap.xml"];
    fixed.contains(&name)
        || is_hashed(name)
        || GENERATED_FOLDERS.iter().any(|folder| name.starts_with(folder))
}

fn is_hidden(name: &str) -> bool {
    name.starts_with('.')
}

#[cfg(test)]
mod tests {
    use super::*;

    fn write(folder: &Path, names: &[&str]) {
        for name in names {
            super::super::files::write_file(&folder.join(name), name.as_bytes()).unwrap();
        }
    }

    #[test]
    fn a_new_build_replaces_the_old_one_and_leaves_files_of_others() {
        let folder = tempfile::tempdir().unwrap();
        let out = folder.path().join("a/dist");
        let first = temporary_folder(&out).unwrap();
        write(
            first.path(),
            &[
                PAGE,
                SITE_DATA,
                "index-0123456789abcdef.bin",
                "chunks/1.json",
                "parts/1.json",
                "feed.atom",
                "p.png",
            ],
        );
        assert!(replace_site(first.path(), &out).unwrap().is_empty());
        write(&out, &["CNAME", ".git/head", ".nojekyll", "scan-2024010112345678.png"]);
        let second = temporary_folder(&out).unwrap();
        write(second.path(), &[PAGE, SITE_DATA, "index-123456789abcdef0.bin"]);
        assert_eq!(
            replace_site(second.path(), &out).unwrap(),
            ["CNAME", "p.png", "scan-2024010112345678.png"]
        );
        let left: Vec<String> = files_in(&out, |_| false).unwrap().into_keys().collect();
        let expected = [
            ".git/head",
            ".nojekyll",
            "CNAME",
            "index-123456789abcdef0.bin",
            PAGE,
            SITE_DATA,
            "p.png",
            "scan-2024010112345678.png",
        ];
        assert_eq!(left, expected);
        assert!(!out.join("chunks").exists() && !out.join("parts").exists());
    }

    #[test]
    fn a_folder_with_other_things_is_refused() {
        let folder = tempfile::tempdir().unwrap();
        write(folder.path(), &["thesis.tex"]);
        assert!(temporary_folder(folder.path()).unwrap_err().contains("--out"));
        assert!(temporary_folder(&folder.path().join("thesis.tex")).is_err(), "a file");
        assert!(temporary_folder(&folder.path().join("new")).is_ok());
    }
}
