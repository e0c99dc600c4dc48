//! Columnar store of the properties that entries are sorted, filtered and counted by: everything but their texts.

use super::entry_set::{EntrySet, ValueSets};
use super::ordering::ordered;
use super::{EntryKind, PlainText, tags};
use crate::convert::{to_u32, to_usize};
use crate::notebook::{Access, LinkKind, PersonName, Property, Reference, Section, plain};
use crate::query::Facet;
use crate::unicode::lowercase;

/// The value of a facet for papers that do not state it.
pub const UNKNOWN: &str = "unknown";

/// Kinds of links that papers are filtered by. Every paper has a link to itself, and other kinds say nothing to a reader
/// who looks for something.
const FILTERED_LINKS: [LinkKind; 7] = [
    LinkKind::Pdf,
    LinkKind::Code,
    LinkKind::Video,
    LinkKind::Slides,
    LinkKind::Project,
    LinkKind::Data,
    LinkKind::Blog,
];

/// Kind, heading, year and facet values of every entry, as numbers.
///
/// Memory: some 60 bytes a paper.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Catalog {
    pub(super) entries: Vec<CatalogEntry>,
    /// In document order, each with the place of its parent.
    pub(super) headings: Vec<Heading>,
    /// In the order of [`Facet::ALL`].
    pub(super) columns: [Column; Facet::COUNT],
    /// Totals over all entries.
    pub(super) totals: Totals,
}

/// Total numbers of entries, by kind and directly below each heading.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Totals {
    pub(super) kinds: [usize; 5],
    pub(super) headings: Vec<usize>,
}

/// One entry.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct CatalogEntry {
    pub(super) kind: EntryKind,
    pub(super) heading: Option<u32>,
    pub(super) year: Option<u16>,
}

#[derive(Clone, Debug, PartialEq)]
pub(super) struct Heading {
    pub(super) parent: Option<u32>,
    /// Normalized.
    pub(super) title: String,
}

/// A facet: its values, and which of them each entry has.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Column {
    /// As they were met first.
    pub(super) values: Vec<Value>,
    /// Places of the values, in the order they are shown.
    pub(super) order: Vec<u32>,
    /// End of the values of each entry in `places`.
    pub(super) ends: Vec<u32>,
    pub(super) places: Vec<u32>,
    /// The set of entries of each value, if there are few enough values for that to be small.
    pub(super) sets: Option<ValueSets>,
}

/// A facet value: what the URL says, and what the author calls it.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Value {
    pub(super) value: String,
    pub(super) name: String,
}

impl Catalog {
    /// Returns the number of entries, including the introduction.
    pub fn len(&self) -> usize {
        self.entries.len()
    }

    /// Returns true if there are no entries.
    pub fn is_empty(&self) -> bool {
        self.entries.is_empty()
    }

    /// Returns true if all indices are in range, for a catalog that was decoded from bytes.
    pub fn is_whole(&self) -> bool {
        let entries = self.entries.len();
        let heading = |at: Option<u32>, end: usize| at.is_none_or(|at| to_usize(at) < end);
        self.entries.iter().all(|entry| heading(entry.heading, self.headings.len()))
            && self.headings.iter().enumerate().all(|(at, known)| heading(known.parent, at))
            && self.columns.iter().all(|column| {
                column.ends.len() == entries
                    && column.ends.is_sorted()
                    && column.ends.last().map_or(0, |end| to_usize(*end)) == column.places.len()
                    && column.places.iter().chain(&column.order).all(|at| to_usize(*at) < column.values.len())
            })
    }

    /// The kind of an entry.
    pub fn kind(&self, entry: usize) -> Option<EntryKind> {
        self.entries.get(entry).map(|entry| entry.kind)
    }

    /// The year of a paper, where it is known.
    pub fn year(&self, entry: usize) -> Option<u16> {
        self.entries.get(entry)?.year
    }

    /// The heading that an entry stands under.
    pub fn heading(&self, entry: usize) -> Option<usize> {
        self.entries.get(entry)?.heading.map(to_usize)
    }

    /// The heading that a heading stands under.
    pub fn parent(&self, heading: usize) -> Option<usize> {
        self.headings.get(heading)?.parent.map(to_usize)
    }

    /// Every heading above an entry, the nearest first.
    pub(super) fn above(&self, entry: &CatalogEntry) -> impl Iterator<Item = &Heading> {
        let first = entry.heading.and_then(|at| self.headings.get(to_usize(at)));
        std::iter::successors(first, |heading| heading.parent.and_then(|at| self.headings.get(to_usize(at))))
    }

    /// Iterates over the names of a facet's values in display order. O(values)
    pub fn names(&self, facet: Facet) -> impl Iterator<Item = &str> {
        let Column { order, values, .. } = self.column(facet);
        order.iter().filter_map(|at| Some(values.get(to_usize(*at))?.name.as_str()))
    }

    pub(super) fn column(&self, facet: Facet) -> &Column {
        let [first, ..] = &self.columns;
        self.columns.get(facet as usize).unwrap_or(first)
    }

    pub(super) fn add_heading(&mut self, parent: Option<u32>, normalized: String) -> u32 {
        self.headings.push(Heading { parent, title: normalized });
        to_u32(self.headings.len() - 1)
    }

    /// Adds an entry; `paper` has the section that it stands in, and its texts but the title.
    pub(super) fn add(
        &mut self,
        kind: EntryKind,
        heading: Option<u32>,
        paper: Option<(&Reference, &Section, &[&PlainText])>,
    ) {
        let year = paper.and_then(|(paper, ..)| paper.source.year);
        self.entries.push(CatalogEntry { kind, heading, year });
        for (facet, column) in Facet::ALL.into_iter().zip(&mut self.columns) {
            if let Some((paper, category, texts)) = paper {
                column.add(facet, paper, category, texts);
            }
            column.ends.push(to_u32(column.places.len()));
        }
    }

    /// Settles the orders, once every entry is there.
    pub(super) fn finish(&mut self) {
        for (facet, column) in Facet::ALL.into_iter().zip(&mut self.columns) {
            column.finish(facet);
        }
        self.count();
    }

    /// Counts and collects what there is, once: an answer counts only what it shows.
    pub(super) fn count(&mut self) {
        let mut totals = Totals { kinds: [0; 5], headings: vec![0; self.headings.len()] };
        for entry in &self.entries {
            if let Some(count) = totals.kinds.get_mut(entry.kind as usize) {
                *count += 1;
            }
            let heading = entry.heading.filter(|_| entry.kind != EntryKind::Prose);
            if let Some(count) = heading.and_then(|heading| totals.headings.get_mut(to_usize(heading))) {
                *count += 1;
            }
        }
        self.totals = totals;
        self.columns.iter_mut().for_each(Column::collect);
    }
}

impl Column {
    /// Calls a function with each entry and each of its values. O(places)
    fn each(&self, act: &mut dyn FnMut(usize, usize)) {
        let mut begin = 0;
        for (entry, end) in self.ends.iter().enumerate() {
            for value in self.places.get(begin..to_usize(*end)).unwrap_or_default() {
                act(entry, to_usize(*value));
            }
            begin = to_usize(*end);
        }
    }

    /// Returns the entries that have any of the chosen values. O(places)
    pub(super) fn having(&self, chosen: &[bool]) -> EntrySet {
        let mut having = EntrySet::empty(self.ends.len());
        self.each(&mut |entry, value| {
            if chosen.get(value) == Some(&true) {
                having.insert(entry);
            }
        });
        having
    }

    /// Counts how many of some entries have each value. O(entries + places); with sets, 64 entries at once.
    pub(super) fn counts(&self, among: &EntrySet) -> Vec<u32> {
        if let Some(sets) = &self.sets {
            return sets.intersection_sizes(among);
        }
        let mut counts = vec![0; self.values.len()];
        self.each(&mut |entry, value| {
            if let Some(count) = counts.get_mut(value).filter(|_| among.contains(entry)) {
                *count += 1;
            }
        });
        counts
    }

    /// Stores the set of entries of each value, unless the sets would be larger than the lists.
    fn collect(&mut self) {
        let numbers = self.ends.len() + self.places.len();
        let mut sets = ValueSets::empty(self.values.len(), self.ends.len(), numbers);
        if let Some(sets) = &mut sets {
            self.each(&mut |entry, value| sets.insert(value, entry));
        }
        self.sets = sets;
    }

    #[allow(clippy::too_many_lines, reason = "one match over all facets")]
    fn add(&mut self, facet: Facet, paper: &Reference, category: &Section, texts: &[&PlainText]) {
        let source = &paper.source;
        match facet {
            Facet::Category => self.push(category.id.as_str(), &plain(&category.title)),
            Facet::Access => {
                let value = match source.access {
                    Access::Open => "open",
                    Access::Paywalled => "paywalled",
                    Access::Unknown => UNKNOWN,
                };
                self.push(value, value);
            }
            Facet::Year => {
                let year = source.year.map_or_else(|| UNKNOWN.into(), |year| year.to_string());
                self.push(&year, &year);
            }
            Facet::Author => {
                let mut names: Vec<_> = match &paper.citation {
                    Some(citation) => citation.displayed_authors().map(PersonName::display_name).collect(),
                    None => paper.authors.clone(),
                };
                names.sort();
                names.dedup();
                for name in names {
                    self.meet(name);
                }
            }
            Facet::Venue => {
                let cited = paper.citation.as_ref().map(|citation| citation.venue.clone());
                if let Some(venue) = cited.unwrap_or_else(|| paper.venue.clone()) {
                    self.meet(venue);
                }
            }
            Facet::Host => {
                let host = if source.host.is_empty() { UNKNOWN } else { &source.host };
                self.push(host, host);
            }
            Facet::Label => {
                for label in tags::labels(paper) {
                    self.push(&lowercase(&label), &label);
                }
            }
            Facet::Status => {
                let is_status = |property: &&Property| property.name == Property::STATUS;
                for status in paper.properties.iter().filter(is_status) {
                    self.push(&status.key(), &status.value);
                }
            }
            Facet::Link => {
                let mut kinds: Vec<_> = paper.links.iter().map(|link| link.kind).collect();
                kinds.sort_unstable();
                kinds.dedup();
                for kind in kinds.into_iter().filter(|kind| FILTERED_LINKS.contains(kind)) {
                    self.push(kind.name(), kind.name());
                }
            }
            Facet::Tag => {
                let mut tags: Vec<_> = texts.iter().flat_map(|text| tags::tags(text)).collect();
                tags.dedup();
                for tag in &tags {
                    self.push(tag, tag);
                }
            }
        }
    }

    /// Adds a value to the newest entry.
    fn push(&mut self, value: &str, name: &str) {
        // The newest value is the likeliest: papers of a category stand together.
        let known = self.values.iter().rposition(|known| known.value == value).unwrap_or_else(|| {
            self.values.push(Value { value: value.to_owned(), name: name.to_owned() });
            self.values.len() - 1
        });
        self.places.push(to_u32(known));
    }

    /// Adds a value to the newest entry, for a facet with too many values to look through each time: [`Column::join`]
    /// joins equal ones.
    fn meet(&mut self, value: String) {
        self.values.push(Value { name: value.clone(), value });
        self.places.push(to_u32(self.values.len() - 1));
    }

    /// Makes one value of all that are the same. O(n log n).
    fn join(&mut self) {
        let name = |at: usize| self.values.get(at).map(|value| value.value.as_str());
        let order = ordered(self.values.len(), &|one, other| name(one).cmp(&name(other)));
        let (mut joined, mut places): (Vec<Value>, _) = (Vec::new(), vec![0; self.values.len()]);
        for at in order.into_iter().map(to_usize) {
            let Some(value) = self.values.get(at) else { continue };
            if joined.last() != Some(value) {
                joined.push(value.clone());
            }
            if let Some(to) = places.get_mut(at) {
                *to = to_u32(joined.len() - 1);
            }
        }
        for at in &mut self.places {
            *at = places.get(to_usize(*at)).copied().unwrap_or_default();
        }
        self.values = joined;
    }

    /// Counts the papers that have each value.
    fn sizes(&self) -> Vec<u32> {
        let mut sizes = vec![0; self.values.len()];
        for at in &self.places {
            if let Some(size) = sizes.get_mut(to_usize(*at)) {
                *size += 1;
            }
        }
        sizes
    }

    /// Orders the values: categories as the author has them, labels as they were met, years from the
    /// newest, authors and venues by how many papers they have, the rest by name; what is not known comes last.
    fn finish(&mut self, facet: Facet) {
        if facet.is_long() {
            self.join();
        }
        let sizes = if facet.is_long() { self.sizes() } else { Vec::new() };
        let size = |at: usize| sizes.get(at);
        let values = &self.values;
        let name = |at: usize| values.get(at).map_or("", |value| value.value.as_str());
        self.order = ordered(values.len(), &|one, other| {
            let (a, b) = (name(one), name(other));
            (a == UNKNOWN).cmp(&(b == UNKNOWN)).then_with(|| match facet {
                Facet::Category | Facet::Label => one.cmp(&other),
                Facet::Year => b.cmp(a),
                Facet::Author | Facet::Venue => size(other).cmp(&size(one)).then(a.cmp(b)),
                Facet::Access | Facet::Host | Facet::Tag | Facet::Status | Facet::Link => a.cmp(b),
            })
        });
    }
}
