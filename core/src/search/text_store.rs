//! Texts of the entries that are in memory, normalized once, and a scan of all of them.

use super::catalog::{Catalog, CatalogEntry};
use super::normalize::{normalize, normalize_line};
use super::query_parser::{ParsedWords, QueryWord, SearchScope, occurrences, page_of};
use super::titles::Titles;
use super::{EntryKind, Field, MatchQuality, PlainText, SearchResult};
use crate::convert::to_usize;

/// The fields of one entry that have words, each as the page shows it and normalized.
pub(super) type Fields = Vec<(Field, PlainText, String)>;

/// Score of a word in each field: the proportions of the full-text index, so that results move little when it arrives.
const TITLE_WEIGHT: u32 = 4;
const BYLINE_WEIGHT: u32 = 2;
const NOTES_WEIGHT: u32 = 1;

/// The texts of an entry.
#[derive(Clone, Debug)]
struct EntryTexts {
    fields: Fields,
    /// The normalized address of a paper or link, without its scheme.
    address: String,
}

/// Texts of entries, of which some may not be loaded yet.
#[derive(Clone, Debug, Default)]
pub struct TextStore(Vec<Option<EntryTexts>>);

impl TextStore {
    /// Creates a store for so many entries, without their texts.
    pub(super) fn empty(entries: usize) -> Self {
        Self(vec![None; entries])
    }

    fn texts(&self, entry: usize) -> Option<&EntryTexts> {
        self.0.get(entry)?.as_ref()
    }

    /// Returns the fields of an entry, if its texts are loaded.
    pub(super) fn of(&self, entry: usize) -> Option<&Fields> {
        self.texts(entry).map(|texts| &texts.fields)
    }

    /// Returns the normalized address of an entry; empty if it has none or its texts are not loaded.
    pub(super) fn address(&self, entry: usize) -> &str {
        self.texts(entry).map_or("", |texts| &texts.address)
    }

    /// Removes the texts of an entry.
    pub(super) fn remove(&mut self, entry: usize) {
        if let Some(slot) = self.0.get_mut(entry) {
            *slot = None;
        }
    }

    /// Sets the texts of an entry, with the address that it links to.
    pub(super) fn set(&mut self, entry: usize, address: &str, fields: Vec<(Field, PlainText)>) {
        if let Some(slot) = self.0.get_mut(entry) {
            let fields = fields.into_iter().map(|(field, text)| {
                let normalized = normalize(&text).text;
                (field, text, normalized)
            });
            *slot = Some(EntryTexts { fields: fields.collect(), address: normalize_line(page_of(address)) });
        }
    }

    /// Scans all texts in memory, until the full-text index has been fetched. O(text).
    ///
    /// A word is found anywhere, inside other words too.
    pub(super) fn scan(&self, catalog: &Catalog, titles: &Titles, typed: &ParsedWords) -> SearchResult {
        let scores = catalog.entries.iter().zip(&self.0).enumerate().map(|(at, (entry, texts))| {
            // Titles may be there before the texts.
            let name = || vec![(Field::Title, PlainText::default(), normalize_line(titles.title(at)))];
            match texts {
                Some(EntryTexts { fields, address }) => score(catalog, entry, (fields, address), typed),
                None => score(catalog, entry, (&name(), ""), typed),
            }
        });
        SearchResult {
            scores: scores.collect(),
            quality: MatchQuality::Exact,
            corrected: Vec::new(),
            accepted: Vec::new(),
        }
    }
}

/// Scores an entry; matches in its title weigh more.
fn score(catalog: &Catalog, entry: &CatalogEntry, texts: (&Fields, &str), typed: &ParsedWords) -> u32 {
    let unwanted = typed.excluded.iter().any(|word| worth(entry.kind, texts, word) > 0);
    let mut all = 1;
    for word in &typed.required {
        let own = worth(entry.kind, texts, word);
        let above = || {
            let mut above = catalog.above(entry);
            word.scope == SearchScope::Anywhere
                && above.any(|heading| word.occurrences_in(&heading.title).next().is_some())
        };
        if unwanted || (own == 0 && !above()) {
            return 0;
        }
        all += own;
    }
    u32::from(!unwanted) * all
}

/// Returns the score of a word in fields and address of an entry.
fn worth(kind: EntryKind, (fields, address): (&Fields, &str), word: &QueryWord) -> u32 {
    let here = fields.iter().filter(|(field, ..)| word.is_searched_in(*field, kind));
    let worth = here.map(|(field, _, normalized)| match (word.occurrences_in(normalized).next(), field) {
        (None, _) => 0,
        (Some(_), Field::Title) => TITLE_WEIGHT,
        (Some(_), Field::Byline) => BYLINE_WEIGHT,
        (Some(_), Field::Notes) => NOTES_WEIGHT,
    });
    let is_in_address =
        word.scope == SearchScope::Anywhere && occurrences(address, &word.text).next().is_some();
    worth.sum::<u32>() + if is_in_address { NOTES_WEIGHT } else { 0 }
}

/// Returns true if an entry has every phrase of the query, or its text is not loaded.
pub(super) fn has_phrases(texts: &TextStore, catalog: &Catalog, entry: usize, typed: &ParsedWords) -> bool {
    let Some((fields, kind)) = texts.of(entry).zip(catalog.kind(entry)) else { return true };
    let mut phrases = typed.required.iter().filter(|word| word.phrase);
    phrases.all(|word| {
        let heading = |at: u32| catalog.headings.get(to_usize(at));
        let above = catalog.entries.get(entry).and_then(|entry| heading(entry.heading?));
        worth(kind, (fields, texts.address(entry)), word) > 0
            || (word.scope == SearchScope::Anywhere
                && above.is_some_and(|heading| word.occurrences_in(&heading.title).next().is_some()))
    })
}
