//! Matching of bibliography entries to the papers of a notebook: by DOI, arXiv id, `OpenReview` id, address, then title.

use std::collections::HashMap;
use std::ops::Range;

use super::bibtex::first_line;
use super::completeness::missing_fields;
use super::model::{Bibliography, BibliographyEntry, entry_place};
use crate::diagnostic::{Diagnostic, DiagnosticCode};
use crate::notebook::{Citation, Entry, Id, Notebook, PaperSource, Reference, SourceKind, Url, plain};
use crate::unicode::{lowercase, normalize};

/// A property by which entries and papers are compared.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
enum KeyKind {
    Doi,
    Arxiv,
    Openreview,
    Address,
    Title,
}

/// A property with its normalized value.
type MatchKey = (KeyKind, String);

/// Returns the keys of an address, the most reliable first.
fn address_keys(url: &Url, source: &PaperSource) -> Vec<MatchKey> {
    let mut keys = Vec::new();
    if let Some(id) = &source.id {
        match source.kind {
            SourceKind::Doi => keys.push((KeyKind::Doi, lowercase(id))),
            SourceKind::Arxiv => keys.push((KeyKind::Arxiv, lowercase(id))),
            SourceKind::Openreview => keys.push((KeyKind::Openreview, id.clone())),
            SourceKind::Publisher | SourceKind::Web => {}
        }
    }
    keys.push((KeyKind::Address, lowercase(&url.page_key().concat())));
    keys
}

fn title_key(title: &str) -> Option<MatchKey> {
    let title = normalize(title);
    (!title.is_empty()).then_some((KeyKind::Title, title))
}

fn paper_keys(paper: &Reference) -> Vec<MatchKey> {
    let mut keys = paper.url.as_ref().map_or_else(Vec::new, |url| address_keys(url, &paper.source));
    keys.extend(title_key(&plain(&paper.title)));
    keys
}

/// Returns the keys of a citation, the most reliable first.
fn citation_keys(citation: &Citation) -> Vec<MatchKey> {
    let mut keys: Vec<MatchKey> = citation.doi.iter().map(|doi| (KeyKind::Doi, lowercase(doi))).collect();
    keys.extend(citation.arxiv.iter().map(|id| (KeyKind::Arxiv, lowercase(id))));
    keys.extend(citation.url.iter().flat_map(|url| address_keys(url, &PaperSource::from_url(url))));
    keys.extend(citation.title.as_deref().and_then(title_key));
    keys
}

/// A paper of the notebook with its keys.
struct IndexedPaper {
    id: Id,
    title: String,
    keys: Vec<MatchKey>,
}

/// The papers of a notebook by their keys.
pub(super) struct PaperIndex {
    /// In the author's order.
    papers: Vec<IndexedPaper>,
    by_key: HashMap<MatchKey, Vec<usize>>,
}

impl PaperIndex {
    pub(super) fn new(notebook: &Notebook) -> Self {
        let mut index = Self { papers: Vec::new(), by_key: HashMap::new() };
        for (_, entry) in notebook.walk() {
            let Entry::Paper(paper) = entry else { continue };
            let keys = paper_keys(paper);
            for key in &keys {
                index.by_key.entry(key.clone()).or_default().push(index.papers.len());
            }
            let title = plain(&paper.title).into_owned();
            index.papers.push(IndexedPaper { id: paper.id.clone(), title, keys });
        }
        index
    }

    /// Returns the papers that match the most reliable key of a citation that matches any, and the kind of that key.
    fn find(&self, citation: &Citation) -> Option<(KeyKind, &[usize])> {
        let keys = citation_keys(citation);
        let mut matches = keys.iter().filter_map(|key| Some((key.0, self.by_key.get(key)?.as_slice())));
        matches.find(|(_, papers)| !papers.is_empty())
    }

    /// Returns the anchor of the paper that a citation describes: the first of those that do not contradict it.
    pub(super) fn find_entry(&self, citation: &Citation) -> Option<&Id> {
        let (_, papers) = self.find(citation)?;
        let paper = papers.iter().find(|paper| self.conflicting_ids(**paper, citation).is_none())?;
        self.papers.get(*paper).map(|paper| &paper.id)
    }

    /// Returns the DOIs or arXiv ids, of the citation and of the paper, if these differ: then they are two papers.
    fn conflicting_ids(&self, paper: usize, citation: &Citation) -> Option<(String, String)> {
        let paper = self.papers.get(paper)?;
        let keys = citation_keys(citation);
        let mut ids = [KeyKind::Doi, KeyKind::Arxiv].into_iter().filter_map(|kind| {
            let id = |keys: &[MatchKey]| keys.iter().find(|key| key.0 == kind).map(|(_, id)| id.clone());
            id(&keys).zip(id(&paper.keys))
        });
        ids.find(|(of_citation, of_paper)| of_citation != of_paper)
    }
}

/// Returns the anchor of the paper that a citation describes.
pub fn find_paper(notebook: &Notebook, citation: &Citation) -> Option<Id> {
    let index = PaperIndex::new(notebook);
    let (_, papers) = index.find(citation)?;
    papers.first().and_then(|paper| index.papers.get(*paper)).map(|paper| paper.id.clone())
}

/// Sets the citations of the papers in a notebook, and their year if the address does not contain it.
///
/// `source` is the text of the bibliography. Returns diagnostics about it, and the anchors of the papers that are not in
/// it. O(notebook + bibliography).
pub fn attach_citations(
    notebook: &mut Notebook,
    bibliography: &Bibliography,
    source: &str,
) -> (Vec<Diagnostic>, Vec<Id>) {
    let index = PaperIndex::new(notebook);
    let citations = vec![None; index.papers.len()];
    let mut matcher = CitationMatcher {
        source,
        file_starts: &bibliography.file_starts,
        index,
        citations,
        diagnostics: Vec::new(),
    };
    bibliography.entries.iter().for_each(|entry| matcher.match_entry(entry));
    // A book that others inherit from may be a paper too; if it is none, it is not missing.
    let containers = bibliography.containers.iter().filter(|entry| entry.citation.title.is_some());
    for container in containers {
        if matcher.index.find(&container.citation).is_some() {
            matcher.match_entry(container);
        }
    }
    let mut citations = matcher.citations.into_iter();
    let mut uncited = Vec::new();
    notebook.for_each_paper_mut(&mut |paper| {
        if let Some((citation, _)) = citations.next().flatten() {
            paper.source.year = paper.source.year.or(citation.year);
            paper.citation = Some(Box::new(citation));
        }
        uncited.extend(paper.citation.is_none().then(|| paper.id.clone()));
    });
    (matcher.diagnostics, uncited)
}

struct CitationMatcher<'a> {
    /// Text of the bibliography.
    source: &'a str,
    /// Bytes at which its second file and those after it begin.
    file_starts: &'a [usize],
    index: PaperIndex,
    /// For each paper its citation, with the byte offset of the entry.
    citations: Vec<Option<(Citation, usize)>>,
    diagnostics: Vec<Diagnostic>,
}

impl CitationMatcher<'_> {
    fn report(&mut self, code: DiagnosticCode, range: &Range<usize>, message: String, help: &str) {
        let range = first_line(self.source, range);
        self.diagnostics.push(Diagnostic { code, range, message, help: help.into() });
    }

    /// Assigns an entry to the papers that it matches. Several papers with the same title may be different papers: then
    /// it is assigned to none.
    fn match_entry(&mut self, entry: &BibliographyEntry) {
        let BibliographyEntry { citation, range, .. } = entry;
        let name = display_key(citation);
        let Some((kind, papers)) = self.index.find(citation) else {
            let message = format!("no paper in the notebook matches `{name}`");
            let help = "add the paper with `notebook add`, or give the entry the DOI, arXiv id or address that the \
                        notebook has";
            return self.report(DiagnosticCode::UnmatchedCitation, range, message, help);
        };
        let papers = papers.to_vec();
        if papers.len() > 1 {
            let ids = papers.iter().filter_map(|paper| self.index.papers.get(*paper));
            let ids: Vec<_> = ids.map(|paper| format!("#{}", paper.id)).collect();
            let message = format!("`{name}` matches several papers: {}", ids.join(", "));
            let help = "give the entry the DOI, arXiv id or address of one of them";
            self.report(DiagnosticCode::AmbiguousCitation, range, message, help);
            if kind == KeyKind::Title {
                return;
            }
        }
        let missing = missing_fields(citation);
        if !missing.is_empty() {
            let message = format!("`{name}` has missing fields: {}", missing.join(", "));
            let help = "add them; until then, references to the paper are marked as incomplete";
            self.report(DiagnosticCode::IncompleteCitation, range, message, help);
        }
        for paper in papers {
            self.assign(paper, entry);
        }
    }

    /// Assigns an entry to a paper, or merges it with the entry that the paper has, unless they contradict each other.
    fn assign(&mut self, paper: usize, entry: &BibliographyEntry) {
        let BibliographyEntry { citation, range, .. } = entry;
        let name = display_key(citation);
        if let Some((entry_id, paper_id)) = self.index.conflicting_ids(paper, citation) {
            let title = self.index.papers.get(paper).map_or("", |paper| &paper.title);
            let message = format!("`{name}` has the id {entry_id}, but the paper `{title}` has {paper_id}");
            let help = "correct the id of one of them, or the title if these are different papers";
            return self.report(DiagnosticCode::ConflictingCitation, range, message, help);
        }
        let Some(assigned) = self.citations.get_mut(paper) else { return };
        let Some((first, offset)) = assigned else {
            *assigned = Some((citation.clone(), range.start));
            return;
        };
        let Some(difference) = difference(first, citation) else { return merge(first, citation) };
        let place = entry_place(self.source, self.file_starts, *offset, range.start);
        let message = format!("`{name}` contradicts the entry of the same paper {place}: {difference}");
        let help = "remove one of the two entries; until then, the first is used";
        self.report(DiagnosticCode::ConflictingCitation, range, message, help);
    }
}

/// Returns the name of an entry in messages.
fn display_key(citation: &Citation) -> &str {
    citation.key.as_deref().or(citation.title.as_deref()).unwrap_or("this entry")
}

/// Describes the first difference between two citations of the same paper. Missing data is no difference.
fn difference(first: &Citation, second: &Citation) -> Option<String> {
    let compare = |field: &str, a: Option<String>, b: Option<String>| {
        let (a, b) = a.zip(b).filter(|(a, b)| a != b)?;
        Some(format!("the {field} `{b}` instead of `{a}`"))
    };
    let year = |citation: &Citation| citation.year.map(|year| year.to_string());
    let lower = |text: &Option<String>| text.as_deref().map(lowercase);
    let title = |citation: &Citation| citation.title.as_deref().map(normalize);
    let author = |citation: &Citation| citation.authors.first().map(|name| normalize(&name.family));
    compare("title", title(first), title(second))
        .or_else(|| compare("first author", author(first), author(second)))
        .or_else(|| compare("year", year(first), year(second)))
        .or_else(|| compare("DOI", lower(&first.doi), lower(&second.doi)))
        .or_else(|| compare("arXiv id", lower(&first.arxiv), lower(&second.arxiv)))
}

/// Copies the fields that `first` lacks from another citation of the same paper.
fn merge(first: &mut Citation, other: &Citation) {
    let copy = |to: &mut Option<String>, from: &Option<String>| {
        if to.is_none() {
            to.clone_from(from);
        }
    };
    copy(&mut first.venue, &other.venue);
    copy(&mut first.volume, &other.volume);
    copy(&mut first.issue, &other.issue);
    copy(&mut first.pages, &other.pages);
    copy(&mut first.publisher, &other.publisher);
    copy(&mut first.doi, &other.doi);
    copy(&mut first.arxiv, &other.arxiv);
    first.url = first.url.take().or_else(|| other.url.clone());
    first.year = first.year.or(other.year);
    if first.authors.is_empty() {
        first.authors.clone_from(&other.authors);
    }
}
