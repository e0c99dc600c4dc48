//! How large a notebook may be. Beyond that nobody could read it in a browser, or it could not be built in the memory
//! that people have: it is refused, with the figure and a way out.

use std::fmt::Write as _;
use std::path::Path;

use notebook_core::markdown::Reading;
use notebook_core::notebook::Section;

use super::Failure;

/// Bytes of the file: 100,000 papers with notes are a third of it.
const LONGEST: usize = 256_000_000;
/// Papers, terms, goals, links and texts: as many are built in the memory of a laptop.
const MOST_ENTRIES: usize = 250_000;
/// Headings: the page lists all of them.
const MOST_HEADINGS: usize = 2_000;
/// Bytes of one entry: about forty printed pages. A browser lays it out in one piece, and is not to stand still for that.
const LONGEST_ENTRY: usize = 100_000;

/// Refuses a file before it is read.
pub(super) fn file(path: &Path) -> Result<(), Failure> {
    let length = std::fs::metadata(path).map_or(0, |about| about.len());
    match usize::try_from(length) {
        Ok(..=LONGEST) => Ok(()),
        _ => Err(format!(
            "{} has {length} bytes, and a notebook or bibliography has at most {LONGEST}: split it into several",
            path.display()
        )),
    }
}

/// Refuses a notebook that has been read.
pub(super) fn notebook(path: &Path, source: &str, reading: &Reading) -> Result<(), Failure> {
    let mut refused = String::new();
    let mut refuse = |what: String| {
        let _ = write!(refused, "{}{}: {what}", if refused.is_empty() { "" } else { "; " }, path.display());
    };
    let headings = count(&reading.notebook.sections);
    if headings > MOST_HEADINGS {
        refuse(format!(
            "{headings} headings, and the page lists at most {MOST_HEADINGS}: join some, or split the notebook"
        ));
    }
    let entries = reading.notebook.walk().count();
    if entries > MOST_ENTRIES {
        refuse(format!(
            "{entries} entries, and a notebook has at most {MOST_ENTRIES}: split it into several"
        ));
    }
    let long = reading.places.iter().find(|(_, range)| range.len() > LONGEST_ENTRY);
    if let Some((id, range)) = long {
        let line = source.get(..range.start).unwrap_or_default().matches('\n').count() + 1;
        let length = range.len();
        refuse(format!(
            "the entry #{id} in line {line} has {length} bytes, and one is shown in one piece of at most \
             {LONGEST_ENTRY}: make several of it, or leave a blank line and a heading where another begins"
        ));
    }
    let begin = reading.places.first().map_or(source.len(), |(_, range)| range.start);
    if begin > LONGEST_ENTRY {
        refuse(format!(
            "{begin} bytes before the first heading, which are shown in one piece of at most {LONGEST_ENTRY}: put \
             headings into it"
        ));
    }
    if refused.is_empty() { Ok(()) } else { Err(refused) }
}

fn count(sections: &[Section]) -> usize {
    sections.iter().map(|section| 1 + count(&section.sections)).sum()
}

#[cfg(test)]
mod tests {
    use notebook_core::markdown::read;

    use super::*;

    fn refusal(source: &str) -> String {
        notebook(Path::new("n.md"), source, &read(source)).err().unwrap_or_default()
    }

    #[test]
    fn what_is_too_large_is_refused_with_a_figure() {
        assert_eq!(refusal("## Papers\n\n- [A](https://a.b): note\n"), "");
        let long = format!("## Papers\n\n- [A](https://a.b):\n\n  {}\n", "word ".repeat(60_000));
        let said = refusal(&long);
        assert!(said.contains("n.md: the entry #a in line 3 has 300") && said.contains("100000"), "{said}");
        let said = refusal(&"word ".repeat(60_000));
        assert!(said.contains("300000 bytes before the first heading"), "{said}");
        let said = refusal(&"## H\n\nWords.\n\n".repeat(2_001));
        assert!(said.contains("2001 headings"), "{said}");
        let said = refusal(&format!("## Terms\n\n{}", "- A: b\n".repeat(250_001)));
        assert!(said.contains("250001 entries"), "{said}");
    }
}
