//! Identifiers of papers: DOI and arXiv id.

use super::field_values::decode_entities;
use crate::notebook::{ARXIV_DOI_PREFIX, Citation, PaperSource, SourceKind, Url, find_doi, is_registered};
use crate::unicode::lowercase;

/// Prefix of an arXiv id in text.
pub(super) const ARXIV_PREFIX: &str = "arXiv:";

/// Extracts a DOI from a DOI, a URL or text.
pub(super) fn parse_doi(raw: &str) -> Option<String> {
    let raw = decode_entities(raw.trim());
    let url = if raw.contains("://") { Url::parse(&raw) } else { None };
    let source = url.as_ref().map(PaperSource::from_url).filter(|source| source.kind == SourceKind::Doi);
    source.and_then(|source| source.id).or_else(|| find_doi(&raw).map(str::to_owned))
}

/// Returns the first web address in a text, without the punctuation after it.
pub(super) fn find_url(text: &str) -> Option<String> {
    let start = ["https://", "http://", "ftp://"].iter().filter_map(|scheme| text.find(scheme)).min()?;
    let url = text.get(start..)?.split(|c: char| c.is_whitespace() || "<>\"".contains(c)).next()?;
    // A closing parenthesis belongs to the address if it has the opening one.
    let url = if url.contains('(') { url } else { url.trim_end_matches(')') };
    Some(url.trim_end_matches([',', ';']).trim_end_matches('.').to_owned())
}

/// Extracts an arXiv id without its version from an id, a URL or text such as `arXiv:1706.03762v5 [cs]`.
pub(super) fn parse_arxiv_id(raw: &str) -> Option<String> {
    let raw = raw.trim();
    let id = raw.rsplit_once("abs/").map_or(raw, |(_, id)| id);
    let id = id.rsplit_once(ARXIV_PREFIX).or_else(|| id.rsplit_once("arxiv:")).map_or(id, |(_, id)| id);
    let id = id.trim().split(|c: char| c.is_whitespace() || "[](),".contains(c)).next()?;
    let source = PaperSource::from_url(&Url::parse(&format!("https://arxiv.org/abs/{id}"))?);
    source.id.filter(|_| source.kind == SourceKind::Arxiv)
}

/// Sets the arXiv id from the other fields in which exports write it: the DOI, the URL, or the journal (`arXiv preprint
/// arXiv:1706.03762`, or `CoRR` with the id as volume).
pub(super) fn move_arxiv_id(citation: &mut Citation) {
    if let Some(doi) = &citation.doi
        && lowercase(doi).starts_with(ARXIV_DOI_PREFIX)
    {
        citation.arxiv = citation.arxiv.take().or_else(|| parse_arxiv_id(doi.get(ARXIV_DOI_PREFIX.len()..)?));
        citation.doi = None;
    }
    let source =
        citation.url.as_ref().map(PaperSource::from_url).filter(|source| source.kind == SourceKind::Arxiv);
    if let Some(source) = source {
        citation.arxiv = citation.arxiv.take().or(source.id);
    }
    // ADS and Zotero write the id as number or pages too.
    for field in [&mut citation.issue, &mut citation.pages] {
        if let Some(id) =
            field.as_deref().filter(|text| lowercase(text).starts_with("arxiv:")).and_then(parse_arxiv_id)
        {
            citation.arxiv.get_or_insert(id);
            *field = None;
        }
    }
    if let Some(venue) = &citation.venue {
        let lower = lowercase(venue);
        if lower.starts_with("arxiv") {
            let id = || parse_arxiv_id(venue.split_whitespace().rfind(|part| part.contains(':'))?);
            citation.arxiv = citation.arxiv.take().or_else(id);
            citation.venue = Some("arXiv".into());
        } else if lower == "corr" {
            citation.arxiv = citation.arxiv.take().or_else(|| parse_arxiv_id(citation.volume.as_deref()?));
        }
    }
}

/// Returns the address of a DOI. A name of the ACM Digital Library that is no DOI is found there alone.
fn doi_url(doi: &str) -> String {
    // These would end the path, or change what follows.
    let doi = doi.replace('%', "%25").replace('#', "%23").replace('?', "%3F");
    let host = if is_registered(&doi) { "doi.org" } else { "dl.acm.org/doi" };
    format!("https://{host}/{doi}")
}

/// Returns the URL of a DOI, else of an arXiv id.
pub fn identifier_url(citation: &Citation) -> Option<Url> {
    let doi = citation.doi.as_ref().map(|doi| doi_url(doi));
    let arxiv = || citation.arxiv.as_ref().map(|id| format!("https://arxiv.org/abs/{id}"));
    Url::parse(&doi.or_else(arxiv)?)
}
