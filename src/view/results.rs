//! What was found, as a list: best first, each with where and why.

use leptos::prelude::*;
use notebook_core::query::{Layout, Sort};
use notebook_core::search::{Answer, How, Index, Piece, Why};

use super::element::{El, el, live, text};
use super::filters::ask;
use super::{Action, Search, strings};

/// Rows of what words found: all of it stands below, in its place.
const BEST: usize = 10;
/// Rows where an order is asked for that is not the page's own.
const MOST: usize = 500;

/// The list above the notebook; nothing where nothing is looked for.
pub(super) fn results(index: StoredValue<Index>, answer: Memo<Answer>) -> AnyView {
    live(move || {
        let list = answer.with(|answer| index.with_value(|index| list(index, answer)));
        list.into_iter().map(Into::into).collect()
    })
}

/// What has to be said of how words were found, for eyes and ears.
pub(super) fn said_of(answer: Memo<Answer>, search: Signal<Search>) -> AnyView {
    let said = move || search.with(|search| answer.with(|answer| said(answer, search)));
    el("div").attr("role", "status").live(said).into()
}

/// What has to be said of how words were found.
fn said(answer: &Answer, search: &Search) -> Vec<AnyView> {
    let line = || el("p").class("said");
    let mut said = Vec::new();
    if !answer.has_words() {
        return said;
    }
    match search {
        Search::Unwanted | Search::Ready(_) => {}
        Search::Waiting => said.push(line().text(strings::SEARCH_WAITS).into()),
        Search::Failed(why) => {
            let retry = el("button").attr("type", "button").attr(Action::ATTRIBUTE, Action::Search.name());
            let line = line().text(strings::SEARCH_FAILED.with(&[why])).text(" ");
            said.push(line.child(retry.text(strings::RETRY)).into());
        }
    }
    if let Some(correction) = &answer.correction {
        let words = |query: &notebook_core::Query| el("em").text(query.words.clone());
        let line = line().text(strings::SHOWING).child(words(&correction.shown));
        let exactly = ask(&correction.exactly).child(words(&correction.exactly));
        said.push(line.text(strings::SEARCH_INSTEAD).child(exactly).text(".").into());
    } else if answer.how == How::Most && !answer.order.is_empty() {
        said.push(line().text(strings::MOST_WORDS).into());
    }
    said
}

fn list(index: &Index, answer: &Answer) -> Option<El> {
    if answer.query.layout != Layout::Notes {
        return None;
    }
    let most = match answer.sort {
        Sort::Author => 0,
        Sort::Relevance if !answer.has_words() => 0,
        Sort::Relevance => BEST,
        Sort::Year | Sort::Title => MOST,
    };
    let rows = answer.order.iter().filter_map(|record| usize::try_from(*record).ok());
    let rows: Vec<El> = rows.take(most).map(|record| row(index, answer, record)).collect();
    let more = answer.order.len().saturating_sub(rows.len());
    let more = (more > 0).then(|| el("p").class("more").text(strings::MORE.count(more)));
    let list = (!rows.is_empty()).then(|| el("ol").all(rows))?;
    Some(el("section").class("results").attr("aria-label", strings::RESULTS).child(list).all(more))
}

fn row(index: &Index, answer: &Answer, record: usize) -> El {
    let Why { title, line, .. } = index.why(answer, record);
    let own = index.name(record);
    let own = if own.is_empty() { strings::INTRO.text() } else { own };
    let name = if title.is_empty() { vec![text(own)] } else { pieces(&title) };
    let link = el("a").attr("href", format!("#{}", index.names.id(record))).all(name);
    // What has no title goes by its heading, so that says where it is.
    let place = (!title.is_empty()).then(|| el("p").class("where").text(index.place(record)));
    let shown = (!line.is_empty()).then(|| el("p").class("line").all(pieces(&line)));
    el("li").child(link).all(place).all(shown)
}

pub(super) fn pieces(pieces: &[Piece]) -> Vec<AnyView> {
    let piece = |(piece, marked): &Piece| match marked {
        true => el("mark").text(piece).into(),
        false => text(piece),
    };
    pieces.iter().map(piece).collect()
}

/// The orders to choose from.
pub(super) fn orders(answer: Memo<Answer>) -> AnyView {
    live(move || {
        answer.with(|answer| {
            if answer.order.is_empty() {
                return Vec::new();
            }
            let orders = Sort::ALL.into_iter().filter(|sort| *sort != Sort::Relevance || answer.has_words());
            let own = if answer.has_words() { Sort::Relevance } else { Sort::Author };
            let orders = orders.map(|sort| {
                let query = answer.query.sorted((sort != own).then_some(sort));
                let link = ask(&query).text(strings::sort(sort));
                el("li").child(link.maybe("aria-current", (sort == answer.sort).then_some("true")))
            });
            vec![el("ul").class("orders").attr("aria-label", strings::ORDER).all(orders).into()]
        })
    })
}
