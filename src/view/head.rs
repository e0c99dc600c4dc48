//! Metadata in the head of a page, for browsers, search engines, citation managers and social cards.

use leptos::html;
use leptos::prelude::*;
use notebook_core::notebook::{Notebook, UrlKind};

use super::element::{El, el};

/// Metadata of one page of a site.
#[derive(Clone, Debug, Default)]
pub struct PageMetadata<'a> {
    /// Title of the page.
    pub title: &'a str,
    /// One sentence about the page.
    pub description: Option<&'a str>,
    /// Absolute URL of the page, if it is known.
    pub url: Option<&'a str>,
}

/// Renders the title, the description, and where the page belongs, with Open Graph and Twitter properties for social cards.
///
/// `alternates` are the media type, URL and title of other formats of the page, such as feeds.
pub fn head_elements(
    notebook: &Notebook,
    page: &PageMetadata,
    alternates: &[(&'static str, &str, &str)],
) -> Vec<AnyView> {
    // The content of a title is plain text: a marker for hydration would be shown.
    let mut head = vec![html::title().child(page.title.to_owned()).into_any()];
    if let Some(description) = page.description {
        head.push(meta("name", "description", description));
        head.push(meta("property", "og:description", description));
    }
    if let Some(author) = &notebook.author {
        head.push(meta("name", "author", author));
    }
    head.push(meta("property", "og:type", "website"));
    head.push(meta("property", "og:title", page.title));
    head.push(meta("property", "og:site_name", &notebook.title));
    if let Some(url) = page.url {
        head.push(meta("property", "og:url", url));
        head.push(link("canonical", url).into());
    }
    let image = preview_image(notebook, page.url);
    if let Some(image) = &image {
        head.push(meta("property", "og:image", image));
    }
    let card = if image.is_some() { "summary_large_image" } else { "summary" };
    head.push(meta("name", "twitter:card", card));
    // Citation managers read Highwire Press tags, and ignore a page without an author.
    if let Some((author, url)) = notebook.author.as_ref().zip(page.url) {
        head.push(meta("name", "citation_title", page.title));
        head.push(meta("name", "citation_author", author));
        head.push(meta("name", "citation_public_url", url));
    }
    for (media_type, url, title) in alternates {
        head.push(link("alternate", url).attr("type", *media_type).attr("title", *title).into());
    }
    head
}

/// Returns the absolute URL of the notebook's image: social cards are shown on other sites.
fn preview_image(notebook: &Notebook, page_url: Option<&str>) -> Option<String> {
    let image = notebook.image.as_ref()?;
    match (image.kind(), page_url) {
        (UrlKind::Web(..), _) => Some(image.to_string()),
        (UrlKind::Relative(path), Some(url)) => Some(format!("{url}{path}")),
        _ => None,
    }
}

fn meta(key: &'static str, name: &str, content: &str) -> AnyView {
    el("meta").attr(key, name).attr("content", content).into()
}

fn link(rel: &'static str, url: &str) -> El {
    el("link").attr("rel", rel).attr("href", url)
}
