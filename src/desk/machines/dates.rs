//! When entries were written, as the history of the file tells (git).

use std::collections::HashMap;
use std::ops::Range;
use std::path::Path;
use std::process::{Command, Stdio};

use jiff::Timestamp;
use notebook_core::markdown::Reading;

/// With more lines than this, asking git for each of them takes minutes.
const MOST_LINES: usize = 50_000;

/// Dates by the anchor of the entry. Lines that are not committed, or older than a history that is cut off, have none.
#[derive(Debug, Default)]
pub(crate) struct Dates(HashMap<String, Timestamp>);

impl Dates {
    /// Asks git about a file; without git, or outside of a repository, nothing is known.
    pub(super) fn read(file: &Path, source: &str, reading: &Reading) -> Self {
        if source.lines().count() > MOST_LINES {
            eprintln!("note: {} has too many lines to ask git when each was written", file.display());
            return Self::default();
        }
        let folder = file.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
        let Some(name) = file.file_name() else { return Self::default() };
        let git = |arguments: &[&str]| {
            let mut git = Command::new("git");
            git.args(arguments).current_dir(folder).stdin(Stdio::null()).stderr(Stdio::null());
            let told = git.output().ok().filter(|told| told.status.success())?;
            Some(String::from_utf8_lossy(&told.stdout).into_owned())
        };
        // The first commit of a whole history is a date as good as others; of one that is cut off it says nothing.
        let is_whole =
            git(&["rev-parse", "--is-shallow-repository"]).is_some_and(|told| told.trim() == "false");
        let root: &[&str] = if is_whole { &["--root"] } else { &[] };
        let name = name.to_string_lossy();
        let told = git(&[&["blame", "--line-porcelain"], root, &["--", &name]].concat()).unwrap_or_default();
        Self::of(source, &reading.places, &lines(&told))
    }

    fn of<I: ToString>(source: &str, places: &[(I, Range<usize>)], lines: &[Option<Timestamp>]) -> Self {
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

    /// When an entry was last written at.
    pub(super) fn of_entry(&self, id: &str) -> Option<Timestamp> {
        self.0.get(id).copied()
    }

    /// When anything was.
    pub(super) fn newest(&self) -> Option<Timestamp> {
        self.0.values().max().copied()
    }

    pub(super) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

/// When each line was written, from what `git blame --line-porcelain` prints.
fn lines(told: &str) -> Vec<Option<Timestamp>> {
    const UNCOMMITTED: &str = "0000000000000000000000000000000000000000";
    let (mut lines, mut time, mut known) = (Vec::new(), None, true);
    for line in told.split('\n') {
        if line.starts_with('\t') {
            lines.push(time.take().filter(|_| known));
            known = true;
        } else if line.starts_with(UNCOMMITTED) || line == "boundary" {
            known = false;
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
    fn an_entry_is_as_new_as_its_newest_line() {
        let told = "aa 1 1 1\nauthor-time 100\n\t- one\nbb 2 2 1\nauthor-time 300\n\t  more\n\
            0000000000000000000000000000000000000000 3 3\nauthor-time 900\n\t- two\ncc 4 4\nboundary\nauthor-time 5\n\t- three\n";
        let source = "- one\n  more\n- two\n- three\n";
        let places = [("one", 0..13), ("two", 13..19), ("three", 19..27)];
        let dates = Dates::of(source, &places, &lines(told));
        assert_eq!(dates.of_entry("one"), Timestamp::from_second(300).ok());
        assert_eq!((dates.of_entry("two"), dates.of_entry("three")), (None, None));
        assert_eq!(dates.newest(), Timestamp::from_second(300).ok());
    }
}
