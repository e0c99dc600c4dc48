//! Conversion of the fields of a BibTeX entry into a citation.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use super::tex::TexText;
use super::tex_commands;
use crate::bibliography::dates::{parse_date, parse_day, parse_month, set_date};
use crate::bibliography::field_values::{
    bare_serial_number, is_implied_genre, normalize_pages, single_line, split_keywords,
};
use crate::bibliography::identifiers::{parse_arxiv_id, parse_doi};
use crate::bibliography::model::BibliographyEntry;
use crate::bibliography::names::{NameList, parse_names};
use crate::bibliography::normal_form::{normalize, set_url};
use crate::notebook::{Citation, PersonName, WorkType};
use crate::unicode::lowercase;

/// Values as TeX source, by lower-case field name.
pub(super) type BibtexFields = BTreeMap<String, String>;

/// Problems in the values of an entry, to be reported.
#[derive(Debug, Default)]
pub(super) struct FieldProblems {
    /// Names of unknown TeX commands, sorted.
    pub(super) unknown_commands: BTreeSet<String>,
    /// Names are joined by something else than `and`.
    pub(super) has_wrong_separator: bool,
    /// Names of fields with a value that could not be read.
    pub(super) unread_fields: Vec<&'static str>,
    /// Only a part of the date is kept.
    pub(super) is_date_partial: bool,
}

/// Fields without content of their own: they control BibTeX, or qualify another field.
const CONTROL_FIELDS: [&str; 8] =
    ["archiveprefix", "eprinttype", "primaryclass", "eprintclass", "key", "langid", "language", "options"];

/// Converts an entry of the type `kind`.
pub(super) fn to_entry(
    kind: &str,
    key: &str,
    fields: &BibtexFields,
    range: Range<usize>,
) -> (BibliographyEntry, FieldProblems) {
    let mut fields = FieldReader { fields, used: Vec::new(), problems: FieldProblems::default() };
    let citation = to_citation(kind, key, &mut fields);
    let abstract_text = fields.text(&["abstract"]);
    // Groups first: authors choose them, whereas keywords come from publishers.
    let keywords = ["groups", "keywords", "keyword"].into_iter().filter_map(|name| fields.text(&[name]));
    let keywords = keywords.collect::<Vec<_>>().iter().flat_map(|list| split_keywords(list)).collect();
    let unsupported_fields = fields.unused();
    let entry = BibliographyEntry { citation, abstract_text, keywords, unsupported_fields, range };
    (entry, fields.problems)
}

/// The fields of an entry, with a record of those that have been read.
struct FieldReader<'a> {
    fields: &'a BibtexFields,
    used: Vec<&'static str>,
    problems: FieldProblems,
}

impl FieldReader<'_> {
    /// Returns the plain text of the first field of `names` that exists.
    fn text(&mut self, names: &[&'static str]) -> Option<String> {
        let source = self.source(names)?;
        let text = TexText::parse(source);
        self.problems.unknown_commands.extend(text.unknown_commands.iter().cloned());
        single_line(&text.to_text())
    }

    /// Returns the first field of `names` that exists, as a URL or an identifier.
    fn verbatim(&mut self, names: &[&'static str]) -> Option<String> {
        let text = TexText::parse_verbatim(self.source(names)?);
        self.problems.unknown_commands.extend(text.unknown_commands.iter().cloned());
        single_line(&text.to_text())
    }

    fn source(&mut self, names: &[&'static str]) -> Option<&str> {
        let name = names.iter().find(|name| self.fields.contains_key(**name))?;
        self.used.push(name);
        self.fields.get(*name).map(String::as_str)
    }

    /// Returns the title of the journal, with the macros of the AAS expanded.
    fn venue(&mut self) -> Option<String> {
        const NAMES: [&str; 4] = ["journal", "journaltitle", "booktitle", "eventtitle"];
        let source = self.source(&NAMES)?.trim().trim_matches(['{', '}']).trim();
        match source.strip_prefix('\\').and_then(tex_commands::journal) {
            Some(journal) => Some(journal.to_owned()),
            None => self.text(&NAMES),
        }
    }

    /// Returns the names of a list of persons.
    fn persons(&mut self, name: &'static str) -> Vec<PersonName> {
        let Some(source) = self.source(&[name]) else { return Vec::new() };
        let text = TexText::parse(source);
        let NameList { names, has_wrong_separator } = parse_names(&text.chars);
        self.problems.unknown_commands.extend(text.unknown_commands);
        self.problems.has_wrong_separator |= has_wrong_separator;
        names
    }

    /// Records that the value of a field could not be read, if it has one.
    fn record_unread(&mut self, name: &'static str, is_read: bool) {
        if !is_read && self.fields.get(name).is_some_and(|value| !value.trim().is_empty()) {
            self.problems.unread_fields.push(name);
        }
    }

    /// Marks a field as not used, whose value has no place.
    fn leave_out(&mut self, name: &str) {
        self.used.retain(|used| *used != name);
    }

    /// Returns the names of the fields with content that have not been read.
    fn unused(&self) -> Vec<String> {
        let is_unused =
            |name: &&String| !self.used.contains(&name.as_str()) && !CONTROL_FIELDS.contains(&name.as_str());
        self.fields.keys().filter(is_unused).cloned().collect()
    }
}

fn to_citation(kind: &str, key: &str, fields: &mut FieldReader) -> Citation {
    let mut citation = Citation {
        work_type: to_work_type(kind),
        key: single_line(key),
        title: fields.text(&["title"]),
        authors: fields.persons("author"),
        editors: fields.persons("editor"),
        venue: fields.venue(),
        volume: fields.text(&["volume"]),
        issue: fields.text(&["number", "issue"]),
        pages: fields.text(&["pages", "eid"]).and_then(|pages| normalize_pages(&pages)),
        edition: fields.text(&["edition"]),
        publisher: fields.text(&["publisher", "school", "institution", "organization"]),
        publisher_place: fields.text(&["address", "location"]),
        genre: fields
            .text(&["type"])
            .map(|name| genre(&name).unwrap_or(name))
            .filter(|name| !is_implied_genre(name)),
        doi: fields.verbatim(&["doi"]).and_then(|doi| parse_doi(&doi)),
        isbn: fields.text(&["isbn"]),
        issn: fields.text(&["issn"]).map(|number| bare_serial_number(&number).to_owned()),
        note: fields.text(&["note", "annote", "annotation"]),
        ..Citation::default()
    };
    citation.title = match (citation.title, fields.text(&["subtitle"])) {
        (Some(title), Some(subtitle)) => Some(format!("{title}: {subtitle}")),
        (title, subtitle) => title.or(subtitle),
    };
    let has_doi = citation.doi.is_some();
    fields.record_unread("doi", has_doi);
    read_url(&mut citation, fields);
    read_date(&mut citation, fields);
    read_arxiv_id(&mut citation, fields);
    normalize(&mut citation);
    if citation.genre.is_none() {
        citation.genre = genre(kind).filter(|_| citation.work_type == WorkType::Thesis);
    }
    citation
}

/// Reads the address from `url`, else from `howpublished`. Words around the address become the note.
fn read_url(citation: &mut Citation, fields: &mut FieldReader) {
    for name in ["url", "howpublished"] {
        // Words beside an address are read as text below.
        let Some(source) = fields.source(&[name]) else { continue };
        let address = TexText::parse_verbatim(source);
        let Some(text) = single_line(&address.to_text()) else { continue };
        if !text.contains(' ') {
            fields.problems.unknown_commands.extend(address.unknown_commands);
        }
        let had_note = citation.note.is_some();
        if !set_url(citation, &text) {
            fields.leave_out(name);
        }
        if !had_note && citation.note.is_some() {
            citation.note = fields.text(&[name]);
        }
    }
}

/// Reads the date from `date` (BibLaTeX), else from `year`, `month` and `day`.
fn read_date(citation: &mut Citation, fields: &mut FieldReader) {
    // A tilde after a date of BibLaTeX means that it is approximate; in text it is a space.
    if let Some(date) = fields.verbatim(&["date"]) {
        fields.problems.is_date_partial |= set_date(&date, citation);
        let has_year = citation.year.is_some();
        fields.record_unread("date", has_year);
    }
    let (year, month, day) = (fields.text(&["year"]), fields.text(&["month"]), fields.text(&["day"]));
    if citation.year.is_some() {
        // They are left out, unless they repeat parts of the date.
        let is_month_kept = month.is_some_and(|month| parse_month(&month) == citation.month);
        let is_day_kept = day.is_some_and(|day| parse_day(&day) == citation.day);
        let is_year_kept = year.is_some_and(|year| parse_date(&year).is_kept_in(citation));
        for (name, is_kept) in [("year", is_year_kept), ("month", is_month_kept), ("day", is_day_kept)] {
            if !is_kept {
                fields.leave_out(name);
            }
        }
        return;
    }
    let date = year.as_deref().map(parse_date).unwrap_or_default();
    citation.year = date.year;
    fields.problems.is_date_partial |= date.is_partial;
    if citation.year.is_none() && citation.note.is_none() {
        // `in press`, `to appear`.
        citation.note = year;
    } else {
        let has_year = citation.year.is_some();
        fields.record_unread("year", has_year);
    }
    // `month = may # "~7"` contains the day, as `month = {7 May}` does.
    let words = month.as_deref().unwrap_or_default();
    let parts: Vec<&str> =
        words.split(|c: char| !c.is_alphanumeric()).filter(|part| !part.is_empty()).collect();
    let name_at = parts.iter().position(|part| !part.starts_with(|c: char| c.is_ascii_digit()));
    let month_at = name_at.unwrap_or_default();
    let named_month = parts.get(month_at).and_then(|part| parse_month(part));
    let others: Vec<&str> =
        parts.iter().enumerate().filter(|(at, _)| *at != month_at).map(|(_, part)| *part).collect();
    citation.month = citation.year.and(named_month.or(date.month));
    // A dash or slash separates the months of a range.
    let is_range = words.contains(['/', '-', '–', '—']);
    let of_month = others.first().filter(|_| !is_range && day.is_none()).and_then(|part| parse_day(part));
    let own_day = day.as_deref().and_then(parse_day);
    citation.day =
        citation.month.and(own_day.or(of_month).or(date.day.filter(|_| day.is_none() && !is_range)));
    let read_parts = usize::from(of_month.is_some());
    fields.problems.is_date_partial |= citation.month.is_some() && others.len() > read_parts;
    if citation.year.is_some() {
        let has_month = citation.month.is_some();
        fields.record_unread("month", has_month);
    } else {
        fields.leave_out("month");
    }
    if citation.day.is_none() || own_day.is_none() {
        fields.leave_out("day");
    }
}

/// Reads the arXiv id from `eprint`.
fn read_arxiv_id(citation: &mut Citation, fields: &mut FieldReader) {
    let archive = fields.fields.get("archiveprefix").or_else(|| fields.fields.get("eprinttype"));
    let archive = archive.map(|source| lowercase(&TexText::parse_verbatim(source).to_text()));
    let eprint = fields.verbatim(&["eprint"]);
    if archive.is_none_or(|archive| archive.trim() == "arxiv") {
        citation.arxiv = eprint.and_then(|id| parse_arxiv_id(&id));
    }
    if citation.arxiv.is_none() {
        fields.leave_out("eprint");
    }
}

/// Returns the kind of thesis that an entry type of BibTeX names, or a value of `type` that BibLaTeX translates.
fn genre(name: &str) -> Option<String> {
    let genre = match name {
        "phdthesis" => "PhD thesis",
        "mastersthesis" | "mathesis" => "Master's thesis",
        "bathesis" => "Bachelor's thesis",
        "candthesis" => "Candidate thesis",
        "techreport" => "Technical report",
        "resreport" => "Research report",
        _ => return None,
    };
    Some(genre.to_owned())
}

/// Returns the type of work for an entry type of BibTeX or BibLaTeX.
fn to_work_type(kind: &str) -> WorkType {
    match kind {
        "article" | "periodical" | "suppperiodical" => WorkType::Article,
        "inproceedings" | "conference" => WorkType::Proceedings,
        "incollection" | "inbook" | "bookinbook" | "suppbook" | "suppcollection" | "inreference" => {
            WorkType::Chapter
        }
        "book" | "mvbook" | "collection" | "mvcollection" | "proceedings" | "mvproceedings" | "booklet"
        | "manual" | "reference" | "mvreference" => WorkType::Book,
        "phdthesis" | "mastersthesis" | "thesis" => WorkType::Thesis,
        "techreport" | "report" => WorkType::Report,
        "unpublished" | "preprint" => WorkType::Preprint,
        "online" | "electronic" | "www" | "webpage" => WorkType::Webpage,
        "software" => WorkType::Software,
        "dataset" => WorkType::Dataset,
        _ => WorkType::Other,
    }
}
