//! Cross references of all entries of a notebook.

use std::collections::HashMap;

use super::linker::{AmbiguousName, MentionEdge};
use super::name_index::EntryNumber;
use super::undefined_terms::UndefinedTerm;
use crate::convert::to_usize;
use crate::notebook::{EntryLinks, EntryRef, GoalProgress, Id, Mention, RelatedPaper};

/// Cross references of all entries of a notebook.
#[derive(Debug)]
pub struct CrossReferences {
    /// All entries in the author's order. An [`EntryNumber`] is an index of this list.
    pub(super) entries: Vec<EntryRef>,
    pub(super) by_anchor: HashMap<Id, EntryNumber>,
    /// For each entry, whether it is a term.
    pub(super) is_term: Vec<bool>,
    /// Mentions sorted by the mentioned entry, then in the author's order.
    pub(super) mentions: Vec<MentionEdge>,
    /// For each entry the terms that it mentions, each once.
    pub(super) mentioned_terms: Vec<Vec<EntryNumber>>,
    /// For each entry its related papers.
    pub(super) related_papers: Vec<Vec<RelatedPaper>>,
    pub(super) goal_progress: HashMap<EntryNumber, Vec<GoalProgress>>,
    pub(super) ambiguous: Vec<AmbiguousName>,
    pub(super) undefined: Vec<UndefinedTerm>,
}

impl CrossReferences {
    /// Returns the cross references of an entry; none if no entry has this anchor. O(log(mentions) + result).
    pub fn links_of(&self, id: &Id) -> EntryLinks {
        let Some(&number) = self.by_anchor.get(id) else { return EntryLinks::default() };
        let start = self.mentions.partition_point(|mention| mention.to < number);
        let mentions = self.mentions.iter().skip(start).take_while(|mention| mention.to == number);
        let is_term = |entry: EntryNumber| self.is_term.get(to_usize(entry)) == Some(&true);
        let by_terms = mentions.clone().map(|mention| mention.from).filter(|from| is_term(*from));
        let mut needed_for: Vec<EntryNumber> = by_terms.filter(|_| is_term(number)).collect();
        needed_for.dedup();
        let builds_on = self.mentioned_terms.get(to_usize(number)).filter(|_| is_term(number));
        let to_mention = |mention: &MentionEdge| {
            Some(Mention { by: self.entry_ref(mention.from)?, excerpt: mention.excerpt.clone() })
        };
        EntryLinks {
            builds_on: builds_on.into_iter().flatten().filter_map(|term| self.entry_ref(*term)).collect(),
            needed_for: needed_for.into_iter().filter_map(|term| self.entry_ref(term)).collect(),
            mentions: mentions.filter_map(to_mention).collect(),
            related_papers: self.related_papers.get(to_usize(number)).cloned().unwrap_or_default(),
            goals: self.goal_progress.get(&number).cloned().unwrap_or_default(),
        }
    }

    /// Returns all pairs of an entry and an entry that it mentions, sorted and without duplicates, as indexes in the
    /// author's order.
    pub fn mention_pairs(&self) -> Vec<(usize, usize)> {
        let mut pairs: Vec<_> =
            self.mentions.iter().map(|mention| (to_usize(mention.from), to_usize(mention.to))).collect();
        pairs.sort_unstable();
        pairs.dedup();
        pairs
    }

    fn entry_ref(&self, entry: EntryNumber) -> Option<EntryRef> {
        self.entries.get(to_usize(entry)).cloned()
    }
}
