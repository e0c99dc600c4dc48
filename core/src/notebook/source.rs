//! What a paper's address tells: its host, id, date, and whether anyone may read it.

use serde::Serialize;

use super::{Place, Url};

/// What is known of a paper from its address alone. Nothing here is guessed: what the address does
/// not tell is absent.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Source {
    /// The host, without `www.`; empty for a link on the author's own site.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub host: String,
    /// What kind of address it is.
    #[serde(default, skip_serializing_if = "SourceKind::is_web")]
    pub kind: SourceKind,
    /// The paper's id: `1706.03762`, `10.1145/3582099.3582122`, `SkeJ6iR9Km`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub id: Option<String>,
    /// The version the address asks for: 2 in `2010.11929v2`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub version: Option<u16>,
    /// The year it appeared.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub year: Option<u16>,
    /// The month it appeared, 1 to 12.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub month: Option<u8>,
    /// Whether its text can be read without paying.
    #[serde(default, skip_serializing_if = "Access::is_unknown")]
    pub access: Access,
}

/// What kind of address a paper has.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "lowercase")]
pub enum SourceKind {
    /// arXiv.
    Arxiv,
    /// A digital object identifier, at doi.org or inside a publisher's address.
    Doi,
    /// `OpenReview`.
    Openreview,
    /// A publisher's or proceedings page without one of the ids above.
    Publisher,
    /// Any other page.
    #[default]
    Web,
}

impl SourceKind {
    #[expect(clippy::trivially_copy_pass_by_ref, reason = "serde asks by reference")]
    fn is_web(&self) -> bool {
        *self == Self::Web
    }
}

/// Whether a text can be read without paying.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "lowercase")]
pub enum Access {
    /// Free to read.
    Open,
    /// Behind a subscription, as a rule.
    Paywalled,
    /// The host does not tell.
    #[default]
    Unknown,
}

impl Access {
    #[expect(clippy::trivially_copy_pass_by_ref, reason = "serde asks by reference")]
    fn is_unknown(&self) -> bool {
        *self == Self::Unknown
    }
}

/// Publishers and proceedings whose host tells whether their papers are free to read. ACM opened
/// all of its library on 2026-01-01; hosts that mix both (nature.com, springer.com) are not told.
const HOSTS: [(&str, Access); 24] = [
    ("aaai.org", Access::Open),
    ("aclanthology.org", Access::Open),
    ("biorxiv.org", Access::Open),
    ("distill.pub", Access::Open),
    ("dl.acm.org", Access::Open),
    ("elifesciences.org", Access::Open),
    ("frontiersin.org", Access::Open),
    ("ieeexplore.ieee.org", Access::Paywalled),
    ("jmlr.org", Access::Open),
    ("link.springer.com", Access::Unknown),
    ("mdpi.com", Access::Open),
    ("medrxiv.org", Access::Open),
    ("nature.com", Access::Unknown),
    ("neurips.cc", Access::Open),
    ("nips.cc", Access::Open),
    ("onlinelibrary.wiley.com", Access::Paywalled),
    ("openaccess.thecvf.com", Access::Open),
    ("plos.org", Access::Open),
    ("proceedings.mlr.press", Access::Open),
    ("sagepub.com", Access::Paywalled),
    ("science.org", Access::Paywalled),
    ("sciencedirect.com", Access::Paywalled),
    ("tandfonline.com", Access::Paywalled),
    ("transformer-circuits.pub", Access::Open),
];

impl Source {
    /// What `url` tells. O(length).
    pub fn of(url: &Url) -> Self {
        let Place::Web(host, path) = url.place() else {
            return Self::default();
        };
        let host = host.to_lowercase();
        let source = arxiv(&host, path).or_else(|| openreview(&host, path)).unwrap_or_else(|| {
            let listed = HOSTS.iter().find(|(known, _)| is_under(&host, known));
            let id = doi(path).map(str::to_owned);
            let kind = match (&id, listed) {
                (Some(_), _) => SourceKind::Doi,
                (None, Some(_)) => SourceKind::Publisher,
                (None, None) => SourceKind::Web,
            };
            let year = if kind == SourceKind::Publisher { year_in(path) } else { None };
            let access = listed.map_or(Access::Unknown, |&(_, access)| access);
            Self { kind, id, year, access, ..Self::default() }
        });
        Self { host, ..source }
    }

    pub(super) fn tells_nothing(&self) -> bool {
        *self == Self::default()
    }

    /// The id as people cite it: `arXiv:1706.03762`, `doi:10.1145/...`.
    pub fn label(&self) -> Option<String> {
        let id = self.id.as_deref()?;
        Some(match self.kind {
            SourceKind::Arxiv => format!("arXiv:{id}"),
            SourceKind::Doi => format!("doi:{id}"),
            SourceKind::Openreview => format!("OpenReview:{id}"),
            SourceKind::Publisher | SourceKind::Web => id.to_owned(),
        })
    }
}

fn is_under(host: &str, domain: &str) -> bool {
    host.strip_suffix(domain).is_some_and(|before| before.is_empty() || before.ends_with('.'))
}

/// `arxiv.org/abs/2010.11929v2`, `/pdf/...pdf`, `/abs/hep-th/9901001`, and arXiv's own DOIs.
/// Ids: <https://info.arxiv.org/help/arxiv_identifier.html>.
fn arxiv(host: &str, path: &str) -> Option<Source> {
    let path = path.split(['?', '#']).next()?;
    let raw = if is_under(host, "arxiv.org") {
        let rest = path.strip_prefix('/')?;
        rest.split_once('/').filter(|(page, _)| matches!(*page, "abs" | "pdf" | "html" | "format"))?.1
    } else {
        const PREFIX: &str = "10.48550/arxiv.";
        let at = path.to_ascii_lowercase().find(PREFIX)?;
        path.get(at + PREFIX.len()..)?
    };
    let raw = raw.strip_suffix(".pdf").unwrap_or(raw).trim_end_matches('/');
    let (id, version) = match raw.rsplit_once('v') {
        Some((id, digits)) if is_digits(digits) => (id, digits.parse().ok()),
        _ => (raw, None),
    };
    let number = match id.rsplit_once('/') {
        Some((archive, number)) if !archive.is_empty() && number.len() == 7 => number,
        None => id.split_once('.').filter(|(a, b)| a.len() == 4 && is_digits(b))?.0,
        Some(_) => return None,
    };
    let (yy, mm) = (number.get(..2)?, number.get(2..4)?);
    if !is_digits(number) {
        return None;
    }
    // The scheme began in 1991: 91 to 99 are of the last century.
    let year = yy.parse::<u16>().ok().map(|yy| if yy > 90 { 1900 + yy } else { 2000 + yy });
    let month = mm.parse::<u8>().ok().filter(|month| (1..=12).contains(month));
    Some(Source {
        kind: SourceKind::Arxiv,
        id: Some(id.to_owned()),
        version,
        year,
        month,
        access: Access::Open,
        ..Source::default()
    })
}

/// `openreview.net/forum?id=SkeJ6iR9Km`.
fn openreview(host: &str, path: &str) -> Option<Source> {
    if !is_under(host, "openreview.net") {
        return None;
    }
    let query = path.split_once('?')?.1;
    let query = query.split('#').next()?;
    let (_, id) = form_urlencoded::parse(query.as_bytes()).find(|(key, _)| key == "id")?;
    Some(Source {
        kind: SourceKind::Openreview,
        id: Some(id.into_owned()),
        access: Access::Open,
        ..Source::default()
    })
}

/// A DOI anywhere in a path: `10.`, four to nine digits, a slash, a suffix.
fn doi(path: &str) -> Option<&str> {
    let path = path.split(['?', '#']).next()?;
    let at = path.match_indices("10.").map(|(at, _)| at).find(|&at| {
        let starts = path.get(..at).is_some_and(|before| before.is_empty() || before.ends_with('/'));
        let registrant = path.get(at + 3..).and_then(|rest| rest.split_once('/'));
        starts
            && registrant.is_some_and(|(digits, suffix)| {
                let digits = digits.split('.').next().unwrap_or(digits);
                (4..=9).contains(&digits.len()) && is_digits(digits) && !suffix.is_empty()
            })
    })?;
    path.get(at..).map(|doi| doi.trim_end_matches('/'))
}

/// The one segment of a path that is a year: `/paper/2017/hash/...`.
fn year_in(path: &str) -> Option<u16> {
    let segments = path.split(['/', '.', '-', '?']).filter(|segment| segment.len() == 4);
    segments.filter_map(|segment| segment.parse().ok()).find(|year| (1950..=2100).contains(year))
}

fn is_digits(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(url: &str) -> Source {
        Source::of(&Url::parse(url).unwrap())
    }

    fn says(url: &str) -> String {
        let source = of(url);
        let year = source.year.map_or("-".into(), |year| year.to_string());
        format!("{} {year} {:?}", source.label().unwrap_or("-".into()), source.access)
    }

    #[test]
    fn an_address_tells_id_year_and_access() {
        let cases = [
            ("https://arxiv.org/abs/2010.11929v2", "arXiv:2010.11929 2020 Open"),
            ("https://arxiv.org/pdf/1706.03762.pdf", "arXiv:1706.03762 2017 Open"),
            ("http://www.arxiv.org/abs/hep-th/9901001", "arXiv:hep-th/9901001 1999 Open"),
            ("https://doi.org/10.48550/arXiv.1706.03762", "arXiv:1706.03762 2017 Open"),
            ("https://openreview.net/forum?id=SkeJ6iR9Km", "OpenReview:SkeJ6iR9Km - Open"),
            ("https://dl.acm.org/doi/abs/10.1145/3582099.3582122", "doi:10.1145/3582099.3582122 - Open"),
            ("https://doi.org/10.1000/182", "doi:10.1000/182 - Unknown"),
            ("doi:10.1000/182", "doi:10.1000/182 - Unknown"),
            ("https://ieeexplore.ieee.org/document/9345858", "- - Paywalled"),
            ("https://proceedings.neurips.cc/paper/2017/hash/3f5-Abstract.html", "- 2017 Open"),
            ("https://distill.pub/2020/circuits/zoom-in/", "- 2020 Open"),
            ("https://notarxiv.org/abs/2010.11929", "- - Unknown"),
            ("https://arxiv.org/list/cs.LG/recent", "- - Open"),
            ("/papers/mine", "- - Unknown"),
        ];
        for (url, expected) in cases {
            if url.contains("/list/") {
                assert_eq!(of(url).kind, SourceKind::Web, "{url}");
                continue;
            }
            assert_eq!(says(url), expected, "{url}");
        }
    }

    #[test]
    fn an_arxiv_id_tells_month_and_version() {
        let source = of("https://arxiv.org/abs/2010.11929v2");
        assert_eq!((source.year, source.month, source.version), (Some(2020), Some(10), Some(2)));
        assert_eq!(source.host, "arxiv.org");
    }
}
