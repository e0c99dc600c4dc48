//! Bibliographies: one beside a notebook, libraries that are imported, a paper that is added.

#![cfg(not(target_arch = "wasm32"))]

mod command;

use std::fs;

use command::{errors, notebook};
use serde_json::Value;

const FRAME: &str = include_str!("../index.html");

const NOTEBOOK: &str = "---\ntitle: T\nauthor: Ada L.\nurl: https://me.example/n/\n---\n\n## Papers\n\n\
    - [Attention & all](https://arxiv.org/abs/1706.03762) and more:\n\n  Purpose: why.\n\n- [Alone](https://b.example/x)\n\n\
    ## Terms\n\n- VAE: an encoder\n";

const BIB: &str = "@string{nips = {NeurIPS}}\n\n@inproceedings{vaswani2017,\n  title = {Attention Is All You Need},\n  \
    author = {Vaswani, Ashish and Shazeer, Noam},\n  booktitle = nips,\n  year = 2017,\n  eprint = {1706.03762},\n}\n";

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
    assert!(output.status.success(), "{}", errors(&output));
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
fn adds_authors_venues_and_facets_from_the_bibliography() {
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
fn formats_references_in_every_style_at_build_time() {
    let (folder, page) = built(&[("n.md", NOTEBOOK), ("references.bib", BIB)]);
    let data = references(&folder, &page);
    assert_eq!(
        data["names"],
        serde_json::json!(["BibTeX", "APA", "IEEE", "Plain text", "This note", "This note (BibTeX)"])
    );
    insta::assert_snapshot!("references", serde_json::to_string_pretty(&data["rows"]).unwrap());
}

#[test]
fn adds_no_facets_without_a_bibliography() {
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
fn formats_references_in_the_language_of_the_page() {
    let (folder, page) = built(&[("n.md", &NOTEBOOK.replace("title: T", "title: T\nlang: es"))]);
    let rows = references(&folder, &page)["rows"].to_string();
    for expected in ["nota sobre «Alone», en «T»", "title = {Nota sobre «Alone»}", "[falta: autor, año]"]
    {
        assert!(rows.contains(expected), "{expected}: {rows}");
    }
    assert!(!rows.contains("issing") && !rows.contains("author, year"), "{rows}");
}

#[test]
fn offers_the_citation_style_of_the_author() {
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
    assert!(!checked.status.success() && errors(&checked).contains("style-invalid"), "{}", errors(&checked));
}

#[test]
fn reports_problems_of_a_bibliography_with_their_position() {
    let bib = format!(
        "{BIB}\n@misc{{nowhere, title = {{Not here}}, author = {{A}}, year = 2001}}\n@article{{broken, title = {{x\n\n\
         @article{{other, title = {{Attention}}, eprint = {{1706.03762}}, author = {{Vaswani, Ashish}}, year = 2018}}\n"
    );
    let folder = folder_with(&[("n.md", NOTEBOOK), ("references.bib", &bib)]);
    let checked = notebook(folder.path(), &["check", "n.md"]);
    assert!(!checked.status.success());
    insta::assert_snapshot!("check_bibliography", errors(&checked));
    let folder = folder_with(&[("n.md", NOTEBOOK), ("references.bib", BIB)]);
    let denied = notebook(folder.path(), &["check", "n.md", "--deny", "warnings"]);
    assert!(denied.status.success(), "notes are never denied: {}", errors(&denied));
    let gone = NOTEBOOK.replace("---\n\n##", "references: gone.bib\n---\n\n##");
    let folder = folder_with(&[("n.md", &gone)]);
    let checked = notebook(folder.path(), &["check", "n.md"]);
    assert!(
        errors(&checked).contains("missing-file") && errors(&checked).contains("n.md:5:"),
        "{}",
        errors(&checked)
    );
}

#[test]
fn reads_every_file_of_a_bibliography() {
    let source = NOTEBOOK.replace("---\n\n##", "bibliography: [one.bib, two.bib, gone.bib]\n---\n\n##");
    let alone = "@misc{alone, title = {Alone}, author = {B}, year = 2001, url = {https://b.example/x}}\n\n@misc{no, title = {None}}\n";
    let folder = folder_with(&[("n.md", &source), ("one.bib", BIB), ("two.bib", alone)]);
    let checked = errors(&notebook(folder.path(), &["check", "n.md", "--all"]));
    assert!(checked.contains("the bibliography gone.bib does not exist"), "{checked}");
    assert!(checked.contains("remove the key `bibliography`") && checked.contains("n.md:5:"), "{checked}");
    assert!(checked.contains("two.bib:3:"), "{checked}");
    assert!(!checked.contains("paper-without-citation"), "{checked}");
    assert!(checked.contains("(2 in the bibliography)"), "{checked}");
}

#[test]
fn splits_the_references_of_a_large_notebook() {
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
fn imports_a_library_as_a_notebook_with_its_bibliography() {
    let bib = "@article{a, title = {One [x] *y*}, author = {Lovelace, Ada}, journal = {J}, year = 1843, doi = {10.1234/one}, \
        keywords = {engines, notes}, abstract = {What it is.}, file = {a.pdf}}\n\
        @misc{b, title = {Two}, author = {B}, url = {https://a.example/two}, keywords = {engines}}\n\
        @misc{c, title = {Three}, url = {https://a.example/three}, keywords = {rare}}\n\
        @book{d, title = {Four}, author = {D}, publisher = {P}, year = 1990}\n";
    let folder = folder_with(&[("library.bib", bib)]);
    let printed = notebook(folder.path(), &["import", "library.bib"]);
    assert!(printed.status.success(), "{}", errors(&printed));
    insta::assert_snapshot!("imported", String::from_utf8_lossy(&printed.stdout));
    assert!(
        errors(&printed).contains("left out") && errors(&printed).contains("file (1, first in line 1)"),
        "{}",
        errors(&printed)
    );
    let written = notebook(folder.path(), &["import", "library.bib", "--out", "new/n.md"]);
    assert!(written.status.success(), "{}", errors(&written));
    let checked = notebook(folder.path(), &["check", "new/n.md"]);
    assert!(
        checked.status.success() && !errors(&checked).contains("citation-invalid"),
        "{}",
        errors(&checked)
    );
    let again = notebook(folder.path(), &["import", "library.bib", "--out", "new/n.md"]);
    assert!(!again.status.success() && errors(&again).contains("already exists"));
}

#[test]
fn names_the_place_of_what_an_import_leaves_out() {
    let ris = "TY  - JOUR\nTI  - One\nPY  - 2001\nER  - \n\nTY  - JOUR\nTI  - Two\nPY  - 2001-2002\nN1  - A\nN1  - B\nER  - \n";
    let csl = "[{\"type\": \"book\", \"title\": \"One\"},\n {\"type\": \"book\", \"title\": \"Two\", \"issued\": {\"date-parts\": [[2001], [2002]]}}]";
    let bib = "@misc{a, title = {One}}\n@misc{b, title = {Two}, date = {2001/2002}}\n";
    let folder = folder_with(&[("l.ris", ris), ("l.json", csl), ("l.bib", bib)]);
    for (file, place) in [("l.ris", "l.ris:6:1"), ("l.json", "l.json:2:2"), ("l.bib", "l.bib:2:1")] {
        let imported = errors(&notebook(folder.path(), &["import", file]));
        assert!(imported.contains("note[partial-date]") && imported.contains(place), "{imported}");
    }
    let imported = errors(&notebook(folder.path(), &["import", "l.ris"]));
    assert!(imported.contains("N1 (1, first in line 6)"), "{imported}");
}

#[test]
fn names_entries_and_keys_that_an_import_changes() {
    let bib = "@inproceedings{part, title = {One}, url = {https://a.example/1}, crossref = {whole}}\n\
        @proceedings{whole, title = {Proceedings}, year = 2001}\n@xdata{shared, location = {Oslo}}\n";
    let csl = r#"[{"id": "key with, signs", "type": "book", "title": "Two", "URL": "https://a.example/2"}]"#;
    let folder = folder_with(&[("l.bib", bib), ("l.json", csl)]);
    let imported = notebook(folder.path(), &["import", "l.bib"]);
    assert!(String::from_utf8_lossy(&imported.stdout).contains("[One]"));
    assert!(
        errors(&imported).contains("not papers of their own: `whole`, `shared`"),
        "{}",
        errors(&imported)
    );
    let imported = notebook(folder.path(), &["import", "l.json", "--out", "new/n.md"]);
    assert!(errors(&imported).contains("`key with, signs` as `keywithsigns`"), "{}", errors(&imported));
    let written = fs::read_to_string(folder.path().join("new/references.bib")).unwrap();
    assert!(written.contains("@book{keywithsigns,"), "{written}");
}

#[test]
fn imports_libraries_of_other_formats() {
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
        [("bad.json", "bad.json:2:"), ("no.bib", "no entry was found"), ("gone.bib", "cannot be read")]
    {
        let refused = notebook(folder.path(), &["import", file]);
        assert!(!refused.status.success() && errors(&refused).contains(says), "{}", errors(&refused));
    }
}

#[test]
fn keeps_text_and_front_matter_of_an_imported_list() {
    let list = "---\ntitle: Links\nauthor: Ada Example\nlang: de\nx: 1\n---\n\nIntro.\n\n#### Contents\n\n\
        - [Shelf](#shelf)\n  - [Box](#box)\n- [Box](#box) and the editors' picks:\n  - [Extra](https://a.example/extra)\n\
        - [Again](#shelf): with a note\n\n## Shelf\n\n- [Book](https://a.example/book)\n\n## Box\n\nOnly words.\n\n\
        [bad](javascript:x)\n";
    let folder = folder_with(&[("list.md", list)]);
    let printed = notebook(folder.path(), &["import", "list.md"]);
    let text = String::from_utf8_lossy(&printed.stdout).into_owned();
    for part in [
        "title: Links",
        "author: Ada Example",
        "lang: de",
        "x: 1",
        "Intro.",
        "and the editors' picks",
        "https://a.example/extra",
        "with a note",
        "https://a.example/book",
        "Only words.",
    ] {
        assert!(text.contains(part), "{part} in {text}");
    }
    assert!(!text.contains("## Papers"), "headings stay: {text}");
    assert!(errors(&printed).contains("link-scheme"), "diagnostics of the list: {}", errors(&printed));
}

#[test]
fn reads_libraries_in_old_encodings() {
    let bib = |title: &[u8]| [b"@misc{a, title = {", title, b"}, url = {https://a.example}}\n"].concat();
    let utf16: Vec<u8> = std::iter::once(0xfeff)
        .chain("@misc{a, title = {Größe}, url = {https://a.example}}".encode_utf16())
        .flat_map(u16::to_le_bytes)
        .collect();
    for (bytes, title, is_noted) in [
        (bib("Größe".as_bytes()), "Größe", false),
        (bib(b"Gr\xf6\xdfe"), "Größe", true),
        (bib(b"\x93Caf\xe9\x94 \x96 \x80"), "“Café” – €", true),
        (utf16, "Größe", false),
    ] {
        let folder = tempfile::tempdir().unwrap();
        fs::write(folder.path().join("l.bib"), bytes).unwrap();
        let printed = notebook(folder.path(), &["import", "l.bib"]);
        let text = String::from_utf8_lossy(&printed.stdout).into_owned();
        assert!(text.contains(title), "{title} in {text} {}", errors(&printed));
        assert_eq!(errors(&printed).contains("Windows-1252"), is_noted, "{}", errors(&printed));
    }
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("l.bib"), b"\x89PNG\r\n\x1a\n").unwrap();
    let refused = notebook(folder.path(), &["import", "l.bib"]);
    assert!(!refused.status.success() && errors(&refused).contains("a PNG image"), "{}", errors(&refused));
}

#[test]
fn completes_an_interrupted_addition() {
    let entry = "@misc{z, title = {Z}, url = {https://z.example}}";
    let folder = folder_with(&[("n.md", "## Papers\n")]);
    // As a run leaves them that was killed between its two renames.
    fs::write(folder.path().join("references.bib"), format!("{entry}\n")).unwrap();
    fs::write(folder.path().join(".n.md.new"), "cut o").unwrap();
    let added = notebook(folder.path(), &["add", entry, "--to", "n.md"]);
    assert!(added.status.success(), "{}", errors(&added));
    assert!(read(&folder, "n.md").contains("- [Z](https://z.example)"), "{}", read(&folder, "n.md"));
    assert_eq!(read(&folder, "references.bib"), format!("{entry}\n"));
    assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 2);
    let other = "@misc{z, title = {Another}, url = {https://y.example}}";
    let refused = notebook(folder.path(), &["add", other, "--to", "n.md"]);
    assert!(errors(&refused).contains("another entry with the key `z`"), "{}", errors(&refused));
}

#[test]
fn adds_a_paper_to_both_files_or_to_neither() {
    let folder = folder_with(&[("n.md", NOTEBOOK), ("references.bib", BIB)]);
    let entry = "@article{new, title = {A *new* one}, author = {N, M}, journal = {J}, year = 2020, doi = {10.1234/new}}";
    let added = notebook(folder.path(), &["add", entry, "--to", "n.md"]);
    assert!(added.status.success(), "{}", errors(&added));
    let line =
        "- [Alone](https://b.example/x)\n\n- [A \\*new\\* one](https://doi.org/10.1234/new)\n\n## Terms";
    assert!(read(&folder, "n.md").contains(line), "{}", read(&folder, "n.md"));
    assert_eq!(read(&folder, "references.bib"), format!("{BIB}\n{entry}\n"));
    let before = (read(&folder, "n.md"), read(&folder, "references.bib"));
    for (entry, says) in [
        (entry, "n.md already has this paper: #a-new-one"),
        (
            "@article{vaswani2017, title = {T}, url = {https://c.example}}",
            "another entry with the key `vaswani2017`",
        ),
        ("@article{x, title = {T}}", "no `url`, `doi` or arXiv id"),
        ("@article{x, title = {T}, url = {https://c.example}", "a closing brace is missing"),
        (
            "@misc{x, title={X}, url={https://x.example}} @misc{y, title={Y}, url={https://y.example}}",
            "expected one entry, found 2",
        ),
    ] {
        let refused = notebook(folder.path(), &["add", entry, "--to", "n.md"]);
        assert!(!refused.status.success() && errors(&refused).contains(says), "{}", errors(&refused));
    }
    let entry = "@misc{z, title = {Z}, url = {https://z.example}}";
    let refused = notebook(folder.path(), &["add", entry, "--to", "n.md", "--section", "Gone"]);
    assert!(
        errors(&refused).contains("no section of papers is called `Gone`: use one of `Papers`"),
        "{}",
        errors(&refused)
    );
    assert_eq!((read(&folder, "n.md"), read(&folder, "references.bib")), before);
    // A file of an entry will do, and a notebook without a bibliography gets one.
    let folder = folder_with(&[("n.md", "## Papers\n\n### One\n\n### Two\n"), ("e.bib", entry)]);
    let refused = notebook(folder.path(), &["add", "e.bib", "--to", "n.md"]);
    assert!(errors(&refused).contains("name the section with --section"), "{}", errors(&refused));
    let added = notebook(folder.path(), &["add", "e.bib", "--to", "n.md", "--section", "one"]);
    assert!(added.status.success(), "{}", errors(&added));
    assert_eq!(read(&folder, "n.md"), "## Papers\n\n### One\n\n- [Z](https://z.example)\n\n### Two\n");
    assert_eq!(read(&folder, "references.bib"), format!("{entry}\n"));
}

#[test]
fn citations_in_the_text_are_links_on_the_page_and_keys_in_the_export() {
    let source = "# T\n\nAs [see @vaswani2017, p. 3; @fox2019] say [@vaswani2071].\n\n## Papers\n\n\
        - [Attention](https://arxiv.org/abs/1706.03762)\n- [Alone](https://b.example/x): against @vaswani2017.\n";
    let bib = format!(
        "{BIB}@article{{fox2019, title={{On Noise}}, author={{Fox, Lena}}, journal={{S}}, year=2019, doi={{10.9999/n}}}}\n"
    );
    let (folder, page) = built(&[("n.md", source), ("references.bib", &bib)]);
    let links: Vec<(String, String)> = page
        .select(&select("p a, [data-field] a"))
        .map(|link| (link.text().collect(), link.value().attr("href").unwrap_or_default().to_owned()))
        .filter(|(text, _): &(String, String)| text.contains("20"))
        .collect();
    for (text, url) in [("Vaswani & Shazeer, 2017", "#attention"), ("Fox, 2019", "https://doi.org/10.9999/n")]
    {
        assert!(links.iter().any(|(shown, to)| shown == text && to == url), "{text}: {links:?}");
    }
    assert!(
        read(&folder, "out/notebook.md").contains("[see @vaswani2017, p. 3; @fox2019] say [@vaswani2071]")
    );
    let exported = notebook(folder.path(), &["export", "markdown", "n.md"]);
    let exported = String::from_utf8(exported.stdout).unwrap();
    assert!(
        exported.contains("[see @vaswani2017, p. 3; @fox2019]") && exported.contains("against @vaswani2017."),
        "{exported}"
    );
    let checked = notebook(folder.path(), &["check", "n.md"]);
    let report = errors(&checked);
    assert!(
        report.contains("warning[unknown-citation]: the bibliography has no entry `vaswani2071`"),
        "{report}"
    );
    assert!(report.contains("did you mean `vaswani2017`?"), "{report}");
    assert!(!report.contains("unmatched-citation"), "{report}");
}
