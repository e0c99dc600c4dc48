//! Reads paragraphs, tables, footnotes and definitions, as entries or as text.

use std::ops::Range;

use super::SectionBuilder;
use super::entries::{paper_of_term, row_paper, term_with_aliases};
use super::recognition::MIN_DEFINITIONS;
use crate::markdown::paper_line::{self, PaperLine};
use crate::markdown::{detail_table, field_list, glossary, table_papers};
use crate::notebook::{Block, Definition, Entry, Placement, Reference, SectionKind, Span, Term};

impl SectionBuilder<'_> {
    /// A paragraph: a paper if it has the form of one, else text.
    pub(super) fn paragraph(&mut self, spans: Vec<Span>, range: Range<usize>) {
        if let Some(terms) = self.terms_of_paragraph(&spans) {
            self.open_untitled(range.clone());
            for term in terms {
                self.push(Entry::Term(term), range.clone(), true);
            }
            return;
        }
        let is_paper = self.may_hold_papers()
            && paper_line::has_paper_link(&spans)
            && !paper_line::is_navigation(&spans);
        let line = is_paper.then(|| paper_line::split_line(&spans)).flatten();
        let Some(line) = line.filter(PaperLine::is_paragraph_of_paper) else {
            return self.block(Block::Para(spans), range);
        };
        self.open_untitled(range.clone());
        let mut paper = line.into_reference(Vec::new());
        paper.placement = Placement::Paragraph;
        self.push(Entry::Paper(paper), range, true);
    }

    fn terms_of_paragraph(&self, spans: &[Span]) -> Option<Vec<Term>> {
        let is_glossary = self.kind() == SectionKind::Terms && !self.is_definition();
        let marked =
            (is_glossary || self.may_become_entries()).then(|| glossary::marked_terms(spans)).flatten();
        marked.or_else(|| is_glossary.then(|| glossary::split_paragraph(spans)).flatten())
    }

    /// A table: its rows are papers if they have links to some, or terms. The table stays where it is.
    pub(super) fn table(&mut self, table: Block, range: Range<usize>) {
        if self.kind() != SectionKind::Terms
            && let Some(list) = detail_table::as_lines(&table)
        {
            return match self.paper_of_details(&list) {
                Some(paper) => self.beside_text(table, paper, range),
                None => self.block(table, range),
            };
        }
        let papers = match &table {
            Block::Table { rows, .. } if self.may_hold_papers() => table_papers::papers_in(rows),
            _ => Vec::new(),
        };
        let is_glossary = self.kind() == SectionKind::Terms && !self.is_definition();
        let terms = match &table {
            Block::Table { rows, .. } if papers.is_empty() && (is_glossary || self.may_become_entries()) => {
                glossary::terms_in(rows, is_glossary)
            }
            _ => Vec::new(),
        };
        if papers.is_empty() && terms.is_empty() {
            return self.block(table, range);
        }
        self.open_untitled(range.clone());
        if let Some(open) = self.open.last_mut() {
            open.attaches = matches!(open.section.entries.last(), Some(Entry::Prose(_)));
        }
        self.block(table, range.clone());
        for entry in papers.into_iter().map(Entry::Paper).chain(terms.into_iter().map(Entry::Term)) {
            self.push(entry, range.clone(), false);
        }
    }

    pub(super) fn definitions(&mut self, items: Vec<Definition>, range: Range<usize>) {
        if items.len() >= MIN_DEFINITIONS && self.may_become_entries() {
            self.become_glossary();
        }
        if self.kind() != SectionKind::Terms || self.is_definition() {
            return self.block(Block::Definitions { items }, range);
        }
        self.open_untitled(range.clone());
        for Definition { name, blocks } in items {
            self.push_term(term_with_aliases(name, blocks), range.clone());
        }
    }

    /// A footnote that is nothing but a reference to a paper, between text: the paper is an entry too.
    pub(super) fn footnote(&mut self, block: Block, range: Range<usize>) {
        let line = match &block {
            Block::Footnote { blocks, .. } if self.may_hold_papers() && !self.attaches_to_entry() => {
                match blocks.as_slice() {
                    [Block::Para(spans)] if paper_line::has_paper_link(spans) => {
                        paper_line::split_line(spans)
                    }
                    _ => None,
                }
            }
            _ => None,
        };
        self.block(block, range.clone());
        if let Some(line) = line.filter(PaperLine::is_paragraph_of_paper) {
            self.push(Entry::Paper(row_paper(line)), range, false);
        }
    }

    /// Returns the paper that a list of details describes, with a title of its own or the one above it.
    fn paper_of_details(&self, list: &Block) -> Option<Reference> {
        let Block::List { items, .. } = list else { return None };
        if !self.may_hold_papers() || self.attaches_to_entry() {
            return None;
        }
        self.paper_of_title(list, &[])
            .or_else(|| field_list::paper_in(items.iter()).filter(|_| !self.has_paper()))
    }

    /// Returns true if a paper was read already.
    fn has_paper(&self) -> bool {
        let open = self.open.iter().map(|open| &open.section);
        let mut sections = self.done.iter().chain(open);
        sections.any(|section| section.entries.iter().any(|entry| matches!(entry, Entry::Paper(_))))
    }

    /// Pushes the term of an item, and the paper whose link it ends with.
    pub(super) fn push_term(&mut self, term: Term, range: Range<usize>) {
        let paper = paper_of_term(&term);
        self.push(Entry::Term(term), range.clone(), paper.is_none());
        if let Some(paper) = paper {
            self.push(Entry::Paper(paper), range, false);
        }
    }

    /// Keeps a block in its place, and adds the paper that it describes after it.
    pub(super) fn beside_text(&mut self, block: Block, paper: Reference, range: Range<usize>) {
        self.open_untitled(range.clone());
        if let Some(open) = self.open.last_mut() {
            open.attaches = matches!(open.section.entries.last(), Some(Entry::Prose(_)));
        }
        self.block(block, range.clone());
        self.push(Entry::Paper(paper), range, false);
    }
}
