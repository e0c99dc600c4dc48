//! Replacement of several files so that an interruption loses nothing.

use std::fs::{self, File};
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};

use crate::site::Failure;

/// Replaces the contents of files, in this order.
///
/// All contents are first written to temporary files beside the originals and flushed to the disk; only then is each original
/// replaced, by a rename. So every file has either its old or its new content at any time, and if the process is killed, the
/// first files may be new and the others old: callers order them so that this is harmless. A temporary file that is left
/// behind (`.NAME.new`) is overwritten by the next call.
///
/// # Errors
/// Fails if a file cannot be written. No file has changed if a temporary file could not be written.
pub(super) fn replace_files(files: &[(&Path, &str)]) -> Result<(), Failure> {
    let mut temporary_files: Vec<(PathBuf, PathBuf)> = Vec::new();
    for (path, text) in files {
        // A link to the notebook stays one: the file that it leads to is replaced.
        let path = fs::canonicalize(path).unwrap_or_else(|_| path.to_path_buf());
        let name = path.file_name().unwrap_or_default().to_string_lossy();
        let temporary = path.with_file_name(format!(".{name}.new"));
        if let Err(error) = write_temporary(&temporary, &path, text) {
            for (temporary, _) in temporary_files.iter().chain([&(temporary.clone(), path)]) {
                // It may not exist; if it stays, the next call overwrites it.
                let _ = fs::remove_file(temporary);
            }
            return Err(format!("{} cannot be written: {error}; nothing was changed", temporary.display()));
        }
        temporary_files.push((temporary, path));
    }
    for (temporary, path) in temporary_files {
        fs::rename(&temporary, &path).map_err(|error| {
            format!(
                "{} cannot be replaced: {error}; its new content is in {}",
                path.display(),
                temporary.display()
            )
        })?;
    }
    Ok(())
}

/// Writes a temporary file with the permissions of the file that it will replace.
fn write_temporary(temporary: &Path, original: &Path, text: &str) -> io::Result<()> {
    let mut file = File::create(temporary)?;
    file.write_all(text.as_bytes())?;
    if let Ok(metadata) = fs::metadata(original) {
        file.set_permissions(metadata.permissions())?;
    }
    // Without this, a power failure after the rename could leave an empty file.
    file.sync_all()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn replaces_all_files_and_leaves_no_temporary_ones() {
        let folder = tempfile::tempdir().unwrap();
        let (a, b) = (folder.path().join("a"), folder.path().join("b"));
        fs::write(&a, "old").unwrap();
        fs::write(folder.path().join(".a.new"), "left behind by an interrupted run").unwrap();
        replace_files(&[(&b, "new b"), (&a, "new a")]).unwrap();
        let read = |path| fs::read_to_string(path).unwrap();
        assert_eq!((read(&a), read(&b)), ("new a".into(), "new b".into()));
        assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 2);
    }

    #[test]
    fn changes_nothing_if_one_file_cannot_be_written() {
        let folder = tempfile::tempdir().unwrap();
        let (a, b) = (folder.path().join("a"), folder.path().join("missing/b"));
        fs::write(&a, "old").unwrap();
        let error = replace_files(&[(&a, "new a"), (&b, "new b")]).unwrap_err();
        assert!(error.contains("nothing was changed"), "{error}");
        assert_eq!(fs::read_to_string(&a).unwrap(), "old");
        assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 1);
    }

    #[cfg(unix)]
    #[test]
    fn keeps_links_and_permissions() {
        use std::os::unix::fs::{PermissionsExt as _, symlink};
        let folder = tempfile::tempdir().unwrap();
        let (file, link) = (folder.path().join("file"), folder.path().join("link"));
        fs::write(&file, "old").unwrap();
        fs::set_permissions(&file, fs::Permissions::from_mode(0o600)).unwrap();
        symlink(&file, &link).unwrap();
        replace_files(&[(&link, "new")]).unwrap();
        assert!(fs::symlink_metadata(&link).unwrap().is_symlink());
        assert_eq!(fs::read_to_string(&file).unwrap(), "new");
        assert_eq!(fs::metadata(&file).unwrap().permissions().mode() & 0o777, 0o600);
    }
}
