//! A builder for HTML elements.
//!
//! Leptos gives every piece of markup a type of its own, and the compiler generates code for each: to hydrate, build, update
//! and print it. This page has many small views that never change after they are built, so it uses one type for all of them,
//! [`El`], with a name, attributes and children. `view!` in four modules would make the first load 73 kB larger
//! (`docs/performance.md`).

use leptos::html;
use leptos::prelude::*;
use leptos::tachys::html::attribute::any_attribute::{AnyAttribute, IntoAnyAttribute};
use leptos::tachys::html::attribute::custom::custom_attribute;

/// An HTML element under construction; [`el`] starts one, and `into()` makes it a view.
pub(super) struct El {
    name: &'static str,
    attributes: Vec<AnyAttribute>,
    children: Vec<AnyView>,
}

/// Creates an element without attributes and children.
pub(super) fn el(name: &'static str) -> El {
    El { name, attributes: Vec::new(), children: Vec::new() }
}

impl El {
    /// Adds an attribute.
    pub(super) fn attr(mut self, name: &'static str, value: impl Into<String>) -> Self {
        let value: String = value.into();
        self.attributes.push(custom_attribute(name, value).into_any_attr());
        self
    }

    /// Adds an attribute if it has a value.
    pub(super) fn attr_opt(self, name: &'static str, value: Option<impl Into<String>>) -> Self {
        match value {
            Some(value) => self.attr(name, value),
            None => self,
        }
    }

    /// Adds the `class` attribute.
    pub(super) fn class(self, value: &'static str) -> Self {
        self.attr("class", value)
    }

    /// Hides the element while a signal is true.
    pub(super) fn hidden(mut self, is_hidden: impl Fn() -> bool + Send + Sync + 'static) -> Self {
        let hidden: Box<dyn Fn() -> Option<&'static str> + Send + Sync> =
            Box::new(move || is_hidden().then_some(""));
        self.attributes.push(custom_attribute("hidden", hidden).into_any_attr());
        self
    }

    /// Adds an attribute that follows signals.
    pub(super) fn reactive_attr(
        mut self,
        name: &'static str,
        value: impl Fn() -> Option<String> + Send + Sync + 'static,
    ) -> Self {
        let value: Box<dyn Fn() -> Option<String> + Send + Sync> = Box::new(value);
        self.attributes.push(custom_attribute(name, value).into_any_attr());
        self
    }

    /// Adds a text node.
    pub(super) fn text(mut self, text: impl Into<String>) -> Self {
        self.children.push(self::text(text));
        self
    }

    /// Adds a child.
    pub(super) fn child(mut self, child: impl Into<AnyView>) -> Self {
        self.children.push(child.into());
        self
    }

    /// Adds the children of a list, or of an `Option`.
    pub(super) fn children<C: Into<AnyView>>(mut self, children: impl IntoIterator<Item = C>) -> Self {
        self.children.extend(children.into_iter().map(Into::into));
        self
    }

    /// Adds children that follow signals.
    pub(super) fn reactive(self, children: impl Fn() -> Vec<AnyView> + Send + Sync + 'static) -> Self {
        self.child(reactive(children))
    }

    /// Adds a text node that follows signals.
    pub(super) fn reactive_text(self, text: impl Fn() -> String + Send + Sync + 'static) -> Self {
        self.reactive(move || vec![self::text(text())])
    }
}

/// Creates views that follow signals.
pub(super) fn reactive(children: impl Fn() -> Vec<AnyView> + Send + Sync + 'static) -> AnyView {
    let children: Box<dyn Fn() -> Vec<AnyView> + Send + Sync> = Box::new(children);
    children.into_any()
}

/// Creates a text node.
pub(super) fn text(text: impl Into<String>) -> AnyView {
    let text: String = text.into();
    text.into_any()
}

impl From<El> for AnyView {
    fn from(El { name, attributes, children }: El) -> Self {
        match name {
            // Void elements have no end tag.
            "br" => html::br().add_any_attr(attributes).into_any(),
            "hr" => html::hr().add_any_attr(attributes).into_any(),
            "img" => html::img().add_any_attr(attributes).into_any(),
            "input" => html::input().add_any_attr(attributes).into_any(),
            "meta" => html::meta().add_any_attr(attributes).into_any(),
            _ => html::custom(name).add_any_attr(attributes).child(children).into_any(),
        }
    }
}
