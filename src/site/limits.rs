//! Limits of size. A larger notebook could not be used in a browser, or not be built in the memory of a laptop: it is
//! rejected with the figure, the limit, and a way out.

use std::fmt::Write as _;
use std::path::Path;

use notebook_core::diagnostic::line_number;
use notebook_core::markdown::Parsed;
use notebook_core::notebook::Section;

use super::Failure;

/// Bytes of a notebook or bibliography. 100,000 papers with notes have a third of it.
const MAX_FILE_BYTES: usize = 256_000_000;
/// Papers, terms, goals, links and prose. They are held in memory while the site is built.
const MAX_ENTRIES: usize = 250_000;
/// Headings, all of which the page lists.
const MAX_HEADINGS: usize = 2_000;
/// Bytes of one entry: a table of 1,500 papers has 140,000. A browser lays it out in one step, and must stay responsive
/// meanwhile.
const MAX_ENTRY_BYTES: usize = 500_000;

/// Checks the size of a file before it is read.
///
/// # Errors
/// Fails if the file is too large.
pub(super) fn check_file(path: &Path) -> Result<(), Failure> {
    let bytes = std::fs::metadata(path).map_or(0, |metadata| metadata.len());
    match usize::try_from(bytes) {
        Ok(..=MAX_FILE_BYTES) => Ok(()),
        _ => Err(format!(
            "{} has {bytes} bytes; the limit is {MAX_FILE_BYTES}: split it into several files",
            path.display()
        )),
    }
}

/// Checks the size of a parsed notebook.
///
/// # Errors
/// Fails if a limit is exceeded; the message names all limits that are.
pub(super) fn check_notebook(path: &Path, source: &str, parsed: &Parsed) -> Result<(), Failure> {
    let mut failure = String::new();
    let mut reject = |reason: String| {
        let separator = if failure.is_empty() { "" } else { "; " };
        let _ = write!(failure, "{separator}{}: {reason}", path.display());
    };
    let headings = count_headings(&parsed.notebook.sections);
    if headings > MAX_HEADINGS {
        reject(format!(
            "the notebook has {headings} headings; the limit is {MAX_HEADINGS}: join some, or split the notebook"
        ));
    }
    let entries = parsed.notebook.walk().count();
    if entries > MAX_ENTRIES {
        reject(format!("the notebook has {entries} entries; the limit is {MAX_ENTRIES}: split the notebook"));
    }
    let too_long = parsed.places.iter().find(|(_, range)| range.len() > MAX_ENTRY_BYTES);
    if let Some((id, range)) = too_long {
        let line = line_number(source, range.start);
        let bytes = range.len();
        reject(format!(
            "the entry #{id} in line {line} has {bytes} bytes; the limit is {MAX_ENTRY_BYTES}: split it into several \
             entries, or put a blank line and a heading where another begins"
        ));
    }
    let intro_bytes = parsed.places.first().map_or(source.len(), |(_, range)| range.start);
    if intro_bytes > MAX_ENTRY_BYTES {
        reject(format!(
            "the text before the first heading has {intro_bytes} bytes; the limit is {MAX_ENTRY_BYTES}: divide it \
             with headings"
        ));
    }
    if failure.is_empty() { Ok(()) } else { Err(failure) }
}

fn count_headings(sections: &[Section]) -> usize {
    sections.iter().map(|section| 1 + count_headings(&section.sections)).sum()
}

#[cfg(test)]
mod tests {
    use notebook_core::markdown::read;

    use super::*;

    fn failure(source: &str) -> String {
        check_notebook(Path::new("n.md"), source, &read(source)).err().unwrap_or_default()
    }

    #[test]
    fn rejects_what_is_too_large_with_figure_and_limit() {
        assert_eq!(failure("## Papers\n\n- [A](https://a.b): note\n"), "");
        let long = format!("## Papers\n\n- [A](https://a.b):\n\n  {}\n", "word ".repeat(120_000));
        let message = failure(&long);
        assert!(
            message.contains("n.md: the entry #a in line 3 has 600") && message.contains("500000"),
            "{message}"
        );
        let message = failure(&"word ".repeat(120_000));
        assert!(message.contains("before the first heading has 600000 bytes"), "{message}");
        let message = failure(&"## H\n\nWords.\n\n".repeat(2_001));
        assert!(message.contains("2001 headings"), "{message}");
        let message = failure(&format!("## Terms\n\n{}", "- A: b\n".repeat(250_001)));
        assert!(message.contains("250001 entries"), "{message}");
    }
}
