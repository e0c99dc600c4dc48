//! Layout of the bytes of an index.
//!
//! Magic, version, checksum of all that follows, then the numbers of bytes, documents and words and the
//! length of each part; then the parts. Everything is little-endian.

use crate::convert::to_u32;
use crate::search::binary::{CONTENT, FileKind};

/// Version 2 stores the first list of each block.
pub(super) const FULL_TEXT: FileKind = FileKind { signature: *b"NBLX", version: 2 };

/// Bytes before the first part.
pub(super) const HEADER: usize = CONTENT + 4 * (2 + PARTS);
/// Number of parts.
pub(super) const PARTS: usize = 8;

/// Ends each word in [`Part::Letters`]: words have letters and marks only.
pub(super) const END: u8 = b'\n';
/// Lists of so many documents store their length; shorter ones are read to their end, which costs less than the bytes.
/// Chosen.
pub(super) const MIN_STORED_LENGTH: u32 = 64;
/// Lists in a block. Only the first of each stores where it begins: a query reads at most fifteen short lists to find its
/// own, and the index saves two bytes a word. Chosen.
pub(super) const BLOCK: usize = 16;

/// Documents of a prepared answer whose scores are stored: a screenful. Chosen.
pub(super) const PREFIX_BEST: usize = 64;
/// Bytes of the prefix of a prepared answer: two letters of four bytes each.
pub(super) const PREFIX_KEY: usize = 8;
/// Bytes of a document and its score.
pub(super) const PREFIX_PAIR: usize = 6;

/// A part of the bytes.
#[derive(Clone, Copy, Debug)]
pub(super) enum Part {
    /// Of the words in order, how many bytes each shares with the one before.
    SharedPrefixes,
    /// The letters that each word adds to those.
    Letters,
    /// Number of documents with each word.
    Counts,
    /// The documents with each word, and its fields and occurrences in them.
    Lists,
    /// Start of the first list of each block, in bits after that of the block before.
    Begins,
    /// One byte a document: its length against the mean.
    Levels,
    /// Answers to prefixes that too many words begin with.
    PrefixAnswers,
    /// Short and long ways of saying the same.
    Synonyms,
}

/// Returns the bytes of a whole index.
pub(super) fn assemble(documents: u32, words: u32, parts: &[&[u8]; PARTS]) -> Vec<u8> {
    let mut numbers = Vec::new();
    let sizes = parts.iter().map(|part| to_u32(part.len()));
    for number in [documents, words].into_iter().chain(sizes) {
        numbers.extend(number.to_le_bytes());
    }
    let content: Vec<&[u8]> = std::iter::once(numbers.as_slice()).chain(parts.iter().copied()).collect();
    FULL_TEXT.file(&content)
}
