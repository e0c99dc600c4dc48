//! The answer to a query.

use std::collections::HashMap;
use std::ops::Range;

use super::fold::fold;
use super::words::{Place, Typed, Word};
use super::{Heading, Index, Plain, Record, Value};
use crate::notebook::{Entry, Id};
use crate::query::{Facet, Query, years};

/// Matches marked in one field at the most: more would say nothing new.
const MOST_MARKS: usize = 200;

/// A part of an entry that words are looked for in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Field {
    /// What it is called.
    Title,
    /// What follows the title on its line.
    Byline,
    /// What stands under the title.
    Notes,
}

impl Field {
    /// Every field.
    pub const ALL: [Self; 3] = [Self::Title, Self::Byline, Self::Notes];

    /// The name under which the page marks the element that shows it.
    pub fn key(self) -> &'static str {
        match self {
            Self::Title => "title",
            Self::Byline => "byline",
            Self::Notes => "notes",
        }
    }
}

/// What is counted apart.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[expect(missing_docs, reason = "the names are those of the entries")]
pub enum Counted {
    Paper,
    Term,
    Goal,
    Link,
    Prose,
}

impl Counted {
    pub(super) fn of(entry: &Entry) -> Self {
        match entry {
            Entry::Paper(_) => Self::Paper,
            Entry::Term(_) => Self::Term,
            Entry::Goal(_) => Self::Goal,
            Entry::Link(_) => Self::Link,
            Entry::Prose(_) => Self::Prose,
        }
    }
}

/// How many of how many are shown.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Shown {
    /// Those that match.
    pub shown: usize,
    /// All there are.
    pub of: usize,
    /// Whether anything is shown, prose included, which is not counted.
    pub any: bool,
}

impl Shown {
    fn count(&mut self, counts: bool, shown: bool) {
        self.of += usize::from(counts);
        self.shown += usize::from(counts && shown);
        self.any |= shown;
    }
}

/// Where and why an entry or heading matched.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Hit {
    /// The entry or heading.
    pub id: Id,
    /// Every place, in order.
    pub matches: Vec<Match>,
}

/// One place where a word was found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Match {
    /// The field.
    pub field: Field,
    /// Bytes of the field's [`Plain`] text.
    pub range: Range<usize>,
}

/// One value of a facet.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FacetValue {
    /// What the URL says.
    pub value: String,
    /// What the author calls it.
    pub label: String,
    /// Papers that have it, under the words and all other facets.
    pub count: usize,
    /// Whether it is chosen.
    pub chosen: bool,
}

/// A facet with its values.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FacetCounts {
    /// Which.
    pub facet: Facet,
    /// In the order they are shown.
    pub values: Vec<FacetValue>,
}

/// What an active filter is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FilterKind {
    /// The words.
    Words,
    /// One value of a facet.
    Facet(Facet),
}

/// One active filter and what comes of dropping it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Filter {
    /// Which.
    pub kind: FilterKind,
    /// The value as the URL says it.
    pub value: String,
    /// The value as the author calls it.
    pub label: String,
    /// The query without it.
    pub without: Query,
    /// Papers that query shows; counted only where the whole query shows none.
    pub would_show: usize,
}

/// What a query finds in a notebook.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Answer {
    /// The question.
    pub query: Query,
    /// Entries that are shown, in the author's order, each with why.
    pub hits: Vec<Hit>,
    /// Headings that hold words asked for and have something to show.
    pub headings: Vec<Hit>,
    /// Every facet that has more than nothing to choose.
    pub facets: Vec<FacetCounts>,
    /// Every filter that is active.
    pub filters: Vec<Filter>,
    /// Entries and headings that are shown; a heading with what is counted under it.
    shown: HashMap<Id, Shown>,
    counts: [Shown; 5],
}

impl Answer {
    /// Whether an entry is shown; [`super::INTRO`] for the introduction.
    pub fn shows(&self, id: &str) -> bool {
        self.query.is_empty() || self.shown.get(id).is_some_and(|counts| counts.any)
    }

    /// Whether a heading has anything to show.
    pub fn shows_section(&self, id: &Id) -> bool {
        self.shows(id.as_str())
    }

    /// Papers, terms, goals and links under a heading, deeper ones included.
    pub fn section(&self, id: &Id) -> Shown {
        self.shown.get(id.as_str()).copied().unwrap_or_default()
    }

    /// How many entries of a kind are shown.
    pub fn count(&self, kind: Counted) -> Shown {
        self.counts.get(kind as usize).copied().unwrap_or_default()
    }
}

/// Asks a notebook. Everything matches a query that asks nothing.
///
/// Every word must be found in the entry or in a heading above it. A chosen facet value asks for
/// papers, so other entries do not answer it. O(text) for words, O(papers) for facets.
pub fn answer(index: &Index, query: &Query) -> Answer {
    let mut answer = look(index, query);
    if answer.count(Counted::Paper).shown == 0 && !query.is_empty() {
        for filter in &mut answer.filters {
            filter.would_show = look(index, &filter.without).count(Counted::Paper).shown;
        }
    }
    answer
}

fn look(index: &Index, query: &Query) -> Answer {
    let typed = Typed::read(&query.words);
    let chosen = Chosen::of(index, query);
    let mut answer = Answer {
        query: query.clone(),
        hits: Vec::new(),
        headings: Vec::new(),
        facets: Vec::new(),
        filters: filters(index, query),
        shown: HashMap::new(),
        counts: Default::default(),
    };
    let mut counts: [Vec<usize>; Facet::COUNT] = Default::default();
    for (counts, values) in counts.iter_mut().zip(&index.values) {
        counts.resize(values.len(), 0);
    }
    for record in &index.records {
        let worded = index.answers(record, &typed);
        let shown = worded && chosen.passes(record, None);
        if worded {
            chosen.count(record, &mut counts);
        }
        if let Some(counts) = answer.counts.get_mut(record.kind as usize) {
            counts.count(true, shown);
        }
        for heading in index.above(record) {
            let counts = answer.shown.entry(heading.id.clone()).or_default();
            counts.count(record.kind != Counted::Prose, shown);
        }
        if shown && !query.is_empty() {
            answer.shown.insert(record.id.clone(), Shown { shown: 1, of: 1, any: true });
            let fields = record.fields.iter().map(|(field, text, folded)| (*field, text, folded.as_str()));
            answer.hits.push(Hit { id: record.id.clone(), matches: marks(fields, record.kind, &typed) });
        }
    }
    let shown: Vec<_> = index.headings.iter().filter(|heading| answer.shows_section(&heading.id)).collect();
    for heading in shown {
        let field = std::iter::once((Field::Title, &heading.title, heading.folded.as_str()));
        let matches = marks(field, Counted::Prose, &typed);
        if !matches.is_empty() {
            answer.headings.push(Hit { id: heading.id.clone(), matches });
        }
    }
    answer.facets = facets(index, &chosen, &counts);
    answer
}

impl Index {
    fn above(&self, record: &Record) -> impl Iterator<Item = &Heading> {
        let first = record.heading.and_then(|at| self.headings.get(at));
        std::iter::successors(first, |heading| heading.parent.and_then(|at| self.headings.get(at)))
    }

    /// Whether a record is what the words ask for.
    fn answers(&self, record: &Record, typed: &Typed) -> bool {
        typed.wanted.iter().all(|word| self.holds(record, word))
            && !typed.unwanted.iter().any(|word| record.holds(word))
            && typed.years.as_ref().is_none_or(|years| record.year.is_some_and(|year| years.contains(&year)))
            && typed
                .headings
                .iter()
                .all(|text| self.above(record).any(|heading| heading.folded.contains(text.as_str())))
    }

    fn holds(&self, record: &Record, word: &Word) -> bool {
        record.holds(word)
            || (word.place == Place::Anywhere
                && self.above(record).any(|heading| word.places(&heading.folded).next().is_some()))
    }
}

impl Record {
    fn holds(&self, word: &Word) -> bool {
        self.fields.iter().any(|(field, _, folded)| {
            word.may_stand_in(*field, self.kind) && word.places(folded).next().is_some()
        })
    }
}

impl Word {
    fn may_stand_in(&self, field: Field, kind: Counted) -> bool {
        match self.place {
            Place::Anywhere => true,
            Place::In(place) => place == field,
            Place::TermName => kind == Counted::Term && field == Field::Title,
        }
    }

    /// Where it stands in a folded text; a phrase only between two ends of words.
    fn places<'a>(&'a self, folded: &'a str) -> impl Iterator<Item = Range<usize>> + 'a {
        let found = folded.match_indices(self.text.as_str()).map(|(at, found)| at..at + found.len());
        found.filter(|at| {
            let before = folded.get(..at.start).and_then(|text| text.chars().next_back());
            let after = folded.get(at.end..).and_then(|text| text.chars().next());
            !self.phrase || ![before, after].into_iter().flatten().any(char::is_alphanumeric)
        })
    }
}

/// The chosen values of each facet that is chosen, by their places.
struct Chosen([Option<Vec<bool>>; Facet::COUNT]);

impl Chosen {
    fn of(index: &Index, query: &Query) -> Self {
        let ranges: Vec<_> =
            query.chosen().filter(|(facet, _)| *facet == Facet::Year).filter_map(|(_, v)| years(v)).collect();
        let in_range = |value: &str| {
            value.parse().is_ok_and(|year: u16| ranges.iter().any(|range| range.contains(&year)))
        };
        Self(Facet::ALL.map(|facet| {
            let values = index.values.get(facet as usize).filter(|_| query.narrows(facet))?;
            let chosen = values.iter().map(|value| {
                query.has(facet, &value.value) || (facet == Facet::Year && in_range(&value.value))
            });
            Some(chosen.collect())
        }))
    }

    fn has(&self, facet: Facet, at: usize) -> bool {
        let chosen = self.0.get(facet as usize).and_then(Option::as_ref);
        chosen.is_some_and(|chosen| chosen.get(at) == Some(&true))
    }

    /// Whether a record has a chosen value of every facet that is chosen, one left out of account.
    fn passes(&self, record: &Record, but: Option<Facet>) -> bool {
        let Some(values) = &record.facets else { return self.0.iter().all(Option::is_none) };
        Facet::ALL.into_iter().zip(values).zip(&self.0).all(|((facet, places), chosen)| {
            Some(facet) == but
                || chosen.as_ref().is_none_or(|chosen| places.iter().any(|&at| chosen.get(at) == Some(&true)))
        })
    }

    /// Counts the values of a record that would be shown were its facet not chosen.
    fn count(&self, record: &Record, counts: &mut [Vec<usize>; Facet::COUNT]) {
        let Some(values) = &record.facets else { return };
        for ((facet, places), counts) in Facet::ALL.into_iter().zip(values).zip(counts) {
            if !places.is_empty() && self.passes(record, Some(facet)) {
                for &at in places {
                    if let Some(count) = counts.get_mut(at) {
                        *count += 1;
                    }
                }
            }
        }
    }
}

fn facets(index: &Index, chosen: &Chosen, counts: &[Vec<usize>; Facet::COUNT]) -> Vec<FacetCounts> {
    let all = Facet::ALL.into_iter().zip(&index.values).zip(&index.order).zip(counts);
    let shown = all.map(|(((facet, values), order), counts)| {
        let values = order.iter().filter_map(|&at| {
            let (Value { value, label }, count) = (values.get(at)?, counts.get(at)?);
            let chosen = chosen.has(facet, at);
            Some(FacetValue { value: value.clone(), label: label.clone(), count: *count, chosen })
        });
        FacetCounts { facet, values: values.collect() }
    });
    shown.filter(|facet| !facet.values.is_empty()).collect()
}

fn filters(index: &Index, query: &Query) -> Vec<Filter> {
    let words = (!query.words.trim().is_empty()).then(|| Filter {
        kind: FilterKind::Words,
        value: query.words.clone(),
        label: query.words.trim().to_owned(),
        without: query.with_words(""),
        would_show: 0,
    });
    let values = query.chosen().map(|(facet, value)| {
        let known = index.values.get(facet as usize).into_iter().flatten().find(|known| known.value == value);
        Filter {
            kind: FilterKind::Facet(facet),
            value: value.to_owned(),
            label: known.map_or(value, |known| known.label.as_str()).to_owned(),
            without: query.toggled(facet, value),
            would_show: 0,
        }
    });
    words.into_iter().chain(values).collect()
}

/// Every place of every word that is wanted, overlapping ones joined.
fn marks<'a>(
    fields: impl Iterator<Item = (Field, &'a Plain, &'a str)>,
    kind: Counted,
    typed: &Typed,
) -> Vec<Match> {
    let mut all = Vec::new();
    for (field, text, folded) in fields {
        let here: Vec<_> = typed.wanted.iter().filter(|word| word.may_stand_in(field, kind)).collect();
        if !here.iter().any(|word| word.places(folded).next().is_some()) {
            continue;
        }
        let back = fold(text);
        let places = here.iter().flat_map(|word| word.places(folded).take(MOST_MARKS));
        let ranges = places.filter_map(|place| back.original(&place));
        let mut ranges: Vec<_> = ranges.map(|range| (range.start, range.end)).collect();
        ranges.sort_unstable();
        let mut joined: Vec<Range<usize>> = Vec::new();
        for (start, end) in ranges {
            match joined.last_mut() {
                Some(last) if start < last.end => last.end = last.end.max(end),
                _ => joined.push(start..end),
            }
        }
        all.extend(joined.into_iter().take(MOST_MARKS).map(|range| Match { field, range }));
    }
    all
}
