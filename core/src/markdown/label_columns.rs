//! Synonyms among the labels of notes, so that tables and filters have one column for them.

use std::collections::BTreeMap;

use serde::Deserialize;

use crate::notebook::{Block, Entry, Notebook, strip_number};
use crate::unicode::lowercase;

/// Usual labels of notes: a column, and the labels that belong in it, as normalized by [`key`].
const DEFAULT_COLUMNS: [(&str, &[&str]); 6] = [
    ("Background", &["background", "introduction", "context", "setting", "related work", "prior work"]),
    (
        "Problem / Purpose",
        &[
            "problem",
            "purpose",
            "motivation",
            "question",
            "research question",
            "goal",
            "aim",
            "objective",
            "task",
            "problem statement",
        ],
    ),
    (
        "Proposal",
        &[
            "proposal",
            "method",
            "methodology",
            "approach",
            "idea",
            "solution",
            "contribution",
            "proposed method",
        ],
    ),
    (
        "Observations",
        &[
            "observation",
            "finding",
            "result",
            "conclusion",
            "takeaway",
            "insight",
            "evaluation",
            "experiment",
        ],
    ),
    ("Limitations", &["limitation", "weakness", "weaknesse", "drawback", "caveat", "shortcoming"]),
    ("Questions", &["open question", "future work", "next step", "follow-up"]),
];

/// Labels that the author puts into one column (`labels` in the front matter), by its name.
pub(super) type ChosenColumns = BTreeMap<String, Labels>;

/// One label, or several.
#[derive(Clone, Debug, Deserialize)]
#[serde(untagged)]
pub(super) enum Labels {
    One(String),
    Many(Vec<String>),
}

/// Assigns a column to every labeled paragraph of a paper's notes. O(labels log labels).
///
/// Labels that the front matter names belong where it says, others where they usually do. Such a column has its own name
/// only where several labels meet in it: one that is alone keeps what the author calls it.
pub(super) fn assign_columns(notebook: &mut Notebook, chosen: &ChosenColumns) {
    let mut columns: BTreeMap<String, (String, bool)> = BTreeMap::new();
    for (name, labels) in DEFAULT_COLUMNS {
        columns.extend(labels.iter().map(|label| ((*label).to_owned(), (name.to_owned(), false))));
    }
    for (name, labels) in chosen {
        let labels = match labels {
            Labels::One(label) => std::slice::from_ref(label),
            Labels::Many(labels) => labels,
        };
        let keys = labels.iter().chain([name]).map(|label| key(label));
        columns.extend(keys.map(|key| (key, (name.clone(), true))));
    }
    // What the author calls each column, by the labels that meet in it.
    let mut met: BTreeMap<String, BTreeMap<String, String>> = BTreeMap::new();
    for_each_label(notebook, &mut |label, _| {
        let key = key(label);
        let column = columns.get(&key).map_or(&key, |(name, _)| name);
        let labels = met.entry(column.clone()).or_default();
        labels.entry(key).or_insert_with(|| strip_number(label).to_owned());
    });
    for_each_label(notebook, &mut |label, column| {
        let key = key(label);
        let (name, named) = columns.get(&key).map_or((&key, false), |(name, named)| (name, *named));
        let alone = met.get(name).filter(|labels| labels.len() == 1 && !named);
        let name = alone.and_then(|labels| labels.values().next()).unwrap_or(name);
        *column = (name != strip_number(label)).then(|| name.clone());
    });
}

fn for_each_label(notebook: &mut Notebook, work: &mut dyn FnMut(&str, &mut Option<String>)) {
    notebook.for_each_entry_mut(&mut |entry| {
        let Entry::Paper(paper) = entry else { return };
        for block in &mut paper.notes {
            if let Block::Field { label, column, .. } = block {
                work(label, column);
            }
        }
    });
}

/// Returns the normal form of a label, without number, case, article and plural.
fn key(label: &str) -> String {
    let lower = lowercase(strip_number(label));
    let words = ["the ", "our ", "my ", "key ", "main "];
    let lower = words.iter().fold(lower.as_str(), |rest, word| rest.strip_prefix(word).unwrap_or(rest));
    let one = lower.strip_suffix('s').filter(|one| one.len() > 3 && !one.ends_with('s'));
    one.unwrap_or(lower).trim().to_owned()
}

#[cfg(test)]
mod tests {
    use crate::markdown::{read, write};
    use crate::notebook::{Block, Entry, Notebook, column_name};

    fn columns(notebook: &Notebook) -> Vec<String> {
        let mut all = Vec::new();
        for (_, entry) in notebook.walk() {
            let Entry::Paper(paper) = entry else { continue };
            all.extend(paper.notes.iter().filter_map(|block| match block {
                Block::Field { label, column, .. } => Some(column_name(label, column.as_deref()).to_owned()),
                _ => None,
            }));
        }
        all
    }

    fn read_with(front: &str, notes: &str) -> Notebook {
        read(&format!("{front}\n## Papers\n\n- [A](https://a.b)\n\n{notes}")).notebook
    }

    #[test]
    fn labels_that_mean_the_same_meet_in_one_column() {
        let notebook = read_with(
            "",
            "The Problem: a\n\nPurpose: b\n\nObservation 1: c\n\nObservation 2: d\n\nOdd: e\n\nodds: f",
        );
        let shared = "Problem / Purpose";
        assert_eq!(columns(&notebook), [shared, shared, "Observation", "Observation", "Odd"]);
        let again = read(&write(&notebook)).notebook;
        assert_eq!(again, notebook, "an export says the same");
    }

    #[test]
    fn the_front_matter_says_it_otherwise() {
        let notebook = read_with(
            "---\nlabels:\n  Why: [The Problem, motivation]\n  How: Method\n---\n",
            "Problem: a\n\nMethod: b\n\nApproach: c",
        );
        assert_eq!(columns(&notebook), ["Why", "How", "Approach"]);
        let again = read(&write(&notebook)).notebook;
        assert_eq!(columns(&again), columns(&notebook), "an export keeps what the front matter says");
    }

    #[test]
    fn odd_labels_are_columns_of_their_own() {
        let notebook = read_with("", "目的：a\n\n1: b\n\nS: c\n\nClass: d");
        assert_eq!(columns(&notebook), ["目的", "1", "S", "Class"]);
    }
}
