//! Reads one item of a list as an entry.

use std::ops::Range;

use super::SectionBuilder;
use super::entries::{labeled, term_with_aliases};
use super::ids::PENDING_ID;
use super::recognition::{is_paper_item, paper_line_of};
use crate::markdown::inline_text::join_to_one_line;
use crate::markdown::paper_line::{Evidence, PaperLine};
use crate::markdown::{glossary, leading_link, log_heading, term_name};
use crate::notebook::{Block, Entry, Goal, ListItem, Reference, SectionKind, Span, Term, TitleForm, plain};

impl SectionBuilder<'_> {
    /// Reads an item as an entry of its section's kind, or gives it back.
    pub(super) fn entry(
        &mut self,
        kind: SectionKind,
        item: ListItem,
        range: &Range<usize>,
    ) -> Result<Entry, ListItem> {
        match kind {
            SectionKind::Papers => {
                self.reference(item, range, Evidence::None).map(|(link, _)| Entry::Paper(link))
            }
            SectionKind::Links => {
                let is_named = self.is_named_paper(&item);
                let (link, evidence) = self.reference(item, range, Evidence::Link)?;
                let is_paper = evidence == Evidence::Link && self.may_hold_papers() && is_named;
                Ok(if is_paper { Entry::Paper(link) } else { Entry::Link(link) })
            }
            SectionKind::Terms => {
                // A link that comes first is the name of a term.
                let is_paper = !glossary::is_named_by_link(&item) && is_paper_item(&item);
                let mut paper =
                    |item| self.reference(item, range, Evidence::Link).map(|(link, _)| Entry::Paper(link));
                // A paper's line may end with a colon that no definition follows.
                let definition = if is_paper { glossary::definition_on_one_line(&item) } else { None };
                if definition.as_ref().is_some_and(Vec::is_empty) {
                    return paper(item);
                }
                // A line break in the name makes the item neither a term nor a paper.
                let is_paper = is_paper && definition.is_none();
                term(item).map(Entry::Term).or_else(|item| if is_paper { paper(item) } else { Err(item) })
            }
            SectionKind::Goals if item.blocks.is_empty() => Err(item),
            SectionKind::Goals => Ok(Entry::Goal(self.goal(item, range))),
            SectionKind::Prose if self.may_hold_papers() && self.is_paper(&item) => {
                self.reference(item, range, Evidence::Link).map(|(link, _)| Entry::Paper(link))
            }
            SectionKind::Prose if self.may_hold_papers() && self.is_reference(&item) => {
                self.reference(item, range, Evidence::Form).map(|(link, _)| Entry::Paper(link))
            }
            // A section that is read is prose until it is known as a log.
            SectionKind::Prose | SectionKind::Log => Err(item),
        }
    }

    /// Reads an item as a title with what belongs to it. One that does not begin with a link needs evidence.
    fn reference(
        &mut self,
        item: ListItem,
        range: &Range<usize>,
        needed: Evidence,
    ) -> Result<(Reference, Evidence), ListItem> {
        let Some(Block::Para(spans)) = item.blocks.first() else { return Err(item) };
        let checked = item.checked;
        let is_linked = leading_link::is_title_link(spans);
        // A link that comes first is read as one, with the colon behind it.
        let is_first = |line: &PaperLine| line.form == TitleForm::Link && line.before.is_empty();
        let split = if is_linked { None } else { paper_line_of(&item).filter(|line| !is_first(line)) };
        let (mut line, notes) = if let Some(line) = split {
            let evidence = line.evidence_with(item.blocks.get(1..).unwrap_or_default());
            let needed = if needed == Evidence::None { Evidence::Form } else { needed };
            let is_marked = line.form == TitleForm::Link && is_item_state(&line.before);
            let begins_with_link = leading_link::begins_with_link(spans) || is_marked;
            if evidence < needed && !begins_with_link {
                return Err(item);
            }
            (line, item.blocks.into_iter().skip(1).collect())
        } else {
            let leading_link::LeadingLink { url, hint, title, byline, notes } =
                leading_link::split_leading_link(item)?;
            (
                PaperLine {
                    before: Vec::new(),
                    title,
                    form: TitleForm::Link,
                    link: Some((url, hint)),
                    after: byline,
                },
                notes,
            )
        };
        join_to_one_line(&mut line.title);
        let properties = self.properties.take(self.source, range, &mut line.after);
        let evidence = line.evidence_with(&notes);
        let notes: Vec<Block> = notes.into_iter().map(labeled).collect();
        let read = log_heading::day_before_title(&line.before);
        let mut reference = line.into_reference(notes);
        (reference.checked, reference.properties) = (checked, properties);
        if let Some(read) = read
            && reference.properties.iter().all(|property| property.name != read.name)
        {
            reference.properties.push(read);
        }
        Ok((reference, evidence))
    }

    pub(super) fn goal(&mut self, item: ListItem, range: &Range<usize>) -> Goal {
        self.places.push(range.clone());
        let (mut notes, mut goals) = (Vec::new(), Vec::new());
        for block in item.blocks {
            match block {
                Block::List { items, .. } => {
                    goals.extend(items.into_iter().map(|item| self.goal(item, range)));
                }
                other => notes.push(other),
            }
        }
        // Its parts may stand before what it says.
        let mut notes = notes.into_iter().peekable();
        let text = match notes.next_if(|block| matches!(block, Block::Para(_))) {
            Some(Block::Para(spans)) => spans,
            _ => Vec::new(),
        };
        let notes = notes.collect();
        Goal { id: PENDING_ID.into(), checked: item.checked, text, notes, goals }
    }
}

/// Returns true for a mark in brackets that other programs take for the state of an item: `[/]`, `[>]`, `[?]`.
fn is_item_state(before: &[Span]) -> bool {
    let text = plain(before);
    let mark = text.trim().strip_prefix('[').and_then(|rest| rest.strip_suffix(']'));
    mark.is_some_and(|mark| mark.chars().count() == 1 && !mark.chars().any(char::is_numeric))
}

pub(super) fn term(item: ListItem) -> Result<Term, ListItem> {
    let split = match (item.checked, item.blocks.as_slice()) {
        // A name alone, with its definition below.
        (None, [Block::Para(spans), _, ..])
            if matches!(spans.as_slice(), [Span::Strong(_)]) && term_name::reads_as_term_name(spans) =>
        {
            term_name::split_term(spans).or_else(|| Some((spans.clone(), Vec::new())))
        }
        (None, [Block::Para(spans), ..]) => term_name::split_term(spans),
        _ => None,
    };
    let Some((name, text)) = split else { return Err(item) };
    let mut definition: Vec<Block> = item.blocks.into_iter().skip(1).collect();
    if !text.is_empty() {
        definition.insert(0, Block::Para(text));
    }
    Ok(term_with_aliases(name, definition))
}
