//! Container and numbers of the binary data files: outline, titles and full-text index.
//!
//! A file is a header and its content, all numbers little-endian:
//!
//! | bytes | what |
//! | --- | --- |
//! | 0..4 | signature: which kind of file this is |
//! | 4..8 | version of that kind |
//! | 8..16 | checksum of everything after it |
//! | 16..20 | size of the whole file |
//! | 20.. | content |
//!
//! The size tells a file that was cut from one that was changed, so that the page can say which.

use std::fmt;

use crate::convert::{to_u32, to_usize};

/// Offset of the bytes that the checksum covers.
pub(super) const CHECKED: usize = 16;
/// Offset of the content.
pub(super) const CONTENT: usize = 20;

/// Signature and version of a kind of file.
#[derive(Clone, Copy, Debug)]
pub(super) struct FileKind {
    /// The first four bytes.
    pub(super) signature: [u8; 4],
    /// The version that is written, and the only one that is read: files of a build are fetched together, so an older
    /// one is a mistake of the host.
    pub(super) version: u32,
}

/// A data file that cannot be read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DataFileError {
    /// It has another signature.
    WrongFormat,
    /// It was written by a newer version of this program.
    NewerVersion {
        /// The version of the file.
        found: u32,
    },
    /// Its end is missing.
    Truncated,
    /// Its bytes have changed, or an older version of the program wrote it.
    Corrupt,
}

/// The reason, as the end of a sentence about the file.
impl fmt::Display for DataFileError {
    fn fmt(&self, to: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::WrongFormat => to.write_str("it has another format"),
            Self::NewerVersion { found } => {
                write!(to, "it has version {found}, which this program is too old to read")
            }
            Self::Truncated => to.write_str("its end is missing"),
            Self::Corrupt => to.write_str("its bytes have changed"),
        }
    }
}

impl std::error::Error for DataFileError {}

impl FileKind {
    /// Returns a file with a header and its content, given in pieces.
    pub(super) fn file(self, content: &[&[u8]]) -> Vec<u8> {
        let size = CONTENT + content.iter().map(|part| part.len()).sum::<usize>();
        let mut bytes = Vec::with_capacity(size);
        bytes.extend(self.signature);
        bytes.extend(self.version.to_le_bytes());
        bytes.extend([0; 8]);
        bytes.extend(to_u32(size).to_le_bytes());
        for part in content {
            bytes.extend(*part);
        }
        let sum = checksum(bytes.get(CHECKED..).unwrap_or_default());
        for (slot, byte) in bytes.iter_mut().skip(8).zip(sum.to_le_bytes()) {
            *slot = byte;
        }
        bytes
    }

    /// Returns the content of a file. O(bytes), for the checksum.
    ///
    /// # Errors
    /// Returns [`DataFileError`] if the file is of another kind or version, incomplete or damaged.
    pub(super) fn content(self, bytes: &[u8]) -> Result<&[u8], DataFileError> {
        let begin = bytes.get(..self.signature.len().min(bytes.len())).unwrap_or_default();
        if !self.signature.starts_with(begin) {
            return Err(DataFileError::WrongFormat);
        }
        let version = u32_at(bytes, 4);
        if version > self.version {
            return Err(DataFileError::NewerVersion { found: version });
        }
        let content = bytes.get(CONTENT..).ok_or(DataFileError::Truncated)?;
        if bytes.len() < to_usize(u32_at(bytes, CHECKED)) {
            return Err(DataFileError::Truncated);
        }
        let written = u64::from(u32_at(bytes, 8)) | (u64::from(u32_at(bytes, 12)) << 32);
        let is_whole = bytes.len() == to_usize(u32_at(bytes, CHECKED));
        if version != self.version
            || !is_whole
            || checksum(bytes.get(CHECKED..).unwrap_or_default()) != written
        {
            return Err(DataFileError::Corrupt);
        }
        Ok(content)
    }
}

/// FNV-1a (Fowler, Noll, Vo), eight bytes at a time: it guards against accidents of hosts and proxies, not against
/// attackers, who could write any index anyway.
fn checksum(bytes: &[u8]) -> u64 {
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
    all.fold(FNV_OFFSET, |sum: u64, chunk| {
        let sum = (sum ^ u64::from_le_bytes(*chunk)).wrapping_mul(FNV_PRIME);
        // Multiplication carries upwards only: without this, a change of the highest bits would not reach the lowest.
        sum ^ (sum >> 32)
    })
}

/// Offset basis and prime of the 64-bit FNV hash, as its authors published them. Another value would refuse every file
/// that was written before.
pub(super) const FNV_OFFSET: u64 = 0xcbf2_9ce4_8422_2325;
pub(super) const FNV_PRIME: u64 = 0x0100_0000_01b3;

/// Bits of a number in each byte of a variable-length number (LEB128); the eighth says that more follow.
const VARINT_BITS: u32 = 7;
const VARINT_MORE: u8 = 1 << VARINT_BITS;

/// Appends a number in as many bytes as it needs: seven bits each, the lowest first.
pub(super) fn put_varint(bytes: &mut Vec<u8>, mut value: u32) {
    while value >= u32::from(VARINT_MORE) {
        let [first, ..] = value.to_le_bytes();
        bytes.push(first | VARINT_MORE);
        value >>= VARINT_BITS;
    }
    let [first, ..] = value.to_le_bytes();
    bytes.push(first);
}

/// Reads a number that [`put_varint`] wrote, and moves `at` after it. Bytes after the end count as zero.
#[inline]
pub(super) fn varint(bytes: &[u8], at: &mut usize) -> u32 {
    let mut value = 0;
    for shift in [0, 7, 14, 21, 28] {
        let byte = bytes.get(*at).copied().unwrap_or_default();
        *at += 1;
        value |= u32::from(byte & !VARINT_MORE) << shift;
        if byte < VARINT_MORE {
            break;
        }
    }
    value
}

/// Returns four bytes as a number; 0 after the end.
#[inline]
pub(super) fn u32_at(bytes: &[u8], at: usize) -> u32 {
    let four = bytes.get(at..).and_then(<[u8]>::first_chunk).copied().unwrap_or_default();
    u32::from_le_bytes(four)
}

/// Returns a file whose header fits its bytes: tests change bytes and want to get past the checksum.
#[cfg(test)]
pub(super) fn resealed(mut bytes: Vec<u8>) -> Vec<u8> {
    let sum = checksum(&bytes[CHECKED..]);
    bytes[8..CHECKED].copy_from_slice(&sum.to_le_bytes());
    bytes
}

#[cfg(test)]
mod tests {
    use super::*;

    const KIND: FileKind = FileKind { signature: *b"TEST", version: 3 };

    #[test]
    fn a_file_returns_its_content() {
        assert_eq!(KIND.content(&KIND.file(&[b"one ", b"", b"two"])), Ok(b"one two".as_slice()));
        assert_eq!(KIND.content(&KIND.file(&[])), Ok(b"".as_slice()));
    }

    #[test]
    fn a_damaged_file_is_refused_with_its_reason() {
        let bytes = KIND.file(&[b"some content"]);
        for end in 0..bytes.len() {
            assert_eq!(KIND.content(&bytes[..end]), Err(DataFileError::Truncated), "{end}");
        }
        for at in CONTENT..bytes.len() {
            let mut changed = bytes.clone();
            changed[at] ^= 4;
            assert_eq!(KIND.content(&changed), Err(DataFileError::Corrupt), "{at}");
        }
        assert_eq!(KIND.content(&[bytes.as_slice(), b"more"].concat()), Err(DataFileError::Corrupt));
        assert_eq!(KIND.content(b"<!doctype html>"), Err(DataFileError::WrongFormat));
        let newer = FileKind { version: 4, ..KIND };
        assert_eq!(KIND.content(&newer.file(&[])), Err(DataFileError::NewerVersion { found: 4 }));
        assert_eq!(newer.content(&bytes), Err(DataFileError::Corrupt));
    }

    #[test]
    fn variable_length_numbers_round_trip() {
        for value in [0, 1, 127, 128, 300, u32::MAX] {
            let (mut bytes, mut at) = (Vec::new(), 0);
            put_varint(&mut bytes, value);
            assert_eq!((varint(&bytes, &mut at), at), (value, bytes.len()));
        }
    }
}
