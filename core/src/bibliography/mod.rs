//! References: BibTeX, CSL-JSON and RIS to and from one type, [`Citation`]. Only the native program includes this module.
//!
//! 1. `bibtex`, `csl_json` and `ris` read and write a format each, and list the fields that a citation does not
//!    support. They share `dates`, `field_values`, `names` and `identifiers`, and end with `normal_form`;
//! 2. `matching` assigns the entries of a bibliography to the papers of a notebook;
//! 3. `completeness` completes a citation from the notebook, and lists missing fields;
//! 4. `in_text` links the citations in running text, whose keys `citation_keys` reads;
//! 5. `text_formats` writes references as plain text, CSV and Markdown.

mod bibtex;
mod citation_keys;
mod completeness;
mod csl_json;
mod dates;
mod field_values;
mod identifiers;
mod in_text;
mod matching;
mod names;
mod normal_form;
mod ris;
mod text_formats;

use std::borrow::Cow;
use std::ops::Range;

use bibtex::first_line;
pub use bibtex::{bibtex_key, read as read_bibtex, write as write_bibtex};
pub use completeness::{full_citation, missing_fields};
pub use csl_json::{read as read_csl, to_csl_item, write as write_csl};
pub use identifiers::identifier_url;
pub use in_text::link_citations;
pub use matching::{attach_citations, find_paper};
pub use ris::{read as read_ris, write as write_ris};
pub use text_formats::{CSV_HEADER, title_spans, write_csv_row, write_markdown, write_plain_text};

use crate::diagnostic::{Diagnostic, DiagnosticCode, line_number};
use crate::notebook::Citation;

/// An entry of a bibliography.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct BibliographyEntry {
    /// Bibliographic data of the work.
    pub citation: Citation,
    /// The abstract of the work.
    pub abstract_text: Option<String>,
    /// Groups, then keywords.
    pub keywords: Vec<String>,
    /// Names of the fields with a value that a citation has no place for.
    pub unsupported_fields: Vec<String>,
    /// Byte range in the text that was read: of several files, in the joined text (see [`Bibliography::file_at`]).
    pub range: Range<usize>,
}

/// A bibliography, as far as it could be read.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Bibliography {
    /// Entries in the order of the file.
    pub entries: Vec<BibliographyEntry>,
    /// Proceedings, books and data containers that entries inherit from, in the order of the file: they are no papers of
    /// their own. Only BibTeX has them.
    pub containers: Vec<BibliographyEntry>,
    /// Problems in the order of the file.
    pub diagnostics: Vec<Diagnostic>,
    /// Byte offsets at which the second file and those after it begin, if it was read from several.
    pub file_starts: Vec<usize>,
}

impl Bibliography {
    /// Returns the number of the file, from 0, with a byte of the text, and the offset at which the file begins.
    pub fn file_at(&self, byte: usize) -> (usize, usize) {
        file_at(&self.file_starts, byte)
    }
}

/// Returns the number of the file with a byte, and the offset at which it begins.
fn file_at(file_starts: &[usize], byte: usize) -> (usize, usize) {
    let file = file_starts.partition_point(|start| *start <= byte);
    let start = file.checked_sub(1).and_then(|before| file_starts.get(before));
    (file, start.copied().unwrap_or_default())
}

/// Returns the place of an entry in a message about another one: its line, if both are in one file.
fn entry_place(source: &str, file_starts: &[usize], entry: usize, other: usize) -> String {
    let (file, start) = file_at(file_starts, entry);
    if file != file_at(file_starts, other).0 {
        return "in another file".to_owned();
    }
    let text = source.get(start..).unwrap_or_default();
    format!("on line {}", line_number(text, entry.saturating_sub(start)))
}

/// Returns text with the line ends of Unix for those of old Macs, a carriage return alone. Every byte stays at its place.
fn with_line_feeds(text: &str) -> Cow<'_, str> {
    if !text.contains('\r') {
        return Cow::Borrowed(text);
    }
    let mut chars = text.chars().peekable();
    let mut out = String::with_capacity(text.len());
    while let Some(c) = chars.next() {
        out.push(if c == '\r' && chars.peek() != Some(&'\n') { '\n' } else { c });
    }
    Cow::Owned(out)
}

/// Reads several BibTeX files as one, as BibTeX does: an abbreviation of one is known in those after it. Returns their text too, in
/// which the ranges are. O(bytes).
pub fn read_bibtex_files(texts: &[&str]) -> (String, Bibliography) {
    let mut joined = String::with_capacity(texts.iter().map(|text| text.len() + 1).sum());
    let mut file_starts = Vec::new();
    for (file, text) in texts.iter().enumerate() {
        if file > 0 {
            // An entry begins on a line of its own.
            joined.push('\n');
            file_starts.push(joined.len());
        }
        joined.push_str(text);
    }
    let bibliography = bibtex::read_joined(&joined, file_starts);
    (joined, bibliography)
}

/// The reason why a file could not be read at all.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BibliographyError {
    /// Line number, from 1.
    pub line: usize,
    /// A sentence without a final period.
    pub message: String,
}

/// Reports a date of which a citation keeps only year, month and day.
fn partial_date(range: Range<usize>) -> Diagnostic {
    Diagnostic {
        code: DiagnosticCode::PartialDate,
        range,
        message: "only a part of the date of this entry is kept".into(),
        help: "a citation has one year, month and day; write the end of the range, the season or `circa` in a note"
            .into(),
    }
}

#[cfg(test)]
mod tests;
