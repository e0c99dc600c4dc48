//! Facets of an answer: their values, and the number of papers that have each.

use super::catalog::{Column, Value};
use super::facet_selection::Selection;
use super::ordering::best;
use super::{Answer, Corpus};
use crate::convert::to_usize;
use crate::query::Facet;

/// Values that are listed of a facet that may have thousands: more would push the other facets off the screen. Chosen.
const MAX_LISTED: usize = 10;

/// One value of a facet.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FacetValue {
    /// The value in the URL.
    pub value: String,
    /// The value as the author writes it.
    pub name: String,
    /// Papers that have it, under the words and all other facets.
    pub count: usize,
    /// True if the query selects it.
    pub chosen: bool,
}

/// A facet with its values.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FacetCounts {
    /// The facet.
    pub facet: Facet,
    /// In the order they are shown.
    pub values: Vec<FacetValue>,
}

impl Answer {
    /// Returns every facet with at least one value to choose, with counts under the words and all other facets. O(entries).
    pub fn facets(&self, corpus: &Corpus) -> Vec<FacetCounts> {
        let catalog = &corpus.catalog;
        let chosen = Selection::of(catalog, &self.query);
        let facets = Facet::ALL.into_iter().zip(&catalog.columns).map(|(facet, column)| {
            let mut among = self.matching.clone();
            chosen.narrow(&mut among, Some(facet));
            let counts = column.counts(&among);
            let values = listed(facet, column, &chosen, &counts).into_iter().filter_map(|at| {
                let at = to_usize(at);
                let (Value { value, name }, count) = (column.values.get(at)?, to_usize(*counts.get(at)?));
                Some(FacetValue {
                    value: value.clone(),
                    name: name.clone(),
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
fn listed(facet: Facet, column: &Column, chosen: &Selection, counts: &[u32]) -> Vec<u32> {
    if !facet.is_long() {
        return column.order.clone();
    }
    let count = |at: usize| counts.get(at).copied().unwrap_or_default();
    let score = |at: usize| if chosen.has(facet, at) { u32::MAX } else { count(at) };
    // By their order, so that among equals the one of more papers in all comes first.
    let by_order: Vec<u32> = column.order.iter().map(|at| score(to_usize(*at))).collect();
    best(&by_order, MAX_LISTED).into_iter().filter_map(|at| column.order.get(to_usize(at)).copied()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::markdown::read;
    use crate::query::Query;

    #[test]
    fn counts_values_of_facets_with_few_values_and_with_many() {
        // Every third paper is of the first category, every fifth tells of #five; each has a tag of its own.
        let paper = |at: usize| {
            let five = if at.is_multiple_of(5) { " #five" } else { "" };
            format!("- [P{at}](https://a.b/{at}):\n\nPurpose: {five} #own{at}\n\n")
        };
        let of = |first: bool| {
            (0..300_usize).filter(|at| at.is_multiple_of(3) == first).map(paper).collect::<String>()
        };
        let source = format!("## Papers\n\n### A\n\n{}### B\n\n{}", of(true), of(false));
        let corpus = Corpus::build(&read(&source).notebook);
        assert!(
            corpus.catalog.column(Facet::Category).sets.is_some()
                && corpus.catalog.column(Facet::Tag).sets.is_none()
        );
        for (url, first, five, own) in [
            ("", 100, 60, [1, 1]),
            ("?category=a", 100, 20, [1, 0]),
            ("?tag=five", 20, 60, [1, 1]),
            ("?category=a&tag=own5&tag=own15", 1, 20, [1, 0]),
            ("?q=title:p15", 5, 3, [1, 0]),
        ] {
            let answer = corpus.answer(&Query::parse(url), None);
            let facets = answer.facets(&corpus);
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
