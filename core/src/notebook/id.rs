//! Readable anchors: `#vision-transformers-origin`.

use std::borrow::Borrow;
use std::collections::{HashMap, HashSet};
use std::fmt;
use std::hash::{DefaultHasher, Hasher};

use serde::Serialize;

use crate::unicode::to_lowercase;

/// Longest slug in bytes, before a number is added. Longer titles are cut at a hyphen.
///
/// Chosen: about a line, so that a link with the slug can be read and pasted. A smaller value cuts ordinary titles and
/// numbers more of them (`-2`); any change breaks existing links to long titles.
const MAX_SLUG_LENGTH: usize = 80;

/// Anchor of a heading or entry, unique in the notebook: a slug of letters and digits of any script, with hyphens between.
///
/// Slugs do not contain `_`, so that ids that begin with it are free for elements of the page.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(transparent)]
pub struct Id(String);

impl Id {
    /// Returns the anchor without `#`.
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

/// Allocates ids in document order: the same titles in the same order always get the same ids.
#[derive(Clone, Debug, Default)]
pub struct IdAllocator {
    /// Hashes of the allocated ids. In case of a collision, the later id gets an unnecessary number.
    taken: HashSet<u64>,
    /// Next number for each slug that was allocated before.
    next: HashMap<u64, usize>,
}

impl IdAllocator {
    /// Reserves the id that an author chose, before other ids are allocated. Returns `None` if it is already reserved.
    pub fn reserve(&mut self, chosen: &str) -> Option<Id> {
        let slug = slug(chosen);
        (!slug.is_empty() && self.taken.insert(hash(&slug))).then_some(Id(slug))
    }

    /// Allocates the id for a title; `fallback` if the title has no letter or digit. Amortized O(length).
    pub fn allocate(&mut self, title: &str, fallback: &str) -> Id {
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

/// Returns the slug of a title: its letters and digits of any script in lower case, with one hyphen for everything between
/// them. Apostrophes are dropped.
pub(crate) fn slug(title: &str) -> String {
    let mut slug = String::with_capacity(title.len().min(MAX_SLUG_LENGTH));
    for c in title.chars() {
        push(&mut slug, to_lowercase(c));
        if slug.len() > MAX_SLUG_LENGTH {
            let cut = slug.rfind('-').filter(|&at| at > MAX_SLUG_LENGTH / 2);
            slug.truncate(cut.unwrap_or(slug.len()));
            break;
        }
    }
    slug.truncate(slug.trim_end_matches('-').len());
    slug
}

fn push(slug: &mut String, c: char) {
    if c.is_alphanumeric() || is_joined_mark(c) && !slug.is_empty() && !slug.ends_with('-') {
        slug.push(c);
    } else if c != '\'' && c != '’' && !slug.is_empty() && !slug.ends_with('-') {
        slug.push('-');
    }
}

/// Returns true for a mark that is part of the letter before it, and not a letter itself in the standard library's tables:
/// accents of decomposed letters, signs of Indic scripts that are silent or join letters, tone marks, and the joiners.
///
/// Ranges of the category Mn and Mc, and of joiners, in scripts that are written today:
/// <https://www.unicode.org/Public/UCD/latest/ucd/extracted/DerivedGeneralCategory.txt>.
fn is_joined_mark(c: char) -> bool {
    const MARKS: &[(char, char)] = &[
        ('\u{300}', '\u{36f}'),
        ('\u{483}', '\u{487}'),
        ('\u{591}', '\u{5bd}'),
        ('\u{5bf}', '\u{5c7}'),
        ('\u{610}', '\u{61a}'),
        ('\u{64b}', '\u{65f}'),
        ('\u{670}', '\u{670}'),
        ('\u{6d6}', '\u{6ed}'),
        ('\u{8d3}', '\u{903}'),
        ('\u{93a}', '\u{94f}'),
        ('\u{951}', '\u{957}'),
        ('\u{962}', '\u{963}'),
        ('\u{981}', '\u{983}'),
        ('\u{9bc}', '\u{9d7}'),
        ('\u{a01}', '\u{a03}'),
        ('\u{a3c}', '\u{a51}'),
        ('\u{a70}', '\u{a75}'),
        ('\u{a81}', '\u{a83}'),
        ('\u{abc}', '\u{acd}'),
        ('\u{b01}', '\u{b03}'),
        ('\u{b3c}', '\u{b57}'),
        ('\u{b82}', '\u{b82}'),
        ('\u{bbe}', '\u{bd7}'),
        ('\u{c00}', '\u{c04}'),
        ('\u{c3e}', '\u{c56}'),
        ('\u{c81}', '\u{c83}'),
        ('\u{cbc}', '\u{cd6}'),
        ('\u{d00}', '\u{d03}'),
        ('\u{d3b}', '\u{d57}'),
        ('\u{d81}', '\u{d83}'),
        ('\u{dca}', '\u{ddf}'),
        ('\u{e31}', '\u{e3a}'),
        ('\u{e47}', '\u{e4e}'),
        ('\u{eb1}', '\u{ebc}'),
        ('\u{ec8}', '\u{ece}'),
        ('\u{102b}', '\u{103e}'),
        ('\u{17b4}', '\u{17d3}'),
        ('\u{1ab0}', '\u{1aff}'),
        ('\u{1dc0}', '\u{1dff}'),
        ('\u{200c}', '\u{200d}'),
    ];
    MARKS.iter().any(|(first, last)| (*first..=*last).contains(&c))
        || matches!(c, '\u{3099}' | '\u{309a}' | '\u{20d0}'..='\u{20f0}' | '\u{fe20}'..='\u{fe2f}')
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
            ("हिन्दी भाषा", "हिन्दी-भाषा"),
            ("বাংলা ভাষা", "বাংলা-ভাষা"),
            ("ภาษาไทยที่ดี", "ภาษาไทยที่ดี"),
            ("cafe\u{301} zoe\u{308}", "cafe\u{301}-zoe\u{308}"),
            ("A\u{30a}ngstro\u{308}m", "a\u{30a}ngstro\u{308}m"),
            ("\u{301} x", "x"),
        ];
        for (title, expected) in cases {
            assert_eq!(slug(title), expected);
        }
        assert!(slug(&"word ".repeat(100)).len() <= MAX_SLUG_LENGTH);
    }

    #[test]
    fn one_title_twice_gets_two_ids_always_the_same_two() {
        let give = || {
            let mut ids = IdAllocator::default();
            ["A", "A 2", "A", "A", "?"].map(|title| ids.allocate(title, "entry").to_string())
        };
        assert_eq!(give(), ["a", "a-2", "a-3", "a-4", "entry"]);
        assert_eq!(give(), give());
    }

    #[test]
    fn a_chosen_id_is_kept_and_given_once() {
        let mut ids = IdAllocator::default();
        assert_eq!(ids.reserve("Mine"), Some(Id("mine".into())));
        assert_eq!(ids.reserve("mine"), None);
        assert_eq!(ids.allocate("Mine", "entry").as_str(), "mine-2");
    }
}
