//! Kinds of entries, and the fields in which they are searched.

use crate::notebook::Entry;

/// A part of an entry that is searched separately.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Field {
    /// The title, or the name of a term.
    Title,
    /// The text after the title on its line: authors, venue.
    Byline,
    /// The text below the title.
    Notes,
}

impl Field {
    /// Every field.
    pub const ALL: [Self; 3] = [Self::Title, Self::Byline, Self::Notes];

    /// The name under which the page marks the element that shows it.
    pub fn key(self) -> &'static str {
        match self {
            Self::Title => "title",
            Self::Byline => "byline",
            Self::Notes => "notes",
        }
    }
}

/// The kind of an entry; each kind is counted separately.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[expect(missing_docs, reason = "the names are those of the entries")]
pub enum EntryKind {
    Paper,
    Term,
    Goal,
    Link,
    Prose,
}

impl EntryKind {
    /// Returns the number that files store.
    pub(super) fn number(self) -> u8 {
        match self {
            Self::Paper => 0,
            Self::Term => 1,
            Self::Goal => 2,
            Self::Link => 3,
            Self::Prose => 4,
        }
    }

    /// Returns the kind that a number in a file stands for.
    pub(super) fn numbered(number: u8) -> Self {
        match number {
            0 => Self::Paper,
            1 => Self::Term,
            2 => Self::Goal,
            3 => Self::Link,
            _ => Self::Prose,
        }
    }

    pub(super) fn of(entry: &Entry) -> Self {
        match entry {
            Entry::Paper(_) => Self::Paper,
            Entry::Term(_) => Self::Term,
            Entry::Goal(_) => Self::Goal,
            Entry::Link(_) => Self::Link,
            Entry::Prose(_) => Self::Prose,
        }
    }
}
