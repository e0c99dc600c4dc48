//! `notebook import`: makes a notebook of a library (BibTeX, CSL-JSON, RIS) or of a list of links in Markdown.

use std::collections::{BTreeMap, HashMap};
use std::path::Path;

use notebook_core::Diagnostic;
use notebook_core::bibliography::{
    Bibliography, BibliographyEntry, BibliographyError, bibtex_key, read_bibtex, read_csl, read_ris,
    write_bibtex, write_plain_text,
};
use notebook_core::diagnostic::line_number;
use notebook_core::markdown::{self, decode};
use notebook_core::notebook::{
    Block, Entry, Id, IdAllocator, Notebook, Prose, Section, SectionKind, Span, plain,
};

use super::output::print;
use super::report;
use crate::pipeline::bibliography::DEFAULT_BIBLIOGRAPHY;
use crate::pipeline::new_paper;
use crate::pipeline::source_problem::CheckedSource;
use crate::site::Failure;
use crate::site::files::{read_file, write_file};

/// The heading above all papers.
const PAPERS: &str = "Papers";
/// The heading of papers without a keyword that another paper has.
const OTHER: &str = "Other";
/// The heading of entries without an address.
const WITHOUT_ADDRESS: &str = "Without an address";

/// Makes a notebook of the library in `file`, and reports what is left out. It is written to `out`, with a bibliography beside
/// it; without `out` it is printed, with authors and venues behind the titles.
///
/// # Errors
/// Fails if the file is not a library, or a file would be overwritten.
pub(super) fn import(file: &Path, out: Option<&Path>) -> Result<(), Failure> {
    let bytes = read_file(file)?;
    let bibliography = out.map(|out| out.with_file_name(DEFAULT_BIBLIOGRAPHY));
    for path in out.into_iter().chain(bibliography.as_deref()) {
        if path.exists() {
            return Err(format!("{} already exists: name a file in another folder", path.display()));
        }
    }
    let title = file.file_stem().map_or("Notebook".into(), |stem| stem.to_string_lossy().into_owned());
    let extension =
        file.extension().map(|extension| extension.to_string_lossy().to_lowercase()).unwrap_or_default();
    if matches!(extension.as_str(), "md" | "markdown") {
        let (text, parsed) = markdown::read_bytes(&bytes);
        print_diagnostics(file, &text, &parsed.diagnostics, report::Detail::Grouped);
        return write(out, &markdown::write(&from_list(parsed.notebook, &title)));
    }
    let (text, invalid) = decode_library(file, &bytes);
    print_diagnostics(file, &text, &invalid, report::Detail::Grouped);
    let library = parse_library(file, &text, &extension)?;
    print_diagnostics(file, &text, &library.diagnostics, report::Detail::Grouped);
    let notebook = from_entries(&library.entries, &title, out.is_none());
    report_containers(&library);
    report_unsupported_fields(&library.entries, &text);
    write(out, &markdown::write(&notebook))?;
    if let Some(bibliography) = bibliography {
        let entries = library.entries.iter().enumerate();
        let entries: Vec<_> =
            entries.map(|(at, entry)| write_bibtex(&entry.citation, &default_key(at))).collect();
        write_file(&bibliography, entries.join("\n").as_bytes())?;
        report_changed_keys(&library.entries);
        // Without its folder: `notebook new` imports into one that is renamed afterwards.
        eprintln!(
            "note: authors, venues and the other data of references are in {DEFAULT_BIBLIOGRAPHY}, beside the notebook"
        );
    }
    Ok(())
}

fn print_diagnostics(file: &Path, text: &str, diagnostics: &[Diagnostic], detail: report::Detail) {
    let path = file.display().to_string();
    report::print(&CheckedSource { path: &path, text, diagnostics }, detail);
}

/// Decodes a library. One that is neither UTF-8 nor UTF-16 is read as Windows-1252, which older programs write, and which
/// contains Latin-1; a note says so.
fn decode_library(file: &Path, bytes: &[u8]) -> (String, Vec<Diagnostic>) {
    let (text, diagnostics) = decode(bytes);
    if diagnostics.is_empty()
        || text.is_empty()
        || bytes.starts_with(&[0xff, 0xfe])
        || bytes.starts_with(&[0xfe, 0xff])
    {
        return (text, diagnostics);
    }
    eprintln!(
        "note: {} is not UTF-8 text and was read as Windows-1252 (Latin-1): if letters are wrong, save it as UTF-8",
        file.display()
    );
    (bytes.iter().map(|byte| windows_1252(*byte)).collect(), Vec::new())
}

/// Returns the character of a byte in Windows-1252, as the WHATWG Encoding Standard defines it.
fn windows_1252(byte: u8) -> char {
    // The characters of 0x80 to 0x9f; all others have the numbers of their bytes.
    const C1: &str = "€\u{81}‚ƒ„…†‡ˆ‰Š‹Œ\u{8d}Ž\u{8f}\u{90}‘’“”•–—˜™š›œ\u{9d}žŸ";
    let special = byte.checked_sub(0x80).and_then(|at| C1.chars().nth(usize::from(at)));
    special.unwrap_or(char::from(byte))
}

fn write(out: Option<&Path>, text: &str) -> Result<(), Failure> {
    match out {
        Some(out) => write_file(out, text.as_bytes()),
        None => print(text.as_bytes()),
    }
}

/// Parses a library in the format that its file extension or its first characters tell.
fn parse_library(file: &Path, text: &str, extension: &str) -> Result<Bibliography, Failure> {
    let begin = text.trim_start_matches('\u{feff}').trim_start();
    let is_json = extension == "json" || (extension != "bib" && begin.starts_with(['[', '{']));
    let is_ris = extension == "ris" || (extension != "bib" && begin.starts_with("TY  -"));
    let read = match (is_json, is_ris) {
        (true, _) => read_csl(text),
        (_, true) => read_ris(text),
        _ => Ok(read_bibtex(text)),
    };
    let library =
        read.map_err(|BibliographyError { line, message }| format!("{}:{line}: {message}", file.display()))?;
    if library.entries.is_empty() && library.diagnostics.is_empty() {
        let formats = "BibTeX (.bib), CSL-JSON (.json), RIS (.ris) or a list of links (.md)";
        return Err(format!("no entry was found in {}: expected {formats}", file.display()));
    }
    Ok(library)
}

/// Returns the key of the entry at an index that has none.
fn default_key(at: usize) -> String {
    format!("entry{}", at + 1)
}

/// Prints the keys that BibTeX does not allow, as they were written.
fn report_changed_keys(entries: &[BibliographyEntry]) {
    let changed = entries.iter().enumerate().filter_map(|(at, entry)| {
        let key = entry.citation.key.as_deref()?;
        let written = bibtex_key(key, &default_key(at));
        (written != key).then(|| format!("`{key}` as `{written}`"))
    });
    let changed: Vec<_> = changed.collect();
    if !changed.is_empty() {
        eprintln!(
            "note: keys with characters that BibTeX does not allow were written without them: {}",
            changed.join(", ")
        );
    }
}

/// Prints the entries that are no papers, because they only exist for others to inherit from.
fn report_containers(library: &Bibliography) {
    let keys =
        library.containers.iter().map(|entry| entry.citation.key.as_deref().unwrap_or("(without a key)"));
    let keys: Vec<_> = keys.map(|key| format!("`{key}`")).collect();
    if !keys.is_empty() {
        eprintln!("note: entries that others inherit from are not papers of their own: {}", keys.join(", "));
    }
}

/// Prints the fields that were left out, how often each of them occurs, and the line of the first entry that has it.
fn report_unsupported_fields(entries: &[BibliographyEntry], text: &str) {
    let mut names: BTreeMap<&str, (usize, usize)> = BTreeMap::new();
    for entry in entries {
        for name in &entry.unsupported_fields {
            names.entry(name).or_insert((0, entry.range.start)).0 += 1;
        }
    }
    if !names.is_empty() {
        let names: Vec<_> = names
            .iter()
            .map(|(name, (times, start))| {
                format!("{name} ({times}, first in line {})", line_number(text, *start))
            })
            .collect();
        eprintln!(
            "note: these fields were left out, because notebooks have no place for them: {}",
            names.join(", ")
        );
    }
}

/// Makes a notebook of bibliography entries, under a heading for each keyword that several of them have.
fn from_entries(entries: &[BibliographyEntry], title: &str, with_credit: bool) -> Notebook {
    let mut frequencies: HashMap<&str, usize> = HashMap::new();
    for keyword in entries.iter().flat_map(|entry| &entry.keywords) {
        *frequencies.entry(keyword).or_default() += 1;
    }
    let (mut sections, mut places): (Vec<Section>, HashMap<&str, usize>) = (Vec::new(), HashMap::new());
    let mut without_address = Vec::new();
    for entry in entries {
        let Some(url) = new_paper::address(entry) else {
            without_address.push(Block::Para(vec![Span::Text(write_plain_text(&entry.citation))]));
            without_address.extend(new_paper::notes(entry));
            continue;
        };
        // The most frequent of its keywords; the first one if several are as frequent.
        let keywords = entry
            .keywords
            .iter()
            .map(|keyword| (keyword, frequencies.get(keyword.as_str()).copied().unwrap_or_default()));
        let most_frequent = keywords.fold(None, |best: Option<(&String, usize)>, next| match best {
            Some(best) if best.1 >= next.1 => Some(best),
            _ => Some(next),
        });
        let category =
            most_frequent.filter(|(_, count)| *count > 1).map_or(OTHER, |(keyword, _)| keyword.as_str());
        let paper = Entry::Paper(new_paper::paper(entry, url, with_credit));
        // A library may have as many keywords as entries.
        let place = *places.entry(category).or_insert(sections.len());
        match sections.get_mut(place) {
            Some(section) => section.entries.push(paper),
            None => sections.push(section(category, SectionKind::Papers, vec![paper])),
        }
    }
    sections.sort_by_key(|section| plain(&section.title) == OTHER);
    if !without_address.is_empty() {
        let prose = Prose { id: "".into(), blocks: without_address };
        sections.push(section(WITHOUT_ADDRESS, SectionKind::Prose, vec![Entry::Prose(prose)]));
    }
    let mut papers = section(PAPERS, SectionKind::Papers, Vec::new());
    papers.level = 2;
    match sections.as_mut_slice() {
        // A single category needs no heading of its own.
        [only] if plain(&only.title) == OTHER => papers.entries = std::mem::take(&mut only.entries),
        _ => papers.sections = sections,
    }
    assign_ids(&mut papers, &mut IdAllocator::default());
    Notebook { title: title.to_owned(), sections: vec![papers], ..Notebook::default() }
}

fn section(title: &str, kind: SectionKind, entries: Vec<Entry>) -> Section {
    let id = Id::from("");
    let title = vec![Span::Text(title.to_owned())];
    Section { title, id, kind, level: 3, folded: false, entries, sections: Vec::new() }
}

/// Makes a notebook of a list: what reading recognizes, with the name of the file as its title if it has none.
fn from_list(list: Notebook, title: &str) -> Notebook {
    let has_title = list.title != markdown::read("").notebook.title;
    let title = if has_title { list.title.clone() } else { title.to_owned() };
    Notebook { title, ..list }
}

/// Assigns the ids that headings get from their titles, so that none has to be written in Markdown.
fn assign_ids(section: &mut Section, ids: &mut IdAllocator) {
    section.id = ids.allocate(&plain(&section.title), "section");
    for entry in &section.entries {
        if let Entry::Paper(paper) = entry {
            ids.allocate(&plain(&paper.title), "link");
        }
    }
    section.sections.iter_mut().for_each(|inner| assign_ids(inner, ids));
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Invented lists of every shape, each a part of a document.
    const PARTS: [&str; 12] = [
        "## Papers\n\n- Quiet Gradients [[arXiv](https://arxiv.org/abs/2107.99001)] [[code](https://github.com/example/quiet)]\n",
        "## Shelf\n\n- [Book](https://a.example/book) and words\n  - [Extra](https://a.example/extra): with a note\n",
        "## Terms\n\n- **Backbone**: the part that carries\n- WER: word error rate\n",
        "## Words\n\nFold\n: to halve a map\n\nMap\n: what is folded\n",
        "## Goals\n\n- [ ] Read *Maps of Noise*\n- [x] Fold\n  - [ ] twice\n",
        "## 2024-03-05\n\nRead [Rain](https://arxiv.org/abs/2405.99080) today.\n",
        "## Table\n\n| Title | Code |\n|---|---|\n| [Seeing](https://arxiv.org/abs/2405.99030) | [hub](https://github.com/example/ear) |\n",
        "## Contents\n\n- [Shelf](#shelf)\n- [Papers](#papers)\n",
        "### [Folding Maps](https://arxiv.org/abs/2001.99040)\n\nAuthors: Ines Vidal, Jun Ma\n\n#### Key ideas\n\n- halve it\n",
        "<details><summary>More</summary>\n\n- [Hidden](https://arxiv.org/abs/2001.99041)\n\n</details>\n",
        "## Ссылки\n\n1. Okoro, M. \"Learning at Night.\" 2016. [[pdf]](https://example.org/night.pdf)\n",
        "Only prose, with a [link](https://a.example/prose) and a note[^1].\n\n[^1]: The note.\n",
    ];

    #[test]
    fn a_list_keeps_its_words_links_and_sections() {
        let documents = PARTS.iter().flat_map(|one| PARTS.map(|other| format!("Intro.\n\n{one}\n{other}")));
        for list in documents.chain([PARTS.concat()]) {
            let read = markdown::read(&list).notebook;
            let written = markdown::write(&from_list(read.clone(), "list"));
            let words = |text: &str| -> Vec<String> {
                let mut words: Vec<_> =
                    text.split(|c: char| !c.is_alphanumeric()).map(str::to_lowercase).collect();
                words.sort();
                words.dedup();
                words
            };
            let known = words(&written);
            // Tags become marks; what they mean stays.
            for word in words(&list).iter().filter(|word| !["details", "summary", "1"].contains(&&***word)) {
                assert!(known.contains(word), "`{word}` of\n{list}\nis not in\n{written}");
            }
            let again = markdown::read(&written).notebook;
            assert_eq!(again.sections, read.sections, "{list}");
        }
    }
}
