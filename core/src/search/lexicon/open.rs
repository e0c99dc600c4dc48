//! Opens the bytes of a lexicon.

use std::ops::Range;
use std::sync::OnceLock;

use super::Damage;
use super::bits::number;
use super::dictionary::Dictionary;
use super::format::{
    CHECKED, HEADER, MAGIC, PARTS, Part, READY_BEST, READY_KEY, READY_PAIR, VERSION, checksum, u32_at,
};
use super::grams::Grams;
use super::lists::Lists;
use super::score::{Worth, worth};
use crate::numbers::place;

/// An index that is asked for words.
///
/// Memory: its bytes and about 30 bytes a word, twice that once a typo was met; a question takes six bytes a
/// document more while it is answered.
#[derive(Clone)]
pub struct Lexicon {
    bytes: Vec<u8>,
    parts: [Range<usize>; PARTS],
    pub(super) documents: u32,
    pub(super) words: Dictionary,
    grams: OnceLock<Grams>,
    pub(super) lists: Lists,
    pub(super) worth: Box<Worth>,
}

impl std::fmt::Debug for Lexicon {
    fn fmt(&self, to: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        to.debug_struct("Lexicon")
            .field("documents", &self.documents)
            .field("words", &self.words.len())
            .finish_non_exhaustive()
    }
}

impl Lexicon {
    /// Checks bytes and keeps them as they are, unpacking only the dictionary. O(bytes).
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
        if begin != bytes.len() || size(Part::Levels) != place(documents) || size(Part::Shared) != words {
            return None;
        }
        let part = |part: Part| parts.get(part as usize).and_then(|range| bytes.get(range.clone()));
        let lists = Lists::of(documents, words, part(Part::Counts)?, part(Part::Begins)?);
        let words = Dictionary::unpack(part(Part::Shared)?, part(Part::Letters)?)?;
        Some(Self { bytes, parts, documents, words, grams: OnceLock::new(), lists, worth: Box::new(worth()) })
    }

    /// How many documents there are.
    pub fn documents(&self) -> usize {
        place(self.documents)
    }

    #[inline]
    pub(super) fn part(&self, part: Part) -> &[u8] {
        self.parts.get(part as usize).and_then(|range| self.bytes.get(range.clone())).unwrap_or_default()
    }

    /// Read where a typo is met first.
    pub(super) fn grams(&self) -> &Grams {
        self.grams.get_or_init(|| Grams::of(&self.words))
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
