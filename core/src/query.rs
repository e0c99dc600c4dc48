//! What a reader asks. A [`Query`] is a value, and its text is the query part of the page's URL.
//!
//! Both ways are total: any text is some query, and a query read back from its own text is itself.

use std::ops::RangeInclusive;

use form_urlencoded::Serializer;

use crate::letters::cut;

/// A question papers can be sorted into answers by.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Facet {
    /// The section a paper stands in; a value is that section's id.
    Category,
    /// `open`, `paywalled` or `unknown`.
    Access,
    /// The year it appeared, or `unknown`; a value may be a range of years, `2015..2020`.
    Year,
    /// Who wrote it, by the bibliography.
    Author,
    /// The journal, proceedings or book it appeared in, by the bibliography.
    Venue,
    /// The host of its address.
    Host,
    /// A label that its notes have: `Proposal`.
    Label,
    /// A `#tag` in its notes.
    Tag,
    /// What the author says of it: `{status=read}`.
    Status,
}

impl Facet {
    /// How many there are.
    pub const COUNT: usize = 9;

    /// In the order they are shown.
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
    ];

    /// Whether it may have thousands of values: then only those of most papers are listed.
    pub fn is_long(self) -> bool {
        matches!(self, Self::Author | Self::Venue)
    }

    /// The name in the URL.
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
        }
    }
}

/// Reads years as the URL and the box for words say them: `2020`, `2020..2022`, `2020..`, `..2022`.
pub fn years(text: &str) -> Option<RangeInclusive<u16>> {
    let dots = text.find('.').map(|at| cut(text, at));
    let Some((from, to)) = dots.and_then(|(from, rest)| Some((from, rest.strip_prefix("..")?))) else {
        let year = text.parse().ok()?;
        return Some(year..=year);
    };
    let from = if from.is_empty() { u16::MIN } else { from.parse().ok()? };
    let to = if to.is_empty() { u16::MAX } else { to.parse().ok()? };
    (from <= to && text != "..").then_some(from..=to)
}

/// How entries are put in order.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Sort {
    /// How well they answer the words.
    Relevance,
    /// As the author has them.
    Author,
    /// The newest first.
    Year,
    /// By title.
    Title,
}

impl Sort {
    /// In the order they are offered.
    pub const ALL: [Self; 4] = [Self::Relevance, Self::Author, Self::Year, Self::Title];

    /// The name in the URL.
    pub fn key(self) -> &'static str {
        match self {
            Self::Relevance => "relevance",
            Self::Author => "author",
            Self::Year => "year",
            Self::Title => "title",
        }
    }
}

/// How papers are laid out.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Layout {
    /// As the author wrote them.
    #[default]
    Notes,
    /// A table of papers by the labels of their notes: `view=matrix`.
    Matrix {
        /// Columns that are not shown: `without=Background`.
        without: Vec<String>,
        /// Papers to be compared, by anchor: `pick=attention`.
        picked: Vec<String>,
    },
    /// A few papers side by side, by anchor: `compare=attention&compare=vit`. Never none.
    Compare(Vec<String>),
}

impl Layout {
    /// Papers that stand side by side at the most: more fit on no page.
    pub const MOST: usize = 3;

    /// The table, with everything in it.
    pub fn matrix() -> Self {
        Self::Matrix { without: Vec::new(), picked: Vec::new() }
    }

    /// Whether papers stand side by side.
    pub fn is_compare(&self) -> bool {
        matches!(self, Self::Compare(_))
    }
}

/// Adds a text to a list, or takes it away where it was in it.
pub fn toggle(list: &mut Vec<String>, text: &str) {
    match list.iter().position(|known| known == text) {
        Some(at) => drop(list.remove(at)),
        None => list.push(text.to_owned()),
    }
}

/// The name of the layout in the URL.
const VIEW: &str = "view";
/// The one layout that is called by a name.
const MATRIX: &str = "matrix";
/// The name of a column that is not shown.
const WITHOUT: &str = "without";
/// The name of a paper that may be compared.
const PICK: &str = "pick";
/// The name of a paper that is compared.
const COMPARE: &str = "compare";
/// The name of the words in the URL.
const WORDS: &str = "q";
/// The name of the order in the URL.
const SORT: &str = "sort";

/// What a reader asks: words, and any number of values of any facet.
///
/// Values of one facet widen the answer, facets and words narrow it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Query {
    /// As typed.
    pub words: String,
    /// The order; by itself that of relevance where words are asked for, else the author's.
    pub sort: Option<Sort>,
    /// How the answer is laid out.
    pub layout: Layout,
    /// Sorted, each once.
    chosen: Vec<(Facet, String)>,
}

impl Query {
    /// Reads the query part of a URL, with or without its `?`. Unknown names are passed over.
    pub fn parse(text: &str) -> Self {
        let mut query = Self::default();
        let (mut is_matrix, mut without, mut picked, mut compared) =
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
                query.sort = Sort::ALL.into_iter().find(|sort| sort.key() == value);
            } else if name == VIEW {
                is_matrix = value == MATRIX;
            } else if name == WITHOUT {
                meet(&mut without, usize::MAX, &value);
            } else if name == PICK {
                meet(&mut picked, Layout::MOST, &value);
            } else if name == COMPARE {
                meet(&mut compared, Layout::MOST, &value);
            } else if let Some(facet) = Facet::ALL.into_iter().find(|facet| facet.key() == name) {
                query.choose(facet, &value);
            }
        }
        if !compared.is_empty() {
            query.layout = Layout::Compare(compared);
        } else if is_matrix {
            query.layout = Layout::Matrix { without, picked };
        }
        query
    }

    /// The query part of a URL with its `?`; a query that asks nothing is a lone `?`, a link to the
    /// page itself.
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
            Layout::Matrix { without, picked } => {
                list(VIEW, &[MATRIX.to_owned()]);
                list(WITHOUT, without);
                list(PICK, picked);
            }
            Layout::Compare(compared) => list(COMPARE, compared),
        }
        text.finish()
    }

    /// Whether it asks for everything.
    pub fn is_empty(&self) -> bool {
        self.words.trim().is_empty() && self.chosen.is_empty()
    }

    /// Whether a facet value is chosen.
    pub fn has(&self, facet: Facet, value: &str) -> bool {
        self.place(facet, value).is_ok()
    }

    /// Every chosen value, by facet.
    pub fn chosen(&self) -> impl Iterator<Item = (Facet, &str)> {
        self.chosen.iter().map(|(facet, value)| (*facet, value.as_str()))
    }

    /// Whether any value of a facet is chosen.
    pub fn narrows(&self, facet: Facet) -> bool {
        self.chosen.iter().any(|(chosen, _)| *chosen == facet)
    }

    /// This query with other values of one facet.
    #[must_use]
    pub fn with_only(&self, facet: Facet, value: Option<&str>) -> Self {
        let mut query = self.clone();
        query.chosen.retain(|(chosen, _)| *chosen != facet);
        if let Some(value) = value {
            query.choose(facet, value);
        }
        query
    }

    /// Whether any facet is chosen.
    pub fn has_facets(&self) -> bool {
        !self.chosen.is_empty()
    }

    /// This query with one value added, or taken away where it was chosen.
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

    /// This query with other words.
    #[must_use]
    pub fn with_words(&self, words: &str) -> Self {
        Self { words: words.to_owned(), ..self.clone() }
    }

    /// This query in another layout.
    #[must_use]
    pub fn laid_out(&self, layout: Layout) -> Self {
        Self { layout, ..self.clone() }
    }

    /// This query in another order.
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
        let matrix = Query::default()
            .laid_out(Layout::Matrix { without: vec!["A b".into()], picked: vec!["x".into()] });
        assert_eq!(matrix.print(), "?view=matrix&without=A+b&pick=x");
        assert_eq!(Query::parse("?without=A+b&pick=x&pick=x&view=matrix"), matrix);
        assert_eq!(Query::parse("?view=other&without=A"), Query::default());
        let Layout::Compare(compared) =
            Query::parse("?view=matrix&compare=a&compare=b&compare=c&compare=d").layout
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
