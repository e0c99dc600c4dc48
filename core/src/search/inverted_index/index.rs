//! The opened index: its bytes, and what was unpacked of them.

use std::ops::Range;
use std::sync::OnceLock;

use super::bm25::{Impacts, impacts};
use super::dictionary::Dictionary;
use super::format::{FULL_TEXT, HEADER, PARTS, PREFIX_BEST, PREFIX_KEY, PREFIX_PAIR, Part};
use super::posting_lists::PostingLists;
use super::trigram_index::TrigramIndex;
use crate::convert::to_usize;
use crate::search::binary::{CONTENT, DataFileError, u32_at, varint};

/// An opened index.
///
/// Memory: its bytes and about 30 bytes a word, twice that after the first query with a typo; a query takes six more
/// bytes a document.
#[derive(Clone)]
pub struct InvertedIndex {
    bytes: Vec<u8>,
    parts: [Range<usize>; PARTS],
    pub(super) documents: u32,
    pub(super) words: Dictionary,
    trigrams: OnceLock<TrigramIndex>,
    pub(super) lists: PostingLists,
    pub(super) impacts: Box<Impacts>,
}

impl std::fmt::Debug for InvertedIndex {
    fn fmt(&self, to: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        to.debug_struct("InvertedIndex")
            .field("documents", &self.documents)
            .field("words", &self.words.len())
            .finish_non_exhaustive()
    }
}

impl InvertedIndex {
    /// Checks bytes and keeps them as they are, unpacking only the dictionary. O(bytes).
    ///
    /// # Errors
    ///
    /// Returns [`DataFileError`] if the bytes are of another kind or version, incomplete or damaged.
    pub fn open(bytes: Vec<u8>) -> Result<Self, DataFileError> {
        FULL_TEXT.content(&bytes)?;
        Self::of(bytes).ok_or(DataFileError::Corrupt)
    }

    /// Returns the index of bytes whose parts fit together.
    fn of(bytes: Vec<u8>) -> Option<Self> {
        let (documents, words) = (u32_at(&bytes, CONTENT), to_usize(u32_at(&bytes, CONTENT + 4)));
        let mut parts: [Range<usize>; PARTS] = Default::default();
        let mut begin = HEADER;
        for (at, part) in (CONTENT + 8..).step_by(4).zip(&mut parts) {
            let end = begin.checked_add(to_usize(u32_at(&bytes, at)))?;
            *part = begin..end;
            begin = end;
        }
        let size = |part: Part| parts.get(part as usize).map_or(0, ExactSizeIterator::len);
        if begin != bytes.len()
            || size(Part::Levels) != to_usize(documents)
            || size(Part::SharedPrefixes) != words
        {
            return None;
        }
        let part = |part: Part| parts.get(part as usize).and_then(|range| bytes.get(range.clone()));
        let lists = PostingLists::of(documents, words, part(Part::Counts)?, part(Part::Begins)?);
        let words = Dictionary::unpack(part(Part::SharedPrefixes)?, part(Part::Letters)?)?;
        Some(Self {
            bytes,
            parts,
            documents,
            words,
            trigrams: OnceLock::new(),
            lists,
            impacts: Box::new(impacts()),
        })
    }

    /// Returns the number of documents.
    pub fn document_count(&self) -> usize {
        to_usize(self.documents)
    }

    #[inline]
    pub(super) fn part(&self, part: Part) -> &[u8] {
        self.parts.get(part as usize).and_then(|range| self.bytes.get(range.clone())).unwrap_or_default()
    }

    /// Returns the trigram index, which is built for the first query with a typo.
    pub(super) fn trigrams(&self) -> &TrigramIndex {
        self.trigrams.get_or_init(|| TrigramIndex::of(&self.words))
    }

    /// Returns the prepared answer to a prefix.
    pub(super) fn prefix_answer(&self, prefix: &str) -> Option<PrefixAnswer<'_>> {
        let size = PREFIX_KEY + 4 + PREFIX_BEST * PREFIX_PAIR + self.document_count().div_ceil(8);
        let mut records = self.part(Part::PrefixAnswers).chunks_exact(size);
        let record = records.find(|record| {
            let (key, rest) = record.split_at_checked(prefix.len()).unwrap_or_default();
            let free = PREFIX_KEY.saturating_sub(prefix.len());
            key == prefix.as_bytes() && rest.iter().take(free).all(|byte| *byte == 0)
        })?;
        let (best, bits) = record.get(PREFIX_KEY + 4..)?.split_at_checked(PREFIX_BEST * PREFIX_PAIR)?;
        Some(PrefixAnswer { count: u32_at(record, PREFIX_KEY), best, bits })
    }

    /// Returns pairs of synonyms, short form first, both normalized.
    pub fn synonyms(&self) -> impl Iterator<Item = (&str, &str)> {
        let mut rest = self.part(Part::Synonyms);
        std::iter::from_fn(move || {
            let mut at = 0;
            let [short, long] = [(); 2].map(|()| to_usize(varint(rest, &mut at)));
            let (short, after) = rest.get(at..)?.split_at_checked(short)?;
            let (long, after) = after.split_at_checked(long)?;
            rest = after;
            Some((std::str::from_utf8(short).ok()?, std::str::from_utf8(long).ok()?))
        })
    }
}

/// The prepared answer to a prefix.
#[derive(Clone, Copy)]
pub(super) struct PrefixAnswer<'a> {
    pub(super) count: u32,
    best: &'a [u8],
    pub(super) bits: &'a [u8],
}

impl PrefixAnswer<'_> {
    /// Returns true if a document is found.
    #[inline]
    pub(super) fn has(&self, document: u32) -> bool {
        let byte = self.bits.get(to_usize(document >> 3)).copied().unwrap_or_default();
        byte >> (document & 7) & 1 == 1
    }

    /// Returns the best documents with their scores.
    pub(super) fn best(&self) -> impl Iterator<Item = (u32, u16)> {
        self.best.chunks_exact(PREFIX_PAIR).filter_map(|pair| match *pair {
            [a, b, c, d, low, high] => {
                Some((u32::from_le_bytes([a, b, c, d]), u16::from_le_bytes([low, high])))
            }
            _ => None,
        })
    }
}
