//! What a query finds.
//!
//! [`Index::build`] takes down what a notebook holds once; [`answer`] is then a function of index and
//! query. An [`Answer`] is complete: a view neither counts nor matches. Words are looked for by the
//! full-text index ([`Finder`]), and in what is in memory until that is there.

mod answer;
mod catalog;
mod facets;
mod finder;
mod fold;
mod lexicon;
mod names;
mod ordering;
mod pack;
mod records;
mod tags;
mod text;
mod texts;
mod wording;
mod words;

pub use answer::{Answer, Correction, Counted, Field, Filter, FilterKind, Shown, answer};
pub use catalog::Catalog;
pub use facets::{FacetCounts, FacetValue};
pub use finder::{Finder, fuzzy_rank, index_bytes, print_note, read_note, rebuilt, texts};
pub use lexicon::{
    Accepted, Alternatives, Damage, FieldSet, Found, How, Lexicon, LexiconBuilder, Near, Term,
};
pub use names::Names;
pub use ordering::{best, ordered};
pub use pack::{Outline, Parts};
pub use text::{Plain, field_text};
pub use texts::Texts;
pub use wording::{Match, Piece};

use crate::notebook::{Entry, FORMAT, Id, Notebook, Section, SectionKind, Span};
use crate::numbers::{place, short};
use crate::query::Sort;
use fold::fold;
pub(crate) use fold::fold_word;
pub(crate) use lexicon::{is_cjk, stem};
pub(crate) use tags::labels;

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

/// A line of a long list.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Row(u32);

/// Marks the number of a heading.
const HEADING: u32 = 1 << 31;

/// What stands in a line.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Line {
    /// The heading of this number.
    Heading(usize),
    /// The entry of this number.
    Entry(usize),
}

impl Row {
    /// What stands in it.
    pub fn line(self) -> Line {
        match self.0 & HEADING {
            0 => Line::Entry(place(self.0)),
            _ => Line::Heading(place(self.0 & !HEADING)),
        }
    }
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
        index.names.finish();
        index.catalog.finish();
        index
    }

    /// What is known of a notebook whose names and texts come later.
    pub fn without_texts(catalog: Catalog, headings: Names) -> Self {
        let texts = Texts::empty(catalog.len());
        Self { catalog, names: Names::default(), headings, texts }
    }

    /// Takes the words of an entry that has come.
    pub fn learn(&mut self, record: usize, entry: &Entry) {
        self.texts.set(record, fields(entry));
    }

    /// Takes the names and words of all entries, each with its anchor, as they stand on a page.
    pub fn learn_all(&mut self, entries: impl IntoIterator<Item = (Id, Vec<(Field, Plain)>)>) {
        self.names = Names::default();
        for (record, (id, fields)) in entries.into_iter().enumerate() {
            self.names.add(title_of(&fields), &id);
            self.texts.set(record, fields);
        }
        self.names.finish();
    }

    /// Lets the words of an entry go.
    pub fn forget(&mut self, record: usize) {
        self.texts.forget(record);
    }

    /// The headings as a notebook that holds nothing else.
    pub fn skeleton(&self, title: &str) -> Notebook {
        let mut notebook = Notebook { format: FORMAT, title: title.to_owned(), ..Notebook::default() };
        let mut open: Vec<(usize, Section)> = Vec::new();
        for heading in 0..=self.headings.len() {
            let parent = self.catalog.parent(heading);
            // What is not above the next heading is whole, and belongs to what is.
            while let Some((at, section)) =
                open.pop_if(|(at, _)| Some(*at) != parent || heading == self.headings.len())
            {
                let _ = at;
                match open.last_mut() {
                    Some((_, above)) => above.sections.push(section),
                    None => notebook.sections.push(section),
                }
            }
            if heading < self.headings.len() {
                let title = vec![Span::Text(self.headings.title(heading).to_owned())];
                let level = u8::try_from(open.len() + 2).unwrap_or(6).min(6);
                let (entries, sections) = (Vec::new(), Vec::new());
                let id = self.headings.id(heading);
                let section = Section { title, id, kind: SectionKind::Prose, level, entries, sections };
                open.push((heading, section));
            }
        }
        notebook
    }

    /// What an answer shows, line by line: in the author's order with the headings above.
    pub fn rows(&self, answer: &Answer) -> Vec<Row> {
        if answer.sort != Sort::Author {
            return answer.order.iter().copied().map(Row).collect();
        }
        let mut rows = Vec::with_capacity(answer.order.len());
        let mut last = None;
        for &record in &answer.order {
            let heading = self.catalog.heading(place(record));
            if let Some(heading) = heading.filter(|heading| last != Some(*heading)) {
                let above = std::iter::successors(Some(heading), |at| self.catalog.parent(*at));
                let new: Vec<_> = above.take_while(|at| last.is_none_or(|last| *at > last)).collect();
                rows.extend(new.into_iter().rev().map(|at| Row(short(at) | HEADING)));
                last = Some(heading);
            }
            rows.push(Row(record));
        }
        rows
    }

    /// How deep a heading is: 0 for those of the first level.
    pub fn depth(&self, heading: usize) -> usize {
        std::iter::successors(self.catalog.parent(heading), |at| self.catalog.parent(*at)).count()
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
            Some(year) => format!("{heading} ·\u{a0}{year}"),
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
            self.names.add(title_of(&fields), entry.id());
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

fn title_of(fields: &[(Field, Plain)]) -> &str {
    let title = fields.iter().find(|(field, _)| *field == Field::Title);
    title.map_or("", |(_, text)| text.as_str())
}

/// The fields of an entry that have words.
fn fields(entry: &Entry) -> Vec<(Field, Plain)> {
    let fields = Field::ALL.map(|field| (field, field_text(entry, field)));
    fields.into_iter().filter(|(_, text)| !text.as_str().is_empty()).collect()
}
