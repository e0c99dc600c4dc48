//! Makes terms, papers and labeled paragraphs of blocks.

use crate::markdown::paper_line::{self, Evidence, PaperLine};
use crate::markdown::{label, term_name};
use crate::notebook::{Block, Placement, Reference, Span, Term, plain};

/// A term whose text ends with a link that is called a paper is one too: `YOLO - You Only Look Once [Paper](…)`.
pub(super) fn paper_of_term(term: &Term) -> Option<Reference> {
    let Term { name, definition, .. } = term;
    let Some(Block::Para(text)) = definition.first() else { return None };
    let line = paper_line::split_line(text).filter(|line| line.evidence() == Evidence::Link)?;
    let is_labeled = line.link.is_none() && line.before.is_empty();
    let mut paper = is_labeled.then(|| row_paper(line))?;
    paper.keywords.push(plain(name).into_owned());
    Some(paper)
}

/// Creates a paper that the entry above already shows, as a table shows its rows.
pub(super) fn row_paper(line: PaperLine) -> Reference {
    let mut paper = line.into_reference(Vec::new());
    paper.placement = Placement::Row;
    paper.byline.clear();
    paper.before_title = 0;
    paper
}

pub(super) fn term_with_aliases(name: Vec<Span>, definition: Vec<Block>) -> Term {
    let aliases = term_name::aliases_of(&name);
    Term { name, aliases, definition, ..Term::default() }
}

pub(super) fn labeled(block: Block) -> Block {
    match block {
        Block::Para(spans) => label::label_paragraph(spans),
        other => other,
    }
}
