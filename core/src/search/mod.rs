//! What a query finds.
//!
//! [`Index::build`] folds every text of a notebook once; [`answer`] is then a function of notebook,
//! index and query. An [`Answer`] is complete: a view neither counts nor matches.

mod answer;
mod fold;
mod lexicon;
mod tags;
mod text;
mod words;

pub use answer::{
    Answer, Counted, FacetCounts, FacetValue, Field, Filter, FilterKind, Hit, Match, Shown, answer,
};
pub use lexicon::{
    Accepted, Alternatives, Damage, FieldSet, Found, How, Lexicon, LexiconBuilder, Near, Term,
};
pub use text::{Plain, field_text};

use crate::notebook::{Access, Entry, Id, Notebook, Reference, Section, plain};
use crate::query::Facet;
use fold::fold;

/// The id under which the introduction is found. No entry has it: slugs hold no `_`.
pub const INTRO: &str = "_intro";

/// The value of a facet that a paper does not tell.
pub const UNKNOWN: &str = "unknown";

/// Every text of a notebook, folded for comparison, with what papers can be filtered by.
///
/// Memory: about twice the text of the notebook.
#[derive(Clone, Debug)]
pub struct Index {
    records: Vec<Record>,
    /// Headings in document order, with the place of their parent.
    headings: Vec<Heading>,
    /// Every facet value, as it was met first.
    values: [Vec<Value>; Facet::COUNT],
    /// Places of the values, in the order they are shown.
    order: [Vec<usize>; Facet::COUNT],
}

/// A facet value: what the URL says, and what the author calls it.
#[derive(Clone, Debug)]
struct Value {
    value: String,
    label: String,
}

#[derive(Clone, Debug)]
struct Heading {
    id: Id,
    parent: Option<usize>,
    title: Plain,
    folded: String,
}

#[derive(Clone, Debug)]
struct Record {
    id: Id,
    kind: Counted,
    heading: Option<usize>,
    fields: Vec<(Field, Plain, String)>,
    /// What a paper can be filtered by, in the order of [`Facet::ALL`], as places among the index's
    /// values; none for other entries.
    facets: Option<Values>,
    year: Option<u16>,
}

/// Places of a paper's values of each facet.
type Values = [Vec<usize>; Facet::COUNT];

impl Index {
    /// Reads a notebook. O(its text).
    pub fn build(notebook: &Notebook) -> Self {
        let mut index = Self {
            records: Vec::new(),
            headings: Vec::new(),
            values: Default::default(),
            order: Default::default(),
        };
        if !notebook.intro.is_empty() {
            let mut text = Plain::default();
            text.blocks(&notebook.intro);
            index.record(Id::from(INTRO), Counted::Prose, None, vec![(Field::Notes, text)], None);
        }
        for section in &notebook.sections {
            index.section(section, None);
        }
        index.order = Facet::ALL.map(|facet| index.ordered(facet));
        index
    }

    fn section(&mut self, section: &Section, parent: Option<usize>) {
        let mut title = Plain::default();
        title.spans(&section.title);
        let folded = fold(&title).text;
        let here = self.headings.len();
        self.headings.push(Heading { id: section.id.clone(), parent, title, folded });
        for entry in &section.entries {
            let fields = Field::ALL.map(|field| (field, field_text(entry, field)));
            let fields: Vec<_> = fields.into_iter().filter(|(_, text)| !text.as_str().is_empty()).collect();
            let paper = match entry {
                Entry::Paper(paper) => Some((self.facets_of(paper, section, &fields), paper.source.year)),
                _ => None,
            };
            self.record(entry.id().clone(), Counted::of(entry), Some(here), fields, paper);
        }
        for inner in &section.sections {
            self.section(inner, Some(here));
        }
    }

    fn record(
        &mut self,
        id: Id,
        kind: Counted,
        heading: Option<usize>,
        fields: Vec<(Field, Plain)>,
        paper: Option<(Values, Option<u16>)>,
    ) {
        let (facets, year) = paper.map_or((None, None), |(facets, year)| (Some(facets), year));
        let fields = fields.into_iter().map(|(field, text)| {
            let folded = fold(&text).text;
            (field, text, folded)
        });
        self.records.push(Record { id, kind, heading, fields: fields.collect(), facets, year });
    }

    /// The places of a paper's facet values, new ones added.
    fn facets_of(&mut self, paper: &Reference, category: &Section, fields: &[(Field, Plain)]) -> Values {
        let source = &paper.source;
        Facet::ALL.map(|facet| match facet {
            Facet::Category => vec![self.value(facet, category.id.as_str(), &plain(&category.title))],
            Facet::Access => {
                let value = match source.access {
                    Access::Open => "open",
                    Access::Paywalled => "paywalled",
                    Access::Unknown => UNKNOWN,
                };
                vec![self.value(facet, value, value)]
            }
            Facet::Year => {
                let year = source.year.map_or_else(|| UNKNOWN.into(), |year| year.to_string());
                vec![self.value(facet, &year, &year)]
            }
            Facet::Host => {
                let host = if source.host.is_empty() { UNKNOWN } else { &source.host };
                vec![self.value(facet, host, host)]
            }
            Facet::Label => {
                let labels = tags::labels(paper);
                labels.iter().map(|label| self.value(facet, &tags::lower(label), label)).collect()
            }
            Facet::Tag => {
                let texts = fields.iter().filter(|(field, _)| *field != Field::Title);
                let mut tags: Vec<_> = texts.flat_map(|(_, text)| tags::tags(text)).collect();
                tags.dedup();
                tags.iter().map(|tag| self.value(facet, tag, tag)).collect()
            }
        })
    }

    /// The place of a facet's value, a new one if need be.
    fn value(&mut self, facet: Facet, value: &str, label: &str) -> usize {
        let Some(values) = self.values.get_mut(facet as usize) else { return usize::MAX };
        // The newest value is the likeliest: papers of a category stand together.
        values.iter().rposition(|known| known.value == value).unwrap_or_else(|| {
            values.push(Value { value: value.to_owned(), label: label.to_owned() });
            values.len() - 1
        })
    }

    /// Places of a facet's values in the order they are shown: categories in the author's order,
    /// labels as they were met, years from the newest, the rest by name; what is not known comes last.
    fn ordered(&self, facet: Facet) -> Vec<usize> {
        let Some(values) = self.values.get(facet as usize) else { return Vec::new() };
        let mut order: Vec<usize> = (0..values.len()).collect();
        let name = |at: &usize| values.get(*at).map_or("", |value| value.value.as_str());
        order.sort_by(|one, other| {
            let (a, b) = (name(one), name(other));
            (a == UNKNOWN).cmp(&(b == UNKNOWN)).then_with(|| match facet {
                Facet::Category | Facet::Label => one.cmp(other),
                Facet::Year => b.cmp(a),
                Facet::Access | Facet::Host | Facet::Tag => a.cmp(b),
            })
        });
        order
    }
}
