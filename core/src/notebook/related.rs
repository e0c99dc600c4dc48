//! What an entry has to do with others: worked out by `relations`, shown beside the entry.

use serde::Serialize;

use super::{Entry, Id};

/// An entry with what it has to do with others.
#[derive(Clone, Debug, PartialEq)]
pub struct Noted {
    /// The entry.
    pub entry: Entry,
    /// What it has to do with others.
    pub related: Related,
}

/// How an entry is related to others.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct Related {
    /// Terms that its definition uses, in the author's order: what to know first.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub builds_on: Vec<Named>,
    /// Terms whose definition uses it.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub needed_for: Vec<Named>,
    /// Every sentence that names it, in the author's order.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub uses: Vec<Mention>,
    /// Papers that share something with it, the nearest first.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub near: Vec<Near>,
    /// How far a goal and its parts are, in the author's order.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub goals: Vec<Progress>,
}

/// An entry to go to.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Named {
    /// Its anchor.
    pub id: Id,
    /// What it is called.
    pub name: String,
}

/// A place where an entry is named.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Mention {
    /// By which entry.
    pub by: Named,
    /// What stands before the name in its sentence, the name, what stands behind it; none where the title names it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub text: Option<[String; 3]>,
}

/// A paper that shares something with another.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Near {
    /// Which.
    pub paper: Named,
    /// What both have.
    pub shares: Vec<Shared>,
}

/// What two papers share.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Shared {
    /// One names the other.
    Mention {},
    /// A term, by its name.
    Term(String),
    /// A label of their notes.
    Label(String),
    /// An author, or whoever stands on both bylines.
    Author(String),
    /// The category.
    Category(String),
}

/// What a notebook has on a goal and its parts.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Progress {
    /// The question that shows it, as the query of a URL: `?q=sparse+coding`.
    pub query: String,
    /// Papers with notes, and terms that are defined.
    pub noted: u32,
    /// Papers that are only listed.
    pub listed: u32,
}

impl Related {
    /// Whether there is nothing to tell.
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }
}
