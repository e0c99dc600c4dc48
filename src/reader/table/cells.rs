//! What papers' notes say, sorted into columns by label. It is read from the entries as the page shows them: their
//! nodes are copied into cells, so that a cell says what the notes say, letter for letter.

use notebook_core::table::{Form, Writer};
use wasm_bindgen::JsCast;
use web_sys::{Element, Node};

use crate::reader::dom;
use crate::view::strings;

/// Papers with their notes in columns.
pub(super) struct Sorted {
    columns: Vec<String>,
    papers: Vec<Paper>,
}

/// A paper in a table.
pub(super) struct Paper {
    /// Its anchor.
    pub(super) id: String,
    /// What it is called.
    pub(super) title: String,
    /// When and where it appeared.
    pub(super) of: String,
    /// Where it can be read, as the author wrote it.
    address: String,
    /// Blocks of the notes with their column.
    noted: Vec<(String, Element)>,
}

impl Sorted {
    /// Reads papers. Columns are those that any of them has, in the order of `columns`, but those in `without`.
    pub(super) fn of(papers: &[&Element], columns: &[String], without: &[String]) -> Self {
        let papers: Vec<Paper> = papers.iter().map(|entry| Paper::of(entry)).collect();
        let rest = strings::REST.into();
        let names = columns.iter().chain([&rest]).filter(|name| {
            let has = |paper: &Paper| paper.noted.iter().any(|(column, _)| column == *name);
            !without.contains(name) && papers.iter().any(has)
        });
        Self { columns: names.cloned().collect(), papers }
    }

    pub(super) fn columns(&self) -> &[String] {
        &self.columns
    }

    pub(super) fn papers(&self) -> &[Paper] {
        &self.papers
    }

    /// The table as it is written elsewhere.
    pub(super) fn written(&self, form: Form, is_turned: bool) -> String {
        let (papers, columns) = (self.papers.len() + 1, self.columns.len() + 1);
        let (width, rows) = if is_turned { (papers, columns) } else { (columns, papers) };
        let mut writer = Writer::new(form, width);
        for row in 0..rows {
            for at in 0..width {
                let (paper, column) = if is_turned { (at, row) } else { (row, at) };
                self.write(paper.checked_sub(1), column.checked_sub(1), &mut writer);
            }
        }
        writer.finish()
    }

    /// Writes a cell; those of no paper and no column name them.
    fn write(&self, paper: Option<usize>, column: Option<usize>, to: &mut Writer) {
        let paper = paper.and_then(|paper| self.papers.get(paper));
        let column = column.and_then(|column| self.columns.get(column));
        to.cell(paper.filter(|_| column.is_none()).map_or("", |paper| &paper.address));
        match (paper, column) {
            (None, None) => to.text(strings::PAPER.text()),
            (None, Some(column)) => to.text(column),
            (Some(paper), None) => to.text(&paper.title),
            (Some(paper), Some(column)) => {
                for block in paper.under(column) {
                    to.line();
                    read(block, to);
                }
            }
        }
    }
}

impl Paper {
    fn of(entry: &Element) -> Self {
        let text = |selector: &str| {
            let found = entry.query_selector(selector).ok().flatten();
            found.and_then(|found| found.text_content()).unwrap_or_default()
        };
        let of: Vec<String> = [".year", ".host"].into_iter().map(text).filter(|of| !of.is_empty()).collect();
        let title = entry.query_selector("[data-field=title]").ok().flatten();
        let address = title.as_ref().and_then(|title| title.get_attribute("href")).unwrap_or_default();
        let title = title.as_ref().map(dom::said).unwrap_or_default();
        Self { id: entry.id(), title, of: of.join(" · "), address, noted: noted(entry) }
    }

    /// Blocks of a column.
    pub(super) fn under(&self, column: &str) -> Vec<&Element> {
        self.noted.iter().filter(|(known, _)| known == column).map(|(_, block)| block).collect()
    }

    /// What the notes name: address and name, each once.
    pub(super) fn named(&self) -> Vec<(String, String)> {
        let mut named: Vec<(String, String)> = Vec::new();
        for (_, block) in &self.noted {
            let Ok(links) = block.query_selector_all("a[href^='#']") else { continue };
            for at in 0..links.length() {
                let Some(link) = links.item(at).and_then(|link| link.dyn_into::<Element>().ok()) else {
                    continue;
                };
                let address = link.get_attribute("href").unwrap_or_default();
                // A mark of a footnote names nothing.
                let is_footnote = address.starts_with("#_");
                if !is_footnote && named.iter().all(|(known, _)| *known != address) {
                    named.push((address, dom::said(&link)));
                }
            }
        }
        named
    }
}

/// Blocks of an entry's notes with their columns. What stands under no label has a column of its own.
fn noted(entry: &Element) -> Vec<(String, Element)> {
    let Some(notes) = entry.query_selector("[data-field=notes]").ok().flatten() else { return Vec::new() };
    let blocks = notes.children();
    let mut column = None;
    let mut all = Vec::new();
    for block in (0..blocks.length()).filter_map(|at| blocks.item(at)) {
        if block.class_name() == "field" {
            let label =
                || Some(block.first_element_child()?.text_content()?.trim_end_matches(':').to_owned());
            column = block.get_attribute("data-column").or_else(label);
        } else if matches!(block.tag_name().as_str(), "P" | "FIGURE" | "HR" | "H4" | "H5" | "H6") {
            // A paragraph of its own is no more of what stands above it; lists, quotations and code are.
            column = None;
        }
        all.push((column.clone().unwrap_or_else(|| strings::REST.into()), block));
    }
    all
}

/// Elements that a text runs through; all others are lines of their own.
const INLINE: &str = "a, code, em, kbd, mark, s, span, strong, sub, sup, small";

/// Reads what a block says, without what the page adds.
fn read(element: &Element, to: &mut Writer) {
    if element.has_attribute("data-aside") {
        return;
    }
    if element.local_name() == "math" {
        let tex = element.query_selector("annotation").ok().flatten().and_then(|tex| tex.text_content());
        return to.math(&tex.unwrap_or_default());
    }
    let is_line = !element.matches(INLINE).unwrap_or_default();
    if is_line {
        to.line();
    }
    let mut child = element.first_child();
    while let Some(node) = child {
        child = node.next_sibling();
        if node.node_type() == Node::TEXT_NODE {
            to.text(&node.text_content().unwrap_or_default());
        } else if let Some(inner) = node.dyn_ref::<Element>() {
            read(inner, to);
        }
    }
    if is_line {
        to.line();
    }
}
