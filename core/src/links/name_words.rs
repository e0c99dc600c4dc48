//! Words of names and texts in the form in which they are compared: case-folded and without plural endings.

use std::borrow::Cow;
use std::ops::Range;

use crate::search::{is_cjk, normalize_word, stem};

/// A word of a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct NameWord {
    /// The case-folded word, with its plural ending.
    folded: String,
    /// Byte range in the text.
    pub(super) range: Range<usize>,
    /// Only a hyphen separates the word from the next.
    pub(super) is_hyphenated: bool,
}

impl NameWord {
    /// Returns the form for comparison.
    pub(super) fn key(&self) -> Cow<'_, str> {
        stem(&self.folded)
    }

    /// Returns the form for comparison of this word and the next without the hyphen: `auto-encoder` as `autoencoder`.
    pub(super) fn compound_key(&self, next: &NameWord) -> String {
        stem(&format!("{}{}", self.folded, next.folded)).into_owned()
    }
}

/// Splits a text into words. In scripts without spaces, every character is a word. O(length).
pub(super) fn split_words(text: &str) -> Vec<NameWord> {
    let mut words: Vec<NameWord> = Vec::new();
    let mut start = None;
    let mut end_word = |start: &mut Option<usize>, end: usize| {
        let Some(start) = start.take() else { return };
        let end = start + strip_version(text.get(start..end).unwrap_or_default()).len();
        let range = start..end;
        let folded = normalize_word(text.get(range.clone()).unwrap_or_default());
        if let Some(last) = words.last_mut() {
            last.is_hyphenated = text.get(last.range.end..range.start).is_some_and(is_hyphen);
        }
        words.push(NameWord { folded, range, is_hyphenated: false });
    };
    for (offset, c) in text.char_indices() {
        if is_cjk(c) {
            end_word(&mut start, offset);
            start = Some(offset);
            end_word(&mut start, offset + c.len_utf8());
        } else if c.is_alphanumeric() {
            start.get_or_insert(offset);
        } else {
            end_word(&mut start, offset);
        }
    }
    end_word(&mut start, text.len());
    words
}

/// Returns the form for comparison of every word.
pub(super) fn word_keys(text: &str) -> Vec<String> {
    split_words(text).iter().map(|word| word.key().into_owned()).collect()
}

/// Strips the version of an arXiv id, `11929v2`: every version is the same paper.
fn strip_version(word: &str) -> &str {
    let is_number = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    let parts =
        word.split_once('v').filter(|(id, version)| id.len() > 3 && is_number(id) && is_number(version));
    parts.map_or(word, |(id, _)| id)
}

fn is_hyphen(separator: &str) -> bool {
    matches!(separator, "-" | "\u{2010}" | "\u{2011}")
}

/// Returns true for one word with at least two capitals: `VAE`, `ViT`, `EfficientFormer`, but not `Attention`.
pub(super) fn is_abbreviation(name: &str) -> bool {
    let capitals = name.chars().filter(|c| c.is_alphabetic() && c.is_uppercase()).count();
    !name.contains(char::is_whitespace) && capitals >= 2
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn folds_case_and_strips_plurals_and_versions() {
        assert_eq!(word_keys("Sparse Codes, auto-encoders!"), ["sparse", "code", "auto", "encoder"]);
        assert_eq!(word_keys("変分 VAEs"), ["変", "分", "vae"]);
        assert_eq!(word_keys("2010.11929v2, 3v3"), ["2010", "11929", "3v3"]);
        assert!(word_keys(" - ").is_empty());
    }

    #[test]
    fn joins_hyphenated_words() {
        let words = split_words("multi-head self attention");
        let hyphenated: Vec<_> = words.iter().map(|word| word.is_hyphenated).collect();
        assert_eq!(hyphenated, [true, false, false, false]);
        assert_eq!(words[0].compound_key(&words[1]), "multihead");
    }

    #[test]
    fn recognizes_abbreviations_by_capitals() {
        assert!(["VAE", "ViT", "GPT-4", "EfficientFormer"].into_iter().all(is_abbreviation));
        assert!(!["Attention", "vae", "Spike and Slab", "I"].into_iter().any(is_abbreviation));
    }
}
