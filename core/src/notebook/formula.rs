//! Typeset formulas: presentation `MathML`, reduced to elements and attributes that cannot run code or load anything.
//!
//! A formula is a flat list of nodes in document order. A node contains text, or the number of its direct children, which
//! follow it. A flat list keeps formulas inside deep lists and quotes within the nesting limit of JSON parsers.

use serde::ser::{Serialize, SerializeMap, Serializer};

use super::names::named_enum;

/// Greatest nesting depth of elements.
///
/// Chosen: an eighth of the depth at which Blink's HTML parser stops nesting (512), which leaves the rest to the lists and
/// quotes around the formula. Deeper formulas are shown as source; with a larger limit, the browser could flatten a page.
const MAX_DEPTH: usize = 64;

named_enum! {
    /// An element of a formula.
    #[expect(missing_docs, reason = "the names are those of MathML")]
    MathElement:
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

named_enum! {
    /// An attribute of a formula's element. Names that begin with `data-` are hooks for the style sheet of the page.
    #[expect(missing_docs, reason = "the names are those of MathML")]
    MathAttribute:
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
    Color = "mathcolor",
    Variant = "mathvariant",
    MaxSize = "maxsize",
    MinSize = "minsize",
    MovableLimits = "movablelimits",
    ScriptLevel = "scriptlevel",
    Stretchy = "stretchy",
    Symmetric = "symmetric",
    Width = "width",
}

/// An element of a formula with its attributes and content.
#[derive(Clone, Debug, PartialEq)]
pub struct MathNode {
    /// The element.
    pub element: MathElement,
    /// Attributes with their values.
    pub attributes: Vec<(MathAttribute, String)>,
    /// Text or children.
    pub content: MathContent,
}

/// Content of an element of a formula.
#[derive(Clone, Debug, PartialEq)]
pub enum MathContent {
    /// Text.
    Text(String),
    /// Number of direct children, which follow in the list, each with its own descendants.
    Nodes(u32),
}

/// A typeset formula. An empty one is not typeset: the page shows its TeX source.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Formula(Vec<MathNode>);

/// An event of a depth-first walk over a formula.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum MathEvent<'a> {
    /// Start of an element.
    Open(&'a MathNode),
    /// End of the last element that is open.
    Close(MathElement),
}

impl Formula {
    /// Builds a formula. Returns `None` if children are missing or the nodes are nested more than 64 deep. O(nodes).
    pub fn new(nodes: Vec<MathNode>) -> Option<Self> {
        let formula = Self(nodes);
        let (mut depth, mut max_depth) = (0_usize, 0);
        formula.walk(&mut |step| match step {
            MathEvent::Open(_) => {
                depth += 1;
                max_depth = max_depth.max(depth);
            }
            MathEvent::Close(_) => depth -= 1,
        });
        (depth == 0 && max_depth <= MAX_DEPTH).then_some(formula)
    }

    /// Returns true if the formula is not typeset.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Returns the nodes in document order.
    pub fn nodes(&self) -> &[MathNode] {
        &self.0
    }

    /// Calls `visit` at the start and end of every element, in document order.
    pub fn walk<'a>(&'a self, visit: &mut dyn FnMut(MathEvent<'a>)) {
        // Open elements with the number of children that are still to come.
        let mut open: Vec<(MathElement, u32)> = Vec::new();
        for node in &self.0 {
            visit(MathEvent::Open(node));
            let child_count = if let MathContent::Nodes(count) = node.content { count } else { 0 };
            open.push((node.element, child_count));
            while let Some((element, _)) = open.pop_if(|(_, remaining)| *remaining == 0) {
                visit(MathEvent::Close(element));
                if let Some((_, remaining)) = open.last_mut() {
                    *remaining = remaining.saturating_sub(1);
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

impl Serialize for MathNode {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(Some(self.attributes.len() + 1))?;
        match &self.content {
            MathContent::Text(text) => map.serialize_entry(self.element.name(), text)?,
            MathContent::Nodes(count) => map.serialize_entry(self.element.name(), count)?,
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
        for attribute in MathAttribute::ALL {
            fields.insert(attribute.name().to_owned(), serde_json::json!({ "type": "string" }));
        }
        for element in MathElement::ALL {
            let content = serde_json::json!({ "type": ["string", "integer"], "minimum": 0 });
            fields.insert(element.name().to_owned(), content);
        }
        schemars::json_schema!({
            "description": "A typeset formula: the elements of its MathML in document order. An object has a field named after \
                the element, with its text or the number of its direct children, and a field for each attribute.",
            "type": "array",
            "items": { "type": "object", "properties": fields, "additionalProperties": false, "minProperties": 1 }
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn row(child_count: u32) -> MathNode {
        MathNode {
            element: MathElement::Row,
            attributes: Vec::new(),
            content: MathContent::Nodes(child_count),
        }
    }

    fn letter(text: &str) -> MathNode {
        MathNode {
            element: MathElement::Identifier,
            attributes: Vec::new(),
            content: MathContent::Text(text.into()),
        }
    }

    #[test]
    fn closes_elements_after_their_last_child() {
        let nodes = vec![row(2), letter("a"), row(1), letter("b"), row(0), letter("c")];
        let formula = Formula::new(nodes).unwrap();
        let mut outline = String::new();
        formula.walk(&mut |step| match step {
            MathEvent::Open(MathNode { content: MathContent::Text(text), .. }) => outline.push_str(text),
            MathEvent::Open(_) => outline.push('('),
            MathEvent::Close(MathElement::Row) => outline.push(')'),
            MathEvent::Close(_) => {}
        });
        assert_eq!(outline, "(a(b))()c");
    }

    #[test]
    fn rejects_missing_children_and_excessive_depth() {
        assert_eq!(Formula::new(vec![row(2), letter("a")]), None);
        assert_eq!(Formula::new(vec![row(u32::MAX)]), None);
        let deep = |depth| std::iter::repeat_n(row(1), depth).chain([letter("a")]).collect();
        assert!(Formula::new(deep(MAX_DEPTH - 1)).is_some());
        assert_eq!(Formula::new(deep(MAX_DEPTH)), None);
        assert_eq!(Formula::new(deep(1_000_000)), None);
    }
}
