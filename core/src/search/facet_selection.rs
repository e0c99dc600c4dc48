//! The facet values that a query selects, as sets of entries.

use super::catalog::Catalog;
use super::entry_set::EntrySet;
use crate::query::{Facet, Query, years};

/// The selected values of all facets, as sets of entries.
pub(super) struct Selection(Vec<SelectedValues>);

/// The selected values of one facet.
struct SelectedValues {
    facet: Facet,
    /// Indices of the selected values.
    values: Vec<bool>,
    /// Entries that have any of them: papers, since others have none.
    having: EntrySet,
}

impl Selection {
    /// Finds the entries of every selected value. O(entries) for each facet with a selection.
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
            SelectedValues { facet, having: column.having(&values), values }
        });
        Self(choices.collect())
    }

    /// Keeps the entries that have a selected value of every facet with a selection, except for one facet.
    pub(super) fn narrow(&self, entries: &mut EntrySet, except: Option<Facet>) {
        for choice in &self.0 {
            if Some(choice.facet) != except {
                entries.intersect_with(&choice.having);
            }
        }
    }

    /// Returns true if the query selects a value of a facet.
    pub(super) fn has(&self, facet: Facet, value: usize) -> bool {
        self.0.iter().any(|choice| choice.facet == facet && choice.values.get(value) == Some(&true))
    }
}
