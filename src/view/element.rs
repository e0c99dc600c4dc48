//! One type for every element of the page.
//!
//! Leptos makes a type of every piece of markup, and the compiler code for each: hydrating,
//! building, updating, printing. A page of many small views pays for that in the size of the
//! program (one type instead of seventy: see CHANGELOG for the figures), and gains nothing, since
//! almost all of this page never changes. So elements here are values: a name, attributes, children.

use leptos::html;
use leptos::prelude::*;
use leptos::tachys::html::attribute::any_attribute::{AnyAttribute, IntoAnyAttribute};
use leptos::tachys::html::attribute::custom::custom_attribute;

/// An element that is being put together.
pub(super) struct El {
    name: &'static str,
    attributes: Vec<AnyAttribute>,
    children: Vec<AnyView>,
}

/// Begins an element.
pub(super) fn el(name: &'static str) -> El {
    El { name, attributes: Vec::new(), children: Vec::new() }
}

impl El {
    /// An attribute that stays as it is.
    pub(super) fn attr(mut self, name: &'static str, value: impl Into<String>) -> Self {
        let value: String = value.into();
        self.attributes.push(custom_attribute(name, value).into_any_attr());
        self
    }

    /// An attribute that may be absent.
    pub(super) fn maybe(self, name: &'static str, value: Option<impl Into<String>>) -> Self {
        match value {
            Some(value) => self.attr(name, value),
            None => self,
        }
    }

    /// The class.
    pub(super) fn class(self, value: &'static str) -> Self {
        self.attr("class", value)
    }

    /// Hidden while `is` says so.
    pub(super) fn hidden(mut self, is: impl Fn() -> bool + Send + Sync + 'static) -> Self {
        let hidden: Box<dyn Fn() -> Option<&'static str> + Send + Sync> =
            Box::new(move || is().then_some(""));
        self.attributes.push(custom_attribute("hidden", hidden).into_any_attr());
        self
    }

    /// An attribute that changes.
    pub(super) fn live_attr(
        mut self,
        name: &'static str,
        value: impl Fn() -> Option<String> + Send + Sync + 'static,
    ) -> Self {
        let value: Box<dyn Fn() -> Option<String> + Send + Sync> = Box::new(value);
        self.attributes.push(custom_attribute(name, value).into_any_attr());
        self
    }

    /// Text that stays as it is.
    pub(super) fn text(mut self, text: impl Into<String>) -> Self {
        self.children.push(self::text(text));
        self
    }

    /// One more child.
    pub(super) fn child(mut self, child: impl Into<AnyView>) -> Self {
        self.children.push(child.into());
        self
    }

    /// More children: of a list, or one that may be absent.
    pub(super) fn all<C: Into<AnyView>>(mut self, children: impl IntoIterator<Item = C>) -> Self {
        self.children.extend(children.into_iter().map(Into::into));
        self
    }

    /// Children that change.
    pub(super) fn live(self, children: impl Fn() -> Vec<AnyView> + Send + Sync + 'static) -> Self {
        self.child(live(children))
    }

    /// Text that changes.
    pub(super) fn live_text(self, text: impl Fn() -> String + Send + Sync + 'static) -> Self {
        self.live(move || vec![self::text(text())])
    }
}

/// Views that change.
pub(super) fn live(children: impl Fn() -> Vec<AnyView> + Send + Sync + 'static) -> AnyView {
    let children: Box<dyn Fn() -> Vec<AnyView> + Send + Sync> = Box::new(children);
    children.into_any()
}

/// Text by itself.
pub(super) fn text(text: impl Into<String>) -> AnyView {
    let text: String = text.into();
    text.into_any()
}

impl From<El> for AnyView {
    fn from(El { name, attributes, children }: El) -> Self {
        match name {
            // Elements that can hold nothing have no end tag.
            "br" => html::br().add_any_attr(attributes).into_any(),
            "hr" => html::hr().add_any_attr(attributes).into_any(),
            "img" => html::img().add_any_attr(attributes).into_any(),
            "input" => html::input().add_any_attr(attributes).into_any(),
            "meta" => html::meta().add_any_attr(attributes).into_any(),
            _ => html::custom(name).add_any_attr(attributes).child(children).into_any(),
        }
    }
}
