//! One paper more: its line in the notebook, its entry in the bibliography.

use std::fs;
use std::io::Read as _;
use std::path::{Path, PathBuf};

use notebook_core::citation::{Record, address, find, read_bibtex};
use notebook_core::markdown::{self, Reading};
use notebook_core::notebook::{Entry, Notebook, Section, SectionKind, Span, plain};

use super::{USUAL, import};
use crate::desk::Failure;
use crate::desk::folder::read;

/// Adds the one entry of `snippet` (BibTeX, the name of a file that holds it, or `-` for standard input) to the
/// notebook and the bibliography beside it; both files change, or none.
///
/// # Errors
/// A snippet that is not one entry, a paper that is there already, or a section that is not.
pub(in crate::desk) fn add(snippet: &str, to: &Path, section: Option<&str>) -> Result<(), Failure> {
    let bibtex = text_of(snippet)?;
    let record = record(&bibtex)?;
    let source = String::from_utf8(read(to)?).map_err(|_| format!("{} is not UTF-8 text", to.display()))?;
    let reading = markdown::read(&source);
    let folder = to.parent().unwrap_or(Path::new(""));
    let bibliography = folder.join(reading.notebook.references.as_deref().unwrap_or(USUAL));
    let known = if bibliography.is_file() {
        String::from_utf8(read(&bibliography)?)
            .map_err(|_| format!("{} is not UTF-8 text", bibliography.display()))?
    } else {
        String::new()
    };
    if let Some(id) = find(&reading.notebook, &record.citation) {
        return Err(format!("this paper is in {} already: #{id}", to.display()));
    }
    let key = record.citation.key.as_deref();
    if read_bibtex(&known).records.iter().any(|other| other.citation.key.as_deref() == key) {
        let key = key.unwrap_or_default();
        return Err(format!(
            "{} has an entry `{key}` already; give this one another key",
            bibliography.display()
        ));
    }
    let changed = with_paper(&source, &reading, &record, section)?;
    let mut entries = known.trim_end().to_owned();
    if !entries.is_empty() {
        entries.push_str("\n\n");
    }
    entries.extend([bibtex.trim(), "\n"]);
    replace(&[(&bibliography, &entries), (to, &changed)])?;
    println!("added to {} and {}", to.display(), bibliography.display());
    Ok(())
}

fn text_of(snippet: &str) -> Result<String, Failure> {
    if snippet == "-" {
        let mut text = String::new();
        std::io::stdin()
            .read_to_string(&mut text)
            .map_err(|why| format!("standard input cannot be read: {why}"))?;
        return Ok(text);
    }
    if snippet.trim_start().starts_with('@') {
        return Ok(snippet.to_owned());
    }
    String::from_utf8(read(Path::new(snippet))?).map_err(|_| format!("{snippet} is not UTF-8 text"))
}

fn record(bibtex: &str) -> Result<Record, Failure> {
    let library = read_bibtex(bibtex);
    if let Some(finding) = library.diagnostics.first() {
        let line = bibtex.get(..finding.range.start).unwrap_or_default().matches('\n').count() + 1;
        return Err(format!("line {line} of the entry: {}; {}", finding.message, finding.help));
    }
    let mut records = library.records;
    match (records.pop(), records.len()) {
        (Some(record), 0) if record.citation.key.is_some() => Ok(record),
        (Some(_), 0) => Err("the entry has no key; write one behind its brace: `@article{key,`".into()),
        (None, _) => {
            Err("this holds no BibTeX entry; it should look like `@article{key, title = {...}, ...}`".into())
        }
        (_, more) => {
            Err(format!("this holds {} entries; add them one by one, or use `notebook import`", more + 1))
        }
    }
}

/// The source with one paper more at the end of a section.
fn with_paper(
    source: &str,
    reading: &Reading,
    record: &Record,
    named: Option<&str>,
) -> Result<String, Failure> {
    let url = record.citation.url.clone().or_else(|| address(&record.citation));
    let url =
        url.ok_or("the entry has no `url`, `doi` or arXiv id: a paper in a notebook is a link to it")?;
    let section = section_of(&reading.notebook, named)?;
    let mut paper = import::paper(record, url, false);
    paper.notes.clear();
    let line = line(&paper);
    // What stands directly under the heading ends where the next heading begins.
    let next = section
        .sections
        .first()
        .map(|inner| inner.id.clone())
        .or_else(|| following(&reading.notebook, section));
    let at = next.and_then(|id| reading.places.iter().find(|(known, _)| *known == id));
    let at = at.map_or(source.len(), |(_, range)| range.start);
    let (before, after) = source.split_at_checked(at).ok_or("the notebook cannot be parted there")?;
    let end = if source.contains("\r\n") { "\r\n" } else { "\n" };
    let mut changed = format!("{}{end}{end}{line}{end}", before.trim_end());
    if !after.is_empty() {
        changed.push_str(end);
        changed.push_str(after);
    }
    let papers =
        |notebook: &Notebook| notebook.walk().filter(|(_, entry)| matches!(entry, Entry::Paper(_))).count();
    let now = markdown::read(&changed).notebook;
    let there = now.walk().find(|(_, entry)| matches!(entry, Entry::Paper(new) if new.url == paper.url));
    if papers(&now) != papers(&reading.notebook) + 1 || there.is_none_or(|(above, _)| above.id != section.id)
    {
        let title = plain(&section.title);
        return Err(format!(
            "a line at the end of `{title}` would not be read as a paper; add it by hand: {line}"
        ));
    }
    Ok(changed)
}

/// The line of a paper, as a notebook has it.
fn line(paper: &notebook_core::notebook::Reference) -> String {
    let section = Section {
        title: vec![Span::Text("Papers".into())],
        id: "papers".into(),
        kind: SectionKind::Papers,
        level: 2,
        entries: vec![Entry::Paper(paper.clone())],
        sections: Vec::new(),
    };
    let text = markdown::write(&Notebook { sections: vec![section], ..Notebook::default() });
    text.split_once("\n- ").map_or_else(String::new, |(_, item)| format!("- {}", item.trim_end()))
}

/// The section to add to: the one named, or the only one that can be meant.
fn section_of<'a>(notebook: &'a Notebook, asked: Option<&str>) -> Result<&'a Section, Failure> {
    let mut papers = Vec::new();
    notebook.sections.iter().for_each(|section| collect(section, &mut papers));
    let titles =
        || papers.iter().map(|section| format!("`{}`", plain(&section.title))).collect::<Vec<_>>().join(", ");
    if let Some(asked) = asked {
        let is_meant = |section: &&&Section| {
            plain(&section.title).eq_ignore_ascii_case(asked)
                || section.id.as_str() == asked.trim_start_matches('#')
        };
        let found = papers.iter().find(is_meant).copied();
        return found
            .ok_or_else(|| format!("no section about papers is called `{asked}`; there are {}", titles()));
    }
    // Where papers stand directly under the first, or it is the only one.
    let holds = |section: &&&Section| section.entries.iter().any(|entry| matches!(entry, Entry::Paper(_)));
    match (papers.first(), papers.iter().filter(holds).count()) {
        (None, _) => {
            Err("the notebook has no section about papers; write a heading such as `## Papers`".into())
        }
        (Some(first), _) if papers.len() == 1 || holds(&first) => Ok(first),
        (Some(_), 1) => papers.iter().find(holds).copied().ok_or_else(String::new),
        _ => Err(format!("say with --section where it belongs: {}", titles())),
    }
}

fn collect<'a>(section: &'a Section, papers: &mut Vec<&'a Section>) {
    if section.kind == SectionKind::Papers {
        papers.push(section);
    }
    section.sections.iter().for_each(|inner| collect(inner, papers));
}

/// The heading that comes next after a section that has none inside.
fn following(notebook: &Notebook, section: &Section) -> Option<notebook_core::notebook::Id> {
    fn all<'a>(sections: &'a [Section], to: &mut Vec<&'a Section>) {
        for section in sections {
            to.push(section);
            all(&section.sections, to);
        }
    }
    let mut order = Vec::new();
    all(&notebook.sections, &mut order);
    let here = order.iter().position(|known| known.id == section.id)?;
    order.get(here + 1).map(|next| next.id.clone())
}

/// Writes some files beside those they replace, then puts all in their places.
fn replace(files: &[(&Path, &str)]) -> Result<(), Failure> {
    let mut written: Vec<(PathBuf, &Path)> = Vec::new();
    for (path, text) in files {
        let name = path.file_name().unwrap_or_default().to_string_lossy();
        let aside = path.with_file_name(format!(".{name}.new"));
        fs::write(&aside, text).map_err(|why| format!("{} cannot be written: {why}", aside.display()))?;
        written.push((aside, path));
    }
    for (aside, path) in written {
        fs::rename(&aside, path).map_err(|why| format!("{} cannot be replaced: {why}", path.display()))?;
    }
    Ok(())
}
