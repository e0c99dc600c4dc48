//! Matches of a query in entries and headings, for highlighting and excerpts.

use super::highlight::{self, Fragment, Match};
use super::normalize::normalize;
use super::{Answer, Corpus, EntryKind, Field, PlainText};

/// The matches of an entry, and an excerpt that shows them.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Snippet {
    /// Every match, in order.
    pub matches: Vec<Match>,
    /// The title, cut at its matches.
    pub title: Vec<Fragment>,
    /// A line of the last field with a match, or of the first field with text.
    pub excerpt: Vec<Fragment>,
}

impl Corpus {
    /// Returns the matches of an entry; empty if its text is not loaded or the query has no words.
    pub fn snippet(&self, answer: &Answer, entry: usize) -> Snippet {
        let mut snippet = Snippet::default();
        let Some(fields) = self.texts.of(entry) else { return snippet };
        let kind = self.catalog.kind(entry).unwrap_or(EntryKind::Prose);
        for (field, text, normalized) in fields {
            let ranges = answer.highlighter.occurrences(*field, kind, text, normalized);
            if *field == Field::Title {
                snippet.title = highlight::whole(text, &ranges);
            } else if !ranges.is_empty() || snippet.excerpt.is_empty() {
                snippet.excerpt = highlight::excerpt(text, &ranges);
            }
            snippet.matches.extend(ranges.into_iter().map(|range| Match { field: *field, range }));
        }
        snippet
    }

    /// Returns the matches in the title of a heading.
    pub fn heading_matches(&self, answer: &Answer, heading: usize) -> Vec<Match> {
        let title = PlainText::line(self.headings.title(heading));
        let normalized = normalize(&title).text;
        let ranges = answer.highlighter.occurrences(Field::Title, EntryKind::Prose, &title, &normalized);
        ranges.into_iter().map(|range| Match { field: Field::Title, range }).collect()
    }
}
