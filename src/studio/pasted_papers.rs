//! BibTeX that was pasted into the text: the papers that it describes, as list items.

use notebook_core::bibliography::{BibliographyEntry, read_bibtex};
use notebook_core::notebook::Reference;
use serde::Serialize;

use crate::pipeline::new_paper;

/// Entries and list items made of BibTeX that was pasted.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Pasted {
    /// The first file of the notebook's bibliography.
    pub(super) bibliography: String,
    /// Empty if the text cannot be added as papers.
    pub(super) papers: Vec<PastedPaper>,
}

/// An entry of BibTeX, and the list item of its paper.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub(super) struct PastedPaper {
    key: String,
    /// The entry as it was pasted.
    bibtex: String,
    /// `- [Title](address)`
    item: String,
}

/// Returns the papers of a text in BibTeX. It has none unless every entry has a key and an address, as `notebook add` demands, and
/// can be read: otherwise the text is something else. O(bytes).
pub(super) fn pasted_papers(bibtex: &str) -> Vec<PastedPaper> {
    let library = read_bibtex(bibtex);
    if !library.diagnostics.is_empty() {
        return Vec::new();
    }
    let paper = |entry: &BibliographyEntry| {
        let BibliographyEntry { citation, range, .. } = entry;
        let paper = new_paper::paper(entry, new_paper::address(entry)?, false);
        let item = new_paper::list_item(&Reference { notes: Vec::new(), ..paper });
        let bibtex = bibtex.get(range.clone())?.trim().to_owned();
        Some(PastedPaper { key: citation.key.clone()?, bibtex, item })
    };
    library.entries.iter().map(paper).collect::<Option<_>>().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_entry_gets_a_list_item() {
        let entry = "@article{her2020,\n  title = {An {Image} [draft]},\n  abstract = {Long.},\n  eprint = {2010.11929},\n  \
                     archivePrefix = {arXiv},\n}";
        let papers =
            pasted_papers(&format!("{entry}\n\n@misc{{b, title = {{B}}, url = {{https://b.example}}}}\n"));
        let items: Vec<&str> = papers.iter().map(|paper| paper.item.as_str()).collect();
        assert_eq!(
            items,
            ["- [An Image \\[draft\\]](https://arxiv.org/abs/2010.11929)", "- [B](https://b.example)"]
        );
        assert_eq!((papers[0].key.as_str(), papers[0].bibtex.as_str()), ("her2020", entry));
    }

    #[test]
    fn nothing_is_made_of_entries_that_cannot_be_added() {
        assert_eq!(pasted_papers("@article{a, title = {No address}}"), []);
        assert_eq!(pasted_papers("@article{a, title = {Cut, url = {https://a.example}"), []);
        assert_eq!(pasted_papers("@everyone, hello"), []);
    }
}
