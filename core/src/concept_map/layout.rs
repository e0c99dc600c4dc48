//! Layout of the concept map. All lengths are in pixels of the unscaled picture.
//!
//! The lengths are chosen for text of 12 pixels, the smallest that is read easily. With smaller ones, names overlap.

use super::content::ConceptMap;
use crate::convert::{to_u32, to_usize};

/// Most papers of a cell that have their titles beside them. Chosen: with more, one year would widen the whole map.
const MAX_TITLED_PAPERS: usize = 4;
/// Greatest width of a map with titles: about two screens. Wider maps show papers without titles.
const MAX_TITLED_WIDTH: u32 = 2_600;
/// Most terms of a map with aggregated papers, and of its list: those that most entries mention. Bounds the elements of the
/// page; the notebook lists all of them.
pub const MAX_TERMS: usize = 600;
/// Most edges from cells to a term in a map with aggregated papers: from the cells with most mentions of it. With all of
/// them, lines would cover the map.
const MAX_CELLS_PER_TERM: usize = 8;

/// Space around the map.
const MARGIN: u32 = 16;
/// Height of the headings of columns.
const HEADING_HEIGHT: u32 = 40;
/// Height of a heading.
const ROW_HEIGHT: u32 = 24;
/// Height of a node with its name, which has up to three lines.
const NAMED_HEIGHT: u32 = 48;
/// Width of a term with its name.
const TERM_WIDTH: u32 = 144;
/// Width of a paper with its title.
const TITLED_PAPER_WIDTH: u32 = 136;
/// Width and height of a paper without title.
const PAPER_SIZE: u32 = 16;
/// Width and height of a cell of aggregated papers.
const CELL_SIZE: u32 = 56;
/// Space between columns of papers, and between rows of categories.
const GAP: u32 = 14;
/// Space between terms and papers.
const TERM_GAP: u32 = 24;
/// Smallest width of a column of papers, which fits its heading.
const MIN_COLUMN_WIDTH: u32 = 48;
/// Distance from the edge of a row to the center of its nodes.
const INSET: u32 = 10;

/// The computed layout of a map.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct MapLayout {
    /// Width of the picture.
    pub width: u32,
    /// Height of the picture.
    pub height: u32,
    /// Headings of columns and lanes.
    pub headings: Vec<MapHeading>,
    /// Nodes: terms first, then papers or cells.
    pub nodes: Vec<MapNode>,
    /// For each node, the nodes that it mentions.
    pub edges: Vec<Vec<u32>>,
}

/// The heading of a column or lane.
#[derive(Clone, Debug, PartialEq)]
pub struct MapHeading {
    /// Distance from the left edge.
    pub x: u32,
    /// Distance from the top edge.
    pub y: u32,
    /// The kind of heading.
    pub kind: MapHeadingKind,
}

/// The kind of a heading.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum MapHeadingKind {
    /// Heading of the terms of this step.
    Step(u32),
    /// Heading of a column of papers: index in [`ConceptMap::years`].
    Year(usize),
    /// Heading of a row of papers: index in [`ConceptMap::lanes`].
    Lane(usize),
}

/// A node of the map, which links to an entry or a query.
#[derive(Clone, Debug, PartialEq)]
pub struct MapNode {
    /// Distance of the center from the left edge.
    pub x: u32,
    /// Distance of the center from the top edge.
    pub y: u32,
    /// The kind of node.
    pub kind: MapNodeKind,
}

/// The kind of a node.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum MapNodeKind {
    /// A term, with its name beside it: index in [`ConceptMap::terms`].
    Term(usize),
    /// A paper.
    Paper {
        /// Index in [`ConceptMap::papers`].
        index: usize,
        /// True if its title is shown beside it.
        is_titled: bool,
    },
    /// The papers of a cell, as a square.
    Cell {
        /// Index in [`ConceptMap::cells`].
        index: usize,
        /// Length of a side. The area is proportional to the number of papers.
        side: u32,
    },
}

impl MapLayout {
    /// Computes the layout of a map. O(entries + links); O(terms log terms) if papers are aggregated.
    pub fn compute(map: &ConceptMap) -> Self {
        let terms = drawn_terms(map);
        let mut picture = Self { height: MARGIN + HEADING_HEIGHT, ..Self::default() };
        // Papers first: terms fill the height that they have.
        let columns = Columns::of(map);
        let (width, height) = columns.size(map);
        let rows = rows_per_column(terms.len(), height);
        let begin = picture.add_terms(map, &terms, rows);
        columns.add_papers(map, begin, &mut picture);
        picture.width = begin + width + MARGIN;
        picture.height += MARGIN;
        picture.edges = if map.is_aggregated() { aggregated_edges(map, &terms) } else { single_edges(map) };
        picture
    }

    /// Places the terms in columns. Returns the left edge of the papers.
    fn add_terms(&mut self, map: &ConceptMap, terms: &[usize], rows: usize) -> u32 {
        let (mut x, mut row, mut step) = (MARGIN, 0, None);
        for at in terms {
            let here = map.terms.get(*at).map(|term| term.step);
            let is_new = step != here;
            if (is_new || row == rows) && step.is_some() {
                (x, row) = (x + TERM_WIDTH, 0);
            }
            if is_new {
                step = here;
                self.headings.extend(here.map(|here| MapHeading {
                    x,
                    y: MARGIN + INSET,
                    kind: MapHeadingKind::Step(here),
                }));
            }
            let y = MARGIN + HEADING_HEIGHT + to_u32(row) * NAMED_HEIGHT + NAMED_HEIGHT / 2;
            self.nodes.push(MapNode { x: x + INSET, y, kind: MapNodeKind::Term(*at) });
            row += 1;
            self.height = self.height.max(y + NAMED_HEIGHT / 2);
        }
        if terms.is_empty() {
            MARGIN
        } else {
            x + TERM_WIDTH + if map.papers.is_empty() { 0 } else { TERM_GAP }
        }
    }
}

/// Returns the number of terms in a column: as many as the papers are high, and enough that the columns do not get very wide.
fn rows_per_column(terms: usize, height: u32) -> usize {
    let square = (terms * to_usize(TERM_WIDTH / NAMED_HEIGHT)).isqrt();
    to_usize(height / NAMED_HEIGHT).max(square).max(8)
}

/// Returns the indices of the terms that are drawn.
fn drawn_terms(map: &ConceptMap) -> Vec<usize> {
    let mut all: Vec<usize> = (0..map.terms.len()).collect();
    if map.is_aggregated() && all.len() > MAX_TERMS {
        all.sort_by_key(|at| std::cmp::Reverse(map.mentioned_by(*at).len()));
        all.truncate(MAX_TERMS);
        all.sort_unstable();
    }
    all
}

/// Columns of papers: for each year, the number of papers side by side and the width.
struct Columns {
    years: Vec<(u32, u32)>,
    has_titles: bool,
    /// Number of papers of the largest cell.
    most: usize,
}

impl Columns {
    fn of(map: &ConceptMap) -> Self {
        let titled = Self::with(map, true);
        let width: u32 = titled.years.iter().map(|(_, width)| width + GAP).sum();
        if !map.is_aggregated() && width <= MAX_TITLED_WIDTH { titled } else { Self::with(map, false) }
    }

    fn with(map: &ConceptMap, has_titles: bool) -> Self {
        let mut most = vec![0; map.years.len()];
        let mut widths = vec![MIN_COLUMN_WIDTH; map.years.len()];
        for cell in &map.cells {
            let count = cell.papers.len();
            most.get_mut(to_usize(cell.year)).into_iter().for_each(|most| *most = count.max(*most));
            if has_titles && count <= MAX_TITLED_PAPERS {
                widths.get_mut(to_usize(cell.year)).into_iter().for_each(|width| *width = TITLED_PAPER_WIDTH);
            }
        }
        let years = most.iter().zip(widths).map(|(most, width)| {
            let beside = to_u32(most.isqrt() + usize::from(most.isqrt().pow(2) < *most)).clamp(1, 12);
            let width = if map.is_aggregated() { CELL_SIZE } else { width.max(beside * PAPER_SIZE) };
            (width / PAPER_SIZE, width)
        });
        Self { years: years.collect(), has_titles, most: most.into_iter().max().unwrap_or(1) }
    }

    /// Returns the height of a cell.
    fn height(&self, map: &ConceptMap, year: u32, count: usize) -> u32 {
        let beside = self.years.get(to_usize(year)).map_or(1, |(beside, _)| (*beside).max(1));
        match count {
            _ if map.is_aggregated() => CELL_SIZE,
            few if self.is_titled(few) => to_u32(few) * NAMED_HEIGHT,
            many => to_u32(many).div_ceil(beside) * PAPER_SIZE,
        }
    }

    fn is_titled(&self, count: usize) -> bool {
        self.has_titles && count <= MAX_TITLED_PAPERS
    }

    /// Returns the height of each row of papers.
    fn lane_heights(&self, map: &ConceptMap) -> Vec<u32> {
        let mut heights = vec![0; map.lanes.len()];
        for cell in &map.cells {
            let height = self.height(map, cell.year, cell.papers.len());
            heights
                .get_mut(to_usize(cell.lane))
                .into_iter()
                .for_each(|lane: &mut u32| *lane = height.max(*lane));
        }
        heights
    }

    /// Returns width and height of all papers.
    fn size(&self, map: &ConceptMap) -> (u32, u32) {
        let width = self.years.iter().map(|(_, width)| width + GAP).sum();
        (width, self.lane_heights(map).iter().map(|height| height + ROW_HEIGHT + GAP).sum())
    }

    fn add_papers(&self, map: &ConceptMap, begin: u32, picture: &mut MapLayout) {
        let mut xs = Vec::new();
        let mut x = begin;
        for (year, (_, width)) in self.years.iter().enumerate() {
            picture.headings.push(MapHeading { x, y: MARGIN + INSET, kind: MapHeadingKind::Year(year) });
            xs.push(x);
            x += width + GAP;
        }
        let mut ys = Vec::new();
        let mut y = MARGIN + HEADING_HEIGHT;
        for (lane, height) in self.lane_heights(map).iter().enumerate() {
            picture.headings.push(MapHeading { x: begin, y: y + INSET, kind: MapHeadingKind::Lane(lane) });
            ys.push(y + ROW_HEIGHT);
            y += ROW_HEIGHT + height + GAP;
        }
        picture.height = picture.height.max(y);
        for (at, cell) in map.cells.iter().enumerate() {
            let x = xs.get(to_usize(cell.year)).copied().unwrap_or_default();
            let y = ys.get(to_usize(cell.lane)).copied().unwrap_or_default();
            let count = cell.papers.len();
            if map.is_aggregated() {
                // The area of the square is proportional to the number of papers.
                let part = (count * 1_600 / self.most.max(1)).isqrt();
                let side = (to_u32(part) + 12).min(CELL_SIZE - 4);
                picture.nodes.push(MapNode {
                    x: x + CELL_SIZE / 2,
                    y: y + CELL_SIZE / 2,
                    kind: MapNodeKind::Cell { index: at, side },
                });
                continue;
            }
            let (beside, pitch, inset) = match self.years.get(to_usize(cell.year)) {
                Some((beside, _)) if !self.is_titled(count) => ((*beside).max(1), PAPER_SIZE, INSET),
                _ => (1, NAMED_HEIGHT, NAMED_HEIGHT / 2),
            };
            for (number, at) in cell.papers.clone().enumerate() {
                let number = to_u32(number);
                picture.nodes.push(MapNode {
                    x: x + INSET + number % beside * pitch,
                    y: y + inset + number / beside * pitch,
                    kind: MapNodeKind::Paper { index: at, is_titled: self.is_titled(count) },
                });
            }
        }
    }
}

/// Returns the edges if every paper is drawn: nodes have the numbers of entries.
fn single_edges(map: &ConceptMap) -> Vec<Vec<u32>> {
    (0..map.len()).map(|at| map.mentions(at).to_vec()).collect()
}

/// Returns the edges if papers are aggregated: a cell mentions the terms that many of its papers mention.
fn aggregated_edges(map: &ConceptMap, terms: &[usize]) -> Vec<Vec<u32>> {
    let mut cells = vec![0; map.papers.len()];
    for (at, cell) in map.cells.iter().enumerate() {
        cells.get_mut(cell.papers.clone()).into_iter().flatten().for_each(|known| *known = at);
    }
    let mut drawn = vec![None; map.terms.len()];
    for (number, at) in terms.iter().enumerate() {
        drawn.get_mut(*at).into_iter().for_each(|known| *known = Some(to_u32(number)));
    }
    let drawn = |at: &u32| drawn.get(to_usize(*at)).copied().flatten();
    let mut links = vec![Vec::new(); terms.len() + map.cells.len()];
    for (number, at) in terms.iter().enumerate() {
        if let Some(links) = links.get_mut(number) {
            links.extend(map.mentions(*at).iter().filter_map(drawn));
        }
        let papers = map.mentioned_by(*at).iter().filter_map(|by| to_usize(*by).checked_sub(map.terms.len()));
        let mut met: Vec<usize> = papers.filter_map(|paper| cells.get(paper).copied()).collect();
        met.sort_unstable();
        let mut met: Vec<&[usize]> = met.chunk_by(|one, next| one == next).collect();
        met.sort_by_key(|papers| std::cmp::Reverse(papers.len()));
        for cell in met.iter().take(MAX_CELLS_PER_TERM).filter_map(|papers| papers.first()) {
            links.get_mut(terms.len() + cell).into_iter().for_each(|links| links.push(to_u32(number)));
        }
    }
    links
}
