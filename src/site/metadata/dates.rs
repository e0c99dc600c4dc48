//! Dates of entries, from the git history of the file.

use std::collections::HashMap;
use std::ops::Range;
use std::path::Path;
use std::process::{Command, Stdio};

use jiff::Timestamp;
use notebook_core::markdown::Parsed;

/// Lines of the longest file that git is asked about; `git blame` takes minutes for a longer one.
const MAX_LINES: usize = 50_000;

/// Dates of last change by the anchor of the entry. Uncommitted lines, and lines older than a shallow history, have none.
#[derive(Debug, Default)]
pub(crate) struct Dates(HashMap<String, Timestamp>);

impl Dates {
    /// Reads the dates of a file's lines from git. Without git, or outside of a repository, there are none.
    pub(super) fn read(file: &Path, source: &str, parsed: &Parsed) -> Self {
        if source.lines().count() > MAX_LINES {
            eprintln!(
                "note: {} has more than {MAX_LINES} lines, so entries have no dates, and there are no feeds",
                file.display()
            );
            return Self::default();
        }
        let folder = file.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
        let Some(name) = file.file_name() else { return Self::default() };
        let git = |arguments: &[&str]| {
            let mut git = Command::new("git");
            git.args(arguments).current_dir(folder).stdin(Stdio::null()).stderr(Stdio::null());
            let output = git.output().ok().filter(|output| output.status.success())?;
            Some(String::from_utf8_lossy(&output.stdout).into_owned())
        };
        // `--root` dates lines of the first commit, which is right unless the history was cut off there.
        let is_complete =
            git(&["rev-parse", "--is-shallow-repository"]).is_some_and(|answer| answer.trim() == "false");
        let root: &[&str] = if is_complete { &["--root"] } else { &[] };
        let name = name.to_string_lossy();
        let blame = git(&[&["blame", "--line-porcelain"], root, &["--", &name]].concat()).unwrap_or_default();
        Self::from_lines(source, &parsed.places, &parse_blame(&blame))
    }

    fn from_lines<I: ToString>(
        source: &str,
        places: &[(I, Range<usize>)],
        lines: &[Option<Timestamp>],
    ) -> Self {
        let ends: Vec<usize> = source.match_indices('\n').map(|(at, _)| at).collect();
        let line = |at: usize| ends.partition_point(|end| *end < at);
        let newest = |range: &Range<usize>| {
            let text = source.get(range.clone()).unwrap_or_default();
            let end = range.start + text.trim_end().len();
            let lines = lines.get(line(range.start)..=line(end.saturating_sub(1).max(range.start)))?;
            lines.iter().flatten().max().copied()
        };
        Self(places.iter().filter_map(|(id, range)| Some((id.to_string(), newest(range)?))).collect())
    }

    /// Returns the date of the last change of an entry.
    pub(super) fn of_entry(&self, id: &str) -> Option<Timestamp> {
        self.0.get(id).copied()
    }

    /// Returns the date of the last change of the notebook.
    pub(super) fn newest(&self) -> Option<Timestamp> {
        self.0.values().max().copied()
    }

    pub(super) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

/// Parses the date of each line from the output of `git blame --line-porcelain`.
fn parse_blame(blame: &str) -> Vec<Option<Timestamp>> {
    const UNCOMMITTED: &str = "0000000000000000000000000000000000000000";
    let (mut lines, mut time, mut is_known) = (Vec::new(), None, true);
    for line in blame.split('\n') {
        if line.starts_with('\t') {
            lines.push(time.take().filter(|_| is_known));
            is_known = true;
        } else if line.starts_with(UNCOMMITTED) || line == "boundary" {
            is_known = false;
        } else if let Some(seconds) = line.strip_prefix("author-time ") {
            time = seconds.parse().ok().and_then(|seconds| Timestamp::from_second(seconds).ok());
        }
    }
    lines
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn date_of_entry_is_that_of_its_newest_line() {
        let blame = "aa 1 1 1\nauthor-time 100\n\t- one\nbb 2 2 1\nauthor-time 300\n\t  more\n\
            0000000000000000000000000000000000000000 3 3\nauthor-time 900\n\t- two\ncc 4 4\nboundary\nauthor-time 5\n\t- three\n";
        let source = "- one\n  more\n- two\n- three\n";
        let places = [("one", 0..13), ("two", 13..19), ("three", 19..27)];
        let dates = Dates::from_lines(source, &places, &parse_blame(blame));
        assert_eq!(dates.of_entry("one"), Timestamp::from_second(300).ok());
        assert_eq!((dates.of_entry("two"), dates.of_entry("three")), (None, None));
        assert_eq!(dates.newest(), Timestamp::from_second(300).ok());
    }
}
