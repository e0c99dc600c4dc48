//! Recognizes blocks that would be entries in any section.

use crate::markdown::paper_line::{self, Details, Evidence, PaperLine};
use crate::markdown::{field_list, glossary, table_papers};
use crate::notebook::{Block, ListItem};

/// Fewest definitions in a list that make a section one of terms. Chosen: one or two may explain something in a text.
pub(super) const MIN_DEFINITIONS: usize = 3;

/// Returns true if some of these blocks would be read as papers, if they stood in a section whose kind is not set.
pub(in crate::markdown) fn would_be_papers(blocks: &[Block]) -> bool {
    blocks.iter().any(|block| match block {
        Block::List { items, .. } => list_would_be_papers(items),
        Block::Para(spans) => paper_line::has_paper_link(spans),
        Block::Table { rows, .. } => !table_papers::papers_in(rows).is_empty(),
        Block::Quote { blocks: quoted, .. } => {
            paper_line::details_of(block) == Details::Paper || field_list::paper_in_quote(quoted).is_some()
        }
        _ => false,
    })
}

/// Returns true if some of these blocks would be read as papers below a heading about books, courses and the like, whose kind
/// is not set: there an item needs the link of a paper.
pub(in crate::markdown) fn would_be_papers_elsewhere(blocks: &[Block]) -> bool {
    fn are_papers(items: &[ListItem]) -> bool {
        items.iter().any(|item| {
            is_paper_item(item) && has_named_paper_link(item)
                || nested_lists(item).any(|items| are_papers(items))
        })
    }
    blocks.iter().any(|block| match block {
        Block::List { items, .. } => {
            are_papers(items)
                || paper_line::is_detail_list(items)
                || paper_line::is_list_with_label_of_paper(items)
        }
        block => would_be_papers(std::slice::from_ref(block)),
    })
}

/// Returns true if some of these blocks would be read as terms or goals in a section whose kind is not set.
pub(in crate::markdown) fn would_be_terms_or_goals(blocks: &[Block]) -> bool {
    blocks.iter().any(|block| match block {
        Block::List { items, .. } => {
            items.iter().all(glossary::is_marked_item)
                || glossary::are_abbreviations(items.iter())
                || items.iter().all(|item| item.checked.is_some())
        }
        Block::Para(spans) => glossary::marked_terms(spans).is_some() || glossary::opens_definition(spans),
        Block::Table { rows, .. } => !glossary::terms_in(rows, false).is_empty(),
        Block::Definitions { items } => items.len() >= MIN_DEFINITIONS,
        _ => false,
    })
}

/// Returns true if some items of a list would be papers.
pub(in crate::markdown) fn list_would_be_papers<'a, I>(items: I) -> bool
where
    I: IntoIterator<Item = &'a ListItem> + Clone,
{
    items.clone().into_iter().any(holds_paper)
        || field_list::paper_in(items.clone().into_iter()).is_some()
        || paper_line::is_detail_list(items.clone())
        || paper_line::is_list_with_label_of_paper(items)
}

pub(super) fn has_named_paper_link(item: &ListItem) -> bool {
    item.blocks
        .iter()
        .any(|block| matches!(block, Block::Para(spans) if paper_line::has_named_paper_link(spans)))
}

pub(super) fn nested_lists(item: &ListItem) -> impl Iterator<Item = &Vec<ListItem>> {
    item.blocks.iter().filter_map(|block| match block {
        Block::List { items, .. } => Some(items),
        _ => None,
    })
}

/// Returns true if an item is a paper, or one in a list inside it is.
fn holds_paper(item: &ListItem) -> bool {
    is_paper_item(item) || nested_lists(item).any(|items| items.iter().any(holds_paper))
}

/// Returns true if an item by itself says that it is a paper.
pub(super) fn is_paper_item(item: &ListItem) -> bool {
    let Some(Block::Para(spans)) = item.blocks.first() else { return false };
    let rest = item.blocks.get(1..).unwrap_or_default();
    if !paper_line::has_link(spans) && rest.is_empty() {
        return false;
    }
    paper_line_of(item).is_some_and(|line| line.evidence_with(rest) == Evidence::Link)
}

/// Returns true if an item is a reference with all its parts, without a link.
pub(super) fn is_reference_item(item: &ListItem) -> bool {
    let Some(Block::Para(spans)) = item.blocks.first() else { return false };
    !paper_line::has_link(spans)
        && paper_line::split_line(spans)
            .or_else(|| paper_line::split_reference(spans))
            .is_some_and(|line| line.is_reference_without_link())
}

/// The line of an item; a line without a link may have its links in the details below it.
pub(super) fn paper_line_of(item: &ListItem) -> Option<PaperLine> {
    let Some(Block::Para(spans)) = item.blocks.first() else { return None };
    paper_line::split_line(spans).or_else(|| paper_line::split_reference(spans)).or_else(|| {
        let has_details =
            !paper_line::has_link(spans) && nested_lists(item).next().is_some_and(paper_line::is_detail_list);
        has_details.then(|| PaperLine::plain(spans)).flatten()
    })
}
