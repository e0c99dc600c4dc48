//! Diagnostics as text: for each one the place, the line with a caret, and what to do. Many of one kind are shown as one
//! example with their number.

use std::io::{IsTerminal, Write};

use annotate_snippets::{AnnotationKind, Level, Renderer, Snippet};
use clap::ValueEnum;
use notebook_core::Diagnostic;
use notebook_core::diagnostic::{DiagnosticCode, Severity};

use crate::pipeline::source_problem::CheckedSource;
use crate::pipeline::summary::count_of;

/// Diagnostics of one kind that are all shown; of more, only the first is. A few are read faster than a list of lines.
const MAX_SHOWN_OF_KIND: usize = 3;

/// Lines that are named for the diagnostics that are not shown.
const MAX_NAMED_LINES: usize = 10;

/// Bytes of the longest line that is shown; a longer one is cut around the place.
const MAX_LINE_BYTES: usize = 2_000;

/// The extent of a report.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum Detail {
    /// One example of a kind with many diagnostics.
    #[default]
    Grouped,
    /// Every diagnostic.
    All,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(super) enum Deny {
    Warnings,
}

/// Prints the diagnostics of a source to standard error, in color if it is a terminal.
pub(super) fn print(source: &CheckedSource<'_>, detail: Detail) {
    let is_colored = std::io::stderr().is_terminal() && std::env::var_os("NO_COLOR").is_none();
    let renderer = if is_colored { Renderer::styled() } else { Renderer::plain() };
    // If standard error is closed, nobody reads the report.
    let _ = std::io::stderr().lock().write_all(report(source, detail, &renderer).as_bytes());
}

/// Renders the diagnostics of a source, with a line of counts at the end; empty if there are none.
fn report(source: &CheckedSource<'_>, detail: Detail, renderer: &Renderer) -> String {
    let lines = LineIndex::new(source.text);
    let mut report = String::new();
    for group in groups(source.diagnostics, detail) {
        for diagnostic in group.shown {
            report.extend([&*render(source.path, &lines, diagnostic, renderer), "\n\n"]);
        }
        if !group.hidden.is_empty() {
            report.extend([&*summarize_hidden(&group.hidden, &lines), "\n\n"]);
        }
    }
    if !source.diagnostics.is_empty() {
        let number = |severity, name: &str| {
            let count = source.diagnostics.iter().filter(|found| found.code.severity() == severity).count();
            count_of(count, name)
        };
        let errors = number(Severity::Error, "error");
        let warnings = number(Severity::Warning, "warning");
        let has_notes = source.diagnostics.iter().any(|found| found.code.severity() == Severity::Note);
        let notes = if has_notes { format!(", {}", number(Severity::Note, "note")) } else { String::new() };
        report.extend([source.path, ": ", &errors, ", ", &warnings, &notes, "\n"]);
    }
    report
}

/// Diagnostics that are shown, and those of the same kind that are only counted.
struct DiagnosticGroup<'d> {
    shown: Vec<&'d Diagnostic>,
    hidden: Vec<&'d Diagnostic>,
}

/// Groups diagnostics by kind, in the order in which the kinds first occur.
fn groups(diagnostics: &[Diagnostic], detail: Detail) -> Vec<DiagnosticGroup<'_>> {
    if detail == Detail::All {
        return vec![DiagnosticGroup { shown: diagnostics.iter().collect(), hidden: Vec::new() }];
    }
    let mut groups: Vec<(DiagnosticCode, Vec<&Diagnostic>)> = Vec::new();
    for diagnostic in diagnostics {
        match groups.iter_mut().find(|(code, _)| *code == diagnostic.code) {
            Some((_, group)) => group.push(diagnostic),
            None => groups.push((diagnostic.code, vec![diagnostic])),
        }
    }
    let split = |(_, mut shown): (DiagnosticCode, Vec<_>)| {
        let hidden = if shown.len() > MAX_SHOWN_OF_KIND { shown.split_off(1) } else { Vec::new() };
        DiagnosticGroup { shown, hidden }
    };
    groups.into_iter().map(split).collect()
}

/// Names the number and the lines of the diagnostics that are not shown.
fn summarize_hidden(hidden: &[&Diagnostic], lines: &LineIndex<'_>) -> String {
    let Some(first) = hidden.first() else { return String::new() };
    let mut numbers: Vec<usize> = hidden.iter().map(|found| lines.line_of(found)).collect();
    numbers.dedup();
    let more = if numbers.len() > MAX_NAMED_LINES { ", ..." } else { "" };
    let named: Vec<String> = numbers.iter().take(MAX_NAMED_LINES).map(usize::to_string).collect();
    let noun = if numbers.len() == 1 { "line" } else { "lines" };
    format!(
        "   = {} more of {}, in {noun} {}{more} (--all lists them)",
        hidden.len(),
        first.code.as_str(),
        named.join(", ")
    )
}

/// Renders one diagnostic.
fn render(path: &str, lines: &LineIndex<'_>, diagnostic: &Diagnostic, renderer: &Renderer) -> String {
    let level = match diagnostic.code.severity() {
        Severity::Error => Level::ERROR,
        Severity::Warning => Level::WARNING,
        Severity::Note => Level::NOTE,
    };
    let (line, text, range) = lines.excerpt(diagnostic);
    let snippet =
        Snippet::source(text).line_start(line).path(path).annotation(AnnotationKind::Primary.span(range));
    let report = level
        .primary_title(&diagnostic.message)
        .id(diagnostic.code.as_str())
        .element(snippet)
        .element(Level::HELP.message(&diagnostic.help));
    renderer.render(&[report])
}

/// A source with the positions of its line ends.
struct LineIndex<'s> {
    source: &'s str,
    ends: Vec<usize>,
}

impl<'s> LineIndex<'s> {
    fn new(source: &'s str) -> Self {
        Self { source, ends: source.match_indices('\n').map(|(at, _)| at).collect() }
    }

    /// Returns the number of the line on which a diagnostic begins, from 1.
    fn line_of(&self, diagnostic: &Diagnostic) -> usize {
        self.ends.partition_point(|end| *end < diagnostic.range.start) + 1
    }

    /// Returns the first line of a diagnostic with its number, and the bytes of the diagnostic in it. A very long line is cut
    /// around the place.
    fn excerpt(&self, diagnostic: &Diagnostic) -> (usize, &'s str, std::ops::Range<usize>) {
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
        let (begin, end) = if end - begin > MAX_LINE_BYTES {
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

    fn report_of(text: &str, detail: Detail) -> String {
        let diagnostics = notebook_core::markdown::read(text).diagnostics;
        let source = CheckedSource { path: "notebook.md", text, diagnostics: &diagnostics };
        report(&source, detail, &Renderer::plain())
    }

    #[test]
    fn says_where_what_and_what_to_do() {
        let report = report_of("## A\n\n[x](#nowhere)\n", Detail::Grouped);
        for part in ["warning[dead-anchor]", "notebook.md:3:1", "^^^^", "help: ", "0 errors, 1 warning\n"] {
            assert!(report.contains(part), "{report}");
        }
    }

    #[test]
    fn calls_a_note_by_the_name_under_which_it_is_counted() {
        let report = report_of("{{embed value}}\n", Detail::Grouped);
        assert!(report.starts_with("note[foreign-mark]"), "{report}");
        assert!(report.ends_with("0 errors, 0 warnings, 1 note\n"), "{report}");
    }

    #[test]
    fn groups_many_of_a_kind_and_lists_few() {
        let text = "[x](#nowhere)\n\n".repeat(20) + "[y]()\n";
        let report = report_of(&text, Detail::Grouped);
        assert_eq!(report.matches("warning[dead-anchor]").count(), 1, "{report}");
        assert!(
            report.contains(
                "= 19 more of dead-anchor, in lines 3, 5, 7, 9, 11, 13, 15, 17, 19, 21, ... (--all"
            ),
            "{report}"
        );
        assert_eq!(report.matches("warning[link-without-url]").count(), 1, "{report}");
        assert!(report.ends_with("0 errors, 21 warnings\n"), "{report}");
        let all = report_of(&text, Detail::All);
        assert_eq!(all.matches("warning[dead-anchor]").count(), 20, "{all}");
        let few = report_of(&"[x](#nowhere)\n\n".repeat(3), Detail::Grouped);
        assert_eq!(few.matches("warning[dead-anchor]").count(), 3, "{few}");
    }

    #[test]
    fn cuts_a_long_line_around_the_place() {
        let text = format!("{}[x](#nowhere){}", "é".repeat(1_000_000), " y".repeat(1_000_000));
        let report = report_of(&text, Detail::Grouped);
        assert!(report.len() < 2_000 && report.contains("[x](#nowhere)"), "{} bytes", report.len());
    }
}
