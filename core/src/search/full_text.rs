//! The full-text index of a corpus, and queries of it as they are typed.

use super::characters::JOINT;
use super::inverted_index::{
    Alternatives, FieldSet, InvertedIndex, InvertedIndexBuilder, QueryTerm, Run, SearchResult,
};
use super::inverted_index::{joined, runs, stem};
use super::normalize::normalize_word;
use super::query_parser::{ParsedWords, QueryWord, SearchScope};
use super::word_breaks::{WordBreaks, word_breaks};
use super::{Corpus, DataFileError, Field};
use crate::notebook::{Entry, Notebook};

/// Synonyms of a word that are searched: each is as much work as a word. Terms have two or three. Chosen.
const MAX_SYNONYMS: usize = 8;

/// A full-text index that answers what people type.
#[derive(Debug)]
pub struct FullTextIndex {
    index: InvertedIndex,
    /// Normalized words of a short form and of its long form.
    synonyms: Vec<[Vec<String>; 2]>,
}

/// Returns the bytes of a notebook's full-text index. The same notebook makes the same bytes.
///
/// Documents are its entries, in the order of [`Corpus`]. O(text).
///
/// Calls `progress` with the number of entries that are done, every 1,000 entries.
pub fn index_bytes(notebook: &Notebook, corpus: &Corpus, progress: &mut dyn FnMut(usize)) -> Vec<u8> {
    let mut builder = InvertedIndexBuilder::new();
    for entry in 0..corpus.catalog.len() {
        if entry.is_multiple_of(1000) {
            progress(entry);
        }
        let document = document(corpus, entry);
        builder.add_document(document.each_ref().map(String::as_str));
    }
    for (_, entry) in notebook.walk() {
        if let Entry::Term(term) = entry {
            for alias in &term.aliases {
                builder.add_synonym(&normalize_word(alias), &normalize_word(&term.bare_name()));
            }
        }
    }
    builder.finish()
}

/// The normalized headings above an entry.
fn headings(corpus: &Corpus, entry: usize) -> String {
    let entry = corpus.catalog.entries.get(entry);
    let above = entry.into_iter().flat_map(|entry| corpus.catalog.above(entry));
    above.map(|heading| heading.title.as_str()).collect::<Vec<_>>().join("\n")
}

/// The normalized title, byline, notes with address, and headings of an entry.
fn document(corpus: &Corpus, entry: usize) -> [String; 4] {
    let fields = corpus.texts.of(entry).map(Vec::as_slice).unwrap_or_default();
    let text = |field| fields.iter().find(|known| known.0 == field).map_or("", |known| known.2.as_str());
    let [title, byline, notes] = Field::ALL.map(|field| text(field).to_owned());
    let address = corpus.texts.address(entry);
    let notes = if address.is_empty() { notes } else { format!("{notes}\n{address}") };
    [title, byline, notes, headings(corpus, entry)]
}

/// Between the fields of a document.
const FIELD: char = '\u{1f}';
/// Between documents.
const DOCUMENT: char = '\u{1e}';

/// Returns the texts of a corpus, from which [`build_from_texts`] builds an index if the published one cannot be used.
pub fn export_texts(corpus: &Corpus) -> String {
    let mut all = String::new();
    for entry in 0..corpus.catalog.len() {
        for text in document(corpus, entry) {
            all.push_str(&text);
            all.push(FIELD);
        }
        all.push(DOCUMENT);
    }
    all
}

/// Returns the bytes of a full-text index of texts that [`export_texts`] wrote.
pub fn build_from_texts(texts: &str) -> Vec<u8> {
    let mut builder = InvertedIndexBuilder::new();
    for document in texts.split_terminator(DOCUMENT) {
        let mut fields = document.split(FIELD);
        let mut next = || fields.next().unwrap_or_default();
        let fields = [next(), next(), next(), next()];
        if let Some((long, short)) =
            fields.first().and_then(|title| title.strip_suffix(')')?.rsplit_once('('))
        {
            // A term with its abbreviation; of another entry's title it does no harm.
            let joined = |text: &str| text.replace(JOINT, "");
            builder.add_synonym(&joined(short), &joined(long.trim_end()));
        }
        builder.add_document(fields);
    }
    builder.finish()
}

impl FullTextIndex {
    /// Opens an index. O(bytes), for their checksum.
    ///
    /// # Errors
    /// Returns [`DataFileError`] if the bytes are of another kind or version, incomplete or damaged.
    pub fn open(bytes: Vec<u8>) -> Result<Self, DataFileError> {
        let index = InvertedIndex::open(bytes)?;
        let words = |text: &str| {
            let words =
                runs(text).map(|(Run::Word(word) | Run::Unspaced(word))| stem(&joined(word)).into_owned());
            words.collect::<Vec<_>>()
        };
        let synonyms = index.synonyms().map(|(short, long)| [words(short), words(long)]);
        let synonyms = synonyms.filter(|both| both.iter().all(|words| !words.is_empty())).collect();
        Ok(Self { index, synonyms })
    }

    /// Searches for typed words. Returns a score for every entry, 0 for one that does not match; terms of the result are
    /// numbered as the required words. O(postings of the words).
    pub fn find(&self, typed: &str) -> SearchResult {
        let read = ParsedWords::read(typed);
        // A space after a word ends it.
        let open = read.required.last().is_some_and(|word| word.at.end == typed.len() && !word.phrase);
        let breaks = word_breaks(&self.index, &read.required, open);
        let (terms, of) = self.terms(&read.required, &breaks, open);
        let mut found = self.index.search(&terms);
        let back = |at: usize| of.get(at).copied().unwrap_or_default();
        found.corrected.iter_mut().for_each(|(at, _)| *at = back(*at));
        found.accepted.iter_mut().for_each(|accepted| accepted.term = back(accepted.term));
        for word in &read.excluded {
            let fields = fields(word.scope, FieldSet::WITHOUT_HEADINGS);
            let unwanted = self.index.search_exact(
                &QueryTerm { text: &word.text, is_prefix: false, fields, is_exact: true }.into(),
            );
            for (score, unwanted) in found.scores.iter_mut().zip(unwanted) {
                *score = if unwanted > 0 { 0 } else { *score };
            }
        }
        found
    }

    /// The terms to look for, and which word each begins with.
    fn terms<'a>(
        &'a self,
        words: &'a [QueryWord],
        breaks: &'a [WordBreaks],
        prefix: bool,
    ) -> (Vec<Alternatives<'a>>, Vec<usize>) {
        let roots: Vec<_> = words.iter().map(|word| stem(&joined(&word.text)).into_owned()).collect();
        let (mut terms, mut of) = (Vec::new(), Vec::new());
        let mut at = 0;
        while let Some(word) = words.get(at) {
            let last = |at: usize| prefix && at + 1 == words.len();
            let term = |at: usize, word: &'a QueryWord| QueryTerm {
                text: &word.text,
                is_prefix: last(at),
                fields: fields(word.scope, FieldSet::ALL),
                is_exact: word.phrase,
            };
            let way = |words: &'a [String]| -> Vec<QueryTerm<'a>> {
                words.iter().map(|text| QueryTerm { text, ..term(usize::MAX - 1, word) }).collect()
            };
            // The longest form of a synonym that stands here, then what else means the same.
            let mut size = 1;
            let mut others = Vec::new();
            if !word.phrase {
                for [one, other] in self.synonyms.iter().flat_map(|[a, b]| [[a, b], [b, a]]) {
                    let here = roots.get(at..at + one.len()).unwrap_or_default();
                    if one.len() >= size && !here.is_empty() && here.iter().zip(one).all(|(a, b)| a == b) {
                        if one.len() > size {
                            others.clear();
                            size = one.len();
                        }
                        others.push(way(other));
                    }
                }
            }
            let breaks = breaks.get(at);
            let with_next = breaks.and_then(|breaks| breaks.with_next.as_deref());
            if let Some(text) = with_next.filter(|_| size == 1) {
                others.clear();
                size = 2;
                others.push(vec![QueryTerm { text, ..term(at + 1, word) }]);
            } else if let Some(breaks) = breaks.filter(|_| size == 1) {
                others.extend(breaks.split.as_ref().map(|parts| way(parts)));
                let text = breaks.without_slash.as_deref();
                others.extend(text.map(|text| vec![QueryTerm { text, ..term(at, word) }]));
            }
            others.truncate(MAX_SYNONYMS);
            let own = words.get(at..at + size).unwrap_or_default();
            let own = own.iter().enumerate().map(|(further, word)| term(at + further, word)).collect();
            terms.push(Alternatives { variants: std::iter::once(own).chain(others).collect() });
            of.push(at);
            at += size;
        }
        (terms, of)
    }
}

fn fields(scope: SearchScope, anywhere: FieldSet) -> FieldSet {
    match scope {
        SearchScope::Anywhere => anywhere,
        SearchScope::In(Field::Title) | SearchScope::TermName => FieldSet::TITLE,
        SearchScope::In(Field::Byline) => FieldSet::BYLINE,
        SearchScope::In(Field::Notes) => FieldSet::NOTES,
    }
}
