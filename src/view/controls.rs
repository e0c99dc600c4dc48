//! Links and buttons that several views share.

use notebook_core::Query;
use notebook_core::query::Facet;

use super::action::Action;
use super::element::{El, el};
use super::strings;

/// Returns a link that asks a query. Search engines are told not to follow it: there are endlessly many.
pub(super) fn query_link(query: &Query) -> El {
    el("a").attr("href", query.print()).attr("rel", "nofollow")
}

/// Returns a link to the papers with one facet value.
pub(super) fn facet_link(facet: Facet, value: &str) -> El {
    query_link(&Query::default().toggled(facet, value))
}

/// Returns a link with a text.
pub(super) fn text_link(href: impl Into<String>, text: &str) -> El {
    el("a").attr("href", href).text(text)
}

/// Returns a button that does nothing by itself.
pub(super) fn button() -> El {
    el("button").attr("type", "button")
}

/// Returns a button that runs an action.
pub(super) fn action_button(action: Action) -> El {
    button().attr(Action::ATTRIBUTE, action.name())
}

/// Returns the form that closes the dialog around it.
pub(super) fn close_form() -> El {
    el("form").attr("method", "dialog").child(el("button").text(strings::CLOSE))
}
