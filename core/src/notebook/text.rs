//! Text as a tree: [`Block`]s of [`Span`]s. HTML, JSON, Markdown and search all derive from it.
//!
//! In JSON the common case is the short one: a paragraph is a bare array, a run of text a bare string.

use std::borrow::Cow;

use serde::{Serialize, Serializer};

use super::{Formula, Id, Run, Url};

/// A piece of text that stands on its own lines.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(remote = "Self", rename_all = "lowercase")]
pub enum Block {
    /// A paragraph that opens with a label: `Purpose: how can we ...`.
    Field {
        /// What stands before the colon.
        label: String,
        /// What labels of this meaning are called together, where that is not the label itself: see [`column_of`].
        #[serde(default, rename = "in", skip_serializing_if = "Option::is_none")]
        column: Option<String>,
        /// What stands after it.
        text: Vec<Span>,
    },
    /// A heading inside a quote or list item; those of the notebook itself are sections.
    Heading {
        /// Its anchor.
        id: Id,
        /// 1 to 6.
        level: u8,
        /// The heading.
        text: Vec<Span>,
    },
    /// A quotation, or an alert (`> [!NOTE]`).
    Quote {
        /// Which alert, if it is one.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        alert: Option<Alert>,
        /// What is quoted.
        blocks: Vec<Block>,
    },
    /// A list.
    List {
        /// The first number of a numbered list; none for bullets.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        start: Option<u64>,
        /// Its items in order.
        items: Vec<Item>,
    },
    /// A code block.
    Code {
        /// What the author wrote behind the opening fence.
        #[serde(default, skip_serializing_if = "String::is_empty")]
        lang: String,
        /// The code, line ends as `\n`.
        text: String,
        /// What its pieces are; none where that is not known.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        runs: Vec<Run>,
    },
    /// A table; its first row is the head.
    Table {
        /// How each column is aligned.
        align: Vec<Align>,
        /// Rows of cells.
        rows: Vec<Vec<Vec<Span>>>,
    },
    /// A list of definitions outside a glossary.
    Definitions {
        /// In order.
        items: Vec<Definition>,
    },
    /// What a footnote says, where the author wrote it.
    Footnote {
        /// The name that [`Span::Footnote`] refers to.
        label: String,
        /// The note.
        blocks: Vec<Block>,
    },
    /// A rule between parts.
    Rule {},
    /// A paragraph; in JSON the bare array of its spans.
    #[cfg_attr(feature = "schema", schemars(untagged))]
    Para(Vec<Span>),
}

/// One item of a list.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Item {
    /// The state of its check box, where it has one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub checked: Option<bool>,
    /// What it says.
    pub blocks: Vec<Block>,
}

/// A term and its definition in a list outside a glossary.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Definition {
    /// What is defined.
    pub name: Vec<Span>,
    /// Its definition.
    pub blocks: Vec<Block>,
}

/// The five kinds of alert that GitHub knows.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "lowercase")]
#[expect(missing_docs, reason = "the names are the field's own")]
pub enum Alert {
    Note,
    Tip,
    Important,
    Warning,
    Caution,
}

/// How a table column is aligned.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "lowercase")]
#[expect(missing_docs, reason = "the names say it")]
pub enum Align {
    None,
    Left,
    Center,
    Right,
}

/// A run of text inside a block.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(remote = "Self", rename_all = "lowercase")]
pub enum Span {
    /// Emphasis.
    Em(Vec<Span>),
    /// Strong emphasis.
    Strong(Vec<Span>),
    /// Struck out.
    Strike(Vec<Span>),
    /// Lowered: `<sub>`.
    Sub(Vec<Span>),
    /// Raised: `<sup>`.
    Sup(Vec<Span>),
    /// Marked: `<mark>`.
    Mark(Vec<Span>),
    /// A key to press: `<kbd>`.
    Kbd(Vec<Span>),
    /// Code.
    Code(String),
    /// A formula.
    Math {
        /// Its source in TeX.
        tex: String,
        /// On a line of its own.
        #[serde(default, skip_serializing_if = "std::ops::Not::not")]
        display: bool,
        /// As it is set; empty where it is not, and its source is shown.
        #[serde(default, skip_serializing_if = "Formula::is_empty")]
        mathml: Formula,
    },
    /// A link.
    Link {
        /// Where to.
        url: Url,
        /// What the author wrote in quotes behind the address.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        title: Option<String>,
        /// What is shown.
        text: Vec<Span>,
    },
    /// A picture.
    Image {
        /// Where it is.
        url: Url,
        /// What the author wrote in quotes behind the address: its caption.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        title: Option<String>,
        /// What it shows, for those who do not see it.
        alt: String,
        /// How large it is, where that is known.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        size: Option<Size>,
    },
    /// A reference to the footnote of this name.
    Footnote(String),
    /// A line break the author asked for.
    Break {},
    /// Plain text; in JSON a bare string. A `\n` is where the author's line ended.
    #[cfg_attr(feature = "schema", schemars(untagged))]
    Text(String),
}

/// Pixels of a picture, as it is stored.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Size {
    /// From side to side.
    pub width: u32,
    /// From top to bottom.
    pub height: u32,
}

/// What labels of one meaning are called together, in tables and filters: the column of a [`Block::Field`] that has one,
/// else its label without its number, for `Observation 2` is an `Observation`.
pub fn column_of<'a>(label: &'a str, column: Option<&'a str>) -> &'a str {
    column.unwrap_or_else(|| unnumbered(label))
}

/// A label without its number; as it is where it is nothing else.
pub(crate) fn unnumbered(label: &str) -> &str {
    let bare = label.trim_end_matches(|c: char| c.is_numeric() || c.is_whitespace() || "#.".contains(c));
    if bare.is_empty() { label.trim() } else { bare }
}

impl Span {
    /// The spans inside this one.
    pub fn children(&self) -> &[Span] {
        match self {
            Self::Em(inner)
            | Self::Strong(inner)
            | Self::Strike(inner)
            | Self::Sub(inner)
            | Self::Sup(inner)
            | Self::Mark(inner)
            | Self::Kbd(inner)
            | Self::Link { text: inner, .. } => inner,
            _ => &[],
        }
    }

    pub(crate) fn children_mut(&mut self) -> &mut [Span] {
        match self {
            Self::Em(inner)
            | Self::Strong(inner)
            | Self::Strike(inner)
            | Self::Sub(inner)
            | Self::Sup(inner)
            | Self::Mark(inner)
            | Self::Kbd(inner)
            | Self::Link { text: inner, .. } => inner,
            _ => &mut [],
        }
    }
}

/// The words of some spans, without their dress. Pictures and footnote marks have none.
pub fn plain(spans: &[Span]) -> Cow<'_, str> {
    if let [Span::Text(only)] = spans {
        return Cow::Borrowed(only);
    }
    let mut text = String::new();
    push_plain(spans, &mut text);
    Cow::Owned(text)
}

pub(crate) fn push_plain(spans: &[Span], to: &mut String) {
    for span in spans {
        match span {
            Span::Text(text) | Span::Code(text) | Span::Math { tex: text, .. } => to.push_str(text),
            other => push_plain(other.children(), to),
        }
    }
}

/// Shows every span, those around others first, to `change`.
pub(super) fn map_spans(spans: &mut [Span], change: &mut dyn FnMut(&mut Span)) {
    for span in spans {
        change(span);
        map_spans(span.children_mut(), change);
    }
}

/// Shows every span of some blocks to `change`.
pub(super) fn map_spans_in(blocks: &mut [Block], change: &mut dyn FnMut(&mut Span)) {
    map_blocks(blocks, &mut |block| match block {
        Block::Para(text) | Block::Field { text, .. } | Block::Heading { text, .. } => {
            map_spans(text, change);
        }
        Block::Table { rows, .. } => rows.iter_mut().flatten().for_each(|cell| map_spans(cell, change)),
        Block::Definitions { items } => items.iter_mut().for_each(|item| map_spans(&mut item.name, change)),
        _ => {}
    });
}

/// Shows every block, those inside others first, to `change`.
pub(super) fn map_blocks(blocks: &mut [Block], change: &mut dyn FnMut(&mut Block)) {
    for block in blocks {
        match block {
            Block::Quote { blocks, .. } | Block::Footnote { blocks, .. } => map_blocks(blocks, change),
            Block::List { items, .. } => {
                for item in items {
                    map_blocks(&mut item.blocks, change);
                }
            }
            Block::Definitions { items } => {
                for item in items {
                    map_blocks(&mut item.blocks, change);
                }
            }
            _ => {}
        }
        change(block);
    }
}

impl Serialize for Block {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::Para(spans) => spans.serialize(serializer),
            tagged => Self::serialize(tagged, serializer),
        }
    }
}

impl Serialize for Span {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::Text(text) => serializer.serialize_str(text),
            tagged => Self::serialize(tagged, serializer),
        }
    }
}
