//! Escaping of CSV cells (RFC 4180).

/// Appends a character to the cell that begins at byte `start` of `out`. Quotation marks are doubled. A cell that a
/// spreadsheet would run as a formula begins with an apostrophe, which makes it text.
pub(crate) fn push_escaped(out: &mut String, c: char, start: usize) {
    match c {
        '"' => out.push('"'),
        '=' | '+' | '-' | '@' | '\t' if out.len() == start => out.push('\''),
        _ => {}
    }
    out.push(c);
}
