//! How the bytes are laid out: what the builder writes and the opener checks.
//!
//! Magic, version, checksum of all that follows, then the numbers of bytes, documents and words and the
//! length of each part; then the parts. Everything is little-endian.

use crate::numbers::short;

/// First bytes of every lexicon.
pub(super) const MAGIC: [u8; 4] = *b"NBLX";
/// The version that is written, and the last that is read.
pub(super) const VERSION: u32 = 2;
/// Bytes that the checksum is of begin here.
pub(super) const CHECKED: usize = 16;
/// Bytes before the first part.
pub(super) const HEADER: usize = CHECKED + 4 * (3 + PARTS);
/// How many parts there are.
pub(super) const PARTS: usize = 8;

/// Ends each word in [`Part::Letters`]: no word has it.
pub(super) const END: u8 = b'\n';
/// Lists of so many documents tell their length, shorter ones are read to their end.
pub(super) const LONG: u32 = 64;
/// Of so many lists the first tells where it begins: a question reads the others of its block, not all.
pub(super) const BLOCK: usize = 16;

/// Documents of a ready answer whose scores are told.
pub(super) const READY_BEST: usize = 64;
/// Bytes of the prefix that a ready answer is for.
pub(super) const READY_KEY: usize = 8;
/// Bytes of a document and its score.
pub(super) const READY_PAIR: usize = 6;

/// A part of the bytes.
#[derive(Clone, Copy, Debug)]
pub(super) enum Part {
    /// Of the words in order, how many bytes each shares with the one before.
    Shared,
    /// What each word adds to those.
    Letters,
    /// How many documents have each word.
    Counts,
    /// Which documents have each word, and where in it.
    Lists,
    /// Where the first list of each block begins, as bits behind that of the block before.
    Begins,
    /// One byte a document: its length against the mean.
    Levels,
    /// Answers to prefixes that too many words begin with.
    Ready,
    /// Short and long ways of saying the same.
    Synonyms,
}

/// FNV-1a, eight bytes at a time.
pub(in crate::search) fn checksum(bytes: &[u8]) -> u64 {
    // A fuzzer would never get past it.
    if cfg!(fuzzing) {
        return 0;
    }
    let (chunks, rest) = bytes.as_chunks::<8>();
    let mut last = [0; 8];
    for (to, from) in last.iter_mut().zip(rest) {
        *to = *from;
    }
    let all = chunks.iter().chain(std::iter::once(&last));
    all.fold(0xcbf2_9ce4_8422_2325, |sum: u64, chunk| {
        let sum = (sum ^ u64::from_le_bytes(*chunk)).wrapping_mul(0x0100_0000_01b3);
        // The product only carries upwards.
        sum ^ (sum >> 32)
    })
}

/// The bytes of a whole lexicon.
pub(super) fn assemble(documents: u32, words: u32, parts: &[&[u8]; PARTS]) -> Vec<u8> {
    let size = HEADER + parts.iter().map(|part| part.len()).sum::<usize>();
    let mut checked = Vec::with_capacity(size);
    for number in [short(size), documents, words] {
        checked.extend(number.to_le_bytes());
    }
    for part in parts {
        checked.extend(short(part.len()).to_le_bytes());
    }
    for part in parts {
        checked.extend(*part);
    }
    let mut bytes = Vec::with_capacity(size);
    bytes.extend(MAGIC);
    bytes.extend(VERSION.to_le_bytes());
    bytes.extend(checksum(&checked).to_le_bytes());
    bytes.extend(checked);
    bytes
}

/// Four bytes as a number; 0 behind the end.
#[inline]
pub(super) fn u32_at(bytes: &[u8], at: usize) -> u32 {
    let four = bytes.get(at..).and_then(<[u8]>::first_chunk).copied().unwrap_or_default();
    u32::from_le_bytes(four)
}
