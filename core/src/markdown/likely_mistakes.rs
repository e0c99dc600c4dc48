//! Text that Markdown probably reads differently from what the author meant: it is left as it is, and reported.

use std::ops::Range;

use crate::diagnostic::{Diagnostic, DiagnosticCode};
use crate::notebook::Span;

/// Longest formula with blanks inside its dollars that is looked for, in bytes.
const MAX_FORMULA_LENGTH: usize = 200;

/// Tells of a line above a rule (`---` without an empty line between), which makes it a heading. Few write headings so who
/// also write them with `#`, and never sentences.
pub(super) fn setext_heading(heading: &str, has_hashes: bool, range: &Range<usize>) -> Option<Diagnostic> {
    let lines = heading.trim_end();
    let (text, rule) = lines.rsplit_once('\n')?;
    let is_rule = rule.trim_matches([' ', '\t', '>']) == "---";
    let indent = text.len() - text.trim_start().len();
    let text = text.trim();
    let is_sentence = text.contains('\n') || text.ends_with(['.', '!', '。', '！', ':', '：', ')']);
    (is_rule && !text.starts_with('#') && (has_hashes || is_sentence)).then(|| Diagnostic {
        code: DiagnosticCode::RuleHeading,
        range: range.start + indent..range.start + indent + text.len(),
        message: "the line of `---` right below makes this text a heading".into(),
        help: "put an empty line above `---` for a rule, or begin the heading with `##`".into(),
    })
}

/// Formulas that are text: the place of the first of each kind, and their number.
#[derive(Debug, Default)]
pub(super) struct UnparsedFormulas {
    across_lines: Option<(Range<usize>, usize)>,
    spaced: Option<(Range<usize>, usize)>,
    in_cells: Option<(Range<usize>, usize)>,
}

impl UnparsedFormulas {
    /// Looks through the text of a paragraph or cell. O(length).
    pub(super) fn look(&mut self, text: &str, range: &Range<usize>) {
        if !text.contains('$') {
            return;
        }
        if text.matches("$$").count() % 2 == 1 && !text.contains("$$$") {
            self.across_lines.get_or_insert_with(|| (range.clone(), 0)).1 += 1;
        } else if has_spaced_formula(text) {
            self.spaced.get_or_insert_with(|| (range.clone(), 0)).1 += 1;
        }
    }

    /// Looks through the cells of a row for a formula that a bar has cut. O(length).
    pub(super) fn look_at_row(&mut self, cells: &[Vec<Span>], range: &Range<usize>) {
        let has_dollar = |span: &Span| matches!(span, Span::Text(text) if text.contains('$'));
        if cells.iter().flatten().any(has_dollar) && is_cut(cells) {
            self.in_cells.get_or_insert_with(|| (range.clone(), 0)).1 += 1;
        }
    }

    /// Reports each kind once.
    pub(super) fn report(self, found: &mut Vec<Diagnostic>) {
        let kinds = [
            (
                self.across_lines,
                "a formula between `$$` ends at an empty line: this text is shown as written",
                "remove the empty lines from the formula",
            ),
            (
                self.spaced,
                "dollar signs with spaces inside do not make a formula: the text between them is shown as written",
                "write `$x$` without a space after the first dollar sign or before the last",
            ),
            (
                self.in_cells,
                "a bar ends the cell of a table: the formula around it is shown as text",
                "write `\\vert` or `\\|` for a bar inside a formula",
            ),
        ];
        for (place, message, help) in kinds {
            let Some((range, count)) = place else { continue };
            let times = if count == 1 { String::new() } else { format!(" ({count} places)") };
            let message = format!("{message}{times}");
            found.push(Diagnostic { code: DiagnosticCode::FormulaAsText, range, message, help: help.into() });
        }
    }
}

/// Returns true for `$ L = y^2 $`: TeX between blanks. Prices have none.
fn has_spaced_formula(text: &str) -> bool {
    let mut rest = text;
    while let Some((_, behind)) = rest.split_once("$ ") {
        let inside = behind.split('$').next().unwrap_or_default();
        let is_closed =
            inside.len() < behind.len() && inside.ends_with(' ') && inside.len() < MAX_FORMULA_LENGTH;
        if is_closed && inside.contains(['\\', '^', '_', '=']) && !inside.contains('\n') {
            return true;
        }
        rest = behind;
    }
    false
}

/// Returns true if a dollar opens in one cell and closes in a later one, or after a bar that was left over.
fn is_cut(cells: &[Vec<Span>]) -> bool {
    let mut is_open = false;
    for cell in cells {
        let text: String = cell
            .iter()
            .filter_map(|span| match span {
                Span::Text(text) => Some(text.as_str()),
                _ => None,
            })
            .collect();
        let mut before = None;
        let mut letters = text.chars().peekable();
        let mut has_bar = false;
        while let Some(c) = letters.next() {
            if c == '$' && is_open && (before.is_none_or(|c: char| !c.is_whitespace()) || has_bar) {
                return true;
            }
            if c == '$' && letters.peek().is_none_or(|next| !next.is_ascii_digit()) {
                is_open = true;
            }
            has_bar |= c == '|' && is_open;
            before = Some(c);
        }
    }
    false
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reports_tex_between_dollars_but_no_prices() {
        for text in ["the loss $ L = y^2 $ of it", "$ \\alpha $", "from $5, $ x_1 $"] {
            assert!(has_spaced_formula(text), "{text}");
        }
        for text in ["$5 or $ 6 a day", "a $ b $ c", "PATH=$ HOME", "costs $7-$9", "$ a\n= b $"] {
            assert!(!has_spaced_formula(text), "{text}");
        }
    }

    #[test]
    fn reports_a_formula_that_a_bar_has_cut() {
        let row = |cells: &[&str]| {
            is_cut(&cells.iter().map(|cell| vec![Span::Text((*cell).into())]).collect::<Vec<_>>())
        };
        assert!(row(&["set", "$", "S", "$"]));
        assert!(row(&["$P(a", "b)$"]));
        assert!(row(&["set", "$ | S|$"]));
        assert!(!row(&["$5", "$7"]));
        assert!(!row(&["US$", "10"]));
        assert!(!row(&["a $", "5 $ b"]));
    }

    #[test]
    fn the_place_of_a_rule_heading_is_its_text() {
        let written = "\u{b}\u{3000}目的：已知。\n---\n";
        let found = setext_heading(written, true, &(0..written.len())).map(|found| found.range);
        assert_eq!(found.and_then(|range| written.get(range)), Some("目的：已知。"));
    }

    #[test]
    fn reports_a_rule_below_a_line() {
        let is_reported =
            |text: &str, has_hashes| setext_heading(text, has_hashes, &(0..text.len())).is_some();
        assert!(is_reported("Purpose: known.\n---", true));
        assert!(is_reported("Purpose: known.\n---\n", false));
        assert!(is_reported("A title\n---\n", true));
        for (text, has_hashes) in [
            ("A title\n---\n", false),
            ("A title\n-------\n", true),
            ("## A\n", true),
            ("A title\n===\n", true),
        ] {
            assert!(!is_reported(text, has_hashes), "{text}");
        }
    }
}
