//! What makes the notebook an app that opens without a network: a manifest, and a service worker made of the files
//! of this build.

use std::collections::BTreeMap;
use std::path::Path;

use notebook_core::notebook::Notebook;
use serde_json::{Value, json};

use super::beside::FOLDER;
use super::folder::{files_in, put, read};
use super::integrity::digest;
use super::{Failure, map, program};

const WORKER: &str = include_str!("offline.js");
/// The worker, at the root of the page: it serves what is beside and below it.
const WORKER_FILE: &str = "sw.js";
/// What an app is called and looks like.
pub(super) const MANIFEST: &str = "manifest.webmanifest";
/// The page itself.
const PAGE: &str = "index.html";
/// Files are kept as they are read where they have more bytes than this, all in all.
const MOST: u64 = 12_000_000;

/// Writes the manifest. The page links it once it has its program: what nobody sees at first is not asked for before the
/// first paint.
pub(super) fn manifest(notebook: &Notebook, out: &Path) -> Result<(), Failure> {
    let icon = |file: &str, kind: &str, size: &str, purpose: &str| json!({ "src": file, "sizes": size, "type": kind, "purpose": purpose });
    let manifest = json!({
        "name": notebook.title,
        "short_name": notebook.title,
        "description": notebook.description,
        "lang": notebook.language(),
        "start_url": "./",
        "scope": "./",
        "id": "./",
        "display": "standalone",
        "background_color": "#fdfdfc",
        "theme_color": "#fdfdfc",
        "icons": [
            icon("icon.svg", "image/svg+xml", "any", "any"),
            icon("icon-192.png", "image/png", "192x192", "any"),
            icon("icon-512.png", "image/png", "512x512", "any"),
            icon("icon-maskable.png", "image/png", "512x512", "maskable"),
        ],
    });
    put(&out.join(MANIFEST), format!("{manifest:#}\n").as_bytes())
}

/// Writes a worker that ends itself: whoever writes a notebook does not want to see what an older build kept.
pub(super) fn no_worker(out: &Path) -> Result<(), Failure> {
    const END: &str =
        "self.addEventListener(\"activate\", () => self.registration.unregister());\nself.skipWaiting();\n";
    put(&out.join(WORKER_FILE), END.as_bytes())
}

/// Writes the worker that keeps all files of a finished build, but for those of a large notebook's entries and for
/// what only machines read.
pub(super) fn worker(out: &Path) -> Result<(), Failure> {
    let mut files = BTreeMap::new();
    let mut left = MOST;
    for (name, path) in files_in(out, |name| name == FOLDER)? {
        if !is_kept(&name) {
            continue;
        }
        let bytes = read(&path)?;
        let size = u64::try_from(bytes.len()).unwrap_or(u64::MAX);
        // The page itself is asked for by its folder.
        let name = if name == PAGE { "./".to_owned() } else { name };
        if size <= left || name == "./" {
            left = left.saturating_sub(size);
            files.insert(name, Value::String(digest(&bytes)));
        }
    }
    let files =
        serde_json::to_string(&files).map_err(|why| format!("the list of files is no JSON: {why}"))?;
    // No two workers share what they keep.
    let version = program::name([&*files, WORKER].concat().as_bytes());
    let script =
        WORKER.replacen("\"FILES_HERE\"", &files, 1).replacen("VERSION\";", &format!("{version}\";"), 1);
    put(&out.join(WORKER_FILE), program::shortened(&"offline.js", &script)?.as_bytes())
}

/// Whether a page needs a file, and needs it before it is asked for by name.
fn is_kept(name: &str) -> bool {
    let for_machines = ["notebook.json", "notebook.schema.json", "notebook.md", "llms.txt", "robots.txt"];
    let ends = [".xml", ".br", ".gz", ".html"];
    [PAGE, map::PAGE].contains(&name)
        || !(name == WORKER_FILE
            || name.starts_with('_')
            || name.starts_with("feed.")
            || for_machines.contains(&name)
            || ends.iter().any(|end| name.ends_with(end)))
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::*;

    #[test]
    fn a_worker_keeps_what_a_page_is_made_of_and_changes_with_it() {
        let folder = tempfile::tempdir().unwrap();
        let write = |name: &str, text: &str| put(&folder.path().join(name), text.as_bytes()).unwrap();
        for name in [
            "index.html",
            "map.html",
            "in/a.html",
            "icon.svg",
            "a/p.png",
            "parts/1.json",
            "notebook.json",
            "feed.atom",
            "sw.js",
        ] {
            write(name, name);
        }
        let built = || {
            worker(folder.path()).unwrap();
            fs::read_to_string(folder.path().join(WORKER_FILE)).unwrap()
        };
        let first = built();
        for (name, kept) in [
            ("./", true),
            ("map.html", true),
            ("in/a.html", false),
            ("icon.svg", true),
            ("a/p.png", true),
            ("parts/1.json", false),
            ("notebook.json", false),
        ] {
            assert_eq!(first.contains(&format!("\"{name}\":\"sha256-")), kept, "{name} in {first}");
        }
        assert_eq!(built(), first, "the same files make the same worker");
        write("index.html", "another");
        assert_ne!(built(), first);
    }
}
