//! Extensions of Markdown by other programs. Each dialect is known by its marks; none is configured.
//!
//! What has a meaning here gets it. The rest is shown as plain text, and reported once for each kind with its number.
//!
//! `hidden_lines` takes away what is no text before Markdown is parsed. `obsidian` reads callouts and highlights while the tree is built, `logseq_outline`
//! makes a document of a list. [`read`] reads the lines of the finished tree:
//! `wiki_links`, `roles` and `places`, in this order, because what one leaves may be a mark of the next. `reading` is what they share.

pub(super) mod hidden_lines;
pub(super) mod logseq_outline;
pub(super) mod obsidian;
mod places;
mod reading;
mod roles;
pub(super) mod unknown_marks;
pub(super) mod wiki_links;

use std::ops::Range;

use self::reading::{Dialects, ReadDialects};
use self::unknown_marks::ReducedMark;
use self::wiki_links::{PageNames, WikiLinks};
use super::anchors;
use super::document_parts::TopLevel;
use super::open_element::append;
use super::parsed::LocatedUrl;
use crate::notebook::{Block, IdAllocator, Span, UrlUse};

/// Reads the marks of dialects in all lines of a document. O(length).
pub(super) fn read(top_level: &mut Vec<TopLevel>, ids: &mut IdAllocator, names: &PageNames) -> ReadDialects {
    let mut dialects = Dialects { names, ids, read: ReadDialects::default() };
    dialects.document(top_level);
    let read = dialects.read;
    if !read.anchors.is_empty() {
        *top_level = anchors::attach_to_headings(std::mem::take(top_level));
    }
    read
}

/// Returns true if some lines may have links by name.
pub(super) fn need_names(top_level: &[TopLevel]) -> bool {
    fn has_link(spans: &[Span]) -> bool {
        spans.iter().any(|span| match span {
            Span::Text(text) => wiki_links::has_mark(text) || text.ends_with("ref}"),
            span => has_link(span.children()),
        })
    }
    fn have_links(blocks: &[Block]) -> bool {
        blocks.iter().any(|block| {
            let mut has = false;
            block.for_each_line(|line| has = has || has_link(line));
            block.for_each_inner(|inner| has = has || have_links(inner));
            has
        })
    }
    top_level.iter().any(|top| match top {
        TopLevel::Heading { text, .. } => has_link(text),
        TopLevel::List { items, .. } => items.iter().any(|(item, _)| have_links(&item.blocks)),
        TopLevel::Definitions { items, .. } => {
            items.iter().any(|item| has_link(&item.name) || have_links(&item.blocks))
        }
        TopLevel::Block { block, .. } => have_links(std::slice::from_ref(block)),
    })
}

/// The kind of a line, which decides which marks it can have.
#[derive(Clone, Copy, PartialEq, Eq)]
enum LineKind {
    Paragraph,
    Cell,
    /// A heading, summary or name, which is no link to something else.
    Title,
}

impl Dialects<'_> {
    fn document(&mut self, top_level: &mut [TopLevel]) {
        for top in top_level {
            match top {
                TopLevel::Heading { text, range, attributes, .. } => {
                    // Braces with a link in them are no attributes.
                    let is_link = |written: &str| wiki_links::has_mark(written);
                    if let Some(braces) = attributes.take_if(|braces| is_link(&braces.written)) {
                        braces.put_back(text);
                    }
                    self.line(text, LineKind::Title, range);
                }
                TopLevel::List { items, .. } => {
                    for (item, range) in items {
                        self.blocks(&mut item.blocks, range);
                    }
                }
                TopLevel::Definitions { items, range } => {
                    for item in items {
                        self.line(&mut item.name, LineKind::Title, range);
                        self.blocks(&mut item.blocks, range);
                    }
                }
                TopLevel::Block { block, range } => self.blocks(std::slice::from_mut(block), range),
            }
        }
    }

    /// Nesting is bounded by [`super::syntax_tree::MAX_NESTING`].
    fn blocks(&mut self, blocks: &mut [Block], range: &Range<usize>) {
        for block in blocks {
            let kind = match block {
                Block::Para(_) | Block::Field { .. } => LineKind::Paragraph,
                Block::Table { .. } => LineKind::Cell,
                _ => LineKind::Title,
            };
            block.for_each_line_mut(|line| self.line(line, kind, range));
            block.for_each_inner_mut(|inner| self.blocks(inner, range));
        }
    }

    fn line(&mut self, spans: &mut Vec<Span>, kind: LineKind, range: &Range<usize>) {
        if !spans.iter().any(may_have_mark) {
            return;
        }
        self.inline(spans, kind, range);
        if kind == LineKind::Paragraph {
            self.read.anchors.extend(places::read(spans, self.ids));
        }
    }

    fn inline(&mut self, spans: &mut Vec<Span>, kind: LineKind, range: &Range<usize>) {
        if roles::read(spans, self, range) && kind != LineKind::Title {
            // A highlight may go on after a role.
            *spans = obsidian::marked(std::mem::take(spans));
        }
        let mut read = Vec::with_capacity(spans.len());
        for mut span in std::mem::take(spans) {
            match &mut span {
                // What is no address yet could be one without the brackets.
                Span::Text(text) if wiki_links::has_mark(text) && !text.contains("://") => {
                    let mut links = WikiLinks::default();
                    let pieces = wiki_links::read(text, self.names, kind != LineKind::Title, &mut links);
                    for target in links.unknown {
                        // `[[@key]]` is a citation, whose key stays.
                        if !target.starts_with('@') {
                            self.read.marks.reduce(ReducedMark::WikiLink, range);
                        }
                        self.read.unknown.push(target);
                    }
                    let place = |url| LocatedUrl { url, used_as: UrlUse::Link, range: range.clone() };
                    self.read.addresses.extend(links.urls.into_iter().map(place));
                    append(&mut read, pieces);
                    continue;
                }
                Span::Kbd(inner) | Span::Abbr { text: inner, .. } if inner.iter().any(may_have_mark) => {
                    self.inline(inner, kind, range);
                }
                other => {
                    if let Some(inner) = other.formatted_mut().filter(|inner| inner.iter().any(may_have_mark))
                    {
                        self.inline(inner, kind, range);
                    }
                }
            }
            read.push(span);
        }
        if roles::take_attributes(&mut read) {
            self.read.marks.reduce(ReducedMark::Attributes, range);
        }
        *spans = roles::bracketed(read);
    }
}

/// Returns true for text with a character that a mark begins with.
fn may_have_mark(span: &Span) -> bool {
    match span {
        Span::Text(text) => text.contains("[[") || text.contains(['{', '^']) || text.contains(")="),
        Span::Link { .. } => false,
        span => span.children().iter().any(may_have_mark),
    }
}
