//! The fields of a BibTeX entry as a citation.

use std::ops::Range;

use biblatex::{ChunksExt as _, Person};

use super::bibtex::Fields;
use super::{Record, tex, values};
use crate::letters::lower_text;
use crate::notebook::{Citation, Name, Url, Work};

/// Fields that say something to BibTeX alone, or that have been read under another name.
const SILENT: [&str; 8] =
    ["archiveprefix", "eprinttype", "primaryclass", "eprintclass", "key", "langid", "language", "options"];

/// Makes a record of an entry.
pub(super) fn record(kind: &str, key: &str, fields: &Fields, range: Range<usize>) -> Record {
    let mut taken = Taken { fields, names: Vec::new() };
    let mut record = Record { range, ..Record::default() };
    record.citation = citation(kind, key, &mut taken);
    record.summary = taken.one(&["abstract"]);
    // Groups are chosen by hand, keywords come from publishers.
    record.keywords = ["groups", "keywords", "keyword"]
        .into_iter()
        .filter_map(|name| taken.one(&[name]))
        .flat_map(|list| list.split([',', ';']).filter_map(values::text).collect::<Vec<_>>())
        .collect();
    let left = fields
        .keys()
        .filter(|name| !taken.names.contains(&name.as_str()) && !SILENT.contains(&name.as_str()));
    record.left_out = left.cloned().collect();
    record
}

/// Fields, and which of them have been read.
struct Taken<'a> {
    fields: &'a Fields,
    names: Vec<&'static str>,
}

impl Taken<'_> {
    /// The text of the first of some fields that has any.
    fn one(&mut self, names: &[&'static str]) -> Option<String> {
        let name = names.iter().find(|name| self.fields.contains_key(**name))?;
        self.names.push(name);
        values::text(&tex::undressed(&self.fields.get(*name)?.format_verbatim()))
    }

    fn names(&mut self, name: &'static str) -> Vec<Name> {
        self.names.push(name);
        let people = self.fields.get(name).and_then(|chunks| chunks.parse::<Vec<Person>>().ok());
        people.unwrap_or_default().iter().filter_map(person).collect()
    }
}

fn person(person: &Person) -> Option<Name> {
    let part = |part: &str| values::text(&tex::undressed(part));
    let (given, particle, suffix) = (part(&person.given_name), part(&person.prefix), part(&person.suffix));
    match part(&person.name) {
        Some(family) => Some(Name { family, given, particle, suffix }),
        // A slip such as `Ada,`: the one name there is.
        None => given.or(particle).map(|name| Name::whole(&name)),
    }
}

fn citation(kind: &str, key: &str, fields: &mut Taken) -> Citation {
    let mut of = Citation {
        work: work(kind),
        key: values::text(key),
        title: fields.one(&["title"]),
        authors: fields.names("author"),
        editors: fields.names("editor"),
        venue: fields.one(&["journal", "journaltitle", "booktitle"]),
        volume: fields.one(&["volume"]),
        issue: fields.one(&["number", "issue"]),
        pages: fields.one(&["pages", "eid"]).and_then(|pages| values::pages(&pages)),
        edition: fields.one(&["edition"]),
        publisher: fields.one(&["publisher", "school", "institution", "organization"]),
        place: fields.one(&["address", "location"]),
        genre: fields.one(&["type"]),
        isbn: fields.one(&["isbn"]),
        issn: fields.one(&["issn"]),
        note: fields.one(&["note", "annote", "annotation"]),
        ..Citation::default()
    };
    if let (Some(title), Some(subtitle)) = (&mut of.title, fields.one(&["subtitle"])) {
        title.extend([": ", &subtitle]);
    }
    of.doi = fields.one(&["doi"]).and_then(|doi| values::doi(&doi));
    let link = fields.one(&["url", "howpublished"]);
    let web = |text: &String| text.contains("://");
    match link.as_ref().filter(|text| web(text)) {
        Some(link) => of.url = Url::parse(link),
        // What `howpublished` says beside an address is a note.
        None => of.note = of.note.take().or(link),
    }
    dated(&mut of, fields);
    let archive = fields.fields.get("archiveprefix").or_else(|| fields.fields.get("eprinttype"));
    let archive = archive.map(|chunks| lower_text(&chunks.format_verbatim()));
    let eprint = fields.one(&["eprint"]);
    if archive.is_none_or(|archive| archive.trim() == "arxiv") {
        of.arxiv = eprint.and_then(|id| values::arxiv(&id));
    }
    if of.arxiv.is_none() && of.note.as_ref().is_some_and(|note| lower_text(note).starts_with("arxiv:")) {
        of.arxiv = of.note.as_deref().and_then(values::arxiv);
    }
    values::settle_arxiv(&mut of);
    let is_arxiv = of.venue.as_deref() == Some("arXiv");
    if is_arxiv || (of.work == Work::Other && of.arxiv.is_some()) {
        of.work = Work::Preprint;
    }
    if of.genre.is_none() {
        of.genre = match kind {
            "phdthesis" => Some("PhD thesis".into()),
            "mastersthesis" => Some("Master's thesis".into()),
            _ => None,
        };
    }
    of
}

fn dated(of: &mut Citation, fields: &mut Taken) {
    if let Some(date) = fields.one(&["date"]) {
        values::date(&date, of);
    }
    let (year, month) = (fields.one(&["year"]), fields.one(&["month"]));
    if of.year.is_none() {
        of.year = year.and_then(|year| values::year(&year));
        of.month = of.year.and(month.as_deref()).and_then(values::month);
        of.day = of.month.and(fields.one(&["day"])).and_then(|day| values::day(&day));
    }
}

fn work(kind: &str) -> Work {
    match kind {
        "article" | "periodical" | "suppperiodical" => Work::Article,
        "inproceedings" | "conference" => Work::Proceedings,
        "incollection" | "inbook" | "bookinbook" | "suppbook" | "suppcollection" | "inreference" => {
            Work::Chapter
        }
        "book" | "mvbook" | "collection" | "mvcollection" | "proceedings" | "mvproceedings" | "booklet"
        | "manual" | "reference" | "mvreference" => Work::Book,
        "phdthesis" | "mastersthesis" | "thesis" => Work::Thesis,
        "techreport" | "report" => Work::Report,
        "unpublished" | "preprint" => Work::Preprint,
        "online" | "electronic" | "www" | "webpage" => Work::Webpage,
        "software" => Work::Software,
        "dataset" => Work::Dataset,
        _ => Work::Other,
    }
}
