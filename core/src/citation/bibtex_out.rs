//! A citation as BibTeX that BibTeX, biber and reference managers read alike.

use std::fmt::Write as _;

use super::tex::{self, braced, verbatim};
use crate::notebook::{Citation, Name, OTHERS, Work};

/// An entry. `key` is its name where the citation has none.
///
/// What is missing is left out.
pub fn write(citation: &Citation, key: &str) -> String {
    let of = citation;
    let kind = match of.work {
        Work::Article => "article",
        Work::Proceedings => "inproceedings",
        Work::Chapter => "incollection",
        Work::Book => "book",
        Work::Thesis if of.genre.as_deref() == Some("Master's thesis") => "mastersthesis",
        Work::Thesis => "phdthesis",
        Work::Report => "techreport",
        // The types of BibLaTeX are not known to all.
        Work::Preprint | Work::Webpage | Work::Software | Work::Dataset | Work::Other => "misc",
    };
    let mut out = format!("@{kind}{{{},\n", name(of.key.as_deref().unwrap_or(key)));
    let mut field = |name: &str, value: Option<String>| {
        if let Some(value) = value {
            let _ = writeln!(out, "  {name} = {value},");
        }
    };
    let plain = |text: &Option<String>| text.as_ref().map(|text| braced(text, false));
    field("title", of.title.as_ref().map(|title| braced(title, true)));
    field("author", names(&of.authors));
    field("editor", names(&of.editors));
    field("year", of.year.map(|year| format!("{{{year}}}")));
    field("month", of.month.map(|month| format!("{{{month}}}")));
    field("day", of.day.map(|day| format!("{{{day}}}")));
    let venue = match of.work {
        Work::Proceedings | Work::Chapter | Work::Book => "booktitle",
        _ => "journal",
    };
    field(venue, plain(&of.venue));
    field("volume", plain(&of.volume));
    field("number", plain(&of.issue));
    field("pages", of.pages.as_ref().map(|pages| format!("{{{}}}", tex::escaped(pages).replace('-', "--"))));
    field("edition", plain(&of.edition));
    let publisher = match of.work {
        Work::Thesis => "school",
        Work::Report => "institution",
        _ => "publisher",
    };
    field(publisher, plain(&of.publisher));
    field("address", plain(&of.place));
    let told_by_kind =
        matches!(kind, "phdthesis" if of.genre.as_deref() == Some("PhD thesis")) || kind == "mastersthesis";
    field("type", plain(&of.genre).filter(|_| !told_by_kind));
    field("isbn", plain(&of.isbn));
    field("issn", plain(&of.issn));
    field("doi", of.doi.as_ref().map(|doi| verbatim(doi)));
    field("eprint", of.arxiv.as_ref().map(|id| verbatim(id)));
    field("archiveprefix", of.arxiv.as_ref().map(|_| "{arXiv}".to_owned()));
    field("url", of.url.as_ref().map(|url| verbatim(url.as_str())));
    field("note", plain(&of.note));
    out.push_str("}\n");
    out
}

/// A key without what would end it.
fn name(key: &str) -> String {
    key.chars().filter(|c| !c.is_whitespace() && !c.is_control() && !"{}(),%#\\\"'~=".contains(*c)).collect()
}

fn names(names: &[Name]) -> Option<String> {
    let names: Vec<_> = names.iter().map(person).collect();
    (!names.is_empty()).then(|| format!("{{{}}}", names.join(" and ")))
}

fn person(name: &Name) -> String {
    let Name { family, given, particle, suffix } = name;
    if given.is_none() && particle.is_none() && suffix.is_none() {
        // In braces a name is one, whatever stands in it.
        return if family == OTHERS { OTHERS.to_owned() } else { tex::name(family, true) };
    }
    let part = |text: &str| {
        let splits = text.contains([',', '=']) || text.split(' ').any(|word| word == "and");
        tex::name(text, splits)
    };
    let starts_small = family.chars().next().is_some_and(|c| !c.is_uppercase());
    // A family name of several words, or in small letters, would be taken apart.
    let family = if starts_small { tex::name(family, true) } else { part(family) };
    let mut out = String::new();
    if let Some(particle) = particle {
        out.extend([part(particle).as_str(), " "]);
    }
    out.push_str(&family);
    if let Some(suffix) = suffix {
        out.extend([", ", &part(suffix)]);
    }
    out.extend([", ", &given.as_deref().map(part).unwrap_or_default()]);
    out
}
