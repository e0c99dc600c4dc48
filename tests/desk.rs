//! The `notebook` command, as an author runs it.

#![cfg(not(target_arch = "wasm32"))]

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

const FRAME: &str = include_str!("../index.html");

fn notebook(folder: &Path, arguments: &[&str]) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_notebook"));
    // What a build keeps for the next one is that of the test.
    command.env("XDG_CACHE_HOME", env!("CARGO_TARGET_TMPDIR"));
    command.current_dir(folder).args(arguments).env_remove("TRUNK_STAGING_DIR").output().unwrap()
}

fn said(output: &Output) -> String {
    String::from_utf8_lossy(&output.stderr).into_owned()
}

fn folder_with(file: &str, text: impl AsRef<[u8]>) -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join(file), text).unwrap();
    folder
}

#[test]
fn check_says_where_what_and_what_to_do() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let output = notebook(root, &["check", "content/notebook.md"]);
    assert!(output.status.success());
    insta::assert_snapshot!("check", said(&output));
    let denied = notebook(root, &["check", "content/notebook.md", "--deny", "warnings"]);
    assert!(!denied.status.success());
}

#[test]
fn check_fails_on_an_error_and_tells_all_of_them() {
    let folder = folder_with("n.md", b"---\ntitle: [\n---\n\ncaf\xe9 [x](#nowhere) ![y](gone.png)\n");
    let output = notebook(folder.path(), &["check", "n.md"]);
    assert!(!output.status.success());
    for code in ["front-matter-invalid", "invalid-utf8", "dead-anchor", "missing-file", "n.md:5:"] {
        assert!(said(&output).contains(code), "{code} in {}", said(&output));
    }
}

#[test]
fn build_writes_data_schema_page_and_pictures() {
    let folder =
        folder_with("n.md", "---\ntitle: T\nhome: https://me.example\n---\n\n![x](/a/p.png) [b](/blog)\n");
    fs::create_dir_all(folder.path().join("a")).unwrap();
    fs::write(folder.path().join("a/p.png"), "picture").unwrap();
    fs::create_dir_all(folder.path().join("out")).unwrap();
    fs::write(folder.path().join("out/index.html"), FRAME).unwrap();
    let output = notebook(folder.path(), &["build", "n.md", "--out", "out"]);
    assert!(output.status.success(), "{}", said(&output));
    let out = |name: &str| fs::read_to_string(folder.path().join("out").join(name)).unwrap();
    assert_eq!(out("a/p.png"), "picture");
    assert!(out("index.html").contains("<title>T</title>"));
    // A picture of our own is relative, so that the page works under any path; the blog is the author's.
    assert!(
        out("index.html").contains("src=\"a/p.png\"")
            && out("index.html").contains("https://me.example/blog")
    );
    let schema: serde_json::Value = serde_json::from_str(&out("notebook.schema.json")).unwrap();
    let data: serde_json::Value = serde_json::from_str(&out("notebook.json")).unwrap();
    let validator = jsonschema::validator_for(&schema).unwrap();
    assert!(
        validator.is_valid(&data),
        "{:?}",
        validator.iter_errors(&data).map(|e| e.to_string()).collect::<Vec<_>>()
    );
    let mut broken = data;
    broken["intro"] = 7.into();
    assert!(!validator.is_valid(&broken));
}

#[test]
fn warnings_stop_a_build_only_when_denied() {
    let folder = folder_with("n.md", "[x](#nowhere)\n");
    assert!(notebook(folder.path(), &["build", "n.md", "--out", "out"]).status.success());
    let denied = notebook(folder.path(), &["build", "n.md", "--out", "other", "--deny", "warnings"]);
    assert!(!denied.status.success());
    assert!(!folder.path().join("other").exists());
}

#[test]
fn a_picture_outside_the_notebook_is_not_taken_along() {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("secret.png"), "x").unwrap();
    fs::create_dir(folder.path().join("content")).unwrap();
    fs::write(folder.path().join("content/n.md"), "![x](../secret.png) ![y](%2e%2e/secret.png)\n").unwrap();
    let output = notebook(folder.path(), &["build", "content/n.md", "--out", "out"]);
    assert!(said(&output).contains("missing-file"));
    assert!(!folder.path().join("secret.png.out").exists() && !folder.path().join("out/secret.png").exists());
}

#[test]
fn a_file_that_is_not_there_is_a_sentence() {
    let folder = tempfile::tempdir().unwrap();
    let output = notebook(folder.path(), &["check", "none.md"]);
    assert!(!output.status.success());
    assert!(said(&output).starts_with("error: none.md cannot be read"), "{}", said(&output));
}

#[test]
fn export_gives_markdown_that_reads_the_same() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let exported = notebook(root, &["export", "markdown", "content/notebook.md"]).stdout;
    let exported = String::from_utf8(exported).unwrap();
    let seed = fs::read_to_string(root.join("content/notebook.md")).unwrap();
    let read = |text: &str| notebook_core::markdown::read(text).notebook;
    assert_eq!(read(&exported), read(&seed));
}

/// Every file of a folder with its bytes.
fn files(folder: &Path) -> BTreeMap<PathBuf, Vec<u8>> {
    let mut files = BTreeMap::new();
    let mut open = vec![folder.to_owned()];
    while let Some(folder) = open.pop() {
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                open.push(path);
            } else {
                files.insert(path.clone(), fs::read(path).unwrap());
            }
        }
    }
    files
}

#[test]
fn two_builds_are_the_same_bytes() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let folder = tempfile::tempdir().unwrap();
    let kept = folder.path().join("kept");
    let built = |name: &str| {
        let out = folder.path().join(name);
        fs::create_dir_all(&out).unwrap();
        fs::write(out.join("index.html"), FRAME).unwrap();
        let mut command = Command::new(env!("CARGO_BIN_EXE_notebook"));
        command.env("XDG_CACHE_HOME", &kept).env_remove("TRUNK_STAGING_DIR").current_dir(root);
        command.args(["build", "tests/e2e/hostile/notebook.md", "--out"]).arg(&out);
        let done = command.output().unwrap();
        assert!(done.status.success(), "{}", said(&done));
        let files = files(&out);
        files
            .into_iter()
            .map(|(path, bytes)| (path.strip_prefix(&out).unwrap().to_owned(), bytes))
            .collect::<Vec<_>>()
    };
    let first = built("first");
    assert!(first.len() > 10);
    // The second takes references that the first has kept, the third finds what is none.
    let all = files(&kept);
    assert_eq!(all.len(), 1, "{:?}", all.keys());
    assert!(built("second") == first, "two builds differ");
    for path in all.keys() {
        fs::write(path, "{\"cut").unwrap();
    }
    assert!(built("third") == first, "a build after a broken file differs");
    assert!(files(&kept) == all, "what is kept is mended");
}
