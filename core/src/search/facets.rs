//! Facets: what is chosen of them, and how many papers have each value.

use super::catalog::{Catalog, Column, Value};
use super::ordering::best;
use super::records::Records;
use super::{Answer, Index};
use crate::numbers::place;
use crate::query::{Facet, Query, years};

/// Values of a facet that are listed where there may be thousands.
const MOST_LISTED: usize = 10;

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

/// What is chosen of the facets.
pub(super) struct Chosen(Vec<Choice>);

/// What is chosen of one facet.
struct Choice {
    facet: Facet,
    /// Which of its values.
    values: Vec<bool>,
    /// Entries that have any of them: papers, since others have none.
    having: Records,
}

impl Chosen {
    /// O(entries) for each facet that is chosen.
    pub(super) fn of(catalog: &Catalog, query: &Query) -> Self {
        let ranges: Vec<_> =
            query.chosen().filter(|(facet, _)| *facet == Facet::Year).filter_map(|(_, v)| years(v)).collect();
        let in_range = |value: &str| {
            value.parse().is_ok_and(|year: u16| ranges.iter().any(|range| range.contains(&year)))
        };
        let narrow = Facet::ALL.into_iter().filter(|facet| query.narrows(*facet));
        let choices = narrow.map(|facet| {
            let column = catalog.column(facet);
            let chosen = column.values.iter().map(|value| {
                query.has(facet, &value.value) || (facet == Facet::Year && in_range(&value.value))
            });
            let values: Vec<_> = chosen.collect();
            Choice { facet, having: column.having(&values), values }
        });
        Self(choices.collect())
    }

    /// Keeps the entries that have a chosen value of every facet of which any is chosen, but for one facet.
    pub(super) fn narrow(&self, records: &mut Records, but: Option<Facet>) {
        for choice in &self.0 {
            if Some(choice.facet) != but {
                records.keep(&choice.having);
            }
        }
    }

    fn has(&self, facet: Facet, value: usize) -> bool {
        self.0.iter().any(|choice| choice.facet == facet && choice.values.get(value) == Some(&true))
    }
}

impl Answer {
    /// Every facet that has more than nothing to choose, with counts under the words and all other facets. O(entries).
    pub fn facets(&self, index: &Index) -> Vec<FacetCounts> {
        let catalog = &index.catalog;
        let chosen = Chosen::of(catalog, &self.query);
        let facets = Facet::ALL.into_iter().zip(&catalog.columns).map(|(facet, column)| {
            let mut among = self.worded.clone();
            chosen.narrow(&mut among, Some(facet));
            let counts = column.counts(&among);
            let values = listed(facet, column, &chosen, &counts).into_iter().filter_map(|at| {
                let at = place(at);
                let (Value { value, label }, count) = (column.values.get(at)?, place(*counts.get(at)?));
                Some(FacetValue {
                    value: value.clone(),
                    label: label.clone(),
                    count,
                    chosen: chosen.has(facet, at),
                })
            });
            FacetCounts { facet, values: values.collect() }
        });
        facets.filter(|facet| !facet.values.is_empty()).collect()
    }
}

/// The places of the values that are listed: all of a short facet, of a long one those that are chosen and those of
/// most papers.
fn listed(facet: Facet, column: &Column, chosen: &Chosen, counts: &[u32]) -> Vec<u32> {
    if !facet.is_long() {
        return column.order.clone();
    }
    let count = |at: usize| counts.get(at).copied().unwrap_or_default();
    let score = |at: usize| if chosen.has(facet, at) { u32::MAX } else { count(at) };
    // By their order, so that among equals the one of more papers in all comes first.
    let by_order: Vec<u32> = column.order.iter().map(|at| score(place(*at))).collect();
    best(&by_order, MOST_LISTED).into_iter().filter_map(|at| column.order.get(place(at)).copied()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::markdown::read;
    use crate::search::answer;

    #[test]
    fn values_are_counted_where_they_are_many_and_where_they_are_few() {
        // Every third paper is of the first category, every fifth tells of #five; each has a tag of its own.
        let paper = |at: usize| {
            let five = if at.is_multiple_of(5) { " #five" } else { "" };
            format!("- [P{at}](https://a.b/{at}):\n\nPurpose: {five} #own{at}\n\n")
        };
        let of = |first: bool| {
            (0..300_usize).filter(|at| at.is_multiple_of(3) == first).map(paper).collect::<String>()
        };
        let source = format!("## Papers\n\n### A\n\n{}### B\n\n{}", of(true), of(false));
        let index = Index::build(&read(&source).notebook);
        assert!(
            index.catalog.column(Facet::Category).sets.is_some()
                && index.catalog.column(Facet::Tag).sets.is_none()
        );
        for (url, first, five, own) in [
            ("", 100, 60, [1, 1]),
            ("?category=a", 100, 20, [1, 0]),
            ("?tag=five", 20, 60, [1, 1]),
            ("?category=a&tag=own5&tag=own15", 1, 20, [1, 0]),
            ("?q=title:p15", 5, 3, [1, 0]),
        ] {
            let answer = answer(&index, &Query::parse(url), None);
            let facets = answer.facets(&index);
            let count = |facet: Facet, value: &str| {
                let counts = facets.iter().find(|counts| counts.facet == facet)?;
                counts.values.iter().find(|known| known.value == value).map(|known| known.count)
            };
            let counts =
                [(Facet::Category, "a"), (Facet::Tag, "five"), (Facet::Tag, "own15"), (Facet::Tag, "own10")];
            let counts = counts.map(|(facet, value)| count(facet, value));
            assert_eq!(counts, [first, five, own[0], own[1]].map(Some), "{url}");
        }
    }
}
