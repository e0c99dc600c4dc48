//! Binary format of the outline and the titles, which the client fetches before any text.
//!
//! Both are columns of variable-length numbers after the header of all binary files, so that the compression of a host
//! finds what repeats.

use super::EntryKind;
use super::binary::{DataFileError, FileKind, put_varint, varint};
use super::catalog::{Catalog, CatalogEntry, Column, Heading, Value};
use super::heading_forms::HeadingForms;
use super::titles::Titles;
use crate::convert::{to_u32, to_usize};
use crate::notebook::spans_from_json;

/// Version 3 has the header of all binary files, version 4 the form of headings.
const OUTLINE: FileKind = FileKind { signature: *b"NBOL", version: 4 };
const TITLES: FileKind = FileKind { signature: *b"NBNM", version: 3 };

/// A notebook without its texts.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Outline {
    /// The title of the whole.
    pub title: String,
    /// Properties that entries are filtered and counted by.
    pub catalog: Catalog,
    /// Titles of headings, in document order.
    pub headings: Titles,
    /// The form of headings, where it does not follow from their titles.
    pub heading_forms: HeadingForms,
    /// The chunk of each entry.
    pub chunks: ChunkList,
}

/// Data files with entries, in document order.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ChunkList {
    /// The first entry of each chunk.
    firsts: Vec<u32>,
    names: Vec<String>,
}

impl ChunkList {
    /// Adds a chunk that begins with an entry.
    pub fn add(&mut self, first: usize, name: String) {
        self.firsts.push(to_u32(first));
        self.names.push(name);
    }

    /// Returns the chunk of an entry, and the first entry of that chunk.
    pub fn of(&self, entry: usize) -> Option<(usize, usize)> {
        let chunk = self.firsts.partition_point(|first| to_usize(*first) <= entry).checked_sub(1)?;
        Some((chunk, to_usize(*self.firsts.get(chunk)?)))
    }

    /// Returns the first entry of a chunk.
    pub fn first(&self, chunk: usize) -> Option<usize> {
        self.firsts.get(chunk).map(|first| to_usize(*first))
    }

    /// Returns the name of a file.
    pub fn name(&self, chunk: usize) -> Option<&str> {
        self.names.get(chunk).map(String::as_str)
    }
}

impl Outline {
    /// Returns the outline as bytes.
    pub fn to_bytes(&self) -> Vec<u8> {
        let mut to = Encoder::default();
        to.text(&self.title);
        to.catalog(&self.catalog);
        to.names(&self.headings);
        to.heading_forms(&self.heading_forms);
        to.numbers(&self.chunks.firsts);
        for name in &self.chunks.names {
            to.text(name);
        }
        OUTLINE.file(&[&to.0])
    }

    /// Reads what [`Outline::to_bytes`] wrote. O(bytes).
    ///
    /// # Errors
    /// Returns [`DataFileError`] if the bytes are of another kind or version, incomplete or damaged.
    pub fn from_bytes(bytes: &[u8]) -> Result<Self, DataFileError> {
        let mut from = Decoder::new(OUTLINE.content(bytes)?);
        let title = from.text();
        let catalog = from.catalog();
        let headings = from.names();
        let heading_forms = from.heading_forms().ok_or(DataFileError::Corrupt)?;
        let firsts = from.numbers();
        let names = firsts.iter().map(|_| from.text()).collect();
        let mut outline =
            Self { title, catalog, headings, heading_forms, chunks: ChunkList { firsts, names } };
        if !from.is_read() || !outline.catalog.is_whole() || !outline.chunks.firsts.is_sorted() {
            return Err(DataFileError::Corrupt);
        }
        outline.catalog.count();
        Ok(outline)
    }
}

impl Titles {
    /// Returns the titles as bytes.
    pub fn to_bytes(&self) -> Vec<u8> {
        let mut to = Encoder::default();
        to.names(self);
        to.numbers(&self.by_title);
        TITLES.file(&[&to.0])
    }

    /// Reads what [`Titles::to_bytes`] wrote. O(bytes).
    ///
    /// # Errors
    /// Returns [`DataFileError`] if the bytes are of another kind or version, incomplete or damaged.
    pub fn from_bytes(bytes: &[u8]) -> Result<Self, DataFileError> {
        let mut from = Decoder::new(TITLES.content(bytes)?);
        let mut names = from.names();
        names.by_title = from.numbers();
        let fits = names.by_title.iter().all(|at| to_usize(*at) < names.len()) && from.is_read();
        if fits { Ok(names) } else { Err(DataFileError::Corrupt) }
    }
}

#[derive(Default)]
struct Encoder(Vec<u8>);

impl Encoder {
    fn number(&mut self, number: u32) {
        put_varint(&mut self.0, number);
    }

    fn numbers(&mut self, numbers: &[u32]) {
        self.number(to_u32(numbers.len()));
        for number in numbers {
            self.number(*number);
        }
    }

    /// Increasing numbers, as differences.
    fn growing(&mut self, numbers: &[u32]) {
        self.number(to_u32(numbers.len()));
        let mut before = 0;
        for number in numbers {
            self.number(number.wrapping_sub(before));
            before = *number;
        }
    }

    fn text(&mut self, text: &str) {
        self.number(to_u32(text.len()));
        self.0.extend(text.as_bytes());
    }

    fn maybe(&mut self, number: Option<u32>) {
        self.number(number.map_or(0, |number| number.saturating_add(1)));
    }

    fn catalog(&mut self, catalog: &Catalog) {
        self.number(to_u32(catalog.entries.len()));
        self.0.extend(catalog.entries.iter().map(|entry| entry.kind.number()));
        let mut before = 0;
        for entry in &catalog.entries {
            // Entries of a heading stand together: a zero says that it is the one before.
            let heading = entry.heading.map_or(0, |heading| heading.saturating_add(1));
            self.number(heading.wrapping_sub(before));
            before = heading;
        }
        for entry in &catalog.entries {
            self.maybe(entry.year.map(u32::from));
        }
        self.number(to_u32(catalog.headings.len()));
        for heading in &catalog.headings {
            self.maybe(heading.parent);
            self.text(&heading.title);
        }
        for column in &catalog.columns {
            self.number(to_u32(column.values.len()));
            for Value { value, name } in &column.values {
                self.text(value);
                self.text(if value == name { "" } else { name });
            }
            // A facet that nothing has takes one byte.
            if !column.values.is_empty() {
                self.numbers(&column.order);
                self.growing(&column.ends);
                self.numbers(&column.places);
            }
        }
    }

    fn names(&mut self, names: &Titles) {
        self.number(to_u32(names.texts.len()));
        for title in &names.texts {
            self.text(title);
        }
        self.number(to_u32(names.others.len()));
        for (at, id) in &names.others {
            self.number(*at);
            self.text(id.as_str());
        }
    }

    fn heading_forms(&mut self, forms: &HeadingForms) {
        self.growing(&forms.folded);
        self.number(to_u32(forms.titles.len()));
        for (heading, title) in &forms.titles {
            self.number(*heading);
            // Every span has a JSON form.
            self.text(&serde_json::to_string(title).unwrap_or_default());
        }
    }
}

/// Reads what an [`Encoder`] wrote. Bytes after the end count as zero, and `is_past_end` says so.
struct Decoder<'a> {
    bytes: &'a [u8],
    at: usize,
    is_past_end: bool,
}

impl<'a> Decoder<'a> {
    fn new(bytes: &'a [u8]) -> Self {
        Self { bytes, at: 0, is_past_end: false }
    }

    fn is_read(&self) -> bool {
        !self.is_past_end && self.at == self.bytes.len()
    }

    fn byte(&mut self) -> u8 {
        let byte = self.bytes.get(self.at).copied();
        self.is_past_end |= byte.is_none();
        self.at += 1;
        byte.unwrap_or_default()
    }

    fn number(&mut self) -> u32 {
        let number = varint(self.bytes, &mut self.at);
        self.is_past_end |= self.at > self.bytes.len();
        number
    }

    /// Reads a count, which must not exceed the number of remaining bytes.
    fn count(&mut self) -> usize {
        let count = to_usize(self.number());
        let left = self.bytes.len().saturating_sub(self.at);
        self.is_past_end |= count > left;
        count.min(left)
    }

    fn numbers(&mut self) -> Vec<u32> {
        (0..self.count()).map(|_| self.number()).collect()
    }

    fn growing(&mut self) -> Vec<u32> {
        let mut number: u32 = 0;
        let next = |from: &mut Self| {
            number = number.wrapping_add(from.number());
            number
        };
        let mut next = next;
        (0..self.count()).map(|_| next(self)).collect()
    }

    fn text(&mut self) -> String {
        let size = self.count();
        let text = self.bytes.get(self.at..self.at + size).unwrap_or_default();
        self.at += size;
        String::from_utf8_lossy(text).into_owned()
    }

    fn maybe(&mut self) -> Option<u32> {
        self.number().checked_sub(1)
    }

    fn catalog(&mut self) -> Catalog {
        let count = self.count();
        let kinds: Vec<_> = (0..count).map(|_| EntryKind::numbered(self.byte())).collect();
        let mut before: u32 = 0;
        let headings: Vec<_> = (0..count)
            .map(|_| {
                before = before.wrapping_add(self.number());
                before.checked_sub(1)
            })
            .collect();
        let entries = kinds.into_iter().zip(headings).map(|(kind, heading)| CatalogEntry {
            kind,
            heading,
            year: self.maybe().and_then(|year| u16::try_from(year).ok()),
        });
        let entries = entries.collect();
        let headings =
            (0..self.count()).map(|_| Heading { parent: self.maybe(), title: self.text() }).collect();
        let columns = std::array::from_fn(|_| {
            let values = (0..self.count()).map(|_| {
                let (value, name) = (self.text(), self.text());
                Value { name: if name.is_empty() { value.clone() } else { name }, value }
            });
            let values: Vec<_> = values.collect();
            if values.is_empty() {
                return Column { ends: vec![0; count], ..Column::default() };
            }
            let (order, ends, places) = (self.numbers(), self.growing(), self.numbers());
            Column { values, order, ends, places, ..Column::default() }
        });
        Catalog { entries, headings, columns, ..Catalog::default() }
    }

    fn names(&mut self) -> Titles {
        let titles = (0..self.count()).map(|_| self.text().into()).collect();
        let others = (0..self.count()).map(|_| (self.number(), self.text().as_str().into())).collect();
        Titles { texts: titles, others, by_title: Vec::new() }
    }

    /// Reads the form of headings; `None` if a title is not JSON of spans.
    fn heading_forms(&mut self) -> Option<HeadingForms> {
        let folded = self.growing();
        let titles =
            (0..self.count()).map(|_| Some((self.number(), spans_from_json(self.text().as_bytes()).ok()?)));
        Some(HeadingForms { titles: titles.collect::<Option<_>>()?, folded })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::markdown::read;
    use crate::search::Corpus;

    fn outline() -> (Outline, Titles) {
        let corpus = Corpus::build(&read(include_str!("../../../tests/fixtures/seed/notebook.md")).notebook);
        let mut chunks = ChunkList::default();
        chunks.add(0, "a".into());
        chunks.add(5, "b".into());
        let Corpus { catalog, titles, headings, heading_forms, .. } = corpus;
        (Outline { title: "T".into(), catalog, headings, heading_forms, chunks }, titles)
    }

    #[test]
    fn outlines_and_titles_round_trip() {
        let (outline, titles) = outline();
        assert_eq!(Outline::from_bytes(&outline.to_bytes()), Ok(outline.clone()));
        assert_eq!(Titles::from_bytes(&titles.to_bytes()), Ok(titles));
        assert_eq!(
            [0, 4, 5, 90].map(|at| outline.chunks.of(at)),
            [Some((0, 0)), Some((0, 0)), Some((1, 5)), Some((1, 5))]
        );
    }

    #[test]
    fn a_file_of_another_kind_is_refused() {
        let (outline, titles) = outline();
        assert_eq!(Outline::from_bytes(&titles.to_bytes()), Err(DataFileError::WrongFormat));
        assert_eq!(Titles::from_bytes(&outline.to_bytes()), Err(DataFileError::WrongFormat));
        let bytes = outline.to_bytes();
        assert_eq!(Outline::from_bytes(&bytes[..bytes.len() - 1]), Err(DataFileError::Truncated));
    }

    #[test]
    fn arbitrary_content_never_panics() {
        let mut seed: u32 = 1;
        for length in 0..400 {
            let mut pack = Encoder::default();
            for _ in 0..length {
                seed = seed.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
                pack.0.push(seed.to_le_bytes()[3]);
            }
            let _ = Titles::from_bytes(&TITLES.file(&[&pack.0]));
            let _ = Outline::from_bytes(&OUTLINE.file(&[&pack.0]));
        }
    }
}
