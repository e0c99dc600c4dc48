//! Gives sections and entries their ids.

use crate::notebook::{Block, Entry, Goal, IdAllocator, Notebook, Section, plain};

/// Stands where an id will be: those come last, when it is known who asks for which.
pub(super) const PENDING_ID: &str = "";

/// Gives every heading and entry its id.
///
/// Sections, papers, terms and links come first, so that `#sparse-coding` is the term and not the
/// wish to learn it; then goals, prose, and headings inside text.
pub(super) fn allocate_ids(notebook: &mut Notebook, mut ids: IdAllocator) {
    notebook.sections.iter_mut().for_each(|section| allocate_first(section, &mut ids));
    notebook.sections.iter_mut().for_each(|section| allocate_last(section, &mut ids));
    notebook.for_each_block_mut(&mut |block| {
        if let Block::Heading { id, text, .. } = block {
            *id = ids.allocate(&plain(text), "heading");
        }
    });
}

fn allocate_first(section: &mut Section, ids: &mut IdAllocator) {
    if section.id.as_str() == PENDING_ID {
        section.id = ids.allocate(&plain(&section.title), "section");
    }
    for entry in &mut section.entries {
        match entry {
            Entry::Paper(link) | Entry::Link(link) => link.id = ids.allocate(&plain(&link.title), "link"),
            Entry::Term(term) => term.id = ids.allocate(&term.bare_name(), "term"),
            Entry::Goal(_) | Entry::Prose(_) => {}
        }
    }
    section.sections.iter_mut().for_each(|section| allocate_first(section, ids));
}

fn allocate_last(section: &mut Section, ids: &mut IdAllocator) {
    for entry in &mut section.entries {
        match entry {
            Entry::Goal(goal) => allocate_goal(goal, ids),
            Entry::Prose(prose) => prose.id = ids.allocate(&format!("{} text", section.id), "text"),
            _ => {}
        }
    }
    section.sections.iter_mut().for_each(|section| allocate_last(section, ids));
}

fn allocate_goal(goal: &mut Goal, ids: &mut IdAllocator) {
    goal.id = ids.allocate(&plain(&goal.text), "goal");
    goal.goals.iter_mut().for_each(|goal| allocate_goal(goal, ids));
}
