//! Digital object identifiers in addresses and in text.
//!
//! Syntax: <https://www.doi.org/doi-handbook/HTML/doi-name-syntax.html>. A suffix may contain anything, slashes too, so that
//! only what publishers are known to add behind one is cut off.

/// Registrants of DOIs that lead nowhere. `10.5555` is Crossref's prefix for tests
/// (<https://www.crossref.org/documentation/register-maintain-records/creating-and-managing-dois/>); the ACM Digital Library
/// also gives it to works without a DOI.
const UNREGISTERED: [&str; 1] = ["10.5555"];

/// Preprint servers whose addresses end in a version that is not part of the DOI: bioRxiv and medRxiv, under their prefix
/// of Cold Spring Harbor Laboratory and that of openRxiv. Elsewhere (`10.21203/rs.3.rs-1/v1`) it is a part.
const VERSIONED: [&str; 2] = ["10.1101", "10.64898"];

/// Segments of an address behind a DOI that name a view of the article.
const VIEWS: [&str; 28] = [
    "abs",
    "abstract",
    "ampdf",
    "citations",
    "cite",
    "download",
    "epdf",
    "epub",
    "figures",
    "full",
    "full-text",
    "fulltext",
    "fulltextpdf",
    "html",
    "meta",
    "metrics",
    "pdf",
    "pdf-html",
    "pdfdirect",
    "pdfplus",
    "references",
    "summary",
    "suppl",
    "suppl_file",
    "supplementary-material",
    "supporting-information",
    "tables",
    "xml",
];

/// Endings of an address behind a DOI that name a view or a file of the article.
const ENDINGS: [&str; 18] = [
    "+html",
    ".abstract",
    ".article-info",
    ".article-metrics",
    ".epdf",
    ".epub",
    ".extract",
    ".figures-only",
    ".full",
    ".full-text",
    ".html",
    ".long",
    ".pdf",
    ".short",
    ".supplementary-material",
    ".svg",
    ".txt",
    ".xml",
];

/// Journals at nature.com that numbered their articles with five digits: `nature14539`, `ncomms12345`, `srep20161`. In other
/// names so many digits begin with a year.
const NUMBERED: [&str; 3] = ["nature", "ncomms", "srep"];

/// Journals at nature.com whose DOIs have another prefix than its own.
const OF_OTHER_PREFIX: [&str; 1] = ["palcomms"];

/// Last year of two digits: any year is one of these.
const ALWAYS: u16 = 99;

/// Journals of The Lancet whose DOIs are the identifiers in their addresses (`PII`), by ISSN, each with the last year of two
/// digits in which all of them were. Others have DOIs such as `10.1016/j.eclinm.2020.100123`.
const LANCET: [(&str, u16); 18] = [
    ("0140-6736", ALWAYS),
    ("1470-2045", ALWAYS),
    ("1473-3099", ALWAYS),
    ("1474-4422", ALWAYS),
    ("2213-2600", ALWAYS),
    ("2213-8587", ALWAYS),
    ("2214-109X", ALWAYS),
    ("2215-0366", ALWAYS),
    ("2352-3018", ALWAYS),
    ("2352-3026", ALWAYS),
    ("2352-4642", ALWAYS),
    ("2468-1253", ALWAYS),
    ("2468-2667", ALWAYS),
    ("2665-9913", ALWAYS),
    ("2542-5196", 23),
    ("2589-7500", 23),
    ("2666-5247", 23),
    ("2666-7568", 23),
];

/// A DOI with the version that stood behind it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Doi {
    pub(super) name: String,
    pub(super) version: Option<u16>,
}

/// Finds a DOI in text: `10.`, four to nine digits, a slash and a suffix, behind something that is neither letter nor digit.
/// It ends at white space or a quotation mark; punctuation and closing brackets without an opening one do not count. O(length).
pub(crate) fn find_doi(text: &str) -> Option<&str> {
    let start = text.match_indices("10.").map(|(at, _)| at).find(|&at| {
        let before = text.get(..at).and_then(|before| before.chars().next_back());
        !before.is_some_and(|c| c.is_alphanumeric() || matches!(c, '.' | '-' | '_' | '%'))
            && text.get(at..).is_some_and(|rest| split(rest).is_some())
    })?;
    let doi = text.get(start..)?;
    let end = doi.find(|c: char| c.is_whitespace() || c.is_control() || matches!(c, '"' | '“' | '”'));
    let doi = trim(doi.get(..end.unwrap_or(doi.len()))?);
    split(doi).map(|_| doi)
}

/// Returns true if a DOI can be resolved at doi.org, judging by its prefix, and is not that of a journal:
/// `10.1111/(ISSN)1467-9280`.
pub(crate) fn is_registered(doi: &str) -> bool {
    let is_journal = |suffix: &str| suffix.get(..6).is_some_and(|start| start.eq_ignore_ascii_case("(issn)"));
    split(doi).is_some_and(|(prefix, suffix)| !UNREGISTERED.contains(&prefix) && !is_journal(suffix))
}

/// Returns the year of the issue in a DOI that contains a SICI, `(SICI)1097-0258(19980815)17:15<...`: the chronology after the
/// ISSN (ANSI/NISO Z39.56).
pub(super) fn sici_year(doi: &str) -> Option<u16> {
    let (_, suffix) = split(doi)?;
    let rest = suffix.get(..6).filter(|start| start.eq_ignore_ascii_case("(sici)")).and(suffix.get(6..))?;
    let (issn, rest) = rest.split_once('(')?;
    let year = rest.get(..4).filter(|year| year.bytes().all(|b| b.is_ascii_digit()))?;
    (issn.len() == 9).then(|| year.parse().ok())?.filter(|year| super::pattern::YEARS.contains(year))
}

/// Splits a DOI into prefix and suffix.
fn split(doi: &str) -> Option<(&str, &str)> {
    let digits = doi.strip_prefix("10.")?;
    let end = digits.find(|c: char| !c.is_ascii_digit() && c != '.')?;
    let (registrant, suffix) = digits.split_at_checked(end)?;
    let mut parts = registrant.split('.');
    let is_registrant = parts.next().is_some_and(|first| (4..=9).contains(&first.len()))
        && parts.all(|part| !part.is_empty());
    let suffix = suffix.strip_prefix('/').filter(|suffix| !suffix.is_empty() && is_registrant)?;
    doi.get(..3 + end).map(|prefix| (prefix, suffix))
}

/// Removes punctuation, slashes, and closing brackets without an opening one from the end.
fn trim(mut doi: &str) -> &str {
    let mut open = [('(', ')'), ('[', ']'), ('<', '>'), ('{', '}')].map(|(open, close)| {
        let count = |bracket: char| doi.matches(bracket).count();
        (close, count(close).saturating_sub(count(open)))
    });
    while let Some(last) = doi.chars().next_back() {
        let surplus = open.iter_mut().find(|(close, surplus)| *close == last && *surplus > 0);
        match surplus {
            Some((_, surplus)) => *surplus -= 1,
            None if matches!(last, '/' | '.' | ',' | ';' | ':' | '\'' | '’' | '*' | '。' | '，') => {}
            None => break,
        }
        doi = doi.get(..doi.len() - last.len_utf8()).unwrap_or_default();
    }
    doi
}

/// Cuts off what publishers write behind a DOI in an address: views (`/full`), files (`.pdf`), versions (`v2`), and on
/// platforms of Silverchair, such as Oxford's, a number and a title. O(length).
pub(super) fn without_view(doi: &str, is_silverchair: bool) -> Doi {
    let mut end = doi.len();
    let mut at = split(doi).map_or(doi.len(), |(prefix, _)| prefix.len() + 1);
    for (number, segment) in doi.get(at..).unwrap_or_default().split('/').enumerate() {
        let name = without_ending(segment);
        let is_view = VIEWS.iter().any(|view| name.eq_ignore_ascii_case(view));
        let is_number = is_silverchair && segment.len() > 4 && segment.bytes().all(|b| b.is_ascii_digit());
        if number > 0 && (is_view || is_number) {
            end = at - 1;
            break;
        }
        at += segment.len() + 1;
    }
    as_registered(trim(without_ending(doi.get(..end).unwrap_or(doi))))
}

/// Reads a DOI where nothing else follows it, as at doi.org.
pub(super) fn as_registered(doi: &str) -> Doi {
    let is_versioned = split(doi).is_some_and(|(prefix, _)| VERSIONED.contains(&prefix));
    let (name, version) = split_version(doi).filter(|_| is_versioned).unwrap_or((doi, None));
    Doi { name: name.to_owned(), version }
}

/// Returns the DOI of an article at nature.com by its name there, which is the suffix: `s41586-019-1999-3`, `nmeth.4642`,
/// `nature14539`. Names of a journal, a year and a number have lost their points: `sdata201618` is `10.1038/sdata.2016.18`. `None`
/// for names that do not tell the suffix: numbers (`1203456` is `10.1038/sj.onc.1203456`) and pages (`ng0500_25` is
/// `10.1038/75556`).
pub(super) fn of_nature(name: &str) -> Option<Doi> {
    let doi = without_view(&format!("10.1038/{name}"), false);
    let (_, name) = split(&doi.name)?;
    if name.contains(['-', '.']) {
        return Some(doi);
    }
    let letters = name.find(|c: char| !c.is_ascii_alphabetic())?;
    let (journal, number) = name.split_at_checked(letters)?;
    if OF_OTHER_PREFIX.contains(&journal) {
        return None;
    }
    let is_number = number.bytes().all(|byte| byte.is_ascii_digit());
    match (journal, number.len()) {
        // The articles of Nature in 2000 and 2001, and those before.
        ("", 8) if is_number && number.starts_with("35") => Some(doi),
        ("", _) => is_old_page(number).then_some(doi),
        (_, 0..=4) if is_number => Some(doi),
        (_, 5) if is_number && NUMBERED.contains(&journal) => Some(doi),
        _ if is_number => {
            let (year, article) = number.split_at_checked(4)?;
            let is_year = year.parse().is_ok_and(|year: u16| super::pattern::YEARS.contains(&year));
            let name = if is_year { format!("10.1038/{journal}.{year}.{article}") } else { doi.name };
            Some(Doi { name, version: None })
        }
        _ => None,
    }
}

/// Returns true for the volume and page of an article of Nature before 2000: `323533a0`.
fn is_old_page(name: &str) -> bool {
    let Some((page, place)) = name.split_once('a') else { return false };
    page.len() == 6
        && page.bytes().all(|byte| byte.is_ascii_digit())
        && matches!(place.as_bytes(), [b'0'..=b'9'])
}

/// Returns the DOI of an article of The Lancet by its identifier, `S0140-6736(20)39999-5`; `None` if its journal gives others.
pub(super) fn of_lancet(pii: &str) -> Option<Doi> {
    let issn = pii.strip_prefix(['S', 's'])?.get(..9)?;
    let year: u16 = pii.get(11..13)?.parse().ok()?;
    let mut journals = LANCET.iter();
    // Those with a last year are younger than the century.
    let is_name = journals.any(|(known, last)| issn.eq_ignore_ascii_case(known) && year <= *last);
    is_name.then(|| without_view(&format!("10.1016/{pii}"), false))
}

/// Splits `927000v1` before the version.
pub(super) fn split_version(text: &str) -> Option<(&str, Option<u16>)> {
    let (name, digits) = text.rsplit_once(['v', 'V'])?;
    let is_version = !digits.is_empty() && digits.bytes().all(|b| b.is_ascii_digit());
    (is_version && name.ends_with(|c: char| c.is_ascii_digit())).then(|| (name, digits.parse().ok()))
}

fn without_ending(mut text: &str) -> &str {
    let strip = |text: &str, ending: &str| {
        let (name, end) = text.split_at_checked(text.len().checked_sub(ending.len())?)?;
        (end.eq_ignore_ascii_case(ending) && !name.is_empty()).then_some(name.len())
    };
    while let Some(end) = ENDINGS.iter().find_map(|ending| strip(text, ending)) {
        text = text.get(..end).unwrap_or_default();
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_doi_is_found_in_text() {
        let cases = [
            ("10.1000/182", Some("10.1000/182")),
            ("doi:10.1000/182.", Some("10.1000/182")),
            ("(see doi: 10.1000/a(b)c).", Some("10.1000/a(b)c")),
            ("DOI 10.1000.10/x, pp. 1", Some("10.1000.10/x")),
            ("<https://doi.org/10.1000/182>", Some("10.1000/182")),
            (
                "10.1002/(SICI)1(1998)17:15<1661::AID-S>3.0.CO;2-2",
                Some("10.1002/(SICI)1(1998)17:15<1661::AID-S>3.0.CO;2-2"),
            ),
            ("v10.1000/1", None),
            ("110.1000/1", None),
            ("10.10/1", None),
            ("10.1000/", None),
            ("10.1000/ 1", None),
            ("10.1000../1", None),
            ("the 10. Symposium", None),
        ];
        for (text, expected) in cases {
            assert_eq!(find_doi(text), expected, "{text}");
        }
    }
}
