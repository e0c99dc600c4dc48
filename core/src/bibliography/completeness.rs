//! Completion of citations from the notebook, and checks for missing fields.

use super::field_values::single_line;
use super::identifiers::identifier_url;
use crate::notebook::{Citation, Reference, SourceKind, Url, UrlKind, WorkType, plain};

/// Returns the citation of a paper, completed with the title, the identifier, the date and the URL that the notebook has.
///
/// Without an entry in the bibliography, the byline becomes the note: it is not parsed for authors.
pub fn full_citation(paper: &Reference) -> Citation {
    let mut citation = paper.citation.as_deref().cloned().unwrap_or_default();
    let source = &paper.source;
    citation.title = citation.title.or_else(|| single_line(&plain(&paper.title)));
    match source.kind {
        SourceKind::Arxiv => citation.arxiv = citation.arxiv.or_else(|| source.id.clone()),
        SourceKind::Doi => citation.doi = citation.doi.or_else(|| source.id.clone()),
        SourceKind::Openreview | SourceKind::Publisher | SourceKind::Web => {}
    }
    if citation.url.is_none() {
        let url = paper.url.as_ref().filter(|url| is_http(url)).cloned();
        citation.url = url.or_else(|| identifier_url(&citation));
    }
    if citation.year.is_none() {
        (citation.year, citation.month, citation.day) = (source.year, source.month, None);
    }
    if paper.citation.is_none() {
        if source.kind == SourceKind::Arxiv {
            citation.work_type = WorkType::Preprint;
        }
        let byline = plain(&paper.byline);
        let note = byline.trim_matches(|c: char| c.is_whitespace() || ":,;.-–—".contains(c));
        citation.note = single_line(note);
    }
    citation
}

fn is_http(url: &Url) -> bool {
    matches!(url.kind(), UrlKind::Web(..))
        && url.as_str().get(..4).is_some_and(|scheme| scheme.eq_ignore_ascii_case("http"))
}

/// Returns the English names of the fields that a reference to this type of work requires and the citation lacks.
pub fn missing_fields(citation: &Citation) -> Vec<&'static str> {
    let has_editor_instead = citation.work_type == WorkType::Book && !citation.editors.is_empty();
    let has_authors = !citation.authors.is_empty() || has_editor_instead;
    let has_venue = citation.venue.is_some();
    let has_publisher = citation.publisher.is_some();
    let by_type = match citation.work_type {
        WorkType::Article => Some((has_venue, "journal")),
        WorkType::Proceedings => Some((has_venue, "proceedings")),
        WorkType::Chapter => Some((has_venue, "book")),
        WorkType::Book => Some((has_publisher, "publisher")),
        WorkType::Thesis => Some((has_publisher, "university")),
        WorkType::Report => Some((has_publisher, "institution")),
        WorkType::Preprint | WorkType::Webpage | WorkType::Software | WorkType::Dataset | WorkType::Other => {
            None
        }
    };
    let required =
        [(has_authors, "author"), (citation.title.is_some(), "title"), (citation.year.is_some(), "year")];
    let missing = required.into_iter().chain(by_type).filter(|(is_present, _)| !is_present);
    missing.map(|(_, name)| name).collect()
}
