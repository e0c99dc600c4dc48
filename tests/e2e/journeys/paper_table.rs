//! Papers in a table by the labels of their notes, and compared.

use super::start;
use crate::page::{Css, Page, Text};
use crate::problem::Outcome;

/// Captures the text that a page copies, because a browser under test has no readable clipboard.
const CATCH: &str = "Object.defineProperty(navigator, 'clipboard', { value: { writeText: text => { window.copied = text; return Promise.resolve() } } })";

pub(crate) async fn shows_papers_in_a_table_by_label(page: &Page) -> Outcome {
    start(page, "/").await?;
    page.click(Text("Table")).await?;
    page.wait_url("/?view=table").await?;
    page.wait_count(Css(".paper-table tbody tr"), 7).await?;
    page.wait_hidden(Css("article.paper")).await?;
    let head = page.text_of(Css(".paper-table thead")).await?;
    assert!(head.contains("Problem / Purpose") && head.contains("Other notes"), "{head}");
    page.wait_text("Observation 2: Consistent feature dimension").await?;
    let twice = "const ids = [...document.querySelectorAll('[id]')].map(e => e.id); return ids.length - new Set(ids).size";
    assert_eq!(page.evaluate(twice).await?, 0, "an anchor stands twice on the page");
    page.screenshot("table").await?;
    // It follows the query, and Back undoes each step.
    page.click(Css(".facet a[href*='multi-headed']")).await?;
    page.wait_count(Css(".paper-table tbody tr"), 3).await?;
    page.click(Css("[aria-label='Hide Background']")).await?;
    page.wait_url("/?category=multi-headed-attention-and-transformers&view=table&without=Background").await?;
    page.wait_no_text("Dosovitskiy et al. adapt").await?;
    page.click(Css("[aria-label='Show Background']")).await?;
    page.wait_text("Dosovitskiy et al. adapt").await?;
    page.back().await?;
    page.back().await?;
    page.back().await?;
    page.wait_count(Css(".paper-table tbody tr"), 7).await?;
    // A name leads to the notes.
    page.click(Css(".paper-table a[href='#variational-sparse-coding']")).await?;
    page.wait_url("/#variational-sparse-coding").await?;
    page.wait_visible(Css("#variational-sparse-coding[data-target]")).await?;
    page.wait_hidden(Css(".paper-table")).await
}

pub(crate) async fn copies_a_table_in_three_formats(page: &Page) -> Outcome {
    start(page, "/?category=mechanistic-interpretability&view=table").await?;
    page.wait_visible(Css(".paper-table tbody tr")).await?;
    page.evaluate(CATCH).await?;
    for (form, begin) in
        [("Markdown", "| Paper | "), ("CSV", "\"Paper\",\""), ("LaTeX", "\\begin{tabular}{p{0.")]
    {
        page.click(Css(&format!(".copy-formats [value={form}]"))).await?;
        page.wait_true(form, &format!("return window.copied?.startsWith({begin:?})")).await?;
        let holds = "return window.copied.includes('Variational Sparse Coding') && window.copied.includes('(VAEs) in which')";
        assert_eq!(
            page.evaluate(holds).await?,
            true,
            "{form}: {}",
            page.evaluate("return window.copied").await?
        );
    }
    Ok(())
}

pub(crate) async fn compares_two_papers(page: &Page) -> Outcome {
    start(page, "/?view=table").await?;
    let rows = Css(".paper-table tbody tr");
    page.wait_count(rows, 7).await?;
    page.click(Css(".pick[aria-label*='EfficientFormer']")).await?;
    page.wait_text("Select another paper").await?;
    page.wait_focus(Css(".pick[aria-current]")).await?;
    page.click(Css(".pick[aria-label*='Vision Transformers - Origin']")).await?;
    page.click(Text("Compare 2 papers")).await?;
    page.wait_url(
        "/?compare=efficientformer-vision-transformers-at-mobilenet&compare=vision-transformers-origin",
    )
    .await?;
    page.wait_count(Css(".paper-table thead th"), 2).await?;
    page.wait_text("Problem / Purpose").await?;
    page.wait_text("How can we use a transformer more solely").await?;
    page.screenshot("compare").await?;
    page.resize(390, 844).await?;
    page.screenshot("compare-phone").await?;
    page.open("/?compare=nothing-of-this-name").await?;
    page.wait_text("None of these papers are in this notebook").await?;
    page.click(Text("Show all papers")).await?;
    page.wait_count(rows, 7).await
}
