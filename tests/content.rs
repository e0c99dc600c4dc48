//! `content/` belongs to the author: no test depends on the notebook in it, and any notebook can replace it.

#![cfg(not(target_arch = "wasm32"))]

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

const FRAME: &str = include_str!("../index.html");

/// A notebook that has nothing in common with the one that the project ships with.
const REPLACEMENT: &str = include_str!("fixtures/arabic.md");

/// Folders with tests, and with what tests include.
const TESTED: [&str; 6] = ["bench", "core", "src", "tests", "xtask", ".ci"];

#[test]
fn no_test_reads_the_authors_notebook() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut files = Vec::new();
    for folder in TESTED {
        collect_code(&root.join(folder), &mut files);
    }
    assert!(files.len() > 100, "only {} files were found", files.len());
    for file in files {
        if file.ends_with("tests/content.rs") {
            continue;
        }
        for (index, line) in fs::read_to_string(&file).unwrap().lines().enumerate() {
            // A path begins a literal or follows a folder; addresses of articles have the word inside.
            let reads =
                ["\"content/", "../content/", "join(\"content\")"].iter().any(|path| line.contains(path));
            // The default of the command line, which no test relies on but the next.
            let is_default = line.contains("default_value") || line.contains("const DEFAULT_PATHS:");
            assert!(
                !reads || is_default,
                "{}:{} names content/: use tests/fixtures/seed instead",
                file.display(),
                index + 1
            );
        }
    }
}

#[test]
fn builds_whatever_notebook_is_in_content() {
    let folder = tempfile::tempdir().unwrap();
    let file = |name: &str| folder.path().join(name);
    for name in ["content", "out"] {
        fs::create_dir(file(name)).unwrap();
    }
    fs::write(file("content/notebook.md"), REPLACEMENT).unwrap();
    fs::write(file("out/index.html"), FRAME).unwrap();
    let built = Command::new(env!("CARGO_BIN_EXE_notebook"))
        .args(["build", "--out", "out"])
        .env("XDG_CACHE_HOME", env!("CARGO_TARGET_TMPDIR"))
        .env_remove("NOTEBOOK_FILE")
        .current_dir(folder.path())
        .output()
        .unwrap();
    assert!(built.status.success(), "{}", String::from_utf8_lossy(&built.stderr));
    let page = fs::read_to_string(file("out/index.html")).unwrap();
    let html = scraper::Html::parse_document(&page);
    let title = scraper::Selector::parse("title").unwrap();
    let title: String = html.select(&title).flat_map(|title| title.text()).collect();
    let notebook = notebook_core::markdown::read(REPLACEMENT).notebook;
    assert_eq!(title.trim(), notebook.title.trim());
    for (_, entry) in notebook.walk() {
        assert!(page.contains(&format!("id=\"{}\"", entry.id())), "{} is not on the page", entry.id());
    }
}

/// Collects the Rust and JavaScript files below a folder, and scripts without an extension.
fn collect_code(folder: &Path, files: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            if path.file_name().is_some_and(|name| name != "target" && name != "fixtures") {
                collect_code(&path, files);
            }
        } else if path.extension().is_none_or(|extension| extension == "rs" || extension == "js") {
            files.push(path);
        }
    }
}
