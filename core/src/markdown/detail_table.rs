//! A table of two columns that describes one paper: a label and its value in each row, `| Authors | … |`.

use super::detail_label::is_detail_label;
use crate::notebook::{Block, ListItem, Span, plain};

/// Fewest rows that make a table one of details.
const MIN_ROWS: usize = 2;

/// Returns the rows as a list of lines `Label: value`, if most labels are those of details of a paper.
pub(super) fn as_list(rows: &[Vec<Vec<Span>>]) -> Option<Block> {
    let mut items = Vec::new();
    let mut known = 0;
    for (number, row) in rows.iter().enumerate() {
        let [label, value] = row.as_slice() else { return None };
        let name = plain(label);
        let name = name.trim_matches(|c: char| !c.is_alphanumeric() && !matches!(c, ')' | '）'));
        let is_known = is_detail_label(name);
        // The head of the table, `| Field | Value |`, is a row of details only if it has no head of its own.
        if number == 0 && !is_known {
            continue;
        }
        if name.is_empty() {
            return None;
        }
        known += usize::from(is_known);
        let mut line = vec![Span::Text(format!("{name}: "))];
        line.extend_from_slice(value);
        items.push(ListItem { checked: None, blocks: vec![Block::Para(line)] });
    }
    (known >= MIN_ROWS && known * 2 >= items.len()).then_some(Block::List { start: None, items })
}

/// Returns a block with its rows as lines, if it is a table of details.
pub(super) fn as_lines(block: &Block) -> Option<Block> {
    match block {
        Block::Table { rows, .. } => as_list(rows),
        _ => None,
    }
}
