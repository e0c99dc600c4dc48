//! What a query finds.
//!
//! [`Index::build`] folds every text of a notebook once; [`answer`] is then a function of notebook,
//! index and query. An [`Answer`] is complete: a view neither counts nor matches.

mod answer;
mod fold;
mod text;

use std::collections::HashMap;

pub use answer::{
    Answer, Counted, FacetCounts, FacetValue, Field, Filter, FilterKind, Hit, Match, Shown, answer,
};
pub use text::{Plain, field_text};

use crate::notebook::{Access, Entry, Id, Notebook, Reference, Section, SectionKind, plain};
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
    values: HashMap<Facet, Vec<(String, String)>>,
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
    /// What a paper can be filtered by, in the order of [`Facet::ALL`]; none for other entries.
    facets: Option<[String; 4]>,
}

impl Index {
    /// Reads a notebook. O(its text).
    pub fn build(notebook: &Notebook) -> Self {
        let mut index = Self { records: Vec::new(), headings: Vec::new(), values: HashMap::new() };
        if !notebook.intro.is_empty() {
            let mut text = Plain::default();
            text.blocks(&notebook.intro);
            index.record(Id::from(INTRO), Counted::Prose, None, vec![(Field::Notes, text)], None);
        }
        for section in &notebook.sections {
            index.section(section, None);
        }
        index.sort_values();
        index
    }

    fn section(&mut self, section: &Section, parent: Option<usize>) {
        let mut title = Plain::default();
        title.spans(&section.title);
        let folded = fold(&title).text;
        let here = self.headings.len();
        self.headings.push(Heading { id: section.id.clone(), parent, title, folded });
        let mut is_category = false;
        for entry in &section.entries {
            let fields = Field::ALL.map(|field| (field, field_text(entry, field)));
            let fields = fields.into_iter().filter(|(_, text)| !text.as_str().is_empty()).collect();
            let facets = match entry {
                Entry::Paper(paper) => Some(facets_of(paper, &section.id)),
                _ => None,
            };
            is_category |= facets.is_some();
            self.record(entry.id().clone(), Counted::of(entry), Some(here), fields, facets);
        }
        if is_category && section.kind == SectionKind::Papers {
            let value = (section.id.to_string(), plain(&section.title));
            self.values.entry(Facet::Category).or_default().push(value);
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
        facets: Option<[String; 4]>,
    ) {
        for (facet, value) in Facet::ALL.into_iter().zip(facets.iter().flatten()) {
            let values = self.values.entry(facet).or_default();
            if facet != Facet::Category && !values.iter().any(|(known, _)| known == value) {
                values.push((value.clone(), value.clone()));
            }
        }
        let fields = fields.into_iter().map(|(field, text)| {
            let folded = fold(&text).text;
            (field, text, folded)
        });
        self.records.push(Record { id, kind, heading, fields: fields.collect(), facets });
    }

    /// Categories stay in the author's order, years go from the newest, hosts by name; what is not
    /// known comes last.
    fn sort_values(&mut self) {
        for (facet, values) in &mut self.values {
            match facet {
                Facet::Category => {}
                Facet::Access => values.sort(),
                Facet::Year => {
                    values.sort_by(|(a, _), (b, _)| (a == UNKNOWN).cmp(&(b == UNKNOWN)).then(b.cmp(a)));
                }
                Facet::Host => values.sort_by(|(a, _), (b, _)| a.cmp(b)),
            }
        }
    }
}

fn facets_of(paper: &Reference, category: &Id) -> [String; 4] {
    let source = &paper.source;
    let access = match source.access {
        Access::Open => "open",
        Access::Paywalled => "paywalled",
        Access::Unknown => UNKNOWN,
    };
    let known =
        |value: Option<String>| value.filter(|value| !value.is_empty()).unwrap_or_else(|| UNKNOWN.into());
    [
        category.to_string(),
        access.to_owned(),
        known(source.year.map(|year| year.to_string())),
        known(Some(source.host.clone())),
    ]
}
