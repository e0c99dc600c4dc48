//! Formulas as `MathML`.
//!
//! `MathML` elements have their own namespace, which [`El`] does not know. So a formula is a sequence of calls to an
//! [`ElementSink`]: one writes HTML when the page is prerendered, the other creates DOM nodes in the browser.

use leptos::prelude::*;
use leptos::tachys::html::attribute::Attribute;
use leptos::tachys::html::attribute::any_attribute::AnyAttribute;
use leptos::tachys::hydration::Cursor;
use leptos::tachys::renderer::{CastFrom, Rndr, types};
use leptos::tachys::view::{Mountable, Position, PositionState};
use notebook_core::notebook::{Formula, MathContent, MathEvent};

use super::element::{El, el};
use super::strings;

/// The namespace of `MathML` (<https://www.w3.org/TR/mathml-core/>).
const NAMESPACE: &str = "http://www.w3.org/1998/Math/MathML";

/// Characters of an inline formula that fit into a window of 320 pixels. A longer formula scrolls by itself; otherwise the
/// whole page would.
const MAX_UNSCROLLED_CHARS: usize = 24;

/// Renders a formula, or its TeX source if it could not be typeset. Search positions count the characters of the source only.
pub(super) fn math(tex: &str, display: bool, formula: &Formula) -> El {
    if formula.is_empty() {
        let class = if display { "math display unset" } else { "math unset" };
        return el("code").class(class).attr("title", strings::FORMULA_NOT_RENDERED).text(tex);
    }
    let characters = formula.nodes().iter().map(|node| match &node.content {
        MathContent::Text(text) => text.chars().count(),
        MathContent::Nodes(_) => 0,
    });
    let math = MathmlView { tex: tex.to_owned(), display, formula: formula.clone() };
    let view = el("span").child(math.into_any());
    if display {
        view.class("formula display").attr("tabindex", "0")
    } else if characters.sum::<usize>() > MAX_UNSCROLLED_CHARS {
        view.class("formula long").attr("tabindex", "0")
    } else {
        view.class("formula")
    }
}

/// A formula as a Leptos view: `MathML` with the source as an annotation.
struct MathmlView {
    tex: String,
    display: bool,
    formula: Formula,
}

/// A receiver of elements, in document order.
trait ElementSink {
    /// Starts an element.
    fn open(&mut self, name: &'static str);
    /// Adds an attribute to the element just started.
    fn attribute(&mut self, name: &'static str, value: &str);
    /// Adds a text node.
    fn text(&mut self, text: &str);
    /// Ends the innermost element, which has this name.
    fn close(&mut self, name: &'static str);
}

impl MathmlView {
    /// Sends the formula to a sink.
    fn emit(&self, sink: &mut dyn ElementSink) {
        sink.open("math");
        if self.display {
            sink.attribute("display", "block");
        }
        sink.open("semantics");
        sink.open("mrow");
        sink.attribute("data-aside", "");
        self.formula.walk(&mut |step| match step {
            MathEvent::Open(node) => {
                sink.open(node.element.name());
                for (attribute, value) in &node.attributes {
                    sink.attribute(attribute.name(), value);
                }
                if let MathContent::Text(text) = &node.content {
                    sink.text(text);
                }
            }
            MathEvent::Close(element) => sink.close(element.name()),
        });
        sink.close("mrow");
        sink.open("annotation");
        sink.attribute("encoding", "application/x-tex");
        sink.text(&self.tex);
        for name in ["annotation", "semantics", "math"] {
            sink.close(name);
        }
    }
}

/// Writes HTML.
struct HtmlWriter<'a> {
    html: &'a mut String,
    /// True after the name of a start tag, while attributes can follow.
    is_in_tag: bool,
}

impl HtmlWriter<'_> {
    fn end_tag(&mut self) {
        if std::mem::take(&mut self.is_in_tag) {
            self.html.push('>');
        }
    }

    fn push_escaped(&mut self, text: &str) {
        for c in text.chars() {
            match c {
                '&' => self.html.push_str("&amp;"),
                '<' => self.html.push_str("&lt;"),
                '>' => self.html.push_str("&gt;"),
                '"' => self.html.push_str("&quot;"),
                c => self.html.push(c),
            }
        }
    }
}

impl ElementSink for HtmlWriter<'_> {
    fn open(&mut self, name: &'static str) {
        self.end_tag();
        self.html.extend(["<", name]);
        self.is_in_tag = true;
    }

    fn attribute(&mut self, name: &'static str, value: &str) {
        self.html.extend([" ", name, "=\""]);
        self.push_escaped(value);
        self.html.push('"');
    }

    fn text(&mut self, text: &str) {
        self.end_tag();
        self.push_escaped(text);
    }

    fn close(&mut self, name: &'static str) {
        self.end_tag();
        self.html.extend(["</", name, ">"]);
    }
}

/// Creates DOM nodes. Holds the open elements, outermost first.
#[derive(Default)]
struct DomBuilder(Vec<types::Element>);

impl ElementSink for DomBuilder {
    fn open(&mut self, name: &'static str) {
        self.0.push(Rndr::create_element(name, Some(NAMESPACE)));
    }

    fn attribute(&mut self, name: &'static str, value: &str) {
        if let Some(element) = self.0.last() {
            Rndr::set_attribute(element, name, value);
        }
    }

    fn text(&mut self, text: &str) {
        if let Some(element) = self.0.last() {
            Rndr::insert_node(element, &Rndr::create_text_node(text), None);
        }
    }

    fn close(&mut self, _: &'static str) {
        // The outermost element stays: it is the result.
        if self.0.len() > 1
            && let (Some(element), Some(parent)) = (self.0.pop(), self.0.last())
        {
            Rndr::insert_node(parent, &element, None);
        }
    }
}

impl Render for MathmlView {
    type State = types::Element;

    fn build(self) -> Self::State {
        let mut builder = DomBuilder::default();
        self.emit(&mut builder);
        builder.0.pop().unwrap_or_else(|| Rndr::create_element("math", Some(NAMESPACE)))
    }

    fn rebuild(self, state: &mut Self::State) {
        let mut new = self.build();
        state.insert_before_this(&mut new);
        state.unmount();
        *state = new;
    }
}

/// Ignores attributes: a formula is inside of an [`El`], which takes them.
impl AddAnyAttr for MathmlView {
    type Output<New: Attribute> = Self;

    fn add_any_attr<New: Attribute>(self, _: New) -> Self {
        self
    }
}

impl RenderHtml for MathmlView {
    type AsyncOutput = Self;
    type Owned = Self;

    const MIN_LENGTH: usize = 0;

    fn dry_resolve(&mut self) {}

    async fn resolve(self) -> Self {
        self
    }

    fn to_html_with_buf(
        self,
        html: &mut String,
        position: &mut Position,
        _: bool,
        _: bool,
        _: Vec<AnyAttribute>,
    ) {
        self.emit(&mut HtmlWriter { html, is_in_tag: false });
        *position = Position::NextChild;
    }

    fn hydrate<const FROM_SERVER: bool>(self, cursor: &Cursor, position: &PositionState) -> Self::State {
        match position.get() {
            Position::FirstChild => cursor.child(),
            Position::Current => {}
            _ => cursor.sibling(),
        }
        position.set(Position::NextChild);
        types::Element::cast_from(cursor.current()).unwrap_or_else(|| self.build())
    }

    fn into_owned(self) -> Self {
        self
    }
}
