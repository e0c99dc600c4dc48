//! The documents of a list, one after the other, as they stand in the bits.

use super::bits::{Reader, Writer, ZEROS, rice_bits};
use super::format::place;
use super::lists::List;
use super::score::PLAIN;

/// The documents of a list with their classes.
pub(super) struct Postings<'a> {
    reader: Reader<'a>,
    /// The low bits of the distances between documents. None in a dense list: a bit for each document.
    bits: u32,
    left: u32,
    /// Documents that came before, and the next at the least.
    index: u32,
    next: u32,
    /// In a dense list: where the bits begin, those at hand, and the first document of those that follow.
    begin: usize,
    hand: u64,
    base: u32,
    others: Others<'a>,
    other: (u32, u8),
}

/// Those of another class than most, by their place in the list, or by their number in a dense one.
#[derive(Clone)]
struct Others<'a> {
    reader: Reader<'a>,
    bits: u32,
    left: u32,
    next: u32,
    usual: u8,
}

impl<'a> Postings<'a> {
    /// The list in the bits of all, of so many documents.
    pub(super) fn of(list: List, documents: u32, all: &'a [u8]) -> Self {
        let bits = rice_bits(documents, list.count);
        let mut others = Others::of(list, if bits == 0 { documents } else { list.count }, all);
        // What comes first is read twice, so that nothing need be kept.
        let mut ahead = others.clone();
        while ahead.left > 0 {
            ahead.next();
        }
        let reader = ahead.reader;
        let (begin, left) = (reader.at, list.count);
        let other = others.next();
        Self { reader, bits, left, index: 0, next: 0, begin, hand: 0, base: 0, others, other }
    }

    /// Reads all to say where the list ends.
    pub(super) fn end(mut self) -> usize {
        if self.bits == 0 {
            while self.next().is_some() {}
            return self.begin.saturating_add(place(self.next));
        }
        for _ in 0..self.left {
            self.reader.rice(self.bits);
        }
        self.reader.at
    }

    /// Whether a dense list has a document, without reading the others; it ends at some bit.
    pub(super) fn has(&self, document: u32, end: usize) -> bool {
        self.reader.zero_at(document, end)
    }

    /// Some documents of a dense list, which are in order, with their classes.
    pub(super) fn only(self, documents: Vec<u32>) -> impl Iterator<Item = (u32, u8)> {
        let (mut others, mut other) = (self.others, self.other);
        documents.into_iter().map(move |document| {
            while other.0 < document {
                other = others.next();
            }
            (document, if other.0 == document { other.1 } else { others.usual })
        })
    }

    /// Whether there is a bit for each document.
    pub(super) fn is_dense(&self) -> bool {
        self.bits == 0
    }
}

impl Iterator for Postings<'_> {
    type Item = (u32, u8);

    #[inline(always)]
    fn next(&mut self) -> Option<(u32, u8)> {
        self.left = self.left.checked_sub(1)?;
        let (document, place);
        if self.bits > 0 {
            document = self.next.wrapping_add(self.reader.rice(self.bits));
            place = self.index;
            self.index += 1;
        } else {
            while self.hand == 0 {
                self.hand = self.reader.zeros();
                self.base = self.base.wrapping_add(ZEROS);
            }
            document = self.base.wrapping_add(self.hand.trailing_zeros()).wrapping_sub(ZEROS);
            self.hand &= self.hand - 1;
            place = document;
        }
        self.next = document.wrapping_add(1);
        let mut class = self.others.usual;
        if place == self.other.0 {
            class = self.other.1;
            self.other = self.others.next();
        }
        Some((document, class))
    }
}

impl<'a> Others<'a> {
    fn of(list: List, places: u32, all: &'a [u8]) -> Self {
        let mut reader = Reader::new(all, place(list.begin));
        let mut others = Self { reader: reader.clone(), bits: 0, left: 0, next: 0, usual: PLAIN };
        if reader.take(1) == 1 {
            others.usual = take_class(&mut reader, None);
            let left = reader.rice(count_bits(list.count)).saturating_add(u32::from(others.usual == PLAIN));
            others.left = left.min(list.count);
            others.bits = rice_bits(places, left);
        }
        others.reader = reader;
        others
    }

    /// The next, or one that is never met.
    fn next(&mut self) -> (u32, u8) {
        let Some(left) = self.left.checked_sub(1) else { return (u32::MAX, self.usual) };
        self.left = left;
        let at = self.next.wrapping_add(self.reader.rice(self.bits));
        self.next = at.wrapping_add(1);
        (at, take_class(&mut self.reader, Some(self.usual)))
    }
}

/// Writes a list: its documents in order, each with its class.
pub(super) fn put_list(to: &mut Writer, documents: u32, list: &[(u32, u8)]) {
    let count = super::format::short(list.len());
    let bits = rice_bits(documents, count);
    let usual = usual(list);
    let others = || (0_u32..).zip(list).filter(|(_, (_, class))| *class != usual);
    let left = super::format::short(others().count());
    to.put(u32::from(left > 0 || usual != PLAIN), 1);
    if left > 0 || usual != PLAIN {
        put_class(to, usual, None);
        to.rice(left - u32::from(usual == PLAIN), count_bits(count));
    }
    let others_bits = rice_bits(if bits == 0 { documents } else { count }, left);
    let mut next = 0;
    for (at, (document, class)) in others() {
        let at = if bits == 0 { *document } else { at };
        to.rice(at - next, others_bits);
        put_class(to, *class, Some(usual));
        next = at + 1;
    }
    let mut next = 0;
    for (document, _) in list {
        to.rice(document - next, bits);
        next = document + 1;
    }
}

/// The class that most documents of a list have.
fn usual(list: &[(u32, u8)]) -> u8 {
    let mut counts = [0_usize; super::score::CLASSES];
    for (_, class) in list {
        if let Some(count) = counts.get_mut(usize::from(*class)) {
            *count += 1;
        }
    }
    let most = (0_u8..).zip(counts).max_by_key(|&(class, count)| (count, class == PLAIN));
    most.map_or(PLAIN, |(class, _)| class)
}

/// The low bits of how many documents of a list are of another class than most.
fn count_bits(count: u32) -> u32 {
    (count / 8 + 1).ilog2()
}

/// Classes from the most frequent on: once in the notes, the title, notes twice, title and notes, the byline,
/// the headings.
const SHORT: [u8; 6] = [PLAIN, 1, 20, 5, 2, 8];

/// Writes a class in a few bits, fewer where it is known which it is not.
fn put_class(to: &mut Writer, class: u8, but: Option<u8>) {
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
