//! The views in a real browser, without the reader: a query changes, and the page follows.

#![cfg(target_arch = "wasm32")]

use leptos::mount::mount_to;
use leptos::prelude::*;
use leptos::task::tick;
use notebook::view::{self, Asked, Find, Loading, Search};
use notebook_core::Query;
use notebook_core::markdown::read;
use notebook_core::search::{Found, How, Index};
use wasm_bindgen::JsCast;
use wasm_bindgen_test::wasm_bindgen_test;
use web_sys::HtmlElement;

wasm_bindgen_test::wasm_bindgen_test_configure!(run_in_browser);

const SEED: &str = include_str!("../content/notebook.md");

/// A page on the page.
struct Shown {
    root: HtmlElement,
    query: RwSignal<Query>,
}

fn place() -> HtmlElement {
    let document = web_sys::window().unwrap().document().unwrap();
    let root: HtmlElement = document.create_element("div").unwrap().unchecked_into();
    document.body().unwrap().append_child(&root).unwrap();
    root
}

fn open_notebook() -> Shown {
    open_with(Search::default())
}

/// A page whose full-text search is as it is given.
fn open_with(search: Search) -> Shown {
    let root = place();
    let query = RwSignal::new(Query::default());
    let index = StoredValue::new(Index::build(&read(SEED).notebook));
    let asked = Asked { index, query: query.into(), search: Signal::stored(search) };
    mount_to(root.clone(), move || view::page("Notebook", asked).view).forget();
    Shown { root, query }
}

impl Shown {
    async fn ask(&self, query: &str) {
        self.query.set(Query::parse(query));
        tick().await;
    }

    fn count(&self, selector: &str) -> u32 {
        self.root.query_selector_all(selector).unwrap().length()
    }

    /// The words of everything that fits a selector.
    fn words(&self, selector: &str) -> Vec<String> {
        let found = self.root.query_selector_all(selector).unwrap();
        (0..found.length()).map(|at| found.item(at).unwrap().text_content().unwrap()).collect()
    }

    fn see(&self, words: &str) -> bool {
        self.root.text_content().unwrap().contains(words)
    }
}

#[wasm_bindgen_test]
async fn a_query_counts_what_it_shows() {
    let page = open_notebook();
    page.ask("?access=open&year=2017").await;
    assert!(page.see("1 of 7 papers"));
    assert_eq!(page.count(".chip"), 2);
    page.ask("").await;
    assert!(page.see("7 papers, "));
    assert_eq!(page.count(".chip"), 0);
}

#[wasm_bindgen_test]
async fn nothing_found_offers_ways_out() {
    let page = open_notebook();
    page.ask("?year=2017&access=paywalled").await;
    assert!(page.see("Nothing matches.") && page.see("Drop Access: Paywalled to see 1 paper"));
}

#[wasm_bindgen_test]
async fn what_words_find_is_listed_with_where_and_why() {
    let page = open_notebook();
    assert_eq!(page.count(".results"), 0);
    page.ask("?q=latency").await;
    assert_eq!(page.words(".results li > a"), ["EfficientFormer: Vision Transformers at MobileNet"]);
    assert_eq!(page.words(".results .where"), ["Multi-headed Attention and Transformers ·\u{a0}2022"]);
    assert!(page.words(".results .line mark").iter().all(|word| word == "latency"));
    assert!(page.count(".results .line mark") > 0);
    page.ask("?q=attention").await;
    assert!(page.words(".results li > a > mark").contains(&"Attention".to_owned()));
    // The introduction has no title and no heading.
    page.ask("?q=hub").await;
    assert_eq!(
        (page.words(".results li > a"), page.count(".results .where")),
        (vec!["Introduction".into()], 0)
    );
    page.ask("").await;
    assert_eq!(page.count(".results"), 0);
}

#[wasm_bindgen_test]
async fn an_order_is_a_list_of_everything() {
    let page = open_notebook();
    assert_eq!(page.words(".orders [aria-current=true]"), ["As written"]);
    page.ask("?sort=year").await;
    let years: Vec<_> = page
        .words(".results .where")
        .iter()
        .filter_map(|place| {
            let (_, year) = place.rsplit_once('\u{a0}')?;
            year.parse::<u16>().ok()
        })
        .collect();
    assert_eq!(years, [2022, 2020, 2017]);
    assert_eq!(page.words(".orders [aria-current=true]"), ["Newest"]);
    page.ask("?sort=title&category=multi-headed-attention-and-transformers").await;
    assert_eq!(
        page.words(".results li > a"),
        [
            "Attention is all you need",
            "EfficientFormer: Vision Transformers at MobileNet",
            "Vision Transformers - Origin",
        ]
    );
    // Only words have a best match.
    assert_eq!(page.words(".orders a"), ["As written", "Newest", "Title"]);
    page.ask("?q=transformer").await;
    assert_eq!(page.words(".orders a"), ["Best match", "As written", "Newest", "Title"]);
    page.ask("?q=zebra").await;
    assert_eq!(page.count(".orders"), 0);
}

#[wasm_bindgen_test]
async fn words_that_were_taken_for_others_are_told() {
    let find = |_: &str| {
        let corrected = vec![(0, "transformer".to_owned())];
        Some(Found { scores: vec![1; 3], how: How::Fuzzy, corrected, accepted: Vec::new() })
    };
    let page = open_with(Search::Ready(Find(find)));
    page.ask("?q=transfomer&year=unknown").await;
    assert_eq!(page.words("[role=status] .said em"), ["transformer", "\"transfomer\""]);
    let exactly = page.root.query_selector(".said a").unwrap().unwrap();
    assert_eq!(exactly.get_attribute("href").unwrap(), "?q=%22transfomer%22&year=unknown");
}

#[wasm_bindgen_test]
async fn a_search_that_did_not_come_is_told_where_words_are_asked_for() {
    let page = open_with(Search::Failed("it broke.".into()));
    assert_eq!(page.count(".said"), 0);
    page.ask("?q=latency").await;
    assert!(page.see("Looking through this page only: it broke."));
    assert_eq!((page.count(".said button[data-act=search]"), page.count(".results li")), (1, 1));
}

#[wasm_bindgen_test]
async fn failure_is_a_sentence_and_a_button() {
    let root = place();
    let loading = RwSignal::new(Loading::Waiting);
    mount_to(root.clone(), move || view::status(loading.into())).forget();
    assert_eq!(root.query_selector_all("[role=status]").unwrap().length(), 1);
    loading.set(Loading::Failed("It broke.".into()));
    tick().await;
    assert!(root.text_content().unwrap().contains("It broke."));
    assert!(root.query_selector("[role=alert] button[data-act=retry]").unwrap().is_some());
    loading.set(Loading::Outdated);
    tick().await;
    assert!(root.query_selector("[role=alert] button[data-act=reload]").unwrap().is_some());
    loading.set(Loading::Ready);
    tick().await;
    assert_eq!(root.children().length(), 0);
}
