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

/// Bars there is room for: each is wide enough for a finger.
const BARS: u16 = 10;

/// The years of one bar.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Bar {
    from: u16,
    to: u16,
    count: usize,
    chosen: bool,
}

impl Bar {
    /// As a query names them.
    fn value(self) -> String {
        range(self.from, self.to)
    }
}

fn range(from: u16, to: u16) -> String {
    if from == to { from.to_string() } else { format!("{from}..{to}") }
}

/// Years, from the first on, in bars of as many years as it takes.
fn bars(years: &[(u16, usize, bool)]) -> Vec<Bar> {
    let (Some((first, ..)), Some((last, ..))) = (years.first(), years.last()) else { return Vec::new() };
    let span = (last.saturating_sub(*first) / BARS).saturating_add(1);
    let mut bars: Vec<Bar> = Vec::new();
    for (year, count, chosen) in years {
        let from = first + (year - first) / span * span;
        if let Some(bar) = bars.last_mut().filter(|bar| bar.from == from) {
            bar.count += count;
            bar.chosen |= chosen;
        } else {
            let to = (from + (span - 1)).min(*last);
            bars.push(Bar { from, to, count: *count, chosen: *chosen });
        }
    }
    bars
}

/// The chart; `None` where years are few.
pub(super) fn chart(counts: &FacetCounts, query: &Query) -> Option<El> {
    // Values come from the newest.
    let years: Vec<_> = counts
        .values
        .iter()
        .rev()
        .filter_map(|value| Some((of(value)?, value.count, value.chosen)))
        .collect();
    let bars = bars(&years);
    let most = bars.iter().map(|bar| bar.count).max()?;
    let chosen = || years.iter().filter(|(.., chosen)| *chosen).map(|(year, ..)| *year);
    let chosen = chosen().min().zip(chosen().max());
    let links = bars.iter().map(|bar| {
        let height = (bar.count * STEPS).div_ceil(most.max(1));
        let name = strings::bar(&bar.value().replace("..", "–"), bar.count);
        let link = ask(&query.with_only(Facet::Year, next(*bar, chosen).as_deref()))
            .attr("data-height", height.to_string())
            .attr("aria-label", name.clone())
            .attr("title", name)
            .maybe("aria-current", bar.chosen.then_some("true"));
        el("li").child(link)
    });
    let ends = years.first().zip(years.last()).map(|((first, ..), (last, ..))| {
        let end = |year: &u16| el("span").text(year.to_string());
        el("p").class("ends").attr("aria-hidden", "true").child(end(first)).child(end(last))
    });
    (years.len() >= FEWEST).then(|| el("div").class("years").child(el("ul").all(links)).all(ends))
}

/// What choosing a bar asks for, beside the years that are chosen: a bar outside them widens the
/// range, one inside narrows it to itself, and the only one is dropped.
fn next(bar: Bar, chosen: Option<(u16, u16)>) -> Option<String> {
    match chosen {
        Some((from, to)) if from >= bar.from && to <= bar.to => None,
        Some((from, to)) if bar.from > to => Some(range(from, bar.to)),
        Some((from, to)) if bar.to < from => Some(range(bar.from, to)),
        _ => Some(bar.value()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_second_year_makes_a_range() {
        let next = |year, chosen| next(Bar { from: year, to: year, count: 1, chosen: false }, chosen);
        assert_eq!(next(2020, None).as_deref(), Some("2020"));
        assert_eq!(next(2020, Some((2020, 2020))), None);
        assert_eq!(next(2022, Some((2020, 2020))).as_deref(), Some("2020..2022"));
        assert_eq!(next(2018, Some((2020, 2022))).as_deref(), Some("2018..2022"));
        assert_eq!(next(2021, Some((2020, 2022))).as_deref(), Some("2021"));
    }

    #[test]
    fn many_years_share_bars() {
        let years: Vec<_> = (2007..2026).map(|year| (year, 2, year == 2010)).collect();
        let bars = bars(&years);
        assert_eq!(bars.len(), 10);
        assert_eq!(bars[1], Bar { from: 2009, to: 2010, count: 4, chosen: true });
        assert_eq!(bars[9], Bar { from: 2025, to: 2025, count: 2, chosen: false });
        assert_eq!(next(bars[1], None).as_deref(), Some("2009..2010"));
        assert_eq!(next(bars[1], Some((2010, 2010))), None);
        assert_eq!(next(bars[3], Some((2009, 2010))).as_deref(), Some("2009..2014"));
        assert_eq!(super::bars(&[]), []);
    }
}
