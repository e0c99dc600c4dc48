//! A bar chart of papers per year. Each bar is a link; a second bar makes a range of years.

use notebook_core::Query;
use notebook_core::query::Facet;
use notebook_core::search::{FacetCounts, FacetValue};

use super::controls::query_link;
use super::element::{El, el};
use super::strings;

/// Years from which on there is a chart. The list of fewer years is as short, and says more.
const MIN_YEARS: usize = 6;

/// Heights of a bar. `style/filters.css` has a rule for each: the content security policy forbids inline styles.
const HEIGHT_STEPS: usize = 10;

/// Bars in the width of the sidebar, if each is wide enough for a finger. More years share bars.
const MAX_BARS: u16 = 10;

/// Returns the year of a facet value; `None` for the value of papers without a year.
pub(super) fn parse_year(value: &FacetValue) -> Option<u16> {
    value.value.parse().ok()
}

/// The papers of consecutive years.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct YearBar {
    /// First year.
    from: u16,
    /// Last year, inclusive.
    to: u16,
    /// Number of papers.
    count: usize,
    /// True if the query names one of these years.
    is_chosen: bool,
}

impl YearBar {
    /// Returns the years as a value of a query: `2020` or `2020..2022`.
    fn value(self) -> String {
        year_range(self.from, self.to)
    }
}

fn year_range(from: u16, to: u16) -> String {
    if from == to { from.to_string() } else { format!("{from}..{to}") }
}

/// Distributes years over at most [`MAX_BARS`] bars of equally many years. Items are year, count and whether it is chosen,
/// in ascending order; a bar without papers is left out.
fn group_years(years: &[(u16, usize, bool)]) -> Vec<YearBar> {
    let (Some((first, ..)), Some((last, ..))) = (years.first(), years.last()) else { return Vec::new() };
    let years_per_bar = (last.saturating_sub(*first) / MAX_BARS).saturating_add(1);
    let mut bars: Vec<YearBar> = Vec::new();
    for (year, count, is_chosen) in years {
        let from = first + (year - first) / years_per_bar * years_per_bar;
        if let Some(bar) = bars.last_mut().filter(|bar| bar.from == from) {
            bar.count += count;
            bar.is_chosen |= is_chosen;
        } else {
            let to = (from + (years_per_bar - 1)).min(*last);
            bars.push(YearBar { from, to, count: *count, is_chosen: *is_chosen });
        }
    }
    bars
}

/// Renders the chart; `None` if there are fewer than [`MIN_YEARS`] years.
pub(super) fn chart(counts: &FacetCounts, query: &Query) -> Option<El> {
    // Facet values are in descending order.
    let years: Vec<_> = counts
        .values
        .iter()
        .rev()
        .filter_map(|value| Some((parse_year(value)?, value.count, value.chosen)))
        .collect();
    let bars = group_years(&years);
    let max_count = bars.iter().map(|bar| bar.count).max()?;
    let chosen_years = || years.iter().filter(|(.., is_chosen)| *is_chosen).map(|(year, ..)| *year);
    let chosen = chosen_years().min().zip(chosen_years().max());
    let links = bars.iter().map(|bar| {
        let height = (bar.count * HEIGHT_STEPS).div_ceil(max_count.max(1));
        let label = strings::year_bar(&bar.value().replace("..", "–"), bar.count);
        let link = query_link(&query.with_only(Facet::Year, choose_bar(*bar, chosen).as_deref()))
            .attr("data-height", height.to_string())
            .attr("aria-label", label.clone())
            .attr("title", label)
            .attr_opt("aria-current", bar.is_chosen.then_some("true"));
        el("li").child(link)
    });
    let axis = years.first().zip(years.last()).map(|((first, ..), (last, ..))| {
        let label = |year: &u16| el("span").text(year.to_string());
        el("p").class("axis").attr("aria-hidden", "true").child(label(first)).child(label(last))
    });
    let chart = || el("div").class("years").child(el("ul").children(links)).children(axis);
    (years.len() >= MIN_YEARS).then(chart)
}

/// Returns the years of the query after a click on a bar, given the first and last year of the query before.
///
/// A bar outside of the chosen years extends them to itself, one inside narrows them to itself, and the only chosen bar
/// removes the filter (`None`).
fn choose_bar(bar: YearBar, chosen: Option<(u16, u16)>) -> Option<String> {
    match chosen {
        Some((from, to)) if from >= bar.from && to <= bar.to => None,
        Some((from, to)) if bar.from > to => Some(year_range(from, bar.to)),
        Some((from, to)) if bar.to < from => Some(year_range(bar.from, to)),
        _ => Some(bar.value()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn second_bar_extends_to_range() {
        let choose =
            |year, chosen| choose_bar(YearBar { from: year, to: year, count: 1, is_chosen: false }, chosen);
        assert_eq!(choose(2020, None).as_deref(), Some("2020"));
        assert_eq!(choose(2020, Some((2020, 2020))), None);
        assert_eq!(choose(2022, Some((2020, 2020))).as_deref(), Some("2020..2022"));
        assert_eq!(choose(2018, Some((2020, 2022))).as_deref(), Some("2018..2022"));
        assert_eq!(choose(2021, Some((2020, 2022))).as_deref(), Some("2021"));
    }

    #[test]
    fn groups_many_years_into_ten_bars() {
        let years: Vec<_> = (2007..2026).map(|year| (year, 2, year == 2010)).collect();
        let bars = group_years(&years);
        assert_eq!(bars.len(), 10);
        assert_eq!(bars[1], YearBar { from: 2009, to: 2010, count: 4, is_chosen: true });
        assert_eq!(bars[9], YearBar { from: 2025, to: 2025, count: 2, is_chosen: false });
        assert_eq!(choose_bar(bars[1], None).as_deref(), Some("2009..2010"));
        assert_eq!(choose_bar(bars[1], Some((2010, 2010))), None);
        assert_eq!(choose_bar(bars[3], Some((2009, 2010))).as_deref(), Some("2009..2014"));
        assert_eq!(group_years(&[]), []);
    }
}
