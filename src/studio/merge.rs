//! Merge of a file that was changed in the studio and on the disk, and patches of what was changed in the studio.

use diffy::{ConflictStyle, DiffOptions, IncompleteHunkStyle, MergeOptions};
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
    let mut options = MergeOptions::new();
    options.set_conflict_style(ConflictStyle::Merge);
    // Otherwise the marks would be in the middle of lines at the end of a file without a final line break.
    options.set_incomplete_hunk_style(IncompleteHunkStyle::Git);
    match options.merge(base, mine, theirs) {
        Ok(text) => Merged { text, conflicts: 0 },
        Err(text) => {
            let conflicts = text.lines().filter(|line| line.starts_with(CONFLICT_START)).count();
            Merged { text, conflicts: conflicts.max(1) }
        }
    }
}

/// Returns the changes that make `text` of `base` as a unified diff, with the names that Git gives a file. Empty if there are none.
/// O(length of the texts x number of differences).
pub fn patch(base: &str, text: &str, name: &str) -> String {
    let mut options = DiffOptions::new();
    options.set_original_filename(format!("a/{name}")).set_modified_filename(format!("b/{name}"));
    let patch = options.create_patch(base, text);
    if patch.hunks().is_empty() { String::new() } else { patch.to_string() }
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
    fn a_patch_makes_one_text_of_the_other() {
        let (base, text) = ("# N\n\none\ntwo\n", "# N\n\none\n2\nthree");
        let written = patch(base, text, "notebook.md");
        assert!(written.starts_with("--- a/notebook.md\n+++ b/notebook.md\n@@ "), "{written}");
        let patch_again = diffy::Patch::from_str(&written).unwrap();
        assert_eq!(diffy::apply(base, &patch_again).unwrap(), text);
        assert_eq!(patch(base, base, "notebook.md"), "");
    }

    #[test]
    fn a_conflict_has_both_versions() {
        let merged = merge("a\nb\nc\n", "a\nmine\nc\n", "a\ntheirs\nc\n");
        assert_eq!(merged.conflicts, 1);
        for word in ["mine", "theirs", "<<<<<<< ", ">>>>>>> "] {
            assert!(merged.text.contains(word), "{}", merged.text);
        }
        let merged = merge("a\nb", "a\nmine", "a\ntheirs");
        assert!(merged.text.lines().any(|line| line == "mine"), "{}", merged.text);
        assert!(merged.text.lines().any(|line| line == "theirs"), "{}", merged.text);
        assert_eq!(merge("a\n", "b\n", "b\n"), Merged { text: "b\n".to_owned(), conflicts: 0 });
    }
}
