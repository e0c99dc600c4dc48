//! The content of the concept map: terms in learning order, papers by category and year, and mentions between them.

use std::ops::Range;

use super::learning_order::learning_steps;
use crate::convert::{to_u32, to_usize};
use crate::links::CrossReferences;
use crate::notebook::{Entry, Id, Notebook, plain};

/// Most papers that are drawn one by one. With more, the papers of a cell are drawn as one square.
///
/// Chosen: single papers of a larger map would be dots that nobody can hit, and each costs an element of the page.
const MAX_SINGLE_PAPERS: usize = 3_000;

/// The content of the concept map. Entries are numbered: terms first, then papers.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct ConceptMap {
    /// Terms in learning order.
    pub terms: Vec<TermNode>,
    /// Papers by category, then by year, those without a year last.
    pub papers: Vec<PaperNode>,
    /// Categories with papers, in the author's order.
    pub lanes: Vec<MapLane>,
    /// Years with papers, ascending; then `None` if any paper has no year.
    pub years: Vec<Option<u16>>,
    /// Non-empty cells: the papers of one category and year.
    pub cells: Vec<MapCell>,
    /// For each entry the entries that it mentions, sorted.
    mentions: Vec<Vec<u32>>,
    /// For each entry the entries that mention it, sorted.
    mentioned_by: Vec<Vec<u32>>,
}

/// A term of the map.
#[derive(Clone, Debug, PartialEq)]
pub struct TermNode {
    /// Anchor of the term.
    pub id: Id,
    /// Name without abbreviation.
    pub name: String,
    /// Length of the longest chain of terms to learn before it.
    pub step: u32,
}

/// A paper of the map.
#[derive(Clone, Debug, PartialEq)]
pub struct PaperNode {
    /// Anchor of the paper.
    pub id: Id,
    /// Title as plain text.
    pub name: String,
    /// Index of its category in [`ConceptMap::lanes`].
    pub lane: u32,
    /// Index of its year in [`ConceptMap::years`].
    pub year: u32,
}

/// A category of papers, which is a row of the map.
#[derive(Clone, Debug, PartialEq)]
pub struct MapLane {
    /// Anchor of its heading.
    pub id: Id,
    /// Title as plain text.
    pub name: String,
}

/// The papers of one category and year.
#[derive(Clone, Debug, PartialEq)]
pub struct MapCell {
    /// Index of the category in [`ConceptMap::lanes`].
    pub lane: u32,
    /// Index of the year in [`ConceptMap::years`].
    pub year: u32,
    /// Range of its papers in [`ConceptMap::papers`].
    pub papers: Range<usize>,
}

impl ConceptMap {
    /// Builds the map of a notebook. O(entries log entries + mentions).
    pub fn build(notebook: &Notebook, cross_references: &CrossReferences) -> Self {
        let mut map = Self::default();
        // Each with its index in the notebook.
        let (mut terms, mut papers) = (Vec::new(), Vec::new());
        let mut lane: Option<&Id> = None;
        for (at, (section, entry)) in notebook.walk().enumerate() {
            match entry {
                Entry::Term(term) => terms.push((at, term.id.clone(), term.bare_name().into_owned())),
                Entry::Paper(paper) => {
                    if lane != Some(&section.id) {
                        lane = Some(&section.id);
                        map.lanes.push(MapLane {
                            id: section.id.clone(),
                            name: plain(&section.title).trim().to_owned(),
                        });
                    }
                    let name = plain(&paper.title).trim().to_owned();
                    papers.push((at, paper.id.clone(), name, to_u32(map.lanes.len() - 1), paper.source.year));
                }
                _ => {}
            }
        }
        let pairs = cross_references.mention_pairs();
        let mut numbers = NodeNumbers(vec![None; notebook.walk().count()]);
        terms.iter().enumerate().for_each(|(number, (at, ..))| numbers.set(*at, number));
        let mut needs = vec![Vec::new(); terms.len()];
        for (by, of) in numbers.pairs(&pairs) {
            needs.get_mut(to_usize(by)).into_iter().for_each(|needs| needs.push(of));
        }
        let mut terms: Vec<_> = terms.into_iter().zip(learning_steps(&needs)).collect();
        terms.sort_by_key(|(_, step)| *step);
        papers.sort_by_key(|(.., lane, year)| (*lane, year.is_none(), *year));
        let order = terms.iter().map(|((at, ..), _)| at).chain(papers.iter().map(|(at, ..)| at));
        order.enumerate().for_each(|(number, at)| numbers.set(*at, number));
        map.mentions = vec![Vec::new(); terms.len() + papers.len()];
        map.mentioned_by.clone_from(&map.mentions);
        for (by, of) in numbers.pairs(&pairs) {
            map.mentions.get_mut(to_usize(by)).into_iter().for_each(|list| list.push(of));
            map.mentioned_by.get_mut(to_usize(of)).into_iter().for_each(|list| list.push(by));
        }
        map.mentions.iter_mut().chain(&mut map.mentioned_by).for_each(|list| list.sort_unstable());
        map.terms = terms.into_iter().map(|((_, id, name), step)| TermNode { id, name, step }).collect();
        map.add_papers(papers);
        map
    }

    /// Adds the papers, which are sorted by category and year, with their years and cells.
    fn add_papers(&mut self, papers: Vec<(usize, Id, String, u32, Option<u16>)>) {
        let mut years: Vec<Option<u16>> = papers.iter().map(|(.., year)| *year).collect();
        years.sort_by_key(|year| (year.is_none(), *year));
        years.dedup();
        for (at, (_, id, name, lane, year)) in papers.into_iter().enumerate() {
            let index = years.binary_search_by_key(&(year.is_none(), year), |year| (year.is_none(), *year));
            let year = to_u32(index.unwrap_or_default());
            match self.cells.last_mut() {
                Some(cell) if (cell.lane, cell.year) == (lane, year) => cell.papers.end = at + 1,
                _ => self.cells.push(MapCell { lane, year, papers: at..at + 1 }),
            }
            self.papers.push(PaperNode { id, name, lane, year });
        }
        self.years = years;
    }

    /// Returns the number of entries.
    pub fn len(&self) -> usize {
        self.terms.len() + self.papers.len()
    }

    /// Returns true if there are too few entries for a map.
    pub fn is_empty(&self) -> bool {
        self.len() < 2
    }

    /// Returns true if papers are aggregated into cells.
    pub fn is_aggregated(&self) -> bool {
        self.papers.len() > MAX_SINGLE_PAPERS
    }

    /// Returns the numbers of the entries that an entry mentions, sorted.
    pub fn mentions(&self, number: usize) -> &[u32] {
        self.mentions.get(number).map(Vec::as_slice).unwrap_or_default()
    }

    /// Returns the numbers of the entries that mention an entry, sorted.
    pub fn mentioned_by(&self, number: usize) -> &[u32] {
        self.mentioned_by.get(number).map(Vec::as_slice).unwrap_or_default()
    }

    /// Returns the anchor and name of an entry; `None` if there is no entry with this number.
    pub fn entry(&self, number: u32) -> Option<(&Id, &str)> {
        let at = to_usize(number);
        let term = self.terms.get(at).map(|term| (&term.id, term.name.as_str()));
        term.or_else(|| {
            let paper = self.papers.get(at.checked_sub(self.terms.len())?)?;
            Some((&paper.id, paper.name.as_str()))
        })
    }

    /// Returns true if an entry is a term.
    pub fn is_term(&self, number: u32) -> bool {
        to_usize(number) < self.terms.len()
    }
}

/// For each entry of the notebook its number in the map; `None` if the map does not contain it.
struct NodeNumbers(Vec<Option<u32>>);

impl NodeNumbers {
    fn set(&mut self, at: usize, number: usize) {
        self.0.get_mut(at).into_iter().for_each(|known| *known = Some(to_u32(number)));
    }

    /// Converts pairs of indices in the notebook to pairs of numbers in the map. Pairs with other entries are left out.
    fn pairs(&self, pairs: &[(usize, usize)]) -> impl Iterator<Item = (u32, u32)> {
        let number = |at: &usize| self.0.get(*at).copied().flatten();
        pairs.iter().filter_map(move |(by, of)| number(by).zip(number(of)))
    }
}
