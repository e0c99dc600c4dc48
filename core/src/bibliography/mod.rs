//! References: BibTeX, CSL-JSON and RIS to and from one type, [`Citation`](crate::notebook::Citation). The command and the studio include this module, the client does not.
//!
//! 1. `model` is what the reader of every format returns;
//! 2. `bibtex`, `csl_json` and `ris` read and write a format each, and list the fields that a citation does not
//!    support. They share `dates`, `field_values`, `names` and `identifiers`, and end with `normal_form`;
//! 3. `matching` assigns the entries of a bibliography to the papers of a notebook;
//! 4. `completeness` completes a citation from the notebook, and lists missing fields;
//! 5. `in_text` links the citations in running text, whose keys `citation_keys` reads;
//! 6. `text_formats` writes references as plain text, CSV and Markdown.

mod bibtex;
mod citation_keys;
mod completeness;
mod csl_json;
mod dates;
mod field_values;
mod identifiers;
mod in_text;
mod matching;
mod model;
mod names;
mod normal_form;
mod ris;
mod text_formats;

pub use bibtex::{bibtex_key, read as read_bibtex, write as write_bibtex};
pub use completeness::{full_citation, missing_fields};
pub use csl_json::{read as read_csl, to_csl_item, write as write_csl};
pub use identifiers::identifier_url;
pub use in_text::link_citations;
pub use matching::{attach_citations, find_paper};
pub use model::{Bibliography, BibliographyEntry, BibliographyError};
pub use ris::{read as read_ris, write as write_ris};
pub use text_formats::{CSV_HEADER, title_spans, write_csv_row, write_markdown, write_plain_text};

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

#[cfg(test)]
mod tests;
