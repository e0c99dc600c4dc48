//! Formulas and code (`tests/fixtures/typeset.md`): typeset when the site is built, on one page and in chunks alike.

use crate::page::{Css, Page};
use crate::problem::Outcome;

/// Waits until a formula is visible `MathML`, an invalid one shows its source, and code is highlighted.
async fn expect_typeset(page: &Page) -> Outcome {
    page.wait_true(
        "formulas with a box of their own",
        "const shown = [...document.querySelectorAll('#_content math')];
         const inside = shown.flatMap(math => [...math.querySelectorAll('*')]);
         const fraction = document.querySelector('#_content math mfrac')?.getBoundingClientRect();
         return shown.length > 3 && [...shown, ...inside].every(e => e.namespaceURI === 'http://www.w3.org/1998/Math/MathML')
           && fraction.width > 5 && fraction.height > 15",
    )
    .await?;
    page.wait_true(
        "a formula on a line of its own",
        "const math = document.querySelector('#_content math[display=block]').getBoundingClientRect();
         const line = document.querySelector('#_content .formula.display').getBoundingClientRect();
         return math.width > 50 && math.height > 20 && line.width > 250",
    )
    .await?;
    page.wait_visible(Css("#_content code.math.unset")).await?;
    let source = page.text_of(Css("#_content code.math.unset")).await?;
    assert_eq!(source, "\\frac{a}{\\undefinedmacro}");
    page.wait_text("Prices are text: $5, and [so is this].").await?;
    page.wait_true(
        "words of code in more colors than one",
        "const code = document.querySelector('#_content pre[data-lang=python] code');
         const color = name => getComputedStyle(code.querySelector(name)).color;
         return code.textContent.startsWith('def attention(q, k, v):  # scaled\\n')
           && new Set(['.keyword', '.comment', '.string', '.function'].map(color)).size === 4",
    )
    .await
}

/// Waits until a whole formula is highlighted.
async fn marked(page: &Page) -> Outcome {
    page.wait_true(
        "a mark on a formula",
        "return [...(CSS.highlights.get('found') ?? [])].some(range => {
           const at = range.startContainer;
           return at.namespaceURI?.endsWith('MathML') && range.getBoundingClientRect().width > 0 })",
    )
    .await
}

pub(crate) async fn typesets_formulas_and_code(page: &Page) -> Outcome {
    page.open("/").await?;
    expect_typeset(page).await?;
    page.wait_ready().await?;
    expect_typeset(page).await?;
    page.screenshot("typeset").await
}

pub(crate) async fn copies_formulas_as_tex(page: &Page) -> Outcome {
    page.open("/").await?;
    page.wait_ready().await?;
    page.evaluate(
        "addEventListener('copy', event => { window.copied = event.clipboardData.getData('text/plain') });
         const formula = document.querySelector('#_content p math:not([display])');
         window.tex = '$' + formula.querySelector('annotation').textContent + '$';
         getSelection().selectAllChildren(formula.closest('p'));
         return 1",
    )
    .await?;
    page.press("Control+c").await?;
    page.wait_true(
        "the words of a paragraph with its formula as TeX",
        "return window.copied?.includes(window.tex) && /[a-z]{3} /i.test(window.copied.replace(window.tex, ''))",
    )
    .await?;
    page.evaluate(
        "getSelection().selectAllChildren(document.querySelector('#_content p math mi')); return 1",
    )
    .await?;
    page.press("Control+c").await?;
    page.wait_true("a formula of which a part is selected", "return window.copied === window.tex").await?;
    page.evaluate("getSelection().selectAllChildren(document.querySelector('#_content h2')); return 1")
        .await?;
    page.press("Control+c").await?;
    page.wait_true("text without a formula to be left to the browser", "return window.copied === ''").await
}

pub(crate) async fn finds_words_of_a_formula(page: &Page) -> Outcome {
    page.open("/").await?;
    page.wait_ready().await?;
    page.fill(Css("#_search"), "lVert").await?;
    page.wait_url("/?q=lVert").await?;
    page.wait_text("\\mathcal{L}(\\theta)").await?;
    page.wait_no_text("Matrices").await?;
    marked(page).await?;
    page.screenshot("typeset-found").await?;
    // A formula does not shift the highlights around it.
    page.fill(Css("#_search"), "nobody can set").await?;
    super::marked(page, "nobody").await
}

pub(crate) async fn scrolls_wide_blocks_by_themselves(page: &Page) -> Outcome {
    page.open_narrow("/", 390, 900).await?;
    page.wait_true(
        "formulas and code to scroll, and the page to fit 390 px",
        "const page = document.querySelector('iframe').contentDocument;
         const wide = name => [...page.querySelectorAll(name)].some(e => e.scrollWidth > e.clientWidth + 50);
         return 'ready' in page.documentElement.dataset && page.documentElement.scrollWidth <= 390
           && wide('.formula.display') && wide('.formula.long') && wide('pre') && wide('.table')",
    )
    .await?;
    page.screenshot("typeset-narrow").await
}

pub(crate) async fn typesets_entries_from_chunks_alike(page: &Page) -> Outcome {
    page.open("/?q=undefinedmacro").await?;
    page.wait_true(
        "the page to be ready",
        "document.dispatchEvent(new Event('touchstart')); return 'ready' in document.documentElement.dataset",
    )
    .await?;
    page.wait_visible(Css("#_content .prose math")).await?;
    expect_typeset(page).await?;
    page.fill(Css("#_search"), "lVert").await?;
    page.wait_visible(Css("#_content .prose math")).await?;
    marked(page).await?;
    page.screenshot("typeset-large").await
}
