//! The status line of the notebook's data: loading, or why it could not be loaded.

use leptos::prelude::*;

use super::action::Action;
use super::controls::action_button;
use super::element::{el, reactive};
use super::ids;
use super::strings::{self, Message};

/// State of the notebook's data.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum LoadState {
    /// The data is being loaded.
    Loading,
    /// The data is loaded.
    Ready,
    /// The data could not be loaded. The sentence says why.
    Failed(String),
    /// Some entries could not be fetched, and will be requested again.
    EntriesDelayed,
    /// The data file that the page names is gone: there is a newer version of the page.
    Outdated,
}

/// Renders the live regions, still empty: screen readers announce only changes of elements that exist already.
pub fn live_regions() -> Vec<AnyView> {
    vec![
        el("div").attr("id", ids::STATUS).into(),
        el("div").attr("id", ids::UPDATED).attr("role", "status").into(),
        el("p").attr("id", ids::ANNOUNCEMENT).class("visually-hidden").attr("role", "status").into(),
    ]
}

/// Renders the state of the data, and a way out of an error. Empty once the data is loaded.
pub fn loading_status(state: Signal<LoadState>) -> AnyView {
    reactive(move || match state.get() {
        LoadState::Ready => Vec::new(),
        LoadState::Loading => {
            vec![el("p").class("loading").attr("role", "status").text(strings::DATA_LOADING).into()]
        }
        LoadState::EntriesDelayed => {
            vec![el("p").attr("role", "status").text(strings::ENTRIES_DELAYED).into()]
        }
        LoadState::Failed(reason) => error(reason, Action::RetryData, strings::RETRY),
        LoadState::Outdated => error(strings::OUTDATED, Action::Reload, strings::RELOAD),
    })
}

fn error(reason: impl Into<String>, remedy: Action, label: Message) -> Vec<AnyView> {
    let remedy = action_button(remedy).text(label);
    vec![el("div").class("failed").attr("role", "alert").child(el("p").text(reason)).child(remedy).into()]
}
