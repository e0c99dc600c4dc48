//! Lines below a title with the authors, venue, date and address of the paper: `**Authors:** …`,
//! `ICML 2021 | [Paper](…)`, `Ada Brook, Omar Rizk. CVPR 2020.`

use super::details::{
    MAX_DETAILS, has_label_of_paper, is_address_of_paper, is_detail_list, is_paper_by_itself,
};
use super::fact_lines::{has_text_title, has_titled_paper, is_fact_line, label_of, lines_of};
use super::links::{collect_details, collect_line, has_paper_link, of_one_paper};
use crate::markdown::detail_label::is_detail_label;
use crate::markdown::detail_table::as_lines;
use crate::markdown::venue::is_event;
use crate::notebook::{Block, ListItem, Span, plain};

/// Content of a block below a title.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(in crate::markdown) enum Details {
    /// Something else.
    None,
    /// Authors, a venue, a date and the like, but no link to the paper.
    Facts,
    /// Details with a link to the paper.
    Paper,
}

/// One line of a block.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Line {
    /// A known label with its value, label links, or nothing but facts.
    Known,
    /// A label that is not listed, with its value.
    Labeled,
    Other,
}

/// Classifies a block below a title by the details of the paper in it.
pub(in crate::markdown) fn details_of(block: &Block) -> Details {
    match block {
        Block::Para(spans) => details_of_lines(&lines_of(spans)),
        Block::Quote { blocks, .. } => {
            let lines = blocks.iter().map(|block| match block {
                Block::Para(spans) => Some(lines_of(spans)),
                _ => None,
            });
            let lines: Option<Vec<_>> = lines.collect();
            lines.map_or(Details::None, |lines| details_of_lines(&lines.concat()))
        }
        Block::List { items, .. } => details_of_list(&items.iter().collect::<Vec<_>>()),
        Block::Table { .. } => as_lines(block).map_or(Details::None, |list| details_of(&list)),
        _ => Details::None,
    }
}

/// Returns the lines of details that a paragraph begins with; none if it is no paragraph of details.
pub(super) fn detail_lines_of(spans: &[Span]) -> Vec<Vec<Span>> {
    let mut lines = lines_of(spans);
    lines.truncate(leading_details(&lines).unwrap_or(0));
    lines
}

/// Returns the number of details that lines begin with. What follows them in the same paragraph is a note, but must be no
/// other paper.
fn leading_details(lines: &[Vec<Span>]) -> Option<usize> {
    if lines.is_empty() || lines.len() > MAX_DETAILS {
        return None;
    }
    let kinds: Vec<Line> = lines.iter().map(|line| kind_of_line(line)).collect();
    let count = kinds.iter().position(|kind| *kind == Line::Other).unwrap_or(lines.len());
    let known = kinds.iter().take(count).filter(|kind| **kind == Line::Known).count();
    let mut notes = lines.iter().skip(count);
    // `FoldNet: Folding Maps` above names and links is a title, although it begins like a label.
    (kinds.first() == Some(&Line::Known) && known * 2 >= count && !notes.any(|line| has_paper_link(line)))
        .then_some(count)
}

fn details_of_lines(lines: &[Vec<Span>]) -> Details {
    let Some(count) = leading_details(lines) else { return Details::None };
    let mut found = Vec::new();
    for line in lines.iter().take(count) {
        collect_line(line, &mut found);
    }
    // Prose in the same paragraph is fine only where a link says that the title above is a paper.
    match of_one_paper(&found) {
        Some(true) => Details::Paper,
        Some(false) if count == lines.len() => Details::Facts,
        _ => Details::None,
    }
}

fn kind_of_line(line: &[Span]) -> Line {
    if let Some((label, _)) = label_of(line) {
        // `Paper: [Title](…)`, `Paper: Title [pdf](…)` and `Related: [Title](…)` have titles of their own.
        return if has_titled_paper(line) || has_text_title(&label, line) {
            Line::Other
        } else if is_detail_label(&label) {
            Line::Known
        } else {
            Line::Labeled
        };
    }
    // Authors and venues are rarely bold, titles often.
    let is_bold = matches!(line, [Span::Strong(inner)] if !is_event(&plain(inner)));
    if !is_bold && (is_address_of_paper(line) || is_fact_line(line)) { Line::Known } else { Line::Other }
}

/// Returns true if a list has a label link of one paper, and below a heading would be its details.
pub(in crate::markdown) fn is_list_with_label_of_paper<'a>(
    items: impl IntoIterator<Item = &'a ListItem>,
) -> bool {
    details_of_list(&items.into_iter().take(MAX_DETAILS + 1).collect::<Vec<_>>()) == Details::Paper
}

/// Returns what a list below a title tells: details, or one label link of the paper below facts.
fn details_of_list(items: &[&ListItem]) -> Details {
    if items.len() > MAX_DETAILS {
        return Details::None;
    }
    let lines: Option<Vec<&Vec<Span>>> = items
        .iter()
        .map(|item| match item.blocks.as_slice() {
            [Block::Para(spans), ..] => Some(spans),
            _ => None,
        })
        .collect();
    let Some(lines) = lines else { return Details::None };
    if lines.iter().any(|line| is_paper_by_itself(line)) {
        return Details::None;
    }
    let mut found = Vec::new();
    for line in &lines {
        collect_details(line, &mut found);
    }
    let Some(has_paper) = of_one_paper(&found) else { return Details::None };
    let is_known = |line: &&&Vec<Span>| kind_of_line(line) == Line::Known;
    let known = lines.iter().take_while(is_known).count();
    if known == lines.len() && !has_paper {
        return Details::Facts;
    }
    // A label is never a title: what it belongs to stands above.
    let leads = lines.iter().take(known).any(|line| {
        let mut found = Vec::new();
        collect_details(line, &mut found);
        of_one_paper(&found) == Some(true)
    });
    let is_paper = has_paper
        && (is_detail_list(items.iter().copied()) || leads && has_label_of_paper(items.iter().copied()));
    if is_paper { Details::Paper } else { Details::None }
}
