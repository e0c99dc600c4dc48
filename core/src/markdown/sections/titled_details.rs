//! Reads a heading or a short line with the details of a paper below it.

use std::ops::Range;

use super::SectionBuilder;
use super::text::labeled;
use crate::markdown::leading_link::as_link;
use crate::markdown::link_kind::{is_label, kind_from_label};
use crate::markdown::paper_line::{self, Evidence, MAX_DETAILS, PaperLine};
use crate::markdown::syntax_tree::TopLevel;
use crate::markdown::venue::is_event;
use crate::markdown::{log_heading, reading_status, section_kind};
use crate::notebook::{Block, Entry, ListItem, Placement, SectionKind, Span, plain};

/// The most pictures between a title and its details. Chosen: more are a gallery, and what follows need not belong to the
/// title.
const MAX_PICTURES: usize = 3;

impl SectionBuilder<'_> {
    /// Reads a heading or short line as a paper if the list or paragraph below it has its details, perhaps after a picture. Returns
    /// the number of parts that it took from below, and gives the part back if it is none.
    #[allow(
        clippy::too_many_lines,
        reason = "the forms of a paper that a heading or a line begins, in their order"
    )]
    pub(super) fn titled_details(&mut self, top: TopLevel, below: &[TopLevel]) -> Result<usize, TopLevel> {
        if let TopLevel::List { start, items } = top {
            return self.last_item_with_details(start, items, below);
        }
        if !matches!(&top, TopLevel::Heading { .. } | TopLevel::Block { block: Block::Para(_), .. }) {
            return Err(top);
        }
        let pictures = below.iter().map_while(as_picture).take(MAX_PICTURES).count();
        let details = match below.get(pictures) {
            // Only lists that are short enough to be details are looked at.
            Some(TopLevel::List { start, items }) if items.len() <= MAX_DETAILS => {
                let items = items.iter().map(|(item, _)| item);
                paper_line::is_detail_list(items.clone())
                    .then(|| Block::List { start: *start, items: items.cloned().collect() })
            }
            Some(TopLevel::Block { block: Block::Para(spans), .. }) => Some(Block::Para(spans.clone())),
            _ => None,
        };
        let is_list = matches!(details, Some(Block::List { .. }));
        let is_address =
            matches!(&details, Some(Block::Para(spans)) if paper_line::is_address_of_paper(spans));
        let taken = if details.is_some() { pictures + 1 } else { 0 };
        let pictures = below.iter().map_while(as_picture).take(pictures);
        let notes = || pictures.cloned().map(Block::Para).chain(details).map(labeled).collect::<Vec<_>>();
        match top {
            TopLevel::Heading { level, text, attributes, range } => {
                if is_event_heading(&text) {
                    return Err(TopLevel::Heading { level, text, attributes, range });
                }
                let line = paper_line::split_line(&text)
                    .filter(|line| line.link.is_some() && line.evidence() == Evidence::Link);
                let line = line.or_else(|| {
                    let title = plain(&text);
                    let is_title = (is_list || is_address)
                        && section_kind::kind_from_title(&title) == SectionKind::Prose
                        && kind_from_label(&title).is_none()
                        && log_heading::date_of(&title).is_none();
                    is_title.then(|| PaperLine::plain(&text)).flatten()
                });
                let Some(line) = line else {
                    return Err(TopLevel::Heading { level, text, attributes, range });
                };
                self.heading(level, text, attributes.as_deref(), range.clone(), below);
                let notes = if taken == 0 { Vec::new() } else { notes() };
                if matches!(self.kind(), SectionKind::Terms | SectionKind::Goals) {
                    // What a glossary has is a term.
                    for note in notes {
                        self.block(note, range.clone());
                    }
                    return Ok(taken);
                }
                let status = reading_status::before_title(&plain(&line.before));
                let mut paper = line.into_reference(notes);
                paper.properties.extend(status.map(reading_status::property));
                paper.placement = Placement::Heading;
                paper.byline.clear();
                paper.before_title = 0;
                self.push(Entry::Paper(paper), range, true);
                Ok(taken)
            }
            TopLevel::Block { block: Block::Para(spans), range }
                if (is_list || is_address) && self.may_hold_papers() =>
            {
                let is_short = spans.len() <= 3
                    && !paper_line::has_link(&spans)
                    && !plain(&spans).ends_with([':', '：']);
                let Some(line) = is_short.then(|| PaperLine::plain(&spans)).flatten() else {
                    return Err(TopLevel::Block { block: Block::Para(spans), range });
                };
                self.open_untitled(range.clone());
                let mut paper = line.into_reference(notes());
                paper.placement = Placement::Paragraph;
                self.push(Entry::Paper(paper), range, true);
                Ok(taken)
            }
            other => Err(other),
        }
    }

    /// A list whose last item has its details in the list below, which is indented too little to be a part of it:
    /// `1. Title` and `  - Paper: …`.
    fn last_item_with_details(
        &mut self,
        start: Option<u64>,
        mut items: Vec<(ListItem, Range<usize>)>,
        below: &[TopLevel],
    ) -> Result<usize, TopLevel> {
        let details = match below.first() {
            Some(TopLevel::List { start, items }) if items.len() <= MAX_DETAILS => Some((start, items)),
            _ => None,
        };
        let is_title = |item: &ListItem| match item.blocks.as_slice() {
            [Block::Para(spans)] => !paper_line::has_link(spans) && PaperLine::plain(spans).is_some(),
            _ => false,
        };
        let of_items = |items: &[(ListItem, Range<usize>)]| {
            paper_line::is_detail_list(items.iter().map(|(item, _)| item))
        };
        // Two adjacent bullet lists are separate lists; only bullets after a numbered list can be details.
        if let Some((inner, details)) = details.filter(|(inner, _)| start.is_some() && inner.is_none())
            && self.may_hold_papers()
            && items.last().is_some_and(|(item, _)| is_title(item))
            && of_items(details)
            && !of_items(&items)
            && let Some((item, _)) = items.last_mut()
        {
            let details = details.iter().map(|(item, _)| item.clone()).collect();
            item.blocks.push(Block::List { start: *inner, items: details });
            self.list(start, items);
            return Ok(1);
        }
        Err(TopLevel::List { start, items })
    }
}

/// Returns true for a heading that names a venue and a year, perhaps with links in brackets after it: `ATC 2020
/// [[Program](…)]`, `ICML 2023 ([site](…))`. It is a section with the papers of that year.
fn is_event_heading(text: &[Span]) -> bool {
    let mut words = String::new();
    let mut spans = text.iter().peekable();
    while let Some(span) = spans.next() {
        let Some((url, _, label)) = as_link(span) else {
            words.push_str(&plain(std::slice::from_ref(span)));
            continue;
        };
        let is_opened = words.trim_end().ends_with(['[', '(', '|', '/', ',']);
        let is_closed = matches!(spans.peek(), Some(Span::Text(after)) if after.trim_start().starts_with([']', ')', '|', '/', ',']));
        if !(is_opened && is_closed || is_label(&label, &url)) {
            return false;
        }
        words.push(' ');
    }
    is_event(&words)
}

/// Returns a paragraph that is nothing but pictures.
fn as_picture(part: &TopLevel) -> Option<&Vec<Span>> {
    let TopLevel::Block { block: Block::Para(spans), .. } = part else { return None };
    let is_picture = |span: &Span| match span {
        Span::Image { .. } | Span::Break {} => true,
        Span::Text(text) => text.trim().is_empty(),
        _ => false,
    };
    (spans.iter().all(is_picture)).then_some(spans)
}
