//! Words of names and texts in the form in which they are compared: case-folded and without plural endings.

use std::borrow::Cow;
use std::ops::Range;

use crate::search::{is_cjk, push_normalized_word, stem};

/// A word of a text.
#[derive(Clone, Debug, PartialEq, Eq)]
struct NameWord {
    /// Byte range of the case-folded word, with its plural ending, in the folded words of the text.
    folded: Range<usize>,
    /// Byte range in the text.
    range: Range<usize>,
    /// Only a hyphen separates the word from the next.
    is_hyphenated: bool,
}

/// The words of a text.
#[derive(Debug, Default)]
pub(super) struct NameWords {
    /// The case-folded words, one after another: a string for each would take half the time of a search.
    folded: String,
    words: Vec<NameWord>,
}

impl NameWords {
    /// Splits a text into words. In scripts without spaces, every character is a word. O(length).
    pub(super) fn of(text: &str) -> Self {
        let mut words = Self::default();
        let mut start = None;
        let mut end_word = |start: &mut Option<usize>, end: usize| {
            if let Some(start) = start.take() {
                words.push(text, start..end);
            }
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

    fn push(&mut self, text: &str, range: Range<usize>) {
        let word = strip_version(text.get(range.clone()).unwrap_or_default());
        let range = range.start..range.start + word.len();
        if let Some(last) = self.words.last_mut() {
            last.is_hyphenated = text.get(last.range.end..range.start).is_some_and(is_hyphen);
        }
        let start = self.folded.len();
        push_normalized_word(word, &mut self.folded);
        self.words.push(NameWord { folded: start..self.folded.len(), range, is_hyphenated: false });
    }

    /// Returns the number of words.
    pub(super) fn len(&self) -> usize {
        self.words.len()
    }

    /// Returns the byte range of a word in the text.
    pub(super) fn range(&self, at: usize) -> Option<Range<usize>> {
        self.words.get(at).map(|word| word.range.clone())
    }

    /// Iterates over the forms of the words for comparison.
    pub(super) fn keys(&self) -> impl Iterator<Item = Cow<'_, str>> {
        self.words.iter().map(|word| stem(self.folded.get(word.folded.clone()).unwrap_or_default()))
    }

    /// Iterates over the forms for comparison of each word and the next without the hyphen between them, `auto-encoder` as
    /// `autoencoder`; `None` if there is no hyphen.
    pub(super) fn compound_keys(&self) -> impl Iterator<Item = Option<Cow<'_, str>>> {
        let pairs = self.words.iter().zip(self.words.iter().skip(1));
        pairs.map(|(word, next)| {
            // The folded words are adjacent.
            let compound = self.folded.get(word.folded.start..next.folded.end).unwrap_or_default();
            word.is_hyphenated.then(|| stem(compound))
        })
    }
}

/// Returns the form for comparison of every word.
pub(super) fn word_keys(text: &str) -> Vec<String> {
    NameWords::of(text).keys().map(Cow::into_owned).collect()
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
        let words = NameWords::of("multi-head self attention");
        let compounds: Vec<_> = words.compound_keys().collect();
        assert_eq!(compounds, [Some("multihead".into()), None, None]);
    }

    #[test]
    fn recognizes_abbreviations_by_capitals() {
        assert!(["VAE", "ViT", "GPT-4", "EfficientFormer"].into_iter().all(is_abbreviation));
        assert!(!["Attention", "vae", "Spike and Slab", "I"].into_iter().any(is_abbreviation));
    }
}
