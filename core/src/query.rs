//! Queries, which are values, and their text form: the query string of the page's URL.
//!
//! Both directions are total: any text parses to a query, and a query printed and parsed is the same query.

use std::ops::RangeInclusive;

use form_urlencoded::Serializer;

use crate::unicode::split_at_boundary;

/// A property by which papers are filtered.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Facet {
    /// Section of a paper. A value is the id of the section.
    Category,
    /// Access: `open`, `paywalled` or `unknown`.
    Access,
    /// Year of publication, or `unknown`. A value may be a range of years, `2015..2020`.
    Year,
    /// Author, from the bibliography.
    Author,
    /// Journal, proceedings or book, from the bibliography.
    Venue,
    /// Host of the address.
    Host,
    /// Label in the notes: `Proposal`.
    Label,
    /// Tag in the notes: `#tag`.
    Tag,
    /// Status set by the author: `{status=read}`.
    Status,
    /// A kind of link that it has: `code`, `video`, ... In the URL: `has=code`.
    Link,
}

impl Facet {
    /// Number of facets.
    pub const COUNT: usize = 10;

    /// All facets in the order of the page.
    pub const ALL: [Self; Self::COUNT] = [
        Self::Category,
        Self::Access,
        Self::Year,
        Self::Author,
        Self::Venue,
        Self::Host,
        Self::Label,
        Self::Tag,
        Self::Status,
        Self::Link,
    ];

    /// Returns true if the facet may have thousands of values, of which only the most frequent are listed.
    pub fn is_long(self) -> bool {
        matches!(self, Self::Author | Self::Venue)
    }

    /// Returns the name in the URL.
    pub fn key(self) -> &'static str {
        match self {
            Self::Category => "category",
            Self::Access => "access",
            Self::Year => "year",
            Self::Author => "author",
            Self::Venue => "venue",
            Self::Host => "host",
            Self::Label => "label",
            Self::Tag => "tag",
            Self::Status => "status",
            Self::Link => "has",
        }
    }
}

/// Parses a year or range of years, as in the URL and the search box: `2020`, `2020..2022`, `2020..`, `..2022`. Returns
/// `None` for any other text and for an empty range.
pub fn years(text: &str) -> Option<RangeInclusive<u16>> {
    let dots = text.find('.').map(|at| split_at_boundary(text, at));
    let Some((from, to)) = dots.and_then(|(from, rest)| Some((from, rest.strip_prefix("..")?))) else {
        let year = text.parse().ok()?;
        return Some(year..=year);
    };
    let from = if from.is_empty() { u16::MIN } else { from.parse().ok()? };
    let to = if to.is_empty() { u16::MAX } else { to.parse().ok()? };
    (from <= to && text != "..").then_some(from..=to)
}

/// The order of entries.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Sort {
    /// The most relevant to the words first.
    Relevance,
    /// In the author's order.
    DocumentOrder,
    /// The newest first.
    Year,
    /// In the order of the alphabet.
    Title,
}

impl Sort {
    /// All orders, as the page offers them.
    pub const ALL: [Self; 4] = [Self::Relevance, Self::DocumentOrder, Self::Year, Self::Title];

    /// Returns the name in the URL.
    pub fn key(self) -> &'static str {
        match self {
            Self::Relevance => "relevance",
            Self::DocumentOrder => "document",
            Self::Year => "year",
            Self::Title => "title",
        }
    }

    /// Returns the order that a URL names, in links of earlier versions too.
    fn from_key(key: &str) -> Option<Self> {
        let key = if key == "author" { Self::DocumentOrder.key() } else { key };
        Self::ALL.into_iter().find(|sort| sort.key() == key)
    }
}

/// The layout of papers.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Layout {
    /// Papers with their notes.
    #[default]
    Notes,
    /// A table of papers by the labels of their notes: `view=table`.
    Table {
        /// Hidden columns: `without=Background`.
        without: Vec<String>,
        /// Papers selected for comparison, by anchor: `pick=attention`. At most [`Layout::MAX_COMPARED`].
        picked: Vec<String>,
    },
    /// Papers side by side, by anchor: `compare=attention&compare=vit`. One to [`Layout::MAX_COMPARED`].
    Compare(Vec<String>),
}

impl Layout {
    /// Most papers side by side. Chosen: with more, the columns of a laptop are too narrow for notes.
    pub const MAX_COMPARED: usize = 3;

    /// Returns the table with all columns.
    pub fn table() -> Self {
        Self::Table { without: Vec::new(), picked: Vec::new() }
    }

    /// Returns true if papers are compared side by side.
    pub fn is_compare(&self) -> bool {
        matches!(self, Self::Compare(_))
    }
}

/// Adds a text to a list, or removes it if the list contains it.
pub fn toggle(list: &mut Vec<String>, text: &str) {
    match list.iter().position(|known| known == text) {
        Some(at) => drop(list.remove(at)),
        None => list.push(text.to_owned()),
    }
}

/// Name of the layout in the URL.
const VIEW: &str = "view";
/// Value of [`VIEW`] for the table.
const TABLE: &str = "table";
/// Its value in links of earlier versions.
const EARLIER_TABLE: &str = "matrix";
/// Name of a hidden column in the URL.
const WITHOUT: &str = "without";
/// Name of a paper selected for comparison in the URL.
const PICK: &str = "pick";
/// Name of a compared paper in the URL.
const COMPARE: &str = "compare";
/// Name of the words in the URL.
const WORDS: &str = "q";
/// Name of the order in the URL.
const SORT: &str = "sort";

/// A query: words and selected values of facets.
///
/// A paper matches if it matches the words and, for each facet with selected values, one of these.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Query {
    /// Words as typed.
    pub words: String,
    /// Order of the results. The default is by relevance if there are words, else the author's.
    pub sort: Option<Sort>,
    /// Layout of the results.
    pub layout: Layout,
    /// Selected values, sorted and without duplicates.
    chosen: Vec<(Facet, String)>,
}

impl Query {
    /// Parses the query string of a URL, with or without `?`. Unknown names are ignored.
    pub fn parse(text: &str) -> Self {
        let mut query = Self::default();
        let (mut is_table, mut without, mut picked, mut compared) =
            (false, Vec::new(), Vec::new(), Vec::new());
        let meet = |list: &mut Vec<String>, most: usize, value: &str| {
            if list.len() < most && !list.iter().any(|known| known == value) {
                list.push(value.to_owned());
            }
        };
        for (name, value) in form_urlencoded::parse(text.strip_prefix('?').unwrap_or(text).as_bytes()) {
            if name == WORDS {
                query.words = value.into_owned();
            } else if name == SORT {
                query.sort = Sort::from_key(&value);
            } else if name == VIEW {
                is_table = value == TABLE || value == EARLIER_TABLE;
            } else if name == WITHOUT {
                meet(&mut without, usize::MAX, &value);
            } else if name == PICK {
                meet(&mut picked, Layout::MAX_COMPARED, &value);
            } else if name == COMPARE {
                meet(&mut compared, Layout::MAX_COMPARED, &value);
            } else if let Some(facet) = Facet::ALL.into_iter().find(|facet| facet.key() == name) {
                query.choose(facet, &value);
            }
        }
        if !compared.is_empty() {
            query.layout = Layout::Compare(compared);
        } else if is_table {
            query.layout = Layout::Table { without, picked };
        }
        query
    }

    /// Returns the query string with `?`. An empty query is a lone `?`, which links to the page itself.
    pub fn print(&self) -> String {
        let mut text = Serializer::for_suffix(String::from("?"), 1);
        if !self.words.is_empty() {
            text.append_pair(WORDS, &self.words);
        }
        for (facet, value) in self.chosen() {
            text.append_pair(facet.key(), value);
        }
        if let Some(sort) = self.sort {
            text.append_pair(SORT, sort.key());
        }
        let mut list = |name, list: &[String]| {
            text.extend_pairs(list.iter().map(|value| (name, value)));
        };
        match &self.layout {
            Layout::Notes => {}
            Layout::Table { without, picked } => {
                list(VIEW, &[TABLE.to_owned()]);
                list(WITHOUT, without);
                list(PICK, picked);
            }
            Layout::Compare(compared) => list(COMPARE, compared),
        }
        text.finish()
    }

    /// Returns true if the query matches everything.
    pub fn is_empty(&self) -> bool {
        self.words.trim().is_empty() && self.chosen.is_empty()
    }

    /// Returns true if a facet value is selected.
    pub fn has(&self, facet: Facet, value: &str) -> bool {
        self.place(facet, value).is_ok()
    }

    /// Iterates over the selected values, by facet.
    pub fn chosen(&self) -> impl Iterator<Item = (Facet, &str)> {
        self.chosen.iter().map(|(facet, value)| (*facet, value.as_str()))
    }

    /// Returns true if any value of a facet is selected.
    pub fn narrows(&self, facet: Facet) -> bool {
        self.chosen.iter().any(|(chosen, _)| *chosen == facet)
    }

    /// Returns the query with `value` as the only value of a facet, or with none.
    #[must_use]
    pub fn with_only(&self, facet: Facet, value: Option<&str>) -> Self {
        let mut query = self.clone();
        query.chosen.retain(|(chosen, _)| *chosen != facet);
        if let Some(value) = value {
            query.choose(facet, value);
        }
        query
    }

    /// Returns true if any value of any facet is selected.
    pub fn has_facets(&self) -> bool {
        !self.chosen.is_empty()
    }

    /// Returns the query with a value added, or removed if it is selected.
    #[must_use]
    pub fn toggled(&self, facet: Facet, value: &str) -> Self {
        let mut query = self.clone();
        match query.place(facet, value) {
            Ok(at) => drop(query.chosen.remove(at)),
            Err(_) => query.choose(facet, value),
        }
        query
    }

    fn place(&self, facet: Facet, value: &str) -> Result<usize, usize> {
        self.chosen
            .binary_search_by(|(known, chosen)| known.cmp(&facet).then_with(|| chosen.as_str().cmp(value)))
    }

    fn choose(&mut self, facet: Facet, value: &str) {
        if let Err(at) = self.place(facet, value) {
            self.chosen.insert(at, (facet, value.to_owned()));
        }
    }

    /// Returns the query with other words.
    #[must_use]
    pub fn with_words(&self, words: &str) -> Self {
        Self { words: words.to_owned(), ..self.clone() }
    }

    /// Returns the query with another layout.
    #[must_use]
    pub fn laid_out(&self, layout: Layout) -> Self {
        Self { layout, ..self.clone() }
    }

    /// Returns the query with another order.
    #[must_use]
    pub fn sorted(&self, sort: Option<Sort>) -> Self {
        Self { sort, ..self.clone() }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use proptest::test_runner::RngSeed;

    use super::*;

    #[test]
    fn a_query_is_its_url() {
        let query = Query::default()
            .with_words("auto-encoder & más")
            .toggled(Facet::Category, "vision")
            .toggled(Facet::Category, "practice")
            .toggled(Facet::Year, "2020");
        let text = query.print();
        assert_eq!(text, "?q=auto-encoder+%26+m%C3%A1s&category=practice&category=vision&year=2020");
        assert_eq!(Query::parse(&text), query);
    }

    #[test]
    fn a_layout_is_in_the_url() {
        let table = Query::default()
            .laid_out(Layout::Table { without: vec!["A b".into()], picked: vec!["x".into()] });
        assert_eq!(table.print(), "?view=table&without=A+b&pick=x");
        assert_eq!(Query::parse("?without=A+b&pick=x&pick=x&view=table"), table);
        assert_eq!(Query::parse("?view=matrix&without=A+b&pick=x"), table, "links of earlier versions work");
        assert_eq!(Query::parse("?view=other&without=A"), Query::default());
        let Layout::Compare(compared) =
            Query::parse("?view=table&compare=a&compare=b&compare=c&compare=d").layout
        else {
            panic!("papers are named");
        };
        assert_eq!(compared, ["a", "b", "c"], "no more than fit");
    }

    #[test]
    fn choosing_twice_is_not_choosing() {
        let query = Query::default().toggled(Facet::Host, "arxiv.org").toggled(Facet::Host, "arxiv.org");
        assert_eq!(query, Query::default());
        assert_eq!(query.print(), "?");
    }

    proptest! {
        #![proptest_config(ProptestConfig { rng_seed: RngSeed::Fixed(1), failure_persistence: None, ..ProptestConfig::default() })]
        #[test]
        fn any_text_is_a_query_and_prints_as_itself(text in ".*") {
            let query = Query::parse(&text);
            prop_assert_eq!(Query::parse(&query.print()), query);
        }
    }
}
