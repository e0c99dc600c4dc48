//! Values as references have them: ids, dates, pages, names of fields.

use crate::letters::lower_text;
use crate::notebook::{Citation, Source, SourceKind, Url};

/// Text on one line with single spaces; nothing where that is empty.
pub(super) fn text(raw: &str) -> Option<String> {
    let text = raw.split_whitespace().collect::<Vec<_>>().join(" ");
    (!text.is_empty()).then_some(text)
}

/// A DOI from `10.` on, however it is dressed.
pub(super) fn doi(raw: &str) -> Option<String> {
    let at = raw.find("10.")?;
    let doi = raw.get(at..)?.split_whitespace().next()?.trim_end_matches(['/', '.', ',']);
    doi.split_once('/').filter(|(registrant, suffix)| registrant.len() > 6 && !suffix.is_empty())?;
    Some(doi.to_owned())
}

/// An arXiv id without its version, from an id, an address or `arXiv:1706.03762`.
pub(super) fn arxiv(raw: &str) -> Option<String> {
    let raw = raw.trim();
    let bare = raw.rsplit_once("abs/").map_or(raw, |(_, id)| id);
    let bare = bare.rsplit_once("arXiv:").or_else(|| bare.rsplit_once("arxiv:")).map_or(bare, |(_, id)| id);
    let bare = bare.trim().split(|c: char| c.is_whitespace() || "[](),".contains(c)).next()?;
    let source = Source::of(&Url::parse(&format!("https://arxiv.org/abs/{bare}"))?);
    source.id.filter(|_| source.kind == SourceKind::Arxiv)
}

/// A year of four digits.
pub(super) fn year(raw: &str) -> Option<u16> {
    let raw = raw.trim();
    raw.parse().ok().filter(|year| raw.len() == 4 && *year > 0)
}

/// A month by its number or its English name.
pub(super) fn month(raw: &str) -> Option<u8> {
    const NAMES: [&str; 12] =
        ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];
    let raw = lower_text(raw.trim());
    let named = raw.get(..3).and_then(|three| NAMES.iter().position(|name| *name == three));
    let number = named.and_then(|at| u8::try_from(at + 1).ok()).or_else(|| raw.parse().ok());
    number.filter(|month| (1..=12).contains(month))
}

/// A day of a month.
pub(super) fn day(raw: &str) -> Option<u8> {
    raw.trim().parse().ok().filter(|day| (1..=31).contains(day))
}

/// Takes year, month and day from `2017-06-12`, or as much of it as is there; of a range its beginning.
pub(super) fn date(raw: &str, to: &mut Citation) {
    let first = raw.trim().split(['/', '~', '?', 'T']).next().unwrap_or_default();
    let mut parts = first.split('-');
    to.year = parts.next().and_then(year);
    to.month = to.year.and(parts.next()).and_then(month);
    to.day = to.month.and(parts.next()).and_then(day);
}

/// Pages with a plain hyphen between the first and the last.
pub(super) fn pages(raw: &str) -> Option<String> {
    let plain = raw.replace(['–', '—'], "-");
    let mut pages = text(&plain)?;
    while pages.contains("--") || pages.contains(" -") || pages.contains("- ") {
        pages = pages.replace("--", "-").replace(" -", "-").replace("- ", "-");
    }
    Some(pages)
}

/// Takes the arXiv id out of where others write it: the DOI, the address, the name of a journal that is none.
pub(super) fn settle_arxiv(to: &mut Citation) {
    const DOI: &str = "10.48550/arxiv.";
    if let Some(doi) = &to.doi
        && lower_text(doi).starts_with(DOI)
    {
        to.arxiv = to.arxiv.take().or_else(|| arxiv(doi.get(DOI.len()..)?));
        to.doi = None;
    }
    if let Some(url) = to.url.as_ref().map(Source::of).filter(|source| source.kind == SourceKind::Arxiv) {
        to.arxiv = to.arxiv.take().or(url.id);
    }
    if let Some(venue) = &to.venue {
        let lower = lower_text(venue);
        if lower.starts_with("arxiv") {
            to.arxiv =
                to.arxiv.take().or_else(|| arxiv(venue.split_whitespace().rfind(|part| part.contains(':'))?));
            to.venue = Some("arXiv".into());
        } else if lower == "corr" {
            to.arxiv = to.arxiv.take().or_else(|| arxiv(to.volume.as_deref()?));
        }
    }
}

/// The address that a DOI or arXiv id has.
pub fn address(citation: &Citation) -> Option<Url> {
    let doi = citation.doi.as_ref().map(|doi| format!("https://doi.org/{doi}"));
    let arxiv = || citation.arxiv.as_ref().map(|id| format!("https://arxiv.org/abs/{id}"));
    Url::parse(&doi.or_else(arxiv)?)
}
