//! Progress of goals: the papers and terms that a notebook has about each.

use std::collections::{BTreeSet, HashMap};

use super::linker::MentionEdge;
use super::name_index::{EntryNumber, NameIndex};
use super::name_words::word_keys;
use crate::convert::{to_u32, to_usize};
use crate::notebook::{Entry, Goal, GoalProgress, Id, Notebook, SectionKind, plain};
use crate::query::{Facet, Query};

/// Returns the progress of each goal and its subgoals, by the number of the entry, from the mentions of the notebook. A goal
/// precedes its subgoals. O(mentions + goals * papers).
pub(super) fn goal_progress(
    notebook: &Notebook,
    names: &NameIndex,
    mentions: &[MentionEdge],
) -> HashMap<EntryNumber, Vec<GoalProgress>> {
    let goals: Vec<(EntryNumber, &Goal)> = (0..)
        .zip(notebook.walk())
        .filter_map(|(number, (_, entry))| match entry {
            Entry::Goal(goal) => Some((number, goal)),
            _ => None,
        })
        .collect();
    if goals.is_empty() {
        return HashMap::new();
    }
    let topics = TopicIndex::new(notebook, names, mentions);
    let progress = |goal: &Goal| {
        let mut progress = Vec::new();
        topics.measure(goal, &mut progress);
        progress
    };
    goals.into_iter().map(|(number, goal)| (number, progress(goal))).collect()
}

/// A section of papers.
struct PaperCategory<'a> {
    /// Words of the title, joined by spaces.
    key: String,
    id: &'a Id,
    papers: Vec<EntryNumber>,
}

/// Entries about a goal.
#[derive(Clone, Debug, Default)]
struct GoalEntries {
    covered: BTreeSet<EntryNumber>,
    listed: BTreeSet<EntryNumber>,
}

/// The topics of papers and terms.
struct TopicIndex<'a> {
    names: &'a NameIndex,
    categories: Vec<PaperCategory<'a>>,
    /// Papers with the words of their titles.
    titles: Vec<(EntryNumber, Vec<String>)>,
    /// Papers and terms whose text mentions an entry, by that entry.
    mentioned_in: HashMap<EntryNumber, BTreeSet<EntryNumber>>,
    /// For each paper or term, whether it has notes; `None` for other entries.
    has_notes: Vec<Option<bool>>,
}

impl<'a> TopicIndex<'a> {
    fn new(notebook: &'a Notebook, names: &'a NameIndex, mentions: &[MentionEdge]) -> Self {
        let mut categories: Vec<PaperCategory> = Vec::new();
        let (mut titles, mut has_notes) = (Vec::new(), Vec::new());
        for (number, (section, entry)) in (0..).zip(notebook.walk()) {
            has_notes.push(match entry {
                Entry::Paper(paper) => Some(!paper.notes.is_empty()),
                Entry::Term(_) => Some(true),
                _ => None,
            });
            let Entry::Paper(paper) = entry else { continue };
            titles.push((number, word_keys(&plain(&paper.title))));
            if section.kind != SectionKind::Papers {
                continue;
            }
            match categories.last_mut().filter(|category| category.id == &section.id) {
                Some(category) => category.papers.push(number),
                None => categories.push(PaperCategory {
                    key: word_keys(&plain(&section.title)).join(" "),
                    id: &section.id,
                    papers: vec![number],
                }),
            }
        }
        let mut mentioned_in: HashMap<EntryNumber, BTreeSet<EntryNumber>> = HashMap::new();
        // A title that has another's name is not about it.
        let is_about = |mention: &&MentionEdge| {
            mention.excerpt.is_some() && matches!(has_notes.get(to_usize(mention.from)), Some(Some(_)))
        };
        for mention in mentions.iter().filter(is_about) {
            mentioned_in.entry(mention.to).or_default().insert(mention.from);
        }
        Self { names, categories, titles, mentioned_in, has_notes }
    }

    /// Appends the progress of a goal and its subgoals, and returns their entries.
    fn measure(&self, goal: &Goal, progress: &mut Vec<GoalProgress>) -> GoalEntries {
        let text = plain(&goal.text);
        let words = word_keys(&text);
        let category = self.categories.iter().find(|category| category.key == words.join(" "));
        let index = progress.len();
        progress.push(GoalProgress::default());
        let mut entries = self.entries_about(&text, &words, category);
        for subgoal in &goal.goals {
            let inner = self.measure(subgoal, progress);
            entries.covered.extend(inner.covered);
            entries.listed.extend(inner.listed);
        }
        let query = match category {
            Some(category) => Query::default().toggled(Facet::Category, category.id.as_str()),
            None => Query::default().with_words(&text.split_whitespace().collect::<Vec<_>>().join(" ")),
        };
        if let Some(progress) = progress.get_mut(index) {
            *progress = GoalProgress {
                query: query.print(),
                covered: to_u32(entries.covered.len()),
                listed: to_u32(entries.listed.len()),
            };
        }
        entries
    }

    /// Returns the papers of the category, the entries that the text of the goal names, the entries that mention these,
    /// and the papers whose title has all words of the goal.
    fn entries_about(&self, text: &str, words: &[String], category: Option<&PaperCategory>) -> GoalEntries {
        let mut about: BTreeSet<EntryNumber> =
            category.iter().flat_map(|category| category.papers.iter().copied()).collect();
        for found in self.names.find(text) {
            if let [entry] = found.entries.as_slice() {
                about.insert(*entry);
                about.extend(self.mentioned_in.get(entry).into_iter().flatten());
            }
        }
        if !words.is_empty() {
            let has_all = |title: &[String]| words.iter().all(|word| title.contains(word));
            let papers = self.titles.iter().filter(|(_, title)| has_all(title));
            about.extend(papers.map(|(number, _)| *number));
        }
        let mut entries = GoalEntries::default();
        for entry in about {
            match self.has_notes.get(to_usize(entry)).copied().flatten() {
                Some(true) => entries.covered.insert(entry),
                Some(false) => entries.listed.insert(entry),
                None => false,
            };
        }
        entries
    }
}
