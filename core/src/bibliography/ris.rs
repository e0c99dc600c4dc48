//! RIS, an exchange format of publishers and reference managers: one two-letter tag with its value per line.
//!
//! Format: <https://en.wikipedia.org/wiki/RIS_(file_format)>.

use std::collections::HashSet;
use std::fmt::Write as _;
use std::ops::Range;

use super::bibtex::first_line;
use super::dates::{DateParts, parse_date, partial_date, set_date};
use super::field_values::{
    bare_serial_number, decode_entities, encode_entities, is_implied_genre, normalize_pages, single_line,
    with_line_feeds,
};
use super::identifiers::{ARXIV_PREFIX, parse_arxiv_id, parse_doi};
use super::model::{Bibliography, BibliographyEntry, BibliographyError};
use super::names::{
    begins_with_initial, is_company_form, is_suffix, parse_single_name, split_initialed, split_others,
    unmasked,
};
use super::normal_form::{normalize, set_url};
use crate::notebook::{Citation, OTHER_AUTHORS, PersonName, Url, WorkType};

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

/// Joins a family name such as `van Made` whose first word is no particle.
const NO_BREAK_SPACE: &str = "\u{a0}";

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
    let text = |text: &Option<String>| text.as_deref().map(encode_entities);
    line("TI", text(&citation.title).as_deref());
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
    line("T2", text(&citation.venue).as_deref());
    line("VL", citation.volume.as_deref());
    line("IS", citation.issue.as_deref());
    let pages = citation.pages.as_deref().map(|pages| pages.split_once('-').unwrap_or((pages, "")));
    line("SP", pages.map(|(first, _)| first));
    line("EP", pages.map(|(_, last)| last).filter(|last| !last.is_empty()));
    line("ET", citation.edition.as_deref());
    line("PB", text(&citation.publisher).as_deref());
    line("CY", text(&citation.publisher_place).as_deref());
    line("M3", citation.genre.as_deref());
    line("DO", citation.doi.as_deref());
    line("AN", citation.arxiv.as_ref().map(|id| format!("{ARXIV_PREFIX}{id}")).as_deref());
    line("SN", citation.isbn.as_deref());
    line("SN", citation.issn.as_deref());
    line("UR", citation.url.as_ref().map(Url::as_str));
    line("N1", text(&citation.note).as_deref());
    out.push_str("ER  - \n");
    out
}

/// Returns true for text with as many digits as a serial number or a book number has.
fn has_standard_length(number: &str) -> bool {
    let digits = number.chars().filter(|c| c.is_ascii_digit() || matches!(c, 'x' | 'X')).count();
    matches!(digits, 8 | 10 | 13)
}

/// Returns true for a serial number such as `1234-567X`; the same tag has book numbers, which are longer.
fn is_issn(number: &str) -> bool {
    number.chars().filter(|c| c.is_ascii_digit() || matches!(c, 'x' | 'X')).count() <= 8
}

/// Writes a name as `particle Family, Given, suffix`. That of an organization has a comma after it, and a double one
/// inside, where it could be that of a person. RIS has no mark between a particle and a family name that begins with such a word, so
/// the first space of such a family name is a no-break space.
fn format_name(name: &PersonName) -> String {
    let out = format_parts(name);
    if parse_name_list(&out) == std::slice::from_ref(name) {
        return out;
    }
    if *name != PersonName::literal(&name.family) {
        let joined = out.replacen(' ', NO_BREAK_SPACE, 1);
        return if parse_name(&joined).as_ref() == Some(name) { joined } else { out };
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

/// An entry before its lines are read.
#[derive(Default)]
struct RisRecord {
    /// Tags with their values.
    lines: Vec<(String, String)>,
    /// True for the lines whose value is kept.
    used: Vec<bool>,
    range: Range<usize>,
}

/// Reads entries. Lines outside an entry are ignored.
///
/// # Errors
/// Text without any `TY` line.
pub fn read(text: &str) -> Result<Bibliography, BibliographyError> {
    let text = &*with_line_feeds(text);
    let mut bibliography = Bibliography::default();
    let mut open: Option<RisRecord> = None;
    let mut close = |open: &mut Option<RisRecord>, end: usize| {
        let Some(mut record) = open.take() else { return };
        record.range.end = end;
        let (entry, is_date_partial) = read_entry(record);
        let range = first_line(text, &entry.range);
        bibliography.diagnostics.extend(is_date_partial.then(|| partial_date(range)));
        bibliography.entries.push(entry);
    };
    let mut at = 0;
    for line in text.split_inclusive('\n') {
        let start = at;
        at += line.len();
        let line = line.trim_start_matches('\u{feff}').trim_end_matches(['\r', '\n']);
        match split_tag(line) {
            Some(("TY", value)) => {
                close(&mut open, start);
                let lines = vec![("TY".into(), value.trim().to_owned())];
                open = Some(RisRecord { lines, used: Vec::new(), range: start..start });
            }
            Some(("ER", _)) => close(&mut open, at),
            Some((tag, value)) => {
                if let Some(record) = &mut open {
                    record.lines.push((tag.to_owned(), value.trim().to_owned()));
                }
            }
            // A line without a tag continues the value above. EndNote writes one keyword per line.
            None => {
                let lines = open.as_mut().map(|record| &mut record.lines);
                let lines = lines.filter(|_| !line.trim().is_empty());
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
    close(&mut open, at);
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

impl RisRecord {
    /// Returns the values of tags in the order of the file, and marks them as used.
    fn all(&mut self, tags: &[&str]) -> Vec<String> {
        self.used_lines(tags).filter_map(single_line).collect()
    }

    /// Returns the lines of tags in the order of the file, and marks each as used when it is taken.
    fn used_lines(&mut self, tags: &[&str]) -> impl Iterator<Item = &str> {
        self.used.resize(self.lines.len(), false);
        let lines = self.lines.iter().zip(&mut self.used);
        lines.filter(|((tag, _), _)| tags.contains(&tag.as_str())).map(|((_, value), used)| {
            *used = true;
            value.as_str()
        })
    }

    /// Returns the first value of the first tag that exists and is accepted, and marks it as used.
    fn first_with<T>(&mut self, tags: &[&str], accept: impl Fn(&str) -> Option<T>) -> Option<T> {
        self.used.resize(self.lines.len(), false);
        for wanted in tags {
            let lines = self.lines.iter().zip(&mut self.used).filter(|((tag, _), _)| tag == wanted);
            for ((_, value), used) in lines {
                if let Some(accepted) = single_line(value).and_then(|value| accept(&value)) {
                    *used = true;
                    return Some(accepted);
                }
            }
        }
        None
    }

    /// Returns the first value of the first tag that exists, and marks it as used.
    fn first(&mut self, tags: &[&str]) -> Option<String> {
        self.first_with(tags, |value| Some(value.to_owned()))
    }

    /// Returns the text of the first tag that exists, in which services write the entities of HTML, and marks it as used.
    fn text(&mut self, tags: &[&str]) -> Option<String> {
        self.first_with(tags, |value| single_line(&decode_entities(value)))
    }

    /// Marks the lines as used whose values are accepted.
    fn use_where(&mut self, tags: &[&str], mut accept: impl FnMut(&str) -> bool) {
        self.used.resize(self.lines.len(), false);
        for tag in tags {
            let lines = self.lines.iter().zip(&mut self.used).filter(|((known, _), _)| known == tag);
            for ((_, value), used) in lines {
                *used |= single_line(value).is_some_and(|value| accept(&value));
            }
        }
    }

    fn names(&mut self, tags: &[&str]) -> Vec<PersonName> {
        self.used_lines(tags).flat_map(|list| parse_name_list(&decode_entities(list))).collect()
    }

    /// Returns the tags with a value that is not used, and that no used line has.
    fn unused_tags(&self) -> Vec<String> {
        let used = || self.used.iter().copied().chain(std::iter::repeat(false));
        let kept: HashSet<&str> = self
            .lines
            .iter()
            .zip(used())
            .filter(|(_, used)| *used)
            .map(|((_, value), _)| value.as_str())
            .collect();
        let is_lost = |value: &str| !value.trim().is_empty() && !kept.contains(value);
        let lost = self.lines.iter().zip(used()).filter(|((_, value), used)| !used && is_lost(value));
        let mut tags: Vec<String> = Vec::new();
        for ((tag, _), _) in lost {
            if !tags.contains(tag) {
                tags.push(tag.clone());
            }
        }
        tags
    }
}

/// Reads an entry. Also returns true if only a part of its date is kept.
#[allow(clippy::too_many_lines, reason = "the tags of a record, whose values share the fields")]
fn read_entry(mut record: RisRecord) -> (BibliographyEntry, bool) {
    let reference_type = record.first(&["TY"]).unwrap_or_default();
    let work_type = REFERENCE_TYPES
        .iter()
        .find(|(name, _)| *name == reference_type)
        .map_or(WorkType::Other, |(_, work_type)| *work_type);
    let mut citation = Citation {
        work_type,
        key: record.first(&["ID"]),
        title: record.text(&["TI", "T1", "CT"]),
        authors: record.names(&["AU", "A1"]),
        editors: record.names(&["A2", "ED"]),
        venue: record.text(&["T2", "JO", "JF", "BT", "JA"]),
        volume: record.first(&["VL"]),
        issue: record.first(&["IS"]),
        // PubMed writes the day on which a work appeared online in `ET`.
        edition: record
            .first_with(&["ET"], |edition| (edition.matches('/').count() != 2).then(|| edition.to_owned())),
        publisher: record.text(&["PB"]),
        publisher_place: record.text(&["CY", "PP"]),
        // Some exports write the DOI in `M3`.
        doi: record.first_with(&["DO", "M3"], parse_doi),
        genre: record.first_with(&["M3"], |genre| parse_doi(genre).is_none().then(|| genre.to_owned())),
        note: record.text(&["N1"]),
        ..Citation::default()
    };
    citation.genre = citation.genre.filter(|genre| !is_implied_genre(genre));
    read_serial_number(&mut record, &mut citation);
    let start = record.first(&["SP"]).map(|start| start.trim_end_matches('-').to_owned());
    let pages = match (start, record.first(&["EP"])) {
        (Some(start), Some(end)) if !start.contains('-') => Some(format!("{start}-{end}")),
        (Some(start), Some(end)) if !start.ends_with(&end) => Some(format!("{start}, {end}")),
        (start, end) => start.or(end),
    };
    citation.pages = pages.and_then(|pages| normalize_pages(&pages));
    let is_date_partial = read_date(&mut record, &mut citation);
    citation.arxiv = record
        .first_with(&["AN", "C1"], |id| id.starts_with(ARXIV_PREFIX).then(|| parse_arxiv_id(id)).flatten());
    // `EndNote` writes several addresses on one line, too.
    record.use_where(&["UR", "L2", "LK"], |urls| {
        let urls = urls.replace(";http", "\nhttp").replace("; http", "\nhttp");
        let mut is_kept = true;
        for url in urls.lines() {
            is_kept &= set_url(&mut citation, url);
        }
        is_kept
    });
    normalize(&mut citation);
    let abstract_text = record.text(&["AB", "N2"]);
    let keywords = record.all(&[KEYWORD]);
    let keywords: Vec<_> = keywords.iter().map(|list| decode_entities(list)).collect();
    let keywords = keywords.iter().flat_map(|list| list.split(';')).filter_map(single_line).collect();
    let unsupported_fields = record.unused_tags();
    let range = record.range;
    (BibliographyEntry { citation, abstract_text, keywords, unsupported_fields, range }, is_date_partial)
}

/// Reads the number in `SN`: of a report it is its own, as `EndNote` and Zotero write it, unless it has the form of a book number or
/// serial number; of other works it is one of these.
fn read_serial_number(record: &mut RisRecord, citation: &mut Citation) {
    if citation.work_type == WorkType::Report && citation.issue.is_none() {
        citation.issue =
            record.first_with(&["SN"], |number| (!has_standard_length(number)).then(|| number.to_owned()));
        if citation.issue.is_some() {
            return;
        }
    }
    citation.issn =
        record.first_with(&["SN"], |number| is_issn(number).then(|| bare_serial_number(number).to_owned()));
    citation.isbn = record.first_with(&["SN"], |number| (!is_issn(number)).then(|| number.to_owned()));
}

/// Reads the date. Returns true if a part of it is left out.
fn read_date(record: &mut RisRecord, citation: &mut Citation) -> bool {
    const TAGS: [&str; 3] = ["DA", "PY", "Y1"];
    let date = record.first_with(&TAGS, |date| parse_date(date).year.and(Some(date.to_owned())));
    let mut is_partial = date.is_some_and(|date| set_date(&date, citation));
    // The Web of Science and `EndNote` write month and day apart from the year: `DA  - Jun 12`. Numbers alone may be in any order.
    if let (Some(year), None) = (citation.year, citation.month) {
        let of_year = |date: &str| {
            let is_named = parse_date(date).year.is_none() && date.contains(char::is_alphabetic);
            let date = parse_date(&format!("{date} {year:04}"));
            (is_named && date.month.is_some() && date.year == Some(year)).then_some(date)
        };
        if let Some(DateParts { month, day, is_partial: is_rest_left_out, .. }) =
            record.first_with(&TAGS, of_year)
        {
            (citation.month, citation.day) = (month, day);
            is_partial |= is_rest_left_out;
        }
    }
    // The others are used if they say nothing else.
    record.use_where(&TAGS, |date| parse_date(date).is_kept_in(citation));
    is_partial
}

/// Parses names such as `Lovelace, Ada, Jr.`, of which some programs write several on a line: with semicolons between them, with
/// `and`, with commas behind their initials, or with `et al.` at the end.
fn parse_name_list(list: &str) -> Vec<PersonName> {
    list.split(';').flat_map(parse_joined_names).collect()
}

fn parse_joined_names(list: &str) -> Vec<PersonName> {
    let is_space = |c: char| c.is_whitespace() && !NO_BREAK_SPACE.contains(c);
    let words: Vec<_> = list.split(is_space).filter(|word| !word.is_empty()).collect();
    let masked = unmasked(&words.join(" "));
    let (rest, has_others) = split_others(&masked);
    let rest: String = rest.iter().map(|(c, _)| c).collect();
    let rest = if has_others { rest.trim_end_matches([',', ' ']) } else { rest.as_str() };
    let mut names: Vec<PersonName> = match split_people(rest) {
        Some(people) => people.into_iter().flat_map(parse_initialed_or_single).collect(),
        None => parse_initialed_or_single(rest),
    };
    names.extend(has_others.then(|| PersonName::literal(OTHER_AUTHORS)));
    names
}

fn parse_initialed_or_single(name: &str) -> Vec<PersonName> {
    let is_marked = name.contains(",,") || name.ends_with(',');
    let initialed = if is_marked { None } else { split_initialed(name) };
    initialed.unwrap_or_else(|| parse_name(name).into_iter().collect())
}

/// Splits `One, Ada and Two, Bob` into its people. In the name of an organization, `Made, Sons and Daughters, Inc.`, there is not a
/// comma and a given name in each part.
fn split_people(list: &str) -> Option<Vec<&str>> {
    let list_end = list.strip_suffix(" others").and_then(|list| list.strip_suffix(" and"));
    let parts: Vec<_> = list_end.unwrap_or(list).split(" and ").flat_map(|part| part.split(" & ")).collect();
    let is_person = |part: &&str| {
        let (family, given) = part.split_once(',').unwrap_or((part, ""));
        let given = given.trim().trim_end_matches(',');
        !family.trim().is_empty() && !given.is_empty() && !given.starts_with(',') && !is_company_form(given)
    };
    let is_list = parts.len() > 1 || list_end.is_some();
    let others = list_end.map(|_| OTHER_AUTHORS);
    (is_list && parts.iter().all(is_person)).then(|| {
        let people = parts.into_iter().map(|part| part.trim().trim_end_matches(','));
        people.chain(others).collect()
    })
}

/// Parses a name. Without a comma it is that of an organization, unless it begins with an initial or with a particle alone.
/// `EndNote` writes a comma after the name of an organization, and a double one inside: `University of Made Things,, Berlin`.
fn parse_name(name: &str) -> Option<PersonName> {
    let family = name.split(',').next().filter(|family| family.starts_with(char::is_lowercase));
    let is_joined = family.is_some_and(|family| family.contains(NO_BREAK_SPACE) && family != name);
    let name = &single_line(name)?;
    if is_joined {
        let mut name = parse_single_name(name)?;
        let particle = name.particle.take().map(|particle| particle + " ").unwrap_or_default();
        name.family.insert_str(0, &particle);
        return Some(name);
    }
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
