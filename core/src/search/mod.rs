//! What a query finds.
//!
//! [`Index::build`] takes down what a notebook holds once; [`answer`] is then a function of index and
//! query. An [`Answer`] is complete: a view neither counts nor matches. Words are looked for by the
//! full-text index ([`Finder`]), and in what is in memory until that is there.

mod answer;
mod catalog;
mod finder;
mod fold;
mod lexicon;
mod names;
mod ordering;
mod tags;
mod text;
mod texts;
mod wording;
mod words;

pub use answer::{
    Answer, Correction, Counted, FacetCounts, FacetValue, Field, Filter, FilterKind, Shown, answer,
};
pub use catalog::Catalog;
pub use finder::{Finder, fuzzy_rank, index_bytes, print_note, read_note, rebuilt, texts};
pub use lexicon::{
    Accepted, Alternatives, Damage, FieldSet, Found, How, Lexicon, LexiconBuilder, Near, Term,
};
pub use names::Names;
pub use ordering::{order_by, ordered};
pub use text::{Plain, field_text};
pub use texts::Texts;
pub use wording::{Match, Piece};

use crate::notebook::{Entry, Id, Notebook, Section};
use fold::fold;

/// The id under which the introduction is found. No entry has it: slugs hold no `_`.
pub const INTRO: &str = "_intro";

/// The value of a facet that a paper does not tell.
pub const UNKNOWN: &str = "unknown";

/// What a notebook holds, ready to be asked. Entries go by number: the introduction first, where there
/// is one, then all others in the author's order.
///
/// Memory: about twice the text that is there.
#[derive(Clone, Debug, Default)]
pub struct Index {
    /// What entries are filtered and counted by.
    pub catalog: Catalog,
    /// What entries are called.
    pub names: Names,
    /// What headings are called, in document order.
    pub headings: Names,
    texts: Texts,
}

/// Where an entry answers the words asked for, and a line that shows it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Why {
    /// Every place, in order.
    pub matches: Vec<Match>,
    /// The title in pieces.
    pub title: Vec<Piece>,
    /// A line of the field that says most.
    pub line: Vec<Piece>,
}

impl Index {
    /// Reads a notebook. O(its text).
    pub fn build(notebook: &Notebook) -> Self {
        let mut index = Self::default();
        if !notebook.intro.is_empty() {
            let mut text = Plain::default();
            text.blocks(&notebook.intro);
            index.catalog.add(Counted::Prose, None, None);
            index.names.add("", &Id::from(INTRO));
            index.texts.push(vec![(Field::Notes, text)]);
        }
        for section in &notebook.sections {
            index.section(section, None);
        }
        let folded: Vec<_> = index.names.titles().map(fold::fold_word).collect();
        index.catalog.finish(&folded);
        index
    }

    /// What is known of a notebook whose texts come later.
    pub fn without_texts(catalog: Catalog, names: Names, headings: Names) -> Self {
        let texts = Texts::empty(catalog.len());
        Self { catalog, names, headings, texts }
    }

    /// Takes the words of an entry that has come.
    pub fn learn(&mut self, record: usize, entry: &Entry) {
        self.texts.set(record, fields(entry));
    }

    /// Whether the words of an entry are there.
    pub fn knows(&self, record: usize) -> bool {
        self.texts.has(record)
    }

    /// What an entry is called; text without a title goes by its heading.
    pub fn name(&self, record: usize) -> &str {
        match self.names.title(record) {
            "" => self.catalog.heading(record).map_or("", |heading| self.headings.title(heading)),
            name => name,
        }
    }

    /// Where an entry stands, and of which year it is: `Vision · 2020`.
    pub fn place(&self, record: usize) -> String {
        let heading = self.catalog.heading(record).map_or("", |heading| self.headings.title(heading));
        match self.catalog.year(record) {
            Some(year) => format!("{heading} · {year}"),
            None => heading.to_owned(),
        }
    }

    fn section(&mut self, section: &Section, parent: Option<u32>) {
        let mut title = Plain::default();
        title.spans(&section.title);
        let here = self.catalog.add_heading(parent, fold(&title).text);
        self.headings.add(title.as_str(), &section.id);
        for entry in &section.entries {
            let fields = fields(entry);
            let paper = match entry {
                Entry::Paper(paper) => Some(paper),
                _ => None,
            };
            let noted: Vec<_> =
                fields.iter().filter(|(field, _)| *field != Field::Title).map(|(_, text)| text).collect();
            let paper = paper.map(|paper| (paper, section, noted.as_slice()));
            self.catalog.add(Counted::of(entry), Some(here), paper);
            let title = fields.iter().find(|(field, _)| *field == Field::Title);
            self.names.add(title.map_or("", |(_, text)| text.as_str()), entry.id());
            self.texts.push(fields);
        }
        for inner in &section.sections {
            self.section(inner, Some(here));
        }
    }

    /// Why an entry is in an answer; nothing where its words are not there, or none are asked for.
    pub fn why(&self, answer: &Answer, record: usize) -> Why {
        let mut why = Why::default();
        let Some(fields) = self.texts.of(record) else { return why };
        let kind = self.catalog.kind(record).unwrap_or(Counted::Prose);
        for (field, text, folded) in fields {
            let places = answer.wording.places(*field, kind, text, folded);
            if *field == Field::Title {
                why.title = wording::whole(text, &places);
            } else if !places.is_empty() || why.line.is_empty() {
                why.line = wording::line(text, &places);
            }
            why.matches.extend(places.into_iter().map(|range| Match { field: *field, range }));
        }
        why
    }

    /// What of a heading was asked for.
    pub fn heading_matches(&self, answer: &Answer, heading: usize) -> Vec<Match> {
        let title = Plain::line(self.headings.title(heading));
        let folded = fold(&title).text;
        let places = answer.wording.places(Field::Title, Counted::Prose, &title, &folded);
        places.into_iter().map(|range| Match { field: Field::Title, range }).collect()
    }
}

/// The fields of an entry that have words.
fn fields(entry: &Entry) -> Vec<(Field, Plain)> {
    let fields = Field::ALL.map(|field| (field, field_text(entry, field)));
    fields.into_iter().filter(|(_, text)| !text.as_str().is_empty()).collect()
}
