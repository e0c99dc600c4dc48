//! URLs and names that the drawing and the list of the concept map share.

use notebook_core::Query;
use notebook_core::concept_map::ConceptMap;
use notebook_core::query::Facet;
use notebook_core::search::UNKNOWN;

use super::super::strings;

/// Returns the URL of an entry in the notebook.
pub(super) fn entry_url(id: &str) -> String {
    format!("./#{id}")
}

/// Returns the URL of the papers of a category, and of a year. Both are indices into the map.
pub(super) fn papers_url(map: &ConceptMap, lane: u32, year: Option<u32>) -> String {
    let index = |number: u32| usize::try_from(number).unwrap_or(usize::MAX);
    let category = map.lanes.get(index(lane)).map(|lane| lane.id.as_str());
    let year = year.and_then(|year| map.years.get(index(year)));
    let year = year.map(|year| year.map_or_else(|| UNKNOWN.to_owned(), |year| year.to_string()));
    let mut query = Query::default();
    for (facet, value) in [(Facet::Category, category), (Facet::Year, year.as_deref())] {
        if let Some(value) = value {
            query = query.toggled(facet, value);
        }
    }
    format!("./{}", query.print())
}

/// Returns the name of a year.
pub(super) fn year_name(year: Option<u16>) -> String {
    year.map_or_else(|| strings::NO_YEAR.into(), |year| year.to_string())
}
