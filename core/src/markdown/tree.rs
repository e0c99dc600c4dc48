//! Step two: blocks and spans from pulldown-cmark's events, without recursion.

use std::borrow::Cow;
use std::ops::Range;

use pulldown_cmark::{CodeBlockKind, CowStr, Event, Options, Parser, Tag};

use super::attributes::Attributes;
use super::finish::{code_of, finish, linked_up, one_line, without_nul};
use super::formulas;
use super::frame::{Frame, Kind, alert_of, align_of, level_of};
use super::html::{self, Element, Inline};
use super::{Address, Written};
use crate::diagnostic::{Code, Diagnostic};
use crate::notebook::{Block, Definition, Formula, Id, Item, Span, Url, UrlUse, plain};

/// Quotes, lists and emphasis nested deeper than this are shown at this depth. JSON readers bound
/// nesting too (`serde_json`: 128 brackets, at most three to a level here), and so do browsers.
const DEEPEST: usize = 30;

/// A top-level piece of the document.
#[derive(Debug)]
pub(super) enum Top {
    /// A heading, not yet a section.
    Heading { level: u8, text: Vec<Span>, attributes: Option<Box<Attributes>>, range: Range<usize> },
    /// A list, each item with its place.
    List { start: Option<u64>, items: Vec<(Item, Range<usize>)> },
    /// A definition list.
    Definitions { items: Vec<Definition>, range: Range<usize> },
    /// Anything else.
    Block { block: Block, range: Range<usize> },
}

/// The whole document.
#[derive(Debug, Default)]
pub(super) struct Tree {
    pub(super) tops: Vec<Top>,
    pub(super) addresses: Vec<Address>,
    pub(super) footnotes: Footnotes,
    pub(super) formulas: Vec<Written>,
}

/// Footnotes referred to, with their places, and those that are there.
#[derive(Debug, Default)]
pub(super) struct Footnotes {
    pub(super) wanted: Vec<(String, Range<usize>)>,
    pub(super) found: Vec<String>,
}

/// Everything people write, but for what changes their words (smart punctuation), and heading
/// attributes: pulldown-cmark 0.13 panics on some headings inside list items when it reads those.
pub(super) fn options() -> Options {
    Options::ENABLE_TABLES
        | Options::ENABLE_FOOTNOTES
        | Options::ENABLE_STRIKETHROUGH
        | Options::ENABLE_TASKLISTS
        | Options::ENABLE_MATH
        | Options::ENABLE_GFM
        | Options::ENABLE_DEFINITION_LIST
}

/// Reads the part `body` of `source`. O(length) beside what pulldown-cmark needs.
pub(super) fn read(source: &str, body: Range<usize>, found: &mut Vec<Diagnostic>) -> Tree {
    let base = body.start;
    let text = source.get(body).unwrap_or_default();
    let (text, bracketed) = match formulas::as_dollars(text) {
        Some((text, bracketed)) => (Cow::Owned(text), bracketed),
        None => (Cow::Borrowed(text), Vec::new()),
    };
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
    for (event, range) in Parser::new_ext(&text, options()).into_offset_iter() {
        let event = formulas::told(event, &range, &bracketed);
        builder.event(event, range.start + base..range.end + base);
    }
    builder.tree
}

struct Builder<'a> {
    source: &'a str,
    found: &'a mut Vec<Diagnostic>,
    /// The document itself.
    root: Frame<'a>,
    /// What is open inside it.
    stack: Vec<Frame<'a>>,
    tree: Tree,
    /// How many links are open: one inside another is not allowed.
    links: usize,
    told_depth: bool,
}

impl<'a> Builder<'a> {
    fn event(&mut self, event: Event<'a>, range: Range<usize>) {
        match event {
            Event::Start(tag) => self.start(tag, range),
            Event::End(_) => {
                self.close_elements();
                self.end();
            }
            Event::Text(text) | Event::Html(text) => self.top().text(&without_nul(text)),
            Event::Code(text) => self.span(Span::Code(without_nul(text).into_string())),
            Event::InlineMath(tex) => self.math(tex, false, range),
            Event::DisplayMath(tex) => self.math(tex, true, range),
            Event::InlineHtml(raw) => self.inline_html(&without_nul(raw), range),
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

    fn math(&mut self, tex: CowStr<'_>, display: bool, range: Range<usize>) {
        let tex = without_nul(tex).replace(['\n', '\r'], " ");
        self.tree.formulas.push(Written { tex: tex.clone(), display, range });
        self.span(Span::Math { tex, display, mathml: Formula::default() });
    }

    fn start(&mut self, tag: Tag<'a>, range: Range<usize>) {
        let kind = match tag {
            Tag::Paragraph => Kind::Para,
            Tag::Heading { level, .. } => Kind::Heading(level_of(level)),
            Tag::BlockQuote(alert) => Kind::Quote(alert.map(alert_of)),
            Tag::CodeBlock(CodeBlockKind::Fenced(lang)) => {
                Kind::Code(without_nul(lang).trim().to_owned().into())
            }
            Tag::CodeBlock(CodeBlockKind::Indented) => Kind::Code(CowStr::Borrowed("")),
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
                let to = if mail { format!("mailto:{dest_url}").into() } else { dest_url };
                Kind::Link(to, without_nul(title))
            }
            Tag::Image { dest_url, title, .. } => Kind::Image(dest_url, without_nul(title)),
        };
        if !kind.is_inline() {
            self.close_elements();
            self.flush();
        }
        self.links += usize::from(matches!(kind, Kind::Link(..)));
        let kind = if self.stack.len() >= DEEPEST && kind.nests() { self.too_deep(&range) } else { kind };
        let mut frame = Frame::new(kind, range);
        if matches!(frame.kind, Kind::Through) {
            frame.take_over(self.top());
        }
        self.stack.push(frame);
    }

    fn too_deep(&mut self, range: &Range<usize>) -> Kind<'a> {
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
                    self.stack.pop().map_or_else(Vec::new, |frame| linked_up(frame.spans, self.links == 0));
                self.span(match element {
                    Element::Sub => Span::Sub(spans),
                    Element::Sup => Span::Sup(spans),
                    Element::Mark => Span::Mark(spans),
                    Element::Kbd => Span::Kbd(spans),
                    Element::Em => Span::Em(spans),
                    Element::Strong => Span::Strong(spans),
                    Element::Strike => Span::Strike(spans),
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
            help:
                "use Markdown, or <sub>, <sup>, <mark>, <kbd>, <em>, <strong>, <s>, <br> without attributes"
                    .into(),
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
                self.top().take_over(&mut frame);
                self.top().blocks.extend(frame.items.into_iter().flat_map(|(item, _)| item.blocks));
            }
            Kind::Para => {
                let spans = finish(frame.spans);
                if !spans.is_empty() {
                    self.block(Block::Para(spans), range);
                }
            }
            Kind::Heading(level) => {
                let mut text = finish(frame.spans);
                one_line(&mut text);
                self.heading(level, text, range);
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
                let text = code_of(&frame.spans);
                self.block(Block::Code { lang: lang.into_string(), text, runs: Vec::new() }, range);
            }
            Kind::Html => self.html_block(&plain(&frame.spans), range),
            Kind::Table(align) => self.block(Block::Table { align, rows: frame.rows }, range),
            Kind::Row => {
                let mut cells = frame.rows.pop().unwrap_or_default();
                self.excess_cells(frame.cells_end..range.end, &mut cells);
                self.top().rows.push(cells);
            }
            Kind::Cell => {
                let cell = finish(frame.spans);
                let row = self.top();
                row.cells_end = range.end;
                match row.rows.last_mut() {
                    Some(cells) => cells.push(cell),
                    None => row.rows.push(vec![cell]),
                }
            }
            Kind::Definitions => self.definitions(frame.definitions, &range),
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
            Kind::Em | Kind::Strong | Kind::Strike => {
                let inner = finish(frame.spans);
                match frame.kind {
                    _ if inner.is_empty() => {}
                    Kind::Em => self.span(Span::Em(inner)),
                    Kind::Strong => self.span(Span::Strong(inner)),
                    _ => self.span(Span::Strike(inner)),
                }
            }
            Kind::Element(_, raw) => {
                self.top().text(&raw);
                self.top().append(frame.spans);
            }
            Kind::Link(to, title) => {
                self.links -= 1;
                self.link(&to, &title, frame.spans, range);
            }
            Kind::Image(to, title) => self.image(&to, &title, plain(&frame.spans).replace('\n', " "), range),
        }
    }

    fn definitions(&mut self, items: Vec<Definition>, range: &Range<usize>) {
        let mut named = Vec::with_capacity(items.len());
        for item in items {
            if item.name.is_empty() {
                // What defines nothing is shown as a quote is.
                self.put_definitions(std::mem::take(&mut named), range);
                if !item.blocks.is_empty() {
                    self.block(Block::Quote { alert: None, blocks: item.blocks }, range.clone());
                }
            } else {
                named.push(item);
            }
        }
        self.put_definitions(named, range);
    }

    fn put_definitions(&mut self, items: Vec<Definition>, range: &Range<usize>) {
        if items.is_empty() {
            return;
        }
        if self.stack.is_empty() {
            self.tree.tops.push(Top::Definitions { items, range: range.clone() });
        } else {
            self.block(Block::Definitions { items }, range.clone());
        }
    }

    fn link(&mut self, to: &str, title: &str, text: Vec<Span>, range: Range<usize>) {
        if let Some(url) = self.address(to, UrlUse::Link, range) {
            let title = title_of(title);
            let mut text = linked_up(text, false);
            if text.is_empty() {
                text.push(Span::Text(url.to_string()));
            }
            self.span(Span::Link { url, title, text });
        } else {
            // Not a link, and not lost: what it says, then where it would have led.
            self.top().append(text);
            self.refused(to, title);
        }
    }

    fn image(&mut self, to: &str, title: &str, alt: String, range: Range<usize>) {
        if let Some(url) = self.address(to, UrlUse::Image, range.clone()) {
            if alt.trim().is_empty() {
                self.found.push(Diagnostic {
                    code: Code::PictureWithoutText,
                    range,
                    message: format!("the picture `{url}` has no text for those who do not see it"),
                    help: "write what it shows between the brackets: `![what it shows](...)`".into(),
                });
            }
            let title = title_of(title);
            self.span(Span::Image { url, title, alt, size: None });
        } else {
            self.top().text(&alt);
            self.refused(to, title);
        }
    }

    fn refused(&mut self, to: &str, title: &str) {
        for said in [to, &title.replace('\n', " ")].into_iter().filter(|said| !said.is_empty()) {
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

    /// Cells beyond the last column are dropped by the rules of tables: they go to the last cell.
    fn excess_cells(&self, range: Range<usize>, cells: &mut [Vec<Span>]) {
        let excess = self.source.get(range).unwrap_or_default();
        let excess = excess.trim_matches(|c: char| c == '|' || c.is_whitespace());
        if let Some(last) = cells.last_mut().filter(|_| !excess.is_empty()) {
            let bar = if last.is_empty() { "" } else { " | " };
            let mut frame = Frame::new(Kind::Cell, 0..0);
            frame.append(std::mem::take(last));
            frame.text(&format!("{bar}{}", excess.replace('\0', "\u{fffd}")));
            *last = finish(frame.spans, true);
        }
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
        if text.trim().is_empty() {
            return;
        }
        if !unclosed {
            self.html_as_text(range.clone());
        }
        // As any text: white space around lines does not count, an empty line parts paragraphs.
        let lines: Vec<&str> = text.lines().map(str::trim).collect();
        for lines in lines.split(|line| line.is_empty()).filter(|lines| !lines.is_empty()) {
            let spans = finish(vec![Span::Text(lines.join("\n"))], true);
            self.block(Block::Para(spans), range.clone());
        }
    }

    fn heading(&mut self, level: u8, mut text: Vec<Span>, range: Range<usize>) {
        if self.stack.is_empty() {
            let heading = self.source.get(range.clone()).unwrap_or_default();
            let attributes = Attributes::take(heading, &mut text);
            self.tree.tops.push(Top::Heading { level, text, attributes, range });
        } else {
            // Inside a quote or item no attribute has a meaning: the braces are text.
            self.block(Block::Heading { id: Id::from(""), level, text }, range);
        }
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

    fn top(&mut self) -> &mut Frame<'a> {
        self.stack.last_mut().unwrap_or(&mut self.root)
    }
}

/// What stands in quotes behind an address, on one line.
fn title_of(written: &str) -> Option<String> {
    (!written.is_empty()).then(|| written.replace('\n', " "))
}
