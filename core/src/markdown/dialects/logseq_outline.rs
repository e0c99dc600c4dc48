//! Outlines of Logseq: a document that is one list, in which items are headings.

use crate::markdown::document_parts::TopLevel;
use crate::notebook::{Block, ListItem};

/// Makes headings of the items that are headings, and parts of the document of what stands below them. A document with
/// anything beside its lists, or without such items, stays as it is. O(items).
pub(in crate::markdown) fn headings_from_items(top_level: Vec<TopLevel>) -> Vec<TopLevel> {
    let is_list_only = top_level.iter().all(|top| matches!(top, TopLevel::List { .. }))
        && top_level.iter().any(|top| match top {
            TopLevel::List { items, .. } => items.iter().any(|(item, _)| is_heading(item)),
            _ => false,
        });
    if !is_list_only {
        return top_level;
    }
    let mut document = Vec::new();
    for top in top_level {
        match top {
            TopLevel::List { start, items } => add_list(start, items, &mut document),
            other => document.push(other),
        }
    }
    document
}

fn is_heading(item: &ListItem) -> bool {
    item.checked.is_none() && matches!(item.blocks.first(), Some(Block::Heading { .. }))
}

type Items = Vec<(ListItem, std::ops::Range<usize>)>;

fn add_list(start: Option<u64>, items: Items, document: &mut Vec<TopLevel>) {
    let mut others: Items = Vec::new();
    for (item, range) in items {
        if !is_heading(&item) {
            others.push((item, range));
            continue;
        }
        if !others.is_empty() {
            document.push(TopLevel::List { start, items: std::mem::take(&mut others) });
        }
        for block in item.blocks {
            let range = range.clone();
            match block {
                Block::Heading { level, text, .. } => {
                    document.push(TopLevel::Heading { level, text, attributes: None, range });
                }
                Block::List { start, items } => {
                    let items = items.into_iter().map(|item| (item, range.clone())).collect();
                    add_list(start, items, document);
                }
                block => document.push(TopLevel::Block { block, range }),
            }
        }
    }
    if !others.is_empty() {
        document.push(TopLevel::List { start, items: others });
    }
}
