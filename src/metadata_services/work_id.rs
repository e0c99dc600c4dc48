//! Identifiers of works, as people paste them.

use std::fmt;

use notebook_core::notebook::{PaperSource, SourceKind, Url, UrlKind};

/// The identifier by which a work is looked up.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(crate) enum WorkId {
    /// An arXiv id without its version.
    Arxiv(String),
    /// A DOI.
    Doi(String),
    /// An ISBN of 10 or 13 digits, without hyphens.
    Isbn(String),
    /// A number of `PubMed`.
    Pmid(String),
    /// A number of `PubMed` Central, with its letters: `PMC3531190`.
    Pmcid(String),
    /// The address of a page about the work.
    Page(Url),
}

impl WorkId {
    /// Reads `2010.11929`, `arXiv:2010.11929v2`, `10.1145/...`, `978-0-262-03561-3`, `PMID 23193287`, `PMC3531190`, or an address.
    /// A bare number of up to eight digits is one of `PubMed`.
    pub(crate) fn parse(text: &str) -> Option<Self> {
        let text = text.trim();
        if text.contains("://") {
            return Self::of_url(&Url::parse(text)?);
        }
        let labeled = |label: &str| {
            let (start, rest) = text.split_at_checked(label.len())?;
            start.eq_ignore_ascii_case(label).then(|| rest.trim_start_matches([':', ' ']).trim())
        };
        if let Some(number) = labeled("pmid") {
            return is_number(number, 8).then(|| Self::Pmid(number.to_owned()));
        }
        if let Some(number) = labeled("pmc") {
            return is_number(number, 9).then(|| Self::Pmcid(format!("PMC{number}")));
        }
        if let Some(isbn) = labeled("isbn") {
            return parse_isbn(isbn).map(Self::Isbn);
        }
        if let Some(id) = Self::of_resolver("https://arxiv.org/abs/", labeled("arxiv").unwrap_or(text)) {
            return Some(id);
        }
        let doi = labeled("doi").unwrap_or(text);
        if doi.starts_with("10.") {
            // These would end the path of an address.
            let doi = doi.replace('%', "%25").replace('#', "%23").replace('?', "%3F");
            return Self::of_resolver("https://doi.org/", &doi);
        }
        if let Some(isbn) = parse_isbn(text) {
            return Some(Self::Isbn(isbn));
        }
        if is_number(text, 8) {
            return Some(Self::Pmid(text.to_owned()));
        }
        // `arxiv.org/abs/2010.11929`, as browsers show it.
        let (host, path) = text.split_once('/')?;
        let is_host = host.contains('.') && !host.contains(char::is_whitespace) && !path.is_empty();
        if is_host {
            Self::of_url(&Url::parse(&format!("https://{text}"))?).filter(|id| !id.is_page())
        } else {
            None
        }
    }

    /// Returns the identifier in an address, or the address itself.
    pub(crate) fn of_url(url: &Url) -> Option<Self> {
        Self::of_source(&PaperSource::from_url(url)).or_else(|| {
            let UrlKind::Web(..) = url.kind() else { return None };
            Some(Self::Page(url.clone()))
        })
    }

    /// Returns the identifier among the facts of an address, if a service knows such identifiers.
    pub(crate) fn of_source(source: &PaperSource) -> Option<Self> {
        let id = source.id.clone()?;
        match source.kind {
            SourceKind::Arxiv => Some(Self::Arxiv(id)),
            SourceKind::Doi => Some(Self::Doi(id)),
            _ => match id.strip_prefix("PMID:") {
                Some(number) => Some(Self::Pmid(number.to_owned())),
                None => is_number(id.strip_prefix("PMC")?, 9).then_some(Self::Pmcid(id)),
            },
        }
    }

    fn of_resolver(resolver: &str, name: &str) -> Option<Self> {
        if name.contains(char::is_whitespace) {
            return None;
        }
        Self::of_source(&PaperSource::from_url(&Url::parse(&format!("{resolver}{name}"))?))
    }

    fn is_page(&self) -> bool {
        matches!(self, Self::Page(_))
    }
}

impl fmt::Display for WorkId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Arxiv(id) => write!(f, "arXiv:{id}"),
            Self::Doi(id) => write!(f, "doi:{id}"),
            Self::Isbn(id) => write!(f, "ISBN {id}"),
            Self::Pmid(id) => write!(f, "PMID {id}"),
            Self::Pmcid(id) => f.write_str(id),
            Self::Page(url) => f.write_str(url.as_str()),
        }
    }
}

fn is_number(text: &str, max_digits: usize) -> bool {
    (1..=max_digits).contains(&text.len())
        && text.bytes().all(|b| b.is_ascii_digit())
        && !text.starts_with('0')
}

/// Reads an ISBN with or without hyphens, whose check digit is right: <https://www.isbn-international.org/content/isbn-users-manual/29>.
fn parse_isbn(text: &str) -> Option<String> {
    let isbn: String = text.chars().filter(|c| !matches!(c, '-' | '‐' | '–' | ' ')).collect();
    let isbn = isbn.to_ascii_uppercase();
    let digit = |(at, c): (usize, char)| match c {
        'X' if at == 9 && isbn.len() == 10 => Some(10),
        c => c.to_digit(10),
    };
    let digits: Vec<u32> = isbn.chars().enumerate().map(digit).collect::<Option<_>>()?;
    let weighted =
        |weight: fn(usize) -> u32| digits.iter().enumerate().map(|(at, d)| weight(at) * d).sum::<u32>();
    let is_valid = match digits.len() {
        10 => weighted(|at| 10 - u32::try_from(at).unwrap_or(10)) % 11 == 0,
        13 => isbn.starts_with("97") && weighted(|at| if at % 2 == 0 { 1 } else { 3 }) % 10 == 0,
        _ => false,
    };
    is_valid.then_some(isbn)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn identifiers_are_read_as_people_paste_them() {
        let cases = [
            ("2010.11929", "arXiv:2010.11929"),
            ("arXiv:2010.11929v2", "arXiv:2010.11929"),
            (" arxiv: 2010.11929 ", "arXiv:2010.11929"),
            ("hep-th/9901001", "arXiv:hep-th/9901001"),
            ("https://arxiv.org/pdf/2010.11929v1.pdf", "arXiv:2010.11929"),
            ("arxiv.org/abs/2010.11929", "arXiv:2010.11929"),
            ("10.48550/arXiv.2010.11929", "arXiv:2010.11929"),
            ("10.1145/3292500.3330701", "doi:10.1145/3292500.3330701"),
            ("doi:10.1145/3292500.3330701", "doi:10.1145/3292500.3330701"),
            ("DOI 10.1145/3292500.3330701", "doi:10.1145/3292500.3330701"),
            ("https://dx.doi.org/10.1000/182", "doi:10.1000/182"),
            (
                "10.1002/(SICI)1(1998)17:15<1661::AID-S>3.0.CO;2-2",
                "doi:10.1002/(SICI)1(1998)17:15<1661::AID-S>3.0.CO;2-2",
            ),
            (
                "https://www.frontiersin.org/articles/10.3389/fnhum.2016.00123/full",
                "doi:10.3389/fnhum.2016.00123",
            ),
            ("978-0-262-03561-3", "ISBN 9780262035613"),
            ("ISBN 0-8044-2957-x", "ISBN 080442957X"),
            ("23193287", "PMID 23193287"),
            ("PMID: 23193287", "PMID 23193287"),
            ("https://pubmed.ncbi.nlm.nih.gov/23193287/", "PMID 23193287"),
            ("pmc3531190", "PMC3531190"),
            ("https://pmc.ncbi.nlm.nih.gov/articles/PMC3531190/", "PMC3531190"),
            (
                "https://proceedings.mlr.press/v97/tan19a.html",
                "https://proceedings.mlr.press/v97/tan19a.html",
            ),
        ];
        for (text, expected) in cases {
            assert_eq!(WorkId::parse(text).map(|id| id.to_string()).as_deref(), Some(expected), "{text}");
        }
    }

    #[test]
    fn other_text_is_no_identifier() {
        for text in [
            "",
            "paper.bib",
            "refs/paper.bib",
            "attention is all you need",
            "978-0-262-03561-4",
            "10.1/x",
            "0123",
            "123456789012",
            "arXiv:abc",
            "PMID x",
            "mailto:a@b.example",
        ] {
            assert_eq!(WorkId::parse(text), None, "{text}");
        }
    }
}
