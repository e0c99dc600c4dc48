//! Searching: results, corrections, highlights, and a search that cannot be fetched.

use super::{marked, papers, start};
use crate::page::{Css, Page, Role, Text};
use crate::problem::Outcome;
use crate::site::Fault;

const TYPO: &str = "transfomer";
const VAE: &str = "#variational-auto-encoder";

/// Paths of the search program and index, whose names change with their content.
struct SearchFiles {
    index: String,
    script: String,
    program: String,
}

async fn search_files(page: &Page) -> Outcome<SearchFiles> {
    let name = async |attribute: &str| -> Outcome<String> {
        let script = format!("return document.getElementById('_notebook').getAttribute('{attribute}')");
        let name = page.evaluate(&script).await?;
        Ok(format!("/{}", name.as_str().ok_or_else(|| format!("the page has no {attribute}"))?))
    };
    let (index, search) = (name("data-index").await?, name("data-search-program").await?);
    Ok(SearchFiles { index, script: format!("{search}.js"), program: format!("{search}_bg.wasm") })
}

/// Chooses a sort order in its menu.
async fn sort_by(page: &Page, order: &str) -> Outcome {
    page.click(Css(".sort-open")).await?;
    page.click(Role("link", order)).await
}

/// Waits until a sort order is the current one in the menu, which is closed.
async fn sorted_by(page: &Page, query: &str) -> Outcome {
    let script = format!(
        "return document.querySelector(\".sort-orders [aria-current=true][href='{query}']\") !== null"
    );
    page.wait_true(&format!("the order {query}"), &script).await
}

async fn search(page: &Page, words: &str) -> Outcome {
    page.fill(Css("#_search"), words).await
}

/// A query that only the full-text search answers.
async fn corrects_typos(page: &Page) -> Outcome {
    search(page, TYPO).await?;
    page.wait_text("Search instead for").await?;
    page.wait_visible(Css("#attention-is-all-you-need")).await
}

/// Returns the titles of the results, in order.
async fn titles(page: &Page) -> Outcome<Vec<String>> {
    let titles = page
        .evaluate("return [...document.querySelectorAll('.results li > a')].map(a => a.textContent)")
        .await?;
    Ok(titles.as_array().into_iter().flatten().filter_map(|title| Some(title.as_str()?.to_owned())).collect())
}

async fn first_title(page: &Page, wanted: &str) -> Outcome {
    let script = format!("return document.querySelector('.results li > a')?.textContent === {wanted:?}");
    page.wait_true(&format!("{wanted:?} to be the first of the list"), &script).await
}

pub(crate) async fn corrects_a_typo_unless_the_reader_insists(page: &Page) -> Outcome {
    start(page, "/").await?;
    search(page, TYPO).await?;
    page.wait_text(&format!("Showing results for transformer. Search instead for \"{TYPO}\".")).await?;
    page.wait_visible(Css("#attention-is-all-you-need")).await?;
    marked(page, "transformer").await?;
    page.screenshot("mended").await?;
    page.click(Css(".remark a")).await?;
    page.wait_url(&format!("/?q=%22{TYPO}%22")).await?;
    page.wait_text("No results.").await?;
    page.wait_no_text("Search instead for").await?;
    page.back().await?;
    page.wait_url(&format!("/?q={TYPO}")).await?;
    page.wait_text("Search instead for").await?;
    page.wait_visible(Css("#attention-is-all-you-need")).await
}

pub(crate) async fn finds_both_forms_of_a_synonym(page: &Page) -> Outcome {
    start(page, "/").await?;
    search(page, "vae").await?;
    page.wait_visible(Css(VAE)).await?;
    page.wait_visible(Css("#variational-sparse-coding")).await?;
    page.wait_hidden(Css("#attention-is-all-you-need")).await?;
    for word in ["vae", "variational", "auto-encoder"] {
        marked(page, word).await?;
    }
    // Conversely, the long form finds and highlights the short one.
    search(page, "variational auto-encoder").await?;
    page.wait_visible(Css(VAE)).await?;
    marked(page, "vae").await
}

pub(crate) async fn describes_a_result(page: &Page) -> Outcome {
    start(page, "/").await?;
    search(page, "latency").await?;
    papers(page, 1).await?;
    page.wait_visible(Role("link", "EfficientFormer: Vision Transformers at MobileNet")).await?;
    assert_eq!(
        page.text_of(Css(".results .location")).await?,
        "Multi-headed Attention and Transformers · 2022"
    );
    assert_eq!(page.text_of(Css(".results .excerpt mark")).await?.to_lowercase(), "latency");
    let line = page.text_of(Css(".results .excerpt")).await?;
    assert!(line.len() < 300, "the line is no line: {line}");
    // Words are highlighted in titles too.
    search(page, "attention").await?;
    page.wait_true(
        "a mark in a title",
        "return document.querySelector('.results li > a mark')?.textContent.toLowerCase() === 'attention'",
    )
    .await?;
    page.screenshot("results").await
}

pub(crate) async fn leads_from_a_result_to_its_entry(page: &Page) -> Outcome {
    start(page, "/").await?;
    page.choose_in_menu(Text("Collapse all")).await?;
    papers(page, 0).await?;
    search(page, "bottleneck").await?;
    page.click(Css(".results li > a")).await?;
    let id = "efficientformer-vision-transformers-at-mobilenet";
    page.wait_url(&format!("/?q=bottleneck#{id}")).await?;
    page.wait_focus(Css(&format!("#{id}[data-target]"))).await?;
    marked(page, "bottleneck").await?;
    page.wait_true(
        "a mark to be in sight",
        "return [...CSS.highlights.get('found')].some(range => {
             const box = range.getBoundingClientRect();
             return box.height > 0 && box.top >= 0 && box.bottom <= innerHeight;
         })",
    )
    .await?;
    page.screenshot("result-opened").await?;
    page.back().await?;
    page.wait_url("/?q=bottleneck").await?;
    page.wait_visible(Css(".results li > a")).await?;
    page.wait_hidden(Css("[data-target]")).await
}

pub(crate) async fn finds_entries_with_most_of_the_words(page: &Page) -> Outcome {
    start(page, "/").await?;
    search(page, "sparse coding camera").await?;
    page.wait_text("No entry contains all of these words. Showing entries with most of them.").await?;
    page.wait_visible(Css(".results li > a")).await?;
    page.screenshot("most").await?;
    search(page, "sparse coding").await?;
    page.wait_no_text("No entry contains all of these words").await
}

pub(crate) async fn sorts_by_links(page: &Page) -> Outcome {
    start(page, "/").await?;
    page.choose_in_menu(Text("Collapse all")).await?;
    page.wait_hidden(Css(".results")).await?;
    sort_by(page, "Newest").await?;
    page.wait_url("/?sort=year").await?;
    sorted_by(page, "?sort=year").await?;
    first_title(page, "EfficientFormer: Vision Transformers at MobileNet").await?;
    sort_by(page, "Title").await?;
    page.wait_url("/?sort=title").await?;
    first_title(page, "AI Safety Studying/Research").await?;
    // Untitled entries come last, under the name of their section.
    let by_title = titles(page).await?;
    let lower: Vec<_> = by_title.iter().map(|title| title.to_lowercase()).collect();
    assert!(lower.iter().rev().skip(2).rev().is_sorted(), "{by_title:?}");
    assert_eq!(by_title.last().map(String::as_str), Some("Terms and Concepts"));
    page.screenshot("by-title").await?;
    page.reload().await?;
    page.wait_ready().await?;
    sorted_by(page, "?sort=title").await?;
    assert_eq!(titles(page).await?, by_title);
    // A result opens the folds around its entry.
    page.click(Role("link", "Attention is all you need")).await?;
    page.wait_focus(Css("#attention-is-all-you-need[data-target]")).await?;
    for url in ["/?sort=title", "/?sort=year", "/"] {
        page.back().await?;
        page.wait_url(url).await?;
    }
    page.wait_hidden(Css(".results")).await?;
    // Results of words are sorted by relevance unless the query has another order.
    start(page, "/?q=transformer&sort=title").await?;
    sorted_by(page, "?q=transformer&sort=title").await?;
    sort_by(page, "Best match").await?;
    page.wait_url("/?q=transformer").await
}

pub(crate) async fn fetches_the_search_with_the_first_query(page: &Page) -> Outcome {
    start(page, "/").await?;
    let SearchFiles { index, script, program } = search_files(page).await?;
    super::choose(page, "mechanistic").await?;
    papers(page, 1).await?;
    page.press("Control+k").await?;
    page.type_text("vaen").await?;
    page.wait_visible(Css("[role=option]")).await?;
    page.press("Escape").await?;
    page.wait_hidden(Css("#_palette")).await?;
    page.wait_true("the focus to be back", "return !document.activeElement.closest('dialog')").await?;
    for file in [&index, &script, &program] {
        assert_eq!(page.site.request_count(file), 0, "{file} came before anybody searched");
    }
    page.press("/").await?;
    for file in [&index, &script, &program] {
        page.wait_requests(file, 1).await?;
    }
    page.press("Escape").await?;
    corrects_typos(page).await?;
    for file in [&index, &script, &program] {
        assert_eq!(page.site.request_count(file), 1, "{file} came more than once");
    }
    Ok(())
}

pub(crate) async fn answers_a_link_with_words(page: &Page) -> Outcome {
    start(page, &format!("/?q={TYPO}")).await?;
    page.wait_text("Search instead for").await?;
    page.wait_visible(Css("#attention-is-all-you-need")).await?;
    assert_eq!(page.evaluate("return document.getElementById('_search').value").await?, TYPO);
    start(page, "/?q=vae&access=open").await?;
    page.wait_visible(Css("#variational-sparse-coding")).await?;
    page.wait_hidden(Css(VAE)).await
}

pub(crate) async fn searches_the_texts_if_the_index_is_damaged(page: &Page) -> Outcome {
    start(page, "/").await?;
    let index = search_files(page).await?.index;
    let faults = [
        (Fault::Status(404), "could not be loaded"),
        // WebKit accepts a truncated body as complete.
        (Fault::Truncated, "search index"),
        (Fault::Corrupted, "damaged"),
        (Fault::Html, "damaged"),
        (Fault::Body(String::new()), "damaged"),
    ];
    for (fault, says) in faults {
        page.site.set_fault(&index, fault);
        start(page, "/").await?;
        page.press("/").await?;
        let script =
            format!("return document.getElementById('_announcement').textContent.includes('{says}')");
        page.wait_true(&format!("a word that the index is {says}"), &script).await?;
        // The scan of the texts finds as much.
        corrects_typos(page).await?;
        page.wait_no_text("Searching this page").await?;
        search(page, "vae").await?;
        page.wait_visible(Css(VAE)).await?;
        marked(page, "variational").await?;
    }
    Ok(())
}

pub(crate) async fn searches_the_texts_without_the_search_program(page: &Page) -> Outcome {
    start(page, "/").await?;
    let SearchFiles { script, program, .. } = search_files(page).await?;
    // The script first: WebKit caches it regardless of its headers.
    for file in [&script, &program] {
        for fault in [Fault::Status(404), Fault::Html, Fault::Truncated] {
            page.site.set_fault(file, fault);
            start(page, "/").await?;
            search(page, "fixmatch").await?;
            page.wait_text("Searching this page only").await?;
            papers(page, 1).await?;
            page.wait_visible(Css(".results li > a")).await?;
            page.screenshot("no-program").await?;
            // The first retry fails, the second succeeds.
            page.click(Role("button", "Try again")).await?;
            page.wait_text("Searching this page only").await?;
        }
        page.site.clear_fault(file);
        page.click(Role("button", "Try again")).await?;
        page.wait_no_text("Searching this page").await?;
        corrects_typos(page).await?;
    }
    Ok(())
}
