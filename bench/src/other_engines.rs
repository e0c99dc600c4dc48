//! Other search engines, installed into the cache of tools.

use std::env::consts::ARCH;
use std::fs;
use std::path::Path;
use std::process::Command;

use xtask::install::Package;
use xtask::steps;

pub(crate) const MINISEARCH: Package =
    Package { name: "minisearch", title: "MiniSearch", npm_name: "minisearch", version: "7.2.0" };
pub(crate) const FLEXSEARCH: Package =
    Package { name: "flexsearch", title: "FlexSearch", npm_name: "flexsearch", version: "0.8.212" };
pub(crate) const UFUZZY: Package =
    Package { name: "ufuzzy", title: "uFuzzy", npm_name: "@leeoniya/ufuzzy", version: "1.0.19" };
pub(crate) const FUSE: Package =
    Package { name: "fuse", title: "Fuse.js", npm_name: "fuse.js", version: "7.5.0" };
pub(crate) const PAGEFIND: Package =
    Package { name: "pagefind", title: "Pagefind", npm_name: "pagefind", version: "1.6.0" };

/// All of them, in the order of the tables.
pub(crate) const ALL: [&Package; 5] = [&MINISEARCH, &FLEXSEARCH, &UFUZZY, &FUSE, &PAGEFIND];

const PAGEFIND_SCRIPT: &str = include_str!("../scripts/pagefind.mjs");

/// Builds the Pagefind index of documents into a folder, unless it is up to date.
pub(crate) fn pagefind(documents: &Path, folder: &Path) -> Result<(), String> {
    let package = PAGEFIND.folder()?;
    if super::is_newer(&folder.join("pagefind.js"), documents) {
        return Ok(());
    }
    let _ = fs::remove_dir_all(folder);
    let script = folder.with_extension("mjs");
    fs::write(&script, PAGEFIND_SCRIPT)
        .map_err(|why| format!("{} cannot be written: {why}.", script.display()))?;
    let mut node = Command::new("node");
    node.arg(&script).arg(package.join("lib/index.js")).arg(documents).arg(folder);
    steps::run(&mut node)
        .map_err(|why| format!("{why} Pagefind has programs for few machines; this one is {ARCH}."))
}

/// The bytes that Pagefind's search may fetch: not its programs, which are the same for every site.
pub(crate) fn pagefind_bytes(folder: &Path) -> u64 {
    let mut sum = 0;
    for entry in fs::read_dir(folder).into_iter().flatten().flatten() {
        let path = entry.path();
        let is_index =
            path.extension().is_some_and(|extension| extension.to_string_lossy().starts_with("pf_"));
        if path.is_dir() {
            sum += pagefind_bytes(&path);
        } else if is_index {
            sum += entry.metadata().map_or(0, |data| data.len());
        }
    }
    sum
}
