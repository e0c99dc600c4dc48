//! A bibliography, as the reader of every format returns it.

use std::ops::Range;

use crate::diagnostic::{Diagnostic, line_number};
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
pub(super) fn entry_place(source: &str, file_starts: &[usize], entry: usize, other: usize) -> String {
    let (file, start) = file_at(file_starts, entry);
    if file != file_at(file_starts, other).0 {
        return "in another file".to_owned();
    }
    let text = source.get(start..).unwrap_or_default();
    format!("on line {}", line_number(text, entry.saturating_sub(start)))
}

/// The reason why a file could not be read at all.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BibliographyError {
    /// Line number, from 1.
    pub line: usize,
    /// A sentence without a final period.
    pub message: String,
}
