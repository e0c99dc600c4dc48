//! The entries of a notebook, prepared for queries.

use super::catalog::Catalog;
use super::heading_forms::HeadingForms;
use super::normalize::normalize;
use super::plain_text::{PlainText, field_text};
use super::text_store::TextStore;
use super::titles::Titles;
use super::{EntryKind, Field};
use crate::notebook::{Entry, FORMAT_VERSION, Notebook, Section, SectionKind, Span, Url};

/// The entries of a notebook, prepared for queries. Entries are numbered: the introduction first, if there
/// is one, then all others in the author's order.
///
/// Memory: about twice the texts.
#[derive(Clone, Debug, Default)]
pub struct Corpus {
    /// Properties that entries are filtered and counted by.
    pub catalog: Catalog,
    /// Titles and anchors of entries.
    pub titles: Titles,
    /// Titles and anchors of headings, in document order.
    pub headings: Titles,
    /// The form of headings, where it does not follow from their titles.
    pub heading_forms: HeadingForms,
    pub(super) texts: TextStore,
}

impl Corpus {
    /// Reads a notebook. O(its text).
    pub fn build(notebook: &Notebook) -> Self {
        let mut corpus = Self::build_without_texts(notebook);
        let intro = notebook.intro_entry();
        let entries = intro.iter().chain(notebook.walk().map(|(_, entry)| entry));
        for (number, entry) in entries.enumerate() {
            corpus.add_texts(number, entry);
        }
        corpus
    }

    /// Reads a notebook that will not be searched: normalizing the texts takes most of the time. O(its text).
    pub fn build_without_texts(notebook: &Notebook) -> Self {
        let mut corpus = Self::default();
        if let Some(intro) = notebook.intro_entry() {
            corpus.catalog.add(EntryKind::Prose, None, None);
            corpus.titles.add("", intro.id());
        }
        for section in &notebook.sections {
            corpus.add_section(section, None);
        }
        corpus.titles.finish();
        corpus.catalog.finish();
        corpus.texts = TextStore::empty(corpus.catalog.len());
        corpus
    }

    /// Creates a corpus whose titles and texts are added later.
    pub fn without_texts(catalog: Catalog, headings: Titles, heading_forms: HeadingForms) -> Self {
        let texts = TextStore::empty(catalog.len());
        Self { catalog, titles: Titles::default(), headings, heading_forms, texts }
    }

    /// Adds the texts of an entry that was fetched.
    pub fn add_texts(&mut self, number: usize, entry: &Entry) {
        self.texts.set(number, address(entry), fields(entry));
    }

    /// Adds titles and texts of all entries, which arrived together.
    pub fn add_all<'a>(&mut self, entries: impl IntoIterator<Item = &'a Entry>) {
        self.titles = Titles::default();
        for (number, entry) in entries.into_iter().enumerate() {
            let fields = fields(entry);
            self.titles.add(title_of(&fields), entry.id());
            self.texts.set(number, address(entry), fields);
        }
        self.titles.finish();
    }

    /// Removes the texts of an entry.
    pub fn remove_texts(&mut self, entry: usize) {
        self.texts.remove(entry);
    }

    /// Returns the headings as a notebook without entries. O(headings)
    pub fn skeleton(&self, title: &str) -> Notebook {
        let mut notebook =
            Notebook { format: FORMAT_VERSION, title: title.to_owned(), ..Notebook::default() };
        let mut open: Vec<(usize, Section)> = Vec::new();
        for heading in 0..=self.headings.len() {
            let parent = self.catalog.parent(heading);
            // A section that is not above the next heading is complete.
            while let Some((_, section)) =
                open.pop_if(|(at, _)| Some(*at) != parent || heading == self.headings.len())
            {
                match open.last_mut() {
                    Some((_, above)) => above.sections.push(section),
                    None => notebook.sections.push(section),
                }
            }
            if heading < self.headings.len() {
                open.push((heading, self.section(heading, open.len())));
            }
        }
        notebook
    }

    /// Returns the formatted title of a heading; `None` for the entries before the first heading, which have none.
    pub fn heading_title(&self, heading: usize) -> Option<Vec<Span>> {
        self.heading_forms.title(heading, self.headings.title(heading))
    }

    /// Returns true if the author folded the section of a heading.
    pub fn is_folded(&self, heading: usize) -> bool {
        self.heading_forms.is_folded(heading)
    }

    /// Returns the section of a heading with `depth` headings above it, without its content.
    fn section(&self, heading: usize, depth: usize) -> Section {
        let title = self.heading_title(heading);
        let level = match title {
            Some(_) => u8::try_from(depth + 2).unwrap_or(6).min(6),
            None => Section::UNTITLED_LEVEL,
        };
        Section {
            title: title.unwrap_or_default(),
            id: self.headings.id(heading),
            kind: SectionKind::Prose,
            level,
            folded: self.is_folded(heading),
            entries: Vec::new(),
            sections: Vec::new(),
        }
    }

    /// Returns the depth of a heading: 0 for the first level.
    pub fn depth(&self, heading: usize) -> usize {
        std::iter::successors(self.catalog.parent(heading), |at| self.catalog.parent(*at)).count()
    }

    /// Returns the title of an entry; prose has that of its heading.
    pub fn name(&self, entry: usize) -> &str {
        match self.titles.title(entry) {
            "" => self.catalog.heading(entry).map_or("", |heading| self.headings.title(heading)),
            name => name,
        }
    }

    /// Returns the section and year of an entry: `Vision · 2020`.
    pub fn place(&self, entry: usize) -> String {
        let heading = self.catalog.heading(entry).map_or("", |heading| self.headings.title(heading));
        match self.catalog.year(entry) {
            Some(year) => format!("{heading} ·\u{a0}{year}"),
            None => heading.to_owned(),
        }
    }

    fn add_section(&mut self, section: &Section, parent: Option<u32>) {
        let mut title = PlainText::default();
        title.spans(&section.title);
        let here = self.catalog.add_heading(parent, normalize(&title).text);
        self.headings.add(title.as_str(), &section.id);
        self.heading_forms.add(here, section, title.as_str());
        for entry in &section.entries {
            let fields = fields(entry);
            let paper = match entry {
                Entry::Paper(paper) => Some(paper),
                _ => None,
            };
            let texts: Vec<_> =
                fields.iter().filter(|(field, _)| *field != Field::Title).map(|(_, text)| text).collect();
            let paper = paper.map(|paper| (paper, section, texts.as_slice()));
            self.catalog.add(EntryKind::of(entry), Some(here), paper);
            self.titles.add(title_of(&fields), entry.id());
        }
        for inner in &section.sections {
            self.add_section(inner, Some(here));
        }
    }
}

fn title_of(fields: &[(Field, PlainText)]) -> &str {
    let title = fields.iter().find(|(field, _)| *field == Field::Title);
    title.map_or("", |(_, text)| text.as_str())
}

/// Returns the address that a paper or link leads to; empty for other entries.
fn address(entry: &Entry) -> &str {
    match entry {
        Entry::Paper(reference) | Entry::Link(reference) => reference.url.as_ref().map_or("", Url::as_str),
        _ => "",
    }
}

/// Returns the fields of an entry that have text.
fn fields(entry: &Entry) -> Vec<(Field, PlainText)> {
    let fields = Field::ALL.map(|field| (field, field_text(entry, field)));
    fields.into_iter().filter(|(_, text)| !text.as_str().is_empty()).collect()
}
