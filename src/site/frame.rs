//! The frame of a site: its page, programs and styles as Trunk stages them, before a notebook is written into them.
//!
//! The command carries its programs compressed (`cargo xtask package`): they are a third of that, and the command is downloaded.

use std::path::{Path, PathBuf};

use include_dir::{Dir, DirEntry, include_dir};

use super::files::{copy_folder, write_file};
use super::{Failure, frame_page};

/// The frame that this command carries; empty in a command that was compiled without one.
static EMBEDDED: Dir<'static> = include_dir!("$NOTEBOOK_EMBEDDED_FRAME");

/// The extension of embedded files that are compressed by brotli.
const COMPRESSED: &str = "br";

/// The page of a frame.
const PAGE: &str = "index.html";

/// A frame to build sites with.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Frame {
    /// The one that this command carries.
    Embedded,
    /// A folder with the files of a frame.
    Folder(PathBuf),
}

impl Frame {
    /// Returns the frame in a folder, or else the embedded one; `None` if there is neither.
    ///
    /// # Errors
    /// Fails if the folder has no frame.
    pub(crate) fn find(folder: Option<PathBuf>) -> Result<Option<Self>, Failure> {
        match folder {
            Some(folder) if is_frame(&folder) => Ok(Some(Self::Folder(folder))),
            Some(folder) => Err(format!(
                "{} is not a frame: give the folder that `notebook build --frame` has written",
                folder.display()
            )),
            None => Ok(EMBEDDED.get_file(PAGE).map(|_| Self::Embedded)),
        }
    }

    /// Writes the files of the frame into a new folder.
    ///
    /// # Errors
    /// Fails if the folder exists, or a file cannot be read or written.
    pub(crate) fn write_to(&self, folder: &Path) -> Result<(), Failure> {
        match self {
            Self::Folder(frame) => copy_folder(frame, folder),
            Self::Embedded => write_entries(EMBEDDED.entries(), folder),
        }
    }
}

fn write_entries(entries: &[DirEntry<'static>], folder: &Path) -> Result<(), Failure> {
    for entry in entries {
        match entry {
            DirEntry::Dir(inner) => write_entries(inner.entries(), folder)?,
            DirEntry::File(file) if file.path().extension().is_some_and(|found| found == COMPRESSED) => {
                let to = folder.join(file.path().with_extension(""));
                let bytes = decompress(file.contents())
                    .map_err(|error| format!("{} cannot be unpacked: {error}", to.display()))?;
                write_file(&to, &bytes)?;
            }
            DirEntry::File(file) => write_file(&folder.join(file.path()), file.contents())?,
        }
    }
    Ok(())
}

fn decompress(mut compressed: &[u8]) -> std::io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    brotli::BrotliDecompress(&mut compressed, &mut bytes)?;
    Ok(bytes)
}

/// Returns true if a folder has a page that no notebook was written into yet.
pub(crate) fn is_frame(folder: &Path) -> bool {
    std::fs::read_to_string(folder.join(PAGE)).is_ok_and(|page| frame_page::is_frame_page(&page))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn compressed_files_are_as_they_were() {
        let mut compressed = Vec::new();
        let params = brotli::enc::BrotliEncoderParams::default();
        brotli::BrotliCompress(&mut &b"a program"[..], &mut compressed, &params).unwrap();
        assert_eq!(decompress(&compressed).unwrap(), b"a program");
        assert!(decompress(compressed.get(..compressed.len() / 2).unwrap()).is_err());
    }

    #[test]
    fn a_folder_is_a_frame_until_a_notebook_is_in_it() {
        let folder = tempfile::tempdir().unwrap();
        assert!(Frame::find(Some(folder.path().to_owned())).unwrap_err().contains("is not a frame"));
        std::fs::write(folder.path().join(PAGE), include_str!("../../index.html")).unwrap();
        let frame = Frame::find(Some(folder.path().to_owned())).unwrap().unwrap();
        let copy = folder.path().join("copy");
        frame.write_to(&copy).unwrap();
        assert!(is_frame(&copy));
        std::fs::write(copy.join(PAGE), "<div id=\"_notebook\"><p>Filled</p></div>").unwrap();
        assert!(!is_frame(&copy));
    }
}
