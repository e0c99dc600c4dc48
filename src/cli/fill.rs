//! `notebook fill`: looks up the bibliographic data that the papers of a notebook lack, and adds it to the bibliography.

use std::collections::HashSet;
use std::io::Write as _;
use std::path::Path;

use notebook_core::bibliography::{BibliographyEntry, missing_fields, read_bibtex, write_bibtex};
use notebook_core::diagnostic::Severity;
use notebook_core::notebook::{Citation, Entry, HostKind, Id, Notebook, Reference, Url, plain};
use similar::TextDiff;

use super::add::{append_entry, read_text};
use super::citation_key::{citation_key, free_key};
use super::output::print;
use super::replace_files::replace_files;
use crate::metadata_services::{MetadataServices, Work, WorkId, run};
use crate::pipeline::bibliography::DEFAULT_BIBLIOGRAPHY;
use crate::pipeline::summary::count_of;
use crate::site::Failure;
use crate::site::files::read_file;
use crate::site::open::OpenedNotebook;
use crate::site::progress::Progress;

/// Papers that are named if they could not be filled in. Further ones are counted.
const MAX_NAMED: usize = 20;

/// A paper that lacks data.
#[derive(Debug)]
struct IncompletePaper {
    anchor: Id,
    title: String,
    /// The identifier to look it up by; `None` if its links contain none.
    id: Option<WorkId>,
    /// The key of its entry, if it has one that lacks fields.
    key: Option<String>,
}

/// Looks up every paper without an entry in the bibliography, or whose entry lacks fields that references need. Shows the
/// changes, and writes them if `is_agreed` or the answer to a question is yes.
///
/// Only the bibliography changes: new entries are appended, and new fields are inserted at the end of their entries.
///
/// # Errors
/// Fails if nothing could be looked up, or the bibliography cannot be read or written.
pub(super) fn fill(file: &Path, is_agreed: bool) -> Result<(), Failure> {
    let opened = OpenedNotebook::open(file, Severity::Error)?;
    let notebook = &opened.parsed.notebook;
    let folder = file.parent().unwrap_or(Path::new(""));
    let path = folder.join(notebook.references.as_deref().unwrap_or(DEFAULT_BIBLIOGRAPHY));
    let old = if path.is_file() { read_text(&path)? } else { String::new() };
    let papers = incomplete_papers(notebook);
    if papers.is_empty() {
        eprintln!("every paper has complete data in {}", path.display());
        return Ok(());
    }
    let mut seen = HashSet::new();
    let ids = papers.iter().filter_map(|paper| paper.id.as_ref()).filter(|id| seen.insert(*id));
    let ids: Vec<WorkId> = ids.cloned().collect();
    let services = MetadataServices::from_environment()?;
    let progress = Progress::for_requests("looking up", ids.len());
    let found = run(services.find_all(&ids, &mut |done| progress.set(done)))?;
    progress.finish();
    let offline = found.values().filter_map(|result| result.as_ref().err()).find(|error| error.is_offline());
    if let Some(error) = offline.filter(|_| found.values().all(Result::is_err)) {
        return Err(format!("{error}; nothing was written"));
    }
    let mut bibliography = NewBibliography::new(&old);
    let mut failures = Vec::new();
    for paper in &papers {
        let Some(id) = &paper.id else {
            failures.push(format!("#{}: its links contain no identifier", paper.anchor));
            continue;
        };
        let result = match found.get(id) {
            Some(Ok(work)) => bibliography.add(paper, work),
            Some(Err(error)) => Err(error.to_string()),
            None => Err("it was not looked up".to_owned()),
        };
        failures.extend(result.err().map(|error| format!("#{}: {error}", paper.anchor)));
    }
    report_failures(&failures);
    let new = bibliography.text()?;
    if new == old {
        eprintln!("nothing to add to {}", path.display());
        return Ok(());
    }
    print_diff(&path, &old, &new)?;
    if !is_agreed && !confirm(&format!("Write these changes to {}? [y/N] ", path.display())) {
        eprintln!("nothing was written; --yes writes without asking");
        return Ok(());
    }
    let current = if path.is_file() { read_file(&path)? } else { Vec::new() };
    if current != old.as_bytes() {
        return Err(format!(
            "{} has changed meanwhile: run the command again; nothing was written",
            path.display()
        ));
    }
    replace_files(&[(&path, &new)])?;
    eprintln!("{} written to {}", count_of(bibliography.number(), "change"), path.display());
    Ok(())
}

/// Lists the papers without an entry, and those whose entry lacks fields.
fn incomplete_papers(notebook: &Notebook) -> Vec<IncompletePaper> {
    let papers = notebook.walk().filter_map(|(_, entry)| match entry {
        Entry::Paper(paper) => Some(paper),
        _ => None,
    });
    let incomplete = papers
        .filter(|paper| paper.citation.as_ref().is_none_or(|citation| !missing_fields(citation).is_empty()));
    let describe = |paper: &Reference| IncompletePaper {
        anchor: paper.id.clone(),
        title: plain(&paper.title).into_owned(),
        id: identifier(paper),
        key: paper.citation.as_ref().and_then(|citation| citation.key.clone()),
    };
    incomplete.map(describe).collect()
}

/// Returns the identifier of a paper: of its entry, of its address, or of one of its links; else the address of its page.
fn identifier(paper: &Reference) -> Option<WorkId> {
    let citation = paper.citation.as_deref();
    let of_entry = citation.and_then(|citation| {
        let doi = citation.doi.clone().map(WorkId::Doi);
        doi.or_else(|| citation.arxiv.clone().map(WorkId::Arxiv))
    });
    let urls = || paper.url.iter().chain(paper.links.iter().map(|link| &link.url));
    let of_links = || urls().filter_map(WorkId::of_url).find(|id| !matches!(id, WorkId::Page(_)));
    // A PDF has no metadata that could be read, and other pages are not about the paper.
    let page = || urls().find(|url| url.host_kind() == Some(HostKind::Paper) && !is_pdf(url));
    of_entry
        .or_else(|| WorkId::of_source(&paper.source))
        .or_else(of_links)
        .or_else(|| page().cloned().map(WorkId::Page))
}

/// A bibliography with changes that leave all other bytes as they are.
struct NewBibliography<'a> {
    old: &'a str,
    entries: Vec<BibliographyEntry>,
    /// Text to insert at places of the old text.
    insertions: Vec<(usize, String)>,
    /// New entries with their keys.
    appended: Vec<(String, String)>,
}

impl<'a> NewBibliography<'a> {
    fn new(old: &'a str) -> Self {
        Self { old, entries: read_bibtex(old).entries, insertions: Vec::new(), appended: Vec::new() }
    }

    fn number(&self) -> usize {
        self.insertions.len() + self.appended.len()
    }

    /// Adds the entry of a paper, or the fields that its entry lacks.
    ///
    /// # Errors
    /// Fails if the record has nothing that is missing.
    fn add(&mut self, paper: &IncompletePaper, work: &Work) -> Result<(), Failure> {
        let nothing = || "its record has none of the missing fields".to_owned();
        let existing = paper
            .key
            .as_ref()
            .and_then(|key| self.entries.iter().find(|entry| entry.citation.key.as_ref() == Some(key)));
        if let Some(entry) = existing {
            if self.insertions.iter().any(|(at, _)| entry.range.contains(at)) {
                return Ok(());
            }
            let missing = only_missing(&entry.citation, &work.entry.citation);
            let insertion = insertion(self.old, entry, &missing).ok_or_else(nothing)?;
            self.insertions.push(insertion);
            return Ok(());
        }
        let mut citation = work.entry.citation.clone();
        // Another paper may be at two addresses of the notebook.
        if citation.title.is_none() {
            citation.title = Some(paper.title.clone());
        }
        let is_taken = |key: &str| {
            self.entries.iter().any(|entry| entry.citation.key.as_deref() == Some(key))
                || self.appended.iter().any(|(other, _)| other == key)
        };
        let key = free_key(&citation_key(&citation), is_taken);
        citation.key = Some(key.clone());
        self.appended.push((key.clone(), write_bibtex(&citation, &key)));
        Ok(())
    }

    /// Returns the new text.
    ///
    /// # Errors
    /// Fails if the text would not read as intended, which would be a fault of this program.
    fn text(&self) -> Result<String, Failure> {
        let mut insertions: Vec<_> = self.insertions.iter().collect();
        insertions.sort_by_key(|(at, _)| *at);
        let (mut text, mut end) = (String::with_capacity(self.old.len()), 0);
        for (at, insertion) in insertions {
            text.push_str(self.old.get(end..*at).unwrap_or_default());
            text.push_str(insertion);
            end = *at;
        }
        text.push_str(self.old.get(end..).unwrap_or_default());
        for (_, entry) in &self.appended {
            text = append_entry(&text, entry);
        }
        let read = read_bibtex(&text);
        let is_extended = |(old, new): (&BibliographyEntry, &BibliographyEntry)| {
            let is_changed = self.insertions.iter().any(|(at, _)| old.range.contains(at));
            old.citation == new.citation || (is_changed && old.citation.key == new.citation.key)
        };
        let is_intended = read.entries.len() == self.entries.len() + self.appended.len()
            && self.entries.iter().zip(&read.entries).all(is_extended);
        if is_intended {
            return Ok(text);
        }
        Err("the changed bibliography would not read as intended: nothing was written; add the entries by hand".into())
    }
}

/// Returns a citation of the same type with only those fields of `found` that `entry` requires and lacks.
fn only_missing(entry: &Citation, found: &Citation) -> Citation {
    let mut fields = Citation { work_type: entry.work_type, ..Citation::default() };
    for name in missing_fields(entry) {
        match name {
            "author" => fields.authors.clone_from(&found.authors),
            "title" => fields.title.clone_from(&found.title),
            "year" => (fields.year, fields.month) = (found.year, found.month),
            "publisher" | "university" | "institution" => fields.publisher.clone_from(&found.publisher),
            _ => fields.venue.clone_from(&found.venue),
        }
    }
    fields
}

/// Returns the place at the end of an entry's fields, and the text of the new fields to insert there; `None` if there is none.
fn insertion(source: &str, entry: &BibliographyEntry, fields: &Citation) -> Option<(usize, String)> {
    let written = write_bibtex(fields, "key");
    let lines: Vec<&str> = written.lines().filter(|line| line.starts_with("  ")).collect();
    if lines.is_empty() {
        return None;
    }
    let text = source.get(entry.range.clone())?.trim_end();
    let inside = text.strip_suffix(['}', ')'])?.trim_end();
    let line_end = if text.contains("\r\n") { "\r\n" } else { "\n" };
    let has_comma = inside.ends_with(',');
    let mut insertion = String::from(if has_comma { "" } else { "," });
    for (at, line) in lines.iter().enumerate() {
        let is_last = at + 1 == lines.len();
        insertion.push_str(line_end);
        insertion.push_str(if is_last && !has_comma { line.trim_end_matches(',') } else { line });
    }
    Some((entry.range.start + inside.len(), insertion))
}

fn is_pdf(url: &Url) -> bool {
    Path::new(url.as_str()).extension().is_some_and(|end| end.eq_ignore_ascii_case("pdf"))
}

fn report_failures(failures: &[String]) {
    for failure in failures.iter().take(MAX_NAMED) {
        eprintln!("note: {failure}");
    }
    if failures.len() > MAX_NAMED {
        eprintln!("note: {} more could not be filled in", count_of(failures.len() - MAX_NAMED, "paper"));
    }
}

/// Prints the difference between two texts of a file, as `diff -u` does.
fn print_diff(path: &Path, old: &str, new: &str) -> Result<(), Failure> {
    let name = path.display().to_string();
    let diff = TextDiff::from_lines(old, new);
    print(diff.unified_diff().context_radius(2).header(&name, &name).to_string().as_bytes())
}

/// Asks a question, to which anything but `y` or `yes` means no.
fn confirm(question: &str) -> bool {
    eprint!("{question}");
    let _ = std::io::stderr().flush();
    let mut answer = String::new();
    let read = std::io::stdin().read_line(&mut answer);
    read.is_ok() && matches!(answer.trim().to_lowercase().as_str(), "y" | "yes")
}

#[cfg(test)]
mod tests {
    use notebook_core::notebook::PersonName;

    use super::*;

    fn work() -> Work {
        let citation = Citation {
            title: Some("Quiet Gradients".into()),
            authors: vec![PersonName {
                family: "One".into(),
                given: Some("Ada".into()),
                ..PersonName::default()
            }],
            venue: Some("Annals of A & B".into()),
            year: Some(2019),
            ..Citation::default()
        };
        Work { entry: BibliographyEntry { citation, ..BibliographyEntry::default() }, ..Work::default() }
    }

    fn paper(key: Option<&str>) -> IncompletePaper {
        IncompletePaper {
            anchor: "quiet".into(),
            title: "Quiet Gradients".into(),
            id: None,
            key: key.map(str::to_owned),
        }
    }

    fn filled(old: &str, key: Option<&str>) -> Result<String, Failure> {
        let mut bibliography = NewBibliography::new(old);
        bibliography.add(&paper(key), &work())?;
        bibliography.text()
    }

    #[test]
    fn missing_fields_are_inserted_into_entries_of_any_layout() {
        for (old, new) in [
            (
                "@article{k,\n  title = {Quiet Gradients},\n  year = 2019\n}\n",
                "@article{k,\n  title = {Quiet Gradients},\n  year = 2019,\n  author = {One, Ada},\n  journal = {Annals of A \\& B}\n}\n",
            ),
            (
                "% first\n@article(k,\r\n\ttitle = \"Quiet Gradients\",\r\n\tyear = 2019,\r\n)\r\n",
                "% first\n@article(k,\r\n\ttitle = \"Quiet Gradients\",\r\n\tyear = 2019,\r\n  author = {One, Ada},\r\n  journal = {Annals of A \\& B},\r\n)\r\n",
            ),
            (
                "@article{k, title={Quiet Gradients}, author={One, Ada}, journal={A}}",
                "@article{k, title={Quiet Gradients}, author={One, Ada}, journal={A},\n  year = {2019}}",
            ),
        ] {
            assert_eq!(filled(old, Some("k")).as_deref(), Ok(new));
        }
    }

    #[test]
    fn a_complete_entry_is_left_alone() {
        let old = "@article{k, title={Q}, author={One}, journal={A}, year=2001}";
        assert!(filled(old, Some("k")).is_err());
    }

    #[test]
    fn a_new_entry_is_appended_with_a_free_key() {
        let old = "@misc{one2019quiet, title={Another}}\n";
        let new = filled(old, None).unwrap();
        assert!(
            new.starts_with(old) && new.contains("@misc{one2019quieta,\n  title = {{Quiet} {Gradients}}")
                || new.contains("{one2019quieta,"),
            "{new}"
        );
    }

    #[test]
    fn a_comment_that_would_swallow_the_fields_is_noticed() {
        let old = "@article{k,\n  title = {Q} % and so on\n}\n";
        match filled(old, Some("k")) {
            Ok(new) => assert_eq!(read_bibtex(&new).entries[0].citation.year, Some(2019), "{new}"),
            Err(error) => assert!(error.contains("nothing was written"), "{error}"),
        }
    }
}
