//! RIS, as publishers and reference managers exchange it: a tag of two letters on every line.

use std::fmt::Write as _;

use super::{Library, Record, Refusal, values};
use crate::notebook::{Citation, Name, Url, Work};

/// Kinds of work and their names in RIS, those that are written first.
const TYPES: [(&str, Work); 19] = [
    ("JOUR", Work::Article),
    ("CPAPER", Work::Proceedings),
    ("CHAP", Work::Chapter),
    ("BOOK", Work::Book),
    ("THES", Work::Thesis),
    ("RPRT", Work::Report),
    ("UNPB", Work::Preprint),
    ("ELEC", Work::Webpage),
    ("COMP", Work::Software),
    ("DATA", Work::Dataset),
    ("GEN", Work::Other),
    ("CONF", Work::Proceedings),
    ("EJOUR", Work::Article),
    ("MGZN", Work::Article),
    ("NEWS", Work::Article),
    ("EBOOK", Work::Book),
    ("ECHAP", Work::Chapter),
    ("BLOG", Work::Webpage),
    ("PREPRINT", Work::Preprint),
];

/// Tags that are read.
const KNOWN: &str = "TY ID TI T1 CT AU A1 A2 ED T2 JO JF BT JA VL IS ET PB CY PP M3 DO N1 SN SP EP DA PY Y1 AN C1 \
        UR L2 LK KW AB N2";

/// What stands before the id of an arXiv paper.
const ARXIV: &str = "arXiv:";

/// An entry, from `TY` to `ER`. `key` is its id where the citation has none. What is missing is left out.
pub fn write(citation: &Citation, key: &str) -> String {
    let of = citation;
    let kind = TYPES.iter().find(|(_, work)| *work == of.work).map_or("GEN", |(name, _)| name);
    let mut out = String::new();
    let mut line = |tag: &str, value: Option<&str>| {
        if let Some(value) = value {
            let _ = writeln!(out, "{tag}  - {value}");
        }
    };
    line("TY", Some(kind));
    line("ID", Some(of.key.as_deref().unwrap_or(key)));
    line("TI", of.title.as_deref());
    for (tag, people) in [("AU", &of.authors), ("A2", &of.editors)] {
        for name in people {
            line(tag, Some(&person(name)));
        }
    }
    line("PY", of.year.map(|year| year.to_string()).as_deref());
    if let (Some(year), Some(month)) = (of.year, of.month) {
        let day = of.day.map(|day| format!("{day:02}")).unwrap_or_default();
        line("DA", Some(&format!("{year}/{month:02}/{day}/")));
    }
    line("T2", of.venue.as_deref());
    line("VL", of.volume.as_deref());
    line("IS", of.issue.as_deref());
    let pages = of.pages.as_deref().map(|pages| pages.split_once('-').unwrap_or((pages, "")));
    line("SP", pages.map(|(first, _)| first));
    line("EP", pages.map(|(_, last)| last).filter(|last| !last.is_empty()));
    line("ET", of.edition.as_deref());
    line("PB", of.publisher.as_deref());
    line("CY", of.place.as_deref());
    line("M3", of.genre.as_deref());
    line("DO", of.doi.as_deref());
    line("AN", of.arxiv.as_ref().map(|id| format!("{ARXIV}{id}")).as_deref());
    line("SN", of.isbn.as_deref().or(of.issn.as_deref()));
    line("UR", of.url.as_ref().map(Url::as_str));
    line("N1", of.note.as_deref());
    out.push_str("ER  - \n");
    out
}

fn person(name: &Name) -> String {
    let mut family = name.particle.as_ref().map_or(String::new(), |particle| format!("{particle} "));
    family.push_str(&name.family);
    match (&name.given, &name.suffix) {
        (None, None) => family,
        (given, None) => format!("{family}, {}", given.as_deref().unwrap_or_default()),
        (given, Some(suffix)) => format!("{family}, {}, {suffix}", given.as_deref().unwrap_or_default()),
    }
}

/// Reads entries.
///
/// # Errors
/// Where no line says of what type an entry is.
pub fn read(text: &str) -> Result<Library, Refusal> {
    let mut library = Library::default();
    let mut open: Option<Vec<(String, String)>> = None;
    for line in text.trim_start_matches('\u{feff}').lines() {
        match tag(line) {
            Some(("TY", value)) => {
                library.records.extend(open.take().map(|lines| record(&lines)));
                open = Some(vec![("TY".into(), value.trim().to_owned())]);
            }
            Some(("ER", _)) => library.records.extend(open.take().map(|lines| record(&lines))),
            Some((tag, value)) => {
                if let Some(lines) = &mut open {
                    lines.push((tag.to_owned(), value.trim().to_owned()));
                }
            }
            // A long value may go on on the next line.
            None => {
                if let Some((_, value)) = open.as_mut().and_then(|lines| lines.last_mut()) {
                    value.extend([" ", line.trim()]);
                }
            }
        }
    }
    library.records.extend(open.take().map(|lines| record(&lines)));
    if library.records.is_empty() {
        let why = "no line begins an entry; RIS begins each with one such as `TY  - JOUR`";
        return Err(Refusal { line: 1, why: why.into() });
    }
    Ok(library)
}

/// `AU  - Lovelace, Ada`.
fn tag(line: &str) -> Option<(&str, &str)> {
    let line = line.trim_end();
    let (tag, rest) = line.split_at_checked(2)?;
    let value = rest.trim_start().strip_prefix('-')?;
    let mut letters = tag.chars();
    let is_tag = letters.next()?.is_ascii_uppercase()
        && letters.next().is_some_and(|c| c.is_ascii_uppercase() || c.is_ascii_digit());
    (is_tag && rest.starts_with(' ')).then_some((tag, value))
}

fn record(lines: &[(String, String)]) -> Record {
    let all = |tags: &[&str]| -> Vec<String> {
        let values = lines.iter().filter(|(tag, _)| tags.contains(&tag.as_str()));
        values.filter_map(|(_, value)| values::text(value)).collect()
    };
    // In the order of the tags: those before say it better.
    let one = |tags: &[&str]| tags.iter().find_map(|tag| all(&[tag]).into_iter().next());
    let kind = one(&["TY"]).unwrap_or_default();
    let work = TYPES.iter().find(|(name, _)| *name == kind).map_or(Work::Other, |(_, work)| *work);
    let mut of = Citation {
        work,
        key: one(&["ID"]),
        title: one(&["TI", "T1", "CT"]),
        authors: all(&["AU", "A1"]).iter().map(|name| named(name)).collect(),
        editors: all(&["A2", "ED"]).iter().map(|name| named(name)).collect(),
        venue: one(&["T2", "JO", "JF", "BT", "JA"]),
        volume: one(&["VL"]),
        issue: one(&["IS"]),
        edition: one(&["ET"]),
        publisher: one(&["PB"]),
        place: one(&["CY", "PP"]),
        genre: one(&["M3"]),
        doi: one(&["DO", "M3"]).and_then(|doi| values::doi(&doi)),
        note: one(&["N1"]),
        ..Citation::default()
    };
    if of.genre.as_deref().is_some_and(|genre| values::doi(genre).is_some()) {
        of.genre = None;
    }
    let number = one(&["SN"]);
    if matches!(work, Work::Book | Work::Chapter) {
        of.isbn = number;
    } else {
        of.issn = number;
    }
    of.pages = match (one(&["SP"]), one(&["EP"])) {
        (Some(first), Some(last)) if !first.contains('-') => Some(format!("{first}-{last}")),
        (first, last) => first.or(last),
    };
    of.pages = of.pages.and_then(|pages| values::pages(&pages));
    let date = one(&["DA", "PY", "Y1"]).map(|date| date.trim_end_matches('/').replace('/', "-"));
    values::date(date.as_deref().unwrap_or_default(), &mut of);
    of.year = of.year.or_else(|| values::year(one(&["PY", "Y1"])?.get(..4)?));
    of.arxiv = one(&["AN", "C1"]).filter(|id| id.starts_with(ARXIV)).and_then(|id| values::arxiv(&id));
    of.url = all(&["UR", "L2", "LK"]).iter().find_map(|url| Url::parse(url));
    values::settle_arxiv(&mut of);
    let mut left_out: Vec<String> = lines.iter().map(|(tag, _)| tag.clone()).collect();
    left_out.retain(|tag| !KNOWN.split(' ').any(|known| known == tag));
    let keywords = all(&["KW"]);
    Record { citation: of, summary: one(&["AB", "N2"]), keywords, left_out, range: 0..0 }
}

/// `Lovelace, Ada, Jr.`; a name without a comma is that of an organisation.
fn named(text: &str) -> Name {
    let mut parts = text.split(',').map(values::text);
    let family = parts.next().flatten();
    let (given, suffix) = (parts.next().flatten(), parts.next().flatten());
    match family {
        Some(family) => Name { family, given, particle: None, suffix },
        None => Name::whole(text.trim()),
    }
}
