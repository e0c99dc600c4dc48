//! `notebook export`: prints a notebook in another format.

use std::path::PathBuf;

use clap::ValueEnum;
use notebook_core::diagnostic::Severity;
use notebook_core::markdown;

use super::output::print;
use super::{documents, notebook_file, report};
use crate::site::open::OpenedNotebook;
use crate::site::{Failure, export};

/// The format of an export.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(super) enum OutputFormat {
    /// Markdown in a uniform layout
    Markdown,
    /// The notebook as JSON, for other programs
    Json,
    /// The JSON schema of that data; needs no file
    Schema,
    /// The text of each entry as one line of JSON, for other search engines
    Documents,
    /// The full-text index, as the client fetches it
    Index,
    /// The data that entries are filtered and counted by, as the client fetches it
    Outline,
}

/// Prints a notebook in `format` to standard output, and its diagnostics to standard error.
pub(super) fn export(format: OutputFormat, file: Option<PathBuf>) -> Result<(), Failure> {
    let notebook = |file| Ok::<_, Failure>(open(file)?.parsed.notebook);
    match format {
        OutputFormat::Schema => print(export::schema()?.as_bytes()),
        OutputFormat::Markdown => print(markdown::write(open(file)?.as_written()).as_bytes()),
        OutputFormat::Json => print(export::json(&notebook(file)?)?.as_bytes()),
        OutputFormat::Documents => print(documents::documents(&notebook(file)?)?.as_bytes()),
        OutputFormat::Index => print(&export::index(&notebook(file)?)),
        OutputFormat::Outline => print(&export::outline(&notebook(file)?)),
    }
}

/// Opens the notebook and prints its diagnostics.
fn open(file: Option<PathBuf>) -> Result<OpenedNotebook, Failure> {
    let opened = OpenedNotebook::open(&notebook_file::find(file)?, Severity::Warning)?;
    opened.sources().for_each(|source| report::print(&source, report::Detail::Grouped));
    Ok(opened)
}
