//! Decoding of files: UTF-8, UTF-16 with a byte order mark, and a name for what is not text.

use crate::diagnostic::{Diagnostic, DiagnosticCode};

/// Diagnostics of invalid bytes that are kept: a file in another encoding has thousands, and the first tell enough.
const MAX_DIAGNOSTICS: usize = 20;

/// Bytes at the beginning of a file in which zero bytes are counted.
const SAMPLE_BYTES: usize = 4096;

/// The first bytes of files that people mistake for text, and what such a file is.
const SIGNATURES: [(&[u8], &str); 14] = [
    (b"\x89PNG\r\n\x1a\n", "a PNG image"),
    (b"\xff\xd8\xff", "a JPEG image"),
    (b"GIF87a", "a GIF image"),
    (b"GIF89a", "a GIF image"),
    (b"\x1f\x8b", "a gzip archive"),
    (b"PK\x03\x04", "a ZIP archive, or a Word or OpenDocument file"),
    (b"%PDF-", "a PDF document"),
    (b"\xd0\xcf\x11\xe0", "an old Word document"),
    (b"BZh91AY", "a bzip2 archive"),
    (b"\xfd7zXZ\0", "an xz archive"),
    (b"7z\xbc\xaf\x27\x1c", "a 7z archive"),
    (b"SQLite format 3\0", "a database"),
    // Before UTF-16, whose mark it begins with.
    (b"\xff\xfe\0\0", "UTF-32 text"),
    (b"\0\0\xfe\xff", "UTF-32 text"),
];

/// Decodes a file. Sequences that are invalid become U+FFFD, each with a diagnostic at its place in the text that is
/// returned; a file that is not text at all becomes an empty text with one diagnostic. O(bytes)
pub fn decode(bytes: &[u8]) -> (String, Vec<Diagnostic>) {
    if let Some(kind) = binary_kind(bytes) {
        let help = "name a Markdown or bibliography file, saved as UTF-8";
        return (
            String::new(),
            vec![invalid(0..0, format!("this file is not UTF-8 text: it is {kind}"), help)],
        );
    }
    match bytes {
        [0xff, 0xfe, rest @ ..] => decode_utf16(rest, u16::from_le_bytes),
        [0xfe, 0xff, rest @ ..] => decode_utf16(rest, u16::from_be_bytes),
        _ => decode_utf8(bytes),
    }
}

/// Returns what a file is that is not text.
fn binary_kind(bytes: &[u8]) -> Option<&'static str> {
    let signature = SIGNATURES.iter().find(|(signature, _)| bytes.starts_with(signature));
    if let Some((_, kind)) = signature {
        return Some(kind);
    }
    if bytes.starts_with(&[0xff, 0xfe]) || bytes.starts_with(&[0xfe, 0xff]) {
        return None;
    }
    let sample = bytes.get(..SAMPLE_BYTES).unwrap_or(bytes);
    let is_zero = |byte: &&u8| **byte == 0;
    let zeros = sample.iter().filter(is_zero).count();
    // Latin text in UTF-16 has a zero in every second byte, always on the same side.
    let odd_zeros = sample.iter().skip(1).step_by(2).filter(is_zero).count();
    if zeros * 4 < sample.len() || zeros == 0 {
        return None;
    }
    let is_utf16 = odd_zeros == zeros || odd_zeros == 0;
    Some(if is_utf16 { "probably UTF-16 text without a byte order mark" } else { "binary data" })
}

fn decode_utf16(bytes: &[u8], to_unit: fn([u8; 2]) -> u16) -> (String, Vec<Diagnostic>) {
    let (pairs, rest) = bytes.as_chunks::<2>();
    let mut text = String::with_capacity(bytes.len());
    let mut diagnostics = Vec::new();
    for decoded in char::decode_utf16(pairs.iter().map(|pair| to_unit(*pair))) {
        match decoded {
            Ok(character) => text.push(character),
            Err(_) => push_replacement(&mut text, &mut diagnostics, "these bytes are not valid UTF-16"),
        }
    }
    if !rest.is_empty() {
        push_replacement(&mut text, &mut diagnostics, "the last byte is half of a UTF-16 character");
    }
    (text, diagnostics)
}

fn decode_utf8(bytes: &[u8]) -> (String, Vec<Diagnostic>) {
    let mut text = String::with_capacity(bytes.len());
    let mut diagnostics = Vec::new();
    for chunk in bytes.utf8_chunks() {
        text.push_str(chunk.valid());
        if !chunk.invalid().is_empty() {
            push_replacement(&mut text, &mut diagnostics, "these bytes are not UTF-8 text");
        }
    }
    (text, diagnostics)
}

fn push_replacement(text: &mut String, diagnostics: &mut Vec<Diagnostic>, message: &str) {
    let start = text.len();
    text.push(char::REPLACEMENT_CHARACTER);
    if diagnostics.len() < MAX_DIAGNOSTICS {
        diagnostics.push(invalid(start..text.len(), message.to_owned(), "save the file as UTF-8"));
    }
}

fn invalid(range: std::ops::Range<usize>, message: String, help: &str) -> Diagnostic {
    Diagnostic { code: DiagnosticCode::InvalidUtf8, range, message, help: help.to_owned() }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn utf16(text: &str, to_bytes: fn(u16) -> [u8; 2]) -> Vec<u8> {
        std::iter::once(0xfeff).chain(text.encode_utf16()).flat_map(to_bytes).collect()
    }

    #[test]
    fn decodes_utf16_of_either_byte_order() {
        let text = "## Größe 😀\n\n- 論文\n";
        for bytes in [utf16(text, u16::to_le_bytes), utf16(text, u16::to_be_bytes)] {
            assert_eq!(decode(&bytes), (text.to_owned(), Vec::new()));
        }
        assert_eq!(decode(&utf16("", u16::to_le_bytes)), (String::new(), Vec::new()));
    }

    #[test]
    fn replaces_invalid_sequences_with_diagnostics() {
        let (text, found) = decode(b"caf\xe9 ok \xff\xfe");
        assert_eq!((text.as_str(), found.len()), ("caf\u{fffd} ok \u{fffd}\u{fffd}", 3));
        assert_eq!(&text[found[0].range.clone()], "\u{fffd}");
        let (text, found) = decode(b"\xff\xfea\0\x00\xd8b\0c");
        assert_eq!((text.as_str(), found.len()), ("a\u{fffd}b\u{fffd}", 2));
        assert_eq!(decode(&[0xe9; 10_000]).1.len(), MAX_DIAGNOSTICS);
    }

    #[test]
    fn names_what_is_not_text() {
        let without_mark: Vec<u8> = "# Notes".encode_utf16().flat_map(u16::to_le_bytes).collect();
        for (bytes, kind) in [
            (&b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR"[..], "a PNG image"),
            (b"\x1f\x8b\x08\0\0\0\0\0", "a gzip archive"),
            (b"PK\x03\x04\x14\0", "a ZIP archive"),
            (b"%PDF-1.7\n", "a PDF document"),
            (b"\xff\xfe\0\0#\0\0\0", "UTF-32 text"),
            (b"\0\0\0\0\0\x01\0\0", "binary data"),
            (&without_mark, "UTF-16 text without a byte order mark"),
        ] {
            let (text, found) = decode(bytes);
            assert_eq!((text.as_str(), found.len()), ("", 1), "{kind}");
            assert!(found[0].message.contains(kind), "{}", found[0].message);
        }
    }

    #[test]
    fn leaves_other_text_alone() {
        for text in ["", "\u{feff}# BOM", "PK is no archive", "a\0b with a zero byte", "GIF89 is not enough"]
        {
            assert_eq!(decode(text.as_bytes()), (text.to_owned(), Vec::new()));
        }
    }
}
