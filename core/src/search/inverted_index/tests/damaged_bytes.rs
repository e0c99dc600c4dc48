//! No bytes break it.

use proptest::prelude::*;
use proptest::test_runner::{Config, RngSeed};

use super::super::format::{FULL_TEXT, HEADER, PARTS};
use super::super::{FieldSet, InvertedIndex, InvertedIndexBuilder, QueryTerm};
use super::{ask, begin, word};
use crate::search::binary::{CHECKED, CONTENT, DataFileError, resealed};

/// An index with lists of all kinds: of one document, of some, of nearly all.
fn bytes() -> Vec<u8> {
    let mut builder = InvertedIndexBuilder::new();
    builder.add_synonym("vae", "variational autoencoder");
    for at in 0..300_u32 {
        let title = format!("number{at} of {}", at % 7);
        let notes = if at % 5 == 0 { "the the the vision of 日本語" } else { "the categories" };
        builder.add_document([&title, "ada", &notes.repeat(1 + usize::from(at % 3 == 0)), "papers"]);
    }
    builder.finish()
}

fn damage(bytes: &[u8]) -> Option<DataFileError> {
    InvertedIndex::open(bytes.to_vec()).err()
}

#[test]
fn writes_the_same_bytes_for_the_same_documents() {
    assert_eq!(bytes(), bytes());
    assert_eq!(damage(&bytes()), None);
}

#[test]
fn refuses_an_incomplete_index() {
    let bytes = bytes();
    for end in 0..bytes.len() {
        assert_eq!(damage(&bytes[..end]), Some(DataFileError::Truncated), "{end}");
    }
}

#[test]
fn refuses_an_index_with_any_changed_byte() {
    let mut bytes = bytes();
    for at in 0..bytes.len() {
        for flip in [1, 0x80, 0xff] {
            bytes[at] ^= flip;
            let found = damage(&bytes).unwrap();
            let right = match at {
                0..4 => found == DataFileError::WrongFormat,
                4..8 => matches!(found, DataFileError::NewerVersion { .. } | DataFileError::Corrupt),
                CHECKED..CONTENT => matches!(found, DataFileError::Truncated | DataFileError::Corrupt),
                _ => found == DataFileError::Corrupt,
            };
            assert!(right, "{at}: {found}");
            bytes[at] ^= flip;
        }
    }
    bytes.push(0);
    assert_eq!(damage(&bytes), Some(DataFileError::Corrupt));
}

#[test]
fn distinguishes_other_files_from_newer_versions() {
    assert_eq!(damage(b"{\"title\":\"a notebook\"}"), Some(DataFileError::WrongFormat));
    assert_eq!(damage(b"<!doctype html>"), Some(DataFileError::WrongFormat));
    assert_eq!(damage(&[0; 100]), Some(DataFileError::WrongFormat));
    assert_eq!(damage(b""), Some(DataFileError::Truncated));
    let newer = [FULL_TEXT.signature.as_slice(), &(FULL_TEXT.version + 1).to_le_bytes(), b"whatever follows"]
        .concat();
    assert_eq!(damage(&newer), Some(DataFileError::NewerVersion { found: FULL_TEXT.version + 1 }));
    assert_eq!(damage(&[FULL_TEXT.signature.as_slice(), &[0; 100]].concat()), Some(DataFileError::Corrupt));
}

/// Asks all that can be asked.
fn exercise(index: &InvertedIndex) {
    for text in ["t", "th", "the", "number123", "categorise", "variationak", "日本語", "日", "", "vision"]
    {
        ask(index, &[word(text)]);
        ask(index, &[begin(text), word("the")]);
        ask(index, &[QueryTerm { text, is_prefix: true, fields: FieldSet::NOTES, ..QueryTerm::default() }]);
        index.suggest_spellings(text, 20);
        index.prefix_scores(text);
    }
    assert!(index.synonyms().count() <= 10_000);
}

proptest! {
    #![proptest_config(Config { cases: 150, failure_persistence: None, rng_seed: RngSeed::Fixed(2), ..Config::default() })]

    #[test]
    fn wrong_bytes_with_the_right_checksum_never_panic(
        changes in prop::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 1..40),
    ) {
        let mut bytes = bytes();
        for (at, byte) in changes {
            let at = CHECKED + at.index(bytes.len() - CHECKED);
            bytes[at] = byte;
        }
        if let Ok(index) = InvertedIndex::open(resealed(bytes)) {
            exercise(&index);
        }
    }

    #[test]
    fn any_bytes_behind_a_header_never_panic(
        documents in 0_u32..600,
        words in prop::collection::vec((0_u8..4, "[a-e日]{4,9}"), 0..200),
        noise in prop::collection::vec(any::<u8>(), 6_000),
        ready in 0_usize..3,
    ) {
        // Words need not be in order, but each is text.
        let (mut shared, mut letters, mut before) = (Vec::new(), String::new(), String::new());
        for (same, rest) in &words {
            let same = if before.is_char_boundary(usize::from(*same)) { *same } else { 0 };
            shared.push(same);
            letters += rest;
            letters.push('\n');
            before.truncate(usize::from(same));
            before += rest;
        }
        let ready = ready * (8 + 4 + 64 * 6 + documents.div_ceil(8) as usize);
        let sizes = [shared.len(), letters.len(), 600, 800, 40, documents as usize, ready, 100];
        let sizes = sizes.map(|size| u32::try_from(size).unwrap());
        let mut bytes = vec![0; HEADER];
        bytes[..4].copy_from_slice(&FULL_TEXT.signature);
        bytes[4..8].copy_from_slice(&FULL_TEXT.version.to_le_bytes());
        let numbers = [documents, u32::try_from(words.len()).unwrap()].into_iter().chain(sizes);
        for (at, number) in (CHECKED + 4..).step_by(4).zip(numbers) {
            bytes[at..at + 4].copy_from_slice(&number.to_le_bytes());
        }
        bytes.extend(shared);
        bytes.extend(letters.as_bytes());
        prop_assert_eq!(sizes.len(), PARTS);
        let size: u32 = sizes[2..].iter().sum();
        bytes.extend(noise.iter().cycle().take(size as usize));
        let all = u32::try_from(bytes.len()).unwrap();
        bytes[CHECKED..CHECKED + 4].copy_from_slice(&all.to_le_bytes());
        let index = InvertedIndex::open(resealed(bytes));
        prop_assert!(index.is_ok());
        exercise(&index.unwrap());
    }
}
