//! The files of a bibliography, and the papers that they describe.

use std::collections::{HashMap, HashSet};
use std::ops::Range;

use notebook_core::Diagnostic;
use notebook_core::bibliography::{attach_citations, link_citations, read_bibtex_files};
use notebook_core::diagnostic::DiagnosticCode;
use notebook_core::markdown::{Parsed, decode, named_bibliography};
use notebook_core::notebook::Notebook;

use super::failure::Failure;

/// The bibliography, if the front matter names none.
pub const DEFAULT_BIBLIOGRAPHY: &str = "references.bib";

/// A file of a bibliography with its diagnostics.
#[derive(Debug)]
pub struct BibliographyFile {
    /// The path of the file, as messages print it.
    pub path: String,
    /// Its text.
    pub text: String,
    /// Its diagnostics, in the order of their places.
    pub diagnostics: Vec<Diagnostic>,
}

/// A file beside the notebook that was looked for.
pub struct FoundFile {
    /// Its path, as messages print it.
    pub path: String,
    /// Its bytes; `None` if it does not exist.
    pub bytes: Option<Result<Vec<u8>, Failure>>,
}

/// Returns the names of the files of a notebook's bibliography, relative to the notebook.
pub fn bibliography_names(notebook: &Notebook) -> Vec<String> {
    named_bibliography(notebook).map_or_else(|| vec![DEFAULT_BIBLIOGRAPHY.to_owned()], |named| named.files)
}

/// Attaches citations from the bibliography to the papers of a notebook. Files that the front matter names and that do not
/// exist, and papers without a citation, are added to the notebook's diagnostics. Returns the files that could be read.
///
/// Citations in its text become links; then the notebook as it was is returned too.
pub fn attach(
    find: &dyn Fn(&str) -> FoundFile,
    source: &str,
    parsed: &mut Parsed,
) -> (Vec<BibliographyFile>, Option<Notebook>) {
    let key = named_bibliography(&parsed.notebook).map(|named| named.key);
    let mut files = Vec::new();
    for FoundFile { path, bytes } in bibliography_names(&parsed.notebook).iter().map(|name| find(name)) {
        let problem = match bytes {
            Some(Ok(bytes)) => {
                let (text, diagnostics) = decode(&bytes);
                files.push(BibliographyFile { path, text, diagnostics });
                None
            }
            Some(Err(problem)) => Some(problem),
            None => key.map(|_| format!("the bibliography {path} does not exist")),
        };
        let key = key.unwrap_or("references");
        let diagnostic = |message| key_diagnostic(DiagnosticCode::MissingFile, source, key, message);
        parsed.diagnostics.extend(problem.map(diagnostic));
    }
    if !files.is_empty() {
        return attach_files(files, source, parsed);
    }
    if key.is_none() {
        link_citations(parsed, None, source);
    }
    (files, None)
}

/// Attaches the citations of some files, and adds diagnostics to each.
fn attach_files(
    mut files: Vec<BibliographyFile>,
    source: &str,
    parsed: &mut Parsed,
) -> (Vec<BibliographyFile>, Option<Notebook>) {
    let texts: Vec<&str> = files.iter().map(|file| file.text.as_str()).collect();
    let (text, library) = read_bibtex_files(&texts);
    let (mut found, without_citation) = attach_citations(&mut parsed.notebook, &library, &text);
    let linked = link_citations(parsed, Some(&library), source);
    let (with_keys, cited) = linked.map_or((None, HashSet::new()), |(written, keys)| (Some(written), keys));
    // A work that the text cites needs no entry in the notebook.
    let is_cited = |key: &Option<String>| key.as_ref().is_some_and(|key| cited.contains(key));
    let used = library.entries.iter().filter(|entry| is_cited(&entry.citation.key));
    let used: HashSet<_> = used.map(|entry| entry.range.start).collect();
    found.retain(|found| {
        found.code != DiagnosticCode::UnmatchedCitation || !used.contains(&found.range.start)
    });
    for mut diagnostic in library.diagnostics.iter().cloned().chain(found) {
        let (file, start) = library.file_at(diagnostic.range.start);
        if let Some(file) = files.get_mut(file) {
            let place = |byte: usize| byte.saturating_sub(start).min(file.text.len());
            diagnostic.range = place(diagnostic.range.start)..place(diagnostic.range.end);
            file.diagnostics.push(diagnostic);
        }
    }
    for file in &mut files {
        file.diagnostics.sort_by_key(|d| (d.range.start, d.range.end, d.code));
    }
    let places: HashMap<_, _> = parsed.places.iter().map(|(id, range)| (id, range)).collect();
    let places = without_citation.iter().filter_map(|id| places.get(id));
    let message = match files.as_slice() {
        [file] => format!("{} has no entry for this paper", file.path),
        several => {
            let paths: Vec<_> = several.iter().map(|file| file.path.as_str()).collect();
            format!("none of {} has an entry for this paper", paths.join(", "))
        }
    };
    let notes = places.map(|range| Diagnostic {
        code: DiagnosticCode::PaperWithoutCitation,
        range: (*range).clone(),
        message: message.clone(),
        help: "add its BibTeX entry, for example with `notebook add`; until then, references to the paper are marked as \
               incomplete"
            .into(),
    });
    let notes: Vec<_> = notes.collect();
    parsed.diagnostics.extend(notes);
    (files, with_keys)
}

/// Creates a diagnostic at a key of the front matter.
pub fn key_diagnostic(code: DiagnosticCode, source: &str, key: &str, message: String) -> Diagnostic {
    let help = format!("put the file beside the notebook, or remove the key `{key}`");
    Diagnostic { code, range: line_of(source, key), message, help }
}

/// Returns the range of the line with a key of the front matter.
fn line_of(source: &str, key: &str) -> Range<usize> {
    let mut at = 0;
    for line in source.split_inclusive('\n') {
        if line.strip_prefix(key).is_some_and(|rest| rest.starts_with(':')) {
            return at..at + line.trim_end().len();
        }
        at += line.len();
    }
    0..0
}
