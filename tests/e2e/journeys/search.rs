//! Searching: what is found, said and shown, and what happens when a part of the search does not come.

use super::{marked, papers, start};
use crate::page::{Css, Page, Role, Text};
use crate::problem::Outcome;
use crate::site::Fault;

const TYPO: &str = "transfomer";
const VAE: &str = "#variational-auto-encoder";

/// Where the parts of the search are: their names change with what they hold.
struct Parts {
    index: String,
    script: String,
    program: String,
}

async fn parts(page: &Page) -> Outcome<Parts> {
    let name = async |attribute: &str| -> Outcome<String> {
        let script = format!("return document.getElementById('_notebook').getAttribute('{attribute}')");
        let name = page.ask(&script).await?;
        Ok(format!("/{}", name.as_str().ok_or_else(|| format!("the page has no {attribute}"))?))
    };
    let (index, finder) = (name("data-index").await?, name("data-finder").await?);
    Ok(Parts { index, script: format!("{finder}.js"), program: format!("{finder}_bg.wasm") })
}

async fn search(page: &Page, words: &str) -> Outcome {
    page.fill(Css("#_search"), words).await
}

/// What only the full-text search can do.
async fn mends_typos(page: &Page) -> Outcome {
    search(page, TYPO).await?;
    page.see("Search instead for").await?;
    page.shown(Css("#attention-is-all-you-need")).await
}

/// The titles in the list, in order.
async fn titles(page: &Page) -> Outcome<Vec<String>> {
    let titles =
        page.ask("return [...document.querySelectorAll('.results li > a')].map(a => a.textContent)").await?;
    Ok(titles.as_array().into_iter().flatten().filter_map(|title| Some(title.as_str()?.to_owned())).collect())
}

async fn first_title(page: &Page, wanted: &str) -> Outcome {
    let script = format!("return document.querySelector('.results li > a')?.textContent === {wanted:?}");
    page.wait_true(&format!("{wanted:?} to be the first of the list"), &script).await
}

pub(crate) async fn a_typo_is_mended_and_can_be_insisted_on(page: &Page) -> Outcome {
    start(page, "/").await?;
    search(page, TYPO).await?;
    page.see(&format!("Showing transformer. Search instead for \"{TYPO}\".")).await?;
    page.shown(Css("#attention-is-all-you-need")).await?;
    marked(page, "transformer").await?;
    page.screenshot("mended").await?;
    page.click(Css(".said a")).await?;
    page.wait_url(&format!("/?q=%22{TYPO}%22")).await?;
    page.see("Nothing matches.").await?;
    page.not_see("Search instead for").await?;
    page.back().await?;
    page.wait_url(&format!("/?q={TYPO}")).await?;
    page.see("Search instead for").await?;
    page.shown(Css("#attention-is-all-you-need")).await
}

pub(crate) async fn a_synonym_finds_both_forms(page: &Page) -> Outcome {
    start(page, "/").await?;
    search(page, "vae").await?;
    page.shown(Css(VAE)).await?;
    page.shown(Css("#variational-sparse-coding")).await?;
    page.hidden(Css("#attention-is-all-you-need")).await?;
    for word in ["vae", "variational", "auto-encoder"] {
        marked(page, word).await?;
    }
    // The other way round: the long form finds what only has the short one, and marks it.
    search(page, "variational auto-encoder").await?;
    page.shown(Css(VAE)).await?;
    marked(page, "vae").await
}

pub(crate) async fn a_result_says_what_where_and_why(page: &Page) -> Outcome {
    start(page, "/").await?;
    search(page, "latency").await?;
    papers(page, 1).await?;
    page.shown(Role("link", "EfficientFormer: Vision Transformers at MobileNet")).await?;
    assert_eq!(
        page.words_of(Css(".results .where")).await?,
        "Multi-headed Attention and Transformers · 2022"
    );
    assert_eq!(page.words_of(Css(".results .line mark")).await?.to_lowercase(), "latency");
    let line = page.words_of(Css(".results .line")).await?;
    assert!(line.len() < 300, "the line is no line: {line}");
    // In a title the words are marked too.
    search(page, "attention").await?;
    page.wait_true(
        "a mark in a title",
        "return document.querySelector('.results li > a mark')?.textContent.toLowerCase() === 'attention'",
    )
    .await?;
    page.screenshot("results").await
}

pub(crate) async fn a_result_leads_to_its_entry(page: &Page) -> Outcome {
    start(page, "/").await?;
    page.click(Text("Collapse all")).await?;
    papers(page, 0).await?;
    search(page, "bottleneck").await?;
    page.click(Css(".results li > a")).await?;
    let id = "efficientformer-vision-transformers-at-mobilenet";
    page.wait_url(&format!("/?q=bottleneck#{id}")).await?;
    page.wait_focus(Css(&format!("#{id}[data-here]"))).await?;
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
    page.shown(Css(".results li > a")).await?;
    page.hidden(Css("[data-here]")).await
}

pub(crate) async fn most_of_the_words_are_better_than_none(page: &Page) -> Outcome {
    start(page, "/").await?;
    search(page, "sparse coding camera").await?;
    page.see("Nothing has all of these words; this has most of them.").await?;
    page.shown(Css(".results li > a")).await?;
    page.screenshot("most").await?;
    search(page, "sparse coding").await?;
    page.not_see("Nothing has all of these words").await
}

pub(crate) async fn orders_are_links(page: &Page) -> Outcome {
    start(page, "/").await?;
    page.click(Text("Collapse all")).await?;
    page.hidden(Css(".results")).await?;
    page.click(Role("link", "Newest")).await?;
    page.wait_url("/?sort=year").await?;
    page.shown(Css(".orders [aria-current=true][href='?sort=year']")).await?;
    first_title(page, "EfficientFormer: Vision Transformers at MobileNet").await?;
    page.click(Role("link", "Title")).await?;
    page.wait_url("/?sort=title").await?;
    first_title(page, "AI Safety Studying/Research").await?;
    // What has no title comes last, under the name of where it stands.
    let by_title = titles(page).await?;
    let lower: Vec<_> = by_title.iter().map(|title| title.to_lowercase()).collect();
    assert!(lower.iter().rev().skip(2).rev().is_sorted(), "{by_title:?}");
    assert_eq!(by_title.last().map(String::as_str), Some("Terms and Concepts"));
    page.screenshot("by-title").await?;
    page.reload().await?;
    page.wait_ready().await?;
    page.shown(Css(".orders [aria-current=true][href='?sort=title']")).await?;
    assert_eq!(titles(page).await?, by_title);
    // A row opens the folds that its entry stands in.
    page.click(Role("link", "Attention is all you need")).await?;
    page.wait_focus(Css("#attention-is-all-you-need[data-here]")).await?;
    for url in ["/?sort=title", "/?sort=year", "/"] {
        page.back().await?;
        page.wait_url(url).await?;
    }
    page.hidden(Css(".results")).await?;
    // Where words are asked for, the best match comes first unless another order is asked for.
    start(page, "/?q=transformer&sort=title").await?;
    page.shown(Css(".orders [aria-current=true][href='?q=transformer&sort=title']")).await?;
    page.click(Role("link", "Best match")).await?;
    page.wait_url("/?q=transformer").await
}

pub(crate) async fn the_search_comes_when_it_is_wanted(page: &Page) -> Outcome {
    start(page, "/").await?;
    let Parts { index, script, program } = parts(page).await?;
    super::choose(page, "mechanistic").await?;
    papers(page, 1).await?;
    page.press("Control+k").await?;
    page.type_text("vaen").await?;
    page.shown(Css("[role=option]")).await?;
    page.press("Escape").await?;
    page.hidden(Css("#_palette")).await?;
    page.wait_true("the focus to be back", "return !document.activeElement.closest('dialog')").await?;
    for part in [&index, &script, &program] {
        assert_eq!(page.site.times_asked(part), 0, "{part} came before anybody searched");
    }
    page.press("/").await?;
    for part in [&index, &script, &program] {
        page.wait_asked(part, 1).await?;
    }
    page.press("Escape").await?;
    mends_typos(page).await?;
    for part in [&index, &script, &program] {
        assert_eq!(page.site.times_asked(part), 1, "{part} came more than once");
    }
    Ok(())
}

pub(crate) async fn a_link_with_words_is_answered_in_full(page: &Page) -> Outcome {
    start(page, &format!("/?q={TYPO}")).await?;
    page.see("Search instead for").await?;
    page.shown(Css("#attention-is-all-you-need")).await?;
    assert_eq!(page.ask("return document.getElementById('_search').value").await?, TYPO);
    start(page, "/?q=vae&access=open").await?;
    page.shown(Css("#variational-sparse-coding")).await?;
    page.hidden(Css(VAE)).await
}

pub(crate) async fn an_index_that_is_no_good_is_made_anew(page: &Page) -> Outcome {
    start(page, "/").await?;
    let index = parts(page).await?.index;
    let faults = [
        (Fault::Status(404), "did not come"),
        // WebKit takes what came of it for the whole.
        (Fault::Truncated, "search index"),
        (Fault::Flipped, "no good"),
        (Fault::Html, "no good"),
        (Fault::Body(String::new()), "no good"),
    ];
    for (fault, says) in faults {
        page.site.break_path(&index, fault);
        start(page, "/").await?;
        page.press("/").await?;
        let script = format!("return document.getElementById('_said').textContent.includes('{says}')");
        page.wait_true(&format!("a word that the index is {says}"), &script).await?;
        // What was made anew finds as much.
        mends_typos(page).await?;
        page.not_see("Looking through this page").await?;
        search(page, "vae").await?;
        page.shown(Css(VAE)).await?;
        marked(page, "variational").await?;
    }
    Ok(())
}

pub(crate) async fn without_its_program_the_page_is_looked_through(page: &Page) -> Outcome {
    start(page, "/").await?;
    let Parts { script, program, .. } = parts(page).await?;
    // The script first: once it has come, WebKit keeps it whatever the host says.
    for part in [&script, &program] {
        for fault in [Fault::Status(404), Fault::Html, Fault::Truncated] {
            page.site.break_path(part, fault);
            start(page, "/").await?;
            search(page, "fixmatch").await?;
            page.see("Looking through this page only").await?;
            papers(page, 1).await?;
            page.shown(Css(".results li > a")).await?;
            page.screenshot("no-program").await?;
            // In vain, then not.
            page.click(Role("button", "Try again")).await?;
            page.see("Looking through this page only").await?;
        }
        page.site.mend(part);
        page.click(Role("button", "Try again")).await?;
        page.not_see("Looking through this page").await?;
        mends_typos(page).await?;
    }
    Ok(())
}
