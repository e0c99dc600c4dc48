//! The preview of a link inside the notebook: title, facts and the first blocks of an entry or footnote.

use leptos::prelude::*;
use notebook_core::notebook::{Block, Entry, Goal, plain};

use super::controls::text_link;
use super::element::{El, el};
use super::{entry, strings, text};

/// Blocks of notes in a preview: enough to recognize an entry, few enough for a card.
const MAX_BLOCKS: usize = 3;

/// Renders the preview of an entry; `None` if it has no title.
pub fn entry_preview(entry: &Entry) -> Option<AnyView> {
    let title = plain(entry.title());
    if title.is_empty() {
        return None;
    }
    let facts = match entry {
        Entry::Paper(paper) => {
            let meta = Some(entry::paper_facts(paper));
            entry::byline(paper).into_iter().chain(meta).collect()
        }
        Entry::Link(link) => entry::byline(link).into_iter().collect(),
        _ => Vec::new(),
    };
    Some(card(&title, entry.id().as_str(), facts, entry.blocks()))
}

/// Renders the preview of the footnote that an anchor leads to; `None` if the entry does not have it.
pub fn footnote_preview(entry: &Entry, anchor: &str) -> Option<AnyView> {
    let mut found = find_footnote(entry.blocks(), anchor);
    if let (None, Entry::Goal(goal)) = (found, entry) {
        found = find_in_subgoals(goal, anchor);
    }
    let (label, blocks) = found?;
    Some(card(&strings::FOOTNOTE.format(&[label]), anchor, Vec::new(), blocks))
}

fn find_in_subgoals<'a>(goal: &'a Goal, anchor: &str) -> Option<(&'a str, &'a [Block])> {
    let mut goals = goal.goals.iter();
    goals.find_map(|goal| find_footnote(&goal.notes, anchor).or_else(|| find_in_subgoals(goal, anchor)))
}

fn find_footnote<'a>(blocks: &'a [Block], anchor: &str) -> Option<(&'a str, &'a [Block])> {
    blocks.iter().find_map(|block| {
        if let Block::Footnote { label, blocks } = block
            && text::footnote_anchor(label) == anchor
        {
            return Some((label.as_str(), blocks.as_slice()));
        }
        let mut found = None;
        block.for_each_inner(|inner| found = found.or_else(|| find_footnote(inner, anchor)));
        found
    })
}

fn card(title: &str, anchor: &str, facts: Vec<El>, blocks: &[Block]) -> AnyView {
    let title = el("p").class("preview-title").child(text_link(format!("#{anchor}"), title));
    let first = blocks.get(..MAX_BLOCKS).unwrap_or(blocks);
    let parts = std::iter::once(title).chain(facts).map(Into::into).chain(text::blocks(first));
    parts.collect::<Vec<AnyView>>().into_any()
}
