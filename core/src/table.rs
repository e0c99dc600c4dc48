//! Tables as text: Markdown, CSV, LaTeX.

use crate::{csv, latex};

/// Format of a table.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TableFormat {
    /// GitHub Flavored Markdown: <https://github.github.com/gfm/#tables-extension->.
    Markdown,
    /// CSV (RFC 4180). Cells that a spreadsheet would run as a formula begin with an apostrophe.
    Csv,
    /// A `tabular` with columns of equal width, which needs no package.
    Latex,
}

/// Writes a table cell by cell. The first row is the head. O(length).
#[derive(Debug)]
pub struct TableWriter {
    form: TableFormat,
    /// Number of columns.
    width: usize,
    /// Number of cells so far, including the current one.
    cells: usize,
    table: String,
    /// Byte offset of the text of the current cell.
    begin: usize,
    /// True if the next text starts a new line of the cell.
    breaks: bool,
    /// Address that the text of the current cell links to; empty for none.
    link: String,
}

impl TableWriter {
    /// Starts a table with `width` columns, at least one.
    pub fn new(form: TableFormat, width: usize) -> Self {
        let width = width.max(1);
        let mut table = String::new();
        if form == TableFormat::Latex {
            // In hundredths of the line. The remaining tenth is for the space between columns.
            let each = (90 / width).to_string();
            let zero = if each.len() < 2 { "0" } else { "" };
            table.push_str("\\begin{tabular}{");
            for _ in 0..width {
                table.extend(["p{0.", zero, &each, "\\linewidth}"]);
            }
            table.push_str("}\n\\hline\n");
        }
        Self { form, width, cells: 0, table, begin: 0, breaks: false, link: String::new() }
    }

    /// Starts the next cell. In Markdown its text links to `link`, unless that is empty.
    pub fn begin_cell(&mut self, link: &str) {
        if self.cells > 0 {
            self.end_cell();
        }
        let is_first = self.cells.is_multiple_of(self.width);
        self.cells += 1;
        self.table.push_str(match (self.form, is_first) {
            (TableFormat::Markdown, _) => "| ",
            (TableFormat::Csv, true) => "\"",
            (TableFormat::Csv, false) => ",\"",
            (TableFormat::Latex, true) => "",
            (TableFormat::Latex, false) => " & ",
        });
        link.clone_into(&mut self.link);
        if self.form == TableFormat::Markdown && !link.is_empty() {
            self.table.push('[');
        }
        self.begin = self.table.len();
        self.breaks = false;
    }

    /// Starts a new line in the cell if there is text before and after it.
    pub fn break_line(&mut self) {
        self.breaks = self.table.len() > self.begin;
    }

    /// Adds text to the cell.
    pub fn push_text(&mut self, text: &str) {
        if !text.trim().is_empty() {
            self.end_line();
        }
        for c in text.chars() {
            let c = if c == '\n' { ' ' } else { c };
            self.letter(c);
        }
    }

    /// Adds TeX to the cell.
    pub fn push_math(&mut self, tex: &str) {
        self.end_line();
        self.table.push('$');
        self.table.extend(tex.chars().map(|c| if c == '\n' { ' ' } else { c }));
        self.table.push('$');
    }

    /// Returns the table.
    pub fn finish(mut self) -> String {
        if self.cells > 0 {
            self.end_cell();
        }
        if self.form == TableFormat::Latex {
            self.table.push_str("\\hline\n\\end{tabular}\n");
        }
        self.table
    }

    fn end_line(&mut self) {
        if std::mem::take(&mut self.breaks) {
            self.table.push_str(match self.form {
                TableFormat::Markdown => "<br>",
                TableFormat::Csv => "\n",
                TableFormat::Latex => "\\newline ",
            });
        }
    }

    fn letter(&mut self, c: char) {
        let to = &mut self.table;
        if self.form == TableFormat::Csv {
            return csv::push_escaped(to, c, self.begin);
        }
        let escaped = match (self.form, c) {
            (TableFormat::Markdown, '\\' | '|' | '`' | '*' | '_' | '[' | ']' | '<' | '>' | '$')
            | (TableFormat::Latex, '{' | '}') => "\\",
            (TableFormat::Latex, c) if let Some(command) = latex::command_for(c) => {
                return to.push_str(command);
            }
            (TableFormat::Latex, '<') => return to.push_str("\\textless{}"),
            (TableFormat::Latex, '>') => return to.push_str("\\textgreater{}"),
            _ => "",
        };
        to.push_str(escaped);
        to.push(c);
    }

    fn end_cell(&mut self) {
        let ends_row = self.cells.is_multiple_of(self.width);
        if self.form == TableFormat::Markdown && !self.link.is_empty() {
            self.table.push_str("](<");
            self.table.extend(self.link.chars().filter(|c| !"|<>\n".contains(*c)));
            self.table.push_str(">)");
        }
        let is_head = self.cells == self.width;
        self.table.push_str(match (self.form, ends_row) {
            (TableFormat::Markdown, true) => " |\n",
            (TableFormat::Markdown, false) => " ",
            (TableFormat::Csv, true) => "\"\r\n",
            (TableFormat::Csv, false) => "\"",
            (TableFormat::Latex, true) if is_head => " \\\\\n\\hline\n",
            (TableFormat::Latex, true) => " \\\\\n",
            (TableFormat::Latex, false) => "",
        });
        if self.form == TableFormat::Markdown && is_head {
            for _ in 0..self.width {
                self.table.push_str("| --- ");
            }
            self.table.push_str("|\n");
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn written(form: TableFormat) -> String {
        let mut table = TableWriter::new(form, 3);
        for name in ["Paper", "Observations", "Rest"] {
            table.begin_cell("");
            table.push_text(name);
        }
        table.begin_cell("https://a.b/1");
        table.push_text("One [a]");
        table.begin_cell("");
        table.break_line();
        table.push_text("Observation 1: ");
        table.push_math("x_1");
        table.push_text(" & 5% of\n\"it\"");
        table.break_line();
        table.push_text(" ");
        table.break_line();
        table.push_text("a | b");
        table.begin_cell("");
        for text in ["Two", "=1+1", "~\\^{}"] {
            table.begin_cell("");
            table.push_text(text);
        }
        table.finish()
    }

    #[test]
    fn markdown_keeps_letters_letters() {
        assert_eq!(
            written(TableFormat::Markdown),
            "| Paper | Observations | Rest |\n| --- | --- | --- |\n\
             | [One \\[a\\]](<https://a.b/1>) | Observation 1: $x_1$ & 5% of \"it\" <br>a \\| b |  |\n\
             | Two | =1+1 | ~\\\\^{} |\n"
        );
    }

    #[test]
    fn csv_is_quoted_and_runs_nothing() {
        assert_eq!(
            written(TableFormat::Csv),
            "\"Paper\",\"Observations\",\"Rest\"\r\n\
             \"One [a]\",\"Observation 1: $x_1$ & 5% of \"\"it\"\" \na | b\",\"\"\r\n\
             \"Two\",\"'=1+1\",\"~\\^{}\"\r\n"
        );
    }

    #[test]
    fn latex_is_escaped_and_its_formulas_stay() {
        assert_eq!(
            written(TableFormat::Latex),
            "\\begin{tabular}{p{0.30\\linewidth}p{0.30\\linewidth}p{0.30\\linewidth}}\n\\hline\n\
             Paper & Observations & Rest \\\\\n\\hline\n\
             One [a] & Observation 1: $x_1$ \\& 5\\% of \"it\" \\newline a | b &  \\\\\n\
             Two & =1+1 & \\textasciitilde{}\\textbackslash{}\\textasciicircum{}\\{\\} \\\\\n\
             \\hline\n\\end{tabular}\n"
        );
    }

    #[test]
    fn nothing_is_a_table_too() {
        assert_eq!(TableWriter::new(TableFormat::Markdown, 0).finish(), "");
        assert_eq!(TableWriter::new(TableFormat::Csv, 2).finish(), "");
    }
}
