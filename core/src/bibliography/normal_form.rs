//! The form of a citation that all formats share, so that it reads back as the same one from each of them.

use super::field_values::{decode_entities, single_line, strip_title_tags};
use super::identifiers::{find_url, has_arxiv_venue, leading_arxiv_id, move_arxiv_id};
use super::names::{is_and_others, is_company_form, is_suffix};
use crate::notebook::{Citation, OTHER_AUTHORS, PersonName, Url, WorkType};

/// Brings a citation into its normal form: with the arXiv id in its own field, and with names whose parts every format can
/// tell apart.
pub(super) fn normalize(citation: &mut Citation) {
    citation.title = citation.title.take().and_then(|title| single_line(&strip_title_tags(&title)));
    citation.arxiv = citation.arxiv.take().or_else(|| leading_arxiv_id(citation.note.as_deref()?));
    move_arxiv_id(citation);
    let is_arxiv = has_arxiv_venue(citation);
    let is_unpublished = matches!(citation.work_type, WorkType::Other | WorkType::Webpage);
    if is_arxiv || (is_unpublished && citation.arxiv.is_some()) {
        citation.work_type = WorkType::Preprint;
    }
    citation.authors.iter_mut().chain(&mut citation.editors).for_each(normalize_name);
    citation.url = citation.url.take().map(without_tex);
}

/// Sets the address from a field, unless there is one. Words around an address, or without one, become the note. Returns false if
/// a part of the field has no place.
pub(super) fn set_url(citation: &mut Citation, text: &str) -> bool {
    // Services write addresses with the escapes of HTML.
    let text = decode_entities(text);
    let text = text.as_str();
    let is_address = text.starts_with("http") && text.contains("://") && !text.contains(' ');
    let url = if is_address { Some(text.to_owned()) } else { find_url(text) };
    let is_whole = url.as_deref() == Some(text);
    let url = url.as_deref().and_then(Url::parse);
    let is_kept = if is_whole {
        url.is_some() && (citation.url.is_none() || citation.url == url)
    } else {
        citation.note.get_or_insert_with(|| text.to_owned()) == text
    };
    citation.url = citation.url.take().or(url);
    is_kept
}

/// Makes the name of a company one part, and joins a particle to the family name where BibTeX could not tell it from that: one in
/// capitals, as in `Van Made`, or with an apostrophe, as in `d'Exemple`. So too a suffix that formats cannot tell from a given name.
fn normalize_name(name: &mut PersonName) {
    if *name == PersonName::literal(&name.family) && is_and_others(&name.family) {
        *name = PersonName::literal(OTHER_AUTHORS);
    }
    if name.given.is_none()
        && let Some(suffix) = name.suffix.take_if(|suffix| !is_suffix(suffix))
    {
        name.family.extend([" ", &suffix]);
    }
    if let Some(form) = name.given.as_deref().filter(|given| is_company_form(given))
        && name.particle.is_none()
        && name.suffix.is_none()
    {
        *name = PersonName::literal(&format!("{}, {form}", name.family));
    }
    let Some(particle) = &name.particle else { return };
    let is_joined = particle.ends_with(['\'', '’', '-']);
    if is_joined || particle.split(' ').any(|word| !word.starts_with(char::is_lowercase)) {
        let gap = if is_joined { "" } else { " " };
        name.family = [particle, gap, &name.family].concat();
        name.particle = None;
    }
}

/// Escapes the characters of an address that no address has as they are, and TeX cannot contain in one.
fn without_tex(url: Url) -> Url {
    if !url.as_str().contains(['\\', '{', '}']) {
        return url;
    }
    Url::parse(&url.as_str().replace('\\', "%5C").replace('{', "%7B").replace('}', "%7D")).unwrap_or(url)
}
