//! What papers are sorted by that stands in their notes: `#tags`, and the labels of paragraphs.

use super::Plain;
use crate::letters::{cut, lower_text};
use crate::notebook::{Block, Reference};

/// Tags in a text: `#` and a letter at the beginning of a word, outside code. In lower case, each once.
pub(super) fn tags(plain: &Plain) -> Vec<String> {
    let text = plain.as_str();
    let mut tags: Vec<String> = Vec::new();
    for (at, _) in text.match_indices('#') {
        let (before, after) = cut(text, at);
        let begins = before.chars().next_back().is_none_or(|c| c.is_whitespace() || c == '(');
        let name = after.strip_prefix('#').unwrap_or_default();
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

/// Labels of a paper's notes, numbers taken off: `Observation 2` is an `Observation`. Each once.
pub(crate) fn labels(paper: &Reference) -> Vec<String> {
    let mut labels: Vec<String> = Vec::new();
    for block in &paper.notes {
        let Block::Field { label, .. } = block else { continue };
        let bare = label.trim_end_matches(|c: char| c.is_numeric() || c.is_whitespace() || "#.".contains(c));
        let bare = if bare.is_empty() { label.trim() } else { bare };
        if !labels.iter().any(|known| known == bare) {
            labels.push(bare.to_owned());
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
        let paper = paper("See #Vision, (#to-read) `#code` a#b #1 ## #x/y- #vision");
        let text = field_text(&Entry::Paper(paper), Field::Notes);
        assert_eq!(tags(&text), ["vision", "to-read", "x/y"]);
    }

    #[test]
    fn labels_lose_their_numbers() {
        let paper = paper("Observation 1: a\n\n  Observation 2: b\n\n  The Problem: c");
        assert_eq!(labels(&paper), ["Observation", "The Problem"]);
    }
}
