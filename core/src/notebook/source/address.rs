//! An address on the web, taken apart.

use std::borrow::Cow;

use percent_encoding::percent_decode_str;

use super::hosts::REDIRECTS;
use super::{doi, pattern};
use crate::notebook::{Url, UrlKind};

/// An address on the web, taken apart.
pub(super) struct Address<'a> {
    /// The host in lower case, without `www.` and the name of a library's proxy.
    pub(super) host: Cow<'a, str>,
    /// The path, percent-decoded.
    pub(super) path: Cow<'a, str>,
    /// The query, as it was written.
    query: &'a str,
}

impl<'a> Address<'a> {
    pub(super) fn new(url: &'a Url) -> Option<Self> {
        let UrlKind::Web(host, path) = url.kind() else { return None };
        let path = path.split('#').next().unwrap_or_default();
        let (path, query) = path.split_once('?').unwrap_or((path, ""));
        let path = percent_decode_str(path).decode_utf8().unwrap_or(Cow::Borrowed(path));
        Some(Self { host: without_proxy(host.to_lowercase()), path, query })
    }

    pub(super) fn path(&self) -> pattern::Path<'_> {
        pattern::Path { path: &self.path, query: self.query }
    }

    /// Returns the address that this one shows or leads to: `proxy.example.edu/login?url=...` of a library, a page in the
    /// Internet Archive, or a link that a search engine or a forum counts.
    pub(super) fn inner(&self) -> Option<Url> {
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
            let mut redirects = REDIRECTS.iter();
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
    pub(super) fn doi(&self) -> Option<doi::Doi> {
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
