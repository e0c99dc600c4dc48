//! How to cite an entry: every form of the reference, each to be copied.

use leptos::prelude::*;

use super::element::{El, el};
use super::strings::{self, Word};
use super::{Action, ids};

/// What is known of the references that a reader asked for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Cite {
    /// They are on their way.
    Waiting,
    /// They did not come.
    Failed,
    /// They are those of another build than the page.
    Outdated,
    /// Those of one entry.
    Ready {
        /// What it is called.
        title: String,
        /// Names and texts of the forms.
        forms: Vec<(String, String)>,
    },
}

/// What stands beside the page and is the same for every notebook: the dialog, which the reader fills and opens, and the
/// menu of forms to save in. Only the desk makes it: the program finds it there.
pub fn beside() -> Vec<AnyView> {
    let dialog = el("dialog").attr("id", ids::CITE).attr("aria-label", strings::CITE);
    vec![export().into(), dialog.into()]
}

/// What stands in the dialog.
pub fn cite(cite: &Cite) -> AnyView {
    let close = el("form").attr("method", "dialog").child(el("button").text(strings::CLOSE));
    el("div").child(close).all(said(cite)).into()
}

fn button(action: Action) -> El {
    el("button").attr("type", "button").attr(Action::ATTRIBUTE, action.name())
}

fn said(cite: &Cite) -> Vec<El> {
    let line = |text: Word| el("p").attr("role", "status").text(text);
    match cite {
        Cite::Waiting => vec![line(strings::REFERENCES_WAIT)],
        Cite::Failed => vec![line(strings::REFERENCES_FAILED), button(Action::Cite).text(strings::RETRY)],
        Cite::Outdated => vec![line(strings::OUTDATED), button(Action::Reload).text(strings::RELOAD)],
        Cite::Ready { title, forms } => {
            let forms = forms.iter().map(|(name, text)| {
                let copy = button(Action::CopyText)
                    .attr("aria-label", strings::COPY_FORM.with(&[name]))
                    .text(strings::COPY);
                el("section").child(el("h3").text(name)).child(copy).child(el("pre").text(text))
            });
            std::iter::once(el("h2").text(strings::CITE_PAPER.with(&[title]))).chain(forms).collect()
        }
    }
}

/// The forms that what is shown can be saved in.
fn export() -> El {
    let forms = strings::forms()
        .into_iter()
        .enumerate()
        .map(|(at, name)| el("li").child(button(Action::Export).attr("value", at.to_string()).text(name)));
    el("div")
        .attr("id", ids::EXPORT)
        .attr("popover", "auto")
        .attr("role", "group")
        .attr("aria-label", strings::EXPORT)
        .child(el("p").text(strings::EXPORT))
        .child(el("ul").all(forms))
        .child(el("p").attr("role", "status"))
}
