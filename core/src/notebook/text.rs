//! Text as a tree: [`Block`]s of [`Span`]s, from which HTML, JSON, Markdown and the search index are derived.
//!
//! JSON is short where text is common: a paragraph is a bare array of its spans, plain text a bare string.
//!
//! Whoever walks text uses the iterators of this module ([`Block::for_each_inner`], [`Block::for_each_line_mut`],
//! [`Span::children`]), so that a new kind of block or span has to be added to the walk once.

use std::borrow::Cow;

use serde::{Serialize, Serializer};

use super::{Formula, Id, Token, Url};

/// A block of text: a paragraph, a list, a table.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(remote = "Self", rename_all = "lowercase")]
pub enum Block {
    /// A paragraph that opens with a label: `Purpose: how can we ...`.
    Field {
        /// Text before the colon.
        label: String,
        /// Common name of the labels with this meaning, if it differs from the label: see [`column_name`].
        #[serde(default, rename = "in", skip_serializing_if = "Option::is_none")]
        column: Option<String>,
        /// Text after the colon.
        text: Vec<Span>,
    },
    /// A heading inside a quote or list item. All other headings are sections.
    Heading {
        /// Anchor of the heading.
        id: Id,
        /// Level, 1 to 6.
        level: u8,
        /// Text of the heading.
        text: Vec<Span>,
    },
    /// A quotation, or an alert (`> [!NOTE]`).
    Quote {
        /// Kind of alert; `None` for a quotation.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        alert: Option<Alert>,
        /// Quoted text.
        blocks: Vec<Block>,
    },
    /// A list.
    List {
        /// First number of a numbered list; `None` for bullets.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        start: Option<u64>,
        /// Items in order.
        items: Vec<ListItem>,
    },
    /// A code block.
    Code {
        /// Info string after the opening fence: `rust`, `python title="a.py"`.
        #[serde(default, skip_serializing_if = "String::is_empty")]
        lang: String,
        /// The code, with `\n` line ends.
        text: String,
        /// Tokens for syntax highlighting; empty if the language is unknown.
        #[serde(default, rename = "runs", skip_serializing_if = "Vec::is_empty")]
        tokens: Vec<Token>,
    },
    /// A table; its first row is the head.
    Table {
        /// Alignment of each column.
        align: Vec<Align>,
        /// Rows of cells, the head first. Every row has as many cells as `align`.
        rows: Vec<Vec<Vec<Span>>>,
    },
    /// A list of definitions outside a glossary.
    Definitions {
        /// Definitions in order.
        items: Vec<Definition>,
    },
    /// The text of a footnote, at its place in the source.
    Footnote {
        /// Label that [`Span::Footnote`] refers to.
        label: String,
        /// Text of the footnote.
        blocks: Vec<Block>,
    },
    /// Blocks that a reader unfolds under a summary: `<details>`.
    Fold {
        /// Summary, which is shown while it is closed; empty if the author wrote none.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        summary: Vec<Span>,
        /// Open from the start.
        #[serde(default, skip_serializing_if = "std::ops::Not::not")]
        open: bool,
        /// Hidden content.
        blocks: Vec<Block>,
    },
    /// Blocks that are aligned, or written in a direction of their own: `<div align="center">`, `<p dir="rtl">`.
    Group {
        /// Alignment of the blocks.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        align: Option<Align>,
        /// The direction they are written in.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        dir: Option<TextDirection>,
        /// The blocks.
        blocks: Vec<Block>,
    },
    /// A thematic break.
    Rule {},
    /// A paragraph. In JSON it is the bare array of its spans.
    #[cfg_attr(feature = "schema", schemars(untagged))]
    Para(Vec<Span>),
}

/// One item of a list.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct ListItem {
    /// State of its check box; `None` if it has none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub checked: Option<bool>,
    /// Content of the item.
    pub blocks: Vec<Block>,
}

/// A term and its definition in a list outside a glossary.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Definition {
    /// The defined term.
    pub name: Vec<Span>,
    /// The definition.
    pub blocks: Vec<Block>,
}

/// Kind of an alert. GitHub has these five: <https://docs.github.com/en/get-started/writing-on-github>.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "lowercase")]
#[expect(missing_docs, reason = "the names are those of GitHub")]
pub enum Alert {
    Note,
    Tip,
    Important,
    Warning,
    Caution,
}

/// Alignment of a table column.
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

/// The direction that text is written in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "lowercase")]
pub enum TextDirection {
    /// From left to right.
    Ltr,
    /// From right to left.
    Rtl,
    /// That of its first letter.
    Auto,
}

impl TextDirection {
    /// The value of the HTML attribute `dir`.
    pub fn name(self) -> &'static str {
        match self {
            Self::Ltr => "ltr",
            Self::Rtl => "rtl",
            Self::Auto => "auto",
        }
    }
}

/// Inline text: plain, emphasized, a link, a formula.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(remote = "Self", rename_all = "lowercase")]
pub enum Span {
    /// Emphasis.
    Em(Vec<Span>),
    /// Strong emphasis.
    Strong(Vec<Span>),
    /// Deleted text: `<del>`.
    Strike(Vec<Span>),
    /// Subscript: `<sub>`.
    Sub(Vec<Span>),
    /// Superscript: `<sup>`.
    Sup(Vec<Span>),
    /// Highlighted text: `<mark>`.
    Mark(Vec<Span>),
    /// Keyboard input: `<kbd>`.
    Kbd(Vec<Span>),
    /// Inserted: `<ins>`.
    Ins(Vec<Span>),
    /// An abbreviation: `<abbr title="...">`.
    Abbr {
        /// Expansion of the abbreviation.
        title: String,
        /// Visible text.
        text: Vec<Span>,
    },
    /// A place that links can lead to, not shown: `<a name="...">`.
    Anchor(Id),
    /// Inline code.
    Code(String),
    /// A formula.
    Math {
        /// TeX source without delimiters.
        tex: String,
        /// True for a displayed formula, false for an inline one.
        #[serde(default, skip_serializing_if = "std::ops::Not::not")]
        display: bool,
        /// Typeset form. If it is empty, the page shows the source.
        #[serde(default, skip_serializing_if = "Formula::is_empty")]
        mathml: Formula,
    },
    /// A link.
    Link {
        /// Target of the link.
        url: Url,
        /// Title in quotes after the address.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        title: Option<String>,
        /// Text of the link.
        text: Vec<Span>,
    },
    /// A picture.
    Image {
        /// Address of the picture.
        url: Url,
        /// Title in quotes after the address, shown as a caption.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        title: Option<String>,
        /// Alternative text.
        alt: String,
        /// Dimensions, if they are known.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        size: Option<ImageSize>,
        /// Display options, if the author wrote any.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        display: Option<Box<ImageDisplay>>,
    },
    /// A reference to the footnote with this label.
    Footnote(String),
    /// A hard line break.
    Break {},
    /// Plain text. In JSON it is a bare string. A `\n` is a soft line break.
    #[cfg_attr(feature = "schema", schemars(untagged))]
    Text(String),
}

/// Intrinsic dimensions of a picture, in pixels.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct ImageSize {
    /// Width in pixels.
    pub width: u32,
    /// Height in pixels.
    pub height: u32,
}

/// Display options of a picture: `<img width="50%">`, `<picture>`.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct ImageDisplay {
    /// From side to side.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub width: Option<Length>,
    /// From top to bottom.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub height: Option<Length>,
    /// The picture for dark pages.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub dark: Option<Url>,
}

/// A length as HTML attributes have it: `300` (pixels) or `50%`; at most [`Length::MAX`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[cfg_attr(feature = "schema", schemars(with = "String"))]
#[serde(into = "String")]
pub struct Length {
    number: u16,
    percent: bool,
}

impl Length {
    /// The largest width or height, in pixels or percent. Chosen: anything larger is a mistake.
    pub const MAX: u16 = 10_000;

    /// Reads `300`, `300px` or `50%`; a fraction is dropped.
    pub fn parse(text: &str) -> Option<Self> {
        let text = text.trim();
        let (text, percent) = text.strip_suffix('%').map_or((text, false), |text| (text, true));
        let text = text.strip_suffix("px").filter(|_| !percent).unwrap_or(text).trim_end();
        let whole = text.split_once('.').map_or(text, |(whole, _)| whole);
        let number = whole.parse().ok().filter(|number| (1..=Self::MAX).contains(number))?;
        Some(Self { number, percent })
    }
}

impl std::fmt::Display for Length {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}{}", self.number, if self.percent { "%" } else { "" })
    }
}

impl From<Length> for String {
    fn from(length: Length) -> Self {
        length.to_string()
    }
}

/// Returns the name under which tables and filters collect a label: the column of a [`Block::Field`] if it has one, else
/// the label without its number, because `Observation 2` is an `Observation`.
pub fn column_name<'a>(label: &'a str, column: Option<&'a str>) -> &'a str {
    column.unwrap_or_else(|| strip_number(label))
}

/// Returns a label without the number at its end; a label that is only a number is returned unchanged.
pub(crate) fn strip_number(label: &str) -> &str {
    let bare = label.trim_end_matches(|c: char| c.is_numeric() || c.is_whitespace() || "#.".contains(c));
    if bare.is_empty() { label.trim() } else { bare }
}

/// Matches a span, by shared or mutable reference, and evaluates to the spans inside it: an empty slice if it has none.
macro_rules! children {
    ($span:expr) => {
        match $span {
            Span::Em(inner)
            | Span::Strong(inner)
            | Span::Strike(inner)
            | Span::Sub(inner)
            | Span::Sup(inner)
            | Span::Mark(inner)
            | Span::Kbd(inner)
            | Span::Ins(inner)
            | Span::Abbr { text: inner, .. }
            | Span::Link { text: inner, .. } => inner,
            _ => Default::default(),
        }
    };
}

impl Span {
    /// Returns the spans directly inside this one.
    pub fn children(&self) -> &[Span] {
        children!(self)
    }

    pub(crate) fn children_mut(&mut self) -> &mut [Span] {
        children!(self)
    }

    /// Returns the spans of formatted running text: not those of a link, an abbreviation or the name of a key.
    pub(crate) fn formatted_mut(&mut self) -> Option<&mut Vec<Span>> {
        match self {
            Span::Em(inner)
            | Span::Strong(inner)
            | Span::Strike(inner)
            | Span::Sub(inner)
            | Span::Sup(inner)
            | Span::Mark(inner)
            | Span::Ins(inner) => Some(inner),
            _ => None,
        }
    }
}

/// Matches a block, by shared or mutable reference, and calls `visit` with each list of blocks directly inside it.
macro_rules! visit_inner {
    ($block:expr, $visit:expr) => {
        match $block {
            Block::Quote { blocks, .. }
            | Block::Footnote { blocks, .. }
            | Block::Fold { blocks, .. }
            | Block::Group { blocks, .. } => $visit(blocks),
            Block::List { items, .. } => items.into_iter().for_each(|ListItem { blocks, .. }| $visit(blocks)),
            Block::Definitions { items } => {
                for Definition { blocks, .. } in items {
                    $visit(blocks);
                }
            }
            Block::Para(_)
            | Block::Field { .. }
            | Block::Heading { .. }
            | Block::Code { .. }
            | Block::Table { .. }
            | Block::Rule {} => {}
        }
    };
}

/// Matches a block, by shared or mutable reference, and calls `visit` with each line of spans directly in it.
macro_rules! visit_lines {
    ($block:expr, $visit:expr) => {
        match $block {
            Block::Para(text) | Block::Field { text, .. } | Block::Heading { text, .. } => $visit(text),
            Block::Fold { summary, .. } => $visit(summary),
            Block::Table { rows, .. } => rows.into_iter().flatten().for_each($visit),
            Block::Definitions { items } => {
                for Definition { name, .. } in items {
                    $visit(name);
                }
            }
            Block::Quote { .. }
            | Block::List { .. }
            | Block::Code { .. }
            | Block::Footnote { .. }
            | Block::Group { .. }
            | Block::Rule {} => {}
        }
    };
}

impl Block {
    /// Calls `visit` with each list of blocks directly inside this block: quoted text, list items, definitions.
    pub fn for_each_inner<'a>(&'a self, mut visit: impl FnMut(&'a [Block])) {
        visit_inner!(self, visit);
    }

    /// Calls `visit` with each list of blocks directly inside this block.
    pub(crate) fn for_each_inner_mut(&mut self, mut visit: impl FnMut(&mut [Block])) {
        visit_inner!(self, visit);
    }

    /// Calls `visit` with each line of spans directly in this block: a paragraph, a heading, the text after a label, the
    /// cells of a table, the names of definitions.
    pub(crate) fn for_each_line<'a>(&'a self, mut visit: impl FnMut(&'a [Span])) {
        visit_lines!(self, |line: &'a Vec<Span>| visit(line));
    }

    /// Calls `visit` with each line of spans directly in this block.
    pub(crate) fn for_each_line_mut(&mut self, mut visit: impl FnMut(&mut Vec<Span>)) {
        visit_lines!(self, &mut visit);
    }
}

/// Returns the text of spans without formatting. Pictures, footnote references and line breaks have none. O(length);
/// borrowed if the spans are a single text.
pub fn plain(spans: &[Span]) -> Cow<'_, str> {
    if let [Span::Text(only)] = spans {
        return Cow::Borrowed(only);
    }
    let mut text = String::new();
    push_plain_text(spans, &mut text);
    Cow::Owned(text)
}

pub(crate) fn push_plain_text(spans: &[Span], to: &mut String) {
    for span in spans {
        match span {
            Span::Text(text) | Span::Code(text) | Span::Math { tex: text, .. } => to.push_str(text),
            other => push_plain_text(other.children(), to),
        }
    }
}

/// Calls `change` with every span, outer spans before the spans inside them. O(spans).
pub(super) fn map_spans(spans: &mut [Span], change: &mut dyn FnMut(&mut Span)) {
    for span in spans {
        change(span);
        map_spans(span.children_mut(), change);
    }
}

/// Calls `change` with every span of some blocks.
pub(super) fn map_spans_in(blocks: &mut [Block], change: &mut dyn FnMut(&mut Span)) {
    for_each_block_mut(blocks, &mut |block| block.for_each_line_mut(|line| map_spans(line, change)));
}

/// Calls `change` with every block, inner blocks before the blocks around them. O(blocks).
pub(super) fn for_each_block_mut(blocks: &mut [Block], change: &mut dyn FnMut(&mut Block)) {
    for block in blocks {
        block.for_each_inner_mut(|inner| for_each_block_mut(inner, change));
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
