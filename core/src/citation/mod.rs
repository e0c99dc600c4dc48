//! References: BibTeX, CSL-JSON and RIS into and out of the one type, [`Citation`]. For the desk alone.
//!
//! 1. `bibtex`, `csl` and `ris` read and write a format each; what has no place in a citation is named, not lost
//!    in silence;
//! 2. `matching` finds the papers of a notebook that a bibliography speaks of;
//! 3. `known` puts together what is known of a paper, and what of it is missing;
//! 4. `lines` writes what people read: a plain reference, a line of CSV or Markdown.

mod bibtex;
mod bibtex_out;
mod csl;
mod fields;
mod known;
mod lines;
mod matching;
mod pieces;
mod ris;
mod tex;
mod values;

use std::ops::Range;

pub use bibtex::read as read_bibtex;
pub use bibtex_out::write as write_bibtex;
pub use csl::{read as read_csl, value as csl_value, write as write_csl};
pub use known::{known, missing};
pub use lines::{CSV_HEAD, csv, markdown, plain};
pub use matching::{attach, find};
pub use ris::{read as read_ris, write as write_ris};
pub use values::address;

use crate::Diagnostic;
use crate::notebook::Citation;

/// An entry of a bibliography.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Record {
    /// What it says of a paper.
    pub citation: Citation,
    /// What the paper is about, in its authors' words.
    pub summary: Option<String>,
    /// What it is filed under: groups and keywords.
    pub keywords: Vec<String>,
    /// Names of fields that have no place in a notebook.
    pub left_out: Vec<String>,
    /// Bytes of the file.
    pub range: Range<usize>,
}

/// What was read: the entries in their order, and what is wrong with the file.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Library {
    /// The entries that could be read.
    pub records: Vec<Record>,
    /// Findings in the order of their places.
    pub diagnostics: Vec<Diagnostic>,
}

/// Why a whole file could not be read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Refusal {
    /// The line it is about, from 1.
    pub line: usize,
    /// What is wrong and what to do, in a sentence.
    pub why: String,
}

#[cfg(test)]
mod tests;
