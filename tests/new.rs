//! `notebook new`, and building without Trunk, as an author runs them.

#![cfg(not(target_arch = "wasm32"))]

mod command;
mod file_names;

use std::fs;
use std::path::Path;
use std::process::Output;

use command::{errors, notebook};
use file_names::file_names;

const FRAME: &str = include_str!("../index.html");

#[track_caller]
fn succeeds(folder: &Path, arguments: &[&str]) -> Output {
    let output = notebook(folder, arguments);
    assert!(output.status.success(), "{arguments:?}: {}", errors(&output));
    output
}

/// Writes the page of the repository as a frame, and returns its folder.
fn frame(folder: &Path) -> String {
    let frame = folder.join("frame");
    fs::create_dir(&frame).unwrap();
    fs::write(frame.join("index.html"), FRAME).unwrap();
    frame.to_str().unwrap().to_owned()
}

#[test]
fn a_new_notebook_has_every_kind_of_entry_and_passes_every_check() {
    let folder = tempfile::tempdir().unwrap();
    let created = succeeds(folder.path(), &["new", "my-notes"]);
    let report = String::from_utf8_lossy(&created.stdout).into_owned();
    assert!(report.ends_with("  notebook serve my-notes/notebook.md\n"), "{report}");
    let notes = folder.path().join("my-notes");
    let expected = [
        ".github/workflows/publish.yml",
        ".gitignore",
        "README.md",
        "figure.svg",
        "notebook.md",
        "references.bib",
    ];
    assert!(file_names(&notes).iter().eq(expected), "{:?}", file_names(&notes));
    assert_eq!(file_names(folder.path()).len(), expected.len(), "nothing else is left");
    let checked = succeeds(&notes, &["check", "--deny", "warnings"]);
    assert!(
        errors(&checked).contains("2 papers (2 in the bibliography), 2 terms, 2 goals, 1 link"),
        "{}",
        errors(&checked)
    );
    let exported = succeeds(&notes, &["export", "json"]);
    let data: serde_json::Value = serde_json::from_slice(&exported.stdout).unwrap();
    assert_eq!(data["title"], "My notes");
    succeeds(&notes, &["build", "--deny", "warnings", "--page", &frame(folder.path())]);
    let page = fs::read_to_string(notes.join("dist/index.html")).unwrap();
    assert!(page.contains("<title>My notes</title>") && page.contains("<math"), "{page}");
    assert!(notes.join("dist/figure.svg").is_file());
}

#[test]
fn new_never_overwrites() {
    let folder = tempfile::tempdir().unwrap();
    for (name, used) in [("a", "thesis.tex"), ("b", ".gitignore"), ("c", "notebook.md")] {
        let inner = folder.path().join(name);
        fs::create_dir(&inner).unwrap();
        fs::write(inner.join(used), "mine").unwrap();
        let refused = notebook(folder.path(), &["new", name]);
        assert_eq!(refused.status.code(), Some(1));
        assert!(errors(&refused).contains(used), "{}", errors(&refused));
        assert_eq!(fs::read_to_string(inner.join(used)).unwrap(), "mine");
        assert_eq!(file_names(&inner).len(), 1);
    }
    fs::write(folder.path().join("file"), "mine").unwrap();
    assert_eq!(notebook(folder.path(), &["new", "file"]).status.code(), Some(1));
    // A folder with nothing but a repository is as good as a new one.
    fs::create_dir_all(folder.path().join("repository/.git")).unwrap();
    succeeds(folder.path(), &["new", "repository"]);
    assert_eq!(notebook(folder.path(), &["new", "repository"]).status.code(), Some(1), "twice");
}

#[test]
fn new_begins_with_a_library_or_an_exported_notebook() {
    let folder = tempfile::tempdir().unwrap();
    let bibtex = "@article{a, title={One {RNA} paper}, author={Doe, Jo}, year={2020}, doi={10.1234/x.1}}\n";
    fs::write(folder.path().join("library.bib"), bibtex).unwrap();
    let created = succeeds(folder.path(), &["new", "bib", "--from", "library.bib"]);
    assert!(errors(&created).contains("are in references.bib, beside the notebook"), "{}", errors(&created));
    let text = fs::read_to_string(folder.path().join("bib/notebook.md")).unwrap();
    assert!(text.contains("One RNA paper") && text.contains("10.1234/x.1"), "{text}");
    assert!(folder.path().join("bib/references.bib").is_file());

    let csl = r#"[{"id": "b", "type": "article-journal", "title": "Two", "DOI": "10.1234/y.2"}]"#;
    fs::write(folder.path().join("items.json"), csl).unwrap();
    succeeds(folder.path(), &["new", "csl", "--from", "items.json"]);
    assert!(fs::read_to_string(folder.path().join("csl/notebook.md")).unwrap().contains("10.1234/y.2"));

    let exported = succeeds(folder.path(), &["export", "json", "bib/notebook.md"]);
    fs::write(folder.path().join("export.json"), exported.stdout).unwrap();
    succeeds(folder.path(), &["new", "json", "--from", "export.json"]);
    let again = succeeds(folder.path(), &["export", "json", "json/notebook.md"]);
    assert!(String::from_utf8_lossy(&again.stdout).contains("One RNA paper"));

    fs::write(folder.path().join("photo.jpg"), b"\xff\xd8\xff\xe0").unwrap();
    let refused = notebook(folder.path(), &["new", "photo", "--from", "photo.jpg"]);
    assert_eq!(refused.status.code(), Some(1));
    assert!(!folder.path().join("photo").exists(), "nothing is left: {}", errors(&refused));
}

#[test]
fn new_copies_notes_byte_for_byte_with_the_files_that_they_link() {
    let folder = tempfile::tempdir().unwrap();
    let write = |name: &str, text: &str| {
        let path = folder.path().join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    };
    let notes = "## Papers\r\n\r\n*  [A](https://arxiv.org/abs/2010.11929)  \r\n\r\n![p](img/p.png)\r\n";
    write("one/reading.md", notes);
    write("one/img/p.png", "picture");
    write("one/unrelated.png", "private");
    write("one/references.bib", "@misc{a, title={A}, eprint={2010.11929}, archiveprefix={arXiv}}\n");
    for (name, from) in [("from-file", "one/reading.md"), ("from-folder", "one")] {
        succeeds(folder.path(), &["new", name, "--from", from]);
        let read = |file: &str| fs::read_to_string(folder.path().join(name).join(file)).unwrap();
        assert_eq!(read("notebook.md"), notes);
        assert_eq!(read("img/p.png"), "picture");
        assert!(read("references.bib").contains("2010.11929"));
        assert!(!folder.path().join(name).join("unrelated.png").exists());
    }

    write("many/a.md", "---\ntags: [x]\n---\n# First\n\n- [A](https://arxiv.org/abs/2010.11929)\n");
    write("many/sub/b.markdown", "Only words, and ![p](q.png)\n");
    write("many/sub/q.png", "another");
    write("many/.obsidian/workspace.md", "not notes");
    succeeds(folder.path(), &["new", "joined", "--from", "many"]);
    let text = fs::read_to_string(folder.path().join("joined/notebook.md")).unwrap();
    for part in ["title: \"Joined\"", "# First", "tags: [x]", "# sub/b", "Only words, and ![p](q.png)"] {
        assert!(text.contains(part), "{part} in {text}");
    }
    assert!(!text.contains("not notes"));
    assert!(folder.path().join("joined/q.png").is_file());

    fs::create_dir(folder.path().join("empty")).unwrap();
    let refused = notebook(folder.path(), &["new", "none", "--from", "empty"]);
    assert!(errors(&refused).contains("no Markdown file") && !folder.path().join("none").exists());
}

#[test]
fn build_replaces_its_own_site_and_nothing_else() {
    let folder = tempfile::tempdir().unwrap();
    let page = frame(folder.path());
    fs::write(folder.path().join("notebook.md"), "# One\n\n![x](p.png)\n").unwrap();
    fs::write(folder.path().join("p.png"), "picture").unwrap();
    succeeds(folder.path(), &["build", "--page", &page]);
    let first = file_names(&folder.path().join("dist"));
    fs::write(folder.path().join("dist/CNAME"), "notes.example").unwrap();
    fs::write(folder.path().join("notebook.md"), "# Two\n\n![x](p.png)\n").unwrap();
    let again = succeeds(folder.path(), &["build", "--page", &page]);
    assert!(errors(&again).contains("CNAME"), "{}", errors(&again));
    let dist = folder.path().join("dist");
    assert_eq!(fs::read_to_string(dist.join("CNAME")).unwrap(), "notes.example");
    assert!(fs::read_to_string(dist.join("index.html")).unwrap().contains("<title>Two</title>"));
    assert_eq!(file_names(&dist).len(), first.len() + 1, "no file of the first build is left");
    // The same notebook gives the same bytes in a new folder.
    succeeds(folder.path(), &["build", "--page", &page, "--out", "other"]);
    for name in file_names(&folder.path().join("other")) {
        assert_eq!(
            fs::read(dist.join(&name)).unwrap(),
            fs::read(folder.path().join("other").join(&name)).unwrap()
        );
    }
    // A failed build leaves the last good one.
    fs::write(folder.path().join("notebook.md"), "---\ntitle: [\n---\n").unwrap();
    assert_eq!(notebook(folder.path(), &["build", "--page", &page]).status.code(), Some(1));
    assert!(fs::read_to_string(dist.join("index.html")).unwrap().contains("<title>Two</title>"));
    fs::create_dir(folder.path().join("thesis")).unwrap();
    fs::write(folder.path().join("thesis/a.tex"), "mine").unwrap();
    fs::write(folder.path().join("notebook.md"), "# Three\n").unwrap();
    let refused = notebook(folder.path(), &["build", "--page", &page, "--out", "thesis"]);
    assert!(errors(&refused).contains("not a site") && file_names(&folder.path().join("thesis")).len() == 1);
    let hidden = fs::read_dir(folder.path()).unwrap().flatten();
    let hidden = hidden.filter(|entry| entry.file_name().to_string_lossy().starts_with(".notebook-"));
    assert_eq!(hidden.count(), 0, "no temporary folder is left");
}

#[test]
fn a_missing_notebook_is_a_sentence_with_a_remedy() {
    let folder = tempfile::tempdir().unwrap();
    let none = notebook(folder.path(), &["check"]);
    assert!(errors(&none).contains("`notebook new FOLDER`"), "{}", errors(&none));
    fs::write(folder.path().join("reading.md"), "x").unwrap();
    let similar = notebook(folder.path(), &["build", "raeding.md"]);
    assert!(errors(&similar).contains("did you mean reading.md?"), "{}", errors(&similar));
    assert_eq!(similar.status.code(), Some(1));
    fs::write(folder.path().join("notebook.md"), "## Papers\n").unwrap();
    succeeds(folder.path(), &["check"]);
}
