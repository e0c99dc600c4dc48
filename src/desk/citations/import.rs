//! A notebook made of a library: BibTeX, CSL-JSON, RIS, or a list of links in Markdown.

use std::collections::{BTreeMap, HashMap};
use std::path::Path;

use notebook_core::citation::{
    Library, Record, Refusal, address, read_bibtex, read_csl, read_ris, write_bibtex,
};
use notebook_core::markdown;
use notebook_core::notebook::{
    Block, Entry, Id, Ids, Name, Notebook, Place, Reference, Section, SectionKind, Source, Span, Url, plain,
};

use super::USUAL;
use crate::desk::folder::{put, read};
use crate::desk::{Failure, print, report};

/// The heading of all papers.
const PAPERS: &str = "Papers";
/// The heading of those that share their subject with none.
const OTHER: &str = "Other";
/// The heading of those that lead nowhere.
const WITHOUT: &str = "Without an address";

/// Makes a notebook of the library in `file`, and says what has no place in it. `out` gets it, and a bibliography beside
/// it; without `out` it is printed, with authors and venues behind the titles.
///
/// # Errors
/// A file that is no library, or one that would be written over.
pub(in crate::desk) fn import(file: &Path, out: Option<&Path>) -> Result<(), Failure> {
    let text = String::from_utf8_lossy(&read(file)?).into_owned();
    let beside = out.map(|out| out.with_file_name(USUAL));
    for path in out.into_iter().chain(beside.as_deref()) {
        if path.exists() {
            return Err(format!("{} is there already; write to another folder", path.display()));
        }
    }
    let title = file.file_stem().map_or("Notebook".into(), |stem| stem.to_string_lossy().into_owned());
    let end = file.extension().map(|end| end.to_string_lossy().to_lowercase()).unwrap_or_default();
    if matches!(end.as_str(), "md" | "markdown") {
        let (notebook, dropped) = listed(&text, &title);
        if dropped > 0 {
            eprintln!("note: {dropped} links to headings of the list itself were left out");
        }
        return write(out, &markdown::write(&notebook));
    }
    let library = library(file, &text, &end)?;
    report::print(&file.display().to_string(), &text, &library.diagnostics);
    let notebook = made(&library.records, &title, out.is_none());
    told(&library.records);
    write(out, &markdown::write(&notebook))?;
    if let Some(beside) = beside {
        let entries = library.records.iter().enumerate();
        let entries: Vec<_> =
            entries.map(|(at, record)| write_bibtex(&record.citation, &format!("entry{}", at + 1))).collect();
        put(&beside, entries.join("\n").as_bytes())?;
        eprintln!("note: authors, venues and all that references need stand in {}", beside.display());
    }
    Ok(())
}

fn write(out: Option<&Path>, text: &str) -> Result<(), Failure> {
    match out {
        Some(out) => put(out, text.as_bytes()),
        None => print(text.as_bytes()),
    }
}

/// Reads a library by the end of its name, or by what stands in it.
fn library(file: &Path, text: &str, end: &str) -> Result<Library, Failure> {
    let begin = text.trim_start_matches('\u{feff}').trim_start();
    let is_json = end == "json" || (end != "bib" && begin.starts_with(['[', '{']));
    let is_ris = end == "ris" || (end != "bib" && begin.starts_with("TY  -"));
    let read = match (is_json, is_ris) {
        (true, _) => read_csl(text),
        (_, true) => read_ris(text),
        _ => Ok(read_bibtex(text)),
    };
    let library = read.map_err(|Refusal { line, why }| format!("{}:{line}: {why}", file.display()))?;
    if library.records.is_empty() && library.diagnostics.is_empty() {
        let kinds = "BibTeX (.bib), CSL-JSON (.json), RIS (.ris) or a list of links (.md)";
        return Err(format!("{} holds no entry; it should be {kinds}", file.display()));
    }
    Ok(library)
}

/// Says which fields have no place, and how often they were met.
fn told(records: &[Record]) {
    let mut names: BTreeMap<&str, usize> = BTreeMap::new();
    for name in records.iter().flat_map(|record| &record.left_out) {
        *names.entry(name).or_default() += 1;
    }
    if !names.is_empty() {
        let names: Vec<_> = names.iter().map(|(name, times)| format!("{name} ({times})")).collect();
        eprintln!("note: left out, since a notebook has no place for it: {}", names.join(", "));
    }
}

/// A notebook of some records, under headings by what they are filed under.
fn made(records: &[Record], title: &str, with_credit: bool) -> Notebook {
    let mut sizes: HashMap<&str, usize> = HashMap::new();
    for keyword in records.iter().flat_map(|record| &record.keywords) {
        *sizes.entry(keyword).or_default() += 1;
    }
    let mut sections: Vec<Section> = Vec::new();
    let mut nowhere = Vec::new();
    for record in records {
        let Some(url) = record.citation.url.clone().or_else(|| address(&record.citation)) else {
            nowhere.push(Block::Para(vec![Span::Text(notebook_core::citation::plain(&record.citation))]));
            nowhere.extend(noted(record));
            continue;
        };
        // The largest subject that it has, the first of those that are as large.
        let subjects =
            record.keywords.iter().map(|word| (word, sizes.get(word.as_str()).copied().unwrap_or_default()));
        let largest = subjects.fold(None, |best: Option<(&String, usize)>, next| match best {
            Some(best) if best.1 >= next.1 => Some(best),
            _ => Some(next),
        });
        let subject = largest.filter(|(_, size)| *size > 1).map_or(OTHER, |(word, _)| word.as_str());
        let entry = Entry::Paper(paper(record, url, with_credit));
        match sections.iter_mut().find(|section| plain(&section.title) == subject) {
            Some(section) => section.entries.push(entry),
            None => sections.push(section(subject, SectionKind::Papers, vec![entry])),
        }
    }
    // What fits nowhere else comes last.
    sections.sort_by_key(|section| plain(&section.title) == OTHER);
    if !nowhere.is_empty() {
        let prose = notebook_core::notebook::Prose { id: "".into(), blocks: nowhere };
        sections.push(section(WITHOUT, SectionKind::Prose, vec![Entry::Prose(prose)]));
    }
    let mut whole = section(PAPERS, SectionKind::Papers, Vec::new());
    whole.level = 2;
    match sections.as_mut_slice() {
        // One heading says as much as two.
        [only] if plain(&only.title) == OTHER => whole.entries = std::mem::take(&mut only.entries),
        _ => whole.sections = sections,
    }
    name(&mut whole, &mut Ids::default());
    Notebook { title: title.to_owned(), sections: vec![whole], ..Notebook::default() }
}

fn section(title: &str, kind: SectionKind, entries: Vec<Entry>) -> Section {
    let id = Id::from("");
    Section { title: vec![Span::Text(title.to_owned())], id, kind, level: 3, entries, sections: Vec::new() }
}

/// A paper with its abstract and keywords as notes.
pub(super) fn paper(record: &Record, url: Url, with_credit: bool) -> Reference {
    let of = &record.citation;
    let title = of.title.clone().unwrap_or_else(|| url.to_string());
    let mut byline = Vec::new();
    if with_credit {
        let names: Vec<_> = of.authors.iter().map(Name::said).collect();
        let mut parts: Vec<String> = if names.is_empty() { Vec::new() } else { vec![names.join(", ")] };
        parts.extend(of.venue.clone());
        parts.extend(of.year.map(|year| year.to_string()));
        byline.extend((!parts.is_empty()).then(|| Span::Text(parts.join(" · "))));
    }
    Reference {
        title: vec![Span::Text(title)],
        id: "".into(),
        source: Source::of(&url),
        url,
        hint: None,
        checked: None,
        byline,
        notes: noted(record),
        properties: Vec::new(),
        citation: None,
    }
}

fn noted(record: &Record) -> Vec<Block> {
    let keywords = (!record.keywords.is_empty()).then(|| record.keywords.join(", "));
    let fields = [("Abstract", &record.summary), ("Note", &record.citation.note), ("Keywords", &keywords)];
    let fields = fields.into_iter().filter_map(|(label, text)| {
        let text = vec![Span::Text(text.clone()?)];
        Some(Block::Field { label: label.into(), column: None, text })
    });
    fields.collect()
}

/// A list of links as a notebook: its headings are the categories. Also how many links to itself it lost.
fn listed(text: &str, title: &str) -> (Notebook, usize) {
    let mut list = markdown::read(text).notebook;
    let has_title = list.title != markdown::read("").notebook.title;
    let title = if has_title { list.title.clone() } else { title.to_owned() };
    let least = list.sections.iter().map(|section| section.level).min().unwrap_or(1);
    list.sections.iter_mut().for_each(|section| lower(section, least));
    let mut papers = section(PAPERS, SectionKind::Papers, Vec::new());
    papers.level = 2;
    papers.sections = list.sections;
    name(&mut papers, &mut Ids::default());
    let whole = Notebook { title, intro: list.intro, sections: vec![papers], ..Notebook::default() };
    // Read again, its items stand among papers.
    let mut notebook = markdown::read(&markdown::write(&whole)).notebook;
    let dropped = notebook.sections.iter_mut().map(without_anchors).sum();
    notebook.sections.iter_mut().for_each(tidy);
    let mut ids = Ids::default();
    notebook.sections.iter_mut().for_each(|section| name(section, &mut ids));
    (notebook, dropped)
}

/// Puts headings below the heading of all papers; what they are about is told by that one.
fn lower(section: &mut Section, least: u8) {
    section.level = section.level.saturating_sub(least).saturating_add(3).min(6);
    section.kind = SectionKind::Papers;
    section.sections.iter_mut().for_each(|inner| lower(inner, least));
}

/// Gives headings the ids that their titles have, so that none has to be written.
fn name(section: &mut Section, ids: &mut Ids) {
    section.id = ids.give(&plain(&section.title), "section");
    for entry in &section.entries {
        if let Entry::Paper(paper) = entry {
            ids.give(&plain(&paper.title), "link");
        }
    }
    section.sections.iter_mut().for_each(|inner| name(inner, ids));
}

/// Takes out entries that lead to a heading of the list itself.
fn without_anchors(section: &mut Section) -> usize {
    let before = section.entries.len();
    section.entries.retain(
        |entry| !matches!(entry, Entry::Paper(paper) if matches!(paper.url.place(), Place::Anchor(_))),
    );
    before - section.entries.len() + section.sections.iter_mut().map(without_anchors).sum::<usize>()
}

/// Takes out headings that nothing stands under.
fn tidy(section: &mut Section) {
    section.sections.iter_mut().for_each(tidy);
    section.sections.retain(|inner| !(inner.entries.is_empty() && inner.sections.is_empty()));
}
