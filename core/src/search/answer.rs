//! The answer to a query.

use super::catalog::Catalog;
use super::facets::Chosen;
use super::ordering::{best_first, order_by};
use super::records::Records;
use super::texts::has_phrases;
use super::wording::Wording;
use super::words::{Place, Typed};
use super::{Found, How, Index};
use crate::notebook::Entry;
use crate::numbers::place;
use crate::query::{Facet, Query, Sort};
use std::ops::RangeInclusive;

/// Entries that are put in order by how well they answer: a screenful at the least, and no more than anybody looks
/// at. The others follow in the author's order.
const RANKED: RangeInclusive<usize> = 64..=2_000;

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
    /// Entries that have the words.
    pub(super) worded: Records,
    /// Entries that are shown.
    pub(super) shown: Records,
    headings: Vec<Shown>,
    counts: [Shown; 5],
}

impl Answer {
    /// Whether an entry is shown.
    pub fn shows(&self, record: usize) -> bool {
        self.query.is_empty() || self.shown.has(record)
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
    let scores = scored(index, &typed, scores);
    let all = || Records::scored(&vec![1; index.catalog.len()]);
    let worded = scores.as_deref().map_or_else(all, Records::scored);
    let mut answer = look(index, query, &worded);
    answer.sort = query.sort.unwrap_or(if scores.is_some() { Sort::Relevance } else { Sort::Author });
    if answer.count(Counted::Paper).shown == 0 && !query.is_empty() {
        for filter in &mut answer.filters {
            let worded = if filter.kind == FilterKind::Words { &all() } else { &worded };
            filter.would_show = look(index, &filter.without, worded).count(Counted::Paper).shown;
        }
    }
    answer.order = order(index, &answer, scores.as_deref());
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
fn scored(index: &Index, typed: &Typed, found: Option<Vec<u32>>) -> Option<Vec<u32>> {
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

fn look(index: &Index, query: &Query, worded: &Records) -> Answer {
    let catalog = &index.catalog;
    let mut shown = worded.clone();
    Chosen::of(catalog, query).narrow(&mut shown, None);
    let mut answer = Answer {
        query: query.clone(),
        order: Vec::new(),
        sort: Sort::Author,
        how: How::Exact,
        correction: None,
        filters: filters(catalog, query),
        wording: Wording::default(),
        worded: Records::default(),
        shown,
        headings: vec![Shown::default(); catalog.headings.len()],
        counts: Default::default(),
    };
    for (counts, of) in answer.counts.iter_mut().zip(catalog.totals.kinds) {
        counts.of = of;
    }
    for (counts, of) in answer.headings.iter_mut().zip(&catalog.totals.headings) {
        counts.of = *of;
    }
    answer.shown.each(&mut |record| {
        let Some(record) = catalog.records.get(place(record)) else { return };
        if let Some(counts) = answer.counts.get_mut(record.kind as usize) {
            counts.shown += 1;
        }
        if let Some(heading) = record.heading.and_then(|heading| answer.headings.get_mut(place(heading))) {
            heading.shown += usize::from(record.kind != Counted::Prose);
            heading.any = true;
        }
    });
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
fn order(index: &Index, answer: &Answer, scores: Option<&[u32]>) -> Vec<u32> {
    let catalog = &index.catalog;
    // Until the names are there, entries stay as the author has them.
    if answer.sort == Sort::Title && !index.names.is_empty() {
        let all = index.names.by_title.iter().copied();
        return all.filter(|record| answer.shown.has(place(*record))).collect();
    }
    let mut all = Vec::with_capacity(answer.counts.iter().map(|count| count.shown).sum());
    answer.shown.each(&mut |record| all.push(record));
    match answer.sort {
        Sort::Author | Sort::Title => all,
        Sort::Year => {
            let year = |record: usize| catalog.records.get(record).and_then(|record| record.year);
            order_by(&mut all, &|one, other| year(other).cmp(&year(one)));
            all
        }
        Sort::Relevance => best_first(all, RANKED, scores.unwrap_or_default()),
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
