//! Highlighting: the ranges of a text that match a query, and an excerpt around them.

use std::ops::Range;

use super::characters::is_unspaced;
use super::inverted_index::{AcceptedWord, tokens};
use super::normalize::{NormalizedText, normalize};
use super::ordering::ordered;
use super::query_parser::{ParsedWords, QueryWord};
use super::{EntryKind, Field, PlainText};
use crate::convert::to_usize;

/// Matches that are highlighted in a field: each is a range that the browser paints. Chosen.
const MAX_HIGHLIGHTS: usize = 200;
/// Bytes of an excerpt, about: two lines on a wide screen, of which a third stands before the match. Chosen.
const EXCERPT_BYTES: usize = 160;

/// An occurrence of a word.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Match {
    /// The field.
    pub field: Field,
    /// Bytes of the field's [`PlainText`] text.
    pub range: Range<usize>,
}

/// A piece of a text, and whether it was asked for.
pub type Fragment = (String, bool);

/// Finds the words of a query, and accepted alternatives, in texts.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Highlighter {
    words: Vec<QueryWord>,
    /// As the index has them, for the words that it found.
    accepted: Vec<AcceptedWord>,
}

impl Highlighter {
    pub(super) fn new(typed: ParsedWords, accepted: Vec<AcceptedWord>) -> Self {
        Self { words: typed.required, accepted }
    }

    pub(super) fn is_empty(&self) -> bool {
        self.words.is_empty()
    }

    /// Returns every occurrence of the words in a text, overlapping ones joined.
    pub(super) fn occurrences(
        &self,
        field: Field,
        kind: EntryKind,
        text: &PlainText,
        normalized: &str,
    ) -> Vec<Range<usize>> {
        let mut found: Vec<Range<usize>> = Vec::new();
        for (at, word) in self.words.iter().enumerate().filter(|(_, word)| word.is_searched_in(field, kind)) {
            let accepted: Vec<_> = self.accepted.iter().filter(|accepted| accepted.term == at).collect();
            if accepted.is_empty() || word.phrase {
                found.extend(word.occurrences_in(normalized).take(MAX_HIGHLIGHTS));
            } else {
                found.extend(accepted_occurrences(&accepted, normalized).into_iter().take(MAX_HIGHLIGHTS));
            }
        }
        if found.is_empty() {
            return found;
        }
        let back: NormalizedText = normalize(text);
        let ranges: Vec<_> = found.iter().filter_map(|range| back.original(range)).collect();
        let start = |at: usize| ranges.get(at).map(|range| range.start);
        let mut joined: Vec<Range<usize>> = Vec::new();
        for at in ordered(ranges.len(), &|one, other| start(one).cmp(&start(other))) {
            let Some(range) = ranges.get(to_usize(at)).cloned() else { continue };
            match joined.last_mut() {
                Some(last) if range.start < last.end => last.end = last.end.max(range.end),
                _ => joined.push(range),
            }
        }
        joined.truncate(MAX_HIGHLIGHTS);
        joined
    }
}

/// Returns the ranges of a normalized text that the index takes for one of these words.
fn accepted_occurrences(accepted: &[&AcceptedWord], normalized: &str) -> Vec<Range<usize>> {
    let mut ranges = Vec::new();
    tokens(normalized, &mut |token, range| {
        for known in accepted {
            if token == known.word {
                ranges.push(range.clone());
            } else if known.is_prefix && token.starts_with(known.word.as_str()) {
                // Of a pair of letters, only those that were typed.
                let is_pair = token.starts_with(is_unspaced);
                let end = if is_pair { range.start + known.word.len() } else { range.end };
                ranges.push(range.start..end);
            }
        }
    });
    ranges
}

/// A text in pieces.
pub(super) fn whole(text: &PlainText, marks: &[Range<usize>]) -> Vec<Fragment> {
    pieces(text, marks, 0..text.as_str().len())
}

/// A line of a text around its first mark, cut at white space, with what is marked apart.
pub(super) fn excerpt(plain: &PlainText, marks: &[Range<usize>]) -> Vec<Fragment> {
    let text = plain.as_str();
    let first = marks.first().cloned().unwrap_or_default();
    let back = first.start.saturating_sub(EXCERPT_BYTES / 3);
    let begin = if back == 0 { 0 } else { after_space(text, back).min(first.start) };
    let end = (begin + EXCERPT_BYTES).max(first.end);
    let end = if end >= text.len() { text.len() } else { before_space(text, end, first.end.max(begin)) };
    let mut pieces = pieces(plain, marks, begin..end);
    if begin > 0 {
        pieces.insert(0, ("… ".to_owned(), false));
    }
    if end < text.len() {
        pieces.push((" …".to_owned(), false));
    }
    pieces
}

fn pieces(text: &PlainText, marks: &[Range<usize>], within: Range<usize>) -> Vec<Fragment> {
    let mut pieces = Vec::new();
    let mut push = |range: Range<usize>, marked: bool| {
        let mut piece = String::new();
        let mut at = range.start;
        // The end of a block or line is a space in a line, and outside of what is marked.
        let inside = |end: usize| {
            let within = range.start < end && end < range.end;
            within || (!marked && (range.start..=range.end).contains(&end) && end < text.as_str().len())
        };
        for end in text.breaks().iter().filter(|end| inside(**end)) {
            piece.push_str(text.as_str().get(at..*end).unwrap_or_default());
            piece.push(' ');
            at = *end;
        }
        piece.push_str(text.as_str().get(at..range.end).unwrap_or_default());
        if !piece.is_empty() {
            pieces.push((piece.replace('\n', " "), marked));
        }
    };
    let mut at = within.start;
    for mark in marks.iter().filter(|mark| mark.start >= within.start && mark.end <= within.end) {
        push(at..mark.start, false);
        push(mark.clone(), true);
        at = mark.end;
    }
    push(at..within.end, false);
    pieces
}

fn after_space(text: &str, from: usize) -> usize {
    let from = boundary(text, from);
    let rest = text.get(from..).unwrap_or_default();
    rest.find(char::is_whitespace).map_or(from, |at| from + at + 1)
}

fn before_space(text: &str, from: usize, least: usize) -> usize {
    let from = boundary(text, from);
    let before = text.get(least..from).unwrap_or_default();
    before.rfind(char::is_whitespace).map_or(from, |at| least + at)
}

fn boundary(text: &str, at: usize) -> usize {
    (0..=at.min(text.len())).rev().find(|at| text.is_char_boundary(*at)).unwrap_or_default()
}
