//! Reads lists: their items as entries, or the whole list as text.

use std::ops::Range;

use super::items::term;
use super::recognition::{has_named_paper_link, is_paper_item, is_reference_item, nested_lists};
use super::{OpenSection, SectionBuilder, SectionRole};
use crate::diagnostic::{Diagnostic, DiagnosticCode};
use crate::markdown::leading_link::as_link;
use crate::markdown::paper_line::MAX_DETAILS;
use crate::markdown::{field_list, glossary, paper_line, section_kind, term_name};
use crate::notebook::{Block, Entry, ListItem, Placement, Reference, Section, SectionKind, Span, plain};

impl SectionBuilder<'_> {
    pub(super) fn list(&mut self, start: Option<u64>, items: Vec<(ListItem, Range<usize>)>) {
        let is_below_term = self.open.last().is_some_and(|open| {
            let last = open.section.entries.last();
            open.attaches && matches!(last, Some(Entry::Term(term)) if term.placement == Placement::Paragraph)
        });
        if self.kind() != SectionKind::Goals && items.iter().all(|(item, _)| is_line_of_contents(item)) {
            let range = items.first().map_or(0..0, |(_, range)| range.clone());
            let items = items.into_iter().map(|(item, _)| item).collect();
            return self.block(Block::List { start, items }, range);
        }
        let holds_papers = self.may_hold_papers() && items.iter().any(|(item, _)| self.holds_paper(item));
        // A list of links below a term has its sources, and no further terms, but for papers outside of a glossary.
        let are_links = || !holds_papers && items.iter().all(|(item, _)| glossary::is_named_by_link(item));
        if self.is_definition() || (is_below_term && are_links()) {
            let range = items.first().map_or(0..0, |(_, range)| range.clone());
            let items = items.into_iter().map(|(item, _)| item).collect();
            return self.block(Block::List { start, items }, range);
        }
        if let Some(paper) = self.paper_of_list(start, &items) {
            let range = items.first().map_or(0..0, |(_, range)| range.clone());
            let items = items.into_iter().map(|(item, _)| item).collect();
            return self.beside_text(Block::List { start, items }, paper, range);
        }
        if !holds_papers
            && self.may_become_entries()
            && items.iter().all(|(item, _)| glossary::is_marked_item(item))
        {
            self.open_untitled(items.first().map_or(0..0, |(_, range)| range.clone()));
            for (item, range) in items {
                if let Ok(term) = term(item) {
                    self.push_term(term, range);
                }
            }
            return;
        }
        if !holds_papers
            && self.may_become_entries()
            && glossary::are_abbreviations(items.iter().map(|(item, _)| item))
        {
            self.become_glossary();
        }
        let kind = self.kind();
        if !holds_papers && self.may_become_entries() && is_checklist(&items) {
            return self.checklist(items);
        }
        if kind == SectionKind::Prose && !holds_papers {
            let range = items.first().map_or(0..0, |(_, range)| range.clone());
            let items = items.into_iter().map(|(item, _)| item).collect();
            return self.block(Block::List { start, items }, range);
        }
        // A list that papers are taken out of loses its numbering.
        let start = start.filter(|_| !holds_papers);
        let mut entries_here = false;
        self.items(kind, start, items, &mut entries_here);
    }

    /// Returns the paper that a whole list describes, by its own field for the title or with the title above it.
    fn paper_of_list(&self, start: Option<u64>, items: &[(ListItem, Range<usize>)]) -> Option<Reference> {
        if !self.may_hold_papers() || self.attaches_to_entry() {
            return None;
        }
        let items = items.iter().map(|(item, _)| item);
        field_list::paper_in(items.clone()).or_else(|| {
            // Only a list that is short enough to be details is copied.
            let is_short = items.len() <= MAX_DETAILS && self.title_above().is_some();
            is_short
                .then(|| self.paper_of_title(&Block::List { start, items: items.cloned().collect() }, &[]))
                .flatten()
        })
    }

    /// Makes the section one of terms from here on, unless what it has so far would then be read differently.
    pub(super) fn become_glossary(&mut self) {
        if let Some(open) = self.open.last_mut()
            && open.section.level != Section::UNTITLED_LEVEL
            && open.section.entries.iter().all(reads_alike_in_glossary)
        {
            open.section.kind = SectionKind::Terms;
        }
    }

    /// Reads a list of check boxes as goals, in a section of any kind.
    fn checklist(&mut self, items: Vec<(ListItem, Range<usize>)>) {
        self.open_untitled(items.first().map_or(0..0, |(_, range)| range.clone()));
        for (item, range) in items {
            let goal = self.goal(item, &range);
            self.push(Entry::Goal(goal), range, false);
        }
    }

    /// Reads the items of a list, and of the lists inside those that only name a category.
    #[allow(clippy::too_many_lines, reason = "one loop, with a case for each way to read an item")]
    fn items(
        &mut self,
        kind: SectionKind,
        start: Option<u64>,
        items: Vec<(ListItem, Range<usize>)>,
        entries_here: &mut bool,
    ) {
        // Items that are no entries stay a list: of the entry before this list, or in their place.
        let mut loose: Option<(Vec<ListItem>, Range<usize>)> = None;
        let items = items.into_iter().flat_map(|(item, range)| {
            let parts = if self.may_hold_papers() { split_joined_item(item) } else { (item, None) };
            [Some((parts.0, range.clone())), parts.1.map(|second| (second, range))].into_iter().flatten()
        });
        for (item, range) in items.collect::<Vec<_>>() {
            match self.entry(kind, item, &range) {
                Ok(entry) => {
                    self.push_loose_items(start, loose.take(), *entries_here);
                    self.open_untitled(range.clone());
                    *entries_here = true;
                    match entry {
                        Entry::Term(term) => self.push_term(term, range),
                        entry => self.push(entry, range, kind != SectionKind::Goals),
                    }
                }
                Err(item)
                    if self.may_hold_papers()
                        && nested_lists(&item)
                            .any(|items| items.iter().any(|item| self.holds_paper(item))) =>
                {
                    let checked = item.checked;
                    let mut rest = Vec::new();
                    for block in item.blocks {
                        match block {
                            Block::List { start: inner_start, items }
                                if items.iter().any(|item| self.holds_paper(item)) =>
                            {
                                let before = ListItem { checked, blocks: std::mem::take(&mut rest) };
                                self.non_paper_item(before, &range, &mut loose, start, entries_here);
                                self.push_loose_items(start, loose.take(), *entries_here);
                                let items = items.into_iter().map(|item| (item, range.clone())).collect();
                                self.items(kind, inner_start, items, entries_here);
                            }
                            other => rest.push(other),
                        }
                    }
                    let rest = ListItem { checked, blocks: rest };
                    self.non_paper_item(rest, &range, &mut loose, start, entries_here);
                }
                Err(item) if self.may_hold_papers() && is_to_do(&item) => {
                    self.non_paper_item(item, &range, &mut loose, start, entries_here);
                }
                Err(item) => {
                    if *entries_here || !self.attaches_to_entry() {
                        self.report_item(kind, &range);
                    }
                    loose.get_or_insert((Vec::new(), range)).0.push(item);
                }
            }
        }
        self.push_loose_items(start, loose, *entries_here);
    }

    /// Adds an item among papers that is not a paper: with a check box as a goal, otherwise as text.
    fn non_paper_item(
        &mut self,
        item: ListItem,
        range: &Range<usize>,
        loose: &mut Option<(Vec<ListItem>, Range<usize>)>,
        start: Option<u64>,
        entries_here: &mut bool,
    ) {
        // Check boxes directly after a paper are its notes, as in a separate list.
        if is_to_do(&item) && (*entries_here || !self.is_note()) {
            self.push_loose_items(start, loose.take(), *entries_here);
            self.open_untitled(range.clone());
            *entries_here = true;
            let goal = self.goal(item, range);
            self.push(Entry::Goal(goal), range.clone(), false);
        } else if !item.blocks.is_empty() {
            loose.get_or_insert_with(|| (Vec::new(), range.clone())).0.push(item);
        }
    }

    fn push_loose_items(
        &mut self,
        start: Option<u64>,
        loose: Option<(Vec<ListItem>, Range<usize>)>,
        after_entry: bool,
    ) {
        let Some((items, range)) = loose else { return };
        if after_entry && let Some(open) = self.open.last_mut() {
            open.attaches = false;
        }
        // What entries were taken out of has no numbers to count on.
        let start = start.filter(|_| !after_entry);
        // Two lists in a row would be read as one.
        if after_entry
            && let Some(Entry::Prose(prose)) =
                self.open.last_mut().and_then(|open| open.section.entries.last_mut())
            && let Some(Block::List { start: None, items: before }) = prose.blocks.last_mut()
        {
            before.extend(items);
            return;
        }
        self.block(Block::List { start, items }, range);
    }

    fn report_item(&mut self, kind: SectionKind, range: &Range<usize>) {
        let (code, message, help) = match kind {
            SectionKind::Papers => (
                DiagnosticCode::ItemWithoutLink,
                "this item in a section of papers does not begin with a link; it is shown as text",
                "begin it with a link: `- [Title](https://...)`",
            ),
            SectionKind::Terms => (
                DiagnosticCode::ItemWithoutName,
                "this item in a section of terms is not of the form `Name: text`; it is shown as text",
                "begin it with the term and a colon",
            ),
            _ => return,
        };
        let (message, help) = (message.into(), help.into());
        self.found.push(Diagnostic { code, range: range.clone(), message, help });
    }

    /// Returns false for an item with some PDF in a section about books, courses and the like.
    pub(super) fn is_named_paper(&self, item: &ListItem) -> bool {
        let is_elsewhere = self.open.last().is_some_and(|open| open.role == SectionRole::NonPapers);
        !is_elsewhere || has_named_paper_link(item)
    }

    pub(super) fn is_paper(&self, item: &ListItem) -> bool {
        is_paper_item(item) && self.is_named_paper(item)
    }

    /// Returns true for a reference without a link, below a heading that says that references follow.
    pub(super) fn is_reference(&self, item: &ListItem) -> bool {
        let lists_references =
            |open: &OpenSection| section_kind::lists_references(&plain(&open.section.title));
        self.open.last().is_some_and(lists_references) && is_reference_item(item)
    }

    /// Returns true if an item is a paper here, or one in a list inside it is.
    fn holds_paper(&self, item: &ListItem) -> bool {
        self.is_paper(item)
            || self.is_reference(item)
            || nested_lists(item).any(|items| items.iter().any(|item| self.holds_paper(item)))
    }
}

/// Returns true if an entry of a section of prose would be the same entry in a section of terms.
fn reads_alike_in_glossary(entry: &Entry) -> bool {
    let is_text = |block: &Block| match block {
        Block::Para(spans) => glossary::split_paragraph(spans).is_none(),
        Block::Table { rows, .. } => glossary::terms_in(rows, true).is_empty(),
        Block::List { .. } | Block::Definitions { .. } => false,
        _ => true,
    };
    match entry {
        Entry::Prose(prose) => prose.blocks.iter().all(is_text),
        Entry::Term(term) => {
            matches!(term.placement, Placement::Item | Placement::Paragraph)
                && term_name::reads_as_term_name(&term.name)
        }
        Entry::Paper(_) | Entry::Link(_) | Entry::Goal(_) => false,
    }
}

/// Returns true for an item that is nothing but a link to a heading of the same file, with others below it.
fn is_line_of_contents(item: &ListItem) -> bool {
    let Some((Block::Para(spans), below)) = item.blocks.split_first() else { return false };
    let is_link = match spans.as_slice() {
        [only] => as_link(only).is_some_and(|(url, _, _)| url.as_str().starts_with('#')),
        _ => false,
    };
    let is_contents = |block: &Block| match block {
        Block::List { items, .. } => items.iter().all(is_line_of_contents),
        _ => false,
    };
    item.checked.is_none() && is_link && below.iter().all(is_contents)
}

/// Returns true if every item has a check box and a text.
fn is_checklist(items: &[(ListItem, Range<usize>)]) -> bool {
    !items.is_empty() && items.iter().all(|(item, _)| is_to_do(item))
}

/// Returns true for an item with a check box and a text.
pub(super) fn is_to_do(item: &ListItem) -> bool {
    item.checked.is_some() && matches!(item.blocks.first(), Some(Block::Para(_)))
}

/// Parts an item with two papers, which share its notes.
fn split_joined_item(item: ListItem) -> (ListItem, Option<ListItem>) {
    let Some(Block::Para(spans)) = item.blocks.first() else { return (item, None) };
    let Some((first, second, note)) = paper_line::split_joined(spans) else { return (item, None) };
    let note = (!note.is_empty()).then_some(Block::Para(note));
    let rest: Vec<Block> = note.into_iter().chain(item.blocks.into_iter().skip(1)).collect();
    let with = |line: Vec<Span>, rest: Vec<Block>| ListItem {
        checked: item.checked,
        blocks: std::iter::once(Block::Para(line)).chain(rest).collect(),
    };
    (with(first, rest.clone()), Some(with(second, rest)))
}
