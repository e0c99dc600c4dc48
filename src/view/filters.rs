//! Filters: facets with their values, active filters, the number of visible entries, and what to do if there are none.

use leptos::prelude::*;
use notebook_core::Query;
use notebook_core::query::Facet;
use notebook_core::search::{Answer, EntryKind, FacetCounts, Filter, FilterKind, ordered};

use super::controls::query_link;
use super::element::{El, el, reactive};
use super::page_inputs::PageInputs;
use super::{strings, year_chart};

fn clear_all_link() -> El {
    query_link(&Query::default()).class("clear").text(strings::CLEAR_ALL)
}

/// Renders every facet with its values, and the number of papers that each would show.
pub(super) fn facets(PageInputs { corpus, revision, .. }: PageInputs, answer: Memo<Answer>) -> AnyView {
    reactive(move || {
        // Counts of another corpus may be equal, but their names are not.
        revision.track();
        answer.with(|answer| {
            let facets = corpus.with_value(|corpus| answer.facets(corpus));
            facets.iter().map(|counts| facet(counts, &answer.query).into()).collect()
        })
    })
}

fn facet(counts: &FacetCounts, query: &Query) -> El {
    let facet = counts.facet;
    let chart = (facet == Facet::Year).then(|| year_chart::chart(counts, query)).flatten();
    // The chart shows every known year, so the list has only the value for papers without one.
    let has_chart = chart.is_some();
    let listed = counts.values.iter().filter(|value| !(has_chart && year_chart::parse_year(value).is_some()));
    let values = listed.map(|value| {
        let is_useless = value.count == 0 && !value.chosen;
        let link = query_link(&query.toggled(facet, &value.value))
            .class(if is_useless { "value none" } else { "value" })
            .attr_opt("aria-current", value.chosen.then_some("true"))
            .child(el("span").class("name").text(strings::facet_value(facet, &value.value, &value.name)))
            .child(el("span").class("count").text(value.count.to_string()));
        el("li").child(link)
    });
    let name = strings::facet_name(facet);
    el("div")
        .class("facet")
        .attr("role", "group")
        .attr("aria-label", name)
        .child(el("p").class("facet-name").attr("aria-hidden", "true").text(name))
        .children(chart)
        .child(el("ul").children(values))
}

/// Renders the active filters as links that remove them.
pub(super) fn active_filters(answer: Memo<Answer>) -> AnyView {
    reactive(move || {
        answer.with(|answer| {
            if answer.filters.is_empty() {
                return Vec::new();
            }
            let chips = answer.filters.iter().map(|filter| {
                let name = filter_name(filter);
                let label = strings::REMOVE_FILTER.format(&[&name]);
                let link = query_link(&filter.without).class("chip").attr("aria-label", label);
                el("li").child(link.text(name))
            });
            let list = el("ul").class("chips").attr("aria-label", strings::ACTIVE_FILTERS).children(chips);
            vec![list.child(el("li").child(clear_all_link())).into()]
        })
    })
}

fn filter_name(filter: &Filter) -> String {
    match filter.kind {
        FilterKind::Words if filter.name.contains('"') => filter.name.clone(),
        FilterKind::Words => format!("“{}”", filter.name),
        FilterKind::Facet(facet) => {
            let value = strings::facet_value(facet, &filter.value, &filter.name);
            format!("{}: {value}", strings::facet_name(facet))
        }
    }
}

/// Returns the number of visible entries by kind: `3 of 7 papers, 1 of 2 terms`.
pub(super) fn summary(answer: &Answer) -> String {
    let is_filtered = !answer.query.is_empty();
    // Without any result, only the number of papers is shown.
    let is_empty = is_filtered && answer.order.is_empty();
    let kinds = [EntryKind::Paper, EntryKind::Term, EntryKind::Goal, EntryKind::Link];
    let counts = kinds.into_iter().map(|kind| (kind, answer.count(kind))).filter(|(kind, counts)| {
        let is_relevant = !is_filtered || counts.visible > 0 || (is_empty && *kind == EntryKind::Paper);
        counts.total > 0 && is_relevant
    });
    let parts: Vec<_> = counts.map(|(kind, counts)| strings::shown_of_total(kind, counts)).collect();
    parts.join(strings::LIST_SEPARATOR.text())
}

/// Renders a message if no paper matches, with links that remove a filter, the most useful first.
pub(super) fn no_results(answer: Memo<Answer>) -> AnyView {
    reactive(move || {
        answer.with(|answer| {
            let papers = answer.count(EntryKind::Paper);
            let has_no_papers = papers.total == 0 && !answer.order.is_empty();
            if answer.query.is_empty() || papers.visible > 0 || has_no_papers {
                return Vec::new();
            }
            let message =
                if answer.order.is_empty() { strings::NO_RESULTS } else { strings::NO_MATCHING_PAPERS };
            let papers_without = |index: usize| answer.filters.get(index).map(|filter| filter.would_show);
            let order =
                ordered(answer.filters.len(), &|one, other| papers_without(other).cmp(&papers_without(one)));
            let filters =
                order.into_iter().filter_map(|index| answer.filters.get(usize::try_from(index).ok()?));
            let remedies = filters.filter(|filter| filter.would_show > 0).map(|filter| {
                let text = strings::remove_filter_to_see(&filter_name(filter), filter.would_show);
                el("li").child(query_link(&filter.without).text(text))
            });
            let remedies = el("ul").children(remedies).child(el("li").child(clear_all_link()));
            vec![el("div").class("no-results").child(el("p").text(message)).child(remedies).into()]
        })
    })
}
