//! What is to be published: the files of a folder, each with what its host is told about it.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use super::media;
use super::record::OWN;
use crate::desk::Failure;
use crate::desk::folder::{files_in, read};

/// The page itself, which goes last.
pub(super) const PAGE: &str = "index.html";
/// The best there is takes a second for a megabyte: right for what every reader loads first.
const BEST: i32 = 11;
/// A tenth larger in a tenth of the time, for what a large notebook has hundreds of, or one of many megabytes.
const GOOD: i32 = 9;
/// More bytes than this are many.
const MANY: u64 = 1_000_000;
/// Where Trunk builds before it puts the build in its place.
const UNFINISHED: &str = ".stage";

/// How the bytes of a file are packed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(super) enum Encoding {
    #[serde(rename = "br")]
    Brotli,
    #[serde(rename = "gzip")]
    Gzip,
}

/// Where compressed files are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Packing {
    /// Nowhere.
    None,
    /// In files of their own, `.br` and `.gz`, for a host that gives each browser what it takes.
    Beside,
    /// In place of the files, told by their Content-Encoding.
    Instead(Encoding),
}

/// What a file at the target is to be: two files are the same when these are.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Wanted {
    /// The digest of the file before it is packed.
    pub(super) sha256: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) encoding: Option<Encoding>,
    /// What an object store is told about it; a folder has no place for that.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) headers: Option<Headers>,
}

/// What an object store sends along with a file.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Headers {
    #[serde(rename = "type")]
    pub(super) content_type: String,
    #[serde(rename = "cache")]
    pub(super) cache_control: String,
}

/// A file that is to stand at the target.
#[derive(Clone, Debug)]
pub(super) struct File {
    from: PathBuf,
    /// Bytes before it is packed.
    pub(super) size: u64,
    /// How hard brotli tries.
    quality: i32,
    pub(super) wanted: Wanted,
}

/// All that is to be published, by its name at the target.
#[derive(Clone, Debug, Default)]
pub(super) struct Site {
    pub(super) files: BTreeMap<String, File>,
}

/// In which order files are sent: nothing before what it needs.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Rank {
    /// Named for their content: no page that is there already asks for them.
    Hashed,
    Plain,
    /// The page, which asks for all the others.
    Page,
}

impl Rank {
    pub(super) fn of(name: &str) -> Self {
        let unpacked = name.strip_suffix(".br").or(name.strip_suffix(".gz")).unwrap_or(name);
        match unpacked {
            PAGE => Self::Page,
            name if media::is_hashed(name) => Self::Hashed,
            _ => Self::Plain,
        }
    }
}

impl Site {
    /// Reads a built notebook. With `headers`, files carry what an object store is told.
    ///
    /// # Errors
    /// A folder without a page, or a file that cannot be read.
    pub(super) fn read(folder: &Path, packing: Packing, headers: bool) -> Result<Self, Failure> {
        if !folder.join(PAGE).is_file() {
            return Err(format!(
                "{} has no {PAGE}: build the notebook first (`cargo xtask build`), or say where it is with --from",
                folder.display()
            ));
        }
        let mut site = Self::default();
        let files = files_in(folder, |name| name == OWN || name == UNFINISHED)?;
        for (name, from) in &files {
            let bytes = read(from)?;
            if name == PAGE {
                refuse_half_built(&String::from_utf8_lossy(&bytes), &files, folder)?;
            }
            let length = u64::try_from(bytes.len()).unwrap_or(u64::MAX);
            let quality = if length > MANY || name.starts_with("parts/") { GOOD } else { BEST };
            let headers = headers.then(|| Headers {
                content_type: media::content_type(name).to_owned(),
                cache_control: media::cache_control(name).to_owned(),
            });
            let wanted = Wanted { sha256: digest(&bytes), encoding: None, headers };
            let mut add = |name: String, encoding| {
                let wanted = Wanted { encoding, ..wanted.clone() };
                site.files.insert(name, File { from: from.clone(), size: length, quality, wanted });
            };
            match packing {
                Packing::Instead(encoding) if media::compresses(name) => add(name.clone(), Some(encoding)),
                Packing::Beside if media::compresses(name) => {
                    add(format!("{name}.br"), Some(Encoding::Brotli));
                    add(format!("{name}.gz"), Some(Encoding::Gzip));
                    add(name.clone(), None);
                }
                _ => add(name.clone(), None),
            }
        }
        Ok(site)
    }

    /// One number for all of it: two runs with the same one do each other no harm.
    pub(super) fn digest(&self) -> String {
        let mut all = String::new();
        for (name, file) in &self.files {
            let wanted = serde_json::to_string(&file.wanted).unwrap_or_default();
            all.extend([name, "\n", &wanted, "\n"]);
        }
        digest(all.as_bytes())
    }
}

impl File {
    /// What is to be stored.
    ///
    /// # Errors
    /// A file that is not what it was when the site was read.
    pub(super) fn bytes(&self) -> Result<Vec<u8>, Failure> {
        let bytes = read(&self.from)?;
        if digest(&bytes) != self.wanted.sha256 {
            return Err(format!(
                "{} has changed while it was being published: wait until the build is done, then publish again",
                self.from.display()
            ));
        }
        let Some(encoding) = self.wanted.encoding else { return Ok(bytes) };
        packed(&bytes, encoding, self.quality)
            .map_err(|why| format!("{} cannot be packed: {why}", self.from.display()))
    }
}

fn packed(mut bytes: &[u8], encoding: Encoding, quality: i32) -> io::Result<Vec<u8>> {
    match encoding {
        Encoding::Brotli => {
            let params = brotli::enc::BrotliEncoderParams {
                quality,
                lgwin: 22,
                size_hint: bytes.len(),
                ..Default::default()
            };
            let mut packed = Vec::new();
            brotli::BrotliCompress(&mut bytes, &mut packed, &params)?;
            Ok(packed)
        }
        Encoding::Gzip => {
            let mut packed = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::best());
            packed.write_all(bytes)?;
            packed.finish()
        }
    }
}

/// The SHA-256 of some bytes, as people write it.
pub(super) fn digest(bytes: &[u8]) -> String {
    Sha256::digest(bytes).iter().fold(String::new(), |mut text, byte| {
        // A string takes all that is written to it.
        let _ = write!(text, "{byte:02x}");
        text
    })
}

/// A page whose programs and pictures are not there is being built at this moment, or was copied in part.
fn refuse_half_built(page: &str, files: &BTreeMap<String, PathBuf>, folder: &Path) -> Result<(), Failure> {
    let head = page.split("</head>").next().unwrap_or_default();
    let links = ["href=\"", "src=\""].into_iter().flat_map(|begin| head.split(begin).skip(1));
    // The page's own script names the programs it starts.
    let names = head.split("<script>").skip(1).filter_map(|script| script.split("</script>").next());
    let names = names.flat_map(|script| script.split('"')).filter(|name| media::is_hashed(name));
    let links = links.filter_map(|rest| rest.split('"').next()).chain(names);
    for link in links {
        let link = link.split(['?', '#']).next().unwrap_or_default();
        let link = link.strip_prefix("./").unwrap_or(link);
        let elsewhere =
            link.is_empty() || link.contains(':') || link.starts_with("//") || link.ends_with('/');
        // A page for one path has it before every name.
        let mut names = std::iter::successors(Some(link), |name| Some(name.split_once('/')?.1));
        if !elsewhere && !names.any(|name| files.contains_key(name)) {
            return Err(format!(
                "{PAGE} asks for {link}, which is not in {}: wait until the build is done, or build again",
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
    fn a_folder_is_read_without_what_is_not_published() {
        let folder = built();
        let names = |packing| -> Vec<String> {
            Site::read(folder.path(), packing, false).unwrap().files.into_keys().collect()
        };
        assert_eq!(names(Packing::None), ["a/b c.png", "index.html"]);
        assert_eq!(names(Packing::Beside), ["a/b c.png", "index.html", "index.html.br", "index.html.gz"]);
        assert!(
            Site::read(&folder.path().join("a"), Packing::None, false)
                .unwrap_err()
                .contains("has no index.html")
        );
    }

    #[test]
    fn a_page_without_its_scripts_is_not_published() {
        let folder = built();
        let page = |head: &str| {
            fs::write(folder.path().join("index.html"), format!("<head>{head}</head><a href=\"gone\">"))
                .unwrap();
            Site::read(folder.path(), Packing::None, false).map(drop)
        };
        assert_eq!(page("<link href=\"./a/b c.png\"><link href=\"https://example.org/\">"), Ok(()));
        assert_eq!(page("<link href=\"/under/a/path/a/b c.png?x#y\">"), Ok(()));
        let own = page("<script>const files = {\"notebook-6e71752297593961.js\": \"sha256-x\"};</script>")
            .unwrap_err();
        assert!(own.contains("asks for notebook-6e71752297593961.js"), "{own}");
        let half = page("<script src=\"theme.js\"></script>").unwrap_err();
        assert!(half.starts_with("index.html asks for theme.js, which is not in"), "{half}");
    }

    #[test]
    fn what_is_packed_unpacks_to_the_same() {
        let folder = built();
        let site = Site::read(folder.path(), Packing::Beside, false).unwrap();
        let mut text = String::new();
        let bytes = site.files["index.html.gz"].bytes().unwrap();
        flate2::read::GzDecoder::new(&bytes[..]).read_to_string(&mut text).unwrap();
        assert_eq!(text, "<p>");
        let (bytes, mut text) = (site.files["index.html.br"].bytes().unwrap(), Vec::new());
        brotli::BrotliDecompress(&mut &bytes[..], &mut text).unwrap();
        assert_eq!(text, b"<p>");
    }

    #[test]
    fn a_file_that_changes_meanwhile_is_not_published() {
        let folder = built();
        let site = Site::read(folder.path(), Packing::None, true).unwrap();
        fs::write(folder.path().join("index.html"), "<b>").unwrap();
        assert!(site.files["index.html"].bytes().unwrap_err().contains("has changed"));
        let later = Site::read(folder.path(), Packing::None, true).unwrap();
        assert_ne!(site.digest(), later.digest());
    }

    #[test]
    fn the_page_goes_last_and_its_packed_forms_with_it() {
        let mut names = ["index.html", "theme.js", "index.html.gz", "notebook-6e71752297593961.js.br"];
        names.sort_by_key(|name| Rank::of(name));
        assert_eq!(names, ["notebook-6e71752297593961.js.br", "theme.js", "index.html", "index.html.gz"]);
    }
}
