//! Step two: blocks and spans from pulldown-cmark's events, without recursion.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::ops::Range;

use pulldown_cmark::{CodeBlockKind, CowStr, Event, Parser, Tag};

use super::anchors;
use super::attributes::Attributes;
use super::dialects::unknown_marks::{ReducedMark, UnknownMarks};
use super::dialects::{hidden_lines, logseq_outline, obsidian};
use super::document_parts::{Footnotes, TopLevel};
use super::formulas;
use super::html::BlockElement;
use super::html::folds::{self, DissolvedFold};
use super::inline_text::{
    code_text, join_to_one_line, link_addresses, remove_invisible, trim_and_link, without_nul,
};
use super::likely_mistakes::{self, UnparsedFormulas};
use super::open_element::{ElementKind, OpenElement, alert_of, align_of, level_of};
use super::parsed::{LocatedFormula, LocatedUrl};
use super::parser_options::options;
use super::placeholders;
use super::private_text;
use super::table_papers;
use crate::diagnostic::{Diagnostic, DiagnosticCode};
use crate::notebook::{
    Block, Definition, Formula, Id, IdAllocator, ImageDisplay, ListItem, Span, Url, UrlUse, plain,
};

/// Quotes, lists and emphasis nested deeper than this are shown at this depth. JSON readers bound
/// nesting too (`serde_json`: 128 brackets, at most three to a level here), and so do browsers.
pub(super) const MAX_NESTING: usize = 30;

/// The whole document.
#[derive(Debug, Default)]
pub(super) struct SyntaxTree {
    pub(super) top_level: Vec<TopLevel>,
    /// Folds whose contents are among the top-level pieces.
    pub(super) folds: Vec<DissolvedFold>,
    pub(super) addresses: Vec<LocatedUrl>,
    pub(super) footnotes: Footnotes,
    pub(super) formulas: Vec<LocatedFormula>,
    /// The ids that anchors of HTML have taken.
    pub(super) ids: IdAllocator,
    /// Places that the author named.
    pub(super) anchors: Vec<Id>,
    /// Marks of other programs, not reported yet.
    pub(super) unknown_marks: UnknownMarks,
}

/// Reads the part `body` of `source`. O(length) beside what pulldown-cmark needs.
pub(super) fn read(source: &str, body: Range<usize>, found: &mut Vec<Diagnostic>) -> SyntaxTree {
    let base = body.start;
    let text = source.get(body).unwrap_or_default();
    let hidden = private_text::hide(text);
    let is_hidden = hidden.is_some();
    let text = hidden.as_deref().unwrap_or(text);
    let lines = hidden_lines::hide(text);
    let text = lines.as_ref().map_or(text, |lines| lines.text.as_str());
    let substituted = placeholders::substitute(text);
    let has_placeholders = substituted.is_some();
    let text = substituted.as_deref().unwrap_or(text);
    let (text, bracketed) = match formulas::brackets_to_dollars(text) {
        Some((text, bracketed)) => (Cow::Owned(text), bracketed),
        None => (Cow::Borrowed(text), Vec::new()),
    };
    let root = OpenElement::new(ElementKind::Root, base..base);
    let mut builder = TreeBuilder {
        source,
        body: &text,
        base,
        is_hidden,
        found,
        root,
        stack: Vec::new(),
        tree: SyntaxTree::default(),
        links: 0,
        told_depth: false,
        open_anchors: 0,
        closed_in_paragraph: Vec::new(),
        html_as_text: BTreeMap::new(),
        unparsed_formulas: UnparsedFormulas::default(),
        has_hashes: text.starts_with("# ") || text.starts_with("## ") || text.contains("\n## "),
    };
    for (event, range) in Parser::new_ext(&text, options()).into_offset_iter() {
        let event = formulas::restore_inline(event, &range, &bracketed);
        let event = if has_placeholders { placeholders::restore(event) } else { event };
        builder.event(event, range.start + base..range.end + base);
    }
    builder.close_elements();
    builder.close_html_blocks();
    builder.flush();
    builder.report_html_as_text();
    std::mem::take(&mut builder.unparsed_formulas).report(builder.found);
    let mut tree = builder.tree;
    if let Some(lines) = &lines {
        let kinds = [(ReducedMark::Fence, &lines.fences), (ReducedMark::Property, &lines.properties)];
        for (kind, range) in
            kinds.into_iter().flat_map(|(kind, all)| all.iter().map(move |range| (kind, range)))
        {
            tree.unknown_marks.reduce(kind, &(range.start + base..range.end + base));
        }
    }
    tree.top_level = logseq_outline::headings_from_items(tree.top_level);
    tree.top_level = folds::insert_summaries(tree.top_level, std::mem::take(&mut tree.folds));
    if !tree.anchors.is_empty() {
        tree.top_level = anchors::attach_to_headings(tree.top_level);
    }
    tree
}

pub(super) struct TreeBuilder<'a> {
    source: &'a str,
    /// The input of pulldown-cmark: the body of the source with private text hidden.
    body: &'a str,
    /// Offset of the body in the source, in bytes.
    base: usize,
    is_hidden: bool,
    pub(super) found: &'a mut Vec<Diagnostic>,
    /// The document itself.
    pub(super) root: OpenElement<'a>,
    /// The open elements inside it, outermost first.
    pub(super) stack: Vec<OpenElement<'a>>,
    pub(super) tree: SyntaxTree,
    /// Number of open links: they cannot be nested.
    pub(super) links: usize,
    pub(super) told_depth: bool,
    /// Number of `<a name>` whose end tag is still to come.
    pub(super) open_anchors: usize,
    /// Blocks of HTML whose end tags stand in the open paragraph.
    pub(super) closed_in_paragraph: Vec<BlockElement>,
    /// Markup that is shown as text: the first place and the number, by element.
    pub(super) html_as_text: BTreeMap<String, (Range<usize>, usize)>,
    unparsed_formulas: UnparsedFormulas,
    /// Headings are written with `#`.
    has_hashes: bool,
}

impl<'a> TreeBuilder<'a> {
    fn event(&mut self, event: Event<'a>, range: Range<usize>) {
        match event {
            Event::Start(tag) => self.start(tag, range),
            Event::End(_) => {
                self.close_elements();
                self.close_html_blocks();
                self.end();
                if !self.closed_in_paragraph.is_empty() && !matches!(self.top().kind, ElementKind::Para) {
                    self.close_after_paragraph();
                }
            }
            Event::Text(text) if self.is_hidden => {
                self.top().text(&private_text::without_filler(&without_nul(text)));
            }
            Event::Text(text) | Event::Html(text) => self.top().text(&without_nul(text)),
            Event::Code(text) => self.span(Span::Code(without_nul(text).into_string())),
            Event::InlineMath(tex) if placeholders::is_between_prices(&tex, self.source, &range) => {
                self.top().text(&format!("${}$", without_nul(tex)));
            }
            // GitHub's form for TeX that Markdown would change.
            Event::InlineMath(tex) if tex.len() > 2 && tex.starts_with('`') && tex.ends_with('`') => {
                self.math(tex.trim_matches('`').to_owned().into(), false, range);
            }
            Event::InlineMath(tex) => self.math(tex, false, range),
            Event::DisplayMath(tex) => self.math(tex, true, range),
            Event::InlineHtml(raw) => self.inline_html(&without_nul(raw), &range),
            Event::FootnoteReference(label) => {
                self.tree.footnotes.wanted.push((label.to_string(), range));
                self.span(Span::Footnote(label.into_string()));
            }
            Event::SoftBreak => self.top().text("\n"),
            Event::HardBreak => self.span(Span::Break {}),
            Event::Rule => self.block(Block::Rule {}, range),
            Event::TaskListMarker(checked) => {
                let item = self.stack.iter_mut().rev().find_map(|frame| match &mut frame.kind {
                    ElementKind::Item(state) => Some(state),
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
        self.tree.formulas.push(LocatedFormula { tex: tex.clone(), display, range });
        self.span(Span::Math { tex, display, mathml: Formula::default() });
    }

    fn start(&mut self, tag: Tag<'a>, range: Range<usize>) {
        let kind = match tag {
            Tag::Paragraph => ElementKind::Para,
            Tag::Heading { level, .. } => ElementKind::Heading(level_of(level)),
            Tag::BlockQuote(alert) => ElementKind::Quote(alert.map(alert_of)),
            Tag::CodeBlock(CodeBlockKind::Fenced(lang)) => {
                ElementKind::Code(without_nul(lang).trim().to_owned().into())
            }
            Tag::CodeBlock(CodeBlockKind::Indented) => ElementKind::Code(CowStr::Borrowed("")),
            Tag::HtmlBlock | Tag::MetadataBlock(_) => ElementKind::Html,
            Tag::List(start) => ElementKind::List(start),
            Tag::Item => ElementKind::Item(None),
            Tag::FootnoteDefinition(label) => ElementKind::Footnote(label.into_string()),
            Tag::DefinitionList => ElementKind::Definitions,
            Tag::DefinitionListTitle => ElementKind::DefinitionTitle,
            Tag::DefinitionListDefinition => ElementKind::Definition,
            Tag::Table(columns) => ElementKind::Table(columns.into_iter().map(align_of).collect()),
            Tag::TableHead | Tag::TableRow => ElementKind::Row,
            Tag::TableCell => ElementKind::Cell,
            Tag::Emphasis => ElementKind::Em,
            Tag::Strong => ElementKind::Strong,
            Tag::Strikethrough | Tag::Superscript | Tag::Subscript => ElementKind::Strike,
            Tag::Link { link_type, dest_url, title, .. } => {
                let mail = link_type == pulldown_cmark::LinkType::Email;
                let to = if mail { format!("mailto:{dest_url}").into() } else { dest_url };
                ElementKind::Link(to, without_nul(title))
            }
            Tag::Image { dest_url, title, .. } => ElementKind::Image(dest_url, without_nul(title)),
        };
        if !kind.is_inline() {
            self.close_elements();
            self.flush();
        }
        self.links += usize::from(matches!(kind, ElementKind::Link(..)));
        let kind = if self.stack.len() >= MAX_NESTING && kind.nests() { self.too_deep(&range) } else { kind };
        let mut frame = OpenElement::new(kind, range);
        if matches!(frame.kind, ElementKind::Passthrough) {
            frame.take_over(self.top());
        }
        self.stack.push(frame);
    }

    pub(super) fn too_deep(&mut self, range: &Range<usize>) -> ElementKind<'a> {
        if !self.told_depth {
            self.told_depth = true;
            self.found.push(Diagnostic {
                code: DiagnosticCode::TooDeep,
                range: range.start..range.end.min(range.start + 1),
                message: format!(
                    "more than {MAX_NESTING} levels of nesting; deeper text is shown at this level"
                ),
                help: "use fewer levels of quotes, lists or emphasis".into(),
            });
        }
        ElementKind::Passthrough
    }

    /// Finishes the text of a paragraph or cell.
    fn line(&mut self, spans: Vec<Span>, linked: bool, range: &Range<usize>) -> Vec<Span> {
        let spans = obsidian::marked(trim_and_link(spans, linked));
        for span in &spans {
            if let Span::Text(text) = span {
                self.tree.unknown_marks.look(text, range);
                self.unparsed_formulas.look(text, range);
            }
        }
        spans
    }

    /// Turns loose spans of a tight list item, quote or definition into a paragraph.
    pub(super) fn flush(&mut self) {
        let frame = self.top();
        if frame.kind.holds_blocks() && !frame.spans.is_empty() {
            let spans = std::mem::take(&mut frame.spans);
            let range = frame.range.clone();
            let spans = self.line(spans, true, &range);
            if !spans.is_empty() {
                self.block(Block::Para(spans), range);
            }
        }
    }

    #[allow(
        clippy::too_many_lines,
        reason = "one match over all kinds of elements, whose arms share the closed frame"
    )]
    fn end(&mut self) {
        self.flush();
        let Some(mut frame) = self.stack.pop() else { return };
        let range = frame.range.clone();
        let linked = self.links == 0;
        let trim_and_link = |spans| trim_and_link(spans, linked);
        match frame.kind {
            ElementKind::Root | ElementKind::Passthrough => {
                self.top().take_over(&mut frame);
                self.top().blocks.extend(frame.items.into_iter().flat_map(|(item, _)| item.blocks));
            }
            ElementKind::Para => {
                let spans = self.line(frame.spans, linked, &range);
                if !spans.is_empty() {
                    self.block(Block::Para(spans), range);
                }
            }
            ElementKind::Heading(level) => {
                remove_invisible(&mut frame.spans);
                let mut text = trim_and_link(frame.spans);
                join_to_one_line(&mut text);
                self.heading(level, text, range);
            }
            ElementKind::Quote(None) => self.block(obsidian::callout(frame.blocks), range),
            ElementKind::Quote(alert) => self.block(Block::Quote { alert, blocks: frame.blocks }, range),
            ElementKind::List(start) => self.list(start, frame.items, range),
            ElementKind::Item(checked) => {
                self.top().items.push((ListItem { checked, blocks: frame.blocks }, range));
            }
            ElementKind::Code(lang) => {
                let text = code_text(&frame.spans);
                self.block(Block::Code { lang: lang.into_string(), text, tokens: Vec::new() }, range);
            }
            ElementKind::Html => self.html_block(&plain(&frame.spans), &range),
            ElementKind::Table(align) => self.block(Block::Table { align, rows: frame.rows }, range),
            ElementKind::Row => {
                let mut cells = frame.rows.pop().unwrap_or_default();
                self.excess_cells(frame.cells_end..range.end, &mut cells);
                self.unparsed_formulas.look_at_row(&cells, &range);
                self.top().rows.push(cells);
            }
            ElementKind::Cell => {
                let cell = self.line(frame.spans, linked, &range);
                let row = self.top();
                row.cells_end = range.end;
                match row.rows.last_mut() {
                    Some(cells) => cells.push(cell),
                    None => row.rows.push(vec![cell]),
                }
            }
            ElementKind::Definitions => self.definitions(frame.definitions, &range),
            ElementKind::DefinitionTitle => {
                let mut name = trim_and_link(frame.spans);
                join_to_one_line(&mut name);
                self.top().definitions.push(Definition { name, blocks: Vec::new() });
            }
            ElementKind::Definition => {
                let parent = self.top();
                match parent.definitions.last_mut() {
                    Some(definition) => definition.blocks.extend(frame.blocks),
                    None => parent.blocks.extend(frame.blocks),
                }
            }
            ElementKind::Footnote(label) => {
                self.tree.footnotes.found.push((label.clone(), range.clone()));
                self.block(Block::Footnote { label, blocks: frame.blocks }, range);
            }
            ElementKind::Em | ElementKind::Strong | ElementKind::Strike => {
                let inner = trim_and_link(frame.spans);
                match frame.kind {
                    _ if inner.is_empty() => {}
                    ElementKind::Em => self.span(Span::Em(inner)),
                    ElementKind::Strong => self.span(Span::Strong(inner)),
                    _ => self.span(Span::Strike(inner)),
                }
            }
            ElementKind::HtmlInline(..) | ElementKind::HtmlBlock(..) => {}
            ElementKind::Link(to, title) => {
                self.links -= 1;
                self.link(&to, &title, frame.spans, range);
            }
            ElementKind::Image(to, title) => {
                self.image(&to, &title, plain(&frame.spans).replace('\n', " "), None, true, range);
            }
        }
    }

    pub(super) fn list(
        &mut self,
        start: Option<u64>,
        items: Vec<(ListItem, Range<usize>)>,
        range: Range<usize>,
    ) {
        if self.at_top_level() {
            self.hoist_to_top_level();
            self.tree.top_level.push(TopLevel::List { start, items });
        } else {
            let items = items.into_iter().map(|(item, _)| item).collect();
            self.block(Block::List { start, items }, range);
        }
    }

    pub(super) fn definitions(&mut self, items: Vec<Definition>, range: &Range<usize>) {
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
        if self.at_top_level() {
            self.hoist_to_top_level();
            self.tree.top_level.push(TopLevel::Definitions { items, range: range.clone() });
        } else {
            self.block(Block::Definitions { items }, range.clone());
        }
    }

    pub(super) fn link(&mut self, to: &str, title: &str, text: Vec<Span>, range: Range<usize>) {
        if let Some(url) = self.address(to, UrlUse::Link, range) {
            let title = title_of(title);
            let mut text = link_addresses(text, false);
            if text.is_empty() {
                text.push(Span::Text(url.to_string()));
            }
            self.span(Span::Link { url, title, text });
        } else {
            // Not a link, and not lost: what it says, then where it would have led.
            let is_told = is_local(to) && !plain(&text).trim().is_empty();
            self.top().append(text);
            if !is_told {
                self.refused(to, title);
            }
        }
    }

    pub(super) fn image(
        &mut self,
        to: &str,
        title: &str,
        alt: String,
        display: Option<Box<ImageDisplay>>,
        needs_alt: bool,
        range: Range<usize>,
    ) {
        if let Some(url) = self.address(to, UrlUse::Image, range.clone()) {
            if needs_alt && alt.trim().is_empty() {
                self.found.push(Diagnostic {
                    code: DiagnosticCode::PictureWithoutText,
                    range,
                    message: format!("the picture `{url}` has no alternative text"),
                    help: "write what it shows between the brackets: `![what it shows](...)`".into(),
                });
            }
            let title = title_of(title);
            self.span(Span::Image { url, title, alt, size: None, display });
        } else {
            self.top().text(&alt);
            self.refused(to, title);
        }
    }

    fn refused(&mut self, to: &str, title: &str) {
        for part in [to, &title.replace('\n', " ")].into_iter().filter(|part| !part.is_empty()) {
            self.top().text(&format!(" ({part})"));
        }
    }

    fn address(&mut self, to: &str, used_as: UrlUse, range: Range<usize>) -> Option<Url> {
        let url = Url::parse(to);
        match &url {
            Some(url) => self.tree.addresses.push(LocatedUrl { url: url.clone(), used_as, range }),
            None if to.trim().is_empty() => self.found.push(Diagnostic {
                code: DiagnosticCode::LinkWithoutUrl,
                range,
                message: "this link has no address: its parentheses are empty".into(),
                help: "write the address between the parentheses, or remove the link syntax".into(),
            }),
            None if is_local(to) => self.tree.unknown_marks.reduce(ReducedMark::LocalAddress, &range),
            None => self.found.push(Diagnostic {
                code: DiagnosticCode::LinkScheme,
                range,
                message: format!("`{to}` is not an address that a link may have; it is shown as text"),
                help: "use http, https, mailto, tel, doi, or an address on this site".into(),
            }),
        }
        url
    }

    /// Cells beyond the last column are dropped by the rules of tables: they go to the last cell.
    fn excess_cells(&self, range: Range<usize>, cells: &mut [Vec<Span>]) {
        // Nothing private: this is not what pulldown-cmark read.
        let excess = self.body.get(range.start - self.base..range.end - self.base).unwrap_or_default();
        let excess = private_text::without_private_text(&placeholders::restored(excess));
        let excess = excess.trim_matches(|c: char| c == '|' || c.is_whitespace());
        if let Some(last) = cells.last_mut().filter(|_| !excess.is_empty()) {
            let bar = if last.is_empty() { "" } else { " | " };
            let mut frame = OpenElement::new(ElementKind::Cell, 0..0);
            frame.append(std::mem::take(last));
            frame.text(&format!("{bar}{}", excess.replace('\0', "\u{fffd}")));
            *last = trim_and_link(frame.spans, true);
        }
    }

    fn heading(&mut self, level: u8, mut text: Vec<Span>, range: Range<usize>) {
        let heading = self.source.get(range.clone()).unwrap_or_default();
        self.found.extend(likely_mistakes::setext_heading(heading, self.has_hashes, &range));
        // Inside a quote or item no attribute has a meaning: the braces are text.
        let attributes = if self.at_top_level() { Attributes::take(heading, &mut text) } else { None };
        self.html_heading(level, text, attributes, range);
    }

    pub(super) fn html_heading(
        &mut self,
        level: u8,
        text: Vec<Span>,
        attributes: Option<Box<Attributes>>,
        range: Range<usize>,
    ) {
        if self.at_top_level() {
            self.hoist_to_top_level();
            self.tree.top_level.push(TopLevel::Heading { level, text, attributes, range });
        } else {
            self.block(Block::Heading { id: Id::from(""), level, text }, range);
        }
    }

    pub(super) fn span(&mut self, span: Span) {
        self.top().spans.push(span);
    }

    pub(super) fn block(&mut self, block: Block, range: Range<usize>) {
        let stands_alone =
            || matches!(&block, Block::Table { rows, .. } if !table_papers::papers_in(rows).is_empty());
        if self.at_top_level() && (!self.in_arranged_group() || stands_alone()) {
            self.hoist_to_top_level();
            self.tree.top_level.push(TopLevel::Block { block, range });
        } else {
            self.top().blocks.push(block);
        }
    }

    pub(super) fn top(&mut self) -> &mut OpenElement<'a> {
        self.stack.last_mut().unwrap_or(&mut self.root)
    }
}

/// Returns true for an address that works on one computer only: of a file, or of an entry in another program.
fn is_local(to: &str) -> bool {
    const SCHEMES: [&str; 6] = ["zotero", "file", "obsidian", "logseq", "devonthink", "x-devonthink-item"];
    to.split_once(':')
        .is_some_and(|(scheme, _)| SCHEMES.iter().any(|known| scheme.eq_ignore_ascii_case(known)))
}

/// Returns the quoted title after an address, on one line.
fn title_of(written: &str) -> Option<String> {
    (!written.is_empty()).then(|| written.replace('\n', " "))
}
