//! Words of the dictionary that differ from a typed one by a typo or two.
//!
//! If a word with n typos is cut into n + 1 pieces, at least one piece is intact (pigeonhole principle). So only words that
//! have one of the pieces near its place are compared letter by letter.

use std::cmp::Reverse;
use std::ops::RangeInclusive;

use super::edit_distance::DistanceTable;
use super::index::InvertedIndex;
use super::tokenizer::{Run, runs, stem};
use crate::convert::to_usize;
use crate::search::ordered;

/// Words that may be meant by one. Each has its posting list read; the best are kept. Chosen.
const MAX_FORMS: usize = 256;
/// Documents in the lists of all of them together, except for the one word that exceeds it: bounds the time of a key with
/// a typo in a large index. Chosen.
const MAX_DOCUMENTS: u32 = 50_000;
/// Letters of a typed word that are cut into pieces. More would need pairs of letters further back in [`super::trigram_index`]
/// than it has; the letters behind are compared anyway, so no word is lost.
const MAX_PIECED_LETTERS: usize = 10;

/// A word of the dictionary near a typed one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SpellingSuggestion {
    /// The word, without the ending of its plural.
    pub word: String,
    /// Letters left out, added, changed or swapped with their neighbor.
    pub distance: u8,
    /// Documents that have it.
    pub document_frequency: u32,
}

/// A word that may have been meant.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct CorrectedWord {
    pub(super) word: usize,
    pub(super) distance: u8,
    /// True if the whole word is near, not only its beginning.
    pub(super) whole: bool,
    pub(super) count: u32,
}

/// Returns the number of typos that a word of so many letters may have. With one in three letters every short word would be
/// near every other; two in eight still leave a word recognizable. Elasticsearch's `AUTO` allows one
/// from three letters on and two from six.
pub(super) fn allowed(letters: usize) -> u8 {
    match letters {
        0..4 => 0,
        4..8 => 1,
        _ => 2,
    }
}

impl InvertedIndex {
    /// Returns the dictionary words nearest to a normalized word, nearest first, then by document frequency. Empty for words
    /// of fewer than 4 letters; the word itself comes first if it is in the dictionary.
    pub fn suggest_spellings(&self, text: &str, most: usize) -> Vec<SpellingSuggestion> {
        let Some(Run::Word(word)) = runs(text).next() else { return Vec::new() };
        let near = self.corrections(word, false).into_iter().take(most).map(|near| SpellingSuggestion {
            word: self.words.word(near.word).to_owned(),
            distance: near.distance,
            document_frequency: near.count,
        });
        near.collect()
    }

    /// Returns the words that a typed one may mean, best first; with `prefix`, also those that may begin with it.
    pub(super) fn corrections(&self, text: &str, prefix: bool) -> Vec<CorrectedWord> {
        let allowed = allowed(text.chars().count());
        if allowed == 0 {
            return Vec::new();
        }
        let mut search = SpellingSearch {
            index: self,
            known: vec![0; self.words.len().div_ceil(8)],
            found: Default::default(),
        };
        let whole = stem(text);
        if !prefix || whole != text {
            search.near(&whole, allowed, false);
        }
        if prefix {
            search.near(text, allowed, true);
        }
        let mut found = search.found.concat();
        found.truncate(MAX_FORMS);
        let key = |at: usize| {
            found.get(at).map(|near| (near.distance, !near.whole, Reverse(near.count), near.word))
        };
        let order = ordered(found.len(), &|one, other| key(one).cmp(&key(other)));
        let mut found: Vec<_> = order.into_iter().filter_map(|at| found.get(to_usize(at)).copied()).collect();
        // One word that is everywhere may be among them, and keeps out no rare one.
        let (mut left, mut large) = (MAX_DOCUMENTS, false);
        found.retain(|near| {
            let fits = near.count <= left;
            left -= if fits { near.count } else { 0 };
            fits || !std::mem::replace(&mut large, true)
        });
        found
    }
}

/// Words found so far that may be meant by one.
struct SpellingSearch<'a> {
    index: &'a InvertedIndex,
    /// A bit for each word that is among them.
    known: Vec<u8>,
    /// By distance: whole words, then beginnings.
    found: [Vec<CorrectedWord>; 6],
}

impl SpellingSearch<'_> {
    /// Looks up every piece that may be right.
    fn near(&mut self, text: &str, allowed: u8, prefix: bool) {
        let letters: Vec<char> = text.chars().collect();
        let mut table = DistanceTable::new(&letters, allowed, prefix);
        let pieces = usize::from(allowed) + 1;
        if letters.len() + 1 < 2 * pieces {
            // Not every piece has two letters.
            return self.compare(&mut table, 0, 0);
        }
        let begin = |piece: usize| letters.len().min(MAX_PIECED_LETTERS) * piece / pieces;
        let most = isize::from(allowed == 2) + 1;
        for piece in 0..pieces {
            let here = letters.get(begin(piece)..begin(piece + 1)).unwrap_or_default();
            self.look_up(&mut table, here, begin(piece), if piece == 0 { 0..=0 } else { -most..=most });
        }
        // Two letters that are swapped may be of two pieces.
        let swapped = |places: &[usize]| {
            let mut letters = letters.clone();
            places.iter().filter(|at| **at > 0).for_each(|&at| letters.swap(at - 1, at));
            letters
        };
        let (second, third, end) = (begin(1), begin(2), begin(pieces));
        let first = swapped(&[second]);
        self.look_up(&mut table, first.get(..third).unwrap_or_default(), 0, 0..=0);
        if allowed == 2 {
            let last = swapped(&[third]);
            self.look_up(&mut table, last.get(second..third).unwrap_or_default(), second, -1..=1);
            let both = swapped(&[second, third]);
            self.look_up(&mut table, both.get(..end).unwrap_or_default(), 0, 0..=0);
        }
    }

    /// Compares all words that have a piece near its place.
    fn look_up(
        &mut self,
        table: &mut DistanceTable,
        piece: &[char],
        at: usize,
        shifts: RangeInclusive<isize>,
    ) {
        for shift in shifts {
            let Some(at) = at.checked_add_signed(shift) else { continue };
            if at == 0 {
                let piece: String = piece.iter().collect();
                let first = self.index.words.first(&piece);
                if self.index.words.word(first).starts_with(&piece) {
                    self.compare(table, first, piece.len());
                }
                continue;
            }
            for &first in self.index.trigrams().at(at, piece) {
                let first = to_usize(first);
                let letters = self.index.words.word(first).chars();
                let end = letters.take(at + 3).map(char::len_utf8).sum();
                self.compare(table, first, end);
            }
        }
    }

    /// Compares a word and those after it that share so many bytes with it.
    fn compare(&mut self, table: &mut DistanceTable, first: usize, shared: usize) {
        let words = &self.index.words;
        let mut at = first;
        table.clear();
        while at < words.len() && (at == first || words.shared(at) >= shared) {
            let near = table.compare(words.word(at), words.shared(at));
            let is_prefix_near = near.prefix_distance > 0 && near.prefix_distance <= table.allowed;
            if near.whole <= table.allowed {
                self.keep(at, near.whole, true);
            } else if is_prefix_near {
                self.keep(at, near.prefix_distance, false);
            }
            at += 1;
            if let Some(decided_at) = near.decided_at {
                while at < words.len() && words.shared(at) >= decided_at.max(shared) {
                    if is_prefix_near {
                        self.keep(at, near.prefix_distance, false);
                    }
                    at += 1;
                }
            }
        }
    }

    /// Keeps a word where it is new, and there are few as good.
    fn keep(&mut self, word: usize, distance: u8, whole: bool) {
        let Some(known) = self.known.get_mut(word >> 3).filter(|known| **known >> (word & 7) & 1 == 0) else {
            return;
        };
        *known |= 1 << (word & 7);
        let class = usize::from(distance) * 2 + usize::from(!whole);
        if let Some(found) = self.found.get_mut(class).filter(|found| found.len() < MAX_FORMS) {
            found.push(CorrectedWord { word, distance, whole, count: self.index.lists.count(word) });
        }
    }
}
