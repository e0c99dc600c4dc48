//! `notebook check`: reports the diagnostics of a notebook, and fails if there is an error.

use std::path::Path;

use notebook_core::diagnostic::Severity;

use super::check_links;
use super::report::{self, Detail};
use crate::pipeline::summary::summarize;
use crate::site::Failure;
use crate::site::open::OpenedNotebook;

/// Prints the diagnostics of a notebook, and one line about what was understood. Returns true if it passes.
/// With `with_links`, the notebook's links are checked too.
pub(super) fn check(
    file: &Path,
    deny_warnings: bool,
    detail: Detail,
    with_links: bool,
) -> Result<bool, Failure> {
    let mut opened = OpenedNotebook::open(file, Severity::Note)?;
    let checked = if with_links { Some(check_links::check_links(&mut opened.parsed)?) } else { None };
    opened.sources().for_each(|source| report::print(&source, detail));
    if let Some(line) = checked {
        eprintln!("{line}");
    }
    eprintln!("{}", summarize(&opened.parsed));
    Ok(opened.passes(deny_warnings))
}
