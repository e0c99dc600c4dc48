//! Cross references between the entries of a notebook: term links, mentions, related papers, progress of goals.
//!
//! They are derived from the text; there is no syntax for them.
//!
//! 1. `name_index` finds names in text, compared as `name_words` defines; `entry_names` are the names of the entries;
//! 2. `linker` finds the mentions of entries, each with its `sentence`, and turns the first of each into a link;
//! 3. `related_papers` ranks papers by what they share, `goal_progress` counts the entries about a goal;
//! 4. `cross_references` combines these for each entry;
//! 5. `diagnostics` reports unused terms, ambiguous names, `undefined_terms` and `term_cycles`.
//!
//! The site generator does this once per build: O(words), plus at most about 2,000 comparisons per paper.

mod cross_references;
mod diagnostics;
mod entry_names;
mod goal_progress;
mod linker;
mod name_index;
mod name_words;
mod related_papers;
mod sentence;
mod term_cycles;
mod text_walk;
mod undefined_terms;

use std::collections::HashMap;

pub use cross_references::CrossReferences;

use crate::convert::to_usize;
use crate::diagnostic::{DiagnosticCode, Severity};
use crate::notebook::{Entry, EntryRef, Id, Notebook, Prose, Reference, plain};
use crate::search::PlainText;
use linker::{Linker, MentionEdge, normalize_address};
use name_index::EntryNumber;

/// Number of words of a prose entry, which has no title, that serve as its name.
const PROSE_NAME_WORDS: usize = 6;

/// A notebook with links in its text, and the cross references of its entries.
#[derive(Debug)]
pub struct LinkedNotebook {
    /// The notebook with links in its text.
    pub notebook: Notebook,
    /// The cross references of its entries.
    pub cross_references: CrossReferences,
}

impl LinkedNotebook {
    /// Links a copy of a notebook, without notes for the author. O(words).
    pub fn new(notebook: &Notebook) -> Self {
        Self::with_diagnostics(notebook, Severity::Warning)
    }

    /// Links a copy of a notebook. Diagnostics below `min_severity` may be skipped. O(words).
    pub fn with_diagnostics(notebook: &Notebook, min_severity: Severity) -> Self {
        let mut notebook = notebook.clone();
        let cross_references = link_notebook(&mut notebook, min_severity);
        Self { notebook, cross_references }
    }
}

/// Finds the cross references of a notebook, and links names in its text to the entries that they name. The plain text
/// does not change. Diagnostics below `min_severity` may be skipped. O(words).
pub fn link_notebook(notebook: &mut Notebook, min_severity: Severity) -> CrossReferences {
    let entries: Vec<EntryRef> = notebook.walk().map(|(_, entry)| entry_ref(entry)).collect();
    let is_term: Vec<bool> = notebook.walk().map(|(_, entry)| matches!(entry, Entry::Term(_))).collect();
    let ids: Vec<Id> = entries.iter().map(|entry| entry.id.clone()).collect();
    let by_anchor: HashMap<Id, EntryNumber> = ids.iter().cloned().zip(0..).collect();
    let by_address = papers_by_address(notebook);
    let names = entry_names::index_names(notebook);
    let wants_undefined = DiagnosticCode::UndefinedTerm.severity() >= min_severity;
    let undefined =
        if wants_undefined { undefined_terms::undefined_terms(notebook, &names) } else { Vec::new() };
    let mut linker = Linker::new(&names, &ids, &by_anchor, &by_address);
    let mut numbers = 0..;
    notebook.for_each_entry_mut(&mut |entry| {
        linker.start_entry(numbers.next().unwrap_or_default());
        link_entry(&mut linker, entry);
    });
    let Linker { mut mentions, ambiguous, .. } = linker;
    let goal_progress = goal_progress::goal_progress(notebook, &names, &mentions);
    let mentioned_terms = mentioned_terms(&mentions, &is_term);
    let related_papers = related_papers::related_papers(notebook, &entries, &mentions, &mentioned_terms);
    // The sort is stable: mentions of an entry stay in the author's order.
    mentions.sort_by_key(|mention| mention.to);
    CrossReferences {
        entries,
        by_anchor,
        is_term,
        mentions,
        mentioned_terms,
        related_papers,
        goal_progress,
        ambiguous,
        undefined,
    }
}

fn link_entry(linker: &mut Linker, entry: &mut Entry) {
    match entry {
        Entry::Paper(paper) | Entry::Link(paper) => {
            linker.scan_title(&paper.title);
            linker.link_blocks(&mut paper.notes);
        }
        Entry::Term(term) => {
            linker.scan_title(&term.name);
            linker.link_blocks(&mut term.definition);
        }
        Entry::Goal(goal) => linker.scan_goal(goal),
        Entry::Prose(prose) => linker.link_blocks(&mut prose.blocks),
    }
}

/// Returns the numbers of papers by normalized address. Of several papers with one address, the first is meant.
fn papers_by_address(notebook: &Notebook) -> HashMap<String, EntryNumber> {
    let mut by_address = HashMap::new();
    for (number, (_, entry)) in (0..).zip(notebook.walk()) {
        if let Entry::Paper(Reference { url: Some(url), .. }) = entry {
            by_address.entry(normalize_address(url)).or_insert(number);
        }
    }
    by_address
}

/// Returns the terms that each entry mentions, each once.
fn mentioned_terms(mentions: &[MentionEdge], is_term: &[bool]) -> Vec<Vec<EntryNumber>> {
    let mut mentioned = vec![Vec::new(); is_term.len()];
    for mention in mentions.iter().filter(|mention| is_term.get(to_usize(mention.to)) == Some(&true)) {
        let terms: Option<&mut Vec<_>> = mentioned.get_mut(to_usize(mention.from));
        if let Some(terms) = terms.filter(|terms| !terms.contains(&mention.to)) {
            terms.push(mention.to);
        }
    }
    mentioned
}

fn entry_ref(entry: &Entry) -> EntryRef {
    let name = match entry {
        Entry::Term(term) => term.bare_name(),
        Entry::Prose(prose) => first_words(prose).into(),
        other => plain(other.title()),
    };
    EntryRef { id: entry.id().clone(), name: name.into_owned() }
}

fn first_words(prose: &Prose) -> String {
    let mut text = PlainText::default();
    text.blocks(&prose.blocks);
    let mut words = text.as_str().split_whitespace();
    let first: Vec<_> = words.by_ref().take(PROSE_NAME_WORDS).collect();
    let ellipsis = if words.next().is_some() { "…" } else { "" };
    format!("{}{ellipsis}", first.join(" "))
}
