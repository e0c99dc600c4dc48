//! Identifiers of arXiv: <https://info.arxiv.org/help/arxiv_identifier.html>.

use super::doi::split_version;
use super::{Access, PaperSource, SourceKind};

/// Prefix of the DOIs that arXiv registers for its papers, in lower case.
pub(crate) const ARXIV_DOI_PREFIX: &str = "10.48550/arxiv.";

/// Reads `1706.03762`, `2010.11929v2`, `hep-th/9901001`, `math.GT/0309136`, with or without `arXiv:` and `.pdf`.
pub(super) fn from_id(raw: &str) -> Option<PaperSource> {
    let raw = match raw.get(..6) {
        Some(prefix) if prefix.eq_ignore_ascii_case("arxiv:") => raw.get(6..)?,
        _ => raw,
    };
    let raw = raw.trim().trim_start_matches('/');
    // Words, brackets and second addresses that slipped into the first.
    let end = raw.find(|c: char| !c.is_ascii_alphanumeric() && !matches!(c, '.' | '/' | '-'));
    let raw = raw.get(..end.unwrap_or(raw.len()))?.trim_end_matches(['/', '.']);
    let raw =
        [".pdf", ".html", ".ps", ".gz"].iter().fold(raw, |raw, end| raw.strip_suffix(end).unwrap_or(raw));
    let of_folder = from_folder(raw);
    let raw = of_folder.as_deref().unwrap_or(raw);
    let (id, version) = split_version(raw).unwrap_or((raw, None));
    let (number, is_new) = match id.rsplit_once('/') {
        Some((archive, number)) => (number, !is_archive(archive)),
        None => (id, true),
    };
    let (yymm, serial) = if is_new { id.split_once('.')? } else { number.split_at_checked(4)? };
    let is_complete =
        if is_new { yymm.len() == 4 && (4..=5).contains(&serial.len()) } else { serial.len() == 3 };
    if !is_complete || !is_digits(yymm) || !is_digits(serial) {
        return None;
    }
    let (yy, mm) = yymm.split_at_checked(2)?;
    let yy: u16 = yy.parse().ok()?;
    // The first paper is of August 1991.
    let year = if yy > 90 { 1900 + yy } else { 2000 + yy };
    let month = mm.parse::<u8>().ok().filter(|month| (1..=12).contains(month))?;
    Some(PaperSource {
        kind: SourceKind::Arxiv,
        id: Some(id.to_owned()),
        version,
        year: Some(year),
        month: Some(month),
        access: Access::Open,
        ..PaperSource::default()
    })
}

/// Reads the folders in which arXiv keeps its files: `arxiv/papers/0704/0704.0001`, `hep-th/papers/9901/9901001`.
fn from_folder(path: &str) -> Option<String> {
    let (archive, rest) = path.split_once("/papers/")?;
    let (_, name) = rest.split_once('/')?;
    Some(if archive == "arxiv" { name.to_owned() } else { format!("{archive}/{name}") })
}

/// Returns true for `hep-th`, `cs`, `math.GT`.
fn is_archive(text: &str) -> bool {
    text.starts_with(|c: char| c.is_ascii_alphabetic())
        && text.bytes().all(|b| b.is_ascii_alphabetic() || matches!(b, b'-' | b'.'))
}

/// Reads the id of arXiv out of the names that two indexes form from it: `abs-1706-03762` of DBLP, where a hyphen stands for
/// the point or slash, and `2017arXiv170603762V` of ADS.
pub(super) fn from_index_name(name: &str) -> Option<PaperSource> {
    if let Some(id) = name.strip_prefix("abs-") {
        let (before, number) = id.rsplit_once('-')?;
        let separator = if is_digits(before) { '.' } else { '/' };
        return from_id(&format!("{before}{separator}{number}"));
    }
    let (year, rest) = name.split_once("arXiv")?;
    let digits = rest.find(|c: char| !c.is_ascii_digit()).unwrap_or(rest.len());
    let (yymm, serial) = rest.get(..digits)?.split_at_checked(4)?;
    from_id(&format!("{yymm}.{serial}"))
        .filter(|source| source.year.map(|y| y.to_string()).as_deref() == Some(year))
}

fn is_digits(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_of_both_schemes_are_read_and_nothing_else() {
        let cases = [
            ("1706.03762", Some(("1706.03762", 2017, 6, None))),
            ("arXiv:0704.0001v12.pdf", Some(("0704.0001", 2007, 4, Some(12)))),
            ("hep-th/9901001v2", Some(("hep-th/9901001", 1999, 1, Some(2)))),
            ("math.GT/0309136", Some(("math.GT/0309136", 2003, 9, None))),
            ("arxiv/papers/0704/0704.0001v1.pdf", Some(("0704.0001", 2007, 4, Some(1)))),
            ("hep-th/papers/9901/9901001.pdf", Some(("hep-th/9901001", 1999, 1, None))),
            ("1706.03762).", Some(("1706.03762", 2017, 6, None))),
            ("/1706.03762", Some(("1706.03762", 2017, 6, None))),
            ("1706.03762v3.pdf）", Some(("1706.03762", 2017, 6, Some(3)))),
            ("1706.03762.pdf (https://arxiv.org/pdf/1706.03762.pdf)", Some(("1706.03762", 2017, 6, None))),
            ("1706.03762.pdf&download", Some(("1706.03762", 2017, 6, None))),
            ("1706.03762Title", None),
            ("1713.03762", None),
            ("1706.037621", None),
            ("1706.376", None),
            ("17060.3762", None),
            ("cs.LG/recent", None),
            ("v2", None),
            ("", None),
        ];
        for (text, expected) in cases {
            let source = from_id(text);
            let found = source
                .as_ref()
                .map(|s| (s.id.as_deref().unwrap(), s.year.unwrap(), s.month.unwrap(), s.version));
            assert_eq!(found, expected, "{text}");
        }
    }

    #[test]
    fn names_of_indexes_contain_ids() {
        let id = |name| from_index_name(name).and_then(|source| source.id);
        assert_eq!(id("abs-1706-03762").as_deref(), Some("1706.03762"));
        assert_eq!(id("abs-cs-0112017").as_deref(), Some("cs/0112017"));
        assert_eq!(id("2017arXiv170603762V").as_deref(), Some("1706.03762"));
        assert_eq!(id("2018arXiv170603762V"), None);
        assert_eq!(id("LeCunBH15"), None);
    }
}
