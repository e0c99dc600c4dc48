//! Addresses with an allowed scheme.

use std::borrow::Cow;
use std::cmp::Ordering;
use std::fmt;
use std::hash::{Hash, Hasher};
use std::sync::{Arc, OnceLock};

use serde::Serialize;

use super::source::HostKind;
use crate::unicode::split_at_boundary;

/// Schemes of links. Links with any other scheme (`javascript:`, `data:`) stay text.
const SCHEMES: [&str; 5] = ["http", "https", "mailto", "tel", "doi"];

/// An address with an allowed scheme, or one relative to the page. A value of this type is safe in
/// an `href` or `src`: there is no other way to make one than [`Url::parse`].
#[derive(Clone, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[cfg_attr(feature = "schema", schemars(with = "String"))]
#[serde(try_from = "String", into = "String")]
pub struct Url(Arc<Inner>);

struct Inner {
    text: Box<str>,
    /// Cached: reading asks for the kind of a link many times.
    host_kind: OnceLock<Option<HostKind>>,
}

/// Kind of the target of an address.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum UrlKind<'a> {
    /// Another site: host without `www.` and port, then path, query and fragment.
    Web(&'a str, &'a str),
    /// A target outside of the web: mail, telephone.
    NonWeb,
    /// A path from the root of the site, or of the author's `home`.
    RootRelative(&'a str),
    /// An anchor of the notebook, without `#`.
    Anchor(&'a str),
    /// A path relative to the page.
    Relative(&'a str),
}

/// Use of an address: readers follow a link, the page loads a picture.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum UrlUse {
    /// Target of a link.
    Link,
    /// Source of a picture.
    Image,
}

impl Url {
    /// Parses an address as browsers do (<https://url.spec.whatwg.org/#url-parsing>): white space and control characters
    /// around it, and tabs and line ends inside it, are ignored. Returns `None` if it is empty or its scheme is not allowed.
    pub fn parse(text: &str) -> Option<Self> {
        let trimmed = text.trim_matches(|c: char| c.is_whitespace() || c.is_control());
        let parted = trimmed.contains(['\t', '\n', '\r']);
        let clean = if parted { Cow::Owned(trimmed.replace(['\t', '\n', '\r'], "")) } else { trimmed.into() };
        if clean.is_empty() {
            return None;
        }
        match scheme(&clean) {
            Some(scheme) if !SCHEMES.iter().any(|known| scheme.eq_ignore_ascii_case(known)) => None,
            _ => Some(Self::new(clean.into())),
        }
    }

    fn new(text: Box<str>) -> Self {
        Self(Arc::new(Inner { text, host_kind: OnceLock::new() }))
    }

    /// Returns the address for an `href`.
    pub fn as_str(&self) -> &str {
        &self.0.text
    }

    /// Returns the kind of page that the address leads to, which `tell` is asked for the first time only.
    pub(super) fn cached_host_kind(&self, tell: fn(&Self) -> Option<HostKind>) -> Option<HostKind> {
        *self.0.host_kind.get_or_init(|| tell(self))
    }

    /// Returns the kind of the target.
    pub fn kind(&self) -> UrlKind<'_> {
        let text = self.as_str();
        if let Some(anchor) = text.strip_prefix('#') {
            return UrlKind::Anchor(anchor);
        }
        let scheme = scheme(text);
        let after = scheme.map_or(text, |s| text.get(s.len() + 1..).unwrap_or_default());
        match after.strip_prefix("//") {
            Some(rest) => {
                let end = rest.find(['/', '?', '#', '\\']).unwrap_or(rest.len());
                let (authority, path) = split_at_boundary(rest, end);
                let host = authority.rsplit('@').next().unwrap_or(authority);
                let host = host.split(':').next().unwrap_or(host);
                UrlKind::Web(host.strip_prefix("www.").unwrap_or(host), path)
            }
            None if scheme.is_some_and(|s| s.eq_ignore_ascii_case("doi")) => UrlKind::Web("doi.org", after),
            None if scheme.is_some() => UrlKind::NonWeb,
            None if after.starts_with('/') => UrlKind::RootRelative(after),
            None => UrlKind::Relative(after),
        }
    }

    /// Returns host and path, which two addresses of one page have in common. Compare them without case.
    pub(crate) fn page_key(&self) -> [&str; 2] {
        match self.kind() {
            UrlKind::Web(host, path) => [host, path.trim_end_matches('/')],
            _ => [self.as_str(), ""],
        }
    }

    /// Resolves a path from the root against the author's website. Other addresses are returned unchanged.
    #[must_use]
    pub fn resolve_from_home(&self, home: &Url) -> Self {
        match self.kind() {
            UrlKind::RootRelative(path) => {
                Self::new(format!("{}{path}", home.as_str().trim_end_matches('/')).into())
            }
            _ => self.clone(),
        }
    }
}

/// Returns the part before the first `:`, unless a `/`, `?` or `#` precedes it.
fn scheme(text: &str) -> Option<&str> {
    let end = text.find([':', '/', '?', '#'])?;
    let (before, after) = split_at_boundary(text, end);
    after.starts_with(':').then_some(before)
}

impl TryFrom<String> for Url {
    type Error = String;

    fn try_from(text: String) -> Result<Self, String> {
        Self::parse(&text).ok_or_else(|| format!("`{text}` is not an address that a link may have"))
    }
}

impl From<Url> for String {
    fn from(url: Url) -> Self {
        url.as_str().to_owned()
    }
}

impl fmt::Display for Url {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl fmt::Debug for Url {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Url").field(&self.as_str()).finish()
    }
}

impl PartialEq for Url {
    fn eq(&self, other: &Self) -> bool {
        self.as_str() == other.as_str()
    }
}

impl Eq for Url {}

impl Hash for Url {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.as_str().hash(state);
    }
}

impl PartialOrd for Url {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Url {
    fn cmp(&self, other: &Self) -> Ordering {
        self.as_str().cmp(other.as_str())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_listed_schemes_become_links() {
        let refused = [
            "javascript:alert(1)",
            " JaVaScRiPt:alert(1)",
            "java\tscript:alert(1)",
            "\u{1}javascript:alert(1)",
            "data:text/html,x",
            "vbscript:x",
            "file:///etc/passwd",
            "java script:x",
            ":x",
            "",
            "  ",
        ];
        for text in refused {
            assert_eq!(Url::parse(text), None, "{text:?}");
        }
    }

    #[test]
    fn an_address_says_where_it_leads() {
        let cases = [
            ("https://www.arxiv.org/abs/1?x#y", UrlKind::Web("arxiv.org", "/abs/1?x#y")),
            ("HTTP://user@host:80", UrlKind::Web("host", "")),
            ("//cdn.example/x", UrlKind::Web("cdn.example", "/x")),
            ("doi:10.1145/1", UrlKind::Web("doi.org", "10.1145/1")),
            ("mailto:a@b.c", UrlKind::NonWeb),
            ("/blog/a:b", UrlKind::RootRelative("/blog/a:b")),
            ("#top", UrlKind::Anchor("top")),
            ("blog/a", UrlKind::Relative("blog/a")),
            ("?q=1", UrlKind::Relative("?q=1")),
        ];
        for (text, expected) in cases {
            let url = Url::parse(text);
            assert_eq!(url.as_ref().map(Url::kind), Some(expected), "{text}");
        }
    }

    #[test]
    fn home_moves_links_from_the_root_and_no_others() {
        let home = Url::parse("https://me.example/").unwrap();
        let moved = |text| Url::parse(text).unwrap().resolve_from_home(&home).to_string();
        assert_eq!(moved("/blog/x"), "https://me.example/blog/x");
        assert_eq!(moved("blog/x"), "blog/x");
        assert_eq!(moved("#x"), "#x");
    }
}
