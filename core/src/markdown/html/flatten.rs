//! Blocks as one line, where only a line may stand: in table cells, headings and summaries.

use crate::markdown::open_element::append;
use crate::notebook::{Block, Span};

/// Joins the text of blocks; each begins on a line of its own. The depth of blocks is bounded.
pub(super) fn flatten(blocks: Vec<Block>) -> Vec<Span> {
    let mut line = Vec::new();
    for block in blocks {
        push(block, &mut line);
    }
    line
}

fn push(block: Block, line: &mut Vec<Span>) {
    let spans = match block {
        Block::Para(spans) | Block::Heading { text: spans, .. } => spans,
        Block::Field { label, mut text, .. } => {
            text.insert(0, Span::Text(format!("{label}: ")));
            text
        }
        Block::Code { text, .. } => vec![Span::Code(text.replace('\n', " "))],
        Block::Rule {} => return,
        Block::Quote { blocks, .. } | Block::Footnote { blocks, .. } | Block::Group { blocks, .. } => {
            return blocks.into_iter().for_each(|block| push(block, line));
        }
        Block::Fold { summary, blocks, .. } => {
            push(Block::Para(summary), line);
            return blocks.into_iter().for_each(|block| push(block, line));
        }
        Block::List { items, .. } => {
            return items.into_iter().flat_map(|item| item.blocks).for_each(|block| push(block, line));
        }
        Block::Table { rows, .. } => {
            return rows.into_iter().flatten().for_each(|cell| push(Block::Para(cell), line));
        }
        Block::Definitions { items } => {
            for item in items {
                push(Block::Para(item.name), line);
                item.blocks.into_iter().for_each(|block| push(block, line));
            }
            return;
        }
    };
    if spans.is_empty() {
        return;
    }
    if !line.is_empty() {
        line.push(Span::Break {});
    }
    append(line, spans);
}
