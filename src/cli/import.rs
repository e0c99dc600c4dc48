//! `notebook import`: makes a notebook of a library (BibTeX, CSL-JSON, RIS) or of a list of links in Markdown.

use std::collections::{BTreeMap, HashMap};
use std::path::Path;

use notebook_core::Diagnostic;
use notebook_core::bibliography::{
    Bibliography, BibliographyEntry, BibliographyError, bibtex_key, identifier_url, read_bibtex, read_csl,
    read_ris, write_bibtex, write_plain_text,
};
use notebook_core::markdown::{self, decode};
use notebook_core::notebook::{
    Block, Entry, Id, IdAllocator, Notebook, PaperSource, PersonName, Prose, Reference, Section, SectionKind,
    Span, Url, UrlKind, plain,
};

use super::{print, report};
use crate::site::Failure;
use crate::site::citations::DEFAULT_BIBLIOGRAPHY;
use crate::site::files::{read_file, write_file};
use crate::site::open::CheckedSource;

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
        let (notebook, dropped) = from_list(parsed.notebook, &title);
        if dropped > 0 {
            let links = report::count_of(dropped, "link");
            let were = if dropped == 1 { "was" } else { "were" };
            eprintln!("note: {links} to headings of the list itself {were} left out");
        }
        return write(out, &markdown::write(&notebook));
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
        let line = |offset: usize| text.get(..offset).unwrap_or_default().matches('\n').count() + 1;
        let names: Vec<_> = names
            .iter()
            .map(|(name, (times, start))| format!("{name} ({times}, first in line {})", line(*start)))
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
        let Some(url) = entry.citation.url.clone().or_else(|| identifier_url(&entry.citation)) else {
            without_address.push(Block::Para(vec![Span::Text(write_plain_text(&entry.citation))]));
            without_address.extend(notes(entry));
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
        let paper = Entry::Paper(paper(entry, url, with_credit));
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
    Section { title: vec![Span::Text(title.to_owned())], id, kind, level: 3, entries, sections: Vec::new() }
}

/// Makes a paper of a bibliography entry, with its abstract and keywords as notes, and with authors, venue and year in its
/// byline if `with_credit`.
pub(super) fn paper(entry: &BibliographyEntry, url: Url, with_credit: bool) -> Reference {
    let citation = &entry.citation;
    let title = citation.title.clone().unwrap_or_else(|| url.to_string());
    let mut byline = Vec::new();
    if with_credit {
        let names: Vec<_> = citation.authors.iter().map(PersonName::display_name).collect();
        let mut parts: Vec<String> = if names.is_empty() { Vec::new() } else { vec![names.join(", ")] };
        parts.extend(citation.venue.clone());
        parts.extend(citation.year.map(|year| year.to_string()));
        byline.extend((!parts.is_empty()).then(|| Span::Text(parts.join(" · "))));
    }
    Reference {
        title: notebook_core::bibliography::title_spans(&title),
        id: "".into(),
        source: PaperSource::from_url(&url),
        url: Some(url),
        byline,
        notes: notes(entry),
        ..Reference::default()
    }
}

/// Returns the abstract, note and keywords of an entry as labeled notes.
fn notes(entry: &BibliographyEntry) -> Vec<Block> {
    let keywords = (!entry.keywords.is_empty()).then(|| entry.keywords.join(", "));
    let fields =
        [("Abstract", &entry.abstract_text), ("Note", &entry.citation.note), ("Keywords", &keywords)];
    let fields = fields.into_iter().filter_map(|(label, text)| {
        let text = vec![Span::Text(text.clone()?)];
        Some(Block::Field { label: label.into(), column: None, text })
    });
    fields.collect()
}

/// Makes a notebook of a list of links, with its headings as categories. Also returns the number of links to headings of the
/// list, which are left out.
fn from_list(mut list: Notebook, title: &str) -> (Notebook, usize) {
    let has_title = list.title != markdown::read("").notebook.title;
    let title = if has_title { list.title.clone() } else { title.to_owned() };
    let top_level = list.sections.iter().map(|section| section.level).min().unwrap_or(1);
    list.sections.iter_mut().for_each(|section| move_below_papers(section, top_level));
    let mut papers = section(PAPERS, SectionKind::Papers, Vec::new());
    papers.level = 2;
    papers.sections = list.sections;
    assign_ids(&mut papers, &mut IdAllocator::default());
    let list = Notebook { title, sections: vec![papers], ..list };
    // Parsed again, its items are papers, because they are in a section of papers.
    let mut notebook = markdown::read(&markdown::write(&list)).notebook;
    let dropped = notebook.sections.iter_mut().map(remove_anchor_links).sum();
    notebook.sections.iter_mut().for_each(remove_empty_sections);
    let mut ids = IdAllocator::default();
    notebook.sections.iter_mut().for_each(|section| assign_ids(section, &mut ids));
    (notebook, dropped)
}

/// Moves a section below the heading of all papers, which makes it a section of papers.
fn move_below_papers(section: &mut Section, top_level: u8) {
    section.level = section.level.saturating_sub(top_level).saturating_add(3).min(6);
    section.kind = SectionKind::Papers;
    section.sections.iter_mut().for_each(|inner| move_below_papers(inner, top_level));
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

/// Removes the table of contents of the list: links to its headings, and returns their number. A link with other text or links
/// below it is kept, as prose.
fn remove_anchor_links(section: &mut Section) -> usize {
    let mut removed = 0;
    let entries = std::mem::take(&mut section.entries);
    section.entries = entries
        .into_iter()
        .filter_map(|entry| match entry {
            Entry::Paper(paper) if paper.url.as_ref().is_some_and(is_anchor) => {
                if is_blank(&paper.byline) && paper.notes.iter().all(is_contents) {
                    removed += 1;
                    return None;
                }
                Some(Entry::Prose(to_prose(paper)))
            }
            other => Some(other),
        })
        .collect();
    removed + section.sections.iter_mut().map(remove_anchor_links).sum::<usize>()
}

fn is_anchor(url: &Url) -> bool {
    matches!(url.kind(), UrlKind::Anchor(_))
}

/// Returns true if spans contain only white space and punctuation.
fn is_blank(spans: &[Span]) -> bool {
    plain(spans).chars().all(|character| !character.is_alphanumeric())
        && !spans.iter().any(|span| matches!(span, Span::Image { .. }))
}

/// Returns true if a block is part of a table of contents: a list of links to headings.
fn is_contents(block: &Block) -> bool {
    let is_link = |span: &Span| match span {
        Span::Link { url, .. } => is_anchor(url),
        other => is_blank(std::slice::from_ref(other)),
    };
    match block {
        Block::Para(spans) => spans.iter().all(is_link),
        Block::List { items, .. } => items.iter().all(|item| item.blocks.iter().all(is_contents)),
        _ => false,
    }
}

/// Makes prose of a list item that begins with a link to a heading.
fn to_prose(paper: Reference) -> Prose {
    let mut text = match paper.url {
        Some(url) => vec![Span::Link { url, title: paper.hint, text: paper.title }],
        None => paper.title,
    };
    if !paper.byline.is_empty() {
        text.push(Span::Text(" ".into()));
        text.extend(paper.byline);
    }
    let mut blocks = vec![Block::Para(text)];
    blocks.extend(paper.notes);
    Prose { id: paper.id, blocks }
}

/// Removes sections without content.
fn remove_empty_sections(section: &mut Section) {
    section.sections.iter_mut().for_each(remove_empty_sections);
    section.sections.retain(|inner| !(inner.entries.is_empty() && inner.sections.is_empty()));
}
