//! What a query finds.
//!
//! [`Index::build`] folds every text of a notebook once; [`answer`] is then a function of notebook,
//! index and query. An [`Answer`] is complete: a view neither counts nor matches.

mod answer;
mod fold;
mod text;

pub use answer::{
    Answer, Counted, FacetCounts, FacetValue, Field, Filter, FilterKind, Hit, Match, Shown, answer,
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
    /// Every facet value in the order it is shown.
    values: [Vec<Value>; Facet::COUNT],
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
    facets: Option<[usize; Facet::COUNT]>,
}

impl Index {
    /// Reads a notebook. O(its text).
    pub fn build(notebook: &Notebook) -> Self {
        let mut index = Self { records: Vec::new(), headings: Vec::new(), values: Default::default() };
        if !notebook.intro.is_empty() {
            let mut text = Plain::default();
            text.blocks(&notebook.intro);
            index.record(Id::from(INTRO), Counted::Prose, None, vec![(Field::Notes, text)], None);
        }
        for section in &notebook.sections {
            index.section(section, None);
        }
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
            let fields = fields.into_iter().filter(|(_, text)| !text.as_str().is_empty()).collect();
            let facets = match entry {
                Entry::Paper(paper) => Some(self.facets_of(paper, section)),
                _ => None,
            };
            self.record(entry.id().clone(), Counted::of(entry), Some(here), fields, facets);
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
        facets: Option<[usize; Facet::COUNT]>,
    ) {
        let fields = fields.into_iter().map(|(field, text)| {
            let folded = fold(&text).text;
            (field, text, folded)
        });
        self.records.push(Record { id, kind, heading, fields: fields.collect(), facets });
    }

    /// The places of a paper's facet values, new ones added.
    fn facets_of(&mut self, paper: &Reference, category: &Section) -> [usize; Facet::COUNT] {
        let source = &paper.source;
        let known =
            |value: Option<String>| value.filter(|text| !text.is_empty()).unwrap_or_else(|| UNKNOWN.into());
        let mut at = Facet::ALL.into_iter().zip(&mut self.values).map(|(facet, values)| {
            let value = match facet {
                Facet::Category => category.id.to_string(),
                Facet::Access => match source.access {
                    Access::Open => "open".into(),
                    Access::Paywalled => "paywalled".into(),
                    Access::Unknown => UNKNOWN.into(),
                },
                Facet::Year => known(source.year.map(|year| year.to_string())),
                Facet::Host => known(Some(source.host.clone())),
            };
            // The newest value is the likeliest: papers of a category stand together.
            values.iter().rposition(|known| known.value == value).unwrap_or_else(|| {
                let label = if facet == Facet::Category {
                    plain(&category.title).into_owned()
                } else {
                    value.clone()
                };
                values.push(Value { value, label });
                values.len() - 1
            })
        });
        std::array::from_fn(|_| at.next().unwrap_or_default())
    }

    /// Places of a facet's values in the order they are shown: categories in the author's order,
    /// years from the newest, the rest by name; what is not known comes last.
    fn order(&self, facet: Facet) -> Vec<usize> {
        let Some(values) = self.values.get(facet as usize) else { return Vec::new() };
        let mut order: Vec<usize> = (0..values.len()).collect();
        let name = |at: &usize| values.get(*at).map_or("", |value| value.value.as_str());
        order.sort_by(|one, other| {
            let (a, b) = (name(one), name(other));
            (a == UNKNOWN).cmp(&(b == UNKNOWN)).then_with(|| match facet {
                Facet::Category => one.cmp(other),
                Facet::Year => b.cmp(a),
                Facet::Access | Facet::Host => a.cmp(b),
            })
        });
        order
    }
}
