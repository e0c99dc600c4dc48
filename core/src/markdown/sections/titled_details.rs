//! Reads a heading or a short line with the details of a paper below it.

use std::ops::Range;

use super::SectionBuilder;
use super::details_above::may_be_title;
use super::entries::labeled;
use crate::markdown::document_parts::TopLevel;
use crate::markdown::field_list::described_by;
use crate::markdown::leading_link::as_link;
use crate::markdown::link_kind::is_label;
use crate::markdown::paper_line::{self, Details, Evidence, MAX_DETAILS, PaperLine};
use crate::markdown::reading_status;
use crate::markdown::venue::is_event;
use crate::notebook::{Block, Entry, ListItem, Placement, Section, SectionKind, Span, TitleForm, plain};

/// The most pictures between a title and its details. Chosen: more are a gallery, and what follows need not belong to the
/// title.
const MAX_PICTURES: usize = 3;
/// The most paragraphs of facts before the link to a paper.
const MAX_FACTS: usize = 3;

impl SectionBuilder<'_> {
    /// Reads a heading or short line as a paper if what stands below it has its details, perhaps after a picture. Returns
    /// the number of parts that it took from below, and gives the part back if it is none.
    pub(super) fn titled_details(&mut self, top: TopLevel, below: &[TopLevel]) -> Result<usize, TopLevel> {
        match top {
            TopLevel::List { start, items } => self.last_item_with_details(start, items, below),
            TopLevel::Heading { level, text, attributes, range } => {
                let found =
                    paper_of_heading(&text, below).filter(|(line, notes, _)| !self.repeats_file(line, notes));
                let Some((line, notes, taken)) = found else {
                    return Err(TopLevel::Heading { level, text, attributes, range });
                };
                self.heading(level, text, attributes.as_deref(), range.clone(), below);
                self.push_paper_of_heading(line, notes, range);
                Ok(taken)
            }
            TopLevel::Block { block: block @ Block::Para(_), range } if self.title_above().is_some() => {
                let more: Vec<&Block> = below.iter().map_while(as_facts).take(MAX_FACTS).collect();
                let Some(paper) = self.paper_of_title(&block, &more) else {
                    return self.short_line(block, range, below);
                };
                self.beside_text(block, paper, range);
                Ok(0)
            }
            TopLevel::Block { block: block @ Block::Para(_), range } => self.short_line(block, range, below),
            other => Err(other),
        }
    }

    /// Reads a short line with the details of a paper below it.
    fn short_line(
        &mut self,
        block: Block,
        range: Range<usize>,
        below: &[TopLevel],
    ) -> Result<usize, TopLevel> {
        let found = match &block {
            Block::Para(spans) if self.may_hold_papers() => paper_of_short_line(spans, below),
            _ => None,
        };
        let Some((line, notes, taken)) = found else { return Err(TopLevel::Block { block, range }) };
        self.open_untitled(range.clone());
        let mut paper = line.into_reference(notes);
        paper.placement = Placement::Paragraph;
        self.push(Entry::Paper(paper), range, true);
        Ok(taken)
    }

    /// Returns true if a heading and its details describe the paper that the front matter describes.
    fn repeats_file(&self, line: &PaperLine, notes: &[Block]) -> bool {
        let first = self.done.first().or_else(|| self.open.first().map(|open| &open.section));
        let Some(Entry::Paper(file)) = first.and_then(|section| section.entries.first()) else {
            return false;
        };
        let is_untitled = first.is_some_and(|section| section.level == Section::UNTITLED_LEVEL);
        is_untitled
            && file.placement == Placement::Heading
            && file.url.is_some()
            && described_by(line.clone(), notes.to_vec()).url == file.url
    }

    /// Adds the paper of the heading that was opened last.
    fn push_paper_of_heading(&mut self, mut line: PaperLine, notes: Vec<Block>, range: Range<usize>) {
        if matches!(self.kind(), SectionKind::Terms | SectionKind::Goals) {
            // What a glossary has is a term.
            for note in notes {
                self.block(note, range.clone());
            }
            return;
        }
        let status = reading_status::before_title(&plain(&line.before));
        line.split_facts();
        let mut paper = line.into_reference(notes);
        paper.properties.extend(status.map(reading_status::property));
        paper.placement = Placement::Heading;
        paper.byline.clear();
        paper.before_title = 0;
        self.push(Entry::Paper(paper), range, true);
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

/// A title, the notes below it, and the number of parts that they are.
type TitledPaper = (PaperLine, Vec<Block>, usize);

/// Returns the paper of a heading that links to it, or that has its details below it.
fn paper_of_heading(text: &[Span], below: &[TopLevel]) -> Option<TitledPaper> {
    if is_event_heading(text) {
        return None;
    }
    let linked =
        paper_line::split_line(text).filter(|line| line.link.is_some() && line.evidence() == Evidence::Link);
    if let Some(line) = linked {
        let (notes, taken) = first_note(below).unwrap_or_default();
        return Some((line, notes, taken));
    }
    let (notes, taken) = details_below(below).filter(|_| may_be_title(&plain(text)))?;
    Some((PaperLine::plain(text)?, notes, taken))
}

/// Returns the paper of a short line with a list of its details or its address below.
fn paper_of_short_line(spans: &[Span], below: &[TopLevel]) -> Option<TitledPaper> {
    let is_short = spans.len() <= 3 && !paper_line::has_link(spans) && !plain(spans).ends_with([':', '：']);
    if !is_short {
        return None;
    }
    // A venue, a date or names are no title.
    let is_fact = || paper_line::details_of(&Block::Para(spans.to_vec())) != Details::None;
    let with_facts =
        || details_below(below).filter(|(notes, _)| notes.len() > 1 && !plain(spans).trim().is_empty());
    if let Some((notes, taken)) = with_facts().filter(|_| !is_fact()) {
        return bracketed_title(spans).or_else(|| PaperLine::plain(spans)).map(|line| (line, notes, taken));
    }
    let (notes, taken) = first_note(below)?;
    let is_detail = match notes.last() {
        Some(Block::List { .. }) => true,
        Some(Block::Para(spans)) => paper_line::is_address_of_paper(spans),
        _ => false,
    };
    (is_detail && !is_fact()).then(|| PaperLine::plain(spans)).flatten().map(|line| (line, notes, taken))
}

/// Returns the title of a line that is in square brackets as a whole, which are no link: `[Folding Maps]`.
fn bracketed_title(spans: &[Span]) -> Option<PaperLine> {
    let [Span::Text(text)] = spans else { return None };
    let inside = text.strip_prefix('[')?.strip_suffix(']')?;
    let text = |text: &str| vec![Span::Text(text.to_owned())];
    (!inside.contains(['[', ']']) && inside.split_whitespace().count() > 1).then(|| PaperLine {
        before: text("["),
        title: text(inside),
        form: TitleForm::Text,
        link: None,
        after: text("]"),
    })
}

/// Returns the paragraph or list of details below a title, with the pictures before it, and the number of parts.
fn first_note(below: &[TopLevel]) -> Option<(Vec<Block>, usize)> {
    let pictures: Vec<_> = below.iter().map_while(as_picture).take(MAX_PICTURES).collect();
    let details = match below.get(pictures.len())? {
        // Only lists that are short enough to be details are looked at.
        TopLevel::List { start, items } if items.len() <= MAX_DETAILS => {
            let items = items.iter().map(|(item, _)| item);
            paper_line::is_detail_list(items.clone())
                .then(|| Block::List { start: *start, items: items.cloned().collect() })?
        }
        TopLevel::Block { block: Block::Para(spans), .. } => Block::Para(spans.clone()),
        _ => return None,
    };
    let taken = pictures.len() + 1;
    let pictures = pictures.into_iter().cloned().map(Block::Para);
    Some((pictures.chain([details]).map(labeled).collect(), taken))
}

/// Returns the details of a paper below a heading, up to those with its link: lines, a list or a quote, after pictures and lines
/// of facts.
fn details_below(below: &[TopLevel]) -> Option<(Vec<Block>, usize)> {
    let mut notes = Vec::new();
    let (mut pictures, mut facts) = (0, 0);
    for part in below {
        if let Some(picture) = as_picture(part).filter(|_| facts == 0) {
            pictures += 1;
            notes.push(Block::Para(picture.clone()));
        } else {
            let block = match part {
                TopLevel::List { start, items } if items.len() <= MAX_DETAILS => {
                    let items = items.iter().map(|(item, _)| item.clone()).collect();
                    Block::List { start: *start, items }
                }
                TopLevel::Block {
                    block: block @ (Block::Para(_) | Block::Quote { .. } | Block::Table { .. }),
                    ..
                } => block.clone(),
                _ => return None,
            };
            let details = paper_line::details_of(&block);
            notes.push(labeled(block));
            match details {
                Details::Paper => return Some((notes, pictures + facts + 1)),
                Details::Facts => facts += 1,
                Details::None => return None,
            }
        }
        if pictures > MAX_PICTURES || facts > MAX_FACTS {
            return None;
        }
    }
    None
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

/// Returns a paragraph of facts about a paper, such as `Authors: …`.
fn as_facts(part: &TopLevel) -> Option<&Block> {
    match part {
        TopLevel::Block { block: block @ Block::Para(_), .. } => {
            (paper_line::details_of(block) == Details::Facts).then_some(block)
        }
        _ => None,
    }
}

/// Returns a paragraph that is nothing but pictures.
fn as_picture(part: &TopLevel) -> Option<&Vec<Span>> {
    let TopLevel::Block { block: Block::Para(spans), .. } = part else { return None };
    spans.iter().all(is_picture).then_some(spans)
}

/// Returns true for a picture, perhaps one that is a link.
fn is_picture(span: &Span) -> bool {
    match span {
        Span::Image { .. } | Span::Break {} => true,
        Span::Text(text) => text.trim().is_empty(),
        Span::Link { text, .. } => !text.is_empty() && text.iter().all(is_picture),
        _ => false,
    }
}
