//! Builds the bytes of an index from texts.
//!
//! The site generator does it once per build, `notebook search` once per query, and the page if the published index
//! cannot be used.

use std::collections::HashMap;
use std::hash::{BuildHasherDefault, Hasher};

use super::bit_stream::{BitWriter, rice_bits, zigzag};
use super::bm25::{BYLINE, FIELD_MASK, HEADINGS, NOTES, TITLE, class, level};
use super::format::{BLOCK, END, MIN_STORED_LENGTH, PREFIX_BEST, PREFIX_KEY, assemble};
use super::index::InvertedIndex;
use super::posting_codec::put_list;
use super::posting_lists::expected_bits;
use super::tokenizer::{run_length, runs, tokens as tokens_of};
use crate::convert::{to_u32, to_usize};
use crate::search::binary::{FNV_OFFSET, FNV_PRIME, put_varint};
use crate::search::ordering::ordered;

/// Documents in all lists of the words with a prefix of one letter, from which on its answer is prepared: reading
/// them all at the first key would take longer than a frame. The answer takes a bit for each document. Chosen.
const MIN_POSTINGS_ONE_LETTER: usize = 40_000;
/// The same for a prefix of two letters. There are up to 700 of them, so only the most frequent are worth their bytes.
/// Chosen.
const MIN_POSTINGS_TWO_LETTERS: usize = 250_000;
/// In an index of more documents than this, the number of occurrences is not stored for words that one document in eight
/// has: nobody ranks by how often `the` occurs, and its list is smaller without. In a small index it costs
/// nothing to keep. Chosen.
const COUNTS_KEPT_BELOW: u32 = 1000;
const FREQUENT: u32 = 8;

/// Collects documents and makes the bytes of an [`InvertedIndex`].
#[derive(Debug, Default)]
pub struct InvertedIndexBuilder {
    places: HashMap<String, usize, BuildHasherDefault<Fnv>>,
    /// For every word the documents that have it, each with its class.
    lists: Vec<Vec<(u32, u8)>>,
    lengths: Vec<u32>,
    /// Words of the document that is added, each with its field in the lowest byte.
    tokens: Vec<u64>,
    synonyms: Vec<(String, String)>,
}

/// FNV-1a (Fowler, Noll, Vo): the standard hasher would add a kilobyte to the program. It does not resist crafted
/// collisions, but these would only slow down the author who crafted them.
#[derive(Debug)]
struct Fnv(u64);

impl Default for Fnv {
    fn default() -> Self {
        Self(FNV_OFFSET)
    }
}

impl Hasher for Fnv {
    fn write(&mut self, bytes: &[u8]) {
        for byte in bytes {
            self.0 = (self.0 ^ u64::from(*byte)).wrapping_mul(FNV_PRIME);
        }
    }

    fn finish(&self) -> u64 {
        self.0
    }
}

impl InvertedIndexBuilder {
    /// Creates a builder without documents.
    pub fn new() -> Self {
        Self::default()
    }

    /// Adds a document by its title, its byline, its notes and the headings above it, all normalized. Returns its number,
    /// from 0.
    pub fn add_document(&mut self, fields: [&str; 4]) -> usize {
        let document = self.lengths.len();
        let mut length = 0;
        let (places, lists, tokens) = (&mut self.places, &mut self.lists, &mut self.tokens);
        tokens.clear();
        for (text, field) in fields.into_iter().zip([TITLE, BYLINE, NOTES, HEADINGS]) {
            length += if field == HEADINGS { 0 } else { runs(text).map(run_length).sum::<usize>() };
            tokens_of(text, &mut |word, _| {
                let place = places.get(word).copied().unwrap_or_else(|| {
                    places.insert(word.to_owned(), lists.len());
                    lists.push(Vec::new());
                    lists.len() - 1
                });
                tokens.push(u64::from(to_u32(place)) << 8 | u64::from(field));
            });
        }
        sort(tokens);
        for same in tokens.chunk_by(|a, b| a >> 8 == b >> 8) {
            let field = |token: &u64| u8::try_from(token & 0xff).unwrap_or_default();
            let fields = same.iter().fold(0, |fields, token| fields | field(token));
            let times = same.iter().filter(|token| field(token) == NOTES).count();
            let place = same.first().and_then(|token| usize::try_from(token >> 8).ok());
            if let Some(list) = place.and_then(|place| lists.get_mut(place)) {
                list.push((to_u32(document), class(fields, to_u32(times))));
            }
        }
        self.lengths.push(to_u32(length));
        document
    }

    /// Adds a pair of synonyms, short form first, both normalized.
    pub fn add_synonym(&mut self, short: &str, long: &str) {
        self.synonyms.push((short.to_owned(), long.to_owned()));
    }

    /// Returns the bytes of the index. The same documents make the same bytes.
    pub fn finish(mut self) -> Vec<u8> {
        let documents = to_u32(self.lengths.len());
        let total: usize =
            self.lengths.iter().map(|&length| usize::try_from(length).unwrap_or_default()).sum();
        let mean = to_u32(total / self.lengths.len().max(1)).max(1);
        let levels: Vec<u8> = self.lengths.iter().map(|&length| level(length, mean)).collect();
        let mut words: Vec<(String, Vec<(u32, u8)>)> = Vec::with_capacity(self.lists.len());
        let mut lists = self.lists;
        for (word, place) in self.places {
            let list = lists.get_mut(place).map(std::mem::take).unwrap_or_default();
            words.push((word, list));
        }
        let mut words = in_order(words);
        let mut parts = Parts::default();
        let mut before = "";
        let count = to_u32(words.len());
        let prefixes = frequent_prefixes(&words);
        for (word, list) in &mut words {
            parts.word(before, word);
            parts.list(documents, list);
            before = word;
        }
        let Parts { shared, letters, counts, lists, begins, .. } = parts;
        let lists = lists.finish();
        let synonyms = synonyms(&mut self.synonyms);
        let all = |answers: &[u8]| {
            assemble(
                documents,
                count,
                &[&shared, &letters, &counts, &lists, &begins, &levels, answers, &synonyms],
            )
        };
        let bytes = all(&[]);
        if prefixes.is_empty() {
            return bytes;
        }
        let Ok(index) = InvertedIndex::open(bytes) else { return Vec::new() };
        let answers: Vec<u8> = prefixes.iter().flat_map(|prefix| prepared_answer(&index, prefix)).collect();
        all(&answers)
    }
}

/// Sorts values by their texts. All sorting in the programs of a page goes through [`ordered`], because each generic sort
/// would be compiled separately.
fn in_order<T: Default>(mut things: Vec<(String, T)>) -> Vec<(String, T)> {
    let text = |at: usize| things.get(at).map(|(text, _)| text.as_str());
    let order = ordered(things.len(), &|one, other| text(one).cmp(&text(other)));
    let next = |at: u32| things.get_mut(to_usize(at)).map(std::mem::take);
    order.into_iter().filter_map(next).collect()
}

/// Sorts numbers with [`ordered`].
fn sort(numbers: &mut Vec<u64>) {
    let number = |at: usize| numbers.get(at).copied().unwrap_or_default();
    let order = ordered(numbers.len(), &|one, other| number(one).cmp(&number(other)));
    *numbers = order.into_iter().map(|at| number(to_usize(at))).collect();
}

/// Returns the bytes of pairs of texts in order, each pair once: both lengths, then both texts.
fn synonyms(pairs: &mut Vec<(String, String)>) -> Vec<u8> {
    // By the second text first: what is equal stays as it is in the order of the first.
    let swapped = std::mem::take(pairs).into_iter().map(|(one, other)| (other, one)).collect();
    let back = in_order(swapped).into_iter().map(|(other, one)| (one, other)).collect();
    *pairs = in_order(back);
    pairs.dedup();
    let mut bytes = Vec::new();
    for (one, other) in pairs {
        put_varint(&mut bytes, to_u32(one.len()));
        put_varint(&mut bytes, to_u32(other.len()));
        bytes.extend(one.as_bytes());
        bytes.extend(other.as_bytes());
    }
    bytes
}

/// The parts that grow word by word.
#[derive(Default)]
struct Parts {
    shared: Vec<u8>,
    letters: Vec<u8>,
    counts: Vec<u8>,
    lists: BitWriter,
    begins: Vec<u8>,
    /// The bits where the block before begins, and lists since then.
    block: (usize, usize),
}

impl Parts {
    fn word(&mut self, before: &str, word: &str) {
        let same = before.chars().zip(word.chars()).take_while(|(a, b)| a == b);
        // A word is cut at 40 letters, which are 160 bytes at the most.
        let same = same.map(|(letter, _)| letter.len_utf8()).sum::<usize>();
        self.shared.push(u8::try_from(same).unwrap_or(u8::MAX));
        self.letters.extend(word.as_bytes().get(same..).unwrap_or_default());
        self.letters.push(END);
    }

    fn list(&mut self, documents: u32, list: &mut [(u32, u8)]) {
        let begin = self.lists.len();
        if self.block.1.is_multiple_of(BLOCK) {
            put_varint(&mut self.begins, to_u32(begin - self.block.0));
            self.block.0 = begin;
        }
        self.block.1 += 1;
        let count = to_u32(list.len());
        if documents > COUNTS_KEPT_BELOW && count > documents / FREQUENT {
            for (_, class) in list.iter_mut() {
                *class &= FIELD_MASK;
            }
        }
        put_list(&mut self.lists, documents, list);
        put_varint(&mut self.counts, count);
        if count >= MIN_STORED_LENGTH {
            let length = i64::try_from(self.lists.len() - begin).unwrap_or(i64::MAX);
            put_varint(&mut self.counts, zigzag(length - expected_bits(count, rice_bits(documents, count))));
        }
    }
}

/// Returns the prefixes of one or two letters that too many words begin with to read all their lists.
fn frequent_prefixes(words: &[(String, Vec<(u32, u8)>)]) -> Vec<String> {
    let mut frequent_prefixes = Vec::new();
    for (letters, from) in [(1, MIN_POSTINGS_ONE_LETTER), (2, MIN_POSTINGS_TWO_LETTERS)] {
        let begin = |word: &str| word.chars().take(letters).collect::<String>();
        for same in words.chunk_by(|a, b| begin(&a.0) == begin(&b.0)) {
            let all: usize = same.iter().map(|(_, list)| list.len()).sum();
            if let Some((word, _)) = same.first().filter(|_| all >= from && same.len() > 1) {
                frequent_prefixes.push(begin(word));
            }
        }
    }
    frequent_prefixes
}

/// Returns the bytes of a prepared answer: the prefix, the number of documents, the best with their scores, and a bit for
/// each document.
fn prepared_answer(index: &InvertedIndex, prefix: &str) -> Vec<u8> {
    let mut key = prefix.as_bytes().to_vec();
    key.resize(PREFIX_KEY, 0);
    let found = index.prefix_scores(prefix);
    let mut bits = vec![0_u8; found.len().div_ceil(8)];
    // The best score first, then the first document.
    let mut best: Vec<u64> = Vec::new();
    for (score, document) in found.into_iter().zip(0_u32..).filter(|(score, _)| *score > 0) {
        if let Some(byte) = bits.get_mut(to_usize(document >> 3)) {
            *byte |= 1 << (document & 7);
        }
        best.push(u64::from(u16::MAX - score) << 32 | u64::from(document));
    }
    let mut record = key;
    record.extend(to_u32(best.len()).to_le_bytes());
    sort(&mut best);
    best.resize(PREFIX_BEST, u64::from(u16::MAX) << 32);
    for pair in best {
        let [a, b, c, d, low, high, ..] = pair.to_le_bytes();
        record.extend([a, b, c, d]);
        record.extend((u16::MAX - u16::from_le_bytes([low, high])).to_le_bytes());
    }
    record.extend(bits);
    record
}
