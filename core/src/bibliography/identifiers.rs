//! Identifiers of papers: DOI and arXiv id.

use super::field_values::decode_entities;
use crate::notebook::{ARXIV_DOI_PREFIX, Citation, PaperSource, SourceKind, Url, find_doi, is_registered};
use crate::unicode::lowercase;

/// Name of arXiv as a venue.
const ARXIV: &str = "arXiv";

/// Prefix of an arXiv id in text.
pub(super) const ARXIV_PREFIX: &str = "arXiv:";

/// Extracts a DOI from a DOI, a URL or text.
pub(super) fn parse_doi(raw: &str) -> Option<String> {
    let raw = decode_entities(raw.trim());
    let url = if raw.contains("://") { Url::parse(&raw) } else { None };
    let source = url.as_ref().map(PaperSource::from_url).filter(|source| source.kind == SourceKind::Doi);
    source.and_then(|source| source.id).or_else(|| find_doi(&raw).map(str::to_owned))
}

/// Returns the first web address in a text, without the punctuation after it.
pub(super) fn find_url(text: &str) -> Option<String> {
    let start = ["https://", "http://", "ftp://"].iter().filter_map(|scheme| text.find(scheme)).min()?;
    let url = text.get(start..)?.split(|c: char| c.is_whitespace() || "<>\"".contains(c)).next()?;
    // A closing parenthesis belongs to the address if it has the opening one.
    let url = if url.contains('(') { url } else { url.trim_end_matches(')') };
    Some(url.trim_end_matches([',', ';']).trim_end_matches('.').to_owned())
}

/// Longest id with its prefixes, in bytes. Real ones have some 40; the limit keeps the removal of prefixes linear.
const MAX_ID_BYTES: usize = 200;

/// Texts before an id of arXiv, in lower case. Google Scholar writes `Arxiv-2303.08774`.
const ARXIV_PREFIXES: [&str; 8] =
    ["arxiv:", "arxiv-", "arxiv.org/", "arxiv.org:", "www.arxiv.org/", "abs/", "pdf/", "html/"];

/// Words beside an id of arXiv that add nothing to it, in lower case. `OpenAlex` has the university as a part of the name.
const ARXIV_WORDS: [&str; 16] = [
    "arxiv",
    "arxiv.org",
    "preprint",
    "preprints",
    "pre-print",
    "pre-prints",
    "e-print",
    "e-prints",
    "eprint",
    "eprints",
    "server",
    "available",
    "as",
    "at",
    "cornell",
    "university",
];

/// Extracts an arXiv id without its version from an id, an address or text such as `arXiv:1706.03762v5 [cs]`.
pub(super) fn parse_arxiv_id(raw: &str) -> Option<String> {
    raw.split(|c: char| c.is_whitespace() || "[](),;".contains(c)).find_map(arxiv_id_of_word)
}

/// Reads a word that is an id of arXiv, with its prefix or in an address.
fn arxiv_id_of_word(word: &str) -> Option<String> {
    let url = if word.contains("://") {
        Url::parse(word)
    } else if word.len() > MAX_ID_BYTES {
        None
    } else {
        let mut id = word.to_owned();
        while let Some(rest) = without_arxiv_prefix(&id) {
            id = rest;
        }
        Url::parse(&format!("https://arxiv.org/abs/{id}"))
    };
    let source = PaperSource::from_url(&url?);
    source.id.filter(|_| source.kind == SourceKind::Arxiv)
}

/// Removes one of the texts that stand before an id of arXiv.
fn without_arxiv_prefix(id: &str) -> Option<String> {
    let lower = id.to_ascii_lowercase();
    let prefix = ARXIV_PREFIXES.iter().find(|prefix| lower.starts_with(**prefix))?;
    id.get(prefix.len()..).map(str::to_owned)
}

/// A text that names arXiv.
#[derive(Debug, Default)]
struct ArxivText {
    /// The first id in it.
    id: Option<String>,
    /// The id comes before all words that say more.
    is_id_first: bool,
    /// The text has words besides the id and those that go with it.
    has_more: bool,
}

impl ArxivText {
    /// Reads a text that begins with a word such as `arXiv` or `preprint`, and names arXiv: `arXiv preprint hep-th/9711200`. The year
    /// of the work adds nothing.
    fn read(text: &str, year: Option<u16>) -> Option<Self> {
        let mut read = Self::default();
        let (mut names_arxiv, mut is_first) = (false, true);
        for word in text.split_whitespace() {
            let bare = word.trim_matches([',', ';', ':', '.', '(', ')']);
            let lower = lowercase(bare);
            // `[cs.CL]`, `[cs, math]`.
            let is_class = word.starts_with('[') || word.ends_with(']');
            let is_year = year.is_some_and(|year| year.to_string() == bare);
            let id = if read.id.is_none() { arxiv_id_of_word(bare) } else { None };
            if let Some(id) = id {
                (read.id, read.is_id_first) = (Some(id), !read.has_more);
            } else if !(ARXIV_WORDS.contains(&lower.as_str()) || (!is_first && (is_class || is_year))) {
                read.has_more = true;
            }
            names_arxiv |= lower.starts_with("arxiv") && !read.has_more;
            if read.has_more && !names_arxiv {
                return None;
            }
            is_first = false;
        }
        names_arxiv.then_some(read)
    }
}

/// Returns the id at the beginning of a note, as in `arXiv preprint arXiv:1706.03762, 2017`. One behind other words may be that of
/// another work.
pub(super) fn leading_arxiv_id(note: &str) -> Option<String> {
    ArxivText::read(note, None).filter(|read| read.is_id_first)?.id
}

/// Returns true if a work appeared on arXiv alone.
pub(super) fn has_arxiv_venue(citation: &Citation) -> bool {
    citation
        .venue
        .as_deref()
        .is_some_and(|venue| venue == ARXIV || ArxivText::read(venue, citation.year).is_some())
}

/// Reads the id from the venue, and leaves its name there.
fn read_arxiv_venue(citation: &mut Citation) {
    let Some(venue) = &citation.venue else { return };
    let lower = lowercase(venue);
    let (name, text) = match lower.strip_prefix("corr") {
        Some(rest) if rest.is_empty() || rest.starts_with(char::is_whitespace) => {
            ("CoRR", format!("{ARXIV}{}", venue.get("corr".len()..).unwrap_or_default()))
        }
        _ => (ARXIV, venue.clone()),
    };
    let Some(read) = ArxivText::read(&text, citation.year) else { return };
    // What is not understood is kept.
    if !read.has_more {
        citation.venue = Some(name.to_owned());
    }
    citation.arxiv = citation.arxiv.take().or(read.id);
    // Semantic Scholar and DBLP write `abs/1706.03762` as the volume; Zotero and others the id as issue or pages.
    for field in [&mut citation.volume, &mut citation.issue, &mut citation.pages] {
        let id = field.as_deref().filter(|text| !text.contains(' ')).and_then(arxiv_id_of_word);
        if id.is_some() && (citation.arxiv.is_none() || citation.arxiv == id) {
            citation.arxiv = id;
            *field = None;
        }
    }
}

/// Sets the arXiv id from the other fields in which exports write it: the DOI, the URL, the journal (`arXiv preprint
/// arXiv:1706.03762`, or `CoRR` with the id as volume), volume, number and pages.
pub(super) fn move_arxiv_id(citation: &mut Citation) {
    if let Some(doi) = &citation.doi
        && lowercase(doi).starts_with(ARXIV_DOI_PREFIX)
    {
        citation.arxiv = citation.arxiv.take().or_else(|| parse_arxiv_id(doi.get(ARXIV_DOI_PREFIX.len()..)?));
        citation.doi = None;
    }
    let source =
        citation.url.as_ref().map(PaperSource::from_url).filter(|source| source.kind == SourceKind::Arxiv);
    if let Some(source) = source {
        citation.arxiv = citation.arxiv.take().or(source.id);
    }
    // ADS and Zotero write the id as number or pages too.
    for field in [&mut citation.volume, &mut citation.issue, &mut citation.pages] {
        if let Some(id) =
            field.as_deref().filter(|text| lowercase(text).starts_with("arxiv:")).and_then(parse_arxiv_id)
        {
            citation.arxiv.get_or_insert(id);
            *field = None;
        }
    }
    read_arxiv_venue(citation);
}

/// Returns the address of a DOI. A name of the ACM Digital Library that is no DOI is found there alone.
fn doi_url(doi: &str) -> String {
    // These would end the path, or change what follows.
    let doi = doi.replace('%', "%25").replace('#', "%23").replace('?', "%3F");
    let host = if is_registered(&doi) { "doi.org" } else { "dl.acm.org/doi" };
    format!("https://{host}/{doi}")
}

/// Returns the URL of a DOI, else of an arXiv id.
pub fn identifier_url(citation: &Citation) -> Option<Url> {
    let doi = citation.doi.as_ref().map(|doi| doi_url(doi));
    let arxiv = || citation.arxiv.as_ref().map(|id| format!("https://arxiv.org/abs/{id}"));
    Url::parse(&doi.or_else(arxiv)?)
}
