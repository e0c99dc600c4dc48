//! Papers as people have listed them: facts of 300 entries that were sampled over published reading lists and checked by
//! hand. Each has the line that holds them, without notes, and what it says.
//!
//! Titles, authors, venues and years are facts. The shares below are those that must be read exactly.

use notebook_core::markdown::read;
use notebook_core::notebook::{Entry, Reference, plain};
use serde::Deserialize;

/// The facts of one entry.
#[derive(Deserialize)]
struct Listed {
    /// The entry as written, without notes.
    line: String,
    url: String,
    title: String,
    #[serde(default)]
    authors: Vec<String>,
    venue: Option<String>,
    year: Option<u16>,
}

/// Counts of facts that are parsed correctly, and the ones that are not.
#[derive(Default)]
struct Share {
    read: usize,
    missed: Vec<String>,
}

impl Share {
    fn count(&mut self, found: &str, expected: &str) {
        if found == expected {
            self.read += 1;
        } else {
            self.missed.push(format!("`{found}` instead of `{expected}`"));
        }
    }

    fn percent(&self) -> usize {
        100 * self.read / (self.read + self.missed.len()).max(1)
    }
}

/// Returns the paper with an address, or else the first one.
fn paper(listed: &Listed) -> Option<Reference> {
    let notebook = read(&format!("## Papers\n\n{}\n", listed.line)).notebook;
    let papers: Vec<_> = notebook
        .walk()
        .filter_map(|(_, entry)| match entry {
            Entry::Paper(paper) => Some(paper.clone()),
            _ => None,
        })
        .collect();
    let is_meant = |paper: &&Reference| paper.url.as_ref().is_some_and(|url| url.as_str() == listed.url);
    papers.iter().find(is_meant).or_else(|| papers.first()).cloned()
}

#[test]
fn facts_of_listed_papers_are_read_as_written() {
    let all: Vec<Listed> = serde_json::from_str(include_str!("published_papers.json")).unwrap();
    assert_eq!(all.len(), 300);
    let (mut titles, mut authors) = (Share::default(), Share::default());
    let (mut venues, mut years) = (Share::default(), Share::default());
    for listed in &all {
        let paper = paper(listed).unwrap_or_default();
        titles.count(plain(&paper.title).trim(), &listed.title);
        if !listed.authors.is_empty() {
            authors.count(&paper.authors.join("; "), &listed.authors.join("; "));
        }
        if let Some(venue) = &listed.venue {
            venues.count(paper.venue.as_deref().unwrap_or_default(), venue);
        }
        if let Some(year) = listed.year {
            years.count(&paper.date.year.map_or(String::new(), |year| year.to_string()), &year.to_string());
        }
    }
    for (name, share, least) in
        [("titles", titles, 95), ("authors", authors, 90), ("venues", venues, 90), ("years", years, 90)]
    {
        println!("{name}: {} read, {} % {:#?}", share.read, share.percent(), share.missed);
        assert!(share.percent() >= least, "{name}: {} %, not {:#?}", share.percent(), share.missed);
    }
}
