//! A notebook that is not at the root of its host: `https://example.org/notebook/`.

use super::{marked, start};
use crate::page::{Css, Page};
use crate::problem::Outcome;

pub(crate) async fn works_below_a_path_it_was_built_for(page: &Page) -> Outcome {
    works_at(page, "/notebook/").await
}

pub(crate) async fn works_below_any_path(page: &Page) -> Outcome {
    works_at(page, "/relative/").await
}

/// The client starts, fetches the search, and keeps the address below the path.
async fn works_at(page: &Page, path: &str) -> Outcome {
    start(page, path).await?;
    page.fill(Css("#_search"), "transfomer").await?;
    page.wait_text("Search instead for").await?;
    marked(page, "transformer").await?;
    page.wait_url(&format!("{path}?q=transfomer")).await?;
    page.reload().await?;
    page.wait_ready().await?;
    page.wait_text("Search instead for").await?;
    page.wait_true(
        "every picture to be there",
        "const images = [...document.querySelectorAll('img[src]')];
         return images.length > 0 && images.every(image => image.loading === 'lazy' || image.naturalWidth > 0)",
    )
    .await
}
