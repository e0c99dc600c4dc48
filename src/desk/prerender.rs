//! The page before any script runs: the same views, as HTML.

use leptos::prelude::*;
use notebook_core::notebook::{Notebook, revision};
use notebook_core::query::Query;
use notebook_core::search::Index;

use super::Failure;
use super::beside::Beside;
use crate::view::{self, Search, ids};

/// How the frame asks for the data early.
const PRELOAD: &str = "<link rel=\"preload\" href=\"notebook.json\" as=\"fetch\" crossorigin=\"anonymous\">";

/// Fills the frame that Trunk made (`index.html`) with the page of a notebook. `data` is the JSON
/// beside it: its revision tells the reader whether page and data belong together. `beside` is where
/// what is fetched later is.
///
/// # Errors
/// A frame without the places that are filled.
pub fn prerender(
    frame: &str,
    notebook: &Notebook,
    index: Index,
    data: &str,
    beside: &Beside,
) -> Result<String, Failure> {
    let root = format!("<div id=\"{}\"></div>", ids::ROOT);
    let head = html(|| view::head(notebook));
    let lang = notebook.lang.clone().unwrap_or_else(|| "en".into());
    let lang: String = lang.chars().filter(|c| c.is_ascii_alphanumeric() || *c == '-').collect();
    let (page, data) = match &beside.first {
        None => (page_html(notebook), format!(" data-revision=\"{}\"", revision(data.as_bytes()))),
        Some(first) => (html(|| view::large_before(index, first)), String::new()),
    };
    let page = format!("<div id=\"{}\"{data}{}>{page}</div>", ids::ROOT, beside.attributes());
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
    if beside.first.is_some() {
        // Its data is fetched in parts, when they are wanted.
        whole = whole.replacen(PRELOAD, "", 1);
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
