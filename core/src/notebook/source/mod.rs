//! The facts that the address of a paper tells: its host, id, version, year, and whether anyone may read it.
//!
//! 1. [`hosts`] is the table of hosts, with the forms of their addresses as patterns ([`pattern`]).
//! 2. [`doi`] finds a DOI in any address or text, [`arxiv`] reads the ids of arXiv.
//! 3. [`host_kind`] tells papers from code, videos, data and blogs.

mod arxiv;
mod doi;
mod host_kind;
mod hosts;
mod pattern;

use std::borrow::Cow;

use percent_encoding::percent_decode_str;
use serde::Serialize;

use super::{Url, UrlKind};
#[cfg(feature = "bibliography")]
pub(crate) use arxiv::ARXIV_DOI_PREFIX;
#[cfg(feature = "bibliography")]
pub(crate) use doi::{find_doi, is_registered};
pub use host_kind::HostKind;
use hosts::{Host, Pages};

/// Facts about a paper from its address alone. Nothing here is guessed: what the address does
/// not tell is absent.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[cfg_attr(feature = "schema", schemars(rename = "Source"))]
pub struct PaperSource {
    /// The host, without `www.`; empty for a link on the author's own site.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub host: String,
    /// Kind of the address.
    #[serde(default, skip_serializing_if = "SourceKind::is_web")]
    pub kind: SourceKind,
    /// The paper's id: `1706.03762`, `10.1145/3582099.3582122`, `SkeJ6iR9Km`, `P18-1001`, `PMC3531190`.
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
    /// Access to its text.
    #[serde(default, skip_serializing_if = "Access::is_unknown")]
    pub access: Access,
}

/// Kind of a paper's address.
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

/// Access to a text: free, or for payment.
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
    /// Returns this value, or the other where this is unknown.
    fn or(self, other: Self) -> Self {
        if self == Self::Unknown { other } else { self }
    }

    #[expect(clippy::trivially_copy_pass_by_ref, reason = "serde asks by reference")]
    fn is_unknown(&self) -> bool {
        *self == Self::Unknown
    }
}

/// An address on the web, taken apart.
struct Address<'a> {
    /// The host in lower case, without `www.` and the name of a library's proxy.
    host: Cow<'a, str>,
    /// The path, percent-decoded.
    path: Cow<'a, str>,
    /// The query, as it was written.
    query: &'a str,
}

impl<'a> Address<'a> {
    fn new(url: &'a Url) -> Option<Self> {
        let UrlKind::Web(host, path) = url.kind() else { return None };
        let path = path.split('#').next().unwrap_or_default();
        let (path, query) = path.split_once('?').unwrap_or((path, ""));
        let path = percent_decode_str(path).decode_utf8().unwrap_or(Cow::Borrowed(path));
        Some(Self { host: without_proxy(host.to_lowercase()), path, query })
    }

    fn path(&self) -> pattern::Path<'_> {
        pattern::Path { path: &self.path, query: self.query }
    }

    /// Returns the address that this one shows or leads to: `proxy.example.edu/login?url=...` of a library, a page in the
    /// Internet Archive, or a link that a search engine or a forum counts.
    fn inner(&self) -> Option<Url> {
        let inner = if self.host == "web.archive.org" {
            let (_, inner) = self.path.strip_prefix("/web/")?.split_once('/')?;
            let query = if self.query.is_empty() { String::new() } else { format!("?{}", self.query) };
            format!("{inner}{query}")
        } else if self.host.split('.').any(is_proxy) {
            self.parameter(&["url", "qurl"])?
        } else {
            let is_host = |host: &str| {
                let rest = self.host.strip_suffix(host);
                rest.is_some_and(|rest| rest.is_empty() || rest.ends_with('.'))
            };
            let is_path = |path: &str| self.path.trim_end_matches('/') == path.trim_end_matches('/');
            let mut redirects = hosts::REDIRECTS.iter();
            let (.., keys) = redirects.find(|(host, path, _)| is_host(host) && is_path(path))?;
            self.parameter(keys)?
        };
        Url::parse(&inner).filter(|url| matches!(url.kind(), UrlKind::Web(..)))
    }

    /// Returns the value of the first parameter with one of these names.
    fn parameter(&self, keys: &[&str]) -> Option<String> {
        self.parameters().find(|(key, _)| keys.contains(&&**key)).map(|(_, value)| value.into_owned())
    }

    fn parameters(&self) -> form_urlencoded::Parse<'a> {
        form_urlencoded::parse(self.query.as_bytes())
    }

    /// Finds the DOI in the path, or in a parameter that is nothing else: `id=10.1371/...`, `doi=info:doi/10....`.
    fn doi(&self) -> Option<doi::Doi> {
        let is_resolver = matches!(&*self.host, "doi.org" | "dx.doi.org");
        if let Some(found) = doi::find_doi(&self.path) {
            if is_resolver {
                return Some(doi::as_registered(found));
            }
            let before = self.path.split_once("/doi/").map_or("", |(before, _)| before);
            let is_silverchair = before.rsplit('/').next().is_some_and(|segment| segment.contains("article"));
            return Some(doi::without_view(found, is_silverchair));
        }
        let mut values = self.parameters().map(|(_, value)| value);
        values.find_map(|value| {
            let rest = ["info:doi/", "doi:", ""].iter().find_map(|prefix| value.strip_prefix(prefix))?;
            let found = doi::find_doi(rest).filter(|_| rest.starts_with("10."))?;
            Some(doi::without_view(found, false))
        })
    }
}

/// Returns true for a label of a host that names the proxy of a library.
fn is_proxy(label: &str) -> bool {
    label.contains("proxy") || label.starts_with("ezp")
}

/// Removes the proxy of a library from a host: `dl.acm.org.proxy.example.edu`, `dl-acm-org.ezproxy.example.edu` or
/// `dl-acm-org.example.idm.oclc.org`. Forms: <https://help.oclc.org/Library_Management/EZproxy>.
fn without_proxy<'a>(host: String) -> Cow<'a, str> {
    let end =
        host.strip_suffix(".idm.oclc.org").and_then(|rest| rest.rsplit_once('.')).map(|(site, _)| site.len());
    let proxy = || {
        let mut end = 0;
        host.split('.').find_map(|label| {
            let start = end;
            end += label.len() + 1;
            (start > 0 && is_proxy(label)).then(|| start - 1)
        })
    };
    let Some(site) = end.or_else(proxy).and_then(|end| host.get(..end)) else { return host.into() };
    // A hyphen of the host itself is doubled.
    let dots = |site: &str| site.split("--").map(|part| part.replace('-', ".")).collect::<Vec<_>>().join("-");
    let site = if site.contains('.') { site.to_owned() } else { dots(site) };
    let site = site.strip_prefix("www.").unwrap_or(&site).to_owned();
    if site.contains('.') { site.into() } else { host.into() }
}

/// Result of recognizing an address.
struct Identity {
    /// The row of its host.
    row: Option<&'static Host>,
    /// Returns true if it is the address of a paper.
    is_paper: bool,
    /// The facts, without the host.
    source: PaperSource,
}

/// Recognizes an address. O(length).
fn identify(address: &Address) -> Identity {
    if let Some(inner) = address.inner()
        && let Some(inner) = Address::new(&inner)
        && inner.inner().is_none()
    {
        return identify(&inner);
    }
    let path = address.path();
    let row = Host::find(&address.host, &path);
    let facts = row.map(|row| row.read(&path)).unwrap_or_default();
    let source = match address.doi() {
        Some(doi) => from_doi(doi),
        None => facts.id.and_then(|id| from_template(&id, facts.version)),
    };
    let is_paper = row.is_some_and(|row| row.has_paper(&path, source.is_some())) || source.is_some();
    let mut source = source.unwrap_or_default();
    if is_paper {
        let access = row.map_or(Access::Unknown, |row| row.access);
        source.access = source.access.or(access);
        source.year = source.year.or(facts.year);
        if source.kind == SourceKind::Web {
            source.kind = SourceKind::Publisher;
        }
    } else if let Some(row) = row.filter(|row| matches!(row.pages, Pages::All(_))) {
        source.access = row.access;
    }
    Identity { row, is_paper, source }
}

/// Returns the facts that a DOI tells; `None` if it is not registered.
fn from_doi(doi: doi::Doi) -> Option<PaperSource> {
    if let Some(id) = strip_prefix_ignoring_case(&doi.name, arxiv::ARXIV_DOI_PREFIX) {
        return arxiv::from_id(id);
    }
    let path = pattern::Path { path: &doi.name, query: "" };
    let form = hosts::DOIS
        .iter()
        .find_map(|(form, access, _)| pattern::find(form, &path).map(|found| (found.year, *access)));
    let (year, access) = form.unwrap_or_default();
    doi::is_registered(&doi.name).then(|| PaperSource {
        kind: SourceKind::Doi,
        version: doi.version,
        year: year.or_else(|| doi::sici_year(&doi.name)),
        id: Some(doi.name),
        access,
        ..PaperSource::default()
    })
}

/// Returns the facts that an id tells, which is written as the table of hosts says.
fn from_template(id: &str, version: Option<u16>) -> Option<PaperSource> {
    if id.starts_with("10.") {
        return from_doi(doi::without_view(doi::find_doi(id)?, false));
    }
    let (scheme, name) = id.split_once(':').unwrap_or(("", id));
    let (kind, id) = match scheme {
        "arXiv" => return arxiv::from_id(name),
        "index" => return arxiv::from_index_name(name),
        "Nature" => return from_doi(doi::of_nature(name)?),
        "Lancet" => return from_doi(doi::of_lancet(name)?),
        "OpenReview" => (SourceKind::Openreview, name),
        "ACL" | "HAL" => (SourceKind::Publisher, name),
        _ => (SourceKind::Publisher, id),
    };
    // PubMed Central holds texts, PubMed abstracts.
    let access = if id.starts_with("PMC") { Access::Open } else { Access::Unknown };
    Some(PaperSource { kind, id: Some(id.to_owned()), version, access, ..PaperSource::default() })
}

fn strip_prefix_ignoring_case<'a>(text: &'a str, prefix: &str) -> Option<&'a str> {
    let (start, rest) = text.split_at_checked(prefix.len())?;
    start.eq_ignore_ascii_case(prefix).then_some(rest)
}

impl PaperSource {
    /// Returns the facts that an address tells. O(length).
    pub fn from_url(url: &Url) -> Self {
        let UrlKind::Web(host, _) = url.kind() else {
            return Self::default();
        };
        let source = Address::new(url).map(|address| identify(&address).source).unwrap_or_default();
        Self { host: host.to_lowercase(), ..source }
    }

    pub(super) fn is_empty(&self) -> bool {
        *self == Self::default()
    }

    /// Returns the id as people cite it: `arXiv:1706.03762`, `doi:10.1145/...`.
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

#[cfg(test)]
mod tests;
