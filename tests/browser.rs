//! The views in a real browser, without the client: the page follows its signals.

#![cfg(target_arch = "wasm32")]

use leptos::mount::mount_to;
use leptos::prelude::*;
use leptos::task::tick;
use notebook::view::{self, LoadState, PageContent, PageInputs, PageState, SearchFn, SearchState};
use notebook_core::Query;
use notebook_core::markdown::read;
use notebook_core::search::{Corpus, MatchQuality, SearchResult};
use wasm_bindgen::JsCast;
use wasm_bindgen_test::wasm_bindgen_test;
use web_sys::HtmlElement;

wasm_bindgen_test::wasm_bindgen_test_configure!(run_in_browser);

const SEED: &str = include_str!("fixtures/seed/notebook.md");

/// A notebook's page, mounted into the test page.
struct MountedPage {
    root: HtmlElement,
    query: RwSignal<Query>,
}

fn append_root() -> HtmlElement {
    let document = web_sys::window().unwrap().document().unwrap();
    let root: HtmlElement = document.create_element("div").unwrap().unchecked_into();
    document.body().unwrap().append_child(&root).unwrap();
    root
}

fn open_notebook() -> MountedPage {
    open_with_search(SearchState::default())
}

/// Mounts the page with a state of full-text search.
fn open_with_search(search: SearchState) -> MountedPage {
    let root = append_root();
    let query = RwSignal::new(Query::default());
    let corpus = StoredValue::new(Corpus::build(&read(SEED).notebook));
    let (query_signal, search, arrivals) = (query.into(), Signal::stored(search), Signal::stored(0));
    let inputs = PageInputs { corpus, arrivals, revision: arrivals, query: query_signal, search };
    let page = move || view::client_page("Notebook", PageState::new(inputs), PageContent::Complete, true);
    mount_to(root.clone(), page).forget();
    MountedPage { root, query }
}

impl MountedPage {
    async fn ask(&self, query: &str) {
        self.query.set(Query::parse(query));
        tick().await;
    }

    fn count(&self, selector: &str) -> u32 {
        self.root.query_selector_all(selector).unwrap().length()
    }

    /// Returns the text of every element that a selector matches.
    fn texts(&self, selector: &str) -> Vec<String> {
        let found = self.root.query_selector_all(selector).unwrap();
        (0..found.length()).map(|at| found.item(at).unwrap().text_content().unwrap()).collect()
    }

    /// Returns true if the page contains a text.
    fn contains(&self, text: &str) -> bool {
        self.root.text_content().unwrap().contains(text)
    }
}

#[wasm_bindgen_test]
async fn summary_counts_matching_entries() {
    let page = open_notebook();
    page.ask("?access=open&year=2017").await;
    assert!(page.contains("1 of 7 papers"));
    assert_eq!(page.count(".chip"), 2);
    page.ask("").await;
    assert!(page.contains("7 papers, "));
    assert_eq!(page.count(".chip"), 0);
}

#[wasm_bindgen_test]
async fn offers_to_remove_filters_without_results() {
    let page = open_notebook();
    page.ask("?year=2017&access=paywalled").await;
    assert!(page.contains("No results.") && page.contains("Remove Access: Paywalled to see 1 paper"));
}

#[wasm_bindgen_test]
async fn lists_results_with_location_and_excerpt() {
    let page = open_notebook();
    assert_eq!(page.count(".results"), 0);
    page.ask("?q=latency").await;
    assert_eq!(page.texts(".results li > a"), ["EfficientFormer: Vision Transformers at MobileNet"]);
    assert_eq!(page.texts(".results .location"), ["Multi-headed Attention and Transformers ·\u{a0}2022"]);
    assert!(page.texts(".results .excerpt mark").iter().all(|word| word == "latency"));
    assert!(page.count(".results .excerpt mark") > 0);
    page.ask("?q=attention").await;
    assert!(page.texts(".results li > a > mark").contains(&"Attention".to_owned()));
    // The introduction has no title and no heading.
    page.ask("?q=hub").await;
    assert_eq!(
        (page.texts(".results li > a"), page.count(".results .location")),
        (vec!["Introduction".into()], 0)
    );
    page.ask("").await;
    assert_eq!(page.count(".results"), 0);
}

#[wasm_bindgen_test]
async fn lists_all_entries_in_chosen_order() {
    let page = open_notebook();
    assert_eq!(page.texts(".sort-orders [aria-current=true]"), ["Notebook order"]);
    page.ask("?sort=year").await;
    let years: Vec<_> = page
        .texts(".results .location")
        .iter()
        .filter_map(|location| {
            let (_, year) = location.rsplit_once('\u{a0}')?;
            year.parse::<u16>().ok()
        })
        .collect();
    assert_eq!(years, [2022, 2020, 2017]);
    assert_eq!(page.texts(".sort-orders [aria-current=true]"), ["Newest"]);
    page.ask("?sort=title&category=multi-headed-attention-and-transformers").await;
    assert_eq!(
        page.texts(".results li > a"),
        [
            "Attention is all you need",
            "EfficientFormer: Vision Transformers at MobileNet",
            "Vision Transformers - Origin",
        ]
    );
    // Relevance is an order only with search words.
    assert_eq!(page.texts(".sort-orders a"), ["Notebook order", "Newest", "Title"]);
    page.ask("?q=transformer").await;
    assert_eq!(page.texts(".sort-orders a"), ["Best match", "Notebook order", "Newest", "Title"]);
    page.ask("?q=zebra").await;
    assert_eq!(page.count(".sort-orders"), 0);
}

#[wasm_bindgen_test]
async fn shows_corrected_words() {
    let find = |_: &str| {
        let corrected = vec![(0, "transformer".to_owned())];
        Some(SearchResult {
            scores: vec![1; 3],
            quality: MatchQuality::Fuzzy,
            corrected,
            accepted: Vec::new(),
        })
    };
    let page = open_with_search(SearchState::Ready(SearchFn(find)));
    page.ask("?q=transfomer&year=unknown").await;
    assert_eq!(page.texts("[role=status] .remark em"), ["transformer", "\"transfomer\""]);
    let as_typed = page.root.query_selector(".remark a").unwrap().unwrap();
    assert_eq!(as_typed.get_attribute("href").unwrap(), "?q=%22transfomer%22&year=unknown");
}

#[wasm_bindgen_test]
async fn reports_failed_search_with_button_to_retry() {
    let page = open_with_search(SearchState::Failed("It broke.".into()));
    assert_eq!(page.count(".remark"), 0);
    page.ask("?q=latency").await;
    assert!(page.contains("Searching this page only. It broke."));
    assert_eq!((page.count(".remark button[data-action=search]"), page.count(".results li")), (1, 1));
}

#[wasm_bindgen_test]
async fn status_shows_error_with_button() {
    let root = append_root();
    let state = RwSignal::new(LoadState::Loading);
    mount_to(root.clone(), move || view::loading_status(state.into())).forget();
    assert_eq!(root.query_selector_all("[role=status]").unwrap().length(), 1);
    state.set(LoadState::Failed("It broke.".into()));
    tick().await;
    assert!(root.text_content().unwrap().contains("It broke."));
    assert!(root.query_selector("[role=alert] button[data-action=retry]").unwrap().is_some());
    state.set(LoadState::Outdated);
    tick().await;
    assert!(root.query_selector("[role=alert] button[data-action=reload]").unwrap().is_some());
    state.set(LoadState::Ready);
    tick().await;
    assert_eq!(root.children().length(), 0);
}
