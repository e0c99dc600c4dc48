//! Findings as people read them: the place, the line, a caret, what to do.

use std::io::{IsTerminal, Write};

use annotate_snippets::{AnnotationKind, Level, Renderer, Snippet};
use notebook_core::Diagnostic;
use notebook_core::diagnostic::Severity;

/// Findings that are shown at the most.
const MOST: usize = 1_000;

/// Longest line that is shown around a finding, in bytes.
const LONGEST_LINE: usize = 2_000;

/// Prints every finding to standard error, in colour where someone looks on.
pub(super) fn print(path: &str, source: &str, diagnostics: &[Diagnostic]) {
    let colour = std::io::stderr().is_terminal() && std::env::var_os("NO_COLOR").is_none();
    let mut out = std::io::stderr().lock();
    let lines = Lines::of(source);
    for diagnostic in diagnostics.iter().take(MOST) {
        // Standard error is gone when nobody listens: then there is nobody to tell.
        let _ = writeln!(out, "{}\n", render(path, &lines, diagnostic, colour));
    }
    if let Some(more) = diagnostics.len().checked_sub(MOST).filter(|more| *more > 0) {
        let _ = writeln!(out, "{more} more findings are not shown: mend some of these, then look again\n");
    }
    if !diagnostics.is_empty() {
        let count = |severity| diagnostics.iter().filter(|d| d.code.severity() == severity).count();
        let [errors, warnings, hints] = [Severity::Error, Severity::Warning, Severity::Hint].map(count);
        let hints = if hints > 0 { format!(", {hints} hints") } else { String::new() };
        let _ = writeln!(out, "{path}: {errors} errors, {warnings} warnings{hints}");
    }
}

/// One finding.
fn render(path: &str, lines: &Lines, diagnostic: &Diagnostic, colour: bool) -> String {
    let level = match diagnostic.code.severity() {
        Severity::Error => Level::ERROR,
        Severity::Warning => Level::WARNING,
        Severity::Hint => Level::NOTE,
    };
    let (line, text, range) = lines.of_finding(diagnostic);
    let snippet =
        Snippet::source(text).line_start(line).path(path).annotation(AnnotationKind::Primary.span(range));
    let report = level
        .primary_title(&diagnostic.message)
        .id(diagnostic.code.as_str())
        .element(snippet)
        .element(Level::HELP.message(&diagnostic.help));
    let renderer = if colour { Renderer::styled() } else { Renderer::plain() };
    renderer.render(&[report])
}

/// A source, and where its lines end.
struct Lines<'s> {
    source: &'s str,
    ends: Vec<usize>,
}

impl<'s> Lines<'s> {
    fn of(source: &'s str) -> Self {
        Self { source, ends: source.match_indices('\n').map(|(at, _)| at).collect() }
    }

    /// The first line of a finding with its number, and the bytes of the finding in it. A line too long
    /// to read is cut around the place.
    fn of_finding(&self, diagnostic: &Diagnostic) -> (usize, &'s str, std::ops::Range<usize>) {
        let source = self.source;
        let start = diagnostic.range.start.min(source.len());
        let line = self.ends.partition_point(|end| *end < start);
        let begin = line.checked_sub(1).and_then(|before| self.ends.get(before)).map_or(0, |end| end + 1);
        let end = self.ends.get(line).copied().unwrap_or(source.len());
        let boundary = |mut at: usize| {
            while !source.is_char_boundary(at) {
                at -= 1;
            }
            at
        };
        let (begin, end) = if end - begin > LONGEST_LINE {
            (begin.max(boundary(start.saturating_sub(40))), end.min(boundary(start + 80)))
        } else {
            (begin, end)
        };
        let stop = diagnostic.range.end.clamp(start, end);
        (line + 1, &source[begin..end], start - begin..stop - begin)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_finding_says_where_what_and_what_to_do() {
        let source = "## A\n\n[x](#nowhere)\n";
        let reading = notebook_core::markdown::read(source);
        let said = render("notebook.md", &Lines::of(source), &reading.diagnostics[0], false);
        for part in ["warning[dead-anchor]", "notebook.md:3:1", "^^^^", "help: "] {
            assert!(said.contains(part), "{said}");
        }
    }

    #[test]
    fn a_line_of_megabytes_is_cut_around_the_place() {
        let source = format!("{}[x](#nowhere){}", "é".repeat(1_000_000), " y".repeat(1_000_000));
        let reading = notebook_core::markdown::read(&source);
        let said = render("notebook.md", &Lines::of(&source), &reading.diagnostics[0], false);
        assert!(said.len() < 2_000 && said.contains("[x](#nowhere)"), "{} bytes", said.len());
    }
}
