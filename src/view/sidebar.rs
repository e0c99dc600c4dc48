//! The sidebar: table of contents and filters. On narrow screens it is a popover.

use leptos::prelude::*;
use notebook_core::notebook::{Notebook, Section, plain};
use notebook_core::search::{Answer, Corpus};

use super::controls::{button, text_link};
use super::element::{El, el};
use super::section::HeadingCounter;
use super::{filters, ids, strings};

/// Renders the sidebar.
pub(super) fn sidebar(notebook: &Notebook, corpus: StoredValue<Corpus>, answer: Memo<Answer>) -> El {
    let close = button()
        .class("close")
        .attr("popovertarget", ids::SIDEBAR)
        .attr("popovertargetaction", "hide")
        .text(strings::CLOSE);
    let contents = contents(&notebook.sections, &mut HeadingCounter::default(), answer);
    let filters = el("div")
        .class("filters")
        .child(el("h2").text(strings::FILTERS))
        .child(filters::facets(corpus, answer));
    el("nav")
        .attr("id", ids::SIDEBAR)
        .attr("popover", "auto")
        .attr("aria-label", strings::SIDEBAR)
        .child(el("div").class("sidebar-top").child(close))
        .child(el("h2").text(strings::CONTENTS))
        .child(el("ul").class("contents").children(contents))
        .child(filters)
}

/// Renders links to sections. A section without results is hidden.
fn contents(sections: &[Section], headings: &mut HeadingCounter, answer: Memo<Answer>) -> Vec<El> {
    let mut item = |section: &Section| {
        let heading = headings.next_index();
        let title = plain(&section.title);
        // Entries before the first heading have no title that could be a link.
        if title.is_empty() {
            return None;
        }
        let is_hidden = move || answer.with(|answer| !answer.shows_heading(heading));
        let subsections = contents(&section.sections, headings, answer);
        let subsections = (!subsections.is_empty()).then(|| el("ul").children(subsections));
        let link = text_link(format!("#{}", section.id), &title);
        Some(el("li").hidden(is_hidden).child(link).children(subsections))
    };
    sections.iter().filter_map(&mut item).collect()
}
