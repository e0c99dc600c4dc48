//! Words of the dictionary that differ from a typed one by a typo or two.
//!
//! One walk through the sorted words: neighbours share the rows of the table up to where they differ,
//! and words that begin with letters that are already too far away are passed unread.

use std::cmp::Reverse;

use super::lists::Cursor;
use super::open::Lexicon;
use super::words::{Run, runs, stem};

/// Candidates for one word at the most, and documents they may have together.
const MOST: usize = 256;
const MOST_DOCUMENTS: u32 = 100_000;
/// More than any typo.
const FAR: u8 = 100;
/// Letters of a word and one: see `LONGEST` in `words.rs`.
const ROW: usize = 41;

/// A word of the dictionary near a typed one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Near {
    /// The word, without the ending of its plural.
    pub word: String,
    /// Letters left out, added, changed or swapped with their neighbour.
    pub distance: u8,
    /// Documents that have it.
    pub documents: u32,
}

/// A word that may have been meant.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Candidate {
    pub(super) word: usize,
    pub(super) distance: u8,
    /// Whether the whole word is near, not only its beginning.
    pub(super) whole: bool,
    pub(super) count: u32,
}

/// Typos that a word of so many letters may have.
pub(super) fn allowed(letters: usize) -> u8 {
    match letters {
        0..4 => 0,
        4..8 => 1,
        _ => 2,
    }
}

impl Lexicon {
    /// Words nearest to a folded one, the nearest first, then those of most documents: for corrections.
    /// None where it has less than 4 letters; itself where it is in the dictionary.
    pub fn nearest(&self, text: &str, most: usize) -> Vec<Near> {
        let Some(Run::Word(word)) = runs(text).next() else { return Vec::new() };
        let near = self.candidates(word, false).into_iter().take(most);
        near.map(|near| Near { word: self.word(near.word), distance: near.distance, documents: near.count })
            .collect()
    }

    /// Words that a typed one may mean, best first; with `prefix` also those that it may be the beginning of.
    pub(super) fn candidates(&self, text: &str, prefix: bool) -> Vec<Candidate> {
        let allowed = allowed(text.chars().count());
        let whole = stem(text);
        let mut found = Vec::new();
        if allowed > 0 {
            if prefix {
                found = Search::new(text, allowed, true).walk(self);
            }
            if !prefix || whole != text {
                found.extend(Search::new(&whole, allowed, false).walk(self));
            }
        }
        found.sort_unstable_by_key(|near| (near.distance, !near.whole, near.word));
        found.truncate(MOST);
        found.sort_unstable_by_key(|near| (near.word, near.distance, !near.whole));
        found.dedup_by_key(|near| near.word);
        self.count(&mut found);
        found.sort_unstable_by_key(|near| (near.distance, !near.whole, Reverse(near.count), near.word));
        let mut all: u32 = 0;
        let few = found.iter().take_while(|near| {
            let before = all;
            all = all.saturating_add(near.count);
            before < MOST_DOCUMENTS
        });
        let few = few.count();
        found.truncate(few);
        found
    }

    /// Reads how many documents each has.
    fn count(&self, found: &mut [Candidate]) {
        for near in found {
            near.count = self.count_all(&(near.word..near.word + 1));
        }
    }

    /// The list of a candidate is read by its own cursor: they stand far from each other.
    pub(super) fn cursor(&self, word: usize) -> Cursor<'_> {
        Cursor::at(self, word)
    }
}

/// The table of distances between a typed word and the words on the way.
struct Search {
    letters: Vec<char>,
    allowed: u8,
    prefix: bool,
    /// The letters that rows are computed for.
    path: Vec<Step>,
    first: [u8; ROW],
}

/// One letter on the way.
struct Step {
    letter: char,
    /// Bytes up to its end.
    end: usize,
    /// Distances to every beginning of the typed word.
    row: [u8; ROW],
    /// The least of the row.
    least: u8,
    /// The least distance between the whole typed word and a beginning of this one.
    reached: u8,
}

impl Search {
    fn new(text: &str, allowed: u8, prefix: bool) -> Self {
        let mut first = [FAR; ROW];
        for (slot, distance) in first.iter_mut().zip(0..=allowed) {
            *slot = distance;
        }
        Self { letters: text.chars().take(ROW - 1).collect(), allowed, prefix, path: Vec::new(), first }
    }

    fn walk(mut self, lexicon: &Lexicon) -> Vec<Candidate> {
        let mut found = Vec::new();
        let mut walk = lexicon.walk(0);
        let mut at = 0;
        while at < lexicon.words && walk.step() {
            while self.path.last().is_some_and(|step| step.end > walk.shared) {
                self.path.pop();
            }
            let whole = self.extend(&walk.word);
            let begun = self.path.last().map_or(FAR, |step| step.reached);
            let candidate = |distance, whole| Candidate { word: at, distance, whole, count: 0 };
            if whole <= self.allowed {
                found.push(candidate(whole, true));
            } else if begun <= self.allowed && begun > 0 {
                found.push(candidate(begun, false));
            }
            at += 1;
            if let Some(dead) = self.path.last().filter(|step| step.least.min(step.reached) > self.allowed) {
                at += walk.pass(dead.end, lexicon.words - at);
            }
        }
        found
    }

    /// Computes rows for the letters of a word that have none, as long as they are near. The distance of the
    /// whole word.
    fn extend(&mut self, word: &[u8]) -> u8 {
        let mut end = self.path.last().map_or(0, |step| step.end);
        let rest = word.get(end..).and_then(|rest| std::str::from_utf8(rest).ok()).unwrap_or_default();
        for letter in rest.chars() {
            if self.path.last().is_some_and(|step| step.least > self.allowed) {
                return FAR;
            }
            end += letter.len_utf8();
            let step = self.step(letter, end);
            self.path.push(step);
        }
        self.path.last().and_then(|step| step.row.get(self.letters.len())).copied().unwrap_or(FAR)
    }

    /// The row of one more letter, computed only where distances may be small enough.
    fn step(&self, letter: char, end: usize) -> Step {
        let depth = self.path.len() + 1;
        let size = self.letters.len();
        let band = usize::from(self.allowed);
        let before = self.path.last();
        let above = before.map_or(&self.first, |step| &step.row);
        let second = match self.path.len() {
            0 => None,
            1 => Some(&self.first),
            count => self.path.get(count - 2).map(|step| &step.row),
        };
        let mut row = [FAR; ROW];
        let from = depth.saturating_sub(band);
        let mut left = FAR;
        if from == 0 {
            left = u8::try_from(depth).unwrap_or(FAR);
            if let Some(slot) = row.first_mut() {
                *slot = left;
            }
        }
        let mut least = left;
        let get = |row: &[u8; ROW], at: usize| row.get(at).copied().unwrap_or(FAR);
        let from = from.max(1);
        let mut corner = get(above, from - 1);
        let mut typed_before = from.checked_sub(2).and_then(|at| self.letters.get(at)).copied();
        for at in from..=size.min(depth + band) {
            let Some(&typed) = self.letters.get(at - 1) else { break };
            let up = get(above, at);
            let mut best = (corner + u8::from(typed != letter)).min(up + 1).min(left + 1);
            let swapped = typed_before == Some(letter) && before.is_some_and(|step| step.letter == typed);
            if let Some(second) = second.filter(|_| swapped && at > 1) {
                best = best.min(get(second, at - 2) + 1);
            }
            let best = best.min(FAR);
            if let Some(slot) = row.get_mut(at) {
                *slot = best;
            }
            (corner, left, typed_before, least) = (up, best, Some(typed), least.min(best));
        }
        let reached = before.map_or(FAR, |step| step.reached).min(get(&row, size));
        Step { letter, end, row, least, reached: if self.prefix { reached } else { FAR } }
    }
}
