//! A notebook in a single file, opened from a disk.

use super::{marked, papers};
use crate::page::{Css, Page, Text};
use crate::problem::Outcome;

pub(crate) async fn works_from_a_disk(page: &Page) -> Outcome {
    if page.engine() == "webkit" {
        // Its driver opens no files. A host with this file alone is the next best.
        page.open("/").await?;
    } else {
        page.open_file(&crate::single_file()).await?;
    }
    page.wait_ready().await?;
    papers(page, 7).await?;
    page.fill(Css("#_search"), "transfomer").await?;
    page.wait_text("Search instead for").await?;
    marked(page, "transformer").await?;
    page.click(Text("Cite")).await?;
    page.wait_text("@misc{").await?;
    page.reload().await?;
    page.wait_ready().await?;
    page.wait_text("Search instead for").await?;
    page.wait_true(
        "every picture to be there",
        "const images = [...document.querySelectorAll('main img[src]')];
         return images.length > 0 && images.every(image => image.loading === 'lazy' || image.naturalWidth > 0)",
    )
    .await
}
