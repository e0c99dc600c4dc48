//! The stack of open elements while a document is parsed, and conversions from pulldown-cmark's types.

use std::ops::Range;

use pulldown_cmark::{Alignment, BlockQuoteKind, CowStr, HeadingLevel};

use super::html::{BlockElement, HtmlTag, InlineElement};
use crate::notebook::{Alert, Align, Block, Definition, ListItem, Span};

/// An element that is open, with what it holds so far.
#[derive(Debug)]
pub(super) struct OpenElement<'a> {
    pub(super) kind: ElementKind<'a>,
    pub(super) range: Range<usize>,
    pub(super) spans: Vec<Span>,
    pub(super) blocks: Vec<Block>,
    pub(super) items: Vec<(ListItem, Range<usize>)>,
    pub(super) rows: Vec<Vec<Vec<Span>>>,
    pub(super) definitions: Vec<Definition>,
    /// The first row of a table of HTML is its head.
    pub(super) has_head: bool,
    /// End of the last cell of a row, as a byte offset.
    pub(super) cells_end: usize,
    /// Number of top-level parts before it.
    pub(super) parts_before: usize,
}

#[derive(Debug)]
pub(super) enum ElementKind<'a> {
    Root,
    /// Too deep to be an element of its own: what it holds goes to its parent.
    Passthrough,
    Para,
    Heading(u8),
    Quote(Option<Alert>),
    List(Option<u64>),
    Item(Option<bool>),
    Code(CowStr<'a>),
    Html,
    Table(Vec<Align>),
    Row,
    Cell,
    Definitions,
    DefinitionTitle,
    Definition,
    Footnote(String),
    Em,
    Strong,
    Strike,
    HtmlInline(InlineElement, Box<HtmlTag>),
    HtmlBlock(BlockElement, Box<HtmlTag>),
    Link(CowStr<'a>, CowStr<'a>),
    Image(CowStr<'a>, CowStr<'a>),
}

impl<'a> OpenElement<'a> {
    pub(super) fn new(kind: ElementKind<'a>, range: Range<usize>) -> Self {
        Self {
            cells_end: range.end,
            kind,
            range,
            spans: Vec::new(),
            blocks: Vec::new(),
            items: Vec::new(),
            rows: Vec::new(),
            definitions: Vec::new(),
            has_head: false,
            parts_before: 0,
        }
    }

    /// Continues in the buffer of another element. An element that is too deep takes its parent's buffer and gives it back at
    /// its end: copying its content at every level would take quadratic time.
    pub(super) fn take_over(&mut self, other: &mut Self) {
        self.spans = std::mem::take(&mut other.spans);
        self.blocks = std::mem::take(&mut other.blocks);
    }

    pub(super) fn text(&mut self, text: &str) {
        match self.spans.last_mut() {
            Some(Span::Text(last)) => last.push_str(text),
            _ if text.is_empty() => {}
            _ => {
                // Most paragraphs are one run of text.
                self.spans.reserve_exact(usize::from(self.spans.is_empty()));
                self.spans.push(Span::Text(text.to_owned()));
            }
        }
    }

    pub(super) fn append(&mut self, spans: Vec<Span>) {
        append(&mut self.spans, spans);
    }
}

/// Appends spans; two runs of text beside each other become one.
pub(super) fn append(to: &mut Vec<Span>, spans: Vec<Span>) {
    for span in spans {
        match (span, to.last_mut()) {
            (Span::Text(text), Some(Span::Text(last))) => last.push_str(&text),
            (Span::Text(text), _) if text.is_empty() => {}
            (span, _) => to.push(span),
        }
    }
}

impl ElementKind<'_> {
    pub(super) fn is_inline(&self) -> bool {
        matches!(
            self,
            Self::Em | Self::Strong | Self::Strike | Self::HtmlInline(..) | Self::Link(..) | Self::Image(..)
        )
    }

    /// Returns true if elements of this kind can be nested without limit.
    pub(super) fn nests(&self) -> bool {
        matches!(
            self,
            Self::Quote(_)
                | Self::List(_)
                | Self::Item(_)
                | Self::Definitions
                | Self::Definition
                | Self::Footnote(_)
                | Self::Em
                | Self::Strong
                | Self::Strike
                | Self::Image(..)
        )
    }

    pub(super) fn holds_blocks(&self) -> bool {
        match self {
            Self::Root | Self::Item(_) | Self::Quote(_) | Self::Definition | Self::Footnote(_) => true,
            Self::HtmlBlock(element, _) => *element != BlockElement::Pre,
            _ => false,
        }
    }

    pub(super) fn is_html(&self) -> bool {
        matches!(self, Self::HtmlInline(..) | Self::HtmlBlock(..))
    }
}

pub(super) fn level_of(level: HeadingLevel) -> u8 {
    match level {
        HeadingLevel::H1 => 1,
        HeadingLevel::H2 => 2,
        HeadingLevel::H3 => 3,
        HeadingLevel::H4 => 4,
        HeadingLevel::H5 => 5,
        HeadingLevel::H6 => 6,
    }
}

pub(super) fn alert_of(kind: BlockQuoteKind) -> Alert {
    match kind {
        BlockQuoteKind::Note => Alert::Note,
        BlockQuoteKind::Tip => Alert::Tip,
        BlockQuoteKind::Important => Alert::Important,
        BlockQuoteKind::Warning => Alert::Warning,
        BlockQuoteKind::Caution => Alert::Caution,
    }
}

pub(super) fn align_of(alignment: Alignment) -> Align {
    match alignment {
        Alignment::None => Align::None,
        Alignment::Left => Align::Left,
        Alignment::Center => Align::Center,
        Alignment::Right => Align::Right,
    }
}
