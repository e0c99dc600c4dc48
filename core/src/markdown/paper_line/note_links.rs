//! Collects the links in the details below a paper.

use super::detail_lines::detail_lines_of;
use super::links::{collect_details, collect_line};
use crate::markdown::detail_table::as_lines;
use crate::notebook::{Block, PaperLink, Span};

/// Links in the details below a paper: items and paragraphs that are an address or `Word: link`.
pub(super) fn collect_note_links(notes: &[Block], links: &mut Vec<PaperLink>) {
    for (number, block) in notes.iter().enumerate() {
        match block {
            // A quote right below the title has its details.
            Block::Quote { blocks, .. } if number == 0 => collect_note_links(blocks, links),
            Block::List { items, .. } => {
                for item in items {
                    if let Some(Block::Para(spans)) = item.blocks.first() {
                        collect_paragraph(spans, links);
                    }
                }
            }
            Block::Para(spans) => collect_paragraph(spans, links),
            Block::Table { .. } if number == 0 => collect_note_links(as_lines(block).as_slice(), links),
            Block::Field { label, text, .. } => collect_field(label, text, links),
            _ => {}
        }
    }
}

/// Links of a paragraph: of each of its lines, if it begins with lines of details.
fn collect_paragraph(spans: &[Span], links: &mut Vec<PaperLink>) {
    let details = detail_lines_of(spans);
    if details.is_empty() {
        return collect_details(spans, links);
    }
    for detail in &details {
        collect_line(detail, links);
    }
}

fn collect_field(label: &str, text: &[Span], links: &mut Vec<PaperLink>) {
    let mut spans = vec![Span::Text(format!("{label}: "))];
    spans.extend_from_slice(text);
    collect_paragraph(&spans, links);
}
