//! Visitors of the text in which names are looked for: notes, definitions and prose, without headings, code and links.

use super::name_index::EntryNumber;
use crate::notebook::{Block, Notebook, Span};

/// Calls `visit` with every piece of unlinked text and the number of its entry, in the author's order.
pub(super) fn visit_texts(notebook: &Notebook, visit: &mut dyn FnMut(EntryNumber, &str)) {
    for (number, (_, entry)) in (0..).zip(notebook.walk()) {
        visit_paragraphs(entry.blocks(), &mut |spans| visit_spans(spans, &mut |text| visit(number, text)));
    }
}

/// Calls `visit` with the spans of every paragraph and table cell.
pub(super) fn visit_paragraphs(blocks: &[Block], visit: &mut dyn FnMut(&[Span])) {
    for block in blocks {
        if contains_paragraphs(block) {
            block.for_each_line(&mut *visit);
        }
        block.for_each_inner(|inner| visit_paragraphs(inner, visit));
    }
}

/// Returns true if the lines of a block are running text, and not headings or names of definitions.
pub(super) fn contains_paragraphs(block: &Block) -> bool {
    !matches!(block, Block::Heading { .. } | Block::Definitions { .. } | Block::Fold { .. })
}

fn visit_spans(spans: &[Span], visit: &mut dyn FnMut(&str)) {
    for span in spans {
        match span {
            Span::Text(text) => visit(text),
            Span::Link { .. } | Span::Kbd(_) | Span::Abbr { .. } => {}
            other => visit_spans(other.children(), visit),
        }
    }
}
