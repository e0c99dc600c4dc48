//! Elements of HTML among those of Markdown, in one stack.
//!
//! An end tag closes elements of HTML only, never one of Markdown; and the end of an element of Markdown closes those of HTML
//! in it. Each tag looks at no more than the open elements of HTML, of which there are at most [`MAX_NESTING`].

use std::ops::Range;

use super::elements::{BlockElement, Element, HtmlTag, InlineElement, VoidElement};
use super::flatten::flatten;
use super::folds::{self, DissolvedFold};
use super::table::table;
use super::tokens::{Piece, pieces};
use super::{comment, without_comments};
use crate::diagnostic::{Diagnostic, DiagnosticCode, times};
use crate::markdown::attributes::Attributes;
use crate::markdown::document_parts::TopLevel;
use crate::markdown::inline_text::{join_to_one_line, link_addresses};
use crate::markdown::open_element::{ElementKind, OpenElement, append};
use crate::markdown::paper_line::has_link;
use crate::markdown::parsed::LocatedUrl;
use crate::markdown::syntax_tree::{MAX_NESTING, TreeBuilder};
use crate::notebook::{
    Align, Block, Definition, ImageDisplay, Length, ListItem, Span, TextDirection, Url, UrlUse, plain, slug,
};

impl TreeBuilder<'_> {
    /// Reads a tag or comment inside a line.
    pub(in crate::markdown) fn inline_html(&mut self, raw: &str, range: &Range<usize>) {
        if comment(raw).is_some_and(str::is_empty) {
            return;
        }
        for piece in pieces(raw) {
            self.html_piece(piece, range);
        }
    }

    /// Reads a block of HTML. What it opens may be closed by a later one.
    pub(in crate::markdown) fn html_block(&mut self, raw: &str, range: &Range<usize>) {
        let (text, unclosed) = without_comments(raw);
        let (text, shown) = match text.find("<!--").filter(|_| unclosed) {
            Some(at) => (text.get(..at).unwrap_or_default(), text.get(at..).unwrap_or_default()),
            None => (text.as_str(), ""),
        };
        if unclosed {
            self.found.push(Diagnostic {
                code: DiagnosticCode::CommentUnclosed,
                range: range.clone(),
                message: "the comment that begins here never ends; it is shown as text".into(),
                help: "end it with `-->`".into(),
            });
        }
        if self.stack.is_empty() {
            self.root.range = range.clone();
        }
        for piece in pieces(text) {
            self.html_piece(piece, range);
        }
        if !shown.is_empty() {
            self.html_text(shown);
        }
        // What an element of HTML has not taken is a paragraph by itself.
        self.flush();
    }

    fn html_piece(&mut self, piece: Piece, range: &Range<usize>) {
        let is_inline =
            matches!(piece, Piece::Open(Element::Inline(_), _) | Piece::Close(Element::Inline(_), _));
        if is_inline && matches!(self.top().kind, ElementKind::HtmlBlock(BlockElement::Pre, _)) {
            // Colors and links inside code have no meaning here; its text stays as it is.
            return;
        }
        match piece {
            Piece::Text(text) => self.html_text(&text),
            Piece::Refused(raw, name) => self.html_as_text(&raw, name, range),
            Piece::Open(Element::Void(element), tag) => self.void_element(element, &tag, range),
            Piece::Open(Element::Inline(element), tag) => self.open_inline(element, tag, range),
            Piece::Open(Element::Block(element), tag) => self.open_block(element, tag, range),
            Piece::Close(Element::Void(VoidElement::Br), _) => self.span(Span::Break {}),
            Piece::Close(Element::Void(_), _) => {}
            Piece::Close(Element::Inline(element), raw) => self.close_inline(element, &raw, range),
            Piece::Close(Element::Block(element), raw) => self.close_block(element, &raw, range),
        }
    }

    /// Text between tags. White space does not count, but in `<pre>`.
    fn html_text(&mut self, text: &str) {
        let is_verbatim = self
            .stack
            .iter()
            .rev()
            .take_while(|open| open.kind.is_html())
            .any(|open| matches!(open.kind, ElementKind::HtmlBlock(BlockElement::Pre, _)));
        if is_verbatim {
            return self.top().text(text);
        }
        let mut lines = text.split('\n');
        let mut joined = lines.next().unwrap_or_default().to_owned();
        for line in lines {
            joined.truncate(joined.trim_end().len());
            joined.push('\n');
            joined.push_str(line.trim_start());
        }
        let top = self.top();
        if joined.trim().is_empty() && top.spans.is_empty() && top.kind.holds_blocks() {
            return;
        }
        top.text(&joined);
    }

    /// Shows markup as plain text, and records it for the diagnostic of its element.
    fn html_as_text(&mut self, raw: &str, name: String, range: &Range<usize>) {
        let first = || (range.clone(), 0);
        self.html_as_text.entry(name).or_insert_with(first).1 += 1;
        let mut lines = raw.lines().map(str::trim).filter(|line| !line.is_empty());
        let first = lines.next().unwrap_or_default().to_owned();
        let text = lines.fold(first, |text, line| text + "\n" + line);
        self.top().text(&text);
    }

    /// Reports markup that is shown as text: once for each element.
    pub(in crate::markdown) fn report_html_as_text(&mut self) {
        for (name, (range, count)) in std::mem::take(&mut self.html_as_text) {
            let times = times(count);
            let what = match name.as_str() {
                "?" | "<" | "!doctype" => "markup".to_owned(),
                name => format!("`<{name}>`"),
            };
            self.found.push(Diagnostic {
                code: DiagnosticCode::HtmlAsText,
                range,
                message: format!("{what} is shown as plain text{times}"),
                help: "close it, use an element that GitHub also allows, or put it in backticks".into(),
            });
        }
    }

    fn void_element(&mut self, element: VoidElement, tag: &HtmlTag, range: &Range<usize>) {
        match element {
            VoidElement::Br => self.span(Span::Break {}),
            VoidElement::Hr if self.in_line() => self.span(Span::Break {}),
            VoidElement::Hr => {
                self.close_elements();
                self.flush();
                self.block(Block::Rule {}, range.clone());
            }
            VoidElement::Img => self.html_image(tag, range),
            VoidElement::Source => {
                let dark = tag.get("srcset").filter(|_| tag.get("media").is_some_and(|m| m.contains("dark")));
                // A list of sizes begins with an address.
                let dark = dark.and_then(|dark| dark.split([',', ' ']).next()).map(str::to_owned);
                if let ElementKind::HtmlInline(InlineElement::Picture, picture) = &mut self.top().kind
                    && let Some(dark) = dark
                {
                    picture.attributes.push(("srcset", dark));
                }
            }
            VoidElement::Wbr => {}
        }
    }

    fn html_image(&mut self, tag: &HtmlTag, range: &Range<usize>) {
        self.anchor(tag);
        let Some(src) = tag.get("src").filter(|src| !src.is_empty()) else {
            return self.html_as_text(&tag.raw, "img".into(), range);
        };
        let length = |name| tag.get(name).and_then(Length::parse);
        let dark = match &self.top().kind {
            ElementKind::HtmlInline(InlineElement::Picture, picture) => {
                picture.get("srcset").and_then(Url::parse)
            }
            _ => None,
        };
        if let Some(url) = dark.clone() {
            self.tree.addresses.push(LocatedUrl { url, used_as: UrlUse::Image, range: range.clone() });
        }
        let display = ImageDisplay { width: length("width"), height: length("height"), dark };
        let display = (display != ImageDisplay::default()).then(|| Box::new(display));
        let one_line = |text: &str| text.split_whitespace().collect::<Vec<_>>().join(" ");
        let alt = tag.get("alt").map(one_line);
        // An empty text says that the picture is an ornament.
        let is_told = alt.is_none();
        let title = tag.get("title").map(one_line).unwrap_or_default();
        self.image(src, &title, alt.unwrap_or_default(), display, is_told, range.clone());
    }

    /// Adds the place that an element names, if no other has the name.
    fn anchor(&mut self, tag: &HtmlTag) {
        for name in [tag.get("id"), tag.get("name")].into_iter().flatten() {
            if let Some(id) = self.tree.ids.reserve(name) {
                self.tree.anchors.push(id.clone());
                self.span(Span::Anchor(id));
            }
        }
    }

    fn open_inline(&mut self, element: InlineElement, tag: HtmlTag, range: &Range<usize>) {
        self.anchor(&tag);
        if element == InlineElement::A && tag.get("href").is_none() {
            // Many are never closed: only the place counts.
            self.open_anchors += 1;
            return;
        }
        if self.stack.len() >= MAX_NESTING {
            self.too_deep(range);
            return;
        }
        self.links += usize::from(element == InlineElement::A);
        let kind = ElementKind::HtmlInline(element, Box::new(tag));
        self.stack.push(OpenElement::new(kind, range.clone()));
    }

    fn close_inline(&mut self, element: InlineElement, raw: &str, range: &Range<usize>) {
        let open = self.stack.iter().rev().map_while(|open| match open.kind {
            ElementKind::HtmlInline(element, _) => Some(element),
            _ => None,
        });
        match open.into_iter().position(|open| open == element) {
            Some(above) => {
                for _ in 0..=above {
                    self.close_inline_top();
                }
            }
            None if element == InlineElement::A && self.open_anchors > 0 => self.open_anchors -= 1,
            None => self.html_as_text(raw, raw.trim_matches(['<', '>']).to_owned(), range),
        }
    }

    fn close_inline_top(&mut self) {
        let Some(OpenElement { kind: ElementKind::HtmlInline(element, tag), spans, range, .. }) =
            self.stack.pop()
        else {
            return;
        };
        self.links -= usize::from(element == InlineElement::A);
        let mut spans = link_addresses(spans, self.links == 0 && element != InlineElement::A);
        // White space at the edges is moved outside: marks of Markdown do not work beside it.
        let (before, after) = trim_edges(&mut spans);
        self.top().append(before);
        let wrapped = match element {
            _ if spans.is_empty() && element != InlineElement::A => Vec::new(),
            InlineElement::Sub => vec![Span::Sub(spans)],
            InlineElement::Sup => vec![Span::Sup(spans)],
            InlineElement::Mark => vec![Span::Mark(spans)],
            InlineElement::Kbd => vec![Span::Kbd(spans)],
            InlineElement::Em => vec![Span::Em(spans)],
            InlineElement::Strong => vec![Span::Strong(spans)],
            InlineElement::Strike => vec![Span::Strike(spans)],
            InlineElement::Ins => vec![Span::Ins(spans)],
            InlineElement::Code => match spans.as_slice() {
                [Span::Text(code)] => vec![Span::Code(code.replace('\n', " "))],
                _ => spans,
            },
            InlineElement::Abbr => match tag.get("title").filter(|title| !title.is_empty()) {
                Some(title) => vec![Span::Abbr { title: title.replace('\n', " "), text: spans }],
                None => spans,
            },
            InlineElement::A => {
                let to = tag.get("href").unwrap_or_default().to_owned();
                let title = tag.get("title").unwrap_or_default().to_owned();
                if has_link(&spans) || self.links > 0 {
                    // Links do not stand in links: this one follows.
                    self.top().append(spans);
                    spans = vec![Span::Text(to.clone())];
                    self.top().text(" ");
                }
                if self.links > 0 {
                    self.top().append(spans);
                } else if !(spans.is_empty() && (to.is_empty() || leads_to_itself(&tag, &to))) {
                    self.link(&to, &title, spans, range);
                }
                Vec::new()
            }
            InlineElement::Picture | InlineElement::Plain => spans,
        };
        self.top().append(wrapped);
        self.top().append(after);
    }

    /// An inline element whose end never came is the text it is.
    pub(in crate::markdown) fn close_elements(&mut self) {
        while let ElementKind::HtmlInline(element, _) = self.top().kind {
            let Some(OpenElement { kind: ElementKind::HtmlInline(_, tag), spans, range, .. }) =
                self.stack.pop()
            else {
                return;
            };
            self.links -= usize::from(element == InlineElement::A);
            if !matches!(element, InlineElement::Plain | InlineElement::Picture) {
                let name = tag.raw.trim_matches(['<', '>']).split_whitespace().next().unwrap_or_default();
                self.html_as_text(&tag.raw, name.to_owned(), &range);
            }
            self.top().append(spans);
        }
    }

    /// Returns true where no block can begin: inside a paragraph, cell or heading of Markdown.
    fn in_line(&self) -> bool {
        let around = self.stack.iter().rev().find(|open| !matches!(open.kind, ElementKind::HtmlInline(..)));
        around.is_some_and(|open| !open.kind.holds_blocks())
    }

    fn break_line(&mut self) {
        let spans = &self.top().spans;
        if !spans.is_empty() && !matches!(spans.last(), Some(Span::Break {})) {
            self.span(Span::Break {});
        }
    }

    fn open_block(&mut self, element: BlockElement, tag: HtmlTag, range: &Range<usize>) {
        use BlockElement as B;
        if self.in_line() {
            if element != B::Pre {
                self.break_line();
            }
            return self.anchor(&tag);
        }
        self.close_elements();
        self.flush();
        match element {
            B::P => self.close_implied(&[B::P], &[]),
            B::Li => self.close_implied(&[B::Li], &[B::Ul, B::Ol]),
            B::Dt | B::Dd => self.close_implied(&[B::Dt, B::Dd], &[B::Dl]),
            B::Rows => self.close_implied(&[B::Rows, B::Tr, B::Td, B::Th], &[B::Table]),
            B::Tr => self.close_implied(&[B::Tr, B::Td, B::Th], &[B::Table, B::Rows]),
            B::Td | B::Th => self.close_implied(&[B::Td, B::Th], &[B::Table, B::Tr]),
            _ => {}
        }
        if self.stack.len() >= MAX_NESTING {
            self.too_deep(range);
            self.anchor(&tag);
            return;
        }
        let is_heading = matches!(element, B::Heading(_));
        let named = if is_heading { HtmlTag::default() } else { tag.clone() };
        if element == B::Details && self.at_top_level() {
            self.hoist_to_top_level();
        }
        let kind = ElementKind::HtmlBlock(element, Box::new(tag));
        let mut open = OpenElement::new(kind, range.clone());
        open.parts_before = self.tree.top_level.len();
        self.stack.push(open);
        self.anchor(&named);
    }

    /// Closes the outermost open element of `closed` inside the innermost of `around`.
    fn close_implied(&mut self, closed: &[BlockElement], around: &[BlockElement]) {
        let mut count = 0;
        for (number, open) in self.stack.iter().rev().enumerate() {
            match &open.kind {
                ElementKind::HtmlBlock(element, _) if around.contains(element) => break,
                ElementKind::HtmlBlock(element, _) if closed.contains(element) => count = number + 1,
                ElementKind::HtmlBlock(..) if !around.is_empty() => {}
                _ => break,
            }
        }
        for _ in 0..count {
            self.close_block_top();
        }
    }

    fn close_block(&mut self, element: BlockElement, raw: &str, range: &Range<usize>) {
        let (is_in_line, above) = (self.in_line(), self.open_html_above(element));
        if is_in_line {
            if above.is_some() && matches!(self.top().kind, ElementKind::Para) {
                self.closed_in_paragraph.push(element);
            } else if element != BlockElement::Pre {
                self.break_line();
            }
            return;
        }
        self.close_elements();
        self.flush();
        match self.open_html_above(element) {
            Some(above) => {
                for _ in 0..=above {
                    self.close_block_top();
                }
            }
            None if matches!(element, BlockElement::P | BlockElement::Rows) || self.told_depth => {}
            None => {
                let name = raw.trim_matches(['<', '>']).to_owned();
                self.html_as_text(raw, name, range);
            }
        }
    }

    /// Number of blocks of HTML above the innermost one of an element, below at most one paragraph.
    fn open_html_above(&self, element: BlockElement) -> Option<usize> {
        let inside = self.stack.iter().rev().skip_while(|open| matches!(open.kind, ElementKind::Para));
        let mut blocks = inside.map_while(|open| match open.kind {
            ElementKind::HtmlBlock(element, _) => Some(element),
            _ => None,
        });
        blocks.position(|open| open == element)
    }

    /// Closes what end tags inside the paragraph that ended were for.
    pub(in crate::markdown) fn close_after_paragraph(&mut self) {
        for element in std::mem::take(&mut self.closed_in_paragraph) {
            if let Some(above) = self.open_html_above(element) {
                for _ in 0..=above {
                    self.close_block_top();
                }
            }
        }
    }

    /// Closes every block of HTML that is open in the innermost element of Markdown.
    pub(in crate::markdown) fn close_html_blocks(&mut self) {
        while let ElementKind::HtmlBlock(..) = self.top().kind {
            self.flush();
            self.close_block_top();
        }
    }

    #[allow(
        clippy::too_many_lines,
        reason = "one match over all elements, whose arms share the closed frame"
    )]
    fn close_block_top(&mut self) {
        use BlockElement as B;

        self.close_elements();
        self.flush();
        let Some(mut open) = self.stack.pop() else { return };
        let range = open.range.clone();
        let (element, tag) = match open.kind {
            ElementKind::HtmlBlock(element, tag) => (element, tag),
            kind => {
                open.kind = kind;
                return self.stack.push(open);
            }
        };
        let parent = match self.top().kind {
            ElementKind::HtmlBlock(parent, _) => Some(parent),
            _ => None,
        };
        match (element, parent) {
            (B::Details, _) => {
                let summary = open.rows.pop().and_then(|mut row| row.pop()).unwrap_or_default();
                let is_open = tag.get("open").is_some();
                let parts = open.parts_before..self.tree.top_level.len();
                let is_part = self.at_top_level();
                let inside = self.tree.top_level.get(parts.clone()).unwrap_or_default();
                if is_part && folds::hold_papers(inside) {
                    self.tree.folds.push(DissolvedFold { summary, is_open, parts, range });
                    return;
                }
                let mut blocks = open.blocks;
                if is_part && !parts.is_empty() {
                    blocks.extend(folds::blocks(self.tree.top_level.drain(parts)));
                }
                if !(summary.is_empty() && blocks.is_empty()) {
                    self.block(Block::Fold { summary, open: is_open, blocks }, range);
                }
            }
            (B::Summary, Some(B::Details)) if self.top().rows.is_empty() => {
                let summary = flatten(open.blocks);
                self.top().rows.push(vec![summary]);
            }
            (B::Blockquote, _) => self.block(Block::Quote { alert: None, blocks: open.blocks }, range),
            (B::Ul | B::Ol, _) => {
                let start = tag.get("start").and_then(|start| start.parse().ok());
                let start = (element == B::Ol).then(|| start.unwrap_or(1));
                self.blocks(open.blocks, &range);
                if !open.items.is_empty() {
                    self.list(start, open.items, range);
                }
            }
            (B::Li, Some(B::Ul | B::Ol)) => {
                self.top().items.push((ListItem { checked: None, blocks: open.blocks }, range));
            }
            (B::Dl, _) => {
                self.blocks(open.blocks, &range);
                self.definitions(open.definitions, &range);
            }
            (B::Dt, Some(B::Dl)) => {
                let mut name = flatten(open.blocks);
                join_to_one_line(&mut name);
                name.retain(|span| !matches!(span, Span::Break {}));
                self.top().definitions.push(Definition { name, blocks: Vec::new() });
            }
            (B::Dd, Some(B::Dl)) => match self.top().definitions.last_mut() {
                Some(definition) => definition.blocks.extend(open.blocks),
                None => self.blocks(open.blocks, &range),
            },
            (B::Table, _) => {
                self.blocks(open.blocks, &range);
                if let Some((align, rows)) = table(open.rows, open.has_head) {
                    self.block(Block::Table { align, rows }, range);
                }
            }
            (B::Rows, Some(B::Table)) => {
                let table = self.top();
                table.has_head |= table.rows.is_empty() && open.has_head;
                table.rows.extend(open.rows);
                table.blocks.extend(open.blocks);
            }
            (B::Tr, Some(B::Table | B::Rows)) => {
                let table = self.top();
                table.has_head |= table.rows.is_empty() && open.has_head;
                table.blocks.extend(open.blocks);
                table.rows.push(open.rows.pop().unwrap_or_default());
            }
            (B::Td | B::Th, Some(B::Tr)) => {
                let mut cell = flatten(open.blocks);
                join_to_one_line(&mut cell);
                let row = self.top();
                row.has_head |= element == B::Th && row.rows.is_empty();
                if row.rows.is_empty() {
                    row.rows.push(Vec::new());
                }
                let span = tag.get("colspan").and_then(|span| span.parse::<usize>().ok()).unwrap_or(1);
                if let Some(cells) = row.rows.last_mut() {
                    cells.push(cell);
                    // So that the cells after it stay in their columns.
                    cells.extend(std::iter::repeat_n(Vec::new(), span.clamp(1, 20) - 1));
                }
            }
            (B::Heading(level), _) => {
                let mut text = flatten(open.blocks);
                join_to_one_line(&mut text);
                let id = tag.get("id").or(tag.get("name")).map(slug).filter(|id| !id.is_empty());
                let attributes = id.map(|id| Box::new(Attributes::with_id(id)));
                self.html_heading(level, text, attributes, range);
            }
            (B::Pre, _) => {
                let text = plain(&open.spans).trim_matches('\n').to_owned();
                if !text.trim().is_empty() {
                    self.block(Block::Code { lang: String::new(), text, tokens: Vec::new() }, range);
                }
            }
            _ => {
                let Appearance { align, dir } = appearance(element, &tag);
                if (align.is_none() && dir.is_none()) || open.blocks.is_empty() {
                    self.blocks(open.blocks, &range);
                } else {
                    self.block(Block::Group { align, dir, blocks: open.blocks }, range);
                }
            }
        }
    }

    fn blocks(&mut self, blocks: Vec<Block>, range: &Range<usize>) {
        for block in blocks {
            self.block(block, range.clone());
        }
    }

    /// Returns true if nothing but `<div>`, `<p>`, `<center>` and folds is open: they arrange the document and are no part of
    /// it, so that its sections and lists of entries are read as they are outside a fold. The same is true of parts of a
    /// list or table that is missing, and of content outside its items or cells.
    pub(in crate::markdown) fn at_top_level(&self) -> bool {
        use BlockElement as B;

        let mut around: Option<&OpenElement<'_>> = None;
        self.stack.iter().all(|open| {
            let parent = match around.replace(open).map(|around| &around.kind) {
                Some(ElementKind::HtmlBlock(parent, _)) => Some(*parent),
                _ => None,
            };
            let ElementKind::HtmlBlock(element, _) = &open.kind else { return false };
            match element {
                B::Div | B::P | B::Center | B::Details => true,
                B::Li => !matches!(parent, Some(B::Ul | B::Ol)),
                B::Td | B::Th => !matches!(parent, Some(B::Tr)),
                B::Dt | B::Dd => !matches!(parent, Some(B::Dl)),
                B::Summary => !matches!(parent, Some(B::Details)),
                element => is_container(*element),
            }
        })
    }

    /// Puts what the open groups hold so far into the document, before a section or list that they cannot contain.
    pub(in crate::markdown) fn hoist_to_top_level(&mut self) {
        let (mut align, mut dir) = (None, None);
        for open in &mut self.stack {
            let ElementKind::HtmlBlock(element, tag) = &open.kind else { return };
            let own = arrangement(*element, tag);
            (align, dir) = (own.align.or(align), own.dir.or(dir));
            let blocks = std::mem::take(&mut open.blocks);
            if blocks.is_empty() {
                continue;
            }
            let block = Block::Group { align, dir, blocks };
            self.tree.top_level.push(TopLevel::Block { block, range: open.range.clone() });
        }
    }

    /// Returns true if an open group has an alignment or direction for the blocks in it. A fold takes them all.
    pub(in crate::markdown) fn in_arranged_group(&self) -> bool {
        let is_fold =
            |open: &&OpenElement<'_>| matches!(open.kind, ElementKind::HtmlBlock(BlockElement::Details, _));
        self.stack.iter().rev().take_while(|open| !is_fold(open)).any(|open| match &open.kind {
            ElementKind::HtmlBlock(element, tag) => {
                let own = arrangement(*element, tag);
                own.align.is_some() || own.dir.is_some()
            }
            _ => true,
        })
    }
}

struct Appearance {
    align: Option<Align>,
    dir: Option<TextDirection>,
}

/// Returns true for a list or table, which has content only in its items or cells.
fn is_container(element: BlockElement) -> bool {
    use BlockElement as B;

    matches!(element, B::Ul | B::Ol | B::Dl | B::Table | B::Rows | B::Tr)
}

/// Returns the layout of the direct content of an element.
fn arrangement(element: BlockElement, tag: &HtmlTag) -> Appearance {
    if is_container(element) { Appearance { align: None, dir: None } } else { appearance(element, tag) }
}

fn appearance(element: BlockElement, tag: &HtmlTag) -> Appearance {
    let align = tag.get("align").map(str::to_lowercase);
    let align = match align.as_deref() {
        Some("center" | "middle") => Some(Align::Center),
        Some("right") => Some(Align::Right),
        Some("left") => Some(Align::Left),
        _ => (element == BlockElement::Center).then_some(Align::Center),
    };
    let dir = tag.get("dir").map(str::to_lowercase);
    let dir = match dir.as_deref() {
        Some("rtl") => Some(TextDirection::Rtl),
        Some("ltr") => Some(TextDirection::Ltr),
        Some("auto") => Some(TextDirection::Auto),
        _ => None,
    };
    Appearance { align, dir }
}

/// Takes white space and breaks from both ends. Returns the spans that replace it outside.
fn trim_edges(spans: &mut Vec<Span>) -> (Vec<Span>, Vec<Span>) {
    let (mut before, mut after) = (Vec::new(), Vec::new());
    let blank =
        |to: &mut Vec<Span>, is_blank: bool| append(to, vec![Span::Text(" ".repeat(is_blank.into()))]);
    let first = spans.iter().position(|span| !is_edge(span)).unwrap_or(spans.len());
    for span in spans.drain(..first) {
        let is_break = matches!(span, Span::Break {});
        if is_break { before.push(span) } else { blank(&mut before, true) }
    }
    if let Some(Span::Text(first)) = spans.first_mut() {
        blank(&mut before, first.starts_with(char::is_whitespace));
        first.drain(..first.len() - first.trim_start().len());
    }
    let last = spans.iter().rposition(|span| !is_edge(span)).map_or(0, |last| last + 1);
    let edge = spans.split_off(last);
    if let Some(Span::Text(last)) = spans.last_mut() {
        blank(&mut after, last.ends_with(char::is_whitespace));
        last.truncate(last.trim_end().len());
    }
    for span in edge {
        let is_break = matches!(span, Span::Break {});
        if is_break { after.push(span) } else { blank(&mut after, true) }
    }
    (before, after)
}

/// Returns true for a break, and for text that is only white space.
fn is_edge(span: &Span) -> bool {
    match span {
        Span::Break {} => true,
        Span::Text(text) => text.trim().is_empty(),
        _ => false,
    }
}

/// Returns true for the place in a heading that programs write: `<a id="intro" href="#intro"></a>`. Without text it is no link.
fn leads_to_itself(tag: &HtmlTag, to: &str) -> bool {
    let anchor = to.strip_prefix('#');
    anchor.is_some() && ["id", "name"].iter().any(|key| tag.get(key) == anchor)
}
