//! The words of an entry, exactly as the page shows them.

use std::ops::Range;

use crate::notebook::{Block, BylinePart, Entry, Goal, Span};

use super::Field;

/// The text of one field, letter for letter what the page shows of it, and where its blocks end.
///
/// Ranges of a match count in it, so that a page can mark them in whatever nodes hold the text. It is taken from an
/// entry ([`field_text`]), or put together by whoever reads the page itself.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct PlainText {
    text: String,
    breaks: Vec<usize>,
    code: Vec<Range<usize>>,
}

/// The text of a field of an entry; empty where it has none.
pub fn field_text(entry: &Entry, field: Field) -> PlainText {
    let mut plain = PlainText::default();
    match field {
        Field::Title => plain.spans(entry.title()),
        Field::Byline => {
            plain.spans(entry.byline());
            if let Entry::Paper(paper) = entry {
                plain.credit(&paper.citation_byline());
            }
        }
        Field::Notes => {
            plain.blocks(entry.blocks());
            if let Entry::Goal(goal) = entry {
                plain.goals(&goal.goals);
            }
        }
    }
    plain
}

impl PlainText {
    /// The text.
    pub fn as_str(&self) -> &str {
        &self.text
    }

    /// Its blocks and lines, without those that are empty.
    pub fn lines(&self) -> Vec<&str> {
        let ends = self.breaks.iter().copied().chain([self.text.len()]);
        let mut begin = 0;
        let lines =
            ends.map(|end| self.text.get(std::mem::replace(&mut begin, end)..end).unwrap_or_default());
        lines.map(str::trim).filter(|line| !line.is_empty()).collect()
    }

    /// Bytes at which a block ends and the next begins.
    pub(super) fn breaks(&self) -> &[usize] {
        &self.breaks
    }

    /// Text of one line.
    pub(super) fn line(text: &str) -> Self {
        Self { text: text.to_owned(), ..Self::default() }
    }

    /// Returns true if a byte of the text is part of code or a formula.
    pub(super) fn is_code(&self, at: usize) -> bool {
        let after = self.code.partition_point(|range| range.end <= at);
        self.code.get(after).is_some_and(|range| range.start <= at)
    }

    /// Adds text.
    pub fn text(&mut self, text: &str) {
        self.text.push_str(text);
    }

    /// Adds code or mathematics.
    pub fn code(&mut self, text: &str) {
        let start = self.text.len();
        self.text.push_str(text);
        self.code.push(start..self.text.len());
    }

    pub(crate) fn spans(&mut self, spans: &[Span]) {
        for span in spans {
            match span {
                Span::Text(text) => self.text.push_str(text),
                Span::Code(text) | Span::Math { tex: text, .. } => self.code(text),
                Span::Image { title: Some(caption), .. } => self.text.push_str(caption),
                Span::Image { .. } | Span::Footnote(_) | Span::Anchor(_) => {}
                Span::Break {} => self.end_block(),
                other => self.spans(other.children()),
            }
        }
    }

    /// Adds blocks.
    pub fn blocks(&mut self, blocks: &[Block]) {
        for block in blocks {
            match block {
                Block::Para(text) | Block::Heading { text, .. } => self.spans(text),
                Block::Field { label, text, .. } => {
                    self.text.push_str(label);
                    self.text.push_str(": ");
                    self.spans(text);
                }
                Block::Quote { blocks, .. }
                | Block::Footnote { blocks, .. }
                | Block::Group { blocks, .. } => {
                    self.blocks(blocks);
                }
                Block::Fold { summary, blocks, .. } => {
                    self.spans(summary);
                    self.end_block();
                    self.blocks(blocks);
                }
                Block::List { items, .. } => items.iter().for_each(|item| self.blocks(&item.blocks)),
                Block::Code { text, .. } => self.code(text),
                Block::Table { rows, .. } => {
                    for cell in rows.iter().flatten() {
                        self.spans(cell);
                        self.end_block();
                    }
                }
                Block::Definitions { items } => {
                    for item in items {
                        self.spans(&item.name);
                        self.end_block();
                        self.blocks(&item.blocks);
                    }
                }
                Block::Rule {} => {}
            }
            self.end_block();
        }
    }

    /// On a line of its own, after what the author wrote.
    fn credit(&mut self, credit: &[BylinePart]) {
        if !credit.is_empty() && !self.text.is_empty() {
            self.end_block();
        }
        for piece in credit {
            self.text.push_str(piece.as_str());
        }
    }

    fn goals(&mut self, goals: &[Goal]) {
        for goal in goals {
            self.spans(&goal.text);
            self.end_block();
            self.blocks(&goal.notes);
            self.goals(&goal.goals);
        }
    }

    /// Ends a block or a line: words do not run on after it.
    pub fn end_block(&mut self) {
        if self.breaks.last() != Some(&self.text.len()) {
            self.breaks.push(self.text.len());
        }
    }
}
