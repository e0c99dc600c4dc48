//! Markdown to a notebook and back. The only room that names pulldown-cmark.
//!
//! Reading never fails. It goes in four steps, a file each:
//!
//! 1. `front_matter` takes the YAML at the top;
//! 2. `tree` turns the rest into blocks and spans, with the place of each top-level piece;
//! 3. `assemble` makes sections and entries of them, by the rules in `guess`, and `columns` says which labels mean the same;
//! 4. `lint` looks at the whole: what is there twice, what leads nowhere.
//!
//! `write` goes the other way.

mod assemble;
mod attributes;
mod columns;
mod escape;
mod finish;
mod formulas;
mod frame;
mod front_matter;
mod guess;
mod html;
mod lint;
mod tree;
mod write;

use std::ops::Range;

use crate::diagnostic::{Code, Diagnostic};
use crate::notebook::{Id, Notebook, Url, UrlUse};

pub use write::write;

/// What was read: the notebook, what is wrong with its source, and where its pieces stand.
#[derive(Clone, Debug)]
pub struct Reading {
    /// The notebook: always there, whatever the source was.
    pub notebook: Notebook,
    /// Findings in the order of their places.
    pub diagnostics: Vec<Diagnostic>,
    /// Every address in the text, with its place.
    pub addresses: Vec<Address>,
    /// Every formula in the text, with its place.
    pub formulas: Vec<Written>,
    /// Where headings and entries stand in the source, parts of goals among them, in document order.
    pub places: Vec<(Id, Range<usize>)>,
}

/// An address as it stands in the source.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Address {
    /// Where it leads.
    pub url: Url,
    /// Link or picture.
    pub used_as: UrlUse,
    /// Bytes of the source.
    pub range: Range<usize>,
}

/// A formula as it stands in the source.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Written {
    /// Its TeX.
    pub tex: String,
    /// On a line of its own.
    pub display: bool,
    /// Bytes of the source, with what stands around the TeX.
    pub range: Range<usize>,
}

/// Where headings and entries stand in the source, parts of goals among them, in document order.
type Places = Vec<Range<usize>>;

/// Reads Markdown as a notebook. Never fails; O(length) but for pathological nesting, which
/// pulldown-cmark bounds.
pub fn read(source: &str) -> Reading {
    let mut diagnostics = Vec::new();
    let start = if source.starts_with('\u{feff}') { '\u{feff}'.len_utf8() } else { 0 };
    let (mut front, body) = front_matter::read(source, start, &mut diagnostics);
    let tree = tree::read(source, body, &mut diagnostics);
    let labels = std::mem::take(&mut front.labels);
    let (mut notebook, places) = assemble::assemble(source, front, tree.tops, &mut diagnostics);
    columns::settle(&mut notebook, &labels);
    lint::lint(source, &notebook, &places, &tree.addresses, &tree.footnotes, &mut diagnostics);
    diagnostics.sort_by_key(|d| (d.range.start, d.range.end, d.code));
    let places = lint::named(&notebook).into_iter().map(Id::from).zip(places).collect();
    Reading { notebook, diagnostics, addresses: tree.addresses, formulas: tree.formulas, places }
}

/// Reads bytes that should be UTF-8. Those that are not become U+FFFD, each run with a diagnostic;
/// the text is given back beside the reading, because places count in it.
pub fn read_bytes(bytes: &[u8]) -> (String, Reading) {
    let mut text = String::with_capacity(bytes.len());
    let mut broken = Vec::new();
    for chunk in bytes.utf8_chunks() {
        text.push_str(chunk.valid());
        if !chunk.invalid().is_empty() {
            let start = text.len();
            text.push('\u{fffd}');
            broken.push(Diagnostic {
                code: Code::InvalidUtf8,
                range: start..text.len(),
                message: "these bytes are not UTF-8 text".into(),
                help: "save the file as UTF-8".into(),
            });
        }
    }
    let mut reading = read(&text);
    // One sentence is enough for a file in another encoding: the first places tell the story.
    broken.truncate(20);
    broken.append(&mut reading.diagnostics);
    reading.diagnostics = broken;
    (text, reading)
}
