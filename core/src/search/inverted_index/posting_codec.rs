//! Encoding of posting lists: Rice-coded document numbers and the class of each.

use super::bit_stream::{BitReader, BitWriter, WINDOW_BITS, rice_bits};
use super::bm25::{BYLINE, HEADINGS, NOTES, NOTES_ONCE, TITLE, class};
use crate::convert::{to_u32, to_usize};

/// The list of one word.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct PostingList {
    /// Documents that have the word.
    pub(super) count: u32,
    /// The bits where it begins.
    pub(super) begin: u32,
}

/// Reads the documents of a list.
pub(super) struct Postings<'a> {
    reader: BitReader<'a>,
    /// The low bits of the distances between documents. None in a dense list: a bit for each document.
    bits: u32,
    count: u32,
    others: ClassExceptions<'a>,
}

/// Documents whose class differs from the list's most common one: by index in the list, or by document number in a dense
/// list.
#[derive(Clone)]
struct ClassExceptions<'a> {
    reader: BitReader<'a>,
    bits: u32,
    left: u32,
    next: u32,
    most_common_class: u8,
    short: [u8; 6],
}

impl<'a> Postings<'a> {
    /// Starts reading a list in `all`, the lists of an index of `documents` documents.
    pub(super) fn of(list: PostingList, documents: u32, all: &'a [u8]) -> Self {
        let bits = rice_bits(documents, list.count);
        let others = ClassExceptions::of(list, if bits == 0 { documents } else { list.count }, all);
        // What comes first is read twice, so that nothing need be kept.
        let mut ahead = others.clone();
        while ahead.left > 0 {
            ahead.next();
        }
        Self { reader: ahead.reader, bits, count: list.count, others }
    }

    /// Calls `more` with each document and its class until it returns false. Returns the number after the last document.
    #[inline(always)]
    pub(super) fn for_each(self, mut more: impl FnMut(u32, u8) -> bool) -> u32 {
        let Self { mut reader, bits, count, mut others } = self;
        let mut other = others.next();
        let (mut next, mut base) = (0_u32, 0_u32);
        // The documents among the next bits of a dense list.
        let mut hand = 0_u64;
        for at in 0..count {
            let document;
            let mut place = at;
            if bits > 0 {
                document = next.wrapping_add(reader.rice(bits));
            } else {
                while hand == 0 {
                    hand = reader.zeros();
                    base = base.wrapping_add(WINDOW_BITS);
                }
                document = base.wrapping_add(hand.trailing_zeros()).wrapping_sub(WINDOW_BITS);
                hand &= hand - 1;
                place = document;
            }
            next = document.wrapping_add(1);
            let mut class = others.most_common_class;
            if place == other.0 {
                class = other.1;
                other = others.next();
            }
            if !more(document, class) {
                break;
            }
        }
        next
    }

    /// Returns the bit after the list, by reading all of it.
    pub(super) fn end(mut self) -> usize {
        if self.bits == 0 {
            let begin = self.reader.at;
            return begin.saturating_add(to_usize(self.for_each(|_, _| true)));
        }
        for _ in 0..self.count {
            self.reader.rice(self.bits);
        }
        self.reader.at
    }
}

impl<'a> ClassExceptions<'a> {
    fn of(list: PostingList, places: u32, all: &'a [u8]) -> Self {
        let mut reader = BitReader::new(all, to_usize(list.begin));
        let mut others = Self {
            reader: reader.clone(),
            bits: 0,
            left: 0,
            next: 0,
            most_common_class: NOTES_ONCE,
            short: FREQUENT_CLASSES,
        };
        if reader.take(1) == 1 {
            others.most_common_class = take_class(&mut reader, FREQUENT_CLASSES);
            others.short = short_classes(others.most_common_class);
            let left = reader
                .rice(count_bits(list.count))
                .saturating_add(u32::from(others.most_common_class == NOTES_ONCE));
            others.left = left.min(list.count);
            others.bits = rice_bits(places, left);
        }
        others.reader = reader;
        others
    }

    /// Returns the place and the class of the next exception; after the last, the place is `u32::MAX`.
    fn next(&mut self) -> (u32, u8) {
        let Some(left) = self.left.checked_sub(1) else { return (u32::MAX, self.most_common_class) };
        self.left = left;
        let at = self.next.wrapping_add(self.reader.rice(self.bits));
        self.next = at.wrapping_add(1);
        (at, take_class(&mut self.reader, self.short))
    }
}

/// Writes a list: its documents in order, each with its class.
pub(super) fn put_list(to: &mut BitWriter, documents: u32, list: &[(u32, u8)]) {
    let count = to_u32(list.len());
    let bits = rice_bits(documents, count);
    let most_common_class = most_common_class(list);
    let others = || (0_u32..).zip(list).filter(|(_, (_, class))| *class != most_common_class);
    let left = to_u32(others().count());
    to.put(u32::from(left > 0 || most_common_class != NOTES_ONCE), 1);
    if left > 0 || most_common_class != NOTES_ONCE {
        put_class(to, most_common_class, FREQUENT_CLASSES);
        to.rice(left - u32::from(most_common_class == NOTES_ONCE), count_bits(count));
    }
    let others_bits = rice_bits(if bits == 0 { documents } else { count }, left);
    let (mut next, short) = (0, short_classes(most_common_class));
    for (at, (document, class)) in others() {
        let at = if bits == 0 { *document } else { at };
        to.rice(at - next, others_bits);
        put_class(to, *class, short);
        next = at + 1;
    }
    let mut next = 0;
    for (document, _) in list {
        to.rice(document - next, bits);
        next = document + 1;
    }
}

/// Returns the class that most documents of a list have.
fn most_common_class(list: &[(u32, u8)]) -> u8 {
    let mut counts = [0_usize; super::bm25::CLASSES];
    for (_, class) in list {
        if let Some(count) = counts.get_mut(usize::from(*class)) {
            *count += 1;
        }
    }
    let most = (0_u8..).zip(counts).max_by_key(|&(class, count)| (count, class == NOTES_ONCE));
    most.map_or(NOTES_ONCE, |(class, _)| class)
}

/// One document in this many is expected to be an exception. Chosen; another value only costs bytes, but is part of the
/// format.
const EXPECTED_EXCEPTION_SHARE: u32 = 8;

/// Returns the Rice parameter for the number of exceptions in a list of `count` documents.
fn count_bits(count: u32) -> u32 {
    (count / EXPECTED_EXCEPTION_SHARE + 1).ilog2()
}

/// Classes with short codes, from the one that is expected most often on. Most words of an entry are in its notes, and most of
/// those once. Chosen; another order only costs bytes, but is part of the format.
const FREQUENT_CLASSES: [u8; 6] = [NOTES_ONCE, TITLE, class(NOTES, 2), TITLE | NOTES, BYLINE, HEADINGS];

/// Returns the classes with short codes. If `but` is one of them it comes last, because an exception never has it.
fn short_classes(but: u8) -> [u8; 6] {
    let mut others = FREQUENT_CLASSES.into_iter().filter(|class| *class != but);
    FREQUENT_CLASSES.map(|_| others.next().unwrap_or(but))
}

/// Writes a class: its index among the short ones in unary, or six ones and the class.
fn put_class(to: &mut BitWriter, class: u8, short: [u8; 6]) {
    let ones = (0..6).zip(short).find(|(_, short)| *short == class).map_or(6, |(ones, _)| ones);
    if ones < 6 {
        to.put((1 << ones) - 1, ones + 1);
    } else {
        to.put(63, 6);
        to.put(u32::from(class), 6);
    }
}

fn take_class(from: &mut BitReader, short: [u8; 6]) -> u8 {
    match short.get(to_usize(from.ones(6))) {
        Some(class) => *class,
        None => u8::try_from(from.take(6)).unwrap_or_default(),
    }
}
