//! The map of a notebook: its terms by what has to be known first, its papers by category and year, and what names what.
//!
//! 1. [`Map`] is what there is to draw, `learn` the order in which terms can be learned;
//! 2. [`Picture`] is where each of them stands, and which of them are drawn by themselves.
//!
//! No place is searched for by trial: two axes that mean something give it, in one pass. O(entries + names found).

mod learn;
mod picture;

use std::ops::Range;

use crate::notebook::{Entry, Id, Notebook, plain};
use crate::numbers::{place, short};
use crate::relations::Relations;
pub use picture::{FEW, Head, Node, Over, Picture, Shown};

/// With more papers than this they are counted, not drawn one by one.
const EACH: usize = 3_000;

/// What there is on the map. Its entries go by number: terms first, then papers.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Map {
    /// In the order in which they can be learned.
    pub terms: Vec<Learned>,
    /// By category, then by year; those without one last.
    pub papers: Vec<Dated>,
    /// The categories that have papers, in the author's order.
    pub lanes: Vec<Lane>,
    /// The years that have papers; last, if any has none, no year.
    pub years: Vec<Option<u16>>,
    /// The papers of one category and year, where there are any.
    pub cells: Vec<Cell>,
    /// For each entry those that it names.
    names: Vec<Vec<u32>>,
    /// For each entry those that name it.
    named_by: Vec<Vec<u32>>,
}

/// A term.
#[derive(Clone, Debug, PartialEq)]
pub struct Learned {
    /// Its anchor.
    pub id: Id,
    /// What it is called.
    pub name: String,
    /// How many terms have to be learned before it, one after the other.
    pub step: u32,
}

/// A paper.
#[derive(Clone, Debug, PartialEq)]
pub struct Dated {
    /// Its anchor.
    pub id: Id,
    /// Its title.
    pub name: String,
    /// The number of its category.
    pub lane: u32,
    /// The number of its year.
    pub year: u32,
}

/// A category.
#[derive(Clone, Debug, PartialEq)]
pub struct Lane {
    /// The anchor of its heading.
    pub id: Id,
    /// What it is called.
    pub name: String,
}

/// The papers of one category and year.
#[derive(Clone, Debug, PartialEq)]
pub struct Cell {
    /// The number of the category.
    pub lane: u32,
    /// The number of the year.
    pub year: u32,
    /// Which of the papers.
    pub papers: Range<usize>,
}

impl Map {
    /// Reads it off a notebook.
    pub fn of(notebook: &Notebook, relations: &Relations) -> Self {
        let mut map = Self::default();
        // Each with its place in the notebook.
        let (mut terms, mut papers) = (Vec::new(), Vec::new());
        let mut lane: Option<&Id> = None;
        for (at, (section, entry)) in notebook.walk().enumerate() {
            match entry {
                Entry::Term(term) => terms.push((at, term.id.clone(), term.bare_name().into_owned())),
                Entry::Paper(paper) => {
                    if lane != Some(&section.id) {
                        lane = Some(&section.id);
                        map.lanes.push(Lane {
                            id: section.id.clone(),
                            name: plain(&section.title).trim().to_owned(),
                        });
                    }
                    let name = plain(&paper.title).trim().to_owned();
                    papers.push((at, paper.id.clone(), name, short(map.lanes.len() - 1), paper.source.year));
                }
                _ => {}
            }
        }
        let links = relations.pairs();
        let mut numbers = Numbers(vec![None; notebook.walk().count()]);
        terms.iter().enumerate().for_each(|(number, (at, ..))| numbers.give(*at, number));
        let mut needs = vec![Vec::new(); terms.len()];
        for (by, of) in numbers.both(&links) {
            needs.get_mut(place(by)).into_iter().for_each(|needs| needs.push(of));
        }
        let mut terms: Vec<_> = terms.into_iter().zip(learn::steps(&needs)).collect();
        terms.sort_by_key(|(_, step)| *step);
        papers.sort_by_key(|(.., lane, year)| (*lane, year.is_none(), *year));
        let order = terms.iter().map(|((at, ..), _)| at).chain(papers.iter().map(|(at, ..)| at));
        order.enumerate().for_each(|(number, at)| numbers.give(*at, number));
        map.names = vec![Vec::new(); terms.len() + papers.len()];
        map.named_by.clone_from(&map.names);
        for (by, of) in numbers.both(&links) {
            map.names.get_mut(place(by)).into_iter().for_each(|names| names.push(of));
            map.named_by.get_mut(place(of)).into_iter().for_each(|named| named.push(by));
        }
        map.names.iter_mut().chain(&mut map.named_by).for_each(|list| list.sort_unstable());
        map.terms = terms.into_iter().map(|((_, id, name), step)| Learned { id, name, step }).collect();
        map.date(papers);
        map
    }

    /// Takes the papers, which are in order, into cells.
    fn date(&mut self, papers: Vec<(usize, Id, String, u32, Option<u16>)>) {
        let mut years: Vec<Option<u16>> = papers.iter().map(|(.., year)| *year).collect();
        years.sort_by_key(|year| (year.is_none(), *year));
        years.dedup();
        for (at, (_, id, name, lane, year)) in papers.into_iter().enumerate() {
            let known = years.binary_search_by_key(&(year.is_none(), year), |year| (year.is_none(), *year));
            let year = short(known.unwrap_or_default());
            match self.cells.last_mut() {
                Some(cell) if (cell.lane, cell.year) == (lane, year) => cell.papers.end = at + 1,
                _ => self.cells.push(Cell { lane, year, papers: at..at + 1 }),
            }
            self.papers.push(Dated { id, name, lane, year });
        }
        self.years = years;
    }

    /// How many entries stand on it.
    pub fn len(&self) -> usize {
        self.terms.len() + self.papers.len()
    }

    /// Whether there is too little to make a map of.
    pub fn is_empty(&self) -> bool {
        self.len() < 2
    }

    /// Whether its papers are counted, not drawn one by one.
    pub fn is_counted(&self) -> bool {
        self.papers.len() > EACH
    }

    /// What an entry names.
    pub fn names(&self, number: usize) -> &[u32] {
        self.names.get(number).map(Vec::as_slice).unwrap_or_default()
    }

    /// What names an entry.
    pub fn named_by(&self, number: usize) -> &[u32] {
        self.named_by.get(number).map(Vec::as_slice).unwrap_or_default()
    }

    /// The anchor of an entry, and what it is called.
    pub fn entry(&self, number: u32) -> Option<(&Id, &str)> {
        let at = place(number);
        let term = self.terms.get(at).map(|term| (&term.id, term.name.as_str()));
        term.or_else(|| {
            let paper = self.papers.get(at.checked_sub(self.terms.len())?)?;
            Some((&paper.id, paper.name.as_str()))
        })
    }

    /// Whether an entry is a term.
    pub fn is_term(&self, number: u32) -> bool {
        place(number) < self.terms.len()
    }
}

/// The numbers of entries on the map, by their places in the notebook; none of those that do not stand on it.
struct Numbers(Vec<Option<u32>>);

impl Numbers {
    fn give(&mut self, at: usize, number: usize) {
        self.0.get_mut(at).into_iter().for_each(|known| *known = Some(short(number)));
    }

    /// Pairs of which both have a number.
    fn both(&self, pairs: &[(usize, usize)]) -> impl Iterator<Item = (u32, u32)> {
        let number = |at: &usize| self.0.get(*at).copied().flatten();
        pairs.iter().filter_map(move |(by, of)| number(by).zip(number(of)))
    }
}
