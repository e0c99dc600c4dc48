//! Patterns for the paths of addresses, as they stand in the table of hosts.
//!
//! | in a pattern | matches |
//! | --- | --- |
//! | `{year}` | a year of four digits |
//! | `{yy}` | a year of two digits |
//! | `{version}`, `{n}` | digits |
//! | `{nnnn}` | four digits |
//! | `{letters}` | ASCII letters |
//! | `{word}` | ASCII letters, `-` and `_` |
//! | `{name}` | ASCII letters, digits and `-` |
//! | `{slug}` | ASCII letters, digits, `-`, `_` and `.` |
//! | `{rest}` | everything up to the end of the path |
//! | `*` | everything up to the end of the segment |
//! | `**/` at the start | any number of segments |
//! | `(…)` | what it encloses, as the id |
//! | `[…]` | what it encloses, or nothing |
//! | `?key=…` at the end | the value of this parameter, as a whole |
//! | `?` at the end | some parameters, and nothing more of the path |
//! | anything else | itself, in upper or lower case |
//!
//! A pattern matches the beginning of a path. A year is read only where a pattern says that one stands: every other number
//! is a number. Each part takes as much as it can and never gives back, so that matching is linear.

/// Years that an address can tell. The first conference whose papers are in the ACL Anthology met in 1952.
pub(super) const YEARS: std::ops::RangeInclusive<u16> = 1950..=2100;

/// Years of two digits from here on are of the last century: arXiv began in 1991, the oldest proceedings with such names
/// are of the sixties.
const LAST_CENTURY: u16 = 60;

/// An address without scheme and host.
pub(super) struct Path<'a> {
    /// The path, percent-decoded.
    pub(super) path: &'a str,
    /// The query, as it was written.
    pub(super) query: &'a str,
}

/// The facts that a pattern found in an address.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Captures {
    pub(super) id: Option<String>,
    pub(super) year: Option<u16>,
    pub(super) version: Option<u16>,
}

/// Matches an address with a pattern. O(length of the address) for each part of the pattern.
pub(super) fn find(pattern: &str, address: &Path) -> Option<Captures> {
    let (path, parameter) =
        pattern.split_once('?').map_or((pattern, None), |(path, rest)| (path, Some(rest)));
    let found = match path.strip_prefix("**/") {
        Some(path) => segments(address.path).find_map(|rest| Matcher::start(path, rest))?,
        None => Matcher::start(path, address.path)?,
    };
    let Some((key, pattern)) = parameter.and_then(|parameter| parameter.split_once('=')) else {
        return Some(found.captures);
    };
    let mut parameters = form_urlencoded::parse(address.query.as_bytes());
    let (_, value) = parameters.find(|(name, _)| name.eq_ignore_ascii_case(key))?;
    let matched = Matcher::start(pattern, &value)?;
    matched.rest.is_empty().then_some(matched.captures)
}

/// Returns true if an address matches a pattern. O(length of the address) for each part of the pattern.
pub(super) fn begins(pattern: &str, address: &Path) -> bool {
    let Some(path) = pattern.strip_suffix('?') else { return find(pattern, address).is_some() };
    !address.query.is_empty() && Matcher::start(path, address.path).is_some_and(|found| found.rest.is_empty())
}

/// The ends of a path that begin a segment.
fn segments(path: &str) -> impl Iterator<Item = &str> {
    path.match_indices('/').filter_map(|(at, slash)| path.get(at + slash.len()..))
}

struct Matcher<'a> {
    rest: &'a str,
    captures: Captures,
}

impl<'a> Matcher<'a> {
    /// Matches the beginning of a text with a pattern.
    fn start(pattern: &str, text: &'a str) -> Option<Self> {
        let mut matcher = Self { rest: text, captures: Captures::default() };
        matcher.run(pattern)?;
        Some(matcher)
    }

    fn run(&mut self, mut pattern: &str) -> Option<()> {
        while let Some(first) = pattern.chars().next() {
            let after = pattern.get(first.len_utf8()..)?;
            pattern = match first {
                '{' => {
                    let (name, after) = after.split_once('}')?;
                    self.field(name)?;
                    after
                }
                '(' => {
                    let (inner, after) = after.split_once(')')?;
                    let before = self.rest;
                    self.run(inner)?;
                    let length = before.len() - self.rest.len();
                    self.captures.id = before.get(..length).map(str::to_owned);
                    after
                }
                '[' => {
                    let (inner, after) = after.split_once(']')?;
                    let before = self.rest;
                    if self.run(inner).is_none() {
                        self.rest = before;
                    }
                    after
                }
                '*' => {
                    self.take(|c| c != '/');
                    after
                }
                _ => {
                    let next = self.rest.chars().next().filter(|c| c.eq_ignore_ascii_case(&first))?;
                    self.rest = self.rest.get(next.len_utf8()..)?;
                    after
                }
            };
        }
        Some(())
    }

    fn field(&mut self, name: &str) -> Option<()> {
        let taken = match name {
            "year" | "yy" | "version" | "n" | "nnnn" => self.take(|c| c.is_ascii_digit()),
            "letters" => self.take(|c| c.is_ascii_alphabetic()),
            "word" => self.take(|c| c.is_ascii_alphabetic() || matches!(c, '-' | '_')),
            "name" => self.take(|c| c.is_ascii_alphanumeric() || c == '-'),
            "slug" => self.take(|c| c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | '.')),
            "rest" => self.take(|_| true),
            _ => return None,
        };
        match (name, taken.len()) {
            ("year", 4) => self.captures.year = Some(taken.parse().ok().filter(|year| YEARS.contains(year))?),
            ("yy", 2) => {
                let year: u16 = taken.parse().ok()?;
                self.captures.year = Some(if year < LAST_CENTURY { 2000 + year } else { 1900 + year });
            }
            ("nnnn", 4) => {}
            (_, 0) | ("year" | "yy" | "nnnn", _) => return None,
            ("version", _) => self.captures.version = taken.parse().ok(),
            _ => {}
        }
        Some(())
    }

    fn take(&mut self, is_part: impl Fn(char) -> bool) -> &'a str {
        let end = self.rest.find(|c| !is_part(c)).unwrap_or(self.rest.len());
        let (taken, rest) = self.rest.split_at_checked(end).unwrap_or((self.rest, ""));
        self.rest = rest;
        taken
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(pattern: &str, path: &str) -> Option<(Option<String>, Option<u16>, Option<u16>)> {
        let (path, query) = path.split_once('?').unwrap_or((path, ""));
        find(pattern, &Path { path, query }).map(|found| (found.id, found.year, found.version))
    }

    #[test]
    fn each_part_of_a_pattern_matches_what_the_documentation_says() {
        let id = |id: &str| Some(id.to_owned());
        let cases = [
            ("/a/{year}/", "/a/2017/x", Some((None, Some(2017), None))),
            ("/a/{year}/", "/a/20171/x", None),
            ("/a/{year}/", "/a/1066/x", None),
            ("/{word}{yy}", "/tan-li19a.html", Some((None, Some(2019), None))),
            ("/{word}{yy}", "/tan1999", None),
            ("/{letters}{yy}", "/osdi99", Some((None, Some(1999), None))),
            ("/({letters}-{n})[v{version}]", "/hal-012v3/x", Some((id("hal-012"), None, Some(3)))),
            ("/({letters}-{n})[v{version}]", "/HAL-012", Some((id("HAL-012"), None, None))),
            ("**/PMC({n})", "/a/b/pmc12/pdf", Some((id("12"), None, None))),
            ("**/PMC({n})", "/a/b/xpmc12", None),
            ("/v*/({slug})", "/v12n3/x.1_2-3;4", Some((id("x.1_2-3"), None, None))),
            ("/f?id=({slug})", "/f?x=1&ID=a-b", Some((id("a-b"), None, None))),
            ("/f?id=({slug})", "/f?id=a/b", None),
            ("/f?id=({slug})", "/f", None),
            ("/({letters}{yy}-{nnnn})", "/P18-1001/", Some((id("P18-1001"), Some(2018), None))),
            ("/({letters}{yy}-{nnnn})", "/P18-1", None),
            ("/({year}.{name}.{n})", "/2020.a-b2.10.pdf", Some((id("2020.a-b2.10"), Some(2020), None))),
            ("/({year}.{name}.{n})", "/2020.a-b2/", None),
            ("/({rest})", "/hep-th/9901001", Some((id("hep-th/9901001"), None, None))),
        ];
        for (pattern, path, expected) in cases {
            assert_eq!(found(pattern, path), expected, "{pattern} {path}");
        }
    }

    #[test]
    fn a_pattern_may_demand_parameters() {
        let begins = |pattern, path, query| begins(pattern, &Path { path, query });
        assert!(begins("/forum?", "/forum", "id=1"));
        assert!(!begins("/forum?", "/forum", ""));
        assert!(!begins("/forum?", "/forum/x", "id=1"));
        assert!(begins("/forum", "/forum/x", ""));
        assert!(begins("**/article", "/mind/article-abstract/1", ""));
        assert!(!begins("**/article", "/mind/issue/1", ""));
    }
}
