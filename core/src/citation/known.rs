//! What is known of a paper, from the bibliography, its address and its line; and what is missing of it.

use super::values::address;
use crate::notebook::{Citation, Place, Reference, SourceKind, Work, plain};

/// All that is known of a paper. What the bibliography says comes first; where it is silent, the title and address that
/// the notebook has. Of a paper without an entry the byline is a note: who wrote it is not guessed.
pub fn known(paper: &Reference) -> Citation {
    let mut of = paper.citation.as_deref().cloned().unwrap_or_default();
    let source = &paper.source;
    of.title = of.title.or_else(|| super::values::text(&plain(&paper.title)));
    match source.kind {
        SourceKind::Arxiv => of.arxiv = of.arxiv.or_else(|| source.id.clone()),
        SourceKind::Doi => of.doi = of.doi.or_else(|| source.id.clone()),
        SourceKind::Openreview | SourceKind::Publisher | SourceKind::Web => {}
    }
    let web = |url: &crate::notebook::Url| {
        matches!(url.place(), Place::Web(..))
            && url.as_str().get(..4).is_some_and(|http| http.eq_ignore_ascii_case("http"))
    };
    if of.url.is_none() {
        of.url = Some(paper.url.clone()).filter(web).or_else(|| address(&of));
    }
    if of.year.is_none() {
        (of.year, of.month, of.day) = (source.year, source.month, None);
    }
    if paper.citation.is_none() {
        if source.kind == SourceKind::Arxiv {
            of.work = Work::Preprint;
        }
        let byline = plain(&paper.byline);
        let said = byline.trim_matches(|c: char| c.is_whitespace() || ":,;.-–—".contains(c));
        of.note = super::values::text(said);
    }
    of
}

/// What a reference to this kind of work needs and does not have, as people name it.
pub fn missing(of: &Citation) -> Vec<&'static str> {
    let mut missing = Vec::new();
    let mut need = |is_there: bool, name| {
        if !is_there {
            missing.push(name);
        }
    };
    need(!of.authors.is_empty() || (of.work == Work::Book && !of.editors.is_empty()), "author");
    need(of.title.is_some(), "title");
    need(of.year.is_some(), "year");
    match of.work {
        Work::Article => need(of.venue.is_some(), "journal"),
        Work::Proceedings => need(of.venue.is_some(), "proceedings"),
        Work::Chapter => need(of.venue.is_some(), "book"),
        Work::Book => need(of.publisher.is_some(), "publisher"),
        Work::Thesis => need(of.publisher.is_some(), "university"),
        Work::Report => need(of.publisher.is_some(), "institution"),
        Work::Preprint | Work::Webpage | Work::Software | Work::Dataset | Work::Other => {}
    }
    missing
}
