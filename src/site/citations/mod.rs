//! References: reads the bibliography beside a notebook, and writes formatted references for its readers.
//!
//! 1. [`attach`] reads the bibliography and the citation style, attaches citations to papers, and links those in the text;
//! 2. `style` formats references with CSL styles;
//! 3. `cache` stores formatted references for the next build;
//! 4. `data` writes every format of every paper to files that the client fetches.

mod cache;
mod data;
mod style;

use std::collections::{HashMap, HashSet};
use std::ops::Range;
use std::path::{Path, PathBuf};

use notebook_core::Diagnostic;
use notebook_core::bibliography::{attach_citations, link_citations, read_bibtex_files};
use notebook_core::diagnostic::DiagnosticCode;
use notebook_core::markdown::{Parsed, decode, named_bibliography};
use notebook_core::notebook::Notebook;

pub(super) use cache::CitationCache;
pub(super) use data::write;
pub(super) use style::{CslStyle, Styles};

use super::files::read_file;

/// The bibliography, if the front matter names none.
pub(crate) const DEFAULT_BIBLIOGRAPHY: &str = "references.bib";

/// The bibliography and citation style of a notebook.
#[derive(Debug, Default)]
pub(super) struct AttachedCitations {
    /// The files of the bibliography that could be read, in the order of the author.
    pub(super) bibliography: Vec<BibliographyFile>,
    /// The citation style that the front matter names.
    pub(super) style: Option<CslStyle>,
    /// The paths of bibliography and style, whether they exist or not.
    pub(super) paths: Vec<PathBuf>,
}

/// A file of a bibliography with its diagnostics.
#[derive(Debug)]
pub(super) struct BibliographyFile {
    /// The path of the file, as messages print it.
    pub(super) path: String,
    pub(super) text: String,
    pub(super) diagnostics: Vec<Diagnostic>,
}

/// Attaches citations from the bibliography to the papers of a notebook. Files that the front matter names and that do not
/// exist, and papers without a citation, are added to the notebook's diagnostics.
///
/// Citations in its text become links; then the notebook as it was is returned too.
pub(super) fn attach(
    notebook_file: &Path,
    source: &str,
    parsed: &mut Parsed,
) -> (AttachedCitations, Option<Notebook>) {
    let folder = notebook_file.parent().unwrap_or(Path::new(""));
    let (mut references, mut with_keys) = (AttachedCitations::default(), None);
    let named = named_bibliography(&parsed.notebook);
    let key = named.as_ref().map(|named| named.key);
    let files = named.map_or_else(|| vec![DEFAULT_BIBLIOGRAPHY.to_owned()], |named| named.files);
    references.paths.extend(files.iter().map(|file| folder.join(file)));
    let mut found = Vec::new();
    for path in &references.paths {
        let problem = if path.is_file() {
            read_file(path).map(|bytes| found.push((path.as_path(), bytes))).err()
        } else {
            key.map(|_| format!("the bibliography {} does not exist", path.display()))
        };
        let key = key.unwrap_or("references");
        let diagnostic = |message| key_diagnostic(DiagnosticCode::MissingFile, source, key, message);
        parsed.diagnostics.extend(problem.map(diagnostic));
    }
    if !found.is_empty() {
        (references.bibliography, with_keys) = attach_bibliography(&found, source, parsed);
    } else if key.is_none() {
        link_citations(parsed, None, source);
    }
    if let Some(csl) = &parsed.notebook.csl {
        let path = folder.join(csl);
        references.paths.push(path.clone());
        let style = read_file(&path).and_then(|bytes| {
            style::parse_style(&String::from_utf8_lossy(&bytes))
                .map_err(|error| format!("{}: {error}", path.display()))
        });
        match style {
            Ok(style) => references.style = Some(style),
            Err(error) => {
                parsed.diagnostics.push(key_diagnostic(DiagnosticCode::StyleInvalid, source, "csl", error));
            }
        }
    }
    parsed.diagnostics.sort_by_key(|d| (d.range.start, d.range.end, d.code));
    (references, with_keys)
}

/// Attaches the citations of files, each with its bytes, and returns them with their diagnostics.
fn attach_bibliography(
    files: &[(&Path, Vec<u8>)],
    source: &str,
    parsed: &mut Parsed,
) -> (Vec<BibliographyFile>, Option<Notebook>) {
    let read_file = |(path, bytes): &(&Path, Vec<u8>)| {
        let (text, diagnostics) = decode(bytes);
        BibliographyFile { path: path.display().to_string(), text, diagnostics }
    };
    let mut read: Vec<BibliographyFile> = files.iter().map(read_file).collect();
    let texts: Vec<&str> = read.iter().map(|file| file.text.as_str()).collect();
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
        if let Some(file) = read.get_mut(file) {
            let place = |byte: usize| byte.saturating_sub(start).min(file.text.len());
            diagnostic.range = place(diagnostic.range.start)..place(diagnostic.range.end);
            file.diagnostics.push(diagnostic);
        }
    }
    for file in &mut read {
        file.diagnostics.sort_by_key(|d| (d.range.start, d.range.end, d.code));
    }
    let places: HashMap<_, _> = parsed.places.iter().map(|(id, range)| (id, range)).collect();
    let places = without_citation.iter().filter_map(|id| places.get(id));
    let message = match read.as_slice() {
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
    (read, with_keys)
}

/// Creates a diagnostic at a key of the front matter.
fn key_diagnostic(code: DiagnosticCode, source: &str, key: &str, message: String) -> Diagnostic {
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
