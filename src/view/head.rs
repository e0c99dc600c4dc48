//! What a page says of itself to browsers, search engines, and whoever shows a link to it.

use leptos::html;
use leptos::prelude::*;
use notebook_core::notebook::{Notebook, Place};

use super::element::{El, el};

/// Where a page is one of a notebook's.
#[derive(Clone, Debug, Default)]
pub struct Card<'a> {
    /// What it is called.
    pub title: &'a str,
    /// One sentence about it.
    pub description: Option<&'a str>,
    /// Its whole address, where that is known.
    pub address: Option<&'a str>,
}

fn meta(key: &'static str, name: &str, content: &str) -> AnyView {
    el("meta").attr(key, name).attr("content", content).into()
}

fn link(rel: &'static str, href: &str) -> El {
    el("link").attr("rel", rel).attr("href", href)
}

/// The title, what a link to the page is shown as (Open Graph, Twitter cards), and where the page belongs.
pub fn head(notebook: &Notebook, card: &Card, alternates: &[(&'static str, &str, &str)]) -> Vec<AnyView> {
    // A title holds text alone: not even the marks that hydration needs between nodes.
    let mut head = vec![html::title().child(card.title.to_owned()).into_any()];
    if let Some(described) = card.description {
        head.push(meta("name", "description", described));
        head.push(meta("property", "og:description", described));
    }
    if let Some(author) = &notebook.author {
        head.push(meta("name", "author", author));
    }
    head.push(meta("property", "og:type", "website"));
    head.push(meta("property", "og:title", card.title));
    head.push(meta("property", "og:site_name", &notebook.title));
    if let Some(address) = card.address {
        head.push(meta("property", "og:url", address));
        head.push(link("canonical", address).into());
    }
    let picture = notebook.image.as_ref().and_then(|image| {
        // A card is shown elsewhere: its picture needs a whole address.
        match (image.place(), card.address) {
            (Place::Web(..), _) => Some(image.to_string()),
            (Place::Beside(path), Some(address)) => Some(format!("{address}{path}")),
            _ => None,
        }
    });
    if let Some(picture) = &picture {
        head.push(meta("property", "og:image", picture));
    }
    head.push(meta(
        "name",
        "twitter:card",
        if picture.is_some() { "summary_large_image" } else { "summary" },
    ));
    // What citation managers read (Highwire Press tags): a page without an author is no source they take.
    if let Some((author, address)) = notebook.author.as_ref().zip(card.address) {
        head.push(meta("name", "citation_title", card.title));
        head.push(meta("name", "citation_author", author));
        head.push(meta("name", "citation_public_url", address));
    }
    for (kind, href, title) in alternates {
        head.push(link("alternate", href).attr("type", *kind).attr("title", *title).into());
    }
    head
}
