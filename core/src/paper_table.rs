//! Papers in a table: one column for each label of their notes.

use crate::notebook::{Block, Id, Reference, Span, Url, column_name};
use crate::search::PlainText;
use crate::table::{TableFormat, TableWriter};

/// Papers with their notes in columns.
#[derive(Debug, PartialEq)]
pub struct PaperTable {
    columns: Vec<String>,
    papers: Vec<TablePaper>,
}

/// A paper in a table.
#[derive(Clone, Debug, PartialEq)]
pub struct TablePaper {
    /// Its anchor.
    pub id: Id,
    /// Its title.
    pub title: String,
    /// The year, if it is known.
    pub year: Option<u16>,
    /// The host of its address; empty if it has none.
    pub host: String,
    /// The address that its title links to.
    pub url: Option<Url>,
    /// Blocks of its notes, each with its column.
    notes: Vec<(String, Block)>,
}

impl TablePaper {
    /// Sorts the notes of a paper into columns: those of their labels, or `rest` for notes without one. A list or quotation
    /// belongs to the block before it. O(notes).
    pub fn new(paper: &Reference, rest: &str) -> Self {
        let mut column = None;
        let notes = paper.notes.iter().map(|block| {
            match block {
                Block::Field { label, column: named, .. } => {
                    column = Some(column_name(label, named.as_deref()));
                }
                Block::Para(text) if !matches!(text.as_slice(), [Span::Anchor(_)]) => column = None,
                Block::Heading { .. } | Block::Rule {} => column = None,
                _ => {}
            }
            (column.unwrap_or(rest).to_owned(), without_label(block))
        });
        let notes = notes.collect();
        let mut title = PlainText::default();
        title.spans(&paper.title);
        Self {
            id: paper.id.clone(),
            title: title.as_str().to_owned(),
            year: paper.source.year,
            host: paper.source.host.clone(),
            url: paper.title_url.as_ref().or(paper.url.as_ref()).cloned(),
            notes,
        }
    }

    /// Returns the blocks of a column.
    pub fn blocks(&self, column: &str) -> Vec<&Block> {
        self.notes.iter().filter(|(name, _)| name == column).map(|(_, block)| block).collect()
    }

    /// Returns the entries that the notes link to, each once: address and text of the link, as `#vae` and `VAEs`.
    pub fn mentions(&self) -> Vec<(&str, String)> {
        let mut found = Vec::new();
        for (_, block) in &self.notes {
            collect_mentions(std::slice::from_ref(block), &mut found);
        }
        found
    }
}

/// Returns a block as its column shows it: without a label that is the name of the column.
fn without_label(block: &Block) -> Block {
    match block {
        Block::Field { label, column, text } if column_name(label, column.as_deref()) == label => {
            Block::Para(text.clone())
        }
        other => other.clone(),
    }
}

fn collect_mentions<'a>(blocks: &'a [Block], found: &mut Vec<(&'a str, String)>) {
    for block in blocks {
        block.for_each_line(|line| collect_links(line, found));
        block.for_each_inner(|inner| collect_mentions(inner, found));
    }
}

fn collect_links<'a>(spans: &'a [Span], found: &mut Vec<(&'a str, String)>) {
    for span in spans {
        if let Span::Link { url, text, .. } = span
            && url.as_str().starts_with('#')
            && found.iter().all(|(known, _)| *known != url.as_str())
        {
            let mut name = PlainText::default();
            name.spans(text);
            found.push((url.as_str(), name.as_str().to_owned()));
        }
        collect_links(span.children(), found);
    }
}

impl PaperTable {
    /// Builds a table. Its columns are those of `columns` and `rest` that any paper has, in that order, without those in
    /// `hidden`.
    pub fn new(papers: Vec<TablePaper>, columns: &[String], rest: &str, hidden: &[String]) -> Self {
        let is_shown = |name: &&str| {
            let has = |paper: &TablePaper| paper.notes.iter().any(|(column, _)| column == *name);
            !hidden.iter().any(|column| column == *name) && papers.iter().any(has)
        };
        let columns = columns.iter().map(String::as_str).chain([rest]).filter(is_shown);
        let columns = columns.map(str::to_owned).collect();
        Self { columns, papers }
    }

    /// Names of its columns.
    pub fn columns(&self) -> &[String] {
        &self.columns
    }

    /// Its papers.
    pub fn papers(&self) -> &[TablePaper] {
        &self.papers
    }

    /// Returns true if the notes of more than one paper link to an address.
    pub fn is_shared(&self, href: &str) -> bool {
        let links = |paper: &&TablePaper| paper.mentions().iter().any(|(other, _)| *other == href);
        self.papers.iter().filter(links).count() > 1
    }

    /// Writes the table to be pasted elsewhere. Papers are its rows; its columns, if it is transposed. `corner` is the name
    /// of the column of papers.
    pub fn write(&self, format: TableFormat, is_transposed: bool, corner: &str) -> String {
        let (papers, columns) = (self.papers.len() + 1, self.columns.len() + 1);
        let (width, height) = if is_transposed { (papers, columns) } else { (columns, papers) };
        let mut writer = TableWriter::new(format, width);
        for row in 0..height {
            for cell in 0..width {
                let (paper, column) = if is_transposed { (cell, row) } else { (row, cell) };
                let paper = paper.checked_sub(1).and_then(|paper| self.papers.get(paper));
                let column = column.checked_sub(1).and_then(|column| self.columns.get(column));
                write_cell(paper, column.map(String::as_str), corner, &mut writer);
            }
        }
        writer.finish()
    }
}

/// Writes a cell. Without a paper it is the header of a column; without a column, of a paper.
fn write_cell(paper: Option<&TablePaper>, column: Option<&str>, corner: &str, to: &mut TableWriter) {
    let url = paper.filter(|_| column.is_none()).and_then(|paper| paper.url.as_ref());
    to.begin_cell(url.map_or("", Url::as_str));
    match (paper, column) {
        (None, column) => to.push_text(column.unwrap_or(corner)),
        (Some(paper), None) => to.push_text(&paper.title),
        (Some(paper), Some(column)) => {
            for block in paper.blocks(column) {
                write_block(block, to);
            }
        }
    }
}

fn write_blocks(blocks: &[Block], to: &mut TableWriter) {
    for block in blocks {
        write_block(block, to);
    }
}

fn write_block(block: &Block, to: &mut TableWriter) {
    to.break_line();
    match block {
        Block::Para(text) | Block::Heading { text, .. } => write_spans(text, to),
        Block::Field { label, text, .. } => {
            to.push_text(label);
            to.push_text(": ");
            write_spans(text, to);
        }
        Block::Quote { blocks, .. } | Block::Footnote { blocks, .. } | Block::Group { blocks, .. } => {
            write_blocks(blocks, to);
        }
        Block::Fold { summary, blocks, .. } => {
            write_spans(summary, to);
            write_blocks(blocks, to);
        }
        Block::List { items, .. } => items.iter().for_each(|item| write_blocks(&item.blocks, to)),
        Block::Code { text, .. } => to.push_text(text),
        Block::Table { rows, .. } => {
            for cell in rows.iter().flatten() {
                to.break_line();
                write_spans(cell, to);
            }
        }
        Block::Definitions { items } => {
            for item in items {
                to.break_line();
                write_spans(&item.name, to);
                write_blocks(&item.blocks, to);
            }
        }
        Block::Rule {} => {}
    }
    to.break_line();
}

fn write_spans(spans: &[Span], to: &mut TableWriter) {
    for span in spans {
        match span {
            Span::Text(text) | Span::Code(text) => to.push_text(text),
            Span::Math { tex, .. } => to.push_math(tex),
            Span::Image { title: Some(caption), .. } => to.push_text(caption),
            Span::Break {} => to.break_line(),
            other => write_spans(other.children(), to),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::markdown::read;
    use crate::notebook::Entry;

    const REST: &str = "Other notes";

    fn papers(notes: &str) -> Vec<TablePaper> {
        let notebook = read(notes).notebook;
        let papers = notebook.walk().filter_map(|(_, entry)| match entry {
            Entry::Paper(paper) => Some(TablePaper::new(paper, REST)),
            _ => None,
        });
        papers.collect()
    }

    fn table(hidden: &[&str]) -> PaperTable {
        let papers = papers(
            "## Papers\n\n- [A](https://example.org/A):\n\n  Problem: Slow.\n\n  Proposal: Faster.\n\n  Problem: Costly.\n\n  \
             - Twice.\n\n- [B](https://example.org/B):\n\n  Proposal: Smaller | $x_1$ `y`[^1].\n\n  Also.\n\n  [^1]: Not much.\n",
        );
        let owned = |texts: &[&str]| texts.iter().map(|text| (*text).to_owned()).collect::<Vec<_>>();
        PaperTable::new(papers, &owned(&["Background", "Proposal", "Problem"]), REST, &owned(hidden))
    }

    #[test]
    fn columns_are_those_in_use_in_the_given_order() {
        assert_eq!(table(&[]).columns(), ["Proposal", "Problem", REST]);
        assert_eq!(table(&["Proposal", REST]).columns(), ["Problem"]);
    }

    #[test]
    fn continuations_stay_in_the_column_of_their_label() {
        let table = table(&[]);
        let problem = table.papers()[0].blocks("Problem");
        assert!(matches!(problem[..], [Block::Para(_), Block::Para(_), Block::List { .. }]), "{problem:?}");
        assert_eq!(table.papers()[1].blocks("Problem"), [&Block::Rule {}; 0]);
        assert!(matches!(table.papers()[1].blocks(REST)[0], Block::Para(_)));
    }

    #[test]
    fn numbered_labels_share_a_column_and_keep_their_names() {
        let papers =
            papers("## Papers\n\n- [A](https://a.b/c):\n\n  Observation 1: One.\n\n  Observation 2: Two.\n");
        let blocks = papers[0].blocks("Observation");
        assert!(matches!(blocks[..], [Block::Field { .. }, Block::Field { .. }]), "{blocks:?}");
    }

    #[test]
    fn writes_papers_as_rows() {
        let written = table(&[]).write(TableFormat::Markdown, false, "Paper");
        assert_eq!(
            written.lines().collect::<Vec<_>>(),
            [
                "| Paper | Proposal | Problem | Other notes |",
                "| --- | --- | --- | --- |",
                "| [A](<https://example.org/A>) | Faster. | Slow.<br>Costly.<br>Twice. |  |",
                "| [B](<https://example.org/B>) | Smaller \\| $x_1$ y. |  | Also.<br>Not much. |",
            ]
        );
    }

    #[test]
    fn writes_papers_as_columns_if_transposed() {
        let csv = table(&[REST]).write(TableFormat::Csv, true, "Paper");
        assert_eq!(
            csv,
            "\"Paper\",\"A\",\"B\"\r\n\"Proposal\",\"Faster.\",\"Smaller | $x_1$ y.\"\r\n\
             \"Problem\",\"Slow.\nCostly.\nTwice.\",\"\"\r\n"
        );
    }

    #[test]
    fn mentions_are_links_to_entries_each_once() {
        let papers = papers(
            "## Papers\n\n- [A](https://a.b/c):\n\n  See [VAEs](#vae), *[again](#vae)* and [here](https://a.b).\n\n  \
             - [GAN](#gan)\n\n- [B](https://a.b/d):\n\n  A [VAE](#vae).\n",
        );
        let name = |text: &str| text.to_owned();
        assert_eq!(papers[0].mentions(), [("#vae", name("VAEs")), ("#gan", name("GAN"))]);
        let table = PaperTable::new(papers, &[], REST, &[]);
        assert_eq!(["#vae", "#gan", "#none"].map(|href| table.is_shared(href)), [true, false, false]);
    }
}
