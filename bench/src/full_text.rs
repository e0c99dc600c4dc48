//! Size of the full-text index and the recall of searches in it. `benches/full_text.rs` has the times.

use std::env;
use std::fs;

use notebook_bench::generated_texts::{GeneratedTexts, mistyped};
use notebook_bench::random::Random;
use notebook_core::markdown::read;
use notebook_core::search::{
    Alternatives, Corpus, FieldSet, InvertedIndex, QueryTerm, build_from_texts, export_texts,
};
use xtask::files;
use xtask::root;
use xtask::sites;

use crate::figures::Figures;

const DOCUMENTS: usize = 10_000;

/// Titles that are looked for.
const KNOWN_ITEMS: usize = 1000;

/// Share of titles that must be among the first ten results.
const MIN_RECALL: f64 = 0.97;

/// Prints sizes, and compares the recall with its limit.
///
/// # Errors
/// Fails if the notebook cannot be read.
pub(crate) fn measure(figures: &mut Figures) -> Result<(), String> {
    print_costs()?;
    let texts = GeneratedTexts::new(DOCUMENTS);
    let bytes = texts.index();
    print_parts(&bytes)?;
    let index = InvertedIndex::open(bytes).map_err(|error| format!("{error:?}"))?;
    for (name, has_typo) in [("as typed", false), ("with a typo", true)] {
        let recall = recall(&index, &texts, has_typo);
        let name = format!("{DOCUMENTS} texts: recall@10 of three title words, {name}");
        figures.at_least(&name, MIN_RECALL, Some(recall));
    }
    Ok(())
}

/// Prints what parts of compounds and addresses add to the index of a real notebook: the one that `NOTEBOOK_FILE` names.
fn print_costs() -> Result<(), String> {
    let file = env::var_os("NOTEBOOK_FILE").map_or_else(|| root().join(sites::SEED), Into::into);
    let source = fs::read_to_string(&file).map_err(|error| format!("{}: {error}", file.display()))?;
    let corpus = Corpus::build(&read(&source).notebook);
    let texts = export_texts(&corpus);
    // Documents end with U+001E, their fields with U+001F; compounds have U+001D between their parts.
    let without_joints = texts.replace('\u{1d}', "");
    let mut without_addresses = String::new();
    for document in without_joints.split_terminator('\u{1e}') {
        let mut fields: Vec<&str> = document.split('\u{1f}').collect();
        if let Some(notes) = fields.get_mut(2) {
            *notes = notes.rsplit_once('\n').map_or(*notes, |(notes, _)| notes);
        }
        without_addresses.extend([&fields.join("\u{1f}"), "\u{1e}"]);
    }
    println!("{} entries of {}, bytes of the index and with brotli:", corpus.catalog.len(), file.display());
    for (name, texts) in [
        ("the index", &texts),
        ("with each compound in one word only", &without_joints),
        ("and without addresses", &without_addresses),
    ] {
        let bytes = build_from_texts(texts);
        println!("{name:>36} {:>9} {:>9}", bytes.len(), compressed(&bytes)?);
    }
    Ok(())
}

/// Prints the bytes of each part of an index, as its header has them, and with brotli.
fn print_parts(bytes: &[u8]) -> Result<(), String> {
    const NAMES: [&str; 8] =
        ["shared", "letters", "counts", "lists", "begins", "levels", "prefixes", "synonyms"];
    /// Bytes before the lengths of the parts.
    const HEADER: usize = 28;
    println!("{DOCUMENTS} texts, bytes of each part of the index and with brotli:");
    let mut start = HEADER + 4 * NAMES.len();
    for (name, length) in NAMES.into_iter().zip(bytes[HEADER..].chunks_exact(4)) {
        let length = length.iter().rev().fold(0, |sum, byte| sum << 8 | usize::from(*byte));
        let part = &bytes[start..start + length];
        start += length;
        println!("{name:>36} {length:>9} {:>9}", compressed(part)?);
    }
    Ok(())
}

fn compressed(bytes: &[u8]) -> Result<usize, String> {
    files::compress(bytes).map(|bytes| bytes.len()).map_err(|error| error.to_string())
}

/// Returns the share of titles among the first ten results when three of their words are typed in order.
#[expect(clippy::cast_precision_loss, reason = "counts are small")]
fn recall(index: &InvertedIndex, texts: &GeneratedTexts, has_typo: bool) -> f64 {
    let mut random = Random::new(11);
    let mut found = 0;
    for _ in 0..KNOWN_ITEMS {
        let at = random.below(texts.documents.len());
        let mut words = three_words(&texts.documents[at][0], &mut random);
        let long: Vec<usize> = (0..3).filter(|&at| words[at].len() >= 4).collect();
        if has_typo && !long.is_empty() {
            let at = *random.pick(&long);
            words[at] = mistyped(&words[at], &mut random);
        }
        let terms: Vec<Alternatives> = words
            .iter()
            .enumerate()
            .map(|(at, text)| {
                let term =
                    QueryTerm { text, is_prefix: at == 2, fields: FieldSet::ALL, ..QueryTerm::default() };
                term.into()
            })
            .collect();
        let scores = index.search(&terms).scores;
        let own = scores[at];
        // Of documents with the same score, the first is shown first.
        let is_better = |(other, score): &(usize, &_)| **score > own || (**score == own && *other < at);
        let better = scores.iter().enumerate().filter(is_better).count();
        found += usize::from(own > 0 && better < 10);
    }
    found as f64 / KNOWN_ITEMS as f64
}

/// Picks three words of a title in their order.
fn three_words(title: &str, random: &mut Random) -> Vec<String> {
    let title: Vec<&str> = title.split(' ').collect();
    let mut left = 3;
    let mut words = Vec::with_capacity(left);
    for (at, word) in title.iter().enumerate() {
        if random.below(title.len() - at) < left {
            left -= 1;
            words.push((*word).to_owned());
        }
    }
    words
}
