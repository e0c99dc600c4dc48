//! A formula as it is set: presentation `MathML`, of elements and attributes that can only show something.
//!
//! It is a list of nodes in the document's order. Each holds text, or says how many of those behind it stand
//! directly inside. A list has no depth, so formulas inside deep lists and quotes stay within what JSON readers allow.

use serde::ser::{Serialize, SerializeMap, Serializer};

/// Elements inside each other at the most: any formula that people write has fewer.
const DEEPEST: usize = 64;

/// An enum of names that JSON and the page share.
macro_rules! names {
    ($(#[$about:meta])* $kind:ident: $($name:ident = $text:literal,)*) => {
        $(#[$about])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        pub enum $kind { $($name,)* }

        impl $kind {
            /// All there are.
            pub const ALL: &[Self] = &[$(Self::$name,)*];

            /// The name in JSON, and on the page.
            pub fn name(self) -> &'static str {
                match self { $(Self::$name => $text,)* }
            }

            /// The one of a name.
            pub fn named(name: &str) -> Option<Self> {
                Self::ALL.iter().copied().find(|known| known.name() == name)
            }
        }
    };
}
pub(super) use names;

names! {
    /// An element of a formula.
    #[expect(missing_docs, reason = "the names are those of MathML")]
    Element:
    Frac = "mfrac",
    Identifier = "mi",
    Number = "mn",
    Operator = "mo",
    Over = "mover",
    Root = "mroot",
    Row = "mrow",
    Space = "mspace",
    Square = "msqrt",
    Sub = "msub",
    SubSup = "msubsup",
    Sup = "msup",
    Table = "mtable",
    Cell = "mtd",
    Text = "mtext",
    Line = "mtr",
    Under = "munder",
    UnderOver = "munderover",
}

names! {
    /// An attribute of such an element. Those that begin with `data-` are this page's own, for its styles.
    #[expect(missing_docs, reason = "the names are those of MathML")]
    Attribute:
    Accent = "accent",
    AccentUnder = "accentunder",
    Align = "data-align",
    Above = "data-above",
    After = "data-after",
    Before = "data-before",
    Columns = "data-columns",
    Small = "data-small",
    Depth = "depth",
    DisplayStyle = "displaystyle",
    Height = "height",
    LargeOp = "largeop",
    LineThickness = "linethickness",
    Background = "mathbackground",
    Colour = "mathcolor",
    Variant = "mathvariant",
    MaxSize = "maxsize",
    MinSize = "minsize",
    MovableLimits = "movablelimits",
    ScriptLevel = "scriptlevel",
    Stretchy = "stretchy",
    Symmetric = "symmetric",
    Width = "width",
}

/// An element of a formula, with what it holds.
#[derive(Clone, Debug, PartialEq)]
pub struct Node {
    /// What it is.
    pub element: Element,
    /// How it is to look.
    pub attributes: Vec<(Attribute, String)>,
    /// What it holds.
    pub content: Content,
}

/// What an element of a formula holds.
#[derive(Clone, Debug, PartialEq)]
pub enum Content {
    /// Text.
    Text(String),
    /// So many of the nodes that follow, each with what it holds.
    Nodes(u32),
}

/// A formula as it is set; empty where its source is all there is.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Formula(Vec<Node>);

/// A part of a formula, as one writes it down.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Step<'a> {
    /// An element begins.
    Open(&'a Node),
    /// The last one that began ends.
    Close(Element),
}

impl Formula {
    /// A formula of nodes; none where one says that it holds more than there are, or where they are too deep.
    pub fn of(nodes: Vec<Node>) -> Option<Self> {
        let formula = Self(nodes);
        let (mut depth, mut deepest) = (0_usize, 0);
        formula.walk(&mut |step| match step {
            Step::Open(_) => {
                depth += 1;
                deepest = deepest.max(depth);
            }
            Step::Close(_) => depth -= 1,
        });
        (depth == 0 && deepest <= DEEPEST).then_some(formula)
    }

    /// Whether there is nothing to show.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Its nodes in the document's order.
    pub fn nodes(&self) -> &[Node] {
        &self.0
    }

    /// Shows to `each` where every element begins and ends.
    pub fn walk<'a>(&'a self, each: &mut dyn FnMut(Step<'a>)) {
        // Elements that wait for what they hold, and for how much of it.
        let mut open: Vec<(Element, u32)> = Vec::new();
        for node in &self.0 {
            each(Step::Open(node));
            let holds = if let Content::Nodes(count) = node.content { count } else { 0 };
            open.push((node.element, holds));
            while let Some((element, _)) = open.pop_if(|(_, left)| *left == 0) {
                each(Step::Close(element));
                if let Some((_, left)) = open.last_mut() {
                    *left = left.saturating_sub(1);
                }
            }
        }
    }
}

impl Serialize for Formula {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_seq(&self.0)
    }
}

impl Serialize for Node {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(Some(self.attributes.len() + 1))?;
        match &self.content {
            Content::Text(text) => map.serialize_entry(self.element.name(), text)?,
            Content::Nodes(count) => map.serialize_entry(self.element.name(), count)?,
        }
        for (attribute, value) in &self.attributes {
            map.serialize_entry(attribute.name(), value)?;
        }
        map.end()
    }
}

#[cfg(feature = "schema")]
impl schemars::JsonSchema for Formula {
    fn schema_name() -> std::borrow::Cow<'static, str> {
        "Formula".into()
    }

    fn json_schema(_: &mut schemars::SchemaGenerator) -> schemars::Schema {
        let mut fields = serde_json::Map::new();
        for attribute in Attribute::ALL {
            fields.insert(attribute.name().to_owned(), serde_json::json!({ "type": "string" }));
        }
        for element in Element::ALL {
            let holds = serde_json::json!({ "type": ["string", "integer"], "minimum": 0 });
            fields.insert(element.name().to_owned(), holds);
        }
        schemars::json_schema!({
            "description": "A formula as it is set: MathML, its elements in the document's order. Each has its name as a \
                field, with its text or the number of elements that stand directly inside, and its attributes.",
            "type": "array",
            "items": { "type": "object", "properties": fields, "additionalProperties": false, "minProperties": 1 }
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn row(holds: u32) -> Node {
        Node { element: Element::Row, attributes: Vec::new(), content: Content::Nodes(holds) }
    }

    fn letter(text: &str) -> Node {
        Node { element: Element::Identifier, attributes: Vec::new(), content: Content::Text(text.into()) }
    }

    #[test]
    fn every_element_ends_where_it_has_what_it_holds() {
        let nodes = vec![row(2), letter("a"), row(1), letter("b"), row(0), letter("c")];
        let formula = Formula::of(nodes).unwrap();
        let mut said = String::new();
        formula.walk(&mut |step| match step {
            Step::Open(Node { content: Content::Text(text), .. }) => said.push_str(text),
            Step::Open(_) => said.push('('),
            Step::Close(Element::Row) => said.push(')'),
            Step::Close(_) => {}
        });
        assert_eq!(said, "(a(b))()c");
    }

    #[test]
    fn what_holds_more_than_there_is_or_has_no_end_is_no_formula() {
        assert_eq!(Formula::of(vec![row(2), letter("a")]), None);
        assert_eq!(Formula::of(vec![row(u32::MAX)]), None);
        let deep = |depth| std::iter::repeat_n(row(1), depth).chain([letter("a")]).collect();
        assert!(Formula::of(deep(DEEPEST - 1)).is_some());
        assert_eq!(Formula::of(deep(DEEPEST)), None);
        assert_eq!(Formula::of(deep(1_000_000)), None);
    }
}
