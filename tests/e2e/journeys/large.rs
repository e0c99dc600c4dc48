//! A notebook that is too large for one page: 600 generated papers, of which few are in the document at a time.

use std::time::Duration;

use serde_json::{Value, json};

use crate::page::{Css, Find, Page, Text};
use crate::problem::Outcome;
use crate::site::Fault;

const ENTRIES: Find<'static> = Css("#_content article");

/// Opens a page and touches it, which starts the client.
async fn start(page: &Page, path: &str) -> Outcome {
    page.open(path).await?;
    touch_until(page, "the page to be ready", "document.documentElement.hasAttribute('data-ready')").await
}

/// Touches the page until a condition is true: the first touches may come before the client listens.
async fn touch_until(page: &Page, what: &str, is: &str) -> Outcome {
    page.wait_true(what, &format!("document.dispatchEvent(new Event('touchstart')); return {is}")).await
}

async fn nodes(page: &Page) -> Outcome<u64> {
    let nodes = page.evaluate("return document.querySelectorAll('*').length").await?;
    Ok(nodes.as_u64().unwrap_or(u64::MAX))
}

pub(crate) async fn shows_the_first_entries_before_anything_is_fetched(page: &Page) -> Outcome {
    page.open("/").await?;
    page.wait_text("A notebook of 600 papers").await?;
    page.wait_text("600 papers, 30 terms").await?;
    assert!(page.count(Css("main article.paper")).await? > 2);
    let asked =
        page.evaluate("return performance.getEntriesByType('resource').map(r => r.name).join(' ')").await?;
    let asked = asked.as_str().unwrap_or_default().to_owned();
    for late in ["outline", "titles", "index-", "chunks", "search-", "notebook.json"] {
        assert!(!asked.contains(late), "{late} was fetched: {asked}");
    }
    page.screenshot("large").await
}

pub(crate) async fn fetches_entries_as_they_are_scrolled_to(page: &Page) -> Outcome {
    start(page, "/").await?;
    page.wait_visible(ENTRIES).await?;
    page.wait_true("nothing to wait for", "return !document.querySelector('#_content .loading')").await?;
    for part in ["0.3", "0.9", "0.5", "1", "0"] {
        page.evaluate(&format!(
            "scrollTo({{ top: document.documentElement.scrollHeight * {part}, behavior: 'instant' }})"
        ))
        .await?;
        page.wait_true(
            "lines to fill the window",
            "const lines = [...document.querySelectorAll('#_content article:not(.loading), #_content section, #_content li')];
             return lines.some(line => { const at = line.getBoundingClientRect(); return at.top < innerHeight && at.bottom > 0 })",
        )
        .await?;
        assert!(nodes(page).await? < 5_000);
    }
    Ok(())
}

/// Returns position and size of every line of text in the window, with the state of the folds.
const FIRST_SCREEN: &str = "
    const lines = [];
    const walker = document.createTreeWalker(document.querySelector('main'), NodeFilter.SHOW_TEXT);
    for (let node; (node = walker.nextNode());) {
      // The program has more text nodes than the parser makes of the same text: a run of them is one line.
      const isRest = (sibling) => sibling && (sibling.nodeType === 3 || (sibling.nodeType === 8 && isRest(sibling.previousSibling)));
      if (isRest(node.previousSibling)) continue;
      const range = document.createRange();
      range.setStart(node, 0);
      let data = '';
      for (let next = node; next?.nodeType === 3 || next?.nodeType === 8; next = next.nextSibling) {
        if (next.nodeType === 3) data += next.data;
        range.setEndAfter(next);
      }
      const boxes = [];
      for (const box of range.getClientRects()) {
        const last = boxes.at(-1);
        if (last?.top === box.top) last.width += box.width;
        else boxes.push(DOMRect.fromRect(box));
      }
      for (const box of boxes) {
        if (box.width > 0 && box.bottom > 0 && box.top < innerHeight) {
          const at = [box.left, box.top, box.width, box.height].map(Math.round).join(' ');
          lines.push(`${data.trim().slice(0, 40)} at ${at}, ${getComputedStyle(node.parentElement).fontSize}`);
        }
      }
    }
    // A fold of which no line is in the window may differ: the list has rows for what can be seen.
    for (const summary of document.querySelectorAll('main details > summary')) {
      const at = summary.getBoundingClientRect();
      if (at.top > 0 && at.bottom < innerHeight) lines.push(`fold ${summary.parentElement.open}`);
    }
    return lines.join(String.fromCharCode(10))";

pub(crate) async fn moves_nothing_when_the_program_starts(page: &Page) -> Outcome {
    for (width, height) in [(1280, 800), (390, 844)] {
        page.resize(width, height).await?;
        page.open("/").await?;
        // Only after the interaction is there a program.
        let before = page.evaluate(FIRST_SCREEN).await?;
        touch_until(page, "the list", "document.documentElement.hasAttribute('data-virtual-list')").await?;
        page.wait_true("the rows", "return !document.querySelector('#_content .loading')").await?;
        let lines = before.as_str().unwrap_or_default().lines().count();
        let is_full =
            format!("return (() => {{ {FIRST_SCREEN} }})().split(String.fromCharCode(10)).length >= {lines}");
        page.wait_true("rows down to the end of the window", &is_full).await?;
        let after = page.evaluate(FIRST_SCREEN).await?;
        page.screenshot(&format!("large-started-{width}")).await?;
        assert_same_screen(width, &before, &after);
    }
    Ok(())
}

/// Checks that all lines of a screen are where they were.
fn assert_same_screen(width: u32, before: &Value, after: &Value) {
    let (before, after) = (before.as_str().unwrap_or_default(), after.as_str().unwrap_or_default());
    assert!(before.lines().count() > 10, "{before}");
    let changed = before.lines().zip(after.lines()).find(|(before, after)| before != after);
    assert_eq!(changed, None, "at {width} pixels: before\n{before}\n\nafter\n{after}");
    assert_eq!(
        before.lines().count(),
        after.lines().count(),
        "at {width} pixels: before\n{before}\n\nafter\n{after}"
    );
}

/// A page with all of its entries, which the client hydrates.
pub(crate) async fn moves_nothing_when_a_small_page_is_hydrated(page: &Page) -> Outcome {
    let outline = super::outline(page).await?;
    page.site.set_fault(&outline, Fault::Slow(Duration::from_secs(2)));
    for (width, height) in [(1280, 800), (390, 844)] {
        page.resize(width, height).await?;
        page.open("/").await?;
        let before = page.evaluate(FIRST_SCREEN).await?;
        let is_ready = "return document.documentElement.hasAttribute('data-ready')";
        if page.evaluate(is_ready).await?.as_bool() == Some(true) {
            println!("this driver reports a page only when its client has started");
            return Ok(());
        }
        page.wait_ready().await?;
        assert_same_screen(width, &before, &page.evaluate(FIRST_SCREEN).await?);
    }
    Ok(())
}

pub(crate) async fn folds_sections_of_a_large_notebook(page: &Page) -> Outcome {
    let height = async || {
        let height = page.evaluate("return document.documentElement.scrollHeight").await?;
        Ok::<_, crate::problem::Problem>(height.as_u64().unwrap_or_default())
    };
    let papers = Css("#papers-notes > details > summary");
    start(page, "/").await?;
    page.wait_visible(papers).await?;
    page.wait_visible(Css("#_content article.paper .notes[open]")).await?;
    let open = height().await?;
    page.click(papers).await?;
    page.wait_true("the papers to be hidden", "return !document.querySelector('#_content article.paper')")
        .await?;
    page.wait_visible(Css("#terms-and-concepts")).await?;
    page.wait_focus(papers).await?;
    let closed = height().await?;
    assert!(closed * 2 < open, "{closed} of {open} pixels are left");
    // It is remembered, and a link to a paper opens it for now.
    start(page, "/").await?;
    page.wait_visible(Css("#_content article.term")).await?;
    page.wait_hidden(Css("#_content article.paper")).await?;
    page.screenshot("large-folded").await?;
    page.choose_in_menu(Text("Expand all")).await?;
    page.wait_visible(Css("#_content article.paper")).await?;
    page.choose_in_menu(Text("Collapse all")).await?;
    page.wait_true("headings alone", "return document.querySelectorAll('#_content article').length === 0")
        .await?;
    start(page, "/").await?;
    page.wait_true(
        "headings alone",
        "return document.querySelectorAll('#_content section').length > 2 && !document.querySelector('#_content article')",
    )
    .await?;
    // A query shows its results.
    page.fill(Css("#_search"), "neural").await?;
    page.wait_visible(Css("#_content article.paper")).await?;
    page.press("Escape").await?;
    page.wait_true("headings alone", "return document.querySelectorAll('#_content article').length === 0")
        .await
}

pub(crate) async fn shows_sections_folded_as_their_author_wrote_them(page: &Page) -> Outcome {
    let fold = Css("#plans > details > summary");
    start(page, "/#plans").await?;
    page.wait_visible(fold).await?;
    let is_hidden = "return !document.querySelector('#plans > details').open
        && !document.querySelector('#_content').innerText.includes('second half')";
    page.wait_true("the section to be folded", is_hidden).await?;
    page.click(fold).await?;
    page.wait_text("Read the second half.").await?;
    // What the reader opens stays open.
    start(page, "/?a#plans").await?;
    page.wait_text("Read the second half.").await?;
    start(page, "/").await?;
    page.choose_in_menu(Text("Collapse all")).await?;
    start(page, "/?b#plans").await?;
    page.wait_visible(fold).await?;
    page.wait_true("the section to be folded", is_hidden).await?;
    start(page, "/").await?;
    page.choose_in_menu(Text("Expand all")).await?;
    start(page, "/?c#plans").await?;
    page.wait_text("Read the second half.").await
}

pub(crate) async fn searches_the_whole_notebook(page: &Page) -> Outcome {
    start(page, "/").await?;
    page.fill(Css("#_search"), "neural netwrok").await?;
    page.wait_text("Search instead for").await?;
    page.wait_visible(Css("#_content .excerpt mark")).await?;
    page.screenshot("large-found").await?;
    page.press("Escape").await?;
    page.wait_url("/").await?;
    page.wait_text("600 papers").await
}

pub(crate) async fn keeps_filters_and_order_in_the_url(page: &Page) -> Outcome {
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

pub(crate) async fn opens_a_link_to_any_entry(page: &Page) -> Outcome {
    start(page, "/?q=T3").await?;
    page.wait_visible(Css("#_content article.term")).await?;
    let id = page.evaluate("return document.querySelector('#_content article.term').id").await?;
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
    // A heading far away has an anchor too.
    page.click(Css(".contents > li:last-child > a")).await?;
    page.wait_true(
        "the last heading to be in sight",
        "const all = document.querySelectorAll('#_content section');
         return [...all].some(line => line.matches('[data-target]') && line.getBoundingClientRect().top < innerHeight)",
    )
    .await
}

pub(crate) async fn fetches_a_missing_outline_again(page: &Page) -> Outcome {
    let outline = super::outline(page).await?;
    for fault in [Fault::Status(500), Fault::Truncated, Fault::Html] {
        page.site.set_fault(&outline, fault);
        page.open("/").await?;
        touch_until(page, "a way out", "document.body.innerText.includes('Try again')").await?;
        page.wait_text("600 papers").await?;
    }
    page.site.clear_fault(&outline);
    page.click(Css(".failed button")).await?;
    page.wait_ready().await?;
    page.wait_visible(ENTRIES).await
}

pub(crate) async fn cites_a_paper_far_down(page: &Page) -> Outcome {
    start(page, "/").await?;
    page.wait_visible(ENTRIES).await?;
    page.evaluate(
        "scrollTo({ top: document.documentElement.scrollHeight * 0.7, behavior: 'instant' }); return 1",
    )
    .await?;
    page.wait_true(
        "a paper to come into sight",
        // In one script: rows are rendered again when more of them arrive.
        "const paper = [...document.querySelectorAll('#_content article.paper:not(.loading)')].find(paper => {
           const at = paper.getBoundingClientRect(); return at.top > 0 && at.top < innerHeight * 0.9 });
         if (!paper) return false;
         window.paper = paper.querySelector('[data-field=title]').textContent;
         paper.querySelector('.cite').click();
         return true",
    )
    .await?;
    let title = page.evaluate("return window.paper").await?;
    page.wait_text(&format!("Cite: {}", title.as_str().unwrap_or_default())).await?;
    page.wait_text("IEEE").await
}

pub(crate) async fn shows_a_large_notebook_in_a_table(page: &Page) -> Outcome {
    start(page, "/?view=table").await?;
    let rows = Css(".paper-table tbody tr");
    page.wait_count(rows, 100).await?;
    page.wait_text("Show more (500 remaining)").await?;
    page.click(Css(".paper-table [data-action=more]")).await?;
    page.wait_count(rows, 200).await?;
    let filled = "return [...document.querySelectorAll('.paper-table tbody td')].some(cell => cell.innerText.length > 100)";
    // Rows are rendered before their texts arrive.
    page.wait_true("cells that say something", filled).await?;
    let name = "const name = document.querySelectorAll('.paper-table tbody th > a')[150]; name.scrollIntoView(); return name.textContent";
    let name = page.evaluate(name).await?;
    page.evaluate("document.querySelectorAll('.paper-table tbody th > a')[150].click(); return 1").await?;
    page.wait_true(
        "its notes in sight",
        &format!(
            "const here = document.querySelector('[data-target]'); const at = here?.getBoundingClientRect();
             return here?.textContent.includes({name}) && at.top >= 0 && at.top < innerHeight"
        ),
    )
    .await?;
    page.wait_hidden(Css(".paper-table")).await
}
