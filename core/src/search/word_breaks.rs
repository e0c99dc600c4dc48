//! Other places where the words of a query may be split: `yolo v8` for `YOLOv8`, `tcpip` for `TCP/IP`.
//!
//! Found in the words of the index when a query is read, so that the index does not grow.

use super::inverted_index::InvertedIndex;
use super::query_parser::QueryWord;

/// Fewest letters of a word that is split. Chosen: shorter ones are abbreviations.
const MIN_LETTERS: usize = 4;
/// Fewest letters of its parts, if no digit begins there. Chosen: every language has words of one letter.
const MIN_PART_LETTERS: usize = 2;
/// Most letters of a word that is split or joined. Longer ones are no words.
const MAX_LETTERS: usize = 40;

/// Other forms of a word that the index knows.
#[derive(Debug, Default)]
pub(super) struct WordBreaks {
    /// The word and the next one, as one word.
    pub(super) with_next: Option<String>,
    /// The word as two.
    pub(super) split: Option<[String; 2]>,
    /// The word without its slash.
    pub(super) without_slash: Option<String>,
}

/// Returns the other forms of each word. If `is_open`, the last one may be unfinished. O(letters · log words of the index).
pub(super) fn word_breaks(index: &InvertedIndex, words: &[QueryWord], is_open: bool) -> Vec<WordBreaks> {
    let knows = |word: &str, is_last: bool| {
        index.document_frequency(word) > 0 || (is_open && is_last && index.has_prefix(word))
    };
    let of = |(at, word): (usize, &QueryWord)| {
        let is_last = at + 1 == words.len();
        let next =
            words.get(at + 1).filter(|next| is_plain(word) && is_plain(next) && next.scope == word.scope);
        let with_next = next.map(|next| format!("{}{}", word.text, next.text));
        WordBreaks {
            with_next: with_next.filter(|word| is_short(word) && knows(word, at + 2 == words.len())),
            split: if is_plain(word) { split(index, &word.text, knows(&word.text, is_last)) } else { None },
            without_slash: without_slash(word).filter(|word| knows(word, is_last)),
        }
    };
    words.iter().enumerate().map(of).collect()
}

/// Returns true for a word of letters and digits alone, which is not in quotes.
fn is_plain(word: &QueryWord) -> bool {
    !word.phrase && word.text.bytes().all(|byte| byte.is_ascii_alphanumeric())
}

fn is_short(word: &str) -> bool {
    word.len() <= MAX_LETTERS
}

/// Returns the two words of the index that a word consists of, the more frequent ones if there are several: for a word that is
/// not known, or that ends in a version, which many write apart (`yolov8`).
fn split(index: &InvertedIndex, word: &str, is_known: bool) -> Option<[String; 2]> {
    if word.len() < MIN_LETTERS || !is_short(word) {
        return None;
    }
    let parts = (1..word.len()).filter_map(|at| word.split_at_checked(at));
    let parts = parts.filter(|(first, second)| {
        let begins_number = second.starts_with(|c: char| c.is_ascii_digit());
        let ends_number = first.ends_with(|c: char| c.is_ascii_digit());
        let least = if begins_number { 1 } else { MIN_PART_LETTERS };
        let is_version = second
            .strip_prefix('v')
            .is_some_and(|digits| !digits.is_empty() && digits.bytes().all(|byte| byte.is_ascii_digit()));
        let is_number_cut = begins_number && ends_number;
        first.len() >= MIN_PART_LETTERS
            && second.len() >= least
            && !is_number_cut
            && (!is_known || is_version)
    });
    let frequency = |(first, second): &(&str, &str)| {
        index.document_frequency(first).min(index.document_frequency(second))
    };
    let best = parts.max_by_key(frequency).filter(|parts| frequency(parts) > 0);
    best.map(|(first, second)| [first.to_owned(), second.to_owned()])
}

/// Returns `tcpip` for `tcp/ip`; addresses have more slashes, or dots.
fn without_slash(word: &QueryWord) -> Option<String> {
    let (before, after) = word.text.split_once('/').filter(|_| !word.phrase)?;
    let is_letters = |part: &str| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_alphabetic());
    (is_letters(before) && is_letters(after)).then(|| format!("{before}{after}"))
}
