//! The words of a text as names are compared by: folded, without the ending of a plural, each with its place.

use std::borrow::Cow;
use std::ops::Range;

use crate::search::{fold_word, is_cjk, stem};

/// A word with its place in the text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Word {
    /// Folded, with the ending of its plural.
    folded: String,
    /// Bytes of the text.
    pub(super) range: Range<usize>,
    /// Whether only a hyphen is between it and the next.
    pub(super) is_glued: bool,
}

impl Word {
    /// What it is compared by.
    pub(super) fn key(&self) -> Cow<'_, str> {
        stem(&self.folded)
    }

    /// What it is compared by when the hyphen behind it does not count: `auto-encoder` as `autoencoder`.
    pub(super) fn key_with(&self, next: &Word) -> String {
        stem(&format!("{}{}", self.folded, next.folded)).into_owned()
    }
}

/// The words of a text. Languages without spaces have a word for each letter. O(length).
pub(super) fn words(text: &str) -> Vec<Word> {
    let mut words: Vec<Word> = Vec::new();
    let mut begin = None;
    let mut end_at = |begin: &mut Option<usize>, end: usize| {
        let Some(begin) = begin.take() else { return };
        let end = begin + without_version(text.get(begin..end).unwrap_or_default()).len();
        let range = begin..end;
        let folded = fold_word(text.get(range.clone()).unwrap_or_default());
        if let Some(last) = words.last_mut() {
            last.is_glued = text.get(last.range.end..range.start).is_some_and(is_hyphen);
        }
        words.push(Word { folded, range, is_glued: false });
    };
    for (at, c) in text.char_indices() {
        if is_cjk(c) {
            end_at(&mut begin, at);
            begin = Some(at);
            end_at(&mut begin, at + c.len_utf8());
        } else if c.is_alphanumeric() {
            begin.get_or_insert(at);
        } else {
            end_at(&mut begin, at);
        }
    }
    end_at(&mut begin, text.len());
    words
}

/// An id without its version, `2010.11929v2`, is the paper's name.
fn without_version(word: &str) -> &str {
    let is_number = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    let parts =
        word.split_once('v').filter(|(id, version)| id.len() > 3 && is_number(id) && is_number(version));
    parts.map_or(word, |(id, _)| id)
}

fn is_hyphen(between: &str) -> bool {
    matches!(between, "-" | "\u{2010}" | "\u{2011}")
}

/// Whether a name is to be written as it is: `VAE`, `ViT`, `EfficientFormer`, but not `Attention`.
pub(super) fn is_abbreviation(name: &str) -> bool {
    let letters = || name.chars().filter(|c| c.is_alphabetic());
    let is_one_word = !name.contains(char::is_whitespace);
    is_one_word && letters().filter(|c| c.is_uppercase()).count() >= 2
}

#[cfg(test)]
mod tests {
    use super::*;

    fn keys(text: &str) -> Vec<String> {
        words(text).iter().map(|word| word.key().into_owned()).collect()
    }

    #[test]
    fn words_are_folded_and_singular() {
        assert_eq!(keys("Sparse Codes, auto-encoders!"), ["sparse", "code", "auto", "encoder"]);
        assert_eq!(keys("変分 VAEs"), ["変", "分", "vae"]);
        assert_eq!(keys("2010.11929v2, 3v3"), ["2010", "11929", "3v3"]);
        assert!(keys(" - ").is_empty());
    }

    #[test]
    fn a_hyphen_glues() {
        let words = words("multi-head self attention");
        let glued: Vec<_> = words.iter().map(|word| word.is_glued).collect();
        assert_eq!(glued, [true, false, false, false]);
        assert_eq!(words[0].key_with(&words[1]), "multihead");
    }

    #[test]
    fn abbreviations_have_capitals() {
        assert!(["VAE", "ViT", "GPT-4", "EfficientFormer"].into_iter().all(is_abbreviation));
        assert!(!["Attention", "vae", "Spike and Slab", "I"].into_iter().any(is_abbreviation));
    }
}
