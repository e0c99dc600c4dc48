//! Offline use: the web app manifest, and a service worker that caches the files of this build.

use std::collections::BTreeMap;
use std::path::Path;

use notebook_core::notebook::Notebook;
use serde_json::{Value, json};

use super::files::{files_in, read_file, write_file};
use super::integrity::{content_hash, digest};
use super::minify::minify_js;
use super::{Failure, concept_map};
use crate::pipeline::data_files::CHUNK_FOLDER;
use crate::pipeline::theme_styles::paper_colors;

const SCRIPT: &str = include_str!("service_worker.js");
/// The worker's file. It is at the root of the site, because a worker serves its own folder and those below.
const WORKER_FILE: &str = "sw.js";
/// The web app manifest.
pub(super) const MANIFEST: &str = "manifest.webmanifest";
/// The notebook's page.
const PAGE: &str = "index.html";
/// Bytes of all files that are cached before the page requests them. Files beyond that are not cached. Chosen: every reader
/// downloads them once in the background, perhaps on a phone, so large pictures must not be among them.
const MAX_CACHED_BYTES: u64 = 12_000_000;

/// Returns the icons of an app, as its manifest lists them.
pub(super) fn app_icons() -> Value {
    let icon = |file: &str, kind: &str, size: &str, purpose: &str| json!({ "src": file, "sizes": size, "type": kind, "purpose": purpose });
    json!([
        icon("icon.svg", "image/svg+xml", "any", "any"),
        icon("icon-192.png", "image/png", "192x192", "any"),
        icon("icon-512.png", "image/png", "512x512", "any"),
        icon("icon-maskable.png", "image/png", "512x512", "maskable"),
    ])
}

/// Writes the manifest. The loader links it after the first paint, with which it would compete.
pub(super) fn write_manifest(notebook: &Notebook, out: &Path) -> Result<(), Failure> {
    let [paper, _] = paper_colors(notebook);
    let manifest = json!({
        "name": notebook.title,
        "short_name": notebook.title,
        "description": notebook.description,
        "lang": notebook.language(),
        "start_url": "./",
        "scope": "./",
        "id": "./",
        "display": "standalone",
        "background_color": paper,
        "theme_color": paper,
        "icons": app_icons(),
    });
    write_file(&out.join(MANIFEST), format!("{manifest:#}\n").as_bytes())
}

/// Writes a worker that unregisters itself: an author must not see the cached page of an older build.
pub(super) fn write_unregistering_worker(out: &Path) -> Result<(), Failure> {
    const UNREGISTER: &str =
        "self.addEventListener(\"activate\", () => self.registration.unregister());\nself.skipWaiting();\n";
    write_file(&out.join(WORKER_FILE), UNREGISTER.as_bytes())
}

/// Writes the worker that caches the files of a finished build, except for chunks, which it caches as they are read, and
/// files that only programs read.
pub(super) fn write_worker(out: &Path) -> Result<(), Failure> {
    let mut files = BTreeMap::new();
    let mut room = MAX_CACHED_BYTES;
    for (name, path) in files_in(out, |name| name == CHUNK_FOLDER)? {
        if !is_precached(&name) {
            continue;
        }
        let bytes = read_file(&path)?;
        let size = u64::try_from(bytes.len()).unwrap_or(u64::MAX);
        // The page is requested by its folder.
        let name = if name == PAGE { "./".to_owned() } else { name };
        if size <= room || name == "./" {
            room = room.saturating_sub(size);
            files.insert(name, Value::String(digest(&bytes)));
        }
    }
    let files = serde_json::to_string(&files)
        .map_err(|error| format!("the list of files cannot be written as JSON: {error}"))?;
    // Each version of the worker has a cache of its own.
    let version = content_hash([&*files, SCRIPT].concat().as_bytes());
    let script =
        SCRIPT.replacen("\"FILES_HERE\"", &files, 1).replacen("VERSION\";", &format!("{version}\";"), 1);
    write_file(&out.join(WORKER_FILE), minify_js(&"service_worker.js", &script)?.as_bytes())
}

/// Returns true if a file must be cached before the page requests it.
fn is_precached(name: &str) -> bool {
    let for_programs = ["notebook.json", "notebook.schema.json", "notebook.md", "llms.txt", "robots.txt"];
    let suffixes = [".xml", ".br", ".gz", ".html"];
    [PAGE, concept_map::FILE_NAME].contains(&name)
        || !(name == WORKER_FILE
            // Few readers open it.
            || name.starts_with("studio")
            || name.starts_with('_')
            || name.starts_with("feed.")
            || for_programs.contains(&name)
            || suffixes.iter().any(|suffix| name.ends_with(suffix)))
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::*;

    #[test]
    fn worker_caches_files_of_page_and_changes_with_them() {
        let folder = tempfile::tempdir().unwrap();
        let write = |name: &str, text: &str| write_file(&folder.path().join(name), text.as_bytes()).unwrap();
        for name in [
            "index.html",
            "map.html",
            "in/a.html",
            "icon.svg",
            "a/p.png",
            "chunks/1.json",
            "notebook.json",
            "feed.atom",
            "sw.js",
        ] {
            write(name, name);
        }
        let built = || {
            write_worker(folder.path()).unwrap();
            fs::read_to_string(folder.path().join(WORKER_FILE)).unwrap()
        };
        let first = built();
        for (name, is_cached) in [
            ("./", true),
            ("map.html", true),
            ("in/a.html", false),
            ("icon.svg", true),
            ("a/p.png", true),
            ("chunks/1.json", false),
            ("notebook.json", false),
        ] {
            assert_eq!(first.contains(&format!("\"{name}\":\"sha256-")), is_cached, "{name} in {first}");
        }
        assert_eq!(built(), first, "the same files make the same worker");
        write("index.html", "another");
        assert_ne!(built(), first);
    }
}
