//! Rows of `<tr>` as rows of a table.

use crate::notebook::{Align, Span};

/// Most cells that are added so that every row has the same number: more are a picture of nothing.
const MAX_ADDED_CELLS: usize = 100_000;

/// A row before its cells have their columns.
pub(super) type Row = Vec<Vec<Span>>;

/// Makes all rows as long as the longest, with an empty head if the first row is none. `None` if there is no cell.
pub(super) fn table(mut rows: Vec<Row>, has_head: bool) -> Option<(Vec<Align>, Vec<Row>)> {
    rows.retain(|row| !row.is_empty());
    let columns = rows.iter().map(Vec::len).max()?;
    if !has_head {
        rows.insert(0, Vec::new());
    }
    let cells: usize = rows.iter().map(Vec::len).sum();
    if columns.saturating_mul(rows.len()) - cells <= MAX_ADDED_CELLS {
        for row in &mut rows {
            row.resize(columns, Vec::new());
        }
    } else if let Some(head) = rows.first_mut() {
        head.resize(columns, Vec::new());
    }
    Some((vec![Align::None; columns], rows))
}
