//! Folds around lists of papers: `<details><summary>2023</summary>`. Papers in a fold are entries as they are without it, so
//! that they can be found and filtered; the summary is the heading of their section, which has a fold of its own.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use crate::markdown::attributes::Attributes;
use crate::markdown::document_parts::TopLevel;
use crate::markdown::inline_text::join_to_one_line;
use crate::markdown::paper_line;
use crate::markdown::sections::{list_would_be_papers, would_be_papers};
use crate::notebook::{Block, Id, Span, plain};

/// A fold whose contents are parts of the document.
#[derive(Debug)]
pub(in crate::markdown) struct DissolvedFold {
    /// Its summary.
    pub(in crate::markdown) summary: Vec<Span>,
    /// Open from the start.
    pub(in crate::markdown) is_open: bool,
    /// Its contents, by their places among the top-level parts.
    pub(in crate::markdown) parts: Range<usize>,
    /// Bytes of the source.
    pub(in crate::markdown) range: Range<usize>,
}

/// Returns true if some of these parts would be papers without the fold around them.
pub(in crate::markdown) fn hold_papers(parts: &[TopLevel]) -> bool {
    parts.iter().any(|part| match part {
        TopLevel::Heading { text, .. } => paper_line::has_paper_link(text),
        TopLevel::List { items, .. } => list_would_be_papers(items.iter().map(|(item, _)| item)),
        TopLevel::Block { block, .. } => would_be_papers(std::slice::from_ref(block)),
        TopLevel::Definitions { .. } => false,
    })
}

/// Returns parts as the blocks of a fold.
pub(in crate::markdown) fn blocks(parts: impl Iterator<Item = TopLevel>) -> Vec<Block> {
    let block = |part| match part {
        TopLevel::Heading { level, mut text, attributes, .. } => {
            if let Some(attributes) = attributes {
                attributes.put_back(&mut text);
            }
            Block::Heading { id: Id::from(""), level, text }
        }
        TopLevel::List { start, items } => {
            Block::List { start, items: items.into_iter().map(|(item, _)| item).collect() }
        }
        TopLevel::Definitions { items, .. } => Block::Definitions { items },
        TopLevel::Block { block, .. } => block,
    };
    parts.map(block).collect()
}

/// Puts the summaries of dissolved folds before their contents: as a heading where the section ends with the fold, else as
/// a line in bold. O(parts).
#[allow(clippy::too_many_lines, reason = "one pass that keeps track of the levels around each fold")]
pub(in crate::markdown) fn insert_summaries(
    parts: Vec<TopLevel>,
    folds: Vec<DissolvedFold>,
) -> Vec<TopLevel> {
    if folds.is_empty() {
        return parts;
    }
    let mut ends = BTreeSet::new();
    let mut starts: BTreeMap<usize, Vec<DissolvedFold>> = BTreeMap::new();
    for fold in folds {
        ends.insert(fold.parts.end);
        starts.entry(fold.parts.start).or_default().push(fold);
    }
    let ends_section = |at: usize| {
        starts.contains_key(&at)
            || ends.contains(&at) && parts.get(at).is_none()
            || match parts.get(at) {
                None | Some(TopLevel::Heading { .. }) => true,
                Some(TopLevel::Block { block, .. }) => matches!(block, Block::Rule {}) || leads_back(block),
                Some(_) => false,
            }
    };
    let levels: Vec<u8> = parts
        .iter()
        .map(|part| match part {
            TopLevel::Heading { level, .. } => *level,
            _ => 0,
        })
        .collect();
    // Levels of the headings around folds, each with the end of its fold.
    let mut around: Vec<(usize, u8)> = Vec::new();
    let mut level = 0;
    let mut heads: BTreeMap<usize, Vec<TopLevel>> = BTreeMap::new();
    for at in 0..=parts.len() {
        while let Some(&(end, before)) = around.last()
            && end <= at
        {
            level = before;
            around.pop();
        }
        // The outermost fold was closed last.
        for fold in starts.get(&at).into_iter().flatten().rev() {
            let inner = levels.get(fold.parts.clone()).unwrap_or_default();
            let deepest = inner.iter().filter(|level| **level > 0).min().map_or(6, |level| level - 1);
            let own = (level.max(1) + 1).min(deepest);
            let mut text = fold.summary.clone();
            join_to_one_line(&mut text);
            text.retain(|span| !matches!(span, Span::Break {}));
            let range = fold.range.clone();
            let head = heads.entry(at).or_default();
            if plain(&text).trim().is_empty() {
                head.extend(
                    (!text.is_empty()).then_some(TopLevel::Block { block: Block::Para(text), range }),
                );
            } else if own > level && ends_section(fold.parts.end) {
                let attributes = (!fold.is_open).then(|| Box::new(Attributes::of_closed_fold()));
                around.push((fold.parts.end, level));
                level = own;
                head.push(TopLevel::Heading { level: own, text, attributes, range });
            } else {
                let is_bold = matches!(text.as_slice(), [Span::Strong(_)]);
                let text = if is_bold { text } else { vec![Span::Strong(text)] };
                head.push(TopLevel::Block { block: Block::Para(text), range });
            }
        }
        if let Some(own) = levels.get(at).filter(|own| **own > 0) {
            level = *own;
        }
    }
    let mut result = Vec::with_capacity(parts.len() + heads.len());
    for (at, part) in parts.into_iter().enumerate() {
        result.extend(heads.remove(&at).into_iter().flatten());
        result.push(part);
    }
    result.extend(heads.into_values().flatten());
    result
}

/// Returns true for a paragraph that is nothing but a link to a place on the page: "back to top".
fn leads_back(block: &Block) -> bool {
    let Block::Para(spans) = block else { return false };
    let is_link = |span: &Span| matches!(span, Span::Link { url, .. } if url.as_str().starts_with('#'));
    let is_mark = |span: &Span| !plain(std::slice::from_ref(span)).chars().any(char::is_alphanumeric);
    spans.iter().any(is_link) && spans.iter().all(|span| is_link(span) || is_mark(span))
}
