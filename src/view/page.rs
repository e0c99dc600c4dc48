//! The whole page.

use leptos::html;
use leptos::prelude::*;
use notebook_core::Query;
use notebook_core::notebook::{Notebook, Section, plain};
use notebook_core::search::{Answer, Field, INTRO, Index, answer};

use super::element::{El, el};
use super::section::Next;
use super::{Action, Palette, Search, filters, help, ids, palette, results, section, strings, text};

/// A page, with what those need who mark what matched.
pub struct Page {
    /// The page itself.
    pub view: AnyView,
    /// The answer that it shows.
    pub answer: Memo<Answer>,
    /// What was asked.
    pub index: StoredValue<Index>,
    /// The palette.
    pub palette: Palette,
}

/// The page of a notebook as the answer to a query. Content is rendered once; a query hides what
/// does not match, so that nodes, folds and focus stay.
pub fn page(notebook: &Notebook, query: Signal<Query>, search: Signal<Search>) -> Page {
    let index = StoredValue::new(Index::build(notebook));
    let answer = answered(index, query, search);
    let found = [results::said_of(answer, search), results::results(index, answer)];
    frame(notebook, index, [answer; 2], search, found.into_iter().chain(content(notebook, answer)))
}

/// The page of a notebook too large to be rendered: its lines come and go in an element that the reader fills.
///
/// `changed` says that more is known than before, `drawn` that the lines of an answer are there: only then
/// does the side follow, so that a key has its lines in the next frame.
pub fn large(
    title: &str,
    index: StoredValue<Index>,
    query: Signal<Query>,
    search: Signal<Search>,
    changed: Signal<u32>,
    drawn: Signal<u32>,
) -> Page {
    let answer = Memo::new(move |_| {
        changed.get();
        ask(index, query, search)
    });
    let later = Memo::new(move |_| {
        drawn.get();
        answer.get_untracked()
    });
    let skeleton = index.with_value(|index| index.skeleton(title));
    let said = results::said_of(answer, search);
    let lines = el("div").attr("id", ids::LINES);
    frame(&skeleton, index, [answer, later], search, [said, lines.into()])
}

/// The page of a large notebook before any script runs: `first` holds the entries that come first.
pub fn large_before(index: Index, first: &Notebook) -> AnyView {
    let (query, search) = (Signal::stored(Query::default()), Signal::stored(Search::default()));
    let skeleton = index.skeleton(&first.title);
    let index = StoredValue::new(index);
    let answer = answered(index, query, search);
    let content = content(first, answer);
    frame(&skeleton, index, [answer; 2], search, content).view
}

fn ask(index: StoredValue<Index>, query: Signal<Query>, search: Signal<Search>) -> Answer {
    index.with_value(|index| query.with(|query| answer(index, query, search.get().find(&query.words))))
}

fn answered(index: StoredValue<Index>, query: Signal<Query>, search: Signal<Search>) -> Memo<Answer> {
    Memo::new(move |_| ask(index, query, search))
}

/// Everything around the notebook's content; the side may follow another answer than the rest.
fn frame(
    notebook: &Notebook,
    index: StoredValue<Index>,
    [answer, side_answer]: [Memo<Answer>; 2],
    search: Signal<Search>,
    content: impl IntoIterator<Item = AnyView>,
) -> Page {
    let skip = el("a").class("skip").attr("href", format!("#{}", ids::MAIN)).text(strings::SKIP);
    let columns = el("div").class("columns").child(side(notebook, side_answer)).child(main(answer, content));
    let palette = Palette::new(index, answer, search);
    let view = el("div").class("page").child(skip).child(header(notebook)).child(columns);
    let view = view.child(help::keys()).child(palette::palette(palette));
    Page { view: view.into(), answer, index, palette }
}

/// What goes into the document's head: title, description.
pub fn head(notebook: &Notebook) -> Vec<AnyView> {
    // A title holds text alone: not even the marks that hydration needs between nodes.
    let title = html::title().child(notebook.title.clone()).into_any();
    let described = |text: &String| el("meta").attr("name", "description").attr("content", text).into();
    std::iter::once(title).chain(notebook.description.as_ref().map(described)).collect()
}

fn header(notebook: &Notebook) -> El {
    let tools = el("div").class("tools").child(theme()).all(tools());
    el("header").class("top").child(el("h1").text(&notebook.title)).child(search()).child(tools)
}

fn search() -> El {
    let input = el("input")
        .attr("id", ids::SEARCH)
        .attr("type", "search")
        .attr("name", "q")
        .attr("placeholder", strings::SEARCH)
        .attr("autocomplete", "off")
        .attr("aria-keyshortcuts", "/");
    el("form")
        .class("search")
        .attr("role", "search")
        .child(el("label").class("unseen").attr("for", ids::SEARCH).text(strings::SEARCH))
        .child(input)
        .child(el("kbd").attr("aria-hidden", "true").text("/"))
}

fn theme() -> El {
    let choices = strings::THEMES.into_iter().map(|(value, name)| {
        let input = el("input").attr("type", "radio").attr("name", ids::THEME).attr("value", value);
        let input = input.maybe("checked", (value == "system").then_some(""));
        el("label").child(input).child(el("span").text(name))
    });
    el("fieldset").class("theme").child(el("legend").class("unseen").text(strings::THEME)).all(choices)
}

fn button() -> El {
    el("button").attr("type", "button")
}

fn act(action: Action) -> El {
    button().attr(Action::ATTRIBUTE, action.name())
}

fn tools() -> [El; 2] {
    let keys = act(Action::Keys).class("help").attr("aria-label", strings::KEYS).attr("title", strings::KEYS);
    let side = button().class("side-open").attr("popovertarget", ids::SIDE).text(strings::SIDE);
    [keys.text("?"), side]
}

fn side(notebook: &Notebook, answer: Memo<Answer>) -> El {
    let close = button().class("close").attr("popovertarget", ids::SIDE).attr("popovertargetaction", "hide");
    let filters =
        el("div").class("filters").child(el("h2").text(strings::FILTERS)).child(filters::facets(answer));
    el("nav")
        .attr("id", ids::SIDE)
        .attr("popover", "auto")
        .attr("aria-label", strings::SIDE)
        .child(el("div").class("side-top").child(close.text(strings::CLOSE)))
        .child(el("h2").text(strings::CONTENTS))
        .child(el("ul").class("contents").all(contents(&notebook.sections, &mut Next::default(), answer)))
        .child(filters)
}

fn contents(sections: &[Section], next: &mut Next, answer: Memo<Answer>) -> Vec<El> {
    let mut line = |section: &Section| {
        let here = next.heading();
        let hidden = move || answer.with(|answer| !answer.shows_heading(here));
        let inner = contents(&section.sections, next, answer);
        let link = el("a").attr("href", format!("#{}", section.id)).text(plain(&section.title));
        el("li").hidden(hidden).child(link).all((!inner.is_empty()).then(|| el("ul").all(inner)))
    };
    sections.iter().map(&mut line).collect()
}

fn main(answer: Memo<Answer>, content: impl IntoIterator<Item = AnyView>) -> El {
    let summary = move || answer.with(filters::summary);
    let folds = el("p")
        .class("folds")
        .child(act(Action::Expand).text(strings::EXPAND))
        .child(act(Action::Collapse).text(strings::COLLAPSE));
    let bar = el("div")
        .class("bar")
        .child(el("p").class("summary").attr("role", "status").live_text(summary))
        .child(folds)
        .child(filters::chips(answer))
        .child(results::orders(answer));
    let main = el("main").attr("id", ids::MAIN).attr("tabindex", "-1");
    main.child(bar).child(filters::nothing(answer)).all(content)
}

/// The introduction and every section.
fn content(notebook: &Notebook, answer: Memo<Answer>) -> Vec<AnyView> {
    let mut next = Next::default();
    let intro = (!notebook.intro.is_empty()).then(|| {
        let here = next.entry();
        let text = el("div").attr("data-field", Field::Notes.key()).all(text::blocks(&notebook.intro));
        let hidden = move || answer.with(|answer| !answer.shows(here));
        el("div").class("intro").attr("id", INTRO).hidden(hidden).child(text).into()
    });
    let mut content: Vec<AnyView> = intro.into_iter().collect();
    content
        .extend(notebook.sections.iter().map(|inner| section::section(inner, 2, &mut next, answer).into()));
    content
}
