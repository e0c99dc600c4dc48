//! The names that the editor completes: of terms, papers, headings, labels and citation keys.

use std::collections::HashSet;

use notebook_core::bibliography::{read_bibtex_files, title_spans};
use notebook_core::notebook::{Block, Entry, Notebook, Section, column_name, plain};
use serde::Serialize;

/// A name that can be written in the text.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Name {
    kind: NameKind,
    /// The name or title.
    text: String,
    /// The anchor of a term, paper or heading, the key of a citation; empty for a label.
    id: String,
}

/// The kind of thing that a name belongs to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
enum NameKind {
    Term,
    Paper,
    Heading,
    Label,
    Citation,
}

/// Returns the names in a notebook and in the texts of its bibliography, in the author's order. O(entries + bytes of the
/// bibliography).
pub(super) fn names(notebook: &Notebook, bibliography: &[String]) -> Vec<Name> {
    let mut names = Names::default();
    notebook.sections.iter().for_each(|section| names.add_section(section));
    let texts: Vec<&str> = bibliography.iter().map(String::as_str).collect();
    for entry in read_bibtex_files(&texts).1.entries {
        let Some(key) = entry.citation.key else { continue };
        let title = entry.citation.title.as_deref().unwrap_or_default();
        names.add(NameKind::Citation, &plain(&title_spans(title)), &key);
    }
    names.all
}

#[derive(Debug, Default)]
struct Names {
    all: Vec<Name>,
    labels: HashSet<String>,
}

impl Names {
    fn add(&mut self, kind: NameKind, text: &str, id: &str) {
        self.all.push(Name { kind, text: text.trim().to_owned(), id: id.to_owned() });
    }

    fn add_section(&mut self, section: &Section) {
        if section.level != Section::UNTITLED_LEVEL {
            self.add(NameKind::Heading, &plain(&section.title), section.id.as_str());
        }
        section.entries.iter().for_each(|entry| self.add_entry(entry));
        section.sections.iter().for_each(|inner| self.add_section(inner));
    }

    fn add_entry(&mut self, entry: &Entry) {
        match entry {
            Entry::Term(term) => {
                self.add(NameKind::Term, &term.bare_name(), term.id.as_str());
                term.aliases.iter().for_each(|alias| self.add(NameKind::Term, alias, term.id.as_str()));
            }
            Entry::Paper(paper) => {
                self.add(NameKind::Paper, &plain(&paper.title), paper.id.as_str());
                for block in &paper.notes {
                    let Block::Field { label, .. } = block else { continue };
                    let label = column_name(label, None);
                    if self.labels.insert(label.to_owned()) {
                        self.add(NameKind::Label, label, "");
                    }
                }
            }
            _ => {}
        }
    }
}

#[cfg(test)]
mod tests {
    use notebook_core::markdown::read;

    use super::*;

    #[test]
    fn everything_that_can_be_named_is_listed_once() {
        let text = "# N\n\n## Papers\n\n- [A *title*](https://arxiv.org/abs/2010.11929)\n\n  Purpose: to see\n\n  Result 1: one\n\n  \
                    Result 2: two\n\n## Terms\n\n- Variational autoencoder (VAE): a model.\n";
        let bibliography = "@article{her2020,\n  title = {The {Big} one},\n}\n".to_owned();
        let names = names(&read(text).notebook, &[bibliography]);
        let name = |kind, text: &str, id: &str| Name { kind, text: text.to_owned(), id: id.to_owned() };
        assert_eq!(
            names,
            [
                name(NameKind::Heading, "Papers", "papers"),
                name(NameKind::Paper, "A title", "a-title"),
                name(NameKind::Label, "Purpose", ""),
                name(NameKind::Label, "Result", ""),
                name(NameKind::Heading, "Terms", "terms"),
                name(NameKind::Term, "Variational autoencoder", "variational-autoencoder"),
                name(NameKind::Term, "VAE", "variational-autoencoder"),
                name(NameKind::Citation, "The Big one", "her2020"),
            ]
        );
    }
}
