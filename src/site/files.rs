//! Listing, reading and writing of files.

use std::collections::BTreeMap;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use super::integrity::content_hash;
use super::{Failure, limits};

/// Returns every file below a folder, by its path with slashes. Files and folders for whose path `skip` returns true are
/// left out.
///
/// # Errors
/// Fails if a folder cannot be read, or a name is not UTF-8 text.
pub(crate) fn files_in(
    folder: &Path,
    skip: impl Fn(&str) -> bool,
) -> Result<BTreeMap<String, PathBuf>, Failure> {
    let mut files = BTreeMap::new();
    let mut open = vec![(String::new(), folder.to_owned())];
    while let Some((prefix, folder)) = open.pop() {
        let failed = |error: io::Error| format!("{} cannot be read: {error}", folder.display());
        for entry in fs::read_dir(&folder).map_err(failed)? {
            let path = entry.map_err(failed)?.path();
            let file = path.file_name().unwrap_or_default();
            let Some(file) = file.to_str() else {
                return Err(format!("the name of {} is not UTF-8 text: rename the file", path.display()));
            };
            let name = format!("{prefix}{file}");
            if skip(&name) {
                continue;
            }
            if path.is_dir() {
                open.push((format!("{name}/"), path));
            } else {
                files.insert(name, path);
            }
        }
    }
    Ok(files)
}

/// Writes a file under a name with its hash: `prefix`, the hash, `extension`. Returns that name.
///
/// # Errors
/// Fails if it cannot be written.
pub(crate) fn write_hashed(
    folder: &Path,
    prefix: &str,
    extension: &str,
    bytes: &[u8],
) -> Result<String, Failure> {
    let name = format!("{prefix}{}.{extension}", content_hash(bytes));
    write_file(&folder.join(&name), bytes)?;
    Ok(name)
}

/// Reads a file.
///
/// # Errors
/// Fails if it cannot be read, or is larger than a notebook may be.
pub(crate) fn read_file(path: &Path) -> Result<Vec<u8>, Failure> {
    limits::check_file(path)?;
    fs::read(path).map_err(|error| format!("{} cannot be read: {error}", path.display()))
}

/// Writes a file, and creates the folders above it.
pub(crate) fn write_file(path: &Path, bytes: &[u8]) -> Result<(), Failure> {
    let folder = path.parent().unwrap_or(Path::new("."));
    fs::create_dir_all(folder)
        .and_then(|()| fs::write(path, bytes))
        .map_err(|error| format!("{} cannot be written: {error}", path.display()))
}

/// Copies the files of a folder to another one, which it creates.
///
/// # Errors
/// Fails if the folder exists, or a file cannot be read or written.
pub(crate) fn copy_folder(from: &Path, to: &Path) -> Result<(), Failure> {
    if to.exists() {
        return Err(format!("{} exists already: remove it, or name a new folder", to.display()));
    }
    for (name, file) in files_in(from, |_| false)? {
        let copy = to.join(name);
        fs::create_dir_all(copy.parent().unwrap_or(to))
            .and_then(|()| fs::copy(&file, &copy))
            .map_err(|error| format!("{} cannot be copied to {}: {error}", file.display(), copy.display()))?;
    }
    Ok(())
}
