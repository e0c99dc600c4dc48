//! The sidebar: table of contents and filters. On narrow screens each is a sheet, which a button opens.

use leptos::prelude::*;
use notebook_core::notebook::{Section, plain};
use notebook_core::search::Answer;

use super::controls::{button, text_link};
use super::element::{El, el};
use super::page_inputs::PageInputs;
use super::section::HeadingCounter;
use super::strings::Message;
use super::{filters, ids, strings};

/// Renders the sidebar.
pub(super) fn sidebar(inputs: PageInputs, answer: Memo<Answer>) -> El {
    let contents = move || {
        inputs.revision.track();
        let skeleton = inputs.corpus.with_value(|corpus| corpus.skeleton(""));
        let items = contents(&skeleton.sections, &mut HeadingCounter::default(), answer);
        items.into_iter().map(Into::into).collect()
    };
    let contents =
        sheet("nav", ids::SIDEBAR, strings::CONTENTS).child(el("ul").class("contents").reactive(contents));
    let filters = sheet("div", ids::FILTERS, strings::FILTERS)
        .attr("role", "group")
        .child(filters::facets(inputs, answer));
    el("div").class("side").child(contents).child(filters)
}

/// Renders the beginning of a part of the sidebar: its heading, and a button that closes it on narrow screens.
fn sheet(element: &'static str, id: &'static str, title: Message) -> El {
    let close = button()
        .class("close")
        .attr("popovertarget", id)
        .attr("popovertargetaction", "hide")
        .text(strings::CLOSE);
    el(element)
        .attr("id", id)
        .class("sheet")
        .attr("popover", "auto")
        .attr("aria-label", title)
        .child(el("h2").text(title))
        .child(close)
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
