//! Step two: blocks and spans from pulldown-cmark's events, without recursion.

use std::ops::Range;

use linkify::{LinkFinder, LinkKind};
use pulldown_cmark::{
    Alignment, BlockQuoteKind, CodeBlockKind, CowStr, Event, HeadingLevel, Options, Parser, Tag,
};

use super::Address;
use super::html::{self, Element, Inline};
use crate::diagnostic::{Code, Diagnostic};
use crate::notebook::{Alert, Align, Block, Definition, Id, Item, Span, Url, UrlUse, plain};

/// Quotes, lists and emphasis nested deeper than this are shown at this depth. JSON readers bound
/// nesting too (`serde_json`: 128 brackets, at most three to a level here), and so do browsers.
const DEEPEST: usize = 30;

/// A top-level piece of the document.
#[derive(Debug)]
pub(super) enum Top {
    /// A heading, not yet a section.
    Heading { level: u8, text: Vec<Span>, attributes: Attributes, range: Range<usize> },
    /// A list, each item with its place.
    List { start: Option<u64>, items: Vec<(Item, Range<usize>)> },
    /// A definition list.
    Definitions { items: Vec<Definition>, range: Range<usize> },
    /// Anything else.
    Block { block: Block, range: Range<usize> },
}

/// What stands in braces behind a heading.
#[derive(Debug, Default)]
pub(super) struct Attributes {
    pub(super) id: Option<String>,
    pub(super) classes: Vec<String>,
    /// Something else than an id and classes stands there too.
    pub(super) other: bool,
    /// The braces as the author wrote them; empty where there are none.
    pub(super) written: String,
}

/// The whole document.
#[derive(Debug, Default)]
pub(super) struct Tree {
    pub(super) tops: Vec<Top>,
    pub(super) addresses: Vec<Address>,
    pub(super) footnotes: Footnotes,
}

/// Footnotes referred to, with their places, and those that are there.
#[derive(Debug, Default)]
pub(super) struct Footnotes {
    pub(super) wanted: Vec<(String, Range<usize>)>,
    pub(super) found: Vec<String>,
}

/// Everything people write, but for what changes their words (smart punctuation).
fn options() -> Options {
    Options::ENABLE_TABLES
        | Options::ENABLE_FOOTNOTES
        | Options::ENABLE_STRIKETHROUGH
        | Options::ENABLE_TASKLISTS
        | Options::ENABLE_HEADING_ATTRIBUTES
        | Options::ENABLE_MATH
        | Options::ENABLE_GFM
        | Options::ENABLE_DEFINITION_LIST
}

/// Reads the part `body` of `source`. O(length) beside what pulldown-cmark needs.
pub(super) fn read(source: &str, body: Range<usize>, found: &mut Vec<Diagnostic>) -> Tree {
    let base = body.start;
    let text = source.get(body).unwrap_or_default();
    let root = Frame::new(Kind::Root, base..base);
    let mut builder = Builder {
        source,
        found,
        root,
        stack: Vec::new(),
        tree: Tree::default(),
        links: 0,
        told_depth: false,
    };
    for (event, range) in Parser::new_ext(text, options()).into_offset_iter() {
        builder.event(event, range.start + base..range.end + base);
    }
    builder.tree
}

/// An element that is open, with what it holds so far.
#[derive(Debug)]
struct Frame {
    kind: Kind,
    range: Range<usize>,
    spans: Vec<Span>,
    blocks: Vec<Block>,
    items: Vec<(Item, Range<usize>)>,
    rows: Vec<Vec<Vec<Span>>>,
    definitions: Vec<Definition>,
}

#[derive(Debug)]
enum Kind {
    Root,
    /// Too deep to be an element of its own: what it holds goes to its parent.
    Through,
    Para,
    Heading(u8, Attributes),
    Quote(Option<Alert>),
    List(Option<u64>),
    Item(Option<bool>),
    Code(String),
    Html,
    Table(Vec<Align>),
    Row,
    Cell,
    Definitions,
    Name,
    Definition,
    Footnote(String),
    Em,
    Strong,
    Strike,
    Element(Element, String),
    Link(String, String),
    Image(String, String),
}

impl Frame {
    fn new(kind: Kind, range: Range<usize>) -> Self {
        Self {
            kind,
            range,
            spans: Vec::new(),
            blocks: Vec::new(),
            items: Vec::new(),
            rows: Vec::new(),
            definitions: Vec::new(),
        }
    }

    fn text(&mut self, text: &str) {
        match self.spans.last_mut() {
            Some(Span::Text(last)) => last.push_str(text),
            _ if text.is_empty() => {}
            _ => self.spans.push(Span::Text(text.to_owned())),
        }
    }

    fn append(&mut self, spans: Vec<Span>) {
        for span in spans {
            match span {
                Span::Text(text) => self.text(&text),
                other => self.spans.push(other),
            }
        }
    }
}

struct Builder<'a> {
    source: &'a str,
    found: &'a mut Vec<Diagnostic>,
    /// The document itself.
    root: Frame,
    /// What is open inside it.
    stack: Vec<Frame>,
    tree: Tree,
    /// How many links are open: one inside another is not allowed.
    links: usize,
    told_depth: bool,
}

impl Builder<'_> {
    fn event(&mut self, event: Event<'_>, range: Range<usize>) {
        match event {
            Event::Start(tag) => self.start(tag, range),
            Event::End(_) => {
                self.close_elements();
                self.end();
            }
            Event::Text(text) if text.contains('\0') => self.top().text(&text.replace('\0', "\u{fffd}")),
            Event::Text(text) => self.top().text(&text),
            Event::Code(text) => self.span(Span::Code(text.into_string())),
            Event::InlineMath(tex) => self.span(Span::Math { tex: tex.into_string(), display: false }),
            Event::DisplayMath(tex) => self.span(Span::Math { tex: tex.into_string(), display: true }),
            Event::Html(raw) => self.top().text(&raw),
            Event::InlineHtml(raw) => self.inline_html(&raw, range),
            Event::FootnoteReference(label) => {
                self.tree.footnotes.wanted.push((label.to_string(), range));
                self.span(Span::Footnote(label.into_string()));
            }
            Event::SoftBreak => self.top().text("\n"),
            Event::HardBreak => self.span(Span::Break {}),
            Event::Rule => self.block(Block::Rule {}, range),
            Event::TaskListMarker(checked) => {
                let item = self.stack.iter_mut().rev().find_map(|frame| match &mut frame.kind {
                    Kind::Item(state) => Some(state),
                    _ => None,
                });
                if let Some(state) = item {
                    *state = Some(checked);
                }
            }
        }
    }

    fn start(&mut self, tag: Tag<'_>, range: Range<usize>) {
        let kind = match tag {
            Tag::Paragraph => Kind::Para,
            Tag::Heading { level, id, classes, attrs } => {
                let attributes = Attributes {
                    id: id.map(CowStr::into_string),
                    classes: classes.into_iter().map(CowStr::into_string).collect(),
                    other: !attrs.is_empty(),
                    written: String::new(),
                };
                Kind::Heading(level_of(level), attributes)
            }
            Tag::BlockQuote(alert) => Kind::Quote(alert.map(alert_of)),
            Tag::CodeBlock(CodeBlockKind::Fenced(lang)) => Kind::Code(lang.into_string()),
            Tag::CodeBlock(CodeBlockKind::Indented) => Kind::Code(String::new()),
            Tag::HtmlBlock | Tag::MetadataBlock(_) => Kind::Html,
            Tag::List(start) => Kind::List(start),
            Tag::Item => Kind::Item(None),
            Tag::FootnoteDefinition(label) => Kind::Footnote(label.into_string()),
            Tag::DefinitionList => Kind::Definitions,
            Tag::DefinitionListTitle => Kind::Name,
            Tag::DefinitionListDefinition => Kind::Definition,
            Tag::Table(columns) => Kind::Table(columns.into_iter().map(align_of).collect()),
            Tag::TableHead | Tag::TableRow => Kind::Row,
            Tag::TableCell => Kind::Cell,
            Tag::Emphasis => Kind::Em,
            Tag::Strong => Kind::Strong,
            Tag::Strikethrough | Tag::Superscript | Tag::Subscript => Kind::Strike,
            Tag::Link { link_type, dest_url, title, .. } => {
                let mail = link_type == pulldown_cmark::LinkType::Email;
                let to = if mail { format!("mailto:{dest_url}") } else { dest_url.into_string() };
                Kind::Link(to, title.replace('\n', " "))
            }
            Tag::Image { dest_url, title, .. } => Kind::Image(dest_url.into_string(), title.replace('\n', " ")),
        };
        if !kind.is_inline() {
            self.close_elements();
            self.flush();
        }
        self.links += usize::from(matches!(kind, Kind::Link(..)));
        let kind = if self.stack.len() >= DEEPEST && kind.nests() { self.too_deep(&range) } else { kind };
        self.stack.push(Frame::new(kind, range));
    }

    fn too_deep(&mut self, range: &Range<usize>) -> Kind {
        if !self.told_depth {
            self.told_depth = true;
            self.found.push(Diagnostic {
                code: Code::TooDeep,
                range: range.start..range.end.min(range.start + 1),
                message: format!(
                    "more than {DEEPEST} levels of nesting; what is deeper is shown at this level"
                ),
                help: "use fewer levels of quotes, lists or emphasis".into(),
            });
        }
        Kind::Through
    }

    /// Turns loose spans of a tight list item, quote or definition into a paragraph.
    fn flush(&mut self) {
        let frame = self.top();
        if frame.kind.holds_blocks() && !frame.spans.is_empty() {
            let spans = finish(std::mem::take(&mut frame.spans), true);
            let range = frame.range.clone();
            if !spans.is_empty() {
                self.block(Block::Para(spans), range);
            }
        }
    }

    /// An inline element whose end never came is the text it is.
    fn close_elements(&mut self) {
        while let Kind::Element(..) = self.top().kind {
            if let Some(Frame { kind: Kind::Element(_, raw), spans, .. }) = self.stack.pop() {
                self.top().text(&raw);
                self.top().append(spans);
            }
        }
    }

    fn inline_html(&mut self, raw: &str, range: Range<usize>) {
        match html::inline(raw) {
            Inline::Comment => {}
            Inline::Break => self.span(Span::Break {}),
            Inline::Open(element) if self.stack.len() < DEEPEST => {
                self.stack.push(Frame::new(Kind::Element(element, raw.to_owned()), range));
            }
            Inline::Close(element) if matches!(self.top().kind, Kind::Element(open, _) if open == element) => {
                let spans =
                    self.stack.pop().map_or_else(Vec::new, |frame| finish(frame.spans, self.links == 0));
                self.span(match element {
                    Element::Sub => Span::Sub(spans),
                    Element::Sup => Span::Sup(spans),
                    Element::Mark => Span::Mark(spans),
                    Element::Kbd => Span::Kbd(spans),
                });
            }
            _ => {
                self.html_as_text(range);
                self.top().text(raw);
            }
        }
    }

    fn html_as_text(&mut self, range: Range<usize>) {
        self.found.push(Diagnostic {
            code: Code::HtmlAsText,
            range,
            message: "this HTML is shown as the text it is".into(),
            help: "use Markdown, or <sub>, <sup>, <mark>, <kbd>, <br> without attributes".into(),
        });
    }

    fn end(&mut self) {
        self.flush();
        let Some(mut frame) = self.stack.pop() else { return };
        let range = frame.range.clone();
        let linked = self.links == 0;
        let finish = |spans| finish(spans, linked);
        match frame.kind {
            Kind::Root | Kind::Through => {
                let parent = self.top();
                parent.append(frame.spans);
                parent.blocks.append(&mut frame.blocks);
                parent.blocks.extend(frame.items.into_iter().flat_map(|(item, _)| item.blocks));
            }
            Kind::Para => {
                let spans = finish(frame.spans);
                if !spans.is_empty() {
                    self.block(Block::Para(spans), range);
                }
            }
            Kind::Heading(level, attributes) => {
                let mut text = finish(frame.spans);
                one_line(&mut text);
                self.heading(level, text, attributes, range);
            }
            Kind::Quote(alert) => self.block(Block::Quote { alert, blocks: frame.blocks }, range),
            Kind::List(start) if self.stack.is_empty() => {
                self.tree.tops.push(Top::List { start, items: frame.items });
            }
            Kind::List(start) => {
                let items = frame.items.into_iter().map(|(item, _)| item).collect();
                self.block(Block::List { start, items }, range);
            }
            Kind::Item(checked) => {
                self.top().items.push((Item { checked, blocks: frame.blocks }, range));
            }
            Kind::Code(lang) => {
                let mut text = plain(&frame.spans);
                if text.ends_with('\n') {
                    text.pop();
                }
                self.block(Block::Code { lang, text }, range);
            }
            Kind::Html => self.html_block(&plain(&frame.spans), range),
            Kind::Table(align) => self.block(Block::Table { align, rows: frame.rows }, range),
            Kind::Row => {
                let cells = frame.rows.pop().unwrap_or_default();
                self.top().rows.push(cells);
            }
            Kind::Cell => {
                let cell = finish(frame.spans);
                let row = self.top();
                match row.rows.last_mut() {
                    Some(cells) => cells.push(cell),
                    None => row.rows.push(vec![cell]),
                }
            }
            Kind::Definitions if self.stack.is_empty() => {
                self.tree.tops.push(Top::Definitions { items: frame.definitions, range });
            }
            Kind::Definitions => self.block(Block::Definitions { items: frame.definitions }, range),
            Kind::Name => {
                let mut name = finish(frame.spans);
                one_line(&mut name);
                self.top().definitions.push(Definition { name, blocks: Vec::new() });
            }
            Kind::Definition => {
                let parent = self.top();
                match parent.definitions.last_mut() {
                    Some(definition) => definition.blocks.extend(frame.blocks),
                    None => parent.blocks.extend(frame.blocks),
                }
            }
            Kind::Footnote(label) => {
                self.tree.footnotes.found.push(label.clone());
                self.block(Block::Footnote { label, blocks: frame.blocks }, range);
            }
            Kind::Em => self.span(Span::Em(finish(frame.spans))),
            Kind::Strong => self.span(Span::Strong(finish(frame.spans))),
            Kind::Strike => self.span(Span::Strike(finish(frame.spans))),
            Kind::Element(_, raw) => {
                self.top().text(&raw);
                self.top().append(frame.spans);
            }
            Kind::Link(to, title) => {
                self.links -= 1;
                self.link(&to, title, frame.spans, range);
            }
            Kind::Image(to, title) => self.image(&to, title, plain(&frame.spans).replace('\n', " "), range),
        }
    }

    fn link(&mut self, to: &str, title: String, text: Vec<Span>, range: Range<usize>) {
        if let Some(url) = self.address(to, UrlUse::Link, range) {
            let title = (!title.is_empty()).then_some(title);
            let text = if text.is_empty() { vec![Span::Text(url.to_string())] } else { text };
            self.span(Span::Link { url, title, text });
        } else {
            // Not a link, and not lost: what it says, then where it would have led.
            self.top().append(text);
            self.refused(to, &title);
        }
    }

    fn image(&mut self, to: &str, title: String, alt: String, range: Range<usize>) {
        if let Some(url) = self.address(to, UrlUse::Image, range) {
            let title = (!title.is_empty()).then_some(title);
            self.span(Span::Image { url, title, alt });
        } else {
            self.top().text(&alt);
            self.refused(to, &title);
        }
    }

    fn refused(&mut self, to: &str, title: &str) {
        for said in [to, title].into_iter().filter(|said| !said.is_empty()) {
            self.top().text(&format!(" ({said})"));
        }
    }

    fn address(&mut self, to: &str, used_as: UrlUse, range: Range<usize>) -> Option<Url> {
        let url = Url::parse(to);
        match &url {
            Some(url) => self.tree.addresses.push(Address { url: url.clone(), used_as, range }),
            None if to.trim().is_empty() => self.found.push(Diagnostic {
                code: Code::LinkWithoutUrl,
                range,
                message: "this link leads nowhere: its brackets are empty".into(),
                help: "write the address between the brackets, or take the brackets away".into(),
            }),
            None => self.found.push(Diagnostic {
                code: Code::LinkScheme,
                range,
                message: format!("`{to}` is not an address that a link may have; it is shown as text"),
                help: "use http, https, mailto, tel, doi, or an address on this site".into(),
            }),
        }
        url
    }

    fn html_block(&mut self, raw: &str, range: Range<usize>) {
        let (text, unclosed) = html::without_comments(raw);
        if unclosed {
            self.found.push(Diagnostic {
                code: Code::CommentUnclosed,
                range: range.clone(),
                message: "the comment that begins here never ends; it is shown as text".into(),
                help: "end it with `-->`".into(),
            });
        }
        let text = text.trim();
        if text.is_empty() {
            return;
        }
        if !unclosed {
            self.html_as_text(range.clone());
        }
        self.block(Block::Para(vec![Span::Text(text.to_owned())]), range);
    }

    fn heading(&mut self, level: u8, mut text: Vec<Span>, mut attributes: Attributes, range: Range<usize>) {
        if attributes.id.is_some() || attributes.other || !attributes.classes.is_empty() {
            let heading = self.source.get(range.clone()).unwrap_or_default();
            let line = heading.trim_end().trim_end_matches(['=', '-', '#']).trim_end();
            let braces = line.rfind('{').and_then(|at| line.get(at..)).unwrap_or_default();
            braces.clone_into(&mut attributes.written);
        }
        if self.stack.is_empty() {
            self.tree.tops.push(Top::Heading { level, text, attributes, range });
            return;
        }
        // Inside a quote or item no attribute has a meaning: the braces are text.
        if !attributes.written.is_empty() {
            text.push(Span::Text(format!(" {}", attributes.written)));
        }
        self.block(Block::Heading { id: Id::from(""), level, text }, range);
    }

    fn span(&mut self, span: Span) {
        self.top().spans.push(span);
    }

    fn block(&mut self, block: Block, range: Range<usize>) {
        if self.stack.is_empty() {
            self.tree.tops.push(Top::Block { block, range });
        } else {
            self.top().blocks.push(block);
        }
    }

    fn top(&mut self) -> &mut Frame {
        self.stack.last_mut().unwrap_or(&mut self.root)
    }
}

impl Kind {
    fn is_inline(&self) -> bool {
        matches!(
            self,
            Self::Em | Self::Strong | Self::Strike | Self::Element(..) | Self::Link(..) | Self::Image(..)
        )
    }

    /// Whether such elements can stand inside each other without end.
    fn nests(&self) -> bool {
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

    fn holds_blocks(&self) -> bool {
        matches!(self, Self::Root | Self::Item(_) | Self::Quote(_) | Self::Definition | Self::Footnote(_))
    }
}

/// Text as it is shown: no white space around it, bare addresses as links where a link may stand.
fn finish(mut spans: Vec<Span>, linked: bool) -> Vec<Span> {
    if let Some(Span::Text(first)) = spans.first_mut() {
        first.drain(..first.len() - first.trim_start().len());
    }
    if let Some(Span::Text(last)) = spans.last_mut() {
        last.truncate(last.trim_end().len());
    }
    // A list of spans has room for four and mostly holds one: kept, it is cut to size.
    let links =
        |span: &Span| matches!(span, Span::Text(text) if text.is_empty() || (linked && text.contains("://")));
    if !spans.iter().any(links) {
        spans.shrink_to_fit();
        return spans;
    }
    let mut shown = Vec::with_capacity(spans.len());
    for span in spans {
        match span {
            Span::Text(text) if text.is_empty() => {}
            Span::Text(text) if linked && text.contains("://") => linkify(&text, &mut shown),
            other => shown.push(other),
        }
    }
    shown
}

/// What stands on one line of Markdown has no line ends.
fn one_line(spans: &mut [Span]) {
    for span in spans {
        match span {
            Span::Text(text) | Span::Math { tex: text, .. } if text.contains('\n') => {
                *text = text.replace('\n', " ");
            }
            Span::Em(inner)
            | Span::Strong(inner)
            | Span::Strike(inner)
            | Span::Sub(inner)
            | Span::Sup(inner)
            | Span::Mark(inner)
            | Span::Kbd(inner)
            | Span::Link { text: inner, .. } => one_line(inner),
            _ => {}
        }
    }
}

fn linkify(text: &str, to: &mut Vec<Span>) {
    let mut finder = LinkFinder::new();
    finder.kinds(&[LinkKind::Url]);
    for piece in finder.spans(text) {
        let said = piece.as_str().to_owned();
        let url = piece.kind().and_then(|_| Url::parse(&said));
        to.push(match url {
            Some(url) => Span::Link { url, title: None, text: vec![Span::Text(said)] },
            None => Span::Text(said),
        });
    }
}

fn level_of(level: HeadingLevel) -> u8 {
    match level {
        HeadingLevel::H1 => 1,
        HeadingLevel::H2 => 2,
        HeadingLevel::H3 => 3,
        HeadingLevel::H4 => 4,
        HeadingLevel::H5 => 5,
        HeadingLevel::H6 => 6,
    }
}

fn alert_of(kind: BlockQuoteKind) -> Alert {
    match kind {
        BlockQuoteKind::Note => Alert::Note,
        BlockQuoteKind::Tip => Alert::Tip,
        BlockQuoteKind::Important => Alert::Important,
        BlockQuoteKind::Warning => Alert::Warning,
        BlockQuoteKind::Caution => Alert::Caution,
    }
}

fn align_of(alignment: Alignment) -> Align {
    match alignment {
        Alignment::None => Align::None,
        Alignment::Left => Align::Left,
        Alignment::Center => Align::Center,
        Alignment::Right => Align::Right,
    }
}
