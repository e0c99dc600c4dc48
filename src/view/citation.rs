//! The citation dialog and the menu of export formats.

use leptos::prelude::*;
use notebook_core::notebook::ExportFormat;

use super::action::Action;
use super::controls::{action_button, close_form};
use super::element::{El, el};
use super::ids;
use super::strings::{self, Message};

/// Content of the citation dialog.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum CitationState {
    /// The citations are being loaded.
    #[default]
    Loading,
    /// The citations could not be loaded.
    Failed,
    /// The citations on the server belong to a newer build than the page.
    Outdated,
    /// The citations of one entry.
    Ready {
        /// Title of the entry.
        title: String,
        /// Name and text of each format.
        formats: Vec<(String, String)>,
    },
}

/// Renders the menu of export formats and the citation dialog, which the client fills and opens.
///
/// Both are the same for every notebook and are only prerendered: they are next to the page that is hydrated, not in it.
pub fn citation_overlays() -> Vec<AnyView> {
    let dialog = el("dialog").attr("id", ids::CITATION).attr("aria-label", strings::CITE);
    vec![export_menu().into(), dialog.into()]
}

/// Renders the content of the citation dialog.
pub fn citation_dialog(citation: &CitationState) -> AnyView {
    el("div").child(close_form()).children(content(citation)).into()
}

fn content(citation: &CitationState) -> Vec<El> {
    let status = |message: Message| el("p").attr("role", "status").text(message);
    match citation {
        CitationState::Loading => vec![status(strings::CITATIONS_LOADING)],
        CitationState::Failed => {
            let retry = action_button(Action::ShowCitation).text(strings::RETRY);
            vec![status(strings::CITATIONS_FAILED), retry]
        }
        CitationState::Outdated => {
            vec![status(strings::OUTDATED), action_button(Action::Reload).text(strings::RELOAD)]
        }
        CitationState::Ready { title, formats } => {
            let formats = formats.iter().enumerate().map(|(at, (name, text))| {
                let copy = action_button(Action::CopyText)
                    .attr("value", at.to_string())
                    .attr("aria-label", strings::COPY_FORMAT.format(&[name]))
                    .text(strings::COPY);
                el("section").child(el("h3").text(name)).child(copy).child(el("pre").text(text))
            });
            std::iter::once(el("h2").text(strings::CITE_TITLE.format(&[title]))).chain(formats).collect()
        }
    }
}

fn export_menu() -> El {
    // A button has the extension of its format.
    let formats = ExportFormat::ALL.into_iter().map(|format| {
        let button = action_button(Action::Export).attr("value", format.extension());
        el("li").child(button.text(strings::export_format(format)))
    });
    el("div")
        .attr("id", ids::EXPORT)
        .class("menu")
        .attr("popover", "auto")
        .attr("role", "group")
        .attr("aria-label", strings::EXPORT_AS)
        .child(el("p").text(strings::EXPORT_AS))
        .child(el("ul").children(formats))
        .child(el("p").attr("role", "status"))
}
