//! Reads the lists of documents and gathers what they are worth.

use std::ops::Range;

use super::bits::{Reader, Writer, ZEROS, number, rice_bits, unfolded};
use super::format::{BLOCK, LONG, Part, place};
use super::open::{Lexicon, Ready};
use super::score::{FIELDS, PLAIN, worth_at};

/// The list of one word.
#[derive(Clone, Copy, Debug)]
pub(super) struct List {
    /// Documents that have the word.
    pub(super) count: u32,
    /// Documents that have it elsewhere or more often than most; none where all have it once in the notes.
    others: Option<u32>,
    begin: usize,
    /// The low bits of the distances between documents; none in a dense list.
    bits: u32,
    /// Where a long list ends.
    end: Option<usize>,
}

/// What a word counts for.
#[derive(Clone, Copy, Debug)]
pub(super) struct Weight {
    /// In 64ths.
    pub(super) rarity: u32,
    /// Fields where it may stand.
    pub(super) fields: u8,
}

/// For every document the best worth of the words of one term, with the documents that have any.
pub(super) struct Best {
    pub(super) scores: Vec<u16>,
    pub(super) touched: Vec<u32>,
    /// Documents of the list at hand that have a word in another way than most: reused.
    others: Vec<(u32, u8)>,
}

impl Best {
    pub(super) fn new(documents: usize) -> Self {
        Self { scores: vec![0; documents], touched: Vec::new(), others: Vec::new() }
    }

    /// Keeps the better of two scores.
    #[inline]
    pub(super) fn keep(&mut self, document: u32, score: u16) {
        if let Some(best) = self.scores.get_mut(place(document)).filter(|best| **best < score) {
            if *best == 0 {
                self.touched.push(document);
            }
            *best = score;
        }
    }

    /// Forgets everything.
    pub(super) fn clear(&mut self) {
        for document in self.touched.drain(..) {
            if let Some(best) = self.scores.get_mut(place(document)) {
                *best = 0;
            }
        }
    }
}

/// Documents that are still in question: the scores of all so far, and their numbers. All where it is none.
pub(super) type Alive<'a> = Option<(&'a [u32], &'a [u32])>;

/// Reads lists in the order of their words.
pub(super) struct Cursor<'a> {
    lexicon: &'a Lexicon,
    pub(super) word: usize,
    counts: usize,
    bits: usize,
}

impl<'a> Cursor<'a> {
    /// Before a word.
    pub(super) fn at(lexicon: &'a Lexicon, word: usize) -> Self {
        let block = word / BLOCK;
        let [_, counts, bits] = lexicon.block(block);
        let mut cursor = Self { lexicon, word: block * BLOCK, counts, bits };
        cursor.forward(word);
        cursor
    }

    /// Passes words up to another, by whole blocks where it is far.
    pub(super) fn forward(&mut self, word: usize) {
        if word / BLOCK != self.word / BLOCK {
            *self = Self::at(self.lexicon, word);
        }
        while self.word < word {
            let list = self.next();
            self.bits = list.end.unwrap_or_else(|| self.lexicon.each(list, &mut Vec::new(), |_, _| {}));
        }
    }

    /// The next list. Say where it ends before asking for another: [`Cursor::ended`].
    pub(super) fn next(&mut self) -> List {
        let counts = self.lexicon.part(Part::Counts);
        let head = number(counts, &mut self.counts);
        let others = (head & 1 == 1).then(|| number(counts, &mut self.counts));
        let count = self.lexicon.at_most(head >> 1);
        let bits = rice_bits(self.lexicon.documents, count);
        let end = (head >> 1 >= LONG).then(|| {
            let size = expected(count, bits) + unfolded(number(counts, &mut self.counts));
            self.bits.saturating_add(usize::try_from(size).unwrap_or_default())
        });
        self.word += 1;
        List { count, others, begin: self.bits, bits, end }
    }

    /// The end of the last list, as reading it found.
    pub(super) fn ended(&mut self, bits: usize) {
        self.bits = bits;
    }
}

impl Ready<'_> {
    /// Gathers what is ready: the worth of the best, next to nothing for others.
    pub(super) fn gather(&self, alive: Alive, best: &mut Best) {
        if let Some((_, alive)) = alive {
            alive.iter().filter(|&&document| self.has(document)).for_each(|&document| best.keep(document, 1));
        } else {
            for (begin, byte) in (0_u32..).step_by(8).zip(self.bits) {
                let mut byte = *byte;
                while byte > 0 {
                    best.keep(begin + byte.trailing_zeros(), 1);
                    byte &= byte - 1;
                }
            }
        }
        for (document, score) in self.best() {
            if best.scores.get(place(document)).is_some_and(|known| *known > 0) {
                best.keep(document, score);
            }
        }
    }
}

impl Lexicon {
    /// Reads what comes before the documents of a list: the usual class, and those of another class by their
    /// place in the list, or by their number in a dense one.
    fn head<'a>(&'a self, list: List, others: &mut Vec<(u32, u8)>) -> (Reader<'a>, u8) {
        let mut reader = Reader::new(self.part(Part::Lists), list.begin);
        others.clear();
        let Some(count) = list.others else { return (reader, PLAIN) };
        let usual = take_class(&mut reader, None);
        let bits = rice_bits(if list.bits == 0 { self.documents } else { list.count }, count);
        let mut at: u32 = 0;
        for _ in 0..count.min(list.count) {
            at = at.wrapping_add(reader.rice(bits));
            others.push((at, take_class(&mut reader, Some(usual))));
            at = at.wrapping_add(1);
        }
        (reader, usual)
    }

    /// Calls for each document of a list, with its class. Where the list ends.
    #[inline]
    fn each(&self, list: List, others: &mut Vec<(u32, u8)>, mut each: impl FnMut(u32, u8)) -> usize {
        let (mut reader, usual) = self.head(list, others);
        let mut others = others.iter().copied();
        let none = (u32::MAX, usual);
        let mut other = others.next().unwrap_or(none);
        let mut document: u32 = 0;
        if list.bits == 0 {
            // A bit for each document, 0 where it has the word.
            let begin = reader.at;
            let (mut left, mut base) = (list.count, 0);
            while left > 0 {
                let mut here = reader.zeros();
                while here > 0 && left > 0 {
                    document = base + here.trailing_zeros();
                    here &= here - 1;
                    left -= 1;
                    if document < other.0 {
                        each(document, usual);
                    } else {
                        each(document, other.1);
                        other = others.next().unwrap_or(none);
                    }
                }
                base = base.saturating_add(ZEROS);
            }
            return begin.saturating_add(place(document)) + 1;
        }
        for at in 0..list.count {
            document = document.wrapping_add(reader.rice(list.bits));
            if at == other.0 {
                each(document, other.1);
                other = others.next().unwrap_or(none);
            } else {
                each(document, usual);
            }
            document = document.wrapping_add(1);
        }
        reader.at
    }

    /// Gathers what one list is worth. Where it ends.
    pub(super) fn gather(&self, list: List, weight: Weight, alive: Alive, best: &mut Best) -> usize {
        let levels = self.part(Part::Levels);
        let mut others = std::mem::take(&mut best.others);
        let only = weight.fields | !FIELDS;
        let mut keep = |document: u32, class: u8| {
            if class & weight.fields != 0 {
                let level = levels.get(place(document)).copied().unwrap_or_default();
                let worth = self.worth.get(worth_at(class & only, level)).copied().unwrap_or_default();
                best.keep(document, scaled(worth, weight.rarity));
            }
        };
        let end = match (alive, list.end) {
            (None, _) => self.each(list, &mut others, keep),
            (Some((_, alive)), Some(end)) if list.bits == 0 => {
                let (reader, usual) = self.head(list, &mut others);
                for &document in alive {
                    if reader.zero_at(document, end) {
                        let other = others.binary_search_by_key(&document, |other| other.0).ok();
                        keep(document, other.and_then(|at| others.get(at)).map_or(usual, |other| other.1));
                    }
                }
                end
            }
            (Some((scores, _)), _) => self.each(list, &mut others, |document, class| {
                if scores.get(place(document)).is_some_and(|score| *score > 0) {
                    keep(document, class);
                }
            }),
        };
        best.others = others;
        end
    }

    /// Gathers what the lists of neighbouring words are worth.
    pub(super) fn gather_all(&self, words: &Range<usize>, weight: Weight, alive: Alive, best: &mut Best) {
        let mut cursor = Cursor::at(self, words.start);
        while cursor.word < words.end {
            let list = cursor.next();
            let end = self.gather(list, weight, alive, best);
            cursor.ended(end);
        }
    }

    /// Documents of neighbouring words, each counted as often as it has one.
    pub(super) fn count_all(&self, words: &Range<usize>) -> u32 {
        // Counts alone are short to read: no list is passed on the way.
        let [_, counts, _] = self.block(words.start / BLOCK);
        let mut cursor = Cursor { lexicon: self, word: words.start / BLOCK * BLOCK, counts, bits: 0 };
        let mut all: u32 = 0;
        while cursor.word < words.end {
            let counted = cursor.word >= words.start;
            let list = cursor.next();
            all = all.saturating_add(if counted { list.count } else { 0 });
        }
        all
    }
}

/// A worth by a rarity; never nothing.
#[inline]
pub(super) fn scaled(worth: u16, rarity: u32) -> u16 {
    u16::try_from((u32::from(worth) * rarity) >> 6).unwrap_or(u16::MAX).max(1)
}

/// Bits that a list of so many documents takes, about.
pub(super) fn expected(count: u32, bits: u32) -> i64 {
    i64::from(count) * i64::from(2 * bits + 3) / 2
}

/// Classes from the most frequent on: once in the notes, the title, notes twice, title and notes, the byline,
/// the headings.
const SHORT: [u8; 6] = [PLAIN, 1, 20, 5, 2, 8];

/// Writes a class in a few bits, fewer where it is known which it is not.
pub(super) fn put_class(to: &mut Writer, class: u8, but: Option<u8>) {
    let short = SHORT.into_iter().filter(|short| Some(*short) != but);
    if let Some((ones, _)) = (0_u32..).zip(short).find(|(_, short)| *short == class) {
        to.put((1 << ones) - 1, ones + 1);
    } else {
        let ones = if but.is_some_and(|but| SHORT.contains(&but)) { 5 } else { 6 };
        to.put((1 << ones) - 1, ones);
        to.put(u32::from(class), 6);
    }
}

fn take_class(from: &mut Reader, but: Option<u8>) -> u8 {
    for class in SHORT.into_iter().filter(|short| Some(*short) != but) {
        if from.take(1) == 0 {
            return class;
        }
    }
    u8::try_from(from.take(6)).unwrap_or_default()
}
