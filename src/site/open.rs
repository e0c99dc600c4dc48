//! Opening a notebook: parse, attach files and references, typeset, link, and collect diagnostics.

use std::path::{Path, PathBuf};

use notebook_core::diagnostic::Severity;
use notebook_core::links::LinkedNotebook;
use notebook_core::markdown;
use notebook_core::notebook::Notebook;

use super::attached_files::AttachedFiles;
use super::citations::{self, AttachedCitations};
use super::parallel::join;
use super::{Failure, files, limits};
use crate::pipeline::source_problem::CheckedSource;
use crate::pipeline::typeset;

/// A notebook that was read from its file, with everything that was found out about it.
pub(crate) struct OpenedNotebook {
    path: String,
    pub(super) text: String,
    pub(crate) parsed: markdown::Parsed,
    /// The notebook with the citations in its text as they are written, if it has any: they are links in `parsed`.
    pub(super) with_keys: Option<Notebook>,
    /// The same notebook with links between its entries.
    pub(super) linked: LinkedNotebook,
    pub(super) attached_files: AttachedFiles,
    pub(super) citations: AttachedCitations,
}

impl OpenedNotebook {
    /// Opens the notebook in `file`. Diagnostics below `min_severity` are dropped.
    ///
    /// # Errors
    /// Fails if the file cannot be read or exceeds a limit. Faults in its text are diagnostics.
    pub(crate) fn open(file: &Path, min_severity: Severity) -> Result<Self, Failure> {
        Self::open_with(file, min_severity, |_| ()).map(|(opened, ())| opened)
    }

    /// Opens a notebook, and runs `work`, which needs no links, while its entries are linked.
    pub(super) fn open_with<T>(
        file: &Path,
        min_severity: Severity,
        work: impl FnOnce(&Notebook) -> T,
    ) -> Result<(Self, T), Failure> {
        let bytes = files::read_file(file)?;
        let (text, mut parsed) = markdown::read_bytes(&bytes);
        limits::check_notebook(file, &text, &parsed)?;
        let attached_files = AttachedFiles::find(file, &mut parsed);
        let (mut citations, with_keys) = citations::attach(file, &text, &mut parsed);
        typeset(&mut parsed);
        let notebook = &parsed.notebook;
        let (linked, done) =
            join(|| LinkedNotebook::with_diagnostics(notebook, min_severity), || work(notebook));
        parsed.diagnostics.extend(linked.cross_references.diagnostics(&text, &parsed.places));
        let bibliography = citations.bibliography.iter_mut().map(|file| &mut file.diagnostics);
        for diagnostics in [&mut parsed.diagnostics].into_iter().chain(bibliography) {
            diagnostics.retain(|found| found.code.severity() >= min_severity);
            diagnostics.sort_by_key(|found| (found.range.start, found.range.end, found.code));
        }
        let path = file.display().to_string();
        Ok((Self { path, text, parsed, with_keys, linked, attached_files, citations }, done))
    }

    /// Returns the notebook as its author wrote it: with the keys of citations.
    pub(crate) fn as_written(&self) -> &Notebook {
        self.with_keys.as_ref().unwrap_or(&self.parsed.notebook)
    }

    /// Returns the notebook's file, then its bibliography, with their diagnostics.
    pub(crate) fn sources(&self) -> impl Iterator<Item = CheckedSource<'_>> {
        let notebook =
            CheckedSource { path: &self.path, text: &self.text, diagnostics: &self.parsed.diagnostics };
        let bibliography = self.citations.bibliography.iter().map(|file| CheckedSource {
            path: &file.path,
            text: &file.text,
            diagnostics: &file.diagnostics,
        });
        std::iter::once(notebook).chain(bibliography)
    }

    /// Returns the paths of all other files that the page is made from, those that are missing included.
    pub(crate) fn attached_paths(&self) -> Vec<PathBuf> {
        let named = self.citations.paths.iter();
        named.chain(self.attached_files.paths()).cloned().collect()
    }

    /// Returns true if there is no error, and no warning if they are denied.
    pub(crate) fn passes(&self, deny_warnings: bool) -> bool {
        let denied = if deny_warnings { Severity::Warning } else { Severity::Error };
        self.sources().flat_map(|source| source.diagnostics).all(|found| found.code.severity() < denied)
    }
}
