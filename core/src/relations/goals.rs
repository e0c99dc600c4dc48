//! How far a goal is: what the notebook has on it already.

use std::collections::{BTreeSet, HashMap};

use super::called::texts;
use super::names::{Entry as Number, Names};
use super::words::words;
use crate::notebook::{Entry, Goal, Id, Notebook, Progress, SectionKind, plain};
use crate::numbers::{place, short};
use crate::query::{Facet, Query};

/// What is there on one goal.
#[derive(Clone, Debug, Default)]
struct Known {
    noted: BTreeSet<Number>,
    listed: BTreeSet<Number>,
}

/// For each entry that is a goal, it and its parts with what is there on them. O(words)
pub(super) fn progress(notebook: &Notebook, names: &Names) -> HashMap<Number, Vec<Progress>> {
    let wanted: Vec<(Number, &Goal)> = (0..)
        .zip(notebook.walk())
        .filter_map(|(at, (_, entry))| if let Entry::Goal(goal) = entry { Some((at, goal)) } else { None })
        .collect();
    if wanted.is_empty() {
        return HashMap::new();
    }
    let there = There::of(notebook, names);
    let mut progress = HashMap::new();
    for (at, goal) in wanted {
        let mut told = Vec::new();
        there.add_up(goal, names, &mut told);
        progress.insert(at, told);
    }
    progress
}

/// What goals can be about.
struct There<'a> {
    /// Headings over papers with their papers.
    categories: Vec<(String, &'a Id, Vec<Number>)>,
    /// Words of each title.
    titles: Vec<(Number, Vec<String>)>,
    /// For each term or paper, papers whose text names it.
    naming: HashMap<Number, BTreeSet<Number>>,
    /// Whether there are notes on an entry; none for what is neither paper nor term.
    noted: Vec<Option<bool>>,
}

impl<'a> There<'a> {
    fn of(notebook: &'a Notebook, names: &Names) -> Self {
        let mut there =
            Self { categories: Vec::new(), titles: Vec::new(), naming: HashMap::new(), noted: Vec::new() };
        for (at, (section, entry)) in (0..).zip(notebook.walk()) {
            there.noted.push(match entry {
                Entry::Paper(paper) => Some(!paper.notes.is_empty()),
                Entry::Term(_) => Some(true),
                _ => None,
            });
            if matches!(entry, Entry::Paper(_)) {
                there.titles.push((at, keys(&plain(entry.title()))));
            }
            if section.kind == SectionKind::Papers && matches!(entry, Entry::Paper(_)) {
                match there.categories.last_mut().filter(|(_, id, _)| *id == &section.id) {
                    Some((_, _, papers)) => papers.push(at),
                    None => {
                        there.categories.push((
                            keys(&plain(&section.title)).join(" "),
                            &section.id,
                            vec![at],
                        ));
                    }
                }
            }
        }
        let (noted, naming) = (&there.noted, &mut there.naming);
        texts(notebook, &mut |by, text| {
            // A goal asks for papers, not for other terms that need it.
            if !matches!(noted.get(place(by)), Some(Some(_))) {
                return;
            }
            for mention in names.find(text) {
                if let [of] = mention.entries.as_slice() {
                    naming.entry(*of).or_default().insert(by);
                }
            }
        });
        there
    }

    /// What is there on a goal and its parts; each is told behind the one it is a part of.
    fn add_up(&self, goal: &Goal, names: &Names, told: &mut Vec<Progress>) -> Known {
        let text = plain(&goal.text);
        let at = told.len();
        told.push(Progress::default());
        let mut known = Known::default();
        let wanted = keys(&text);
        let category = self.categories.iter().find(|(name, ..)| *name == wanted.join(" "));
        let mut about: BTreeSet<Number> =
            category.iter().flat_map(|(_, _, papers)| papers.iter().copied()).collect();
        for mention in names.find(&text) {
            if let [of] = mention.entries.as_slice() {
                about.insert(*of);
                about.extend(self.naming.get(of).into_iter().flatten());
            }
        }
        if !wanted.is_empty() {
            let all = |title: &[String]| wanted.iter().all(|word| title.contains(word));
            about.extend(self.titles.iter().filter(|(_, title)| all(title)).map(|(at, _)| *at));
        }
        for entry in about {
            match self.noted.get(place(entry)).copied().flatten() {
                Some(true) => known.noted.insert(entry),
                Some(false) => known.listed.insert(entry),
                None => false,
            };
        }
        for part in &goal.goals {
            let inner = self.add_up(part, names, told);
            known.noted.extend(inner.noted);
            known.listed.extend(inner.listed);
        }
        let query = match category {
            Some((_, id, _)) => Query::default().toggled(Facet::Category, id.as_str()),
            None => Query::default().with_words(&text.split_whitespace().collect::<Vec<_>>().join(" ")),
        };
        if let Some(progress) = told.get_mut(at) {
            *progress = Progress {
                query: query.print(),
                noted: short(known.noted.len()),
                listed: short(known.listed.len()),
            };
        }
        known
    }
}

fn keys(text: &str) -> Vec<String> {
    words(text).iter().map(|word| word.key().into_owned()).collect()
}
