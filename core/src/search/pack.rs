//! What a page needs of a large notebook before its texts, as bytes: the outline, and the names.
//!
//! Both are a few columns of numbers, seven bits a byte, so that a host's compression finds what repeats.
//! Magic, version, length and checksum stand before them: what is cut, changed or foreign is told, not read.

use super::Counted;
use super::catalog::{Catalog, Column, Heading, Record, Value};
use super::lexicon::{Damage, checksum};
use super::names::Names;
use crate::numbers::{place, short};

/// The version that is written, and the last that is read.
const VERSION: u32 = 2;
const OUTLINE: [u8; 4] = *b"NBOL";
const NAMES: [u8; 4] = *b"NBNM";
/// Bytes before the content: magic, version, length, checksum.
const HEADER: usize = 20;

/// A large notebook without its texts.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Outline {
    /// The title of the whole.
    pub title: String,
    /// What entries are filtered and counted by.
    pub catalog: Catalog,
    /// What headings are called, in document order.
    pub headings: Names,
    /// Where the entries are.
    pub parts: Parts,
}

/// Files that hold entries, in document order.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Parts {
    /// The first entry of each.
    firsts: Vec<u32>,
    names: Vec<String>,
}

impl Parts {
    /// Adds a file that begins with an entry.
    pub fn add(&mut self, first: usize, name: String) {
        self.firsts.push(short(first));
        self.names.push(name);
    }

    /// The file that an entry is in, and its first entry.
    pub fn of(&self, record: usize) -> Option<(usize, usize)> {
        let part = self.firsts.partition_point(|first| place(*first) <= record).checked_sub(1)?;
        Some((part, place(*self.firsts.get(part)?)))
    }

    /// The first entry of a file.
    pub fn first(&self, part: usize) -> Option<usize> {
        self.firsts.get(part).map(|first| place(*first))
    }

    /// The name of a file.
    pub fn name(&self, part: usize) -> Option<&str> {
        self.names.get(part).map(String::as_str)
    }
}

impl Outline {
    /// Its bytes.
    pub fn to_bytes(&self) -> Vec<u8> {
        let mut to = Pack::default();
        to.text(&self.title);
        to.catalog(&self.catalog);
        to.names(&self.headings);
        to.numbers(&self.parts.firsts);
        for name in &self.parts.names {
            to.text(name);
        }
        to.sealed(OUTLINE)
    }

    /// Reads what [`Outline::to_bytes`] wrote. O(bytes).
    ///
    /// # Errors
    /// Where the bytes are something else.
    pub fn from_bytes(bytes: &[u8]) -> Result<Self, Damage> {
        let mut from = Unpack::open(bytes, OUTLINE)?;
        let title = from.text();
        let catalog = from.catalog();
        let headings = from.names();
        let firsts = from.numbers();
        let names = firsts.iter().map(|_| from.text()).collect();
        let mut outline = Self { title, catalog, headings, parts: Parts { firsts, names } };
        if !from.is_read() || !outline.catalog.is_whole() || !outline.parts.firsts.is_sorted() {
            return Err(Damage::Corrupt);
        }
        outline.catalog.count();
        Ok(outline)
    }
}

impl Names {
    /// Their bytes.
    pub fn to_bytes(&self) -> Vec<u8> {
        let mut to = Pack::default();
        to.names(self);
        to.numbers(&self.by_title);
        to.sealed(NAMES)
    }

    /// Reads what [`Names::to_bytes`] wrote. O(bytes).
    ///
    /// # Errors
    /// Where the bytes are something else.
    pub fn from_bytes(bytes: &[u8]) -> Result<Self, Damage> {
        let mut from = Unpack::open(bytes, NAMES)?;
        let mut names = from.names();
        names.by_title = from.numbers();
        let fits = names.by_title.iter().all(|at| place(*at) < names.len()) && from.is_read();
        if fits { Ok(names) } else { Err(Damage::Corrupt) }
    }
}

#[derive(Default)]
struct Pack(Vec<u8>);

impl Pack {
    fn number(&mut self, mut number: u32) {
        while number >= 128 {
            let [low, ..] = number.to_le_bytes();
            self.0.push(low | 128);
            number >>= 7;
        }
        let [low, ..] = number.to_le_bytes();
        self.0.push(low);
    }

    fn numbers(&mut self, numbers: &[u32]) {
        self.number(short(numbers.len()));
        for number in numbers {
            self.number(*number);
        }
    }

    /// Numbers that grow, as how far it is to the next.
    fn growing(&mut self, numbers: &[u32]) {
        self.number(short(numbers.len()));
        let mut before = 0;
        for number in numbers {
            self.number(number.wrapping_sub(before));
            before = *number;
        }
    }

    fn text(&mut self, text: &str) {
        self.number(short(text.len()));
        self.0.extend(text.as_bytes());
    }

    fn maybe(&mut self, number: Option<u32>) {
        self.number(number.map_or(0, |number| number.saturating_add(1)));
    }

    fn catalog(&mut self, catalog: &Catalog) {
        self.number(short(catalog.records.len()));
        self.0.extend(catalog.records.iter().map(|record| record.kind.number()));
        let mut before = 0;
        for record in &catalog.records {
            // Entries of a heading stand together: a zero says that it is the one before.
            let heading = record.heading.map_or(0, |heading| heading.saturating_add(1));
            self.number(heading.wrapping_sub(before));
            before = heading;
        }
        for record in &catalog.records {
            self.maybe(record.year.map(u32::from));
        }
        self.number(short(catalog.headings.len()));
        for heading in &catalog.headings {
            self.maybe(heading.parent);
            self.text(&heading.title);
        }
        for column in &catalog.columns {
            self.number(short(column.values.len()));
            for Value { value, label } in &column.values {
                self.text(value);
                self.text(if value == label { "" } else { label });
            }
            // A facet that nothing has takes one byte.
            if !column.values.is_empty() {
                self.numbers(&column.order);
                self.growing(&column.ends);
                self.numbers(&column.places);
            }
        }
    }

    fn names(&mut self, names: &Names) {
        self.number(short(names.titles.len()));
        for title in &names.titles {
            self.text(title);
        }
        self.number(short(names.others.len()));
        for (at, id) in &names.others {
            self.number(*at);
            self.text(id.as_str());
        }
    }

    fn sealed(self, magic: [u8; 4]) -> Vec<u8> {
        let mut bytes = Vec::with_capacity(HEADER + self.0.len());
        bytes.extend(magic);
        bytes.extend(VERSION.to_le_bytes());
        bytes.extend(short(self.0.len()).to_le_bytes());
        bytes.extend(checksum(&self.0).to_le_bytes());
        bytes.extend(self.0);
        bytes
    }
}

/// Reads on and on; behind the end there are zeros, and that is remembered.
struct Unpack<'a> {
    bytes: &'a [u8],
    at: usize,
    missed: bool,
}

impl<'a> Unpack<'a> {
    fn open(bytes: &'a [u8], magic: [u8; 4]) -> Result<Self, Damage> {
        let begin = bytes.get(..4.min(bytes.len())).unwrap_or_default();
        if !magic.starts_with(begin) {
            return Err(Damage::Foreign);
        }
        let four = |at: usize| bytes.get(at..).and_then(<[u8]>::first_chunk).copied().map(u32::from_le_bytes);
        let (Some(found), Some(length)) = (four(4), four(8)) else { return Err(Damage::Truncated) };
        if found > VERSION {
            return Err(Damage::Newer { found });
        }
        let sum = bytes.get(12..).and_then(<[u8]>::first_chunk).copied().map(u64::from_le_bytes);
        let content = bytes.get(HEADER..).ok_or(Damage::Truncated)?;
        if content.len() < place(length) {
            return Err(Damage::Truncated);
        }
        if content.len() > place(length) || sum != Some(checksum(content)) {
            return Err(Damage::Corrupt);
        }
        Ok(Self { bytes: content, at: 0, missed: false })
    }

    fn is_read(&self) -> bool {
        !self.missed && self.at == self.bytes.len()
    }

    fn byte(&mut self) -> u8 {
        let byte = self.bytes.get(self.at).copied();
        self.missed |= byte.is_none();
        self.at += 1;
        byte.unwrap_or_default()
    }

    fn number(&mut self) -> u32 {
        let mut number = 0;
        for shift in [0, 7, 14, 21, 28] {
            let byte = self.byte();
            number |= u32::from(byte & 127) << shift;
            if byte < 128 {
                break;
            }
        }
        number
    }

    /// How many there are: never more than bytes that are left.
    fn count(&mut self) -> usize {
        let count = place(self.number());
        let left = self.bytes.len().saturating_sub(self.at);
        self.missed |= count > left;
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
        let kinds: Vec<_> = (0..count).map(|_| Counted::numbered(self.byte())).collect();
        let mut before: u32 = 0;
        let headings: Vec<_> = (0..count)
            .map(|_| {
                before = before.wrapping_add(self.number());
                before.checked_sub(1)
            })
            .collect();
        let records = kinds.into_iter().zip(headings).map(|(kind, heading)| Record {
            kind,
            heading,
            year: self.maybe().and_then(|year| u16::try_from(year).ok()),
        });
        let records = records.collect();
        let headings =
            (0..self.count()).map(|_| Heading { parent: self.maybe(), title: self.text() }).collect();
        let columns = std::array::from_fn(|_| {
            let values = (0..self.count()).map(|_| {
                let (value, label) = (self.text(), self.text());
                Value { label: if label.is_empty() { value.clone() } else { label }, value }
            });
            let values: Vec<_> = values.collect();
            if values.is_empty() {
                return Column { ends: vec![0; count], ..Column::default() };
            }
            let (order, ends, places) = (self.numbers(), self.growing(), self.numbers());
            Column { values, order, ends, places, ..Column::default() }
        });
        Catalog { records, headings, columns, ..Catalog::default() }
    }

    fn names(&mut self) -> Names {
        let titles = (0..self.count()).map(|_| self.text().into()).collect();
        let others = (0..self.count()).map(|_| (self.number(), self.text().as_str().into())).collect();
        Names { titles, others, by_title: Vec::new() }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::markdown::read;
    use crate::search::Index;

    fn outline() -> (Outline, Names) {
        let index = Index::build(&read(include_str!("../../../content/notebook.md")).notebook);
        let mut parts = Parts::default();
        parts.add(0, "a".into());
        parts.add(5, "b".into());
        let Index { catalog, names, headings, .. } = index;
        (Outline { title: "T".into(), catalog, headings, parts }, names)
    }

    #[test]
    fn what_is_written_is_read() {
        let (outline, names) = outline();
        assert_eq!(Outline::from_bytes(&outline.to_bytes()), Ok(outline.clone()));
        assert_eq!(Names::from_bytes(&names.to_bytes()), Ok(names));
        assert_eq!(
            [0, 4, 5, 90].map(|at| outline.parts.of(at)),
            [Some((0, 0)), Some((0, 0)), Some((1, 5)), Some((1, 5))]
        );
    }

    #[test]
    fn other_bytes_are_refused() {
        let (outline, names) = outline();
        let bytes = outline.to_bytes();
        for end in 0..bytes.len() {
            assert_eq!(Outline::from_bytes(&bytes[..end]), Err(Damage::Truncated), "{end}");
        }
        for at in HEADER..bytes.len() {
            let mut changed = bytes.clone();
            changed[at] ^= 4;
            assert_eq!(Outline::from_bytes(&changed), Err(Damage::Corrupt), "{at}");
        }
        assert_eq!(Outline::from_bytes(&names.to_bytes()), Err(Damage::Foreign));
        let mut newer = bytes.clone();
        newer[4] = 9;
        assert_eq!(Outline::from_bytes(&newer), Err(Damage::Newer { found: 9 }));
    }

    #[test]
    fn any_content_behind_a_right_header_is_read_or_refused() {
        let mut seed: u32 = 1;
        for length in 0..400 {
            let mut pack = Pack::default();
            for _ in 0..length {
                seed = seed.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
                pack.0.push(seed.to_le_bytes()[3]);
            }
            let _ = Names::from_bytes(&Pack(pack.0.clone()).sealed(NAMES));
            let _ = Outline::from_bytes(&pack.sealed(OUTLINE));
        }
    }
}
