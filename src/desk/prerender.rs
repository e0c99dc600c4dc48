//! The page before any script runs: the same views, as HTML.

use leptos::prelude::*;
use notebook_core::notebook::Notebook;
use notebook_core::search::Index;

use super::Failure;
use super::beside::Beside;
use crate::view::{self, ids};

/// Fills the frame that Trunk made (`index.html`) with the page of a notebook. `beside` is where what is fetched
/// later is.
///
/// # Errors
/// A frame without the places that are filled.
pub fn prerender(frame: &str, notebook: &Notebook, index: Index, beside: &Beside) -> Result<String, Failure> {
    let root = format!("<div id=\"{}\"></div>", ids::ROOT);
    // Nothing hydrates a head, so it needs no marks.
    let head = html(|| view::head(notebook)).replace("<!>", "");
    let lang = notebook.lang.clone().unwrap_or_else(|| "en".into());
    let lang: String = lang.chars().filter(|c| c.is_ascii_alphanumeric() || *c == '-').collect();
    let page = html(|| view::before(notebook, index, beside.first.as_ref()));
    let page = format!("<div id=\"{}\"{}>{page}</div>", ids::ROOT, beside.attributes());
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
    html(|| view::before(notebook, Index::build(notebook), None))
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
