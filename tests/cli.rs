//! The `notebook` command, as an author runs it.

#![cfg(not(target_arch = "wasm32"))]

mod command;

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use command::{errors, notebook};

const FRAME: &str = include_str!("../index.html");
const SEED: &str = "tests/fixtures/seed/notebook.md";

fn folder_with(file: &str, text: impl AsRef<[u8]>) -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join(file), text).unwrap();
    folder
}

#[test]
fn check_reports_position_problem_and_remedy() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let output = notebook(root, &["check", SEED]);
    assert!(output.status.success());
    insta::assert_snapshot!("check", errors(&output));
    let denied = notebook(root, &["check", SEED, "--deny", "warnings"]);
    assert!(!denied.status.success());
}

#[test]
fn check_fails_on_an_error_and_lists_all_of_them() {
    let folder = folder_with("n.md", b"---\ntitle: [\n---\n\ncaf\xe9 [x](#nowhere) ![y](gone.png)\n");
    let output = notebook(folder.path(), &["check", "n.md"]);
    assert!(!output.status.success());
    for code in ["front-matter-invalid", "invalid-utf8", "dead-anchor", "missing-file", "n.md:5:"] {
        assert!(errors(&output).contains(code), "{code} in {}", errors(&output));
    }
}

#[test]
fn build_fails_on_errors_without_keep_going() {
    for (name, bytes, reason) in [
        ("png", &b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR"[..], "it is a PNG image"),
        ("gzip", b"\x1f\x8b\x08\0\0\0\0\0", "it is a gzip archive"),
        ("latin1", b"# Caf\xe9\n", "these bytes are not UTF-8 text"),
        ("yaml", b"---\ntitle: [\n---\n\nText\n", "front-matter-invalid"),
        ("unclosed", b"---\ntitle: A\n\nText\n", "front-matter-unclosed"),
        ("url", b"---\nhome: 'javascript:x'\n---\n\nText\n", "front-matter-url"),
    ] {
        let folder = folder_with("n.md", bytes);
        fs::create_dir(folder.path().join("out")).unwrap();
        fs::write(folder.path().join("out/index.html"), FRAME).unwrap();
        let failed = notebook(folder.path(), &["build", "n.md", "--out", "out"]);
        assert_eq!(failed.status.code(), Some(1), "{name}");
        assert!(
            errors(&failed).contains(reason) && errors(&failed).contains("--keep-going"),
            "{}",
            errors(&failed)
        );
        let written = fs::read_dir(folder.path().join("out")).unwrap().count();
        assert_eq!(written, 1, "{name}: nothing is written");
        assert_eq!(notebook(folder.path(), &["check", "n.md"]).status.code(), Some(1), "{name}");
        let built = notebook(folder.path(), &["build", "n.md", "--out", "out", "--keep-going"]);
        assert!(built.status.success(), "{name}: {}", errors(&built));
        assert!(errors(&built).contains("in spite of the problems"), "{}", errors(&built));
        assert!(folder.path().join("out/notebook.json").is_file(), "{name}");
    }
}

#[test]
fn reads_utf_16_and_reports_an_empty_file() {
    let text = "# Größe\n\n## Papers\n\n- [論文](https://a.example)\n";
    for to_bytes in [u16::to_le_bytes, u16::to_be_bytes] {
        let bytes: Vec<u8> = std::iter::once(0xfeff).chain(text.encode_utf16()).flat_map(to_bytes).collect();
        let folder = folder_with("n.md", bytes);
        let exported = notebook(folder.path(), &["export", "markdown", "n.md"]);
        assert!(exported.status.success(), "{}", errors(&exported));
        fs::write(folder.path().join("utf8.md"), text).unwrap();
        let utf8 = notebook(folder.path(), &["export", "markdown", "utf8.md"]);
        assert_eq!(String::from_utf8_lossy(&exported.stdout), String::from_utf8_lossy(&utf8.stdout));
    }
    for empty in ["", "\n \n", "\u{feff}"] {
        let folder = folder_with("n.md", empty);
        let output = notebook(folder.path(), &["check", "n.md"]);
        assert!(
            output.status.success() && errors(&output).contains("warning[empty-file]: this file is empty")
        );
        assert!(errors(&output).contains("n.md:1:1"), "{}", errors(&output));
    }
}

#[test]
fn check_groups_diagnostics_and_ends_with_a_summary() {
    let folder =
        folder_with("n.md", "## Papers\n\n- [A](https://a.example)\n".to_owned() + &"- x\n".repeat(40));
    let output = notebook(folder.path(), &["check", "n.md"]);
    let last = "understood: 1 paper, 0 terms, 1 section; 40 items without a link\n";
    assert!(errors(&output).ends_with(last), "{}", errors(&output));
    assert_eq!(errors(&output).matches("item-without-link]").count(), 1, "{}", errors(&output));
    assert!(errors(&output).contains("39 more of item-without-link"), "{}", errors(&output));
    let all = notebook(folder.path(), &["check", "n.md", "--all"]);
    assert_eq!(errors(&all).matches("item-without-link]").count(), 40);
}

#[test]
fn distinguishes_failures_from_wrong_arguments_by_exit_code() {
    let folder = folder_with("n.md", "[x](#nowhere)\n");
    let code = |arguments: &[&str]| notebook(folder.path(), arguments).status.code();
    assert_eq!(code(&["check", "n.md"]), Some(0));
    assert_eq!(code(&["check", "n.md", "--deny", "warnings"]), Some(1));
    assert_eq!(code(&["check", "gone.md"]), Some(1));
    assert_eq!(code(&["check", "n.md", "--nonsense"]), Some(2));
    assert_eq!(code(&["build", "n.md", "--url", "nonsense"]), Some(2));
    let help = notebook(folder.path(), &["--help"]);
    assert!(String::from_utf8_lossy(&help.stdout).contains("Exit codes:"));
    let schema = notebook(folder.path(), &["export", "schema"]);
    assert!(schema.status.success() && schema.stdout.starts_with(b"{"), "needs no file: {}", errors(&schema));
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
    assert!(output.status.success(), "{}", errors(&output));
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
fn fails_on_warnings_only_if_they_are_denied() {
    let folder = folder_with("n.md", "[x](#nowhere)\n");
    assert!(notebook(folder.path(), &["build", "n.md", "--out", "out"]).status.success());
    let denied = notebook(folder.path(), &["build", "n.md", "--out", "other", "--deny", "warnings"]);
    assert!(!denied.status.success());
    assert!(!folder.path().join("other").exists());
}

#[test]
fn copies_no_picture_from_outside_the_notebook() {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("secret.png"), "x").unwrap();
    fs::create_dir(folder.path().join("notes")).unwrap();
    fs::write(folder.path().join("notes/n.md"), "![x](../secret.png) ![y](%2e%2e/secret.png)\n").unwrap();
    let output = notebook(folder.path(), &["build", "notes/n.md", "--out", "out"]);
    assert!(errors(&output).contains("missing-file"));
    assert!(!folder.path().join("secret.png.out").exists() && !folder.path().join("out/secret.png").exists());
}

#[test]
fn reports_a_missing_file_in_a_sentence() {
    let folder = tempfile::tempdir().unwrap();
    let output = notebook(folder.path(), &["check", "none.md"]);
    assert!(!output.status.success());
    assert!(errors(&output).starts_with("error: none.md cannot be read"), "{}", errors(&output));
}

#[test]
fn exports_markdown_that_parses_to_the_same_notebook() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let exported = notebook(root, &["export", "markdown", SEED]).stdout;
    let exported = String::from_utf8(exported).unwrap();
    let seed = fs::read_to_string(root.join(SEED)).unwrap();
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
fn builds_the_same_bytes_twice() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let folder = tempfile::tempdir().unwrap();
    let kept = folder.path().join("kept");
    let built = |name: &str| {
        let out = folder.path().join(name);
        fs::create_dir_all(&out).unwrap();
        fs::write(out.join("index.html"), FRAME).unwrap();
        let mut command = Command::new(env!("CARGO_BIN_EXE_notebook"));
        command.env("XDG_CACHE_HOME", &kept).env_remove("TRUNK_STAGING_DIR").current_dir(root);
        // The hostile notebook has errors.
        command.args(["build", "tests/fixtures/hostile/notebook.md", "--keep-going", "--out"]).arg(&out);
        let done = command.output().unwrap();
        assert!(done.status.success(), "{}", errors(&done));
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

#[test]
fn search_takes_the_notebook_of_the_folder_if_no_file_is_given() {
    let folder = folder_with("notebook.md", "# N\n\n## Terms\n\n- Attention: a weighted mean.\n");
    fs::write(folder.path().join("other.md"), "# N\n\n## Terms\n\n- Recurrence: a state.\n").unwrap();
    for (arguments, found) in [
        (&["search", "mean"][..], "Attention"),
        (&["search", "mean", "--json"], "Attention"),
        (&["search", "attention -recurrence"], "Attention"),
        (&["search", "other.md", "state"], "Recurrence"),
        (&["search", "other.md", "--", "-attention"], "Recurrence"),
    ] {
        let output = notebook(folder.path(), arguments);
        let printed = String::from_utf8_lossy(&output.stdout);
        assert!(output.status.success() && printed.contains(found), "{printed}{}", errors(&output));
    }
}
