//! Facet values from notes: `#tags`, and the labels of paragraphs.

use super::PlainText;
use crate::notebook::{Block, Reference, column_name};
use crate::unicode::{lowercase, split_at_boundary};

/// Tags in a text: `#` and a letter at the beginning of a word, outside code. In lower case, each once.
pub(super) fn tags(plain: &PlainText) -> Vec<String> {
    let text = plain.as_str();
    let mut tags: Vec<String> = Vec::new();
    for (at, _) in text.match_indices('#') {
        let (before, after) = split_at_boundary(text, at);
        let begins = before.chars().next_back().is_none_or(|c| c.is_whitespace() || c == '(');
        // A block ends without a letter between it and the next.
        let ends = plain.breaks().iter().find(|end| **end > at).map_or(text.len(), |end| *end);
        let name = split_at_boundary(after, ends - at).0.strip_prefix('#').unwrap_or_default();
        let end = name.find(|c: char| !(c.is_alphanumeric() || matches!(c, '-' | '_' | '/')));
        let name =
            name.get(..end.unwrap_or(name.len())).unwrap_or_default().trim_end_matches(['-', '/', '_']);
        if begins && name.starts_with(char::is_alphabetic) && !plain.is_code(at) {
            let name = lowercase(name);
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
        let name = column_name(label, column.as_deref());
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
    fn reads_words_with_a_hash_as_tags() {
        let tags_of = |notes| tags(&field_text(&Entry::Paper(paper(notes)), Field::Notes));
        assert_eq!(
            tags_of("See #Vision, (#to-read) `#code` a#b #1 ## #x/y- #vision"),
            ["vision", "to-read", "x/y"]
        );
        assert_eq!(tags_of("See #one\n\n  Two: #three"), ["one", "three"], "a tag ends with its block");
    }

    #[test]
    fn strips_numbers_of_labels() {
        let paper = paper("Observation 1: a\n\n  Observation 2: b\n\n  The Problem: c");
        assert_eq!(labels(&paper), ["Observation", "The Problem"]);
    }
}
