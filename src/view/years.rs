//! Papers per year as a small chart: a bar is a link, and a second bar makes a range of years.

use notebook_core::Query;
use notebook_core::query::Facet;
use notebook_core::search::{FacetCounts, FacetValue};

use super::element::{El, el};
use super::filters::ask;
use super::strings;

/// With fewer years than this a list says more than a chart.
const FEWEST: usize = 6;

/// Steps of height that `style/filters.css` knows.
const STEPS: usize = 10;

/// The year of a value; `None` where it is not known.
pub(super) fn of(value: &FacetValue) -> Option<u16> {
    value.value.parse().ok()
}

/// The chart; `None` where years are few.
pub(super) fn chart(counts: &FacetCounts, query: &Query) -> Option<El> {
    // Values come from the newest.
    let years: Vec<(u16, &FacetValue)> =
        counts.values.iter().rev().filter_map(|value| Some((of(value)?, value))).collect();
    let most = years.iter().map(|(_, value)| value.count).max()?;
    let chosen = || years.iter().filter(|(_, value)| value.chosen).map(|(year, _)| *year);
    let (from, to) = (chosen().min(), chosen().max());
    let bars = years.iter().map(|(year, value)| {
        let height = (value.count * STEPS).div_ceil(most.max(1));
        let next = next(*year, from.zip(to));
        let name = strings::bar(&value.value, value.count);
        let bar = ask(&query.with_only(Facet::Year, next.as_deref()))
            .attr("data-height", height.to_string())
            .attr("aria-label", name.clone())
            .attr("title", name)
            .maybe("aria-current", value.chosen.then_some("true"));
        el("li").child(bar)
    });
    let ends = years.first().zip(years.last()).map(|((first, _), (last, _))| {
        let end = |year: &u16| el("span").text(year.to_string());
        el("p").class("ends").attr("aria-hidden", "true").child(end(first)).child(end(last))
    });
    (years.len() >= FEWEST).then(|| el("div").class("years").child(el("ul").all(bars)).all(ends))
}

/// What choosing a year asks for, beside the years that are chosen: a year outside them widens the
/// range, one inside narrows it to itself, and the only one is dropped.
fn next(year: u16, chosen: Option<(u16, u16)>) -> Option<String> {
    match chosen {
        Some((from, to)) if from == to && year == from => None,
        Some((from, to)) if year > to => Some(format!("{from}..{year}")),
        Some((from, to)) if year < from => Some(format!("{year}..{to}")),
        _ => Some(year.to_string()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_second_year_makes_a_range() {
        assert_eq!(next(2020, None).as_deref(), Some("2020"));
        assert_eq!(next(2020, Some((2020, 2020))), None);
        assert_eq!(next(2022, Some((2020, 2020))).as_deref(), Some("2020..2022"));
        assert_eq!(next(2018, Some((2020, 2022))).as_deref(), Some("2018..2022"));
        assert_eq!(next(2021, Some((2020, 2022))).as_deref(), Some("2021"));
    }
}
