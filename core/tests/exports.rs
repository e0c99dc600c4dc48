//! Exports are accepted by the programs that people give them to: biber, pandoc's citeproc, hayagriva.
//!
//! biber and pandoc are asked where they are installed, and everywhere if `NOTEBOOK_CITATION_PROGRAMS` is set.
#![cfg(feature = "bibliography")]

use std::fs;
use std::path::Path;
use std::process::{Command, Output};

use notebook_core::bibliography::{BibliographyEntry, read_bibtex, write_bibtex, write_csl};
use notebook_core::notebook::ExportFormat;

/// Entry types, each of which becomes another type of work or is written differently.
const TYPES: [&str; 14] = [
    "article",
    "inproceedings",
    "incollection",
    "inbook",
    "book",
    "proceedings",
    "phdthesis",
    "mastersthesis",
    "thesis",
    "techreport",
    "misc",
    "unpublished",
    "online",
    "dataset",
];

/// Fields of the entries, of which each entry has every third in turn.
const FIELDS: [&str; 27] = [
    "author = {One, Ada and van der Two, Bob and {Made, Sons and Daughters, Inc.} and King, Jr., Martin}",
    "author = {Plato and {\\'E}cole, \\'Etienne and d'Acht, Jean and others}",
    "editor = {{Office for Things} and Dr{\\\"u}ber, J{\\\"o}rg and von Six, Max}",
    "title = {{\\\"U}ber {DNA} \\& 5\\% of \\$10: when $k < n$ -- a {C\\#} \\emph{story} with f\\_x \\textasciitilde{} and ``quotes''}",
    "title = {Braces \\{kept\\} and a back\\textbackslash{}slash, 2001}",
    "year = {2001}",
    "date = {2001-02-03}",
    "month = feb",
    "year = {in press}",
    "journal = {Journal of {Made} Things}",
    "booktitle = {Proc.\\ of the 3rd {MADE} Conf., Part {II}}",
    "volume = {12 A}",
    "number = {TR-3}",
    "pages = {1--9, 12--14}",
    "pages = {e123}",
    "edition = {2}",
    "publisher = {Made \\& Sons}",
    "school = {University of Things}",
    "address = {M{\\\"u}nchen, Germany}",
    "type = {Technical Note}",
    "isbn = {978-0-306-40615-7}",
    "issn = {2049-3630}",
    "doi = {10.1002/1234(2001)1:1<1::AID-X>3.0.CO;2-A}",
    "doi = {10.1000/a_b%c}",
    "url = {https://example.org/~ada/a_b?c=1&d=%20#e}",
    "eprint = {2001.00007}, archiveprefix = {arXiv}",
    "note = {A note with 100\\% \\#1 {\\L}ukasz \\& a URL: https://example.org/x_y}",
];

/// A library with every type and field, as it is read.
fn library() -> Vec<BibliographyEntry> {
    let mut text = String::new();
    for (at, kind) in TYPES.iter().enumerate() {
        for turn in 0..3 {
            let fields: Vec<_> = FIELDS.iter().skip((at + turn) % 3).step_by(3).copied().collect();
            let fields = fields.join(", ");
            text.extend(["@", kind, &format!("{{key:{at}/{turn}+a.b_c-é, {fields}}}\n")]);
        }
    }
    let library = read_bibtex(&text);
    assert_eq!(library.entries.len(), TYPES.len() * 3, "{:?}", library.diagnostics);
    library.entries
}

/// The library as a file.
fn exported(format: ExportFormat) -> String {
    let write = if format == ExportFormat::CslJson { write_csl } else { write_bibtex };
    let records: Vec<_> = library().iter().map(|entry| write(&entry.citation, "none")).collect();
    format.join(&records.iter().map(String::as_str).collect::<Vec<_>>(), "")
}

/// Runs a program in a folder, or says that it is not installed.
fn run(program: &str, folder: &Path, arguments: &[&str]) -> Option<Output> {
    match Command::new(program).current_dir(folder).args(arguments).output() {
        Ok(output) => Some(output),
        Err(error) => {
            assert!(
                std::env::var_os("NOTEBOOK_CITATION_PROGRAMS").is_none(),
                "{program} is not there ({error}): apt-get install {program}"
            );
            eprintln!("skipped: {program} is not installed");
            None
        }
    }
}

fn messages(output: &Output) -> String {
    format!("{}{}", String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr))
}

/// A folder for the files of a test.
fn folder(name: &str) -> std::path::PathBuf {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join(name);
    fs::create_dir_all(&folder).expect("a folder");
    folder
}

#[test]
fn biber_reads_exported_bibtex() {
    let folder = folder("biber");
    fs::write(folder.join("e.bib"), exported(ExportFormat::Bibtex)).expect("a file");
    let arguments = ["--tool", "e.bib", "-O", "out.bib"];
    let Some(output) = run("biber", &folder, &arguments) else { return };
    let messages = messages(&output);
    assert!(
        output.status.success() && !messages.contains("ERROR") && !messages.contains("WARN"),
        "{messages}"
    );
    let written = fs::read_to_string(folder.join("out.bib")).expect("the output of biber");
    assert_eq!(written.lines().filter(|line| line.starts_with('@')).count(), library().len());
}

#[test]
fn pandoc_reads_exports_with_every_author() {
    let folder = folder("pandoc");
    for (format, file, name) in [
        (ExportFormat::Bibtex, "e.bib", "bibtex"),
        (ExportFormat::Bibtex, "e.bib", "biblatex"),
        (ExportFormat::CslJson, "e.json", "csljson"),
    ] {
        fs::write(folder.join(file), exported(format)).expect("a file");
        let Some(output) = run("pandoc", &folder, &["-f", name, "-t", "csljson", file]) else { return };
        assert!(output.status.success() && output.stderr.is_empty(), "{name}: {}", messages(&output));
        let items: Vec<serde_json::Value> = serde_json::from_slice(&output.stdout).expect("JSON");
        let library = library();
        assert_eq!(items.len(), library.len(), "{name}");
        for item in items {
            let entry = library.iter().find(|entry| entry.citation.key.as_deref() == item["id"].as_str());
            let citation = &entry.unwrap_or_else(|| panic!("{name}: {item}")).citation;
            let names = |field: &str| item[field].as_array().map_or(0, Vec::len);
            assert_eq!(
                (names("author"), names("editor"), item.get("title").is_some(), item["DOI"].as_str()),
                (
                    citation.authors.len(),
                    citation.editors.len(),
                    citation.title.is_some(),
                    citation.doi.as_deref()
                ),
                "{name}: {item}"
            );
            let year = item["issued"]["date-parts"][0][0].as_u64();
            assert_eq!(year, citation.year.map(u64::from), "{name}: {item}");
        }
        let text = format!("---\nnocite: '@*'\nbibliography: {file}\n---\n");
        fs::write(folder.join("text.md"), text).expect("a file");
        let arguments = ["--citeproc", "-t", "plain", "text.md"];
        let output = run("pandoc", &folder, &arguments).expect("pandoc, which was there");
        assert!(output.status.success() && output.stderr.is_empty(), "{name}: {}", messages(&output));
    }
}

#[test]
fn hayagriva_reads_exports() {
    let bibtex = exported(ExportFormat::Bibtex);
    let read = hayagriva::io::from_biblatex_str(&bibtex).unwrap_or_else(|errors| panic!("{errors:?}"));
    assert_eq!(read.len(), library().len());
    for (entry, own) in read.iter().zip(library()) {
        assert_eq!(entry.authors().map_or(0, <[_]>::len), own.citation.authors.len(), "{}", entry.key());
        assert_eq!(
            entry.date_any().map(|date| date.year),
            own.citation.year.map(i32::from),
            "{}",
            entry.key()
        );
    }
    let items: Vec<hayagriva::citationberg::json::Item> =
        serde_json::from_str(&exported(ExportFormat::CslJson)).expect("CSL-JSON");
    assert_eq!(items.len(), library().len());
}
