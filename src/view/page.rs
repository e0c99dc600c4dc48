//! The notebook's page: header, sidebar, content and dialogs.
//!
//! One [`page_shell`] around three kinds of content: prerendered as HTML, on the page already, or rows of a virtual list.

use leptos::prelude::*;
use leptos::tachys::html::InertElement;
use notebook_core::Query;
use notebook_core::notebook::{LinkedEntry, Notebook};
use notebook_core::search::{Answer, Corpus};

use super::controls::{button, close_form, text_link};
use super::element::{El, el, reactive};
use super::entry::{LinksOf, NotesFold, list_class};
use super::page_inputs::PageInputs;
use super::palette::Palette;
use super::search_state::SearchState;
use super::section::{HeadingCounter, RenderEntries};
use super::{
    entry, filters, ids, menu, palette, paper_table, results, section, shortcuts, sidebar, static_page,
    strings, toolbar,
};

/// The state of a page: what it depends on, and what follows from it.
#[derive(Clone, Copy)]
pub struct PageState {
    /// The inputs that it follows from.
    pub inputs: PageInputs,
    /// The answer that the page shows.
    pub answer: Memo<Answer>,
    /// State of the command palette.
    pub palette: Palette,
}

impl PageState {
    /// Creates the state that follows from inputs.
    pub fn new(inputs: PageInputs) -> Self {
        let answer = Memo::new(move |_| inputs.answer());
        let palette = Palette::new(inputs, answer);
        Self { inputs, answer, palette }
    }
}

/// The entries on a page with a client.
#[derive(Clone, Copy)]
pub enum PageContent {
    /// All of them, of which the client hides some.
    Complete,
    /// The rows of a virtual list. The signal changes when those of an answer are on the screen: the sidebar waits for it, so
    /// that a key typed has its rows in the next frame.
    VirtualList(Signal<u32>),
}

/// Renders the page without a query, to be written as HTML.
///
/// `first` is the beginning of a large notebook, which replaces all of it as the content. `pages` are title and URL of static
/// pages with all of it, for readers without scripts.
pub fn prerendered_page(
    notebook: &Notebook,
    corpus: Corpus,
    first: Option<&Notebook>,
    links_of: LinksOf,
    pages: &[(String, String)],
) -> AnyView {
    let state = PageState::new(PageInputs {
        corpus: StoredValue::new(corpus),
        arrivals: Signal::stored(0),
        revision: Signal::stored(0),
        query: Signal::stored(Query::default()),
        search: Signal::stored(SearchState::default()),
    });
    let answer = state.answer;
    let content = answer.with(|answer| {
        let notebook = first.unwrap_or(notebook);
        let intro = section::entries(notebook.intro_entry().as_slice(), 2, links_of);
        content(intro, notebook, answer, &|_, section, level| {
            section::entries(&section.entries, level, links_of)
        })
    });
    let pages = (!pages.is_empty()).then(|| static_page::page_links(pages));
    let content = el("div").attr("id", ids::CONTENT).children(content).children(pages);
    page_shell(
        &notebook.title,
        state,
        answer,
        results::results(state.inputs, answer),
        [paper_table::table_shell(), content].map(inert),
    )
}

/// Renders the entries of a corpus that have arrived, with the headings above them.
pub fn corpus_content<'e>(
    corpus: &Corpus,
    answer: &Answer,
    get: &dyn Fn(usize) -> Option<&'e LinkedEntry>,
) -> AnyView {
    let below = |heading: Option<usize>, level| {
        let entries = (0..corpus.catalog.len()).filter(|entry| corpus.catalog.heading(*entry) == heading);
        let view = |linked: &LinkedEntry| {
            let view = entry::entry(&linked.entry, &linked.links, level, NotesFold::Open);
            (list_class(&linked.entry), view)
        };
        section::in_lists(entries.filter_map(get).map(view).collect())
    };
    let skeleton = corpus.skeleton("");
    content(below(None, 2), &skeleton, answer, &|heading, _, level| below(Some(heading), level)).into_any()
}

/// Renders the page around its content. If that is not prerendered, its element is empty, and is filled when the entries arrive.
pub fn client_page(title: &str, state: PageState, content: PageContent, is_prerendered: bool) -> AnyView {
    let PageState { inputs, answer, .. } = state;
    let (sidebar_answer, results) = match content {
        PageContent::Complete => (answer, results::results(inputs, answer)),
        // The rows of the virtual list are the results.
        PageContent::VirtualList(drawn) => {
            let follow = move |_: Option<&Answer>| {
                drawn.get();
                answer.get_untracked()
            };
            (Memo::new(follow), reactive(Vec::new))
        }
    };
    let content = if is_prerendered {
        prerendered_content()
    } else {
        [paper_table::table_shell(), el("div").attr("id", ids::CONTENT)].map(Into::into)
    };
    page_shell(title, state, sidebar_answer, results, content)
}

/// Turns a view into HTML that is not hydrated, and has no markers (`<!>`) for hydration. Text has none: its `<` is `&lt;`.
fn inert(view: El) -> AnyView {
    let view: AnyView = view.into();
    InertElement::new(view.to_html().replace("<!>", "")).into_any()
}

/// Returns the table and the content as elements that hydration leaves as they are on the page.
fn prerendered_content() -> [AnyView; 2] {
    [ids::TABLE, ids::CONTENT].map(|id| InertElement::new(format!("<div id=\"{id}\"></div>")).into_any())
}

/// Renders everything around the content. The sidebar has an answer of its own, which may come later.
fn page_shell(
    title: &str,
    PageState { inputs, answer, palette }: PageState,
    sidebar_answer: Memo<Answer>,
    results: AnyView,
    content: [AnyView; 2],
) -> AnyView {
    let remarks = results::search_remarks(answer, inputs.search);
    let main = main(answer).child(remarks).child(results).children(content);
    let sidebar = sidebar::sidebar(inputs, sidebar_answer);
    let view = el("div")
        .class("page")
        .child(text_link(format!("#{}", ids::MAIN), strings::SKIP_TO_CONTENT.text()).class("skip"))
        .child(header(title, answer))
        .child(el("div").class("columns").child(sidebar).child(main))
        .child(shortcuts::dialog())
        .child(palette::dialog(palette))
        .child(image_dialog());
    view.into()
}

/// Renders the dialog in which the client shows an image as large as the window.
fn image_dialog() -> El {
    // An image needs a source. This one is not fetched, for the dialog is closed and the image lazy.
    let image = el("img").attr("alt", "").attr("src", "icon.svg").attr("loading", "lazy");
    el("dialog").attr("id", ids::IMAGE).attr("aria-label", strings::IMAGE).child(close_form()).child(image)
}

fn header(title: &str, answer: Memo<Answer>) -> El {
    let contents = button().class("contents-open").attr("popovertarget", ids::SIDEBAR);
    el("header")
        .class("top")
        .child(el("h1").text(title))
        .child(search_form())
        .child(contents.text(strings::CONTENTS))
        .children(menu::menu(answer))
}

fn search_form() -> El {
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
        .child(el("label").class("visually-hidden").attr("for", ids::SEARCH).text(strings::SEARCH))
        .child(input)
        .child(el("kbd").attr("aria-hidden", "true").text("/"))
}

/// Renders the beginning of the content column: the toolbar, and help if nothing matches.
fn main(answer: Memo<Answer>) -> El {
    let main = el("main").attr("id", ids::MAIN).attr("tabindex", "-1");
    main.child(toolbar::toolbar(answer)).child(filters::no_results(answer))
}

/// Renders the sections after the introduction, given the views of the introduction.
fn content(intro: Vec<El>, notebook: &Notebook, answer: &Answer, entries: RenderEntries) -> Vec<AnyView> {
    let mut headings = HeadingCounter::default();
    let section = |section| section::section(section, 2, &mut headings, answer, entries);
    intro.into_iter().chain(notebook.sections.iter().map(section)).map(Into::into).collect()
}
