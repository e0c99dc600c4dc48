//! Fields that describe one paper, in a list or in lines: `- Title: …`, `- Authors: …`, `- Link: https://…`.

use super::detail_label::{DetailLabel, detail_label};
use super::inline_text::trim_and_link;
use super::label::label_paragraph;
use super::leading_link::as_link;
use super::link_kind::{is_label, kind_from_host, kind_from_label};
use super::paper_line::{PaperLine, add_details, has_paper_link, lines_of};
use crate::notebook::{Block, LinkKind, ListItem, Placement, Reference, Span, TitleForm};

/// Most fields of one paper. Chosen: a longer list is not the description of one paper.
const MAX_FIELDS: usize = 20;

/// Returns the paper that a list describes, if it has a field for the title, and one for the address, or for the authors and the
/// year or venue. The list itself stays in its place.
pub(super) fn paper_in<'a>(items: impl Iterator<Item = &'a ListItem>) -> Option<Reference> {
    let lines = items.filter_map(|item| match item.blocks.first() {
        Some(Block::Para(spans)) => Some(spans.clone()),
        _ => None,
    });
    paper_in_fields(&at_most(lines)?)
}

/// Returns the paper that the lines of a quote describe. The quote stays in its place.
pub(super) fn paper_in_quote(blocks: &[Block]) -> Option<Reference> {
    let lines = blocks.iter().map(|block| match block {
        Block::Para(spans) => Some(lines_of(spans)),
        _ => None,
    });
    let lines: Vec<_> = lines.collect::<Option<_>>()?;
    paper_in_fields(&at_most(lines.into_iter().flatten())?)
}

/// Returns the first fields; `None` if there are more than a paper has.
fn at_most(lines: impl Iterator<Item = Vec<Span>>) -> Option<Vec<Vec<Span>>> {
    let lines: Vec<_> = lines.take(MAX_FIELDS + 1).collect();
    (lines.len() <= MAX_FIELDS).then_some(lines)
}

fn paper_in_fields(lines: &[Vec<Span>]) -> Option<Reference> {
    let fields: Vec<_> = lines.iter().map(|line| label_paragraph(line.clone())).collect();
    let title = fields.iter().find_map(|field| match field {
        Block::Field { label, text, .. } if detail_label(label) == Some(DetailLabel::Title) => {
            Some(trim_and_link(text.clone(), false))
        }
        _ => None,
    });
    let linked = if title.is_none() { linked_title(&fields) } else { None };
    // The title's own link is no other link of the paper.
    let own = linked.as_ref().map(|(at, _)| *at);
    let title = title.or(linked.map(|(_, title)| title)).filter(|_| lines.len() > 1)?;
    let line = match title.as_slice() {
        [one] => as_link(one).map(|(url, hint, title)| PaperLine {
            before: Vec::new(),
            title,
            form: TitleForm::Link,
            link: Some((url, hint)),
            after: Vec::new(),
        }),
        _ => None,
    };
    let details = lines.iter().enumerate().filter(|(at, _)| Some(*at) != own);
    let items = details.map(|(_, line)| ListItem { checked: None, blocks: vec![Block::Para(line.clone())] });
    let list = Block::List { start: None, items: items.collect() };
    let paper = described_by(line.or_else(|| PaperLine::plain(&title))?, vec![list]);
    let is_paper = paper.links.iter().any(|link| matches!(link.kind, LinkKind::Paper | LinkKind::Pdf));
    let is_described = !paper.authors.is_empty() && (paper.date.year.is_some() || paper.venue.is_some());
    (is_paper || is_described || paper.url.is_some()).then_some(paper)
}

/// Returns the number and the link of a field `Paper: [Title](…)` between fields of authors, venue and the like. `None` if several
/// papers are named.
fn linked_title(fields: &[Block]) -> Option<(usize, Vec<Span>)> {
    let (mut title, mut facts) = (None, 0);
    for (at, field) in fields.iter().enumerate() {
        let Block::Field { label, text, .. } = field else { return None };
        facts += usize::from(detail_label(label).is_some());
        let text = trim_and_link(text.clone(), false);
        let link = text.iter().find_map(as_link).filter(|(url, _, words)| !is_label(words, url));
        let Some((url, _, _)) = link.filter(|_| has_paper_link(&text)) else { continue };
        let is_named = kind_from_label(label) == Some(LinkKind::Paper)
            && matches!(kind_from_host(&url), Some(LinkKind::Paper | LinkKind::Pdf));
        if !is_named || text.len() > 1 || title.is_some() {
            return None;
        }
        title = Some((at, text));
    }
    title.filter(|_| facts > 0)
}

/// Makes the paper of a title and the blocks that describe it, which stay in their place.
pub(super) fn described_by(title: PaperLine, details: Vec<Block>) -> Reference {
    let mut paper = title.into_reference(details);
    add_details(&mut paper);
    paper.notes.clear();
    paper.byline.clear();
    paper.before_title = 0;
    paper.placement = Placement::Row;
    paper
}
