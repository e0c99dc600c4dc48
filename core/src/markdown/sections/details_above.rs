//! Reads a block that describes the paper whose title stands above it: the title of the file, or the heading around a heading
//! such as `Metadata`.

use std::ops::Range;

use super::entries::labeled;
use super::{SectionBuilder, UNTITLED};
use crate::markdown::detail_label::is_heading_of_details;
use crate::markdown::field_list::{described_by, paper_in_quote};
use crate::markdown::link_kind::kind_from_label;
use crate::markdown::paper_line::{self, Details, PaperLine};
use crate::markdown::{log_heading, reading_status, section_kind};
use crate::notebook::{Block, Entry, Reference, SectionKind, Span, plain};

/// Words of titles of pages that are no paper, in lower case.
const PAGE_WORDS: [&str; 34] = [
    "a",
    "about",
    "and",
    "daily",
    "diary",
    "for",
    "home",
    "ideas",
    "inbox",
    "index",
    "journal",
    "log",
    "misc",
    "my",
    "note",
    "notebook",
    "notes",
    "of",
    "on",
    "page",
    "the",
    "readme",
    "research",
    "scratch",
    "study",
    "todo",
    "weekly",
    "wiki",
    "笔记",
    "日记",
    "ノート",
    "노트",
    "notizen",
    "notas",
];

/// Returns true if a heading can be the title of a paper: it names no category, label, day or kind of page.
pub(super) fn may_be_title(title: &str) -> bool {
    let lower = title.to_lowercase();
    let mut words = lower.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
    section_kind::kind_from_title(title) == SectionKind::Prose
        && kind_from_label(title).is_none()
        && log_heading::date_of(title).is_none()
        && !is_heading_of_details(title)
        && !reading_status::is_name(title)
        && !words.all(|word| PAGE_WORDS.contains(&word))
}

impl SectionBuilder<'_> {
    /// Returns the paper that a block and the facts behind it describe, if it is the title above that names it.
    pub(super) fn paper_of_title(&self, block: &Block, facts: &[&Block]) -> Option<Reference> {
        let title = self.title_above()?;
        let is_paper = match block {
            Block::Para(spans) => paper_line::are_labels_of_paper(spans),
            _ => false,
        };
        if !is_paper && paper_line::details_of(block) != Details::Paper {
            return None;
        }
        // Facts before it are in the introduction already.
        let is_fact = |block: &&Block| paper_line::details_of(block) == Details::Facts;
        let before = if self.open.is_empty() { self.intro.as_slice() } else { &[] };
        let details = before.iter().filter(is_fact).chain([block]).chain(facts.iter().copied()).cloned();
        Some(described_by(title, details.map(labeled).collect()))
    }

    /// Reads a quote: the details of a paper, or text.
    pub(super) fn quote(&mut self, block: Block, range: Range<usize>) {
        let paper = match &block {
            Block::Quote { blocks, .. } if self.may_hold_papers() && !self.attaches_to_entry() => {
                paper_in_quote(blocks).or_else(|| self.paper_of_title(&block, &[]))
            }
            _ => None,
        };
        match paper {
            Some(paper) => self.beside_text(block, paper, range),
            None => self.block(block, range),
        }
    }

    /// Returns the title that a block of details belongs to, if it is the first thing below it.
    pub(super) fn title_above(&self) -> Option<PaperLine> {
        match self.open.as_slice() {
            [] => self.title_of_file(self.done.is_empty() && self.intro.iter().all(precedes_details)),
            [above @ .., heading] => {
                let is_first = heading.section.entries.is_empty();
                if !is_first || !is_heading_of_details(&plain(&heading.section.title)) {
                    return None;
                }
                let holds_paper = |entry: &Entry| matches!(entry, Entry::Paper(_));
                match above.last() {
                    // A file with several papers has its details below headings of their own.
                    None => self.title_of_file(
                        !self.done.iter().any(|section| section.entries.iter().any(holds_paper)),
                    ),
                    Some(around) if around.section.entries.iter().any(holds_paper) => None,
                    Some(around) => title_line(&around.section.title),
                }
            }
        }
    }

    fn title_of_file(&self, is_first: bool) -> Option<PaperLine> {
        let is_title = is_first
            && self.title != UNTITLED
            && self.document == SectionKind::Prose
            && !self.title.to_lowercase().contains("awesome");
        is_title.then(|| title_line(&[Span::Text(self.title.clone())])).flatten()
    }
}

fn title_line(title: &[Span]) -> Option<PaperLine> {
    may_be_title(&plain(title)).then(|| PaperLine::plain(title)).flatten()
}

/// Returns true for what can stand between a title and its details: pictures, rules, and facts.
fn precedes_details(block: &Block) -> bool {
    match block {
        Block::Para(spans) => {
            let words = plain(spans);
            let is_tag = |word: &str| word.starts_with('#');
            words.split_whitespace().all(is_tag) || paper_line::details_of(block) == Details::Facts
        }
        Block::Rule {} => true,
        block => paper_line::details_of(block) == Details::Facts,
    }
}
