//! References at the desk: a bibliography beside a notebook, libraries that become notebooks, a paper that is added.

#![cfg(not(target_arch = "wasm32"))]

use std::fs;
use std::path::Path;
use std::process::{Command, Output};

use serde_json::Value;

const FRAME: &str = include_str!("../index.html");

const NOTEBOOK: &str = "---\ntitle: T\nauthor: Ada L.\nurl: https://me.example/n/\n---\n\n## Papers\n\n\
    - [Attention & all](https://arxiv.org/abs/1706.03762) and more:\n\n  Purpose: why.\n\n- [Alone](https://b.example/x)\n\n\
    ## Terms\n\n- VAE: an encoder\n";

const BIB: &str = "@string{nips = {NeurIPS}}\n\n@inproceedings{vaswani2017,\n  title = {Attention Is All You Need},\n  \
    author = {Vaswani, Ashish and Shazeer, Noam},\n  booktitle = nips,\n  year = 2017,\n  eprint = {1706.03762},\n}\n";

fn notebook(folder: &Path, arguments: &[&str]) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_notebook"));
    command.env("XDG_CACHE_HOME", env!("CARGO_TARGET_TMPDIR"));
    let command = command.current_dir(folder).args(arguments);
    command
        .env_remove("TRUNK_STAGING_DIR")
        .env_remove("NOTEBOOK_URL")
        .env_remove("NOTEBOOK_FILE")
        .output()
        .unwrap()
}

fn said(output: &Output) -> String {
    String::from_utf8_lossy(&output.stderr).into_owned()
}

fn folder_with(files: &[(&str, &str)]) -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    for (name, text) in files {
        fs::write(folder.path().join(name), text).unwrap();
    }
    folder
}

fn read(folder: &tempfile::TempDir, name: &str) -> String {
    fs::read_to_string(folder.path().join(name)).unwrap_or_else(|why| panic!("{name}: {why}"))
}

/// A built notebook, and the page of it.
fn built(files: &[(&str, &str)]) -> (tempfile::TempDir, scraper::Html) {
    let folder = folder_with(files);
    fs::create_dir(folder.path().join("out")).unwrap();
    fs::write(folder.path().join("out/index.html"), FRAME).unwrap();
    let output = notebook(folder.path(), &["build", "n.md", "--out", "out"]);
    assert!(output.status.success(), "{}", said(&output));
    let page = scraper::Html::parse_document(&read(&folder, "out/index.html"));
    (folder, page)
}

fn select(selector: &str) -> scraper::Selector {
    scraper::Selector::parse(selector).unwrap()
}

/// The file of references that a page names.
fn references(folder: &tempfile::TempDir, page: &scraper::Html) -> Value {
    let root = page.select(&select("#_notebook")).next().unwrap().value();
    let name = root.attr("data-citations").unwrap();
    serde_json::from_str(&read(folder, &format!("out/{name}"))).unwrap()
}

#[test]
fn a_bibliography_gives_authors_venue_and_facets() {
    let (folder, page) = built(&[("n.md", NOTEBOOK), ("references.bib", BIB)]);
    let byline = page.select(&select("#attention-all [data-field=byline]")).next().unwrap();
    assert_eq!(byline.text().collect::<String>(), "and more:Ashish Vaswani, Noam Shazeer · NeurIPS");
    let facets: Vec<String> = page.select(&select(".facet-name")).map(|name| name.text().collect()).collect();
    assert!(facets.contains(&"Author".to_owned()) && facets.contains(&"Venue".to_owned()), "{facets:?}");
    let links = page.select(&select(".facet a[href='?author=Ashish+Vaswani']")).count();
    assert_eq!(links, 1);
    let linked: String =
        page.select(&select("script[type='application/ld+json']")).next().unwrap().text().collect();
    assert!(linked.contains("\"Noam Shazeer\""), "{linked}");
    let data: Value = serde_json::from_str(&read(&folder, "out/notebook.json")).unwrap();
    assert_eq!(data["sections"][0]["entries"][0]["paper"]["citation"]["venue"], "NeurIPS");
    let again = notebook_core::notebook::from_json(data.to_string().as_bytes()).unwrap();
    assert_eq!(serde_json::to_value(&again).unwrap(), data, "what is written is read");
    let schema: Value = serde_json::from_str(&read(&folder, "out/notebook.schema.json")).unwrap();
    assert!(jsonschema::validator_for(&schema).unwrap().is_valid(&data));
    // What the author wrote stays what it is.
    assert!(!read(&folder, "out/notebook.md").contains("Vaswani"));
}

#[test]
fn references_are_made_at_the_desk_in_every_form() {
    let (folder, page) = built(&[("n.md", NOTEBOOK), ("references.bib", BIB)]);
    let data = references(&folder, &page);
    assert_eq!(
        data["names"],
        serde_json::json!(["BibTeX", "APA", "IEEE", "Plain text", "This note", "This note, BibTeX"])
    );
    insta::assert_snapshot!("references", serde_json::to_string_pretty(&data["rows"]).unwrap());
}

#[test]
fn a_notebook_without_a_bibliography_has_no_new_facets() {
    let (folder, page) = built(&[("n.md", NOTEBOOK)]);
    let facets: Vec<String> = page.select(&select(".facet-name")).map(|name| name.text().collect()).collect();
    assert!(!facets.iter().any(|name| name == "Author" || name == "Venue"), "{facets:?}");
    // What is missing is said, and nothing is made up.
    let apa = references(&folder, &page)["rows"][0][7].as_str().unwrap().to_owned();
    assert_eq!(
        apa,
        "Attention & all (arXiv:1706.03762). (2017). arXiv. https://arxiv.org/abs/1706.03762 [missing: author]"
    );
}

#[test]
fn a_style_of_the_authors_own_is_one_more_form() {
    const STYLE: &str = "<style xmlns=\"http://purl.org/net/xbiblio/csl\" class=\"in-text\" version=\"1.0\"><info><title>Mine</title>\
        <id>mine</id><updated>2024-01-01T00:00:00+00:00</updated></info><citation><layout><text variable=\"title\"/></layout></citation>\
        <bibliography><layout><text variable=\"title\"/><text value=\" (mine)\"/></layout></bibliography></style>";
    let source = NOTEBOOK.replace("---\n\n##", "references: lib.bib\ncsl: mine.csl\n---\n\n##");
    let (folder, page) = built(&[("n.md", &source), ("lib.bib", BIB), ("mine.csl", STYLE)]);
    let data = references(&folder, &page);
    assert_eq!(data["names"][3], "Mine");
    assert_eq!(data["rows"][0][9], "Attention Is All You Need (mine)");
    fs::write(folder.path().join("mine.csl"), "<html>").unwrap();
    let checked = notebook(folder.path(), &["check", "n.md"]);
    assert!(!checked.status.success() && said(&checked).contains("style-invalid"), "{}", said(&checked));
}

#[test]
fn what_is_wrong_with_a_bibliography_is_told_in_its_place() {
    let bib = format!(
        "{BIB}\n@misc{{nowhere, title = {{Not here}}, author = {{A}}, year = 2001}}\n@article{{broken, title = {{x\n\n\
         @article{{other, title = {{Attention}}, eprint = {{1706.03762}}, author = {{Vaswani, Ashish}}, year = 2018}}\n"
    );
    let folder = folder_with(&[("n.md", NOTEBOOK), ("references.bib", &bib)]);
    let checked = notebook(folder.path(), &["check", "n.md"]);
    assert!(!checked.status.success());
    insta::assert_snapshot!("check_bibliography", said(&checked));
    let folder = folder_with(&[("n.md", NOTEBOOK), ("references.bib", BIB)]);
    let denied = notebook(folder.path(), &["check", "n.md", "--deny", "warnings"]);
    assert!(denied.status.success(), "hints are never denied: {}", said(&denied));
    let gone = NOTEBOOK.replace("---\n\n##", "references: gone.bib\n---\n\n##");
    let folder = folder_with(&[("n.md", &gone)]);
    let checked = notebook(folder.path(), &["check", "n.md"]);
    assert!(
        said(&checked).contains("missing-file") && said(&checked).contains("n.md:5:"),
        "{}",
        said(&checked)
    );
}

#[test]
fn a_large_notebook_has_its_references_in_parts() {
    use std::fmt::Write as _;
    let mut source = String::from("## Papers\n\n");
    for number in 0..450 {
        let _ = write!(source, "- [Paper {number}](https://a.example/{number})\n\n");
    }
    let (folder, page) = built(&[("n.md", &source)]);
    let first = references(&folder, &page);
    let parts = first["parts"].as_array().unwrap();
    assert!(parts.len() > 1, "{parts:?}");
    let mut numbers = Vec::new();
    for part in parts {
        let name = part[1].as_str().unwrap();
        let file: Value = serde_json::from_str(&read(&folder, &format!("out/{name}"))).unwrap();
        assert_eq!(file["rows"][0][0], part[0]);
        numbers.extend(
            file["rows"]
                .as_array()
                .unwrap()
                .iter()
                .map(|row| row[0].as_str().unwrap().parse::<u64>().unwrap()),
        );
    }
    assert_eq!(numbers, (0..450).collect::<Vec<_>>());
}

#[test]
fn a_library_becomes_a_notebook_with_its_bibliography() {
    let bib = "@article{a, title = {One [x] *y*}, author = {Lovelace, Ada}, journal = {J}, year = 1843, doi = {10.1234/one}, \
        keywords = {engines, notes}, abstract = {What it is.}, file = {a.pdf}}\n\
        @misc{b, title = {Two}, author = {B}, url = {https://a.example/two}, keywords = {engines}}\n\
        @misc{c, title = {Three}, url = {https://a.example/three}, keywords = {rare}}\n\
        @book{d, title = {Four}, author = {D}, publisher = {P}, year = 1990}\n";
    let folder = folder_with(&[("library.bib", bib)]);
    let printed = notebook(folder.path(), &["import", "library.bib"]);
    assert!(printed.status.success(), "{}", said(&printed));
    insta::assert_snapshot!("imported", String::from_utf8_lossy(&printed.stdout));
    assert!(said(&printed).contains("left out") && said(&printed).contains("file (1)"), "{}", said(&printed));
    let written = notebook(folder.path(), &["import", "library.bib", "--out", "new/n.md"]);
    assert!(written.status.success(), "{}", said(&written));
    let checked = notebook(folder.path(), &["check", "new/n.md"]);
    assert!(checked.status.success() && !said(&checked).contains("citation-invalid"), "{}", said(&checked));
    let again = notebook(folder.path(), &["import", "library.bib", "--out", "new/n.md"]);
    assert!(!again.status.success() && said(&again).contains("is there already"));
}

#[test]
fn other_libraries_become_notebooks_too() {
    let list = "# Awesome Things\n\nA list.\n\n## Contents\n\n- [Models](#models)\n\n## Models\n\n- [One](https://a.example/1) - It is one.\n\
        - [Two](https://a.example/2) - It is two.\n\n### Small\n\n* [Three](https://a.example/3)\n\n## License\n\nFree.\n";
    let ris = "TY  - JOUR\nTI  - One\nAU  - Lovelace, Ada\nUR  - https://a.example/1\nER  - \n";
    let csl = "[{\"id\": \"a\", \"type\": \"article-journal\", \"title\": \"One\", \"URL\": \"https://a.example/1\"}]";
    let folder = folder_with(&[
        ("list.md", list),
        ("l.ris", ris),
        ("l.json", csl),
        ("bad.json", "{\n oops"),
        ("no.bib", "nothing"),
    ]);
    let printed = notebook(folder.path(), &["import", "list.md"]);
    insta::assert_snapshot!("awesome", String::from_utf8_lossy(&printed.stdout));
    for file in ["l.ris", "l.json"] {
        let printed = notebook(folder.path(), &["import", file]);
        let text = String::from_utf8_lossy(&printed.stdout).into_owned();
        assert!(text.contains("## Papers") && text.contains("- [One](https://a.example/1)"), "{text}");
    }
    for (file, says) in
        [("bad.json", "bad.json:2:"), ("no.bib", "holds no entry"), ("gone.bib", "cannot be read")]
    {
        let refused = notebook(folder.path(), &["import", file]);
        assert!(!refused.status.success() && said(&refused).contains(says), "{}", said(&refused));
    }
}

#[test]
fn a_paper_is_added_to_both_files_or_to_none() {
    let folder = folder_with(&[("n.md", NOTEBOOK), ("references.bib", BIB)]);
    let entry = "@article{new, title = {A *new* one}, author = {N, M}, journal = {J}, year = 2020, doi = {10.1234/new}}";
    let added = notebook(folder.path(), &["add", entry, "--to", "n.md"]);
    assert!(added.status.success(), "{}", said(&added));
    let line =
        "- [Alone](https://b.example/x)\n\n- [A \\*new\\* one](https://doi.org/10.1234/new)\n\n## Terms";
    assert!(read(&folder, "n.md").contains(line), "{}", read(&folder, "n.md"));
    assert_eq!(read(&folder, "references.bib"), format!("{BIB}\n{entry}\n"));
    let before = (read(&folder, "n.md"), read(&folder, "references.bib"));
    for (entry, says) in [
        (entry, "in n.md already: #a-new-one"),
        ("@article{vaswani2017, title = {T}, url = {https://c.example}}", "an entry `vaswani2017` already"),
        ("@article{x, title = {T}}", "no `url`, `doi` or arXiv id"),
        ("@article{x, title = {T}, url = {https://c.example}", "never ends"),
        (
            "@misc{x, title={X}, url={https://x.example}} @misc{y, title={Y}, url={https://y.example}}",
            "2 entries",
        ),
    ] {
        let refused = notebook(folder.path(), &["add", entry, "--to", "n.md"]);
        assert!(!refused.status.success() && said(&refused).contains(says), "{}", said(&refused));
    }
    let entry = "@misc{z, title = {Z}, url = {https://z.example}}";
    let refused = notebook(folder.path(), &["add", entry, "--to", "n.md", "--section", "Gone"]);
    assert!(
        said(&refused).contains("no section about papers is called `Gone`; there are `Papers`"),
        "{}",
        said(&refused)
    );
    assert_eq!((read(&folder, "n.md"), read(&folder, "references.bib")), before);
    // A file of an entry will do, and a notebook without a bibliography gets one.
    let folder = folder_with(&[("n.md", "## Papers\n\n### One\n\n### Two\n"), ("e.bib", entry)]);
    let refused = notebook(folder.path(), &["add", "e.bib", "--to", "n.md"]);
    assert!(said(&refused).contains("say with --section"), "{}", said(&refused));
    let added = notebook(folder.path(), &["add", "e.bib", "--to", "n.md", "--section", "one"]);
    assert!(added.status.success(), "{}", said(&added));
    assert_eq!(read(&folder, "n.md"), "## Papers\n\n### One\n\n- [Z](https://z.example)\n\n### Two\n");
    assert_eq!(read(&folder, "references.bib"), format!("{entry}\n"));
}
