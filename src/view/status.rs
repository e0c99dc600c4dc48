//! Loading, and what went wrong with it.

use leptos::prelude::*;

use super::Action;
use super::element::{el, live};
use super::strings::{self, Word};

/// Where the notebook's data is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Loading {
    /// On its way.
    Waiting,
    /// Here.
    Ready,
    /// It could not be had, in a sentence for the reader.
    Failed(String),
    /// What the page names is not there any more: there is a newer page.
    Outdated,
}

/// Says where the data is; nothing once it is here.
pub fn status(loading: Signal<Loading>) -> AnyView {
    live(move || match loading.get() {
        Loading::Ready => Vec::new(),
        Loading::Waiting => {
            vec![el("p").class("waiting").attr("role", "status").text(strings::WAITING).into()]
        }
        Loading::Failed(why) => failed(why, Action::Retry, strings::RETRY),
        Loading::Outdated => failed(strings::OUTDATED, Action::Reload, strings::RELOAD),
    })
}

/// What went wrong, with a way out.
fn failed(why: impl Into<String>, way: Action, name: Word) -> Vec<AnyView> {
    let way = el("button").attr("type", "button").attr(Action::ATTRIBUTE, way.name()).text(name);
    vec![el("div").class("failed").attr("role", "alert").child(el("p").text(why)).child(way).into()]
}
