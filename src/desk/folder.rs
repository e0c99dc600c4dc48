//! Files of a folder: which there are, what is in them, and how one is written.

use std::collections::BTreeMap;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use super::{Failure, limits};

/// Every file below a folder, by its name with slashes. A file or folder whose name is `skipped` is not looked at.
///
/// # Errors
/// A folder that cannot be read, or a name that is no text.
pub(super) fn files_in(
    folder: &Path,
    skipped: impl Fn(&str) -> bool,
) -> Result<BTreeMap<String, PathBuf>, Failure> {
    let mut files = BTreeMap::new();
    let mut open = vec![(String::new(), folder.to_owned())];
    while let Some((prefix, folder)) = open.pop() {
        let failed = |why: io::Error| format!("{} cannot be read: {why}", folder.display());
        for entry in fs::read_dir(&folder).map_err(failed)? {
            let path = entry.map_err(failed)?.path();
            let file = path.file_name().unwrap_or_default();
            let Some(file) = file.to_str() else {
                return Err(format!("{} has a name that is no text: rename it", path.display()));
            };
            let name = format!("{prefix}{file}");
            if skipped(&name) {
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

/// The bytes of a file that is not too large for a notebook.
pub(super) fn read(path: &Path) -> Result<Vec<u8>, Failure> {
    limits::file(path)?;
    fs::read(path).map_err(|why| format!("{} cannot be read: {why}", path.display()))
}

/// Writes a file, and the folders above it.
pub(super) fn put(path: &Path, bytes: &[u8]) -> Result<(), Failure> {
    let folder = path.parent().unwrap_or(Path::new("."));
    fs::create_dir_all(folder)
        .and_then(|()| fs::write(path, bytes))
        .map_err(|why| format!("{} cannot be written: {why}", path.display()))
}
