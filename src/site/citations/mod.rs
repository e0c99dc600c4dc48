//! References: reads the bibliography beside a notebook, and writes formatted references for its readers.
//!
//! 1. [`attach`] reads the bibliography and the citation style, attaches citations to papers, and links those in the text;
//! 2. `style` formats references with CSL styles;
//! 3. `cache` stores formatted references for the next build;
//! 4. `data` writes every format of every paper to files that the client fetches.

mod cache;
mod data;
mod style;

use std::path::{Path, PathBuf};

use notebook_core::diagnostic::DiagnosticCode;
use notebook_core::markdown::Parsed;
use notebook_core::notebook::Notebook;

pub(super) use cache::CitationCache;
pub(super) use data::write;
pub(super) use style::{CslStyle, Styles};

use super::files::read_file;
use crate::pipeline::bibliography::{self, BibliographyFile, FoundFile, bibliography_names, key_diagnostic};

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
    let mut references = AttachedCitations::default();
    references.paths.extend(bibliography_names(&parsed.notebook).iter().map(|name| folder.join(name)));
    let find = |name: &str| {
        let path = folder.join(name);
        FoundFile { bytes: path.is_file().then(|| read_file(&path)), path: path.display().to_string() }
    };
    let with_keys;
    (references.bibliography, with_keys) = bibliography::attach(&find, source, parsed);
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
