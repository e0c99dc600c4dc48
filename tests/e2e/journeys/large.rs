//! Through a notebook that is too large for one page: 600 made-up papers, of which few stand on it at a time.

use serde_json::json;

use crate::page::{Css, Find, Page};
use crate::problem::Outcome;
use crate::site::Fault;

const LINES: Find<'static> = Css("#_content article");

/// Opens a page and does what a reader does first.
async fn start(page: &Page, path: &str) -> Outcome {
    page.open(path).await?;
    touch_until(page, "the page to be ready", "document.documentElement.hasAttribute('data-ready')").await
}

/// Touches the page until something is so: the program may not be there yet to feel it.
async fn touch_until(page: &Page, what: &str, is: &str) -> Outcome {
    page.wait_true(what, &format!("document.dispatchEvent(new Event('touchstart')); return {is}")).await
}

async fn nodes(page: &Page) -> Outcome<u64> {
    let nodes = page.ask("return document.querySelectorAll('*').length").await?;
    Ok(nodes.as_u64().unwrap_or(u64::MAX))
}

pub(crate) async fn it_is_there_before_anything_is_fetched(page: &Page) -> Outcome {
    page.open("/").await?;
    page.see("A notebook of 600 papers").await?;
    page.see("600 papers, 30 terms").await?;
    assert!(page.count(Css("main article.paper")).await? > 2);
    let asked =
        page.ask("return performance.getEntriesByType('resource').map(r => r.name).join(' ')").await?;
    let asked = asked.as_str().unwrap_or_default().to_owned();
    for late in ["outline", "names", "index-", "parts", "finder", "notebook.json"] {
        assert!(!asked.contains(late), "{late} was fetched: {asked}");
    }
    page.screenshot("large").await
}

pub(crate) async fn lines_come_as_they_are_scrolled_to(page: &Page) -> Outcome {
    start(page, "/").await?;
    page.shown(LINES).await?;
    page.wait_true("nothing to wait for", "return !document.querySelector('#_content .waiting')").await?;
    for part in ["0.3", "0.9", "0.5", "1", "0"] {
        page.ask(&format!(
            "scrollTo({{ top: document.documentElement.scrollHeight * {part}, behavior: 'instant' }})"
        ))
        .await?;
        page.wait_true(
            "lines to fill the window",
            "const lines = [...document.querySelectorAll('#_content article:not(.waiting), #_content .heading, #_content li')];
             return lines.some(line => { const at = line.getBoundingClientRect(); return at.top < innerHeight && at.bottom > 0 })",
        )
        .await?;
        assert!(nodes(page).await? < 5_000);
    }
    Ok(())
}

pub(crate) async fn a_search_looks_through_all_of_it(page: &Page) -> Outcome {
    start(page, "/").await?;
    page.fill(Css("#_search"), "neural netwrok").await?;
    page.see("Search instead for").await?;
    page.shown(Css("#_content .line mark")).await?;
    page.screenshot("large-found").await?;
    page.press("Escape").await?;
    page.wait_url("/").await?;
    page.see("600 papers").await
}

pub(crate) async fn filters_and_orders_are_in_the_url(page: &Page) -> Outcome {
    start(page, "/?access=paywalled&sort=year").await?;
    page.wait_true(
        "paywalled papers and no others",
        "const lines = [...document.querySelectorAll('#_content article')];
         return lines.length > 3 && lines.every(line => line.querySelector('.paywalled, a.paywalled') || line.innerText.includes('Paywalled'))",
    )
    .await?;
    page.click(Css(".chip")).await?;
    page.wait_url("/?sort=year").await?;
    page.back().await?;
    page.wait_url("/?access=paywalled&sort=year").await
}

pub(crate) async fn a_link_to_any_entry_leads_there(page: &Page) -> Outcome {
    start(page, "/?q=T3").await?;
    page.shown(Css("#_content article.term")).await?;
    let id = page.ask("return document.querySelector('#_content article.term').id").await?;
    let id = id.as_str().unwrap_or_default().to_owned();
    page.open(&format!("/#{id}")).await?;
    page.wait_ready().await?;
    page.wait_true(
        "the term to be in sight",
        &format!(
            "const at = document.getElementById({}).getBoundingClientRect(); return at.top >= 0 && at.top < innerHeight",
            json!(id)
        ),
    )
    .await?;
    // Its notes are its own; a heading far away has an anchor too.
    page.click(Css(".contents > li:last-child > a")).await?;
    page.wait_true(
        "the last heading to be in sight",
        "const all = document.querySelectorAll('#_content .heading');
         return [...all].some(line => line.matches('[data-here]') && line.getBoundingClientRect().top < innerHeight)",
    )
    .await
}

pub(crate) async fn an_outline_that_does_not_come_is_asked_for_again(page: &Page) -> Outcome {
    let outline = super::outline(page).await?;
    for fault in [Fault::Status(500), Fault::Truncated, Fault::Html] {
        page.site.break_path(&outline, fault);
        page.open("/").await?;
        touch_until(page, "a way out", "document.body.innerText.includes('Try again')").await?;
        page.see("600 papers").await?;
    }
    page.site.mend(&outline);
    page.click(Css(".failed button")).await?;
    page.wait_ready().await?;
    page.shown(LINES).await
}

pub(crate) async fn a_paper_far_down_is_cited(page: &Page) -> Outcome {
    start(page, "/").await?;
    page.shown(LINES).await?;
    page.ask("scrollTo({ top: document.documentElement.scrollHeight * 0.7, behavior: 'instant' }); return 1")
        .await?;
    page.wait_true(
        "a paper to come into sight",
        // In one go: lines are drawn anew when more of them come.
        "const paper = [...document.querySelectorAll('#_content article.paper:not(.waiting)')].find(paper => {
           const at = paper.getBoundingClientRect(); return at.top > innerHeight * 0.2 && at.bottom < innerHeight * 0.9 });
         if (!paper) return false;
         window.paper = paper.querySelector('[data-field=title]').textContent;
         paper.querySelector('.cite').click();
         return true",
    )
    .await?;
    let title = page.ask("return window.paper").await?;
    page.see(&format!("Cite: {}", title.as_str().unwrap_or_default())).await?;
    page.see("IEEE").await
}

pub(crate) async fn papers_of_a_large_notebook_stand_in_a_table(page: &Page) -> Outcome {
    start(page, "/?view=matrix").await?;
    let rows = Css(".matrix tbody tr");
    page.wait_count(rows, 100).await?;
    page.see("Show more: 500 papers are not in this table yet").await?;
    page.click(Css(".matrix [data-act=more]")).await?;
    page.wait_count(rows, 200).await?;
    let filled =
        "return [...document.querySelectorAll('.matrix tbody td')].some(cell => cell.innerText.length > 100)";
    // Rows are there before what they say.
    page.wait_true("cells that say something", filled).await?;
    let name = "const name = document.querySelectorAll('.matrix tbody th > a')[150]; name.scrollIntoView(); return name.textContent";
    let name = page.ask(name).await?;
    page.ask("document.querySelectorAll('.matrix tbody th > a')[150].click(); return 1").await?;
    page.wait_true(
        "its notes in sight",
        &format!(
            "const here = document.querySelector('[data-here]'); const at = here?.getBoundingClientRect();
             return here?.textContent.includes({name}) && at.top >= 0 && at.top < innerHeight"
        ),
    )
    .await?;
    page.hidden(Css(".matrix")).await
}
