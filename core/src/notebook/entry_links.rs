//! Cross references of one entry, computed by `links` and shown below the entry.

use serde::Serialize;

use super::{Entry, Id};

/// An entry with its cross references.
#[derive(Clone, Debug, PartialEq)]
pub struct LinkedEntry {
    /// The entry.
    pub entry: Entry,
    /// The cross references of the entry.
    pub links: EntryLinks,
}

/// Cross references of an entry: prerequisites, mentions, related papers and the progress of goals.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct EntryLinks {
    /// Terms that the definition of this term mentions, in the author's order.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub builds_on: Vec<EntryRef>,
    /// Terms whose definition mentions this term, in the author's order.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub needed_for: Vec<EntryRef>,
    /// Mentions of this entry in other entries, in the author's order.
    #[serde(skip_serializing_if = "Vec::is_empty", rename = "uses")]
    pub mentions: Vec<Mention>,
    /// Papers that share something with this paper, the most closely related first.
    #[serde(skip_serializing_if = "Vec::is_empty", rename = "near")]
    pub related_papers: Vec<RelatedPaper>,
    /// Progress of a goal, then of its subgoals, each before its own subgoals.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub goals: Vec<GoalProgress>,
}

/// The target of a cross reference: anchor and name of an entry.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct EntryRef {
    /// Anchor of the entry.
    pub id: Id,
    /// Title of the entry as plain text; of a prose entry its first words.
    pub name: String,
}

/// A mention of an entry in the text or title of another.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Mention {
    /// The entry that contains the mention.
    pub by: EntryRef,
    /// The sentence around the mention: text before the name, the name, text after it. `None` if the title contains it.
    #[serde(skip_serializing_if = "Option::is_none", rename = "text")]
    pub excerpt: Option<[String; 3]>,
}

/// A paper that is related to another.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct RelatedPaper {
    /// The related paper.
    pub paper: EntryRef,
    /// Features of both papers: a mention first, then terms, authors, the category, labels.
    #[serde(rename = "shares")]
    pub shared: Vec<SharedFeature>,
}

/// A feature that two papers share.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum SharedFeature {
    /// One of the papers mentions the other.
    Mention {},
    /// Name of a term that both mention.
    Term(String),
    /// Label that the notes of both use, such as `Purpose`.
    Label(String),
    /// Name of a common author.
    Author(String),
    /// Title of the section that contains both.
    Category(String),
}

/// Number of entries that a notebook has about a goal, its subgoals included.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct GoalProgress {
    /// Query string that shows these entries: `?q=sparse+coding`.
    pub query: String,
    /// Number of papers with notes and of defined terms.
    #[serde(rename = "noted")]
    pub covered: u32,
    /// Number of papers without notes.
    pub listed: u32,
}

impl EntryLinks {
    /// Returns true if the entry has no cross references.
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }
}
