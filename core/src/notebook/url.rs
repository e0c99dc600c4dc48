//! Addresses that are safe to follow.

use std::borrow::Cow;
use std::fmt;
use std::sync::Arc;

use serde::Serialize;

use crate::letters::cut;

/// Schemes a link may have. Everything else (`javascript:`, `data:`, ...) stays text.
const SCHEMES: [&str; 5] = ["http", "https", "mailto", "tel", "doi"];

/// An address with an allowed scheme, or one relative to the page. A value of this type is safe in
/// an `href` or `src`: there is no other way to make one than [`Url::parse`].
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[cfg_attr(feature = "schema", schemars(with = "String"))]
#[serde(try_from = "String", into = "String")]
pub struct Url(Arc<str>);

/// Where an address leads, seen from the notebook.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Place<'a> {
    /// Another site: host without `www.` and port, then path, query and fragment.
    Web(&'a str, &'a str),
    /// A program other than the browser: mail, telephone.
    Program,
    /// From the root of whatever site the page is on, or of the author's `home`.
    Root(&'a str),
    /// An anchor of this notebook, without its `#`.
    Anchor(&'a str),
    /// Beside the page.
    Beside(&'a str),
}

impl Url {
    /// Reads an address the way a browser would: white space and control characters around it and
    /// tabs or line ends inside it do not count. `None` for an empty one or a scheme not allowed.
    pub fn parse(text: &str) -> Option<Self> {
        let trimmed = text.trim_matches(|c: char| c.is_whitespace() || c.is_control());
        let parted = trimmed.contains(['\t', '\n', '\r']);
        let clean = if parted { Cow::Owned(trimmed.replace(['\t', '\n', '\r'], "")) } else { trimmed.into() };
        if clean.is_empty() {
            return None;
        }
        match scheme(&clean) {
            Some(scheme) if !SCHEMES.iter().any(|known| scheme.eq_ignore_ascii_case(known)) => None,
            _ => Some(Self(clean.into())),
        }
    }

    /// The address as an `href` says it.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Where it leads.
    pub fn place(&self) -> Place<'_> {
        if let Some(anchor) = self.0.strip_prefix('#') {
            return Place::Anchor(anchor);
        }
        let scheme = scheme(&self.0);
        let after = scheme.map_or(&*self.0, |s| self.0.get(s.len() + 1..).unwrap_or_default());
        match after.strip_prefix("//") {
            Some(rest) => {
                let end = rest.find(['/', '?', '#', '\\']).unwrap_or(rest.len());
                let (authority, path) = cut(rest, end);
                let host = authority.rsplit('@').next().unwrap_or(authority);
                let host = host.split(':').next().unwrap_or(host);
                Place::Web(host.strip_prefix("www.").unwrap_or(host), path)
            }
            None if scheme.is_some_and(|s| s.eq_ignore_ascii_case("doi")) => Place::Web("doi.org", after),
            None if scheme.is_some() => Place::Program,
            None if after.starts_with('/') => Place::Root(after),
            None => Place::Beside(after),
        }
    }

    /// What two addresses of one page have in common: host and path, without what does not change the page. Compare
    /// without case.
    pub(crate) fn page(&self) -> [&str; 2] {
        match self.place() {
            Place::Web(host, path) => [host, path.trim_end_matches('/')],
            _ => [self.as_str(), ""],
        }
    }

    /// This address as it is meant when the author's site is `home`: only those from the root change.
    #[must_use]
    pub fn from_home(&self, home: &Url) -> Self {
        match self.place() {
            Place::Root(path) => Self(format!("{}{path}", home.0.trim_end_matches('/')).into()),
            _ => self.clone(),
        }
    }
}

/// What stands before the first `:`, where no `/`, `?` or `#` comes earlier.
fn scheme(text: &str) -> Option<&str> {
    let end = text.find([':', '/', '?', '#'])?;
    let (before, after) = cut(text, end);
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
        url.0.as_ref().to_owned()
    }
}

impl fmt::Display for Url {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
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
            ("https://www.arxiv.org/abs/1?x#y", Place::Web("arxiv.org", "/abs/1?x#y")),
            ("HTTP://user@host:80", Place::Web("host", "")),
            ("//cdn.example/x", Place::Web("cdn.example", "/x")),
            ("doi:10.1145/1", Place::Web("doi.org", "10.1145/1")),
            ("mailto:a@b.c", Place::Program),
            ("/blog/a:b", Place::Root("/blog/a:b")),
            ("#top", Place::Anchor("top")),
            ("blog/a", Place::Beside("blog/a")),
            ("?q=1", Place::Beside("?q=1")),
        ];
        for (text, expected) in cases {
            let url = Url::parse(text);
            assert_eq!(url.as_ref().map(Url::place), Some(expected), "{text}");
        }
    }

    #[test]
    fn home_moves_links_from_the_root_and_no_others() {
        let home = Url::parse("https://me.example/").unwrap();
        let moved = |text| Url::parse(text).unwrap().from_home(&home).to_string();
        assert_eq!(moved("/blog/x"), "https://me.example/blog/x");
        assert_eq!(moved("blog/x"), "blog/x");
        assert_eq!(moved("#x"), "#x");
    }
}
