//! The whole page.

use leptos::prelude::*;
use leptos::tachys::html::InertElement;
use notebook_core::Query;
use notebook_core::notebook::{Notebook, Section, plain};
use notebook_core::search::{Answer, Counted, Field, INTRO, Index, answer};

use super::element::{El, el, live};
use super::section::Next;
use super::{
    Action, Palette, Relate, Search, filters, help, ids, matrix, palette, results, section, sheet, strings,
    text,
};

/// A page, with what those need who mark what matched.
pub struct Page {
    /// The page itself.
    pub view: AnyView,
    /// The answer that it shows.
    pub answer: Memo<Answer>,
    /// The palette.
    pub palette: Palette,
}

/// What a page is a function of.
#[derive(Clone, Copy)]
pub struct Asked {
    /// What is asked of.
    pub index: StoredValue<Index>,
    /// What is asked.
    pub query: Signal<Query>,
    /// What finds words.
    pub search: Signal<Search>,
}

impl Asked {
    fn answer(self) -> Answer {
        let Self { index, query, search } = self;
        index.with_value(|index| query.with(|query| answer(index, query, search.get().find(&query.words))))
    }
}

/// The page of a notebook before any script runs. Of a large notebook only what is first stands there.
///
/// `pages` are links to all of it, for those who have no script.
pub fn before(
    notebook: &Notebook,
    index: Index,
    first: Option<&Notebook>,
    relate: Relate,
    pages: &[(String, String)],
) -> AnyView {
    let asked = Asked {
        index: StoredValue::new(index),
        query: Signal::stored(Query::default()),
        search: Signal::stored(Search::default()),
    };
    let answer = Memo::new(move |_| asked.answer());
    let found = results::results(asked.index, answer);
    let content = answer.with(|answer| content(first.unwrap_or(notebook), answer, relate));
    let pages = (!pages.is_empty()).then(|| sheet::pages(pages));
    let content = inert(el("div").attr("id", ids::CONTENT).all(content).all(pages));
    let count = |kind| answer.with(|answer| answer.count(kind).of);
    let papers = count(Counted::Paper);
    let table = inert(matrix::frame(papers > 0, papers + count(Counted::Term) > 1));
    frame(notebook, asked, [answer; 2], found, [table, content]).view
}

/// A page whose content stands there already: the reader hides, counts and marks what is in it.
pub fn page(title: &str, asked: Asked) -> Page {
    let answer = Memo::new(move |_| asked.answer());
    let found = results::results(asked.index, answer);
    let skeleton = asked.index.with_value(|index| index.skeleton(title));
    frame(&skeleton, asked, [answer; 2], found, there())
}

/// The page of a notebook too large to be rendered: the reader fills it with lines that come and go.
///
/// `changed` says that more is known than before, `drawn` that the lines of an answer are there: only then
/// does the side follow, so that a key has its lines in the next frame.
pub fn large(title: &str, asked: Asked, changed: Signal<u32>, drawn: Signal<u32>) -> Page {
    let answer = Memo::new(move |_| {
        changed.get();
        asked.answer()
    });
    let later = Memo::new(move |_| {
        drawn.get();
        answer.get_untracked()
    });
    let skeleton = asked.index.with_value(|index| index.skeleton(title));
    // Its lines are what was found.
    let found = live(Vec::new);
    frame(&skeleton, asked, [answer, later], found, there())
}

/// What is taken as it is needs none of the marks that hydration looks for; text holds none, for its `<` is `&lt;`.
fn inert(view: El) -> AnyView {
    let view: AnyView = view.into();
    InertElement::new(view.to_html().replace("<!>", "")).into_any()
}

/// What stands on the page already, and is taken as it is: the table and the content.
fn there() -> [AnyView; 2] {
    [ids::TABLE, ids::CONTENT].map(|id| InertElement::new(format!("<div id=\"{id}\"></div>")).into_any())
}

/// Everything around the notebook's content; the side may follow another answer than the rest.
fn frame(
    notebook: &Notebook,
    asked: Asked,
    [answer, side_answer]: [Memo<Answer>; 2],
    found: AnyView,
    content: [AnyView; 2],
) -> Page {
    let skip = el("a").class("skip").attr("href", format!("#{}", ids::MAIN)).text(strings::SKIP);
    let said = results::said_of(answer, asked.search);
    let main = main(answer).child(said).child(found).all(content);
    let columns = el("div").class("columns").child(side(notebook, asked.index, side_answer)).child(main);
    let palette = Palette::new(asked.index, answer, asked.search);
    let view = el("div").class("page").child(skip).child(header(notebook)).child(columns);
    let view = view.child(help::keys()).child(palette::palette(palette)).child(picture());
    Page { view: view.into(), answer, palette }
}

/// Shows a picture as large as the window lets it; the reader opens it.
fn picture() -> El {
    let close = el("form").attr("method", "dialog").child(el("button").text(strings::CLOSE));
    // Of a picture that is shown: until then any will do, and it is not fetched.
    let image = el("img").attr("alt", "").attr("src", "icon.svg").attr("loading", "lazy");
    el("dialog").attr("id", ids::PICTURE).attr("aria-label", strings::PICTURE).child(close).child(image)
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

fn side(notebook: &Notebook, index: StoredValue<Index>, answer: Memo<Answer>) -> El {
    let close = button().class("close").attr("popovertarget", ids::SIDE).attr("popovertargetaction", "hide");
    let filters = el("div")
        .class("filters")
        .child(el("h2").text(strings::FILTERS))
        .child(filters::facets(index, answer));
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

fn main(answer: Memo<Answer>) -> El {
    let summary = move || answer.with(filters::summary);
    let papers = move || answer.with(|answer| answer.count(Counted::Paper).shown);
    let export = button().attr("popovertarget", ids::EXPORT).hidden(move || papers() == 0);
    let export = export.live_text(move || strings::export(papers()));
    let folds = el("p")
        .class("folds")
        .child(act(Action::Expand).text(strings::EXPAND))
        .child(act(Action::Collapse).text(strings::COLLAPSE))
        .child(export);
    let bar = el("div")
        .class("bar")
        .child(el("p").class("summary").attr("role", "status").live_text(summary))
        .child(folds)
        .child(filters::chips(answer))
        .child(results::orders(answer));
    let main = el("main").attr("id", ids::MAIN).attr("tabindex", "-1");
    main.child(bar).child(filters::nothing(answer))
}

/// The introduction and every section.
fn content(notebook: &Notebook, answer: &Answer, relate: Relate) -> Vec<AnyView> {
    let mut next = Next::default();
    let intro = (!notebook.intro.is_empty()).then(|| {
        let text = el("div").attr("data-field", Field::Notes.key()).all(text::blocks(&notebook.intro));
        el("div").class("intro").attr("id", INTRO).attr("tabindex", "-1").child(text).into()
    });
    let mut content: Vec<AnyView> = intro.into_iter().collect();
    content.extend(
        notebook.sections.iter().map(|inner| section::section(inner, 2, &mut next, answer, relate).into()),
    );
    content
}
