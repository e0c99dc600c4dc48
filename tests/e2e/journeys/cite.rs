//! Citing a paper, and exporting the visible ones.

use super::{MI, papers, start};
use crate::page::{Css, Page, Text};
use crate::problem::Outcome;

const PAPER: &str = "#vision-transformers-origin .cite";

/// The path of the references.
async fn references(page: &Page) -> Outcome<String> {
    let name = page.evaluate("return '/' + document.getElementById('_notebook').dataset.citations").await?;
    Ok(name.as_str().unwrap_or_default().to_owned())
}

pub(crate) async fn cites_a_paper_in_every_style(page: &Page) -> Outcome {
    start(page, "/").await?;
    let references = references(page).await?;
    assert_eq!(page.site.request_count(&references), 0, "references are fetched before one is wanted");
    page.evaluate("navigator.clipboard.writeText = async text => { window.copied = text }; return 1").await?;
    page.click(Css(PAPER)).await?;
    page.wait_text("Cite: Vision Transformers - Origin").await?;
    for form in ["BibTeX", "APA", "IEEE", "Plain text", "This note"] {
        page.wait_text(form).await?;
    }
    // Missing facts are reported as missing.
    page.wait_text("[missing: author]").await?;
    page.screenshot("cite").await?;
    page.click(Css("#_citation button[aria-label='Copy: BibTeX']")).await?;
    page.wait_true("BibTeX to be copied", "return window.copied?.includes('eprint = {2010.11929},')").await?;
    page.wait_text("Copied").await?;
    // The note itself has an address that leads here.
    page.click(Css("#_citation button[aria-label='Copy: This note']")).await?;
    page.wait_true(
        "the note's own reference to be copied",
        "return window.copied.includes(location.origin + '/#vision-transformers-origin')",
    )
    .await?;
    page.press("Escape").await?;
    page.wait_hidden(Css("#_citation")).await?;
    page.wait_focus(Css(PAPER)).await
}

pub(crate) async fn exports_the_visible_papers(page: &Page) -> Outcome {
    start(page, &format!("/{MI}")).await?;
    papers(page, 1).await?;
    page.evaluate(
        "window.against = [];
         addEventListener('securitypolicyviolation', event => window.against.push(event.violatedDirective));
         const make = URL.createObjectURL;
         URL.createObjectURL = blob => { window.saved = blob; return make(blob) };
         return 1",
    )
    .await?;
    page.choose_in_menu(Text("Export 1 paper")).await?;
    page.screenshot("export").await?;
    page.click(Text("BibTeX")).await?;
    page.wait_true("a file", "return Boolean(window.saved)").await?;
    let text = page.evaluate_async("return await window.saved.text()").await?;
    let text = text.as_str().unwrap_or_default();
    assert!(text.contains("@misc{variational-sparse-coding,") && !text.contains("attention"), "{text}");
    page.wait_hidden(Css("#_export")).await?;
    page.choose_in_menu(Text("Export 1 paper")).await?;
    page.evaluate("window.saved = null; return 1").await?;
    page.click(Text("CSL-JSON")).await?;
    page.wait_true("a file", "return Boolean(window.saved)").await?;
    let json = page
        .evaluate_async("return JSON.parse(await window.saved.text()).map(item => item.id).join()")
        .await?;
    assert_eq!(json, "variational-sparse-coding");
    assert_eq!(page.evaluate("return window.against.join()").await?, "", "the page's policy is against it");
    Ok(())
}
