//! Three-way merge of a file that was changed in the studio and on the disk.

use diffy::{ConflictStyle, MergeOptions};
use serde::Serialize;

/// The beginning of a conflict in a merged text.
const CONFLICT_START: &str = "<<<<<<< ";

/// A text with the changes of both sides.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Merged {
    /// The text, in which conflicts have both versions between lines of markers, as Git writes them.
    pub text: String,
    /// The number of places where both sides changed the same lines.
    pub conflicts: usize,
}

/// Merges two texts that were made from `base`, by lines. O(length of the texts x number of differences).
pub fn merge(base: &str, mine: &str, theirs: &str) -> Merged {
    let options = || {
        let mut options = MergeOptions::new();
        options.set_conflict_style(ConflictStyle::Merge);
        options
    };
    match options().merge(base, mine, theirs) {
        Ok(text) => Merged { text, conflicts: 0 },
        Err(text) => {
            let conflicts = text.lines().filter(|line| line.starts_with(CONFLICT_START)).count();
            Merged { text, conflicts: conflicts.max(1) }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn changes_of_both_sides_are_kept() {
        let base = "# N\n\none\n\ntwo\n\nthree\n";
        let merged = merge(base, "# N\n\nOne\n\ntwo\n\nthree\n", "# N\n\none\n\ntwo\n\nThree\nfour\n");
        assert_eq!(merged, Merged { text: "# N\n\nOne\n\ntwo\n\nThree\nfour\n".to_owned(), conflicts: 0 });
    }

    #[test]
    fn a_conflict_has_both_versions() {
        let merged = merge("a\nb\nc\n", "a\nmine\nc\n", "a\ntheirs\nc\n");
        assert_eq!(merged.conflicts, 1);
        for word in ["mine", "theirs", "<<<<<<< ", ">>>>>>> "] {
            assert!(merged.text.contains(word), "{}", merged.text);
        }
        assert_eq!(merge("a\n", "b\n", "b\n"), Merged { text: "b\n".to_owned(), conflicts: 0 });
    }
}
