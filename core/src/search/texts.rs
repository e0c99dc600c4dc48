//! The words of the entries that are in memory, folded once, and a look through all of them.

use super::catalog::{Catalog, Record};
use super::fold::{fold, fold_word};
use super::names::Names;
use super::words::{Place, Typed, Word};
use super::{Counted, Field, Found, How, Plain};
use crate::numbers::place;

/// The fields of one entry that have words, each as the page shows it and folded.
pub(super) type Fields = Vec<(Field, Plain, String)>;

/// Texts of entries, of which some may not be there yet.
#[derive(Clone, Debug, Default)]
pub struct Texts(Vec<Option<Fields>>);

impl Texts {
    /// Room for so many entries, without their words.
    pub(super) fn empty(records: usize) -> Self {
        Self(vec![None; records])
    }

    /// The words of an entry; none where they are not there yet.
    pub(super) fn of(&self, record: usize) -> Option<&Fields> {
        self.0.get(record)?.as_ref()
    }

    pub(super) fn forget(&mut self, record: usize) {
        if let Some(slot) = self.0.get_mut(record) {
            *slot = None;
        }
    }

    pub(super) fn set(&mut self, record: usize, fields: Vec<(Field, Plain)>) {
        if let Some(slot) = self.0.get_mut(record) {
            let folded = fields.into_iter().map(|(field, text)| {
                let folded = fold(&text).text;
                (field, text, folded)
            });
            *slot = Some(folded.collect());
        }
    }

    pub(super) fn push(&mut self, fields: Vec<(Field, Plain)>) {
        self.0.push(None);
        self.set(self.0.len() - 1, fields);
    }

    /// Looks through everything that is there: what is asked before the index has come. O(text).
    ///
    /// A word is found anywhere, inside other words too.
    pub(super) fn scan(&self, catalog: &Catalog, names: &Names, typed: &Typed) -> Found {
        let scores = catalog.records.iter().zip(&self.0).enumerate().map(|(at, (record, fields))| {
            // Of what is not there yet, the name may be.
            let name = || vec![(Field::Title, Plain::default(), fold_word(names.title(at)))];
            match fields {
                Some(fields) => score(catalog, record, fields, typed),
                None => score(catalog, record, &name(), typed),
            }
        });
        Found { scores: scores.collect(), how: How::Exact, corrected: Vec::new(), accepted: Vec::new() }
    }
}

/// How well a record answers: what stands in its title counts more.
fn score(catalog: &Catalog, record: &Record, fields: &Fields, typed: &Typed) -> u32 {
    let unwanted = typed.unwanted.iter().any(|word| worth(record.kind, fields, word) > 0);
    let mut all = 1;
    for word in &typed.wanted {
        let own = worth(record.kind, fields, word);
        let above = || {
            let mut above = catalog.above(record);
            word.place == Place::Anywhere && above.any(|heading| word.places(&heading.title).next().is_some())
        };
        if unwanted || (own == 0 && !above()) {
            return 0;
        }
        all += own;
    }
    u32::from(!unwanted) * all
}

fn worth(kind: Counted, fields: &Fields, word: &Word) -> u32 {
    let here = fields.iter().filter(|(field, ..)| word.may_stand_in(*field, kind));
    let worth = here.map(|(field, _, folded)| match (word.places(folded).next(), field) {
        (None, _) => 0,
        (Some(_), Field::Title) => 4,
        (Some(_), Field::Byline) => 2,
        (Some(_), Field::Notes) => 1,
    });
    worth.sum()
}

/// Whether an entry has every phrase that is asked for, as far as its words are there to tell.
pub(super) fn has_phrases(texts: &Texts, catalog: &Catalog, record: usize, typed: &Typed) -> bool {
    let Some((fields, kind)) = texts.of(record).zip(catalog.kind(record)) else { return true };
    let mut phrases = typed.wanted.iter().filter(|word| word.phrase);
    phrases.all(|word| {
        let heading = |at: u32| catalog.headings.get(place(at));
        let above = catalog.records.get(record).and_then(|record| heading(record.heading?));
        worth(kind, fields, word) > 0
            || (word.place == Place::Anywhere
                && above.is_some_and(|heading| word.places(&heading.title).next().is_some()))
    })
}
