//! Readable anchors: `#vision-transformers-origin`.

use std::borrow::Borrow;
use std::collections::{HashMap, HashSet};
use std::fmt;
use std::hash::{DefaultHasher, Hasher};

use serde::Serialize;

use crate::letters::lower;

/// Longest slug, in bytes, before a number is added; longer titles are cut at a hyphen.
const LONGEST: usize = 80;

/// An anchor that names one heading or entry of a notebook.
///
/// Slugs never hold `_`, so ids that begin with it are free for the page's own elements.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(transparent)]
pub struct Id(String);

impl Id {
    /// The anchor without its `#`.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for Id {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl Borrow<str> for Id {
    fn borrow(&self) -> &str {
        &self.0
    }
}

impl From<&str> for Id {
    fn from(text: &str) -> Self {
        Self(text.to_owned())
    }
}

/// Gives out ids in document order: the same titles in the same order always get the same ids.
#[derive(Debug, Default)]
pub struct Ids {
    /// Hashes: were two ever the same, the later id would get a number that it did not need.
    taken: HashSet<u64>,
    next: HashMap<u64, usize>,
}

impl Ids {
    /// Takes the id an author chose, before any is given out. `None` where another heading has it.
    pub fn reserve(&mut self, chosen: &str) -> Option<Id> {
        let slug = slug(chosen);
        (!slug.is_empty() && self.taken.insert(hash(&slug))).then_some(Id(slug))
    }

    /// The id for a title; `fallback` where the title has no letter or digit. Amortised O(length).
    pub fn give(&mut self, title: &str, fallback: &str) -> Id {
        let mut slug = slug(title);
        if slug.is_empty() {
            fallback.clone_into(&mut slug);
        }
        let key = hash(&slug);
        if self.taken.insert(key) {
            return Id(slug);
        }
        let number = self.next.entry(key).or_insert(2);
        loop {
            let candidate = format!("{slug}-{number}");
            *number += 1;
            if self.taken.insert(hash(&candidate)) {
                return Id(candidate);
            }
        }
    }
}

fn hash(slug: &str) -> u64 {
    let mut hasher = DefaultHasher::new();
    hasher.write(slug.as_bytes());
    hasher.finish()
}

/// Letters and digits of any script in lower case, everything between them one hyphen.
pub(crate) fn slug(title: &str) -> String {
    let mut slug = String::with_capacity(title.len().min(LONGEST));
    for c in title.chars() {
        push(&mut slug, lower(c));
        if slug.len() > LONGEST {
            let cut = slug.rfind('-').filter(|&at| at > LONGEST / 2);
            slug.truncate(cut.unwrap_or(slug.len()));
            break;
        }
    }
    slug.truncate(slug.trim_end_matches('-').len());
    slug
}

fn push(slug: &mut String, c: char) {
    if c.is_alphanumeric() {
        slug.push(c);
    } else if c != '\'' && c != '’' && !slug.is_empty() && !slug.ends_with('-') {
        slug.push('-');
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn titles_become_readable_slugs() {
        let cases = [
            ("Vision Transformers - Origin", "vision-transformers-origin"),
            ("The Busy Person's Introduction", "the-busy-persons-introduction"),
            ("  (in decreasing order)  ", "in-decreasing-order"),
            ("Ελληνικά и 日本語", "ελληνικά-и-日本語"),
            ("!!!", ""),
        ];
        for (title, expected) in cases {
            assert_eq!(slug(title), expected);
        }
        assert!(slug(&"word ".repeat(100)).len() <= LONGEST);
    }

    #[test]
    fn one_title_twice_gets_two_ids_always_the_same_two() {
        let give = || {
            let mut ids = Ids::default();
            ["A", "A 2", "A", "A", "?"].map(|title| ids.give(title, "entry").to_string())
        };
        assert_eq!(give(), ["a", "a-2", "a-3", "a-4", "entry"]);
        assert_eq!(give(), give());
    }

    #[test]
    fn a_chosen_id_is_kept_and_given_once() {
        let mut ids = Ids::default();
        assert_eq!(ids.reserve("Mine"), Some(Id("mine".into())));
        assert_eq!(ids.reserve("mine"), None);
        assert_eq!(ids.give("Mine", "entry").as_str(), "mine-2");
    }
}
