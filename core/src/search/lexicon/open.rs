//! Opens the bytes of a lexicon, and finds words in its dictionary.

use std::cmp::Ordering;
use std::ops::Range;

use super::Damage;
use super::bits::number;
use super::format::{
    BLOCK, BLOCK_BYTES, CHECKED, HEADER, MAGIC, PARTS, Part, READY_BEST, READY_KEY, READY_PAIR, VERSION,
    checksum, place, short, u32_at,
};
use super::score::{Worth, worth};

/// An index that is asked for words.
///
/// Memory: its bytes; a question takes six bytes a document more while it is answered.
#[derive(Clone)]
pub struct Lexicon {
    bytes: Vec<u8>,
    parts: [Range<usize>; PARTS],
    pub(super) documents: u32,
    pub(super) words: usize,
    pub(super) worth: Box<Worth>,
}

impl std::fmt::Debug for Lexicon {
    fn fmt(&self, to: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        to.debug_struct("Lexicon")
            .field("documents", &self.documents)
            .field("words", &self.words)
            .finish_non_exhaustive()
    }
}

impl Lexicon {
    /// Checks bytes and keeps them as they are. O(bytes), for the checksum.
    ///
    /// # Errors
    ///
    /// Where they are not what a [`super::LexiconBuilder`] of this version wrote.
    pub fn open(bytes: Vec<u8>) -> Result<Self, Damage> {
        let begin = bytes.get(..MAGIC.len().min(bytes.len())).unwrap_or_default();
        if !MAGIC.starts_with(begin) {
            return Err(Damage::Foreign);
        }
        let version = u32_at(&bytes, 4);
        if version > VERSION {
            return Err(Damage::Newer { found: version });
        }
        if bytes.len() < HEADER || bytes.len() < place(u32_at(&bytes, CHECKED)) {
            return Err(Damage::Truncated);
        }
        let written = u64::from(u32_at(&bytes, 8)) | (u64::from(u32_at(&bytes, 12)) << 32);
        if version != VERSION || checksum(bytes.get(CHECKED..).unwrap_or_default()) != written {
            return Err(Damage::Corrupt);
        }
        Self::of(bytes).ok_or(Damage::Corrupt)
    }

    /// The lexicon of bytes whose parts fit together.
    fn of(bytes: Vec<u8>) -> Option<Self> {
        let (documents, words) = (u32_at(&bytes, CHECKED + 4), place(u32_at(&bytes, CHECKED + 8)));
        let mut parts: [Range<usize>; PARTS] = Default::default();
        let mut begin = HEADER;
        for (at, part) in (CHECKED + 12..).step_by(4).zip(&mut parts) {
            let end = begin.checked_add(place(u32_at(&bytes, at)))?;
            *part = begin..end;
            begin = end;
        }
        let size = |part: Part| parts.get(part as usize).map_or(0, ExactSizeIterator::len);
        let fits = begin == bytes.len()
            && size(Part::Levels) == place(documents)
            && size(Part::Blocks) == words.div_ceil(BLOCK) * BLOCK_BYTES
            && size(Part::Words) >= words;
        fits.then(|| Self { bytes, parts, documents, words, worth: Box::new(worth()) })
    }

    /// How many documents there are.
    pub fn documents(&self) -> usize {
        place(self.documents)
    }

    #[inline]
    pub(super) fn part(&self, part: Part) -> &[u8] {
        self.parts.get(part as usize).and_then(|range| self.bytes.get(range.clone())).unwrap_or_default()
    }

    /// Where the words, counts and lists of a block begin.
    pub(super) fn block(&self, block: usize) -> [usize; 3] {
        let blocks = self.part(Part::Blocks);
        [0, 4, 8].map(|at| place(u32_at(blocks, block * BLOCK_BYTES + at)))
    }

    /// How many blocks there are.
    pub(super) fn blocks(&self) -> usize {
        self.words.div_ceil(BLOCK)
    }

    /// The first word of a block.
    pub(super) fn first_word(&self, block: usize) -> &[u8] {
        let [begin, ..] = self.block(block);
        let words = self.part(Part::Words);
        let size = words.get(begin + 1).copied().unwrap_or_default();
        words.get(begin + 2..begin + 2 + usize::from(size)).unwrap_or_default()
    }

    /// How many words come before: a search among blocks, then a walk through one.
    fn partition(&self, before: impl Fn(&[u8]) -> bool) -> usize {
        let mut blocks = 0..self.blocks();
        while !blocks.is_empty() {
            let middle = blocks.start + blocks.len() / 2;
            if before(self.first_word(middle)) { blocks.start = middle + 1 } else { blocks.end = middle }
        }
        let Some(block) = blocks.start.checked_sub(1) else { return 0 };
        let mut walk = self.walk(block);
        let mut at = block * BLOCK;
        while at < self.words.min((block + 1) * BLOCK) && walk.step() && before(&walk.word) {
            at += 1;
        }
        at
    }

    /// The place of a word.
    pub(super) fn find(&self, word: &str) -> Option<usize> {
        let at = self.partition(|other| other.cmp(word.as_bytes()) == Ordering::Less);
        (at < self.words && self.word(at) == word).then_some(at)
    }

    /// The places of all words that begin with some letters.
    pub(super) fn range(&self, prefix: &str) -> Range<usize> {
        let prefix = prefix.as_bytes();
        let begin = self.partition(|word| word < prefix);
        begin..self.partition(|word| word < prefix || word.starts_with(prefix)).max(begin)
    }

    /// A word by its place.
    pub(super) fn word(&self, at: usize) -> String {
        let mut walk = self.walk(at / BLOCK);
        for _ in 0..=at % BLOCK {
            walk.step();
        }
        String::from_utf8_lossy(&walk.word).into_owned()
    }

    /// Reads words from the beginning of a block on.
    pub(super) fn walk(&self, block: usize) -> Walk<'_> {
        let [at, ..] = self.block(block);
        Walk { words: self.part(Part::Words), at, word: Vec::new(), shared: 0 }
    }

    /// The ready answer to a prefix.
    pub(super) fn ready(&self, prefix: &str) -> Option<Ready<'_>> {
        let size = READY_KEY + 4 + READY_BEST * READY_PAIR + self.documents().div_ceil(8);
        let mut records = self.part(Part::Ready).chunks_exact(size);
        let record = records.find(|record| {
            let (key, rest) = record.split_at_checked(prefix.len()).unwrap_or_default();
            let free = READY_KEY.saturating_sub(prefix.len());
            key == prefix.as_bytes() && rest.iter().take(free).all(|byte| *byte == 0)
        })?;
        let (best, bits) = record.get(READY_KEY + 4..)?.split_at_checked(READY_BEST * READY_PAIR)?;
        Some(Ready { count: u32_at(record, READY_KEY), best, bits })
    }

    /// Short and long ways of saying the same, both folded.
    pub fn synonyms(&self) -> impl Iterator<Item = (&str, &str)> {
        let mut rest = self.part(Part::Synonyms);
        std::iter::from_fn(move || {
            let mut at = 0;
            let [short, long] = [(); 2].map(|()| place(number(rest, &mut at)));
            let (short, after) = rest.get(at..)?.split_at_checked(short)?;
            let (long, after) = after.split_at_checked(long)?;
            rest = after;
            Some((std::str::from_utf8(short).ok()?, std::str::from_utf8(long).ok()?))
        })
    }

    /// How many documents a list may have at the most.
    pub(super) fn at_most(&self, count: u32) -> u32 {
        count.min(short(self.documents()))
    }
}

/// What was computed when the lexicon was built.
#[derive(Clone, Copy)]
pub(super) struct Ready<'a> {
    pub(super) count: u32,
    best: &'a [u8],
    pub(super) bits: &'a [u8],
}

impl Ready<'_> {
    /// Whether a document is found.
    #[inline]
    pub(super) fn has(&self, document: u32) -> bool {
        let byte = self.bits.get(place(document >> 3)).copied().unwrap_or_default();
        byte >> (document & 7) & 1 == 1
    }

    /// The best documents with their scores.
    pub(super) fn best(&self) -> impl Iterator<Item = (u32, u16)> {
        self.best.chunks_exact(READY_PAIR).filter_map(|pair| match *pair {
            [a, b, c, d, low, high] => {
                Some((u32::from_le_bytes([a, b, c, d]), u16::from_le_bytes([low, high])))
            }
            _ => None,
        })
    }
}

/// A walk through the words in order.
pub(super) struct Walk<'a> {
    words: &'a [u8],
    at: usize,
    /// The word it is at.
    pub(super) word: Vec<u8>,
    /// Bytes that the word shares with the one it was at before.
    pub(super) shared: usize,
}

impl Walk<'_> {
    /// Goes to the next word; not behind the end.
    #[inline]
    pub(super) fn step(&mut self) -> bool {
        let Some([shared, rest]) = self.next() else { return false };
        let new = self.words.get(self.at - rest..self.at).unwrap_or_default();
        // The first word of a block is written whole.
        let also =
            if shared == 0 { self.word.iter().zip(new).take_while(|(a, b)| a == b).count() } else { 0 };
        self.shared = shared + also;
        self.word.truncate(shared);
        self.word.extend(new);
        true
    }

    /// Passes words that share so many bytes with the one before, unread. How many they were.
    pub(super) fn pass(&mut self, shared: usize, most: usize) -> usize {
        let mut passed = 0;
        while passed < most && self.words.get(self.at).is_some_and(|&here| usize::from(here) >= shared) {
            self.next();
            passed += 1;
        }
        passed
    }

    #[inline]
    fn next(&mut self) -> Option<[usize; 2]> {
        let (&shared, &rest) = self.words.get(self.at).zip(self.words.get(self.at + 1))?;
        let sizes = [usize::from(shared), usize::from(rest)];
        self.at += 2 + usize::from(rest);
        Some(sizes)
    }
}
