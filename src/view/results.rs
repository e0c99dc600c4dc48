//! The list of results above the notebook, the sort orders, and remarks on how the words were matched.

use leptos::prelude::*;
use notebook_core::Query;
use notebook_core::query::{Layout, Sort};
use notebook_core::search::{Answer, Corpus, Fragment, MatchQuality, Snippet};

use super::action::Action;
use super::controls::{action_button, button, query_link};
use super::element::{El, el, reactive, text};
use super::page_inputs::PageInputs;
use super::search_state::SearchState;
use super::{ids, strings};

/// Results of a search that are listed. The notebook below shows all of them, in its own order.
const MAX_SEARCH_RESULTS: usize = 10;

/// Results that are listed in an order other than that of the notebook. Nothing else shows that order, so the list is long;
/// each row costs time on every key typed.
const MAX_SORTED_RESULTS: usize = 500;

/// Renders the list of results. Empty if there are no search words and the order is that of the notebook.
pub(super) fn results(PageInputs { corpus, arrivals, .. }: PageInputs, answer: Memo<Answer>) -> AnyView {
    reactive(move || {
        // Excerpts follow when the texts have arrived.
        arrivals.track();
        let list = answer.with(|answer| corpus.with_value(|corpus| list(corpus, answer)));
        list.into_iter().map(Into::into).collect()
    })
}

/// Renders remarks on how the words were matched, in a live region for screen readers.
pub(super) fn search_remarks(answer: Memo<Answer>, search: Signal<SearchState>) -> AnyView {
    let remarks = move || search.with(|search| answer.with(|answer| remarks(answer, search)));
    el("div").attr("role", "status").reactive(remarks).into()
}

fn remarks(answer: &Answer, search: &SearchState) -> Vec<AnyView> {
    if !answer.has_words() {
        return Vec::new();
    }
    let line = || el("p").class("remark");
    let mut remarks = Vec::new();
    match search {
        SearchState::NotRequested | SearchState::Ready(_) => {}
        SearchState::Loading => remarks.push(line().text(strings::SEARCH_LOADING).into()),
        SearchState::Failed(reason) => {
            let retry = action_button(Action::RetrySearch).text(strings::RETRY);
            remarks.push(line().text(strings::SEARCH_FAILED.format(&[reason])).text(" ").child(retry).into());
        }
    }
    if let Some(correction) = &answer.correction {
        let words = |query: &Query| el("em").text(query.words.clone());
        let remark = line()
            .text(strings::SHOWING_RESULTS_FOR)
            .child(words(&correction.shown))
            .text(strings::SEARCH_INSTEAD)
            .child(query_link(&correction.exactly).child(words(&correction.exactly)))
            .text(".");
        remarks.push(remark.into());
    } else if answer.quality == MatchQuality::Partial && !answer.order.is_empty() {
        remarks.push(line().text(strings::PARTIAL_MATCHES).into());
    }
    remarks
}

fn list(corpus: &Corpus, answer: &Answer) -> Option<El> {
    if answer.query.layout != Layout::Notes || corpus.titles.is_empty() {
        return None;
    }
    let max_rows = match answer.sort {
        Sort::DocumentOrder => 0,
        Sort::Relevance if !answer.has_words() => 0,
        Sort::Relevance => MAX_SEARCH_RESULTS,
        Sort::Year | Sort::Title => MAX_SORTED_RESULTS,
    };
    let entries = answer.order.iter().filter_map(|entry| usize::try_from(*entry).ok());
    let rows: Vec<El> = entries.take(max_rows).map(|entry| row(corpus, answer, entry)).collect();
    let rest = answer.order.len().saturating_sub(rows.len());
    let rest = (rest > 0).then(|| el("p").class("more").text(strings::MORE_RESULTS.plural(rest)));
    let list = (!rows.is_empty()).then(|| el("ol").children(rows))?;
    Some(el("section").class("results").attr("aria-label", strings::RESULTS).child(list).children(rest))
}

fn row(corpus: &Corpus, answer: &Answer, entry: usize) -> El {
    let Snippet { title, excerpt, .. } = corpus.snippet(answer, entry);
    let name = corpus.name(entry);
    let name = if name.is_empty() { strings::INTRODUCTION.text() } else { name };
    let link_text = if title.is_empty() { vec![text(name)] } else { highlighted(&title) };
    let link = el("a").attr("href", format!("#{}", corpus.titles.id(entry))).children(link_text);
    // An entry without a title goes by the name of its heading, which says where it is.
    let location = (!title.is_empty()).then(|| el("p").class("location").text(corpus.place(entry)));
    let excerpt = (!excerpt.is_empty()).then(|| el("p").class("excerpt").children(highlighted(&excerpt)));
    el("li").child(link).children(location).children(excerpt)
}

/// Renders fragments of a text; matches are highlighted.
pub(super) fn highlighted(fragments: &[Fragment]) -> Vec<AnyView> {
    let fragment = |(fragment, is_match): &Fragment| match is_match {
        true => el("mark").text(fragment).into(),
        false => text(fragment),
    };
    fragments.iter().map(fragment).collect()
}

/// Renders the button that names the current sort order, and the menu of all of them.
pub(super) fn sort_menu(answer: Memo<Answer>) -> [El; 2] {
    let current = move || answer.with(|answer| strings::sort_name(answer.sort).text());
    let open = button()
        .class("sort-open")
        .attr("popovertarget", ids::SORT)
        .hidden(move || answer.with(|answer| answer.order.is_empty()))
        .reactive_attr("aria-label", move || {
            Some(strings::NAME_AND_VALUE.format(&[strings::SORT_BY.text(), current()]))
        })
        .child(el("span").reactive_text(move || current().to_owned()));
    let menu = el("div").attr("id", ids::SORT).class("menu").attr("popover", "auto");
    [open, menu.child(sort_orders(answer))]
}

/// Renders the sort orders as links. Relevance is an order only if there are search words.
fn sort_orders(answer: Memo<Answer>) -> AnyView {
    reactive(move || {
        answer.with(|answer| {
            if answer.order.is_empty() {
                return Vec::new();
            }
            let default = if answer.has_words() { Sort::Relevance } else { Sort::DocumentOrder };
            let orders = Sort::ALL.into_iter().filter(|sort| *sort != Sort::Relevance || answer.has_words());
            let links = orders.map(|sort| {
                let query = answer.query.sorted((sort != default).then_some(sort));
                let link = query_link(&query).text(strings::sort_name(sort));
                el("li").child(link.attr_opt("aria-current", (sort == answer.sort).then_some("true")))
            });
            vec![el("ul").class("sort-orders").attr("aria-label", strings::SORT_BY).children(links).into()]
        })
    })
}
