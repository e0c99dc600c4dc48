//! Markdown to a notebook and back. The only module that uses pulldown-cmark.
//!
//! Reading never fails. It has four steps:
//!
//! 1. `front_matter` takes the YAML at the top, `file_paper` the paper that it describes;
//! 2. `syntax_tree` turns the rest into blocks and spans, with the source range of each top-level block (`document_parts`),
//!    and `dialects` reads what other programs add to them;
//! 3. `sections` makes sections and entries of them: `section_kind` classifies headings, `leading_link`, `term_name` and
//!    `label` read items, `detail_label` knows the words before the authors or date of a paper, `detail_table` reads them in two columns, `glossary` reads terms in other forms, `log_heading` the days of a log, `paper_line` and `table_papers` recognize papers with the help of `link_kind`, `venue` and `reading_status`, and `label_columns` decides which labels mean the same;
//! 4. `lint` checks the whole: duplicates, and links that lead nowhere.
//!
//! The result is in `parsed`. `write` goes the other way.

mod anchors;
mod attributes;
mod citation_group;
mod detail_label;
mod detail_table;
mod dialects;
mod document_parts;
mod encoding;
mod escape;
mod field_list;
mod file_paper;
mod formulas;
mod front_matter;
mod glossary;
mod header;
mod html;
mod inline_text;
mod label;
mod label_columns;
mod leading_link;
mod likely_mistakes;
mod link_kind;
mod lint;
mod log_heading;
mod macros;
mod open_element;
mod paper_line;
mod parsed;
mod parser_options;
mod placeholders;
mod private_text;
mod reading_status;
mod reference_text;
mod section_kind;
mod sections;
mod studio_setting;
mod syntax_tree;
mod table_papers;
mod term_name;
mod theme;
mod venue;
mod write;
mod write_html;

use self::dialects::wiki_links::PageNames;
use self::front_matter::FrontMatter;
use self::parsed::Places;
use self::syntax_tree::SyntaxTree;
use crate::diagnostic::{Diagnostic, DiagnosticCode};
use crate::notebook::{Id, Notebook};

#[cfg(feature = "bibliography")]
pub(crate) use citation_group::split_group;
pub use encoding::decode;
pub use front_matter::{NamedBibliography, named_bibliography};
pub use macros::macros;
pub use parsed::{LocatedFormula, LocatedUrl, Parsed};
pub use studio_setting::has_studio;
pub use theme::{Color, Theme, ThemeName, theme};
pub use write::write;

/// Reads Markdown as a notebook. Never fails; O(length) but for pathological nesting, which
/// pulldown-cmark bounds.
pub fn read(source: &str) -> Parsed {
    let mut diagnostics = Vec::new();
    let start = if source.starts_with('\u{feff}') { '\u{feff}'.len_utf8() } else { 0 };
    let (mut front, body) = front_matter::read(source, start, &mut diagnostics);
    let mut tree = syntax_tree::read(source, body, &mut diagnostics);
    let labels = std::mem::take(&mut front.labels);
    let (mut notebook, places) = build(source, front, &mut tree, &mut diagnostics);
    label_columns::assign_columns(&mut notebook, &labels);
    if tree.addresses.iter().any(|address| address.url.as_str().starts_with('#')) {
        anchors::resolve(&mut notebook, &mut tree.addresses, &tree.anchors, &mut diagnostics);
    }
    lint::lint(source, &notebook, &places, &tree.addresses, &tree.footnotes, &mut diagnostics);
    diagnostics.sort_by_key(|d| (d.range.start, d.range.end, d.code));
    let places = lint::ids_with_places(&notebook).into_iter().map(Id::from).zip(places).collect();
    Parsed { notebook, diagnostics, addresses: tree.addresses, formulas: tree.formulas, places }
}

/// Reads the marks of dialects in a tree, and makes sections of it.
///
/// The targets of wiki links are known only after every entry has its id, so a notebook with such links to its own entries is
/// built twice.
fn build(
    source: &str,
    front: FrontMatter,
    tree: &mut SyntaxTree,
    diagnostics: &mut Vec<Diagnostic>,
) -> (Notebook, Places) {
    let mut top_level = std::mem::take(&mut tree.top_level);
    let mut ids = std::mem::take(&mut tree.ids);
    let unread = dialects::need_names(&top_level).then(|| (top_level.clone(), ids.clone(), front.clone()));
    let known = diagnostics.len();
    let mut read = dialects::read(&mut top_level, &mut ids, &PageNames::default());
    let (mut notebook, mut places) = sections::build_sections(source, front, top_level, ids, diagnostics);
    if let Some((mut top_level, mut ids, front)) = unread {
        let anchors: Vec<_> = tree.anchors.iter().chain(&read.anchors).cloned().collect();
        let names = PageNames::of(&mut notebook, &anchors);
        if read.unknown.iter().any(|name| names.find(name).is_some()) {
            diagnostics.truncate(known);
            read = dialects::read(&mut top_level, &mut ids, &names);
            (notebook, places) = sections::build_sections(source, front, top_level, ids, diagnostics);
        }
    }
    std::mem::take(&mut tree.unknown_marks).report(source, diagnostics);
    read.marks.report(source, diagnostics);
    tree.anchors.append(&mut read.anchors);
    tree.addresses.append(&mut read.addresses);
    tree.formulas.append(&mut read.formulas);
    (notebook, places)
}

/// Reads a file: decodes its bytes ([`decode`]), then parses the text, which is returned too because places
/// count in it. An empty file gets a diagnostic.
pub fn read_bytes(bytes: &[u8]) -> (String, Parsed) {
    let (text, mut diagnostics) = decode(bytes);
    let mut parsed = read(&text);
    if text.trim_start_matches('\u{feff}').trim().is_empty() && diagnostics.is_empty() {
        diagnostics.push(Diagnostic {
            code: DiagnosticCode::EmptyFile,
            range: 0..0,
            message: "this file is empty".into(),
            help: "write a heading such as `## Papers`, and a list of links below it".into(),
        });
    }
    diagnostics.append(&mut parsed.diagnostics);
    parsed.diagnostics = diagnostics;
    (text, parsed)
}
