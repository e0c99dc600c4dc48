//! The answer to a query.

use super::catalog::{Catalog, Column, Value};
use super::ordering::{best_first, order_by};
use super::texts::has_phrases;
use super::wording::Wording;
use super::words::{Place, Typed};
use super::{Found, How, Index};
use crate::notebook::Entry;
use crate::numbers::{place, short};
use crate::query::{Facet, Query, Sort, years};
use std::ops::RangeInclusive;

/// Entries that are put in order by how well they answer: a screenful at the least, and no more than anybody looks
/// at. The others follow in the author's order.
const RANKED: RangeInclusive<usize> = 64..=2_000;

/// Values of a facet that are listed where there may be thousands.
const MOST_LISTED: usize = 10;

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
    /// As a number.
    pub(super) fn number(self) -> u8 {
        match self {
            Self::Paper => 0,
            Self::Term => 1,
            Self::Goal => 2,
            Self::Link => 3,
            Self::Prose => 4,
        }
    }

    /// The kind of a number.
    pub(super) fn numbered(number: u8) -> Self {
        match number {
            0 => Self::Paper,
            1 => Self::Term,
            2 => Self::Goal,
            3 => Self::Link,
            _ => Self::Prose,
        }
    }

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

/// What was read instead of what was typed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Correction {
    /// The query as it was answered.
    pub shown: Query,
    /// What to ask for the words exactly as they were typed.
    pub exactly: Query,
}

/// What a query finds in a notebook.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Answer {
    /// The question.
    pub query: Query,
    /// Numbers of the entries that are shown, in the order that was asked for.
    pub order: Vec<u32>,
    /// That order.
    pub sort: Sort,
    /// How the words were found.
    pub how: How,
    /// Where a word was taken for another.
    pub correction: Option<Correction>,
    /// Every filter that is active.
    pub filters: Vec<Filter>,
    pub(super) wording: Wording,
    /// How well each entry answers the words, where there are any.
    worded: Option<Vec<u32>>,
    shown: Vec<bool>,
    headings: Vec<Shown>,
    counts: [Shown; 5],
}

impl Answer {
    /// Whether an entry is shown.
    pub fn shows(&self, record: usize) -> bool {
        self.query.is_empty() || self.shown.get(record) == Some(&true)
    }

    /// Whether a heading has anything to show.
    pub fn shows_heading(&self, heading: usize) -> bool {
        self.query.is_empty() || self.heading(heading).any
    }

    /// Papers, terms, goals and links under a heading, deeper ones included.
    pub fn heading(&self, heading: usize) -> Shown {
        self.headings.get(heading).copied().unwrap_or_default()
    }

    /// How many entries of a kind are shown.
    pub fn count(&self, kind: Counted) -> Shown {
        self.counts.get(kind as usize).copied().unwrap_or_default()
    }

    /// Whether words are asked for.
    pub fn has_words(&self) -> bool {
        !self.wording.is_empty()
    }

    /// Every facet that has more than nothing to choose, with counts under the words and all other facets.
    ///
    /// Counting takes as long as all the rest, so that it can wait until lines are shown. O(entries).
    pub fn facets(&self, index: &Index) -> Vec<FacetCounts> {
        let catalog = &index.catalog;
        let chosen = Chosen::of(catalog, &self.query);
        let missed = catalog.records.iter().enumerate().map(|(at, record)| {
            let counts = record.kind == Counted::Paper && has_words(self.worded.as_deref(), at);
            if counts { chosen.missed(catalog, at, record.kind) } else { Missed::More }
        });
        let missed: Vec<Missed> = missed.collect();
        let counts = (0_u8..).zip(&catalog.columns).map(|(at, column)| count(at, column, &missed));
        let counts: Vec<_> = counts.collect();
        facets(catalog, &chosen, &counts)
    }
}

/// Asks a notebook. Everything matches a query that asks nothing.
///
/// `found` is what the full-text index found for the words of this query; without it, the texts in
/// memory are looked through. Every word must be found in the entry or in a heading above it. A chosen
/// facet value asks for papers, so other entries do not answer it. O(entries).
pub fn answer(index: &Index, query: &Query, found: Option<Found>) -> Answer {
    let typed = Typed::read(&query.words);
    let mut found = match found {
        _ if typed.wanted.is_empty() && typed.unwanted.is_empty() => None,
        Some(found) => Some(found),
        None => Some(index.texts.scan(&index.catalog, &index.names, &typed)),
    };
    let scores = found.as_mut().map(|found| std::mem::take(&mut found.scores));
    let worded = worded(index, &typed, scores);
    let mut answer = look(index, query, worded.as_deref());
    if answer.count(Counted::Paper).shown == 0 && !query.is_empty() {
        for filter in &mut answer.filters {
            let worded = worded.as_deref().filter(|_| filter.kind != FilterKind::Words);
            filter.would_show = look(index, &filter.without, worded).count(Counted::Paper).shown;
        }
    }
    answer.order = order(index, &answer, worded.as_deref());
    answer.worded = worded;
    if let Some(found) = found {
        answer.how = found.how;
        answer.correction = correction(query, &typed, &found);
        answer.wording = Wording::new(typed, found.accepted);
    }
    answer
}

/// For every entry how well it answers the words, with what the full-text index does not know of:
/// years, headings, kinds, phrases. Nothing where no words are asked for.
fn worded(index: &Index, typed: &Typed, found: Option<Vec<u32>>) -> Option<Vec<u32>> {
    let narrows = typed.years.is_some() || !typed.headings.is_empty();
    if found.is_none() && !narrows {
        return None;
    }
    let catalog = &index.catalog;
    let mut scores = found.unwrap_or_else(|| vec![1; catalog.len()]);
    scores.resize(catalog.len(), 0);
    let terms_only = typed.wanted.iter().any(|word| word.place == Place::TermName);
    let phrases = typed.wanted.iter().any(|word| word.phrase);
    if narrows || terms_only || phrases {
        for (at, (score, record)) in scores.iter_mut().zip(&catalog.records).enumerate() {
            let passes = *score > 0
                && typed
                    .years
                    .as_ref()
                    .is_none_or(|years| record.year.is_some_and(|year| years.contains(&year)))
                && (!terms_only || record.kind == Counted::Term)
                && (!phrases || has_phrases(&index.texts, catalog, at, typed))
                && typed
                    .headings
                    .iter()
                    .all(|text| catalog.above(record).any(|heading| heading.title.contains(text.as_str())));
            *score = if passes { *score } else { 0 };
        }
    }
    Some(scores)
}

fn look(index: &Index, query: &Query, worded: Option<&[u32]>) -> Answer {
    let catalog = &index.catalog;
    let chosen = Chosen::of(catalog, query);
    let mut answer = Answer {
        query: query.clone(),
        order: Vec::new(),
        sort: query.sort.unwrap_or(if worded.is_some() { Sort::Relevance } else { Sort::Author }),
        how: How::Exact,
        correction: None,
        filters: filters(catalog, query),
        wording: Wording::default(),
        worded: None,
        shown: vec![false; catalog.len()],
        headings: vec![Shown::default(); catalog.headings.len()],
        counts: Default::default(),
    };
    for (counts, of) in answer.counts.iter_mut().zip(catalog.totals.kinds) {
        counts.of = of;
    }
    for (counts, of) in answer.headings.iter_mut().zip(&catalog.totals.headings) {
        counts.of = *of;
    }
    for (at, (record, shown)) in catalog.records.iter().zip(&mut answer.shown).enumerate() {
        if !has_words(worded, at) || chosen.missed(catalog, at, record.kind) != Missed::None {
            continue;
        }
        *shown = true;
        if let Some(counts) = answer.counts.get_mut(record.kind as usize) {
            counts.shown += 1;
        }
        if let Some(heading) = record.heading.and_then(|heading| answer.headings.get_mut(place(heading))) {
            heading.shown += usize::from(record.kind != Counted::Prose);
            heading.any = true;
        }
    }
    // Deeper headings come later, so each is whole when it is added to the one above it.
    for (at, heading) in catalog.headings.iter().enumerate().rev() {
        let below = answer.heading(at);
        if let Some(above) = heading.parent.and_then(|parent| answer.headings.get_mut(place(parent))) {
            above.of += below.of;
            above.shown += below.shown;
            above.any |= below.any;
        }
    }
    answer
}

/// Whether an entry has the words, where any are asked for.
fn has_words(worded: Option<&[u32]>, at: usize) -> bool {
    worded.is_none_or(|scores| scores.get(at).is_some_and(|score| *score > 0))
}

/// The chosen values of each facet that is chosen, by their places; and whether any is.
struct Chosen([Option<Vec<bool>>; Facet::COUNT], bool);

/// Which chosen facets a record has no chosen value of.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Missed {
    None,
    One(u8),
    More,
}

impl Chosen {
    fn of(catalog: &Catalog, query: &Query) -> Self {
        let ranges: Vec<_> =
            query.chosen().filter(|(facet, _)| *facet == Facet::Year).filter_map(|(_, v)| years(v)).collect();
        let in_range = |value: &str| {
            value.parse().is_ok_and(|year: u16| ranges.iter().any(|range| range.contains(&year)))
        };
        let chosen = Facet::ALL.map(|facet| {
            let chosen = catalog.column(facet).values.iter().map(|value| {
                query.has(facet, &value.value) || (facet == Facet::Year && in_range(&value.value))
            });
            query.narrows(facet).then(|| chosen.collect())
        });
        Self(chosen, query.has_facets())
    }

    fn has(&self, facet: Facet, at: usize) -> bool {
        let chosen = self.0.get(facet as usize).and_then(Option::as_ref);
        chosen.is_some_and(|chosen| chosen.get(at) == Some(&true))
    }

    fn missed(&self, catalog: &Catalog, record: usize, kind: Counted) -> Missed {
        if !self.1 {
            return Missed::None;
        }
        let mut missed = Missed::None;
        for (at, (chosen, column)) in (0_u8..).zip(self.0.iter().zip(&catalog.columns)) {
            let Some(chosen) = chosen else { continue };
            let has = column.of(record).iter().any(|value| chosen.get(place(*value)) == Some(&true));
            missed = match missed {
                _ if kind != Counted::Paper => return Missed::More,
                missed if has => missed,
                Missed::None => Missed::One(at),
                _ => return Missed::More,
            };
        }
        missed
    }
}

/// Counts the values of papers that would be shown were their facet, the one at a place, not chosen. O(records)
fn count(facet: u8, column: &Column, missed: &[Missed]) -> Vec<usize> {
    let mut counts = vec![0; column.values.len()];
    if counts.is_empty() {
        return counts;
    }
    let mut begin = 0;
    for (end, missed) in column.ends.iter().zip(missed) {
        let end = place(*end);
        if *missed == Missed::None || *missed == Missed::One(facet) {
            for value in column.places.get(begin..end).unwrap_or_default() {
                if let Some(count) = counts.get_mut(place(*value)) {
                    *count += 1;
                }
            }
        }
        begin = end;
    }
    counts
}

fn facets(catalog: &Catalog, chosen: &Chosen, counts: &[Vec<usize>]) -> Vec<FacetCounts> {
    let all = Facet::ALL.into_iter().zip(&catalog.columns).zip(counts);
    let shown = all.map(|((facet, column), counts)| {
        let values = listed(facet, column, chosen, counts).into_iter().filter_map(|at| {
            let at = place(at);
            let (Value { value, label }, count) = (column.values.get(at)?, counts.get(at)?);
            let chosen = chosen.has(facet, at);
            Some(FacetValue { value: value.clone(), label: label.clone(), count: *count, chosen })
        });
        FacetCounts { facet, values: values.collect() }
    });
    shown.filter(|facet| !facet.values.is_empty()).collect()
}

/// The places of the values that are listed: all of a short facet, of a long one those that are chosen and those of
/// most papers.
fn listed(facet: Facet, column: &Column, chosen: &Chosen, counts: &[usize]) -> Vec<u32> {
    if !facet.is_long() {
        return column.order.clone();
    }
    let count = |at: usize| counts.get(at).copied().unwrap_or_default();
    let score = |at: usize| if chosen.has(facet, at) { u32::MAX } else { short(count(at)) };
    // By their order, so that among equals the one of more papers in all comes first.
    let by_order: Vec<u32> = column.order.iter().map(|at| score(place(*at))).collect();
    let some = (0_u32..).zip(&by_order).filter(|(_, score)| **score > 0).map(|(at, _)| at).collect();
    let best = best_first(some, MOST_LISTED..=MOST_LISTED, &by_order).into_iter().take(MOST_LISTED);
    best.filter_map(|at| column.order.get(place(at)).copied()).collect()
}

fn filters(catalog: &Catalog, query: &Query) -> Vec<Filter> {
    let words = (!query.words.trim().is_empty()).then(|| Filter {
        kind: FilterKind::Words,
        value: query.words.clone(),
        label: query.words.trim().to_owned(),
        without: query.with_words(""),
        would_show: 0,
    });
    let values = query.chosen().map(|(facet, value)| {
        let known = catalog.column(facet).values.iter().find(|known| known.value == value);
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

/// The entries that are shown, in the order asked for. O(entries).
fn order(index: &Index, answer: &Answer, worded: Option<&[u32]>) -> Vec<u32> {
    let catalog = &index.catalog;
    let shown = |record: &u32| answer.shown.get(place(*record)) == Some(&true);
    // Until the names are there, entries stay as the author has them.
    if answer.sort == Sort::Title && !index.names.is_empty() {
        return index.names.by_title.iter().copied().filter(shown).collect();
    }
    let mut all = Vec::with_capacity(answer.counts.iter().map(|count| count.shown).sum());
    all.extend((0_u32..).zip(&answer.shown).filter(|(_, shown)| **shown).map(|(record, _)| record));
    match answer.sort {
        Sort::Author | Sort::Title => all,
        Sort::Year => {
            let year = |record: usize| catalog.records.get(record).and_then(|record| record.year);
            order_by(&mut all, &|one, other| year(other).cmp(&year(one)));
            all
        }
        Sort::Relevance => best_first(all, RANKED, worded.unwrap_or_default()),
    }
}

/// What was shown instead of what was typed, where a word was taken for another.
fn correction(query: &Query, typed: &Typed, found: &Found) -> Option<Correction> {
    let instead: Vec<_> =
        found.corrected.iter().filter_map(|(at, word)| Some((typed.wanted.get(*at)?, word))).collect();
    let (mut shown, mut exactly) = (query.words.clone(), query.words.clone());
    // They come in the order of the words; from the end on, places before stay as they are.
    for (typed, word) in instead.iter().rev() {
        let begin = typed.at.end.saturating_sub(typed.bare.len());
        let piece = begin..typed.at.end;
        if shown.get(piece.clone()) != Some(typed.bare.as_str()) {
            return None;
        }
        shown.replace_range(piece.clone(), word);
        exactly.replace_range(piece, &format!("\"{}\"", typed.bare));
    }
    let correction = Correction { shown: query.with_words(&shown), exactly: query.with_words(&exactly) };
    (!instead.is_empty()).then_some(correction)
}
