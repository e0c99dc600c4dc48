//! The answer to a query.

use super::catalog::Catalog;
use super::entry_set::EntrySet;
use super::facet_selection::Selection;
use super::highlight::Highlighter;
use super::ordering::{best_first, order_by};
use super::query_parser::{ParsedWords, SearchScope, is_quote, occurrences};
use super::text_store::has_phrases;
use super::{Corpus, EntryKind, MatchQuality, SearchResult};
use crate::convert::to_usize;
use crate::query::{Facet, Query, Sort};
use crate::unicode::lowercase;
use std::ops::RangeInclusive;

/// Number of entries that are sorted by score: at least a screenful, and more only while that costs little. The others
/// follow in the author's order, which nobody notices behind 2,000 better ones; sorting all 100,000 would take longer
/// than the search itself. Chosen, not measured.
const SORTED_ENTRIES: RangeInclusive<usize> = 64..=2_000;

/// Added to the score of entries that have the words letter for letter as typed: `schön` before `schon`. More than a score
/// of the full-text index can be.
const EXACT_SPELLING_BONUS: u32 = 1 << 26;

/// Number of visible entries, and the total.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Count {
    /// Number of visible entries.
    pub visible: usize,
    /// Total number.
    pub total: usize,
    /// True if anything is visible, including prose, which is not counted.
    pub any_visible: bool,
}

/// The kind of an active filter.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FilterKind {
    /// The words.
    Words,
    /// One value of a facet.
    Facet(Facet),
}

/// An active filter, and the result of removing it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Filter {
    /// The kind.
    pub kind: FilterKind,
    /// The value in the URL.
    pub value: String,
    /// The value as the author writes it.
    pub name: String,
    /// The query without it.
    pub without: Query,
    /// Number of papers that `without` shows; counted only if the whole query shows none.
    pub would_show: usize,
}

/// A spelling correction of the query.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Correction {
    /// The query as it was answered.
    pub shown: Query,
    /// The query that searches for the words exactly as typed.
    pub exactly: Query,
}

/// The answer to a query: visible entries in order, counts, filters and highlights.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Answer {
    /// The query.
    pub query: Query,
    /// Numbers of the visible entries, in the requested order.
    pub order: Vec<u32>,
    /// The order of `order`.
    pub sort: Sort,
    /// The quality of the matches.
    pub quality: MatchQuality,
    /// The correction, if a word was replaced by another.
    pub correction: Option<Correction>,
    /// Active filters.
    pub filters: Vec<Filter>,
    pub(super) highlighter: Highlighter,
    /// Entries that match the words.
    pub(super) matching: EntrySet,
    /// Entries that match words and facets.
    pub(super) shown: EntrySet,
    headings: Vec<Count>,
    counts: [Count; 5],
}

impl Answer {
    /// Returns true if an entry is visible.
    pub fn shows(&self, entry: usize) -> bool {
        self.query.is_empty() || self.shown.contains(entry)
    }

    /// Returns true if anything below a heading is visible.
    pub fn shows_heading(&self, heading: usize) -> bool {
        self.query.is_empty() || self.heading(heading).any_visible
    }

    /// Returns the number of papers, terms, goals and links below a heading, at any depth.
    pub fn heading(&self, heading: usize) -> Count {
        self.headings.get(heading).copied().unwrap_or_default()
    }

    /// Returns the number of visible entries of a kind, and the total.
    pub fn count(&self, kind: EntryKind) -> Count {
        self.counts.get(kind as usize).copied().unwrap_or_default()
    }

    /// Returns true if the query has words.
    pub fn has_words(&self) -> bool {
        !self.highlighter.is_empty()
    }
}

impl Corpus {
    /// Answers a query. An empty query matches everything.
    ///
    /// `found` is what the full-text corpus found for the words of this query; without it, the texts in
    /// memory are looked through. Every word must be found in the entry or in a heading above it. A chosen
    /// facet value asks for papers, so other entries do not answer it. O(entries).
    pub fn answer(&self, query: &Query, found: Option<SearchResult>) -> Answer {
        let typed = ParsedWords::read(&query.words);
        let mut found = match found {
            _ if typed.required.is_empty() && typed.excluded.is_empty() => None,
            Some(found) => Some(found),
            None => Some(self.texts.scan(&self.catalog, &self.titles, &typed)),
        };
        let scores = found.as_mut().map(|found| std::mem::take(&mut found.scores));
        let mut scores = filter_scores(self, &typed, scores);
        if let Some(scores) = &mut scores {
            prefer_as_typed(self, &typed, scores);
        }
        let all = || EntrySet::from_scores(&vec![1; self.catalog.len()]);
        let matching = scores.as_deref().map_or_else(all, EntrySet::from_scores);
        let mut answer = answer_matching(self, query, &matching);
        answer.sort =
            query.sort.unwrap_or(if scores.is_some() { Sort::Relevance } else { Sort::DocumentOrder });
        if answer.count(EntryKind::Paper).visible == 0 && !query.is_empty() {
            for filter in &mut answer.filters {
                let matching = if filter.kind == FilterKind::Words { &all() } else { &matching };
                filter.would_show =
                    answer_matching(self, &filter.without, matching).count(EntryKind::Paper).visible;
            }
        }
        answer.order = order(self, &answer, scores.as_deref());
        answer.matching = matching;
        if let Some(found) = found {
            answer.quality = found.quality;
            answer.correction = correction(query, &typed, &found);
            answer.highlighter = Highlighter::new(typed, found.accepted);
        }
        answer
    }
}

/// For every entry how well it answers the words, with what the full-text corpus does not know of:
/// years, headings, kinds, phrases. Nothing where no words are asked for.
fn filter_scores(corpus: &Corpus, typed: &ParsedWords, found: Option<Vec<u32>>) -> Option<Vec<u32>> {
    let narrows = typed.years.is_some() || !typed.headings.is_empty();
    if found.is_none() && !narrows {
        return None;
    }
    let catalog = &corpus.catalog;
    let mut scores = found.unwrap_or_else(|| vec![1; catalog.len()]);
    scores.resize(catalog.len(), 0);
    let terms_only = typed.required.iter().any(|word| word.scope == SearchScope::TermName);
    let phrases = typed.required.iter().any(|word| word.phrase);
    if narrows || terms_only || phrases {
        for (at, (score, entry)) in scores.iter_mut().zip(&catalog.entries).enumerate() {
            let passes = *score > 0
                && typed
                    .years
                    .as_ref()
                    .is_none_or(|years| entry.year.is_some_and(|year| years.contains(&year)))
                && (!terms_only || entry.kind == EntryKind::Term)
                && (!phrases || has_phrases(&corpus.texts, catalog, at, typed))
                && typed.headings.iter().all(|text| {
                    catalog.above(entry).any(|heading| occurrences(&heading.title, text).next().is_some())
                });
            *score = if passes { *score } else { 0 };
        }
    }
    Some(scores)
}

/// Raises the entries that have every word with the accents and variants of letters that were typed. O(text of the matches),
/// for words that have any.
fn prefer_as_typed(corpus: &Corpus, typed: &ParsedWords, scores: &mut [u32]) {
    let words =
        typed.required.iter().filter(|word| !word.bare.is_ascii()).map(|word| (lowercase(&word.bare), word));
    let words = words.filter(|(small, word)| *small != word.text);
    let words: Vec<String> = words.map(|(small, _)| small.trim_matches(is_quote).to_owned()).collect();
    if words.is_empty() {
        return;
    }
    for (entry, score) in scores.iter_mut().enumerate().filter(|(_, score)| **score > 0) {
        let texts = corpus.texts.of(entry).into_iter().flatten().map(|(_, text, _)| lowercase(text.as_str()));
        let texts: Vec<String> = texts.collect();
        if words.iter().all(|word| texts.iter().any(|text| text.contains(word.as_str()))) {
            *score = score.saturating_add(EXACT_SPELLING_BONUS);
        }
    }
}

fn answer_matching(corpus: &Corpus, query: &Query, matching: &EntrySet) -> Answer {
    let catalog = &corpus.catalog;
    let mut shown = matching.clone();
    Selection::of(catalog, query).narrow(&mut shown, None);
    let mut answer = Answer {
        query: query.clone(),
        order: Vec::new(),
        sort: Sort::DocumentOrder,
        quality: MatchQuality::Exact,
        correction: None,
        filters: filters(catalog, query),
        highlighter: Highlighter::default(),
        matching: EntrySet::default(),
        shown,
        headings: vec![Count::default(); catalog.headings.len()],
        counts: Default::default(),
    };
    for (counts, total) in answer.counts.iter_mut().zip(catalog.totals.kinds) {
        counts.total = total;
    }
    for (counts, total) in answer.headings.iter_mut().zip(&catalog.totals.headings) {
        counts.total = *total;
    }
    answer.shown.for_each(&mut |entry| {
        let Some(entry) = catalog.entries.get(to_usize(entry)) else { return };
        if let Some(counts) = answer.counts.get_mut(entry.kind as usize) {
            counts.visible += 1;
        }
        if let Some(heading) = entry.heading.and_then(|heading| answer.headings.get_mut(to_usize(heading))) {
            heading.visible += usize::from(entry.kind != EntryKind::Prose);
            heading.any_visible = true;
        }
    });
    // Deeper headings come later, so each is whole when it is added to the one above it.
    for (at, heading) in catalog.headings.iter().enumerate().rev() {
        let below = answer.heading(at);
        if let Some(above) = heading.parent.and_then(|parent| answer.headings.get_mut(to_usize(parent))) {
            above.total += below.total;
            above.visible += below.visible;
            above.any_visible |= below.any_visible;
        }
    }
    answer
}

fn filters(catalog: &Catalog, query: &Query) -> Vec<Filter> {
    let words = (!query.words.trim().is_empty()).then(|| Filter {
        kind: FilterKind::Words,
        value: query.words.clone(),
        name: query.words.trim().to_owned(),
        without: query.with_words(""),
        would_show: 0,
    });
    let values = query.chosen().map(|(facet, value)| {
        let known = catalog.column(facet).values.iter().find(|known| known.value == value);
        Filter {
            kind: FilterKind::Facet(facet),
            value: value.to_owned(),
            name: known.map_or(value, |known| known.name.as_str()).to_owned(),
            without: query.toggled(facet, value),
            would_show: 0,
        }
    });
    words.into_iter().chain(values).collect()
}

/// The entries that are shown, in the order asked for. O(entries).
fn order(corpus: &Corpus, answer: &Answer, scores: Option<&[u32]>) -> Vec<u32> {
    let catalog = &corpus.catalog;
    // Until the names are there, entries stay as the author has them.
    if answer.sort == Sort::Title && !corpus.titles.is_empty() {
        let all = corpus.titles.by_title.iter().copied();
        return all.filter(|entry| answer.shown.contains(to_usize(*entry))).collect();
    }
    let mut all = Vec::with_capacity(answer.counts.iter().map(|count| count.visible).sum());
    answer.shown.for_each(&mut |entry| all.push(entry));
    match answer.sort {
        Sort::DocumentOrder | Sort::Title => all,
        Sort::Year => {
            let year = |entry: usize| catalog.entries.get(entry).and_then(|entry| entry.year);
            order_by(&mut all, &|one, other| year(other).cmp(&year(one)));
            all
        }
        Sort::Relevance => best_first(all, SORTED_ENTRIES, scores.unwrap_or_default()),
    }
}

/// Returns the corrected query, if a word was replaced by another.
fn correction(query: &Query, typed: &ParsedWords, found: &SearchResult) -> Option<Correction> {
    let instead: Vec<_> =
        found.corrected.iter().filter_map(|(at, word)| Some((typed.required.get(*at)?, word))).collect();
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
