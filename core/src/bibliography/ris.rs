//! RIS, an exchange format of publishers and reference managers: one two-letter tag with its value per line.
//!
//! Format: <https://en.wikipedia.org/wiki/RIS_(file_format)>.

use std::fmt::Write as _;

use super::field_values::{SEASON, is_implied_genre, normalize_pages, set_date, single_line};
use super::identifiers::{ARXIV_PREFIX, parse_arxiv_id, parse_doi};
use super::names::{begins_with_initial, is_company_form, is_suffix, parse_single_name};
use super::normal_form::{normalize, set_url};
use super::{Bibliography, BibliographyEntry, BibliographyError};
use crate::notebook::{Citation, PersonName, Url, WorkType};

/// Reference types of RIS. The first type of each kind of work is the one that is written.
const REFERENCE_TYPES: [(&str, WorkType); 19] = [
    ("JOUR", WorkType::Article),
    ("CPAPER", WorkType::Proceedings),
    ("CHAP", WorkType::Chapter),
    ("BOOK", WorkType::Book),
    ("THES", WorkType::Thesis),
    ("RPRT", WorkType::Report),
    ("UNPB", WorkType::Preprint),
    ("ELEC", WorkType::Webpage),
    ("COMP", WorkType::Software),
    ("DATA", WorkType::Dataset),
    ("GEN", WorkType::Other),
    ("CONF", WorkType::Proceedings),
    ("EJOUR", WorkType::Article),
    ("MGZN", WorkType::Article),
    ("NEWS", WorkType::Article),
    ("EBOOK", WorkType::Book),
    ("ECHAP", WorkType::Chapter),
    ("BLOG", WorkType::Webpage),
    ("PREPRINT", WorkType::Preprint),
];

#[cfg(test)]
pub(super) fn reference_types() -> impl Iterator<Item = &'static str> {
    REFERENCE_TYPES.iter().map(|(name, _)| *name)
}

/// Tags that [`read`] supports.
const SUPPORTED_TAGS: &str = "TY ID TI T1 CT AU A1 A2 ED T2 JO JF BT JA VL IS ET PB CY PP M3 DO N1 SN SP EP DA PY Y1 \
    AN C1 UR L2 LK KW AB N2";

/// Tag of a keyword.
const KEYWORD: &str = "KW";

/// Writes a citation as an entry, from `TY` to `ER`. `default_id` is used if the citation has no key. Missing data is
/// left out.
pub fn write(citation: &Citation, default_id: &str) -> String {
    let is_same = |(_, work_type): &&(&str, WorkType)| *work_type == citation.work_type;
    let reference_type = REFERENCE_TYPES.iter().find(is_same).map_or("GEN", |(name, _)| name);
    let mut out = String::new();
    let mut line = |tag: &str, value: Option<&str>| {
        if let Some(value) = value {
            let _ = writeln!(out, "{tag}  - {value}");
        }
    };
    line("TY", Some(reference_type));
    line("ID", Some(citation.key.as_deref().unwrap_or(default_id)));
    line("TI", citation.title.as_deref());
    for (tag, persons) in [("AU", &citation.authors), ("A2", &citation.editors)] {
        for name in persons {
            line(tag, Some(&format_name(name)));
        }
    }
    line("PY", citation.year.map(|year| format!("{year:04}")).as_deref());
    if let (Some(year), Some(month)) = (citation.year, citation.month) {
        let day = citation.day.map(|day| format!("{day:02}")).unwrap_or_default();
        line("DA", Some(&format!("{year:04}/{month:02}/{day}/")));
    }
    line("T2", citation.venue.as_deref());
    line("VL", citation.volume.as_deref());
    line("IS", citation.issue.as_deref());
    let pages = citation.pages.as_deref().map(|pages| pages.split_once('-').unwrap_or((pages, "")));
    line("SP", pages.map(|(first, _)| first));
    line("EP", pages.map(|(_, last)| last).filter(|last| !last.is_empty()));
    line("ET", citation.edition.as_deref());
    line("PB", citation.publisher.as_deref());
    line("CY", citation.publisher_place.as_deref());
    line("M3", citation.genre.as_deref());
    line("DO", citation.doi.as_deref());
    line("AN", citation.arxiv.as_ref().map(|id| format!("{ARXIV_PREFIX}{id}")).as_deref());
    line("SN", citation.isbn.as_deref());
    line("SN", citation.issn.as_deref());
    line("UR", citation.url.as_ref().map(Url::as_str));
    line("N1", citation.note.as_deref());
    out.push_str("ER  - \n");
    out
}

/// Returns true for a serial number such as `1234-567X`; the same tag has book numbers, which are longer.
fn is_issn(number: &str) -> bool {
    number.chars().filter(|c| c.is_ascii_digit() || matches!(c, 'x' | 'X')).count() <= 8
}

/// Writes a name as `particle Family, Given, suffix`. That of an organization has a comma after it, and a double one
/// inside, where it could be that of a person. RIS cannot tell a particle that is part of the family name: `{van Made}, Ann` is
/// read back as `van Made, Ann`.
fn format_name(name: &PersonName) -> String {
    let out = format_parts(name);
    if *name != PersonName::literal(&name.family) || parse_name(&out).as_ref() == Some(name) {
        return out;
    }
    if out.contains(',') { out.replacen(',', ",,", 1) } else { format!("{out},") }
}

fn format_parts(name: &PersonName) -> String {
    let mut out = name.particle.as_ref().map_or(String::new(), |particle| format!("{particle} "));
    out.push_str(&name.family);
    if name.given.is_some() || name.suffix.is_some() {
        out.extend([", ", name.given.as_deref().unwrap_or_default()]);
    }
    if let Some(suffix) = &name.suffix {
        out.extend([", ", suffix]);
    }
    out
}

/// Reads entries. Lines outside an entry are ignored.
///
/// # Errors
/// Text without any `TY` line.
pub fn read(text: &str) -> Result<Bibliography, BibliographyError> {
    let mut bibliography = Bibliography::default();
    let mut open: Option<Vec<(String, String)>> = None;
    for line in text.trim_start_matches('\u{feff}').lines() {
        match split_tag(line) {
            Some(("TY", value)) => {
                bibliography.entries.extend(open.take().map(|lines| read_entry(&lines)));
                open = Some(vec![("TY".into(), value.trim().to_owned())]);
            }
            Some(("ER", _)) => bibliography.entries.extend(open.take().map(|lines| read_entry(&lines))),
            Some((tag, value)) => {
                if let Some(lines) = &mut open {
                    lines.push((tag.to_owned(), value.trim().to_owned()));
                }
            }
            // A line without a tag continues the value above. EndNote writes one keyword per line.
            None => {
                let lines = open.as_mut().filter(|_| !line.trim().is_empty());
                match lines.and_then(|lines| Some((lines.last()?.0 == KEYWORD, lines))) {
                    Some((true, lines)) => lines.push((KEYWORD.into(), line.trim().to_owned())),
                    Some((false, lines)) => {
                        lines.last_mut().into_iter().for_each(|(_, value)| value.extend([" ", line.trim()]));
                    }
                    None => {}
                }
            }
        }
    }
    bibliography.entries.extend(open.take().map(|lines| read_entry(&lines)));
    if bibliography.entries.is_empty() {
        let message = "this file has no RIS entry, which begins with a line such as `TY  - JOUR`";
        return Err(BibliographyError { line: 1, message: message.into() });
    }
    Ok(bibliography)
}

/// Splits a line such as `AU  - Lovelace, Ada` into tag and value.
fn split_tag(line: &str) -> Option<(&str, &str)> {
    let line = line.trim_end();
    if line == "ER" {
        return Some((line, ""));
    }
    let (tag, rest) = line.split_at_checked(2)?;
    let value = rest.trim_start().strip_prefix('-')?;
    let mut chars = tag.chars();
    let is_tag = chars.next()?.is_ascii_uppercase()
        && chars.next().is_some_and(|c| c.is_ascii_uppercase() || c.is_ascii_digit());
    (is_tag && rest.starts_with(' ')).then_some((tag, value))
}

#[allow(clippy::too_many_lines, reason = "one match over the tags of a record, whose arms share the fields")]
fn read_entry(lines: &[(String, String)]) -> BibliographyEntry {
    let all = |tags: &[&str]| -> Vec<String> {
        let values = lines.iter().filter(|(tag, _)| tags.contains(&tag.as_str()));
        values.filter_map(|(_, value)| single_line(value)).collect()
    };
    // Tags in order of preference.
    let first = |tags: &[&str]| tags.iter().find_map(|tag| all(&[tag]).into_iter().next());
    let names = |tags: &[&str]| all(tags).iter().flat_map(|list| parse_name_list(list)).collect();
    let reference_type = first(&["TY"]).unwrap_or_default();
    let work_type = REFERENCE_TYPES
        .iter()
        .find(|(name, _)| *name == reference_type)
        .map_or(WorkType::Other, |(_, work_type)| *work_type);
    let mut citation = Citation {
        work_type,
        key: first(&["ID"]),
        title: first(&["TI", "T1", "CT"]),
        authors: names(&["AU", "A1"]),
        editors: names(&["A2", "ED"]),
        venue: first(&["T2", "JO", "JF", "BT", "JA"]),
        volume: first(&["VL"]),
        issue: first(&["IS"]),
        edition: first(&["ET"]),
        publisher: first(&["PB"]),
        publisher_place: first(&["CY", "PP"]),
        // Some exports write the DOI in `M3`.
        genre: first(&["M3"]).filter(|genre| parse_doi(genre).is_none() && !is_implied_genre(genre)),
        doi: first(&["DO", "M3"]).and_then(|doi| parse_doi(&doi)),
        note: first(&["N1"]),
        ..Citation::default()
    };
    for number in all(&["SN"]) {
        let field = if is_issn(&number) { &mut citation.issn } else { &mut citation.isbn };
        field.get_or_insert(number);
    }
    let pages = match (first(&["SP"]), first(&["EP"])) {
        (Some(start), Some(end)) if !start.contains('-') => Some(format!("{start}-{end}")),
        (start, end) => start.or(end),
    };
    citation.pages = pages.and_then(|pages| normalize_pages(&pages));
    let mut has_season = false;
    for date in all(&["DA"]).iter().chain(&all(&["PY"])).chain(&all(&["Y1"])) {
        if citation.year.is_none() {
            has_season |= set_date(date, &mut citation);
        }
    }
    let arxiv = first(&["AN", "C1"]).filter(|id| id.starts_with(ARXIV_PREFIX));
    citation.arxiv = arxiv.and_then(|id| parse_arxiv_id(&id));
    for url in all(&["UR", "L2", "LK"]) {
        set_url(&mut citation, &url);
    }
    normalize(&mut citation);
    let mut unsupported_fields: Vec<String> = lines.iter().map(|(tag, _)| tag.clone()).collect();
    unsupported_fields.retain(|tag| !SUPPORTED_TAGS.split(' ').any(|supported| supported == tag));
    unsupported_fields.extend(has_season.then(|| SEASON.to_owned()));
    BibliographyEntry {
        citation,
        abstract_text: first(&["AB", "N2"]),
        keywords: all(&[KEYWORD]).iter().flat_map(|list| list.split(';')).filter_map(single_line).collect(),
        unsupported_fields,
        range: 0..0,
    }
}

/// Parses names such as `Lovelace, Ada, Jr.`, of which some programs write several with semicolons between them.
fn parse_name_list(list: &str) -> Vec<PersonName> {
    list.split(';').filter_map(single_line).filter_map(|name| parse_name(&name)).collect()
}

/// Parses a name. Without a comma it is that of an organization, unless it begins with an initial or with a particle alone.
/// `EndNote` writes a comma after the name of an organization, and a double one inside: `University of Made Things,, Berlin`.
fn parse_name(name: &str) -> Option<PersonName> {
    if name.contains(",,") {
        return Some(PersonName::literal(&name.replacen(",,", ",", 1)));
    }
    let parts: Vec<_> = name.split(',').map(str::trim).collect();
    match parts.as_slice() {
        [name, ""] => Some(PersonName::literal(name)),
        [.., form] if is_company_form(form) => Some(PersonName::literal(name)),
        [family, given, suffix] if !is_suffix(given) => {
            parse_single_name(&format!("{family}, {suffix}, {given}"))
        }
        [_, _] | [_, _, _] => parse_single_name(name),
        _ if begins_with_initial(name) || is_particle_with_family(name) => parse_single_name(name),
        _ => Some(PersonName::literal(name)),
    }
}

/// Returns true for `von Made` and `de la Made`: a family name whose words before the last are in lower case.
fn is_particle_with_family(name: &str) -> bool {
    let Some((particle, family)) = name.rsplit_once(' ') else { return false };
    let is_lower = |word: &str| word.starts_with(char::is_lowercase);
    !is_lower(family) && particle.split(' ').all(is_lower)
}
