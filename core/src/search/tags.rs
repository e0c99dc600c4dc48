//! What papers are sorted by that stands in their notes: `#tags`, and the labels of paragraphs.

use super::Plain;
use crate::letters::{cut, lower_text};
use crate::notebook::{Block, Reference, column_of};

/// Tags in a text: `#` and a letter at the beginning of a word, outside code. In lower case, each once.
pub(super) fn tags(plain: &Plain) -> Vec<String> {
    let text = plain.as_str();
    let mut tags: Vec<String> = Vec::new();
    for (at, _) in text.match_indices('#') {
        let (before, after) = cut(text, at);
        let begins = before.chars().next_back().is_none_or(|c| c.is_whitespace() || c == '(');
        // A block ends without a letter between it and the next.
        let ends = plain.breaks().iter().find(|end| **end > at).map_or(text.len(), |end| *end);
        let name = cut(after, ends - at).0.strip_prefix('#').unwrap_or_default();
        let end = name.find(|c: char| !(c.is_alphanumeric() || matches!(c, '-' | '_' | '/')));
        let name =
            name.get(..end.unwrap_or(name.len())).unwrap_or_default().trim_end_matches(['-', '/', '_']);
        if begins && name.starts_with(char::is_alphabetic) && !plain.is_code(at) {
            let name = lower_text(name);
            if !tags.contains(&name) {
                tags.push(name);
            }
        }
    }
    tags
}

/// Labels of a paper's notes, those of one meaning by their common name. Each once.
pub(crate) fn labels(paper: &Reference) -> Vec<String> {
    let mut labels: Vec<String> = Vec::new();
    for block in &paper.notes {
        let Block::Field { label, column, .. } = block else { continue };
        let name = column_of(label, column.as_deref());
        if !labels.iter().any(|known| known == name) {
            labels.push(name.to_owned());
        }
    }
    labels
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::markdown::read;
    use crate::notebook::Entry;
    use crate::search::{Field, field_text};

    fn paper(notes: &str) -> Reference {
        let notebook = read(&format!("## Papers\n\n- [A](https://a.b)\n\n  {notes}\n")).notebook;
        match notebook.walk().next() {
            Some((_, Entry::Paper(paper))) => paper.clone(),
            other => panic!("{other:?}"),
        }
    }

    #[test]
    fn tags_are_words_that_begin_with_a_hash() {
        let tags_of = |notes| tags(&field_text(&Entry::Paper(paper(notes)), Field::Notes));
        assert_eq!(
            tags_of("See #Vision, (#to-read) `#code` a#b #1 ## #x/y- #vision"),
            ["vision", "to-read", "x/y"]
        );
        assert_eq!(tags_of("See #one\n\n  Two: #three"), ["one", "three"], "a tag ends with its block");
    }

    #[test]
    fn labels_lose_their_numbers() {
        let paper = paper("Observation 1: a\n\n  Observation 2: b\n\n  The Problem: c");
        assert_eq!(labels(&paper), ["Observation", "The Problem"]);
    }
}
