//! `notebook add`: adds one paper to a notebook, and its entry, given or looked up, to the bibliography.

use std::io::Read as _;
use std::path::Path;

use notebook_core::bibliography::{BibliographyEntry, find_paper, read_bibtex, write_bibtex};
use notebook_core::diagnostic::line_number;
use notebook_core::markdown::{self, Parsed};
use notebook_core::notebook::{Citation, Entry, Id, Notebook, Section, SectionKind, plain};

use super::citation_key::{citation_key, free_key};
use super::replace_files::replace_files;
use crate::metadata_services::{MetadataServices, WorkId, run};
use crate::pipeline::bibliography::DEFAULT_BIBLIOGRAPHY;
use crate::pipeline::new_paper;
use crate::site::Failure;
use crate::site::files::read_file;

/// Adds one paper to a notebook and its bibliography: an entry of BibTeX, the name of a file with one, `-` for standard input, or
/// an identifier that a metadata service knows.
///
/// The bibliography is replaced first. If the command is interrupted before the notebook is replaced too, the bibliography
/// has an entry without a paper, and the same command finishes the work.
///
/// # Errors
/// Fails if the entry cannot be read or found, the notebook has the paper, or the section does not exist; nothing is written then.
pub(super) fn add(
    snippet: &str,
    notebook_file: &Path,
    section: Option<&str>,
    with_abstract: bool,
) -> Result<(), Failure> {
    let source = read_text(notebook_file)?;
    let parsed = markdown::read(&source);
    let folder = notebook_file.parent().unwrap_or(Path::new(""));
    let bibliography = folder.join(parsed.notebook.references.as_deref().unwrap_or(DEFAULT_BIBLIOGRAPHY));
    let known = if bibliography.is_file() { read_text(&bibliography)? } else { String::new() };
    let known_entries = read_bibtex(&known).entries;
    let (bibtex, entry) = if let Some(id) = identifier(snippet) {
        // Before anything is asked.
        find_section(&parsed.notebook, section)?;
        look_up(&id, &known_entries, with_abstract)?
    } else {
        let bibtex = read_snippet(snippet)?;
        let entry = parse_entry(&bibtex)?;
        (bibtex, entry)
    };
    if let Some(id) = find_paper(&parsed.notebook, &entry.citation) {
        return Err(format!("{} already has this paper: #{id}", notebook_file.display()));
    }
    let key = entry.citation.key.as_deref();
    let same_key = known_entries.into_iter().find(|other| other.citation.key.as_deref() == key);
    let entries = match same_key {
        None => append_entry(&known, &bibtex),
        // Added by an interrupted run, or by hand: only the paper is missing.
        Some(other) if other.citation == entry.citation => known,
        Some(_) => {
            return Err(format!(
                "{} already has another entry with the key `{}`: give this entry a different key",
                bibliography.display(),
                key.unwrap_or_default()
            ));
        }
    };
    let changed = insert_paper(&source, &parsed, &entry, section, with_abstract)?;
    replace_files(&[(&bibliography, &entries), (notebook_file, &changed)])?;
    println!("added to {} and {}", notebook_file.display(), bibliography.display());
    Ok(())
}

/// Returns the identifier that an argument is, if it is neither BibTeX nor the name of a file.
fn identifier(argument: &str) -> Option<WorkId> {
    let is_text = argument == "-" || argument.trim_start().starts_with('@') || Path::new(argument).exists();
    if is_text { None } else { WorkId::parse(argument) }
}

/// Looks up a work, and returns its entry as BibTeX and as it is read. Its key is one that no other entry has.
fn look_up(
    id: &WorkId,
    known: &[BibliographyEntry],
    with_abstract: bool,
) -> Result<(String, BibliographyEntry), Failure> {
    let services = MetadataServices::from_environment()?;
    let work = run(services.find(id))?.map_err(|error| format!("{error}; nothing was written"))?;
    if let Some(notice) = &work.notice {
        let address = notice.address.as_ref().map_or(String::new(), |address| format!(": {address}"));
        eprintln!("warning: this paper has a notice of {}{address}", notice.kind);
    }
    let mut citation = work.entry.citation;
    if let WorkId::Page(url) = id {
        citation.url = Some(url.clone());
    }
    let written = |key: &str| write_bibtex(&Citation { key: Some(key.to_owned()), ..citation.clone() }, key);
    let is_taken = |key: &str| {
        let other = known.iter().find(|other| other.citation.key.as_deref() == Some(key));
        // The entry of an interrupted run is used.
        other.is_some_and(|other| {
            parse_entry(&written(key)).is_ok_and(|entry| entry.citation != other.citation)
        })
    };
    let key = free_key(&citation_key(&citation), is_taken);
    let bibtex = written(&key);
    let mut entry = parse_entry(&bibtex)?;
    entry.abstract_text = work.entry.abstract_text.filter(|_| with_abstract);
    if with_abstract && entry.abstract_text.is_none() {
        eprintln!("note: the record has no abstract");
    }
    Ok((bibtex, entry))
}

pub(super) fn read_text(path: &Path) -> Result<String, Failure> {
    String::from_utf8(read_file(path)?)
        .map_err(|_| format!("{} is not UTF-8 text: save it as UTF-8, then try again", path.display()))
}

/// Returns the BibTeX that an argument holds or names.
fn read_snippet(snippet: &str) -> Result<String, Failure> {
    if snippet == "-" {
        let mut text = String::new();
        std::io::stdin()
            .read_to_string(&mut text)
            .map_err(|error| format!("standard input cannot be read: {error}"))?;
        return Ok(text);
    }
    if snippet.trim_start().starts_with('@') {
        return Ok(snippet.to_owned());
    }
    if !Path::new(snippet).exists() {
        return Err(format!(
            "`{snippet}` is neither an identifier nor a file: give an arXiv id, a DOI, an ISBN, `PMID 123`, the address of a \
             paper, a BibTeX entry, or the name of a file with one"
        ));
    }
    read_text(Path::new(snippet))
}

fn parse_entry(bibtex: &str) -> Result<BibliographyEntry, Failure> {
    let library = read_bibtex(bibtex);
    if let Some(found) = library.diagnostics.first() {
        let line = line_number(bibtex, found.range.start);
        return Err(format!("line {line} of the entry: {}; {}", found.message, found.help));
    }
    let mut entries = library.entries;
    match (entries.pop(), entries.len()) {
        (Some(entry), 0) if entry.citation.key.is_some() => Ok(entry),
        (Some(_), 0) => Err("the entry has no key: write one after its brace, as in `@article{key,`".into()),
        (None, _) => Err("no BibTeX entry was found: expected `@article{key, title = {...}, ...}`".into()),
        (_, others) => Err(format!(
            "expected one entry, found {}: add them one at a time, or use `notebook import`",
            others + 1
        )),
    }
}

/// Appends an entry to a bibliography, whose text stays as it is.
pub(super) fn append_entry(bibliography: &str, bibtex: &str) -> String {
    let separator = match bibliography {
        "" => "",
        text if text.ends_with("\n\n") => "",
        text if text.ends_with('\n') => "\n",
        _ => "\n\n",
    };
    format!("{bibliography}{separator}{}\n", bibtex.trim())
}

/// Returns the source with one paper more at the end of a section.
fn insert_paper(
    source: &str,
    parsed: &Parsed,
    entry: &BibliographyEntry,
    section_name: Option<&str>,
    with_abstract: bool,
) -> Result<String, Failure> {
    let url = new_paper::address(entry)
        .ok_or("the entry has no `url`, `doi` or arXiv id, one of which the paper's link needs: add one")?;
    let section = find_section(&parsed.notebook, section_name)?;
    let mut paper = new_paper::paper(entry, url, false);
    // The abstract is the first of the notes.
    paper.notes.truncate(usize::from(with_abstract && entry.abstract_text.is_some()));
    // The entries directly below a heading end where the next heading begins.
    let next = section
        .sections
        .first()
        .map(|inner| inner.id.clone())
        .or_else(|| following_section(&parsed.notebook, section));
    let place = next.and_then(|id| parsed.places.iter().find(|(known, _)| *known == id));
    let position = place.map_or(source.len(), |(_, range)| range.start);
    let (before, after) =
        source.split_at_checked(position).ok_or("the end of the section could not be found")?;
    let line_end = if source.contains("\r\n") { "\r\n" } else { "\n" };
    let item = new_paper::list_item(&paper).replace('\n', line_end);
    let mut changed = format!("{}{line_end}{line_end}{item}{line_end}", before.trim_end());
    if !after.is_empty() {
        changed.push_str(line_end);
        changed.push_str(after);
    }
    let count_papers =
        |notebook: &Notebook| notebook.walk().filter(|(_, entry)| matches!(entry, Entry::Paper(_))).count();
    let reparsed = markdown::read(&changed).notebook;
    let added = reparsed.walk().find(|(_, entry)| matches!(entry, Entry::Paper(new) if new.url == paper.url));
    if count_papers(&reparsed) != count_papers(&parsed.notebook) + 1
        || added.is_none_or(|(above, _)| above.id != section.id)
    {
        let title = plain(&section.title);
        return Err(format!(
            "a list item at the end of `{title}` would not become a paper there: add this line by hand: {item}"
        ));
    }
    Ok(changed)
}

/// Finds the section to add to: the one with this title or anchor, or the only one that can be meant.
fn find_section<'a>(notebook: &'a Notebook, name: Option<&str>) -> Result<&'a Section, Failure> {
    let mut candidates = Vec::new();
    notebook.sections.iter().for_each(|section| collect_paper_sections(section, &mut candidates));
    let titles = || {
        let titles = candidates.iter().map(|section| format!("`{}`", plain(&section.title)));
        titles.collect::<Vec<_>>().join(", ")
    };
    if candidates.is_empty() {
        return Err("the notebook has no section of papers: add a heading such as `## Papers`".into());
    }
    if let Some(name) = name {
        let has_name = |section: &&&Section| {
            plain(&section.title).eq_ignore_ascii_case(name)
                || section.id.as_str() == name.trim_start_matches('#')
        };
        let found = candidates.iter().find(has_name).copied();
        return found
            .ok_or_else(|| format!("no section of papers is called `{name}`: use one of {}", titles()));
    }
    // Without a name: the first one if it is the only one or has papers, or else the only one with papers.
    let has_papers =
        |section: &&Section| section.entries.iter().any(|entry| matches!(entry, Entry::Paper(_)));
    let mut with_papers = candidates.iter().copied().filter(has_papers);
    match (candidates.as_slice(), with_papers.next(), with_papers.next()) {
        ([only], ..) => Ok(only),
        ([first, ..], Some(with), _) if first.id == with.id => Ok(first),
        (_, Some(only), None) => Ok(only),
        _ => Err(format!("name the section with --section: {}", titles())),
    }
}

fn collect_paper_sections<'a>(section: &'a Section, candidates: &mut Vec<&'a Section>) {
    if section.kind == SectionKind::Papers {
        candidates.push(section);
    }
    section.sections.iter().for_each(|inner| collect_paper_sections(inner, candidates));
}

/// Returns the section whose heading comes next in the file.
fn following_section(notebook: &Notebook, section: &Section) -> Option<Id> {
    fn collect<'a>(sections: &'a [Section], all: &mut Vec<&'a Section>) {
        for section in sections {
            all.push(section);
            collect(&section.sections, all);
        }
    }
    let mut all = Vec::new();
    collect(&notebook.sections, &mut all);
    let position = all.iter().position(|known| known.id == section.id)?;
    all.get(position + 1).map(|next| next.id.clone())
}
