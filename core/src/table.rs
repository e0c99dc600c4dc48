//! A table as text, to be pasted elsewhere: Markdown, CSV, LaTeX.

/// How a table is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Form {
    /// As GitHub reads it.
    Markdown,
    /// RFC 4180. What a spreadsheet would take for a formula begins with an apostrophe.
    Csv,
    /// Columns of equal width, nothing that a package is needed for.
    Latex,
}

/// Writes a table, cell after cell. Its first row is the head.
#[derive(Debug)]
pub struct Writer {
    form: Form,
    /// Cells in a row.
    width: usize,
    /// Cells that are begun.
    cells: usize,
    table: String,
    /// Where the text of the cell begins.
    begin: usize,
    /// Another line begins with the next text.
    breaks: bool,
    link: String,
}

impl Writer {
    /// Begins a table of so many columns; none is taken for one.
    pub fn new(form: Form, width: usize) -> Self {
        let width = width.max(1);
        let mut table = String::new();
        if form == Form::Latex {
            // In hundredths: some of the line is the room between columns.
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

    /// Begins the next cell; in Markdown its text leads to `link`, if that is not empty.
    pub fn cell(&mut self, link: &str) {
        if self.cells > 0 {
            self.end_cell();
        }
        let is_first = self.cells.is_multiple_of(self.width);
        self.cells += 1;
        self.table.push_str(match (self.form, is_first) {
            (Form::Markdown, _) => "| ",
            (Form::Csv, true) => "\"",
            (Form::Csv, false) => ",\"",
            (Form::Latex, true) => "",
            (Form::Latex, false) => " & ",
        });
        link.clone_into(&mut self.link);
        if self.form == Form::Markdown && !link.is_empty() {
            self.table.push('[');
        }
        self.begin = self.table.len();
        self.breaks = false;
    }

    /// Begins another line of the cell, if it holds anything and more comes.
    pub fn line(&mut self) {
        self.breaks = self.table.len() > self.begin;
    }

    /// Adds text to the cell.
    pub fn text(&mut self, text: &str) {
        if !text.trim().is_empty() {
            self.end_line();
        }
        for c in text.chars() {
            let c = if c == '\n' { ' ' } else { c };
            self.letter(c);
        }
    }

    /// Adds TeX to the cell.
    pub fn math(&mut self, tex: &str) {
        self.end_line();
        self.table.push('$');
        self.table.extend(tex.chars().map(|c| if c == '\n' { ' ' } else { c }));
        self.table.push('$');
    }

    /// The whole table.
    pub fn finish(mut self) -> String {
        if self.cells > 0 {
            self.end_cell();
        }
        if self.form == Form::Latex {
            self.table.push_str("\\hline\n\\end{tabular}\n");
        }
        self.table
    }

    fn end_line(&mut self) {
        if std::mem::take(&mut self.breaks) {
            self.table.push_str(match self.form {
                Form::Markdown => "<br>",
                Form::Csv => "\n",
                Form::Latex => "\\newline ",
            });
        }
    }

    fn letter(&mut self, c: char) {
        let to = &mut self.table;
        let escaped = match (self.form, c) {
            (Form::Markdown, '\\' | '|' | '`' | '*' | '_' | '[' | ']' | '<' | '>' | '$')
            | (Form::Latex, '&' | '%' | '$' | '#' | '_' | '{' | '}') => "\\",
            (Form::Csv, '"') => "\"",
            (Form::Csv, '=' | '+' | '-' | '@' | '\t') if to.len() == self.begin => "'",
            (Form::Latex, '\\') => return to.push_str("\\textbackslash{}"),
            (Form::Latex, '~') => return to.push_str("\\textasciitilde{}"),
            (Form::Latex, '^') => return to.push_str("\\textasciicircum{}"),
            (Form::Latex, '<') => return to.push_str("\\textless{}"),
            (Form::Latex, '>') => return to.push_str("\\textgreater{}"),
            _ => "",
        };
        to.push_str(escaped);
        to.push(c);
    }

    fn end_cell(&mut self) {
        let ends_row = self.cells.is_multiple_of(self.width);
        if self.form == Form::Markdown && !self.link.is_empty() {
            self.table.push_str("](<");
            self.table.extend(self.link.chars().filter(|c| !"|<>\n".contains(*c)));
            self.table.push_str(">)");
        }
        let is_head = self.cells == self.width;
        self.table.push_str(match (self.form, ends_row) {
            (Form::Markdown, true) => " |\n",
            (Form::Markdown, false) => " ",
            (Form::Csv, true) => "\"\r\n",
            (Form::Csv, false) => "\"",
            (Form::Latex, true) if is_head => " \\\\\n\\hline\n",
            (Form::Latex, true) => " \\\\\n",
            (Form::Latex, false) => "",
        });
        if self.form == Form::Markdown && is_head {
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

    fn written(form: Form) -> String {
        let mut table = Writer::new(form, 3);
        for name in ["Paper", "Observations", "Rest"] {
            table.cell("");
            table.text(name);
        }
        table.cell("https://a.b/1");
        table.text("One [a]");
        table.cell("");
        table.line();
        table.text("Observation 1: ");
        table.math("x_1");
        table.text(" & 5% of\n\"it\"");
        table.line();
        table.text(" ");
        table.line();
        table.text("a | b");
        table.cell("");
        for text in ["Two", "=1+1", "~\\^{}"] {
            table.cell("");
            table.text(text);
        }
        table.finish()
    }

    #[test]
    fn markdown_keeps_letters_letters() {
        assert_eq!(
            written(Form::Markdown),
            "| Paper | Observations | Rest |\n| --- | --- | --- |\n\
             | [One \\[a\\]](<https://a.b/1>) | Observation 1: $x_1$ & 5% of \"it\" <br>a \\| b |  |\n\
             | Two | =1+1 | ~\\\\^{} |\n"
        );
    }

    #[test]
    fn csv_is_quoted_and_runs_nothing() {
        assert_eq!(
            written(Form::Csv),
            "\"Paper\",\"Observations\",\"Rest\"\r\n\
             \"One [a]\",\"Observation 1: $x_1$ & 5% of \"\"it\"\" \na | b\",\"\"\r\n\
             \"Two\",\"'=1+1\",\"~\\^{}\"\r\n"
        );
    }

    #[test]
    fn latex_is_escaped_and_its_formulas_stay() {
        assert_eq!(
            written(Form::Latex),
            "\\begin{tabular}{p{0.30\\linewidth}p{0.30\\linewidth}p{0.30\\linewidth}}\n\\hline\n\
             Paper & Observations & Rest \\\\\n\\hline\n\
             One [a] & Observation 1: $x_1$ \\& 5\\% of \"it\" \\newline a | b &  \\\\\n\
             Two & =1+1 & \\textasciitilde{}\\textbackslash{}\\textasciicircum{}\\{\\} \\\\\n\
             \\hline\n\\end{tabular}\n"
        );
    }

    #[test]
    fn nothing_is_a_table_too() {
        assert_eq!(Writer::new(Form::Markdown, 0).finish(), "");
        assert_eq!(Writer::new(Form::Csv, 2).finish(), "");
    }
}
