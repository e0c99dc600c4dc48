//! The page before any script runs: the same views, as HTML.

use leptos::prelude::*;
use notebook_core::notebook::language::direction;
use notebook_core::notebook::{Id, Notebook};
use notebook_core::relations::Linked;
use notebook_core::search::Index;

use super::Failure;
use super::beside::Beside;
use super::machines::{self, Site};
use crate::view::{self, Card, ids};

/// Fills the frame that Trunk made (`index.html`) with the page of a notebook. `beside` is where what is fetched
/// later is, `pages` leads to pages of all that does not stand on this one, `linked` is the notebook with links between its
/// entries.
///
/// # Errors
/// A frame without the places that are filled.
pub fn prerender(
    frame: &str,
    site: &Site,
    linked: &Linked,
    index: Index,
    beside: &Beside,
    pages: &[(String, String)],
) -> Result<String, Failure> {
    let root = format!("<div id=\"{}\"></div>", ids::ROOT);
    let notebook = site.notebook();
    let address = site.address();
    let card = Card { title: &notebook.title, description: notebook.description.as_deref(), address };
    let head = head(notebook, &card, &site.alternates());
    let lang = notebook.language();
    let first = beside.first.as_ref();
    let relate = |id: &Id| linked.relations.of(id);
    let page = html(|| view::before(&linked.notebook, index, first, &relate, pages));
    // The same marks as comments that are written as HTML asks. Text holds none.
    let page = page.replace("<!>", "<!---->");
    let menus = unmarked(view::beside);
    let page = format!("<div id=\"{}\"{}>{page}</div>{menus}", ids::ROOT, beside.attributes());
    let data = format!(
        "  {}\n  </body>",
        machines::linked(site, first.unwrap_or(notebook).walk().map(|(_, entry)| entry))
    );
    let mut whole = frame.to_owned();
    for (place, with) in [
        ("<html lang=\"en\"", format!("<html lang=\"{lang}\" dir=\"{}\"", direction(lang))),
        ("<title>Notebook</title>", head),
        (root.as_str(), page),
        ("</body>", data),
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
    let Linked { notebook, relations } = Linked::of(notebook);
    html(|| view::before(&notebook, Index::build(&notebook), None, &|id| relations.of(id), &[]))
}

fn html<V: IntoView>(view: impl FnOnce() -> V) -> String {
    let owner = Owner::new();
    owner.with(|| view().into_view().to_html())
}

/// What nothing hydrates needs no marks. Text holds none: its `<` is `&lt;`.
pub(super) fn unmarked<V: IntoView>(view: impl FnOnce() -> V) -> String {
    html(view).replace("<!>", "")
}

/// What stands in the head of a page; its links have no end.
pub(super) fn head(notebook: &Notebook, card: &Card, alternates: &[(&'static str, &str, &str)]) -> String {
    unmarked(|| view::head(notebook, card, alternates)).replace("</link>", "")
}

/// A page that stands by itself, without the frame. `base` is where its links are meant from, if not from its place.
pub(super) fn standing(notebook: &Notebook, base: &str, head: &str, style: &str, body: &str) -> String {
    let lang = notebook.language();
    let base = if base.is_empty() { String::new() } else { format!("<base href=\"{base}\">\n    ") };
    format!(
        "<!doctype html>\n<html lang=\"{lang}\" dir=\"{}\">\n  <head>\n    <meta charset=\"utf-8\">\n    \
         {base}<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n    \
         <meta name=\"color-scheme\" content=\"light dark\">\n    {head}\n    \
         <link rel=\"icon\" href=\"icon.svg\" type=\"image/svg+xml\">\n<style>{style}</style></head>\n  \
         <body>{body}</body>\n</html>\n",
        direction(lang)
    )
}
