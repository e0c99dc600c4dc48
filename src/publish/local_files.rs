//! The files of a built site, each with its digest, headers and compressed copies.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use crate::site::Failure;
use crate::site::files::{files_in, read_file};
use crate::site::media_types;

/// The page, which is sent last.
pub(super) const PAGE: &str = "index.html";
/// Brotli quality for files that every reader loads: the smallest result, a second for a megabyte.
const BEST_QUALITY: i32 = 11;
/// Brotli quality for chunks and large files: a tenth larger, in a tenth of the time.
const FAST_QUALITY: i32 = 9;
/// Size in bytes from which a file is compressed with [`FAST_QUALITY`]: at [`BEST_QUALITY`] it would take seconds.
const MIN_FAST_BYTES: u64 = 1_000_000;
/// Folder at the target for Notebook's own records.
pub(super) const RECORDS_FOLDER: &str = ".notebook";
/// Folder in which Trunk builds before it replaces `dist`.
const STAGING_FOLDER: &str = ".stage";

/// A content encoding.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(super) enum Encoding {
    #[serde(rename = "br")]
    Brotli,
    #[serde(rename = "gzip")]
    Gzip,
}

/// The placement of compressed copies.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Compression {
    /// No compression.
    None,
    /// In separate files, `.br` and `.gz`, for a host that negotiates the encoding.
    Beside,
    /// In place of the originals, with a `Content-Encoding`.
    Instead(Encoding),
}

/// The identity of a file's content and headers: equal versions need not be sent again.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct FileVersion {
    /// SHA-256 of the uncompressed file, in hexadecimal.
    pub(super) sha256: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) encoding: Option<Encoding>,
    /// Headers for an object store; a folder cannot store them.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) headers: Option<Headers>,
}

/// Headers that an object store sends with a file.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Headers {
    #[serde(rename = "type")]
    pub(super) content_type: String,
    #[serde(rename = "cache")]
    pub(super) cache_control: String,
}

/// A file to publish.
#[derive(Clone, Debug)]
pub(super) struct LocalFile {
    from: PathBuf,
    /// Size in bytes before compression.
    pub(super) size: u64,
    /// Brotli quality, 0 to 11.
    quality: i32,
    pub(super) version: FileVersion,
}

/// All files to publish, by their name at the target.
#[derive(Clone, Debug, Default)]
pub(super) struct LocalSite {
    pub(super) files: BTreeMap<String, LocalFile>,
}

/// The order of sending: every file after those that it refers to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum UploadOrder {
    /// Files with a digest in their name: no page at the target refers to them yet.
    Hashed,
    /// Files that keep their name.
    Unhashed,
    /// The page, which refers to all others.
    Page,
}

impl UploadOrder {
    pub(super) fn of(name: &str) -> Self {
        let unpacked = name.strip_suffix(".br").or(name.strip_suffix(".gz")).unwrap_or(name);
        match unpacked {
            PAGE => Self::Page,
            name if media_types::is_hashed(name) => Self::Hashed,
            _ => Self::Unhashed,
        }
    }
}

impl LocalSite {
    /// Reads a built site. With `headers`, files get the headers of an object store.
    ///
    /// # Errors
    /// Fails for a folder without a page, for a page that refers to a missing file, and for an unreadable file.
    pub(super) fn read(folder: &Path, compression: Compression, headers: bool) -> Result<Self, Failure> {
        if !folder.join(PAGE).is_file() {
            return Err(format!(
                "{} has no {PAGE}: run `notebook build` first, or give the folder of a built site with --from",
                folder.display()
            ));
        }
        let mut site = Self::default();
        let files = files_in(folder, |name| name == RECORDS_FOLDER || name == STAGING_FOLDER)?;
        for (name, from) in &files {
            let bytes = read_file(from)?;
            if name == PAGE {
                check_page_assets(&String::from_utf8_lossy(&bytes), &files, folder)?;
            }
            let length = u64::try_from(bytes.len()).unwrap_or(u64::MAX);
            let quality = if length > MIN_FAST_BYTES || name.starts_with("chunks/") {
                FAST_QUALITY
            } else {
                BEST_QUALITY
            };
            let headers = headers.then(|| Headers {
                content_type: media_types::content_type(name).to_owned(),
                cache_control: media_types::cache_control(name).to_owned(),
            });
            let version = FileVersion { sha256: sha256_hex(&bytes), encoding: None, headers };
            let mut add = |name: String, encoding| {
                let version = FileVersion { encoding, ..version.clone() };
                site.files.insert(name, LocalFile { from: from.clone(), size: length, quality, version });
            };
            match compression {
                Compression::Instead(encoding) if media_types::is_compressible(name) => {
                    add(name.clone(), Some(encoding));
                }
                Compression::Beside if media_types::is_compressible(name) => {
                    add(format!("{name}.br"), Some(Encoding::Brotli));
                    add(format!("{name}.gz"), Some(Encoding::Gzip));
                    add(name.clone(), None);
                }
                _ => add(name.clone(), None),
            }
        }
        Ok(site)
    }

    /// Returns the SHA-256 of all names and versions. Uploads with equal digests do not conflict.
    pub(super) fn sha256_hex(&self) -> String {
        let mut all = String::new();
        for (name, file) in &self.files {
            let version = serde_json::to_string(&file.version).unwrap_or_default();
            all.extend([name, "\n", &version, "\n"]);
        }
        sha256_hex(all.as_bytes())
    }
}

impl LocalFile {
    /// Returns the bytes to store, compressed if the version says so.
    ///
    /// # Errors
    /// Fails if the file has changed since the site was read.
    pub(super) fn bytes(&self) -> Result<Vec<u8>, Failure> {
        let bytes = read_file(&self.from)?;
        if sha256_hex(&bytes) != self.version.sha256 {
            return Err(format!(
                "{} has changed during the upload: wait until the build has finished, then publish again",
                self.from.display()
            ));
        }
        let Some(encoding) = self.version.encoding else { return Ok(bytes) };
        compress(&bytes, encoding, self.quality)
            .map_err(|error| format!("{} cannot be compressed: {error}", self.from.display()))
    }
}

fn compress(mut bytes: &[u8], encoding: Encoding, quality: i32) -> io::Result<Vec<u8>> {
    match encoding {
        Encoding::Brotli => {
            let params = brotli::enc::BrotliEncoderParams {
                quality,
                lgwin: 22,
                size_hint: bytes.len(),
                ..Default::default()
            };
            let mut compress = Vec::new();
            brotli::BrotliCompress(&mut bytes, &mut compress, &params)?;
            Ok(compress)
        }
        Encoding::Gzip => {
            let mut compress = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::best());
            compress.write_all(bytes)?;
            compress.finish()
        }
    }
}

/// Returns the SHA-256 of some bytes in hexadecimal.
pub(super) fn sha256_hex(bytes: &[u8]) -> String {
    Sha256::digest(bytes).iter().fold(String::new(), |mut text, byte| {
        // Writing to a string cannot fail.
        let _ = write!(text, "{byte:02x}");
        text
    })
}

/// Rejects a page that refers to missing programs or pictures: it is being built just now, or was copied in part.
fn check_page_assets(page: &str, files: &BTreeMap<String, PathBuf>, folder: &Path) -> Result<(), Failure> {
    let head = page.split("</head>").next().unwrap_or_default();
    let links = ["href=\"", "src=\""].into_iter().flat_map(|begin| head.split(begin).skip(1));
    // The inline loader names the programs that it starts.
    let names = head.split("<script>").skip(1).filter_map(|script| script.split("</script>").next());
    let names = names.flat_map(|script| script.split('"')).filter(|name| media_types::is_hashed(name));
    let links = links.filter_map(|rest| rest.split('"').next()).chain(names);
    for link in links {
        let link = link.split(['?', '#']).next().unwrap_or_default();
        let link = link.strip_prefix("./").unwrap_or(link);
        let elsewhere =
            link.is_empty() || link.contains(':') || link.starts_with("//") || link.ends_with('/');
        // A page built for a path has that path before every name.
        let mut names = std::iter::successors(Some(link), |name| Some(name.split_once('/')?.1));
        if !elsewhere && !names.any(|name| files.contains_key(name)) {
            return Err(format!(
                "{PAGE} refers to {link}, which is not in {}: wait until the build has finished, or build again",
                folder.display()
            ));
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use std::fs;
    use std::io::Read as _;

    use super::*;

    fn built() -> tempfile::TempDir {
        let folder = tempfile::tempdir().unwrap();
        for (name, text) in
            [("index.html", "<p>"), ("a/b c.png", "p"), (".stage/x", "x"), (".notebook/y", "y")]
        {
            let path = folder.path().join(name);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(path, text).unwrap();
        }
        folder
    }

    #[test]
    fn skips_unfinished_builds_and_records() {
        let folder = built();
        let names = |compression| -> Vec<String> {
            LocalSite::read(folder.path(), compression, false).unwrap().files.into_keys().collect()
        };
        assert_eq!(names(Compression::None), ["a/b c.png", "index.html"]);
        assert_eq!(names(Compression::Beside), ["a/b c.png", "index.html", "index.html.br", "index.html.gz"]);
        assert!(
            LocalSite::read(&folder.path().join("a"), Compression::None, false)
                .unwrap_err()
                .contains("has no index.html")
        );
    }

    #[test]
    fn rejects_a_page_with_missing_scripts() {
        let folder = built();
        let page = |head: &str| {
            fs::write(folder.path().join("index.html"), format!("<head>{head}</head><a href=\"gone\">"))
                .unwrap();
            LocalSite::read(folder.path(), Compression::None, false).map(drop)
        };
        assert_eq!(page("<link href=\"./a/b c.png\"><link href=\"https://example.org/\">"), Ok(()));
        assert_eq!(page("<link href=\"/under/a/path/a/b c.png?x#y\">"), Ok(()));
        let own = page("<script>const files = {\"notebook-6e71752297593961.js\": \"sha256-x\"};</script>")
            .unwrap_err();
        assert!(own.contains("refers to notebook-6e71752297593961.js"), "{own}");
        let half = page("<script src=\"theme.js\"></script>").unwrap_err();
        assert!(half.starts_with("index.html refers to theme.js, which is not in"), "{half}");
    }

    #[test]
    fn compressed_copies_decompress_to_the_original() {
        let folder = built();
        let site = LocalSite::read(folder.path(), Compression::Beside, false).unwrap();
        let mut text = String::new();
        let bytes = site.files["index.html.gz"].bytes().unwrap();
        flate2::read::GzDecoder::new(&bytes[..]).read_to_string(&mut text).unwrap();
        assert_eq!(text, "<p>");
        let (bytes, mut text) = (site.files["index.html.br"].bytes().unwrap(), Vec::new());
        brotli::BrotliDecompress(&mut &bytes[..], &mut text).unwrap();
        assert_eq!(text, b"<p>");
    }

    #[test]
    fn rejects_a_file_that_changed_since_it_was_read() {
        let folder = built();
        let site = LocalSite::read(folder.path(), Compression::None, true).unwrap();
        fs::write(folder.path().join("index.html"), "<b>").unwrap();
        assert!(site.files["index.html"].bytes().unwrap_err().contains("has changed"));
        let later = LocalSite::read(folder.path(), Compression::None, true).unwrap();
        assert_ne!(site.sha256_hex(), later.sha256_hex());
    }

    #[test]
    fn sends_the_page_and_its_compressed_copies_last() {
        let mut names = ["index.html", "theme.js", "index.html.gz", "notebook-6e71752297593961.js.br"];
        names.sort_by_key(|name| UploadOrder::of(name));
        assert_eq!(names, ["notebook-6e71752297593961.js.br", "theme.js", "index.html", "index.html.gz"]);
    }
}
