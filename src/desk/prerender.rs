//! The page before any script runs: the same views, as HTML.

use leptos::prelude::*;
use notebook_core::notebook::{Notebook, revision};
use notebook_core::query::Query;

use super::Failure;
use super::search::Places;
use crate::view::{self, Search, ids};

/// Fills the frame that Trunk made (`index.html`) with the page of a notebook. `data` is the JSON
/// beside it: its revision tells the reader whether page and data belong together. `search` is where
/// the full-text search is.
///
/// # Errors
/// A frame without the places that are filled.
pub fn prerender(frame: &str, notebook: &Notebook, data: &str, search: &Places) -> Result<String, Failure> {
    let root = format!("<div id=\"{}\"></div>", ids::ROOT);
    let head = html(|| view::head(notebook));
    let lang = notebook.lang.clone().unwrap_or_else(|| "en".into());
    let lang: String = lang.chars().filter(|c| c.is_ascii_alphanumeric() || *c == '-').collect();
    let page = page_html(notebook);
    let revision = revision(data.as_bytes());
    let page =
        format!("<div id=\"{}\" data-revision=\"{revision}\"{}>{page}</div>", ids::ROOT, search.attributes());
    let mut whole = frame.to_owned();
    for (place, with) in [
        ("<html lang=\"en\"", format!("<html lang=\"{lang}\" dir=\"{}\"", direction(&lang))),
        ("<title>Notebook</title>", head),
        (root.as_str(), page),
    ] {
        if !whole.contains(place) {
            return Err(format!("index.html has no `{place}`, which the notebook fills"));
        }
        whole = whole.replacen(place, &with, 1);
    }
    Ok(whole)
}

/// The page of a notebook, asked nothing.
pub fn page_html(notebook: &Notebook) -> String {
    html(|| view::page(notebook, Signal::stored(Query::default()), Signal::stored(Search::default())).view)
}

fn html<V: IntoView>(view: impl FnOnce() -> V) -> String {
    let owner = Owner::new();
    owner.with(|| view().into_view().to_html())
}

/// Which way a language is written.
fn direction(lang: &str) -> &'static str {
    let main = lang.split('-').next().unwrap_or(lang).to_ascii_lowercase();
    let rtl = ["ar", "arc", "ckb", "dv", "fa", "he", "iw", "ks", "ku", "ps", "sd", "syr", "ug", "ur", "yi"];
    if rtl.contains(&main.as_str()) { "rtl" } else { "ltr" }
}
