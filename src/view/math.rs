//! Formulas. Elements of `MathML` stand in a namespace of their own, so they are no `El`; the same strokes write
//! them as HTML at the desk and make them in the browser.

use leptos::prelude::*;
use leptos::tachys::html::attribute::Attribute;
use leptos::tachys::html::attribute::any_attribute::AnyAttribute;
use leptos::tachys::hydration::Cursor;
use leptos::tachys::renderer::{CastFrom, Rndr, types};
use leptos::tachys::view::{Mountable, Position, PositionState};
use notebook_core::notebook::{Content, Formula, Step};

use super::element::{El, el};
use super::strings;

const NAMESPACE: &str = "http://www.w3.org/1998/Math/MathML";

/// Letters of a formula inside text that fit into the narrowest window: a longer one scrolls by itself.
const SHORT: usize = 24;

/// A formula; its source where that is all there is. Only the source is text that search counts in.
pub(super) fn math(tex: &str, display: bool, formula: &Formula) -> El {
    if formula.is_empty() {
        let class = if display { "math display unset" } else { "math unset" };
        return el("code").class(class).attr("title", strings::UNSET).text(tex);
    }
    let letters = formula.nodes().iter().map(|node| match &node.content {
        Content::Text(text) => text.chars().count(),
        Content::Nodes(_) => 0,
    });
    let math = Math { tex: tex.to_owned(), display, formula: formula.clone() };
    let shown = el("span").child(math.into_any());
    if display {
        shown.class("formula display").attr("tabindex", "0")
    } else if letters.sum::<usize>() > SHORT {
        shown.class("formula long").attr("tabindex", "0")
    } else {
        shown.class("formula")
    }
}

struct Math {
    tex: String,
    display: bool,
    formula: Formula,
}

/// What a formula is drawn with.
trait Pen {
    fn open(&mut self, name: &'static str);
    fn attribute(&mut self, name: &'static str, value: &str);
    fn text(&mut self, text: &str);
    fn close(&mut self, name: &'static str);
}

impl Math {
    fn draw(&self, pen: &mut dyn Pen) {
        pen.open("math");
        if self.display {
            pen.attribute("display", "block");
        }
        pen.open("semantics");
        pen.open("mrow");
        pen.attribute("data-aside", "");
        self.formula.walk(&mut |step| match step {
            Step::Open(node) => {
                pen.open(node.element.name());
                for (attribute, value) in &node.attributes {
                    pen.attribute(attribute.name(), value);
                }
                if let Content::Text(text) = &node.content {
                    pen.text(text);
                }
            }
            Step::Close(element) => pen.close(element.name()),
        });
        pen.close("mrow");
        pen.open("annotation");
        pen.attribute("encoding", "application/x-tex");
        pen.text(&self.tex);
        for name in ["annotation", "semantics", "math"] {
            pen.close(name);
        }
    }
}

/// Writes HTML.
struct Html<'a> {
    to: &'a mut String,
    /// Whether attributes may still come.
    begins: bool,
}

impl Html<'_> {
    fn begun(&mut self) {
        if std::mem::take(&mut self.begins) {
            self.to.push('>');
        }
    }

    fn escaped(&mut self, text: &str) {
        for c in text.chars() {
            match c {
                '&' => self.to.push_str("&amp;"),
                '<' => self.to.push_str("&lt;"),
                '>' => self.to.push_str("&gt;"),
                '"' => self.to.push_str("&quot;"),
                c => self.to.push(c),
            }
        }
    }
}

impl Pen for Html<'_> {
    fn open(&mut self, name: &'static str) {
        self.begun();
        self.to.extend(["<", name]);
        self.begins = true;
    }

    fn attribute(&mut self, name: &'static str, value: &str) {
        self.to.extend([" ", name, "=\""]);
        self.escaped(value);
        self.to.push('"');
    }

    fn text(&mut self, text: &str) {
        self.begun();
        self.escaped(text);
    }

    fn close(&mut self, name: &'static str) {
        self.begun();
        self.to.extend(["</", name, ">"]);
    }
}

/// Makes nodes: those that are open, the outermost first.
#[derive(Default)]
struct Nodes(Vec<types::Element>);

impl Pen for Nodes {
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
        // The outermost is what was asked for.
        if self.0.len() > 1
            && let (Some(element), Some(parent)) = (self.0.pop(), self.0.last())
        {
            Rndr::insert_node(parent, &element, None);
        }
    }
}

impl Render for Math {
    type State = types::Element;

    fn build(self) -> Self::State {
        let mut nodes = Nodes::default();
        self.draw(&mut nodes);
        nodes.0.pop().unwrap_or_else(|| Rndr::create_element("math", Some(NAMESPACE)))
    }

    fn rebuild(self, state: &mut Self::State) {
        let mut anew = self.build();
        state.insert_before_this(&mut anew);
        state.unmount();
        *state = anew;
    }
}

/// Nothing is added to a formula.
impl AddAnyAttr for Math {
    type Output<New: Attribute> = Self;

    fn add_any_attr<New: Attribute>(self, _: New) -> Self {
        self
    }
}

impl RenderHtml for Math {
    type AsyncOutput = Self;
    type Owned = Self;

    const MIN_LENGTH: usize = 0;

    fn dry_resolve(&mut self) {}

    async fn resolve(self) -> Self {
        self
    }

    fn to_html_with_buf(
        self,
        to: &mut String,
        position: &mut Position,
        _: bool,
        _: bool,
        _: Vec<AnyAttribute>,
    ) {
        self.draw(&mut Html { to, begins: false });
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
