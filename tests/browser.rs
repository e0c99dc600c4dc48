//! The views in a real browser, without the reader: a query changes, and the page follows.

#![cfg(target_arch = "wasm32")]

use leptos::mount::mount_to;
use leptos::prelude::*;
use leptos::task::tick;
use notebook::view::{self, Loading, Search};
use notebook_core::Query;
use notebook_core::markdown::read;
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
    let root = place();
    let query = RwSignal::new(Query::default());
    let search = Signal::stored(Search::default());
    mount_to(root.clone(), move || view::page(&read(SEED).notebook, query.into(), search).view).forget();
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

    fn see(&self, words: &str) -> bool {
        self.root.text_content().unwrap().contains(words)
    }
}

#[wasm_bindgen_test]
async fn a_query_hides_what_does_not_match() {
    let page = open_notebook();
    assert_eq!(page.count("article.paper:not([hidden])"), 7);
    page.ask("?access=open&year=2017").await;
    assert_eq!(page.count("article.paper:not([hidden])"), 1);
    assert_eq!(page.count(".chip"), 2);
    page.ask("").await;
    assert_eq!(page.count("article.paper:not([hidden])"), 7);
    assert_eq!(page.count(".chip"), 0);
}

#[wasm_bindgen_test]
async fn nodes_and_folds_outlive_a_query() {
    let page = open_notebook();
    let paper = page.root.query_selector("#attention-is-all-you-need").unwrap().unwrap();
    let fold = page.root.query_selector("details").unwrap().unwrap();
    fold.remove_attribute("open").unwrap();
    page.ask("?q=autoencoder").await;
    assert!(paper.has_attribute("hidden") && paper.is_connected());
    page.ask("").await;
    assert!(!paper.has_attribute("hidden") && !fold.has_attribute("open"));
}

#[wasm_bindgen_test]
async fn nothing_found_offers_ways_out() {
    let page = open_notebook();
    page.ask("?year=2017&access=paywalled").await;
    assert!(page.see("Nothing matches.") && page.see("Drop Access: Paywalled to see 1 paper"));
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
    loading.set(Loading::Ready);
    tick().await;
    assert_eq!(root.children().length(), 0);
}
