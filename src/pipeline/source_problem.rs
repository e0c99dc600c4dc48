//! Problems of a notebook's sources, as a page shows them to its author.

use notebook_core::Diagnostic;
use notebook_core::diagnostic::Severity;
use serde::Serialize;

/// A source file with its diagnostics, in the order of their places.
#[derive(Debug)]
pub struct CheckedSource<'a> {
    /// The path of the file, as messages print it.
    pub path: &'a str,
    /// Its text.
    pub text: &'a str,
    /// Its diagnostics.
    pub diagnostics: &'a [Diagnostic],
}

/// A problem of the notebook.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct SourceProblem {
    /// `error`, `warning` or `note`.
    pub severity: &'static str,
    /// The path of the file, as messages print it.
    pub file: String,
    /// The line, counted from 1; `None` if a file cannot be read at all.
    pub line: Option<usize>,
    /// The problem.
    pub message: String,
    /// The remedy.
    pub help: String,
}

/// Returns the problems of a source, in the order of its diagnostics.
pub fn problems_of(source: &CheckedSource<'_>) -> Vec<SourceProblem> {
    let ends: Vec<usize> = source.text.match_indices('\n').map(|(at, _)| at).collect();
    let problem = |found: &Diagnostic| SourceProblem {
        severity: match found.code.severity() {
            Severity::Error => "error",
            Severity::Warning => "warning",
            Severity::Note => "note",
        },
        file: source.path.to_owned(),
        line: Some(ends.partition_point(|end| *end < found.range.start) + 1),
        message: found.message.clone(),
        help: found.help.clone(),
    };
    source.diagnostics.iter().map(problem).collect()
}
