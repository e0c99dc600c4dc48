//! Writing of citations as BibTeX that BibTeX, biber and reference managers read alike.

use std::fmt::Write as _;

use super::tex::{braced, braced_title, braced_verbatim, escape, escape_name};
use crate::bibliography::names::{is_homonym_number, is_suffix};
use crate::notebook::{Citation, OTHER_AUTHORS, PersonName, WorkType};

/// Writes a citation as an entry. `default_key` is used if the citation has no key. Missing data is left out.
pub fn write(citation: &Citation, default_key: &str) -> String {
    let kind = entry_type(citation);
    let key = bibtex_key(citation.key.as_deref().unwrap_or_default(), default_key);
    let mut out = format!("@{kind}{{{key},\n");
    let mut field = |name: &str, value: Option<String>| {
        if let Some(value) = value {
            let _ = writeln!(out, "  {name} = {value},");
        }
    };
    let text = |text: &Option<String>| text.as_deref().map(braced);
    field("title", citation.title.as_deref().map(braced_title));
    field("author", name_list(&citation.authors));
    field("editor", name_list(&citation.editors));
    field("year", citation.year.map(|year| format!("{{{year:04}}}")));
    field("month", citation.month.map(|month| format!("{{{month}}}")));
    field("day", citation.day.map(|day| format!("{{{day}}}")));
    let venue = match citation.work_type {
        WorkType::Proceedings | WorkType::Chapter | WorkType::Book => "booktitle",
        _ => "journal",
    };
    field(venue, text(&citation.venue));
    field("volume", text(&citation.volume));
    field("number", text(&citation.issue));
    let pages = citation.pages.as_deref().map(|pages| format!("{{{}}}", escape(pages).replace('-', "--")));
    field("pages", pages);
    field("edition", text(&citation.edition));
    let publisher = match citation.work_type {
        WorkType::Thesis => "school",
        WorkType::Report => "institution",
        _ => "publisher",
    };
    field(publisher, text(&citation.publisher));
    field("address", text(&citation.publisher_place));
    let is_implied_by_type =
        kind == "mastersthesis" || (kind == "phdthesis" && citation.genre.as_deref() == Some("PhD thesis"));
    field("type", text(&citation.genre).filter(|_| !is_implied_by_type));
    field("isbn", text(&citation.isbn));
    field("issn", text(&citation.issn));
    field("doi", citation.doi.as_deref().map(braced_verbatim));
    field("eprint", citation.arxiv.as_deref().map(braced_verbatim));
    field("archiveprefix", citation.arxiv.as_ref().map(|_| "{arXiv}".to_owned()));
    field("url", citation.url.as_ref().map(|url| braced_verbatim(url.as_str())));
    field("note", text(&citation.note));
    out.push_str("}\n");
    out
}

/// Returns the type of an entry, from which it reads back as the same type of work. BibTeX has no types for web pages, software, data
/// and theses of unknown kind: its styles treat those of BibLaTeX as `@misc`.
fn entry_type(citation: &Citation) -> &'static str {
    match citation.work_type {
        WorkType::Article => "article",
        WorkType::Proceedings => "inproceedings",
        WorkType::Chapter => "incollection",
        WorkType::Book => "book",
        WorkType::Thesis if citation.genre.as_deref() == Some("Master's thesis") => "mastersthesis",
        WorkType::Thesis if citation.genre.is_none() => "thesis",
        WorkType::Thesis => "phdthesis",
        WorkType::Report => "techreport",
        WorkType::Preprint if citation.arxiv.is_none() => "unpublished",
        WorkType::Webpage if citation.arxiv.is_none() => "online",
        WorkType::Software => "software",
        WorkType::Dataset => "dataset",
        WorkType::Preprint | WorkType::Webpage | WorkType::Other => "misc",
    }
}

/// Returns a key without the characters that biber does not allow in one, or `default_key` if nothing is left.
pub fn bibtex_key(key: &str, default_key: &str) -> String {
    let is_allowed = |c: &char| !c.is_whitespace() && !c.is_control() && !"{}(),%#\\\"'~=".contains(*c);
    let key: String = key.chars().filter(is_allowed).collect();
    if key.is_empty() { default_key.to_owned() } else { key }
}

fn name_list(names: &[PersonName]) -> Option<String> {
    let names: Vec<_> = names.iter().map(format_name).collect();
    (!names.is_empty()).then(|| format!("{{{}}}", names.join(" and ")))
}

/// Writes a name as `particle Family, suffix, Given`, with braces around the parts that BibTeX would split.
fn format_name(name: &PersonName) -> String {
    let PersonName { family, given, particle, suffix } = name;
    let in_braces = |text: &str| format!("{{{}}}", escape_name(text));
    if given.is_none() && particle.is_none() && suffix.is_none() {
        return if family == OTHER_AUTHORS { OTHER_AUTHORS.to_owned() } else { in_braces(family) };
    }
    let is_read_apart = |word: &str| {
        word.eq_ignore_ascii_case("and") || word == "&" || is_suffix(word) || is_homonym_number(word)
    };
    let part = |text: &str| {
        let would_split = text.contains([',', '=', ';']) || text.split(' ').any(is_read_apart);
        if would_split { in_braces(text) } else { escape_name(text) }
    };
    // A family name in lower case would be read as a particle, and one of several words as a person: the first of two in
    // `Ada One, Bob Two and Cy Three`, or the given names of a name without a comma.
    let is_lower_case = family.chars().next().is_some_and(|c| !c.is_uppercase());
    let has_space = |text: &String| text.contains(' ');
    let is_mistakable = has_space(family) && given.as_ref().is_none_or(has_space);
    let family = if is_lower_case || is_mistakable { in_braces(family) } else { part(family) };
    let mut out = String::new();
    if let Some(particle) = particle {
        out.extend([part(particle).as_str(), " "]);
    }
    out.push_str(&family);
    if let Some(suffix) = suffix {
        out.extend([", ", &if is_suffix(suffix) { suffix.clone() } else { part(suffix) }]);
    }
    // BibTeX reports a comma without given names behind it.
    if let Some(given) = given {
        out.extend([", ", &part(given)]);
    }
    out
}
