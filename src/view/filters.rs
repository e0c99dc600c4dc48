//! What can be filtered, what is, and what came of it. Every choice is a plain link.

use leptos::prelude::*;
use notebook_core::Query;
use notebook_core::query::Facet;
use notebook_core::search::{Answer, Counted, FacetCounts, Filter, FilterKind, Index, ordered};

use super::element::{El, el, live};
use super::{strings, years};

/// A link that asks something.
pub(super) fn ask(query: &Query) -> El {
    el("a").attr("href", query.print()).attr("rel", "nofollow")
}

fn clear_all() -> El {
    ask(&Query::default()).class("clear").text(strings::CLEAR_ALL)
}

/// Every facet with its values and their live counts.
pub(super) fn facets(index: StoredValue<Index>, answer: Memo<Answer>) -> AnyView {
    live(move || {
        answer.with(|answer| {
            let facets = index.with_value(|index| answer.facets(index));
            facets.iter().map(|counts| facet(counts, &answer.query).into()).collect()
        })
    })
}

fn facet(counts: &FacetCounts, query: &Query) -> El {
    let facet = counts.facet;
    let chart = (facet == Facet::Year).then(|| years::chart(counts, query)).flatten();
    // A chart shows the years that are known; they need no list.
    let charted = chart.is_some();
    let listed = counts.values.iter().filter(|value| !(charted && years::of(value).is_some()));
    let values = listed.map(|value| {
        let name = strings::value(facet, &value.value, &value.label);
        let none = value.count == 0 && !value.chosen;
        let link = ask(&query.toggled(facet, &value.value))
            .class(if none { "value none" } else { "value" })
            .maybe("aria-current", value.chosen.then_some("true"))
            .child(el("span").class("name").text(name))
            .child(el("span").class("count").text(value.count.to_string()));
        el("li").child(link)
    });
    let name = strings::facet(facet);
    el("div")
        .class("facet")
        .attr("role", "group")
        .attr("aria-label", name)
        .child(el("p").class("facet-name").attr("aria-hidden", "true").text(name))
        .all(chart)
        .child(el("ul").all(values))
}

/// Every active filter, each with its own way out.
pub(super) fn chips(answer: Memo<Answer>) -> AnyView {
    live(move || {
        answer.with(|answer| {
            if answer.filters.is_empty() {
                return Vec::new();
            }
            let chips = answer.filters.iter().map(|filter| {
                let name = name(filter);
                let chip = ask(&filter.without)
                    .class("chip")
                    .attr("aria-label", strings::REMOVE_FILTER.with(&[&name]));
                el("li").child(chip.text(name))
            });
            let list = el("ul").class("chips").attr("aria-label", strings::ACTIVE).all(chips);
            vec![list.child(el("li").child(clear_all())).into()]
        })
    })
}

fn name(filter: &Filter) -> String {
    match filter.kind {
        FilterKind::Words if filter.label.contains('"') => filter.label.clone(),
        FilterKind::Words => format!("“{}”", filter.label),
        FilterKind::Facet(facet) => {
            format!("{}: {}", strings::facet(facet), strings::value(facet, &filter.value, &filter.label))
        }
    }
}

/// How much is shown, for eyes and ears.
pub(super) fn summary(answer: &Answer) -> String {
    let asked = !answer.query.is_empty();
    let kinds = [Counted::Paper, Counted::Term, Counted::Goal, Counted::Link];
    let counted = kinds.into_iter().map(|kind| (kind, answer.count(kind)));
    // Where nothing is found, that is said of the papers.
    let nothing = asked && answer.order.is_empty();
    let shown = counted.filter(|(kind, counts)| {
        counts.of > 0 && (!asked || counts.shown > 0 || (nothing && *kind == Counted::Paper))
    });
    let parts: Vec<_> = shown.map(|(kind, counts)| strings::shown(kind, counts)).collect();
    parts.join(strings::BETWEEN.text())
}

/// What to say when no paper matches: which filter to drop, and what that would bring.
pub(super) fn nothing(answer: Memo<Answer>) -> AnyView {
    live(move || {
        answer.with(|answer| {
            let papers = answer.count(Counted::Paper);
            if answer.query.is_empty() || papers.shown > 0 || (papers.of == 0 && !answer.order.is_empty()) {
                return Vec::new();
            }
            let says = if answer.order.is_empty() { strings::NOTHING } else { strings::NO_PAPER };
            let papers = |at: usize| answer.filters.get(at).map(|filter| filter.would_show);
            let useful = ordered(answer.filters.len(), &|one, other| papers(other).cmp(&papers(one)));
            let useful = useful.into_iter().filter_map(|at| answer.filters.get(usize::try_from(at).ok()?));
            let ways = useful.filter(|filter| filter.would_show > 0).map(|filter| {
                let says = strings::drop_filter(&name(filter), filter.would_show);
                el("li").child(ask(&filter.without).text(says))
            });
            let ways = el("ul").all(ways).child(el("li").child(clear_all()));
            vec![el("div").class("nothing").child(el("p").text(says)).child(ways).into()]
        })
    })
}
