//! What of a text answers the words that were asked for: places to mark, and a line to show.

use std::ops::Range;

use super::fold::{Folded, fold};
use super::lexicon::{Accepted, Run, runs, stem};
use super::ordering::ordered;
use super::words::{Typed, Word};
use super::{Counted, Field, Plain};
use crate::numbers::place;

/// Matches marked in one field at the most: more would say nothing new.
const MOST_MARKS: usize = 200;
/// Bytes of a line around what was found, about.
const LINE: usize = 160;

/// One place where a word was found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Match {
    /// The field.
    pub field: Field,
    /// Bytes of the field's [`Plain`] text.
    pub range: Range<usize>,
}

/// A piece of a text, and whether it was asked for.
pub type Piece = (String, bool);

/// What the words asked for look like in a text.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Wording {
    words: Vec<Word>,
    /// As the index has them, for the words that it found.
    accepted: Vec<Accepted>,
}

impl Wording {
    pub(super) fn new(typed: Typed, accepted: Vec<Accepted>) -> Self {
        Self { words: typed.wanted, accepted }
    }

    pub(super) fn is_empty(&self) -> bool {
        self.words.is_empty()
    }

    /// Every place in a text that was asked for, overlapping ones joined.
    pub(super) fn places(
        &self,
        field: Field,
        kind: Counted,
        text: &Plain,
        folded: &str,
    ) -> Vec<Range<usize>> {
        let mut found: Vec<Range<usize>> = Vec::new();
        for (at, word) in self.words.iter().enumerate().filter(|(_, word)| word.may_stand_in(field, kind)) {
            let accepted: Vec<_> = self.accepted.iter().filter(|accepted| accepted.of == at).collect();
            if accepted.is_empty() || word.phrase {
                found.extend(word.places(folded).take(MOST_MARKS));
            } else {
                found.extend(accepted_places(&accepted, folded).into_iter().take(MOST_MARKS));
            }
        }
        if found.is_empty() {
            return found;
        }
        let back: Folded = fold(text);
        let places: Vec<_> = found.iter().filter_map(|range| back.original(range)).collect();
        let start = |at: usize| places.get(at).map(|range| range.start);
        let mut joined: Vec<Range<usize>> = Vec::new();
        for at in ordered(places.len(), &|one, other| start(one).cmp(&start(other))) {
            let Some(range) = places.get(place(at)).cloned() else { continue };
            match joined.last_mut() {
                Some(last) if range.start < last.end => last.end = last.end.max(range.end),
                _ => joined.push(range),
            }
        }
        joined.truncate(MOST_MARKS);
        joined
    }
}

/// Runs of a folded text that the index takes for one of these.
fn accepted_places(accepted: &[&Accepted], folded: &str) -> Vec<Range<usize>> {
    let start = |run: &str| run.as_ptr().addr() - folded.as_ptr().addr();
    let mut places = Vec::new();
    for run in runs(folded) {
        match run {
            Run::Word(word) => {
                let root = stem(word);
                let fits = accepted.iter().any(|known| {
                    root == known.word || (known.prefix && word.starts_with(known.word.as_str()))
                });
                if fits {
                    places.push(start(word)..start(word) + word.len());
                }
            }
            Run::Cjk(run) => {
                for known in accepted {
                    let found = run.match_indices(known.word.as_str());
                    places.extend(found.map(|(at, _)| start(run) + at..start(run) + at + known.word.len()));
                }
            }
        }
    }
    places
}

/// A text in pieces.
pub(super) fn whole(text: &Plain, marks: &[Range<usize>]) -> Vec<Piece> {
    pieces(text, marks, 0..text.as_str().len())
}

/// A line of a text around its first mark, cut at white space, with what is marked apart.
pub(super) fn line(plain: &Plain, marks: &[Range<usize>]) -> Vec<Piece> {
    let text = plain.as_str();
    let first = marks.first().cloned().unwrap_or_default();
    let back = first.start.saturating_sub(LINE / 3);
    let begin = if back == 0 { 0 } else { after_space(text, back).min(first.start) };
    let end = (begin + LINE).max(first.end);
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

fn pieces(text: &Plain, marks: &[Range<usize>], within: Range<usize>) -> Vec<Piece> {
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
