//! Where everything on the map stands. All measures are those of a picture that is not scaled.

use super::Map;
use crate::numbers::{place, short};

/// Papers of one cell that have their titles beside them.
pub const FEW: usize = 4;
/// A picture with titles may be so wide.
const WIDEST: u32 = 2_600;
/// Terms that are drawn where papers are counted: those that most entries name.
const TERMS: usize = 600;
/// Cells that a term leads to where papers are counted: those where most papers name it.
const CELLS: usize = 8;

const MARGIN: u32 = 16;
/// The line that heads columns.
const HEAD: u32 = 40;
/// A line of text.
const ROW: u32 = 24;
/// A term with its name.
const TERM: u32 = 176;
/// A paper with its title.
const TITLED: u32 = 164;
/// A paper without.
const DOT: u32 = 16;
/// A count of papers.
const COUNT: u32 = 56;
/// Between columns of papers, and between lanes.
const GAP: u32 = 14;
/// Between terms and papers.
const BETWEEN: u32 = 24;
/// What heads a column of papers needs so much room.
const YEAR: u32 = 48;
/// From the edge of a line to the middle of what stands in it.
const INSET: u32 = 10;

/// A drawn map.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Picture {
    /// How wide it is.
    pub width: u32,
    /// How high it is.
    pub height: u32,
    /// What stands above columns and lanes.
    pub heads: Vec<Head>,
    /// What is drawn: terms first.
    pub nodes: Vec<Node>,
    /// For each node those that it names.
    pub links: Vec<Vec<u32>>,
}

/// What stands above a column or a lane.
#[derive(Clone, Debug, PartialEq)]
pub struct Head {
    /// From the left.
    pub x: u32,
    /// From the top.
    pub y: u32,
    /// Which it is.
    pub of: Over,
}

/// What a head stands above.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Over {
    /// Terms that are learned at this step.
    Step(u32),
    /// Papers of the year of this number.
    Year(usize),
    /// Papers of the category of this number.
    Lane(usize),
}

/// Something on the map that leads somewhere.
#[derive(Clone, Debug, PartialEq)]
pub struct Node {
    /// Its middle, from the left.
    pub x: u32,
    /// Its middle, from the top.
    pub y: u32,
    /// What it is.
    pub shown: Shown,
}

/// What a node is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Shown {
    /// The term of this number, with its name beside it.
    Term(usize),
    /// The paper of this number, among papers.
    Paper {
        /// Which.
        at: usize,
        /// Whether its title stands beside it.
        is_titled: bool,
    },
    /// The cell of this number, as a square.
    Cell {
        /// Which.
        at: usize,
        /// How long its sides are.
        side: u32,
    },
}

impl Picture {
    /// Draws a map. O(entries + links), and where papers are counted O(terms log terms).
    pub fn of(map: &Map) -> Self {
        let terms = drawn_terms(map);
        let mut picture = Self { height: MARGIN + HEAD, ..Self::default() };
        // Papers first: terms fill the height that they have.
        let columns = Columns::of(map);
        let (width, height) = columns.size(map);
        let rows = rows(terms.len(), height);
        let begin = picture.terms(map, &terms, rows);
        columns.draw(map, begin, &mut picture);
        picture.width = begin + width + MARGIN;
        picture.height += MARGIN;
        picture.links = if map.is_counted() { counted(map, &terms) } else { each(map) };
        picture
    }

    /// Draws the terms in columns; gives back where the papers may begin.
    fn terms(&mut self, map: &Map, terms: &[usize], rows: usize) -> u32 {
        let (mut x, mut row, mut step) = (MARGIN, 0, None);
        for at in terms {
            let here = map.terms.get(*at).map(|term| term.step);
            let is_new = step != here;
            if (is_new || row == rows) && step.is_some() {
                (x, row) = (x + TERM, 0);
            }
            if is_new {
                step = here;
                self.heads.extend(here.map(|here| Head { x, y: MARGIN + INSET, of: Over::Step(here) }));
            }
            let y = MARGIN + HEAD + short(row) * ROW + INSET;
            self.nodes.push(Node { x: x + INSET, y, shown: Shown::Term(*at) });
            row += 1;
            self.height = self.height.max(y + ROW - INSET);
        }
        if terms.is_empty() { MARGIN } else { x + TERM + if map.papers.is_empty() { 0 } else { BETWEEN } }
    }
}

/// How many terms stand below one another: as many as papers are high, and never so few that they get very wide.
fn rows(terms: usize, height: u32) -> usize {
    let square = (terms * place(TERM / ROW)).isqrt();
    place(height / ROW).max(square).max(8)
}

/// The terms that are drawn.
fn drawn_terms(map: &Map) -> Vec<usize> {
    let mut all: Vec<usize> = (0..map.terms.len()).collect();
    if map.is_counted() && all.len() > TERMS {
        all.sort_by_key(|at| std::cmp::Reverse(map.named_by(*at).len()));
        all.truncate(TERMS);
        all.sort_unstable();
    }
    all
}

/// How papers stand: for each year how many fit beside one another, and how wide its column is.
struct Columns {
    years: Vec<(u32, u32)>,
    has_titles: bool,
    most: usize,
}

impl Columns {
    fn of(map: &Map) -> Self {
        let titled = Self::with(map, true);
        let width: u32 = titled.years.iter().map(|(_, width)| width + GAP).sum();
        if !map.is_counted() && width <= WIDEST { titled } else { Self::with(map, false) }
    }

    fn with(map: &Map, has_titles: bool) -> Self {
        let mut most = vec![0; map.years.len()];
        let mut widths = vec![YEAR; map.years.len()];
        for cell in &map.cells {
            let count = cell.papers.len();
            most.get_mut(place(cell.year)).into_iter().for_each(|most| *most = count.max(*most));
            if has_titles && count <= FEW {
                widths.get_mut(place(cell.year)).into_iter().for_each(|width| *width = TITLED);
            }
        }
        let years = most.iter().zip(widths).map(|(most, width)| {
            let beside = short(most.isqrt() + usize::from(most.isqrt().pow(2) < *most)).clamp(1, 12);
            let width = if map.is_counted() { COUNT } else { width.max(beside * DOT) };
            (width / DOT, width)
        });
        Self { years: years.collect(), has_titles, most: most.into_iter().max().unwrap_or(1) }
    }

    /// How high a cell is.
    fn height(&self, map: &Map, year: u32, count: usize) -> u32 {
        let beside = self.years.get(place(year)).map_or(1, |(beside, _)| (*beside).max(1));
        match count {
            _ if map.is_counted() => COUNT,
            few if self.is_titled(few) => short(few) * ROW,
            many => short(many).div_ceil(beside) * DOT,
        }
    }

    fn is_titled(&self, count: usize) -> bool {
        self.has_titles && count <= FEW
    }

    fn lanes(&self, map: &Map) -> Vec<u32> {
        let mut heights = vec![0; map.lanes.len()];
        for cell in &map.cells {
            let height = self.height(map, cell.year, cell.papers.len());
            heights
                .get_mut(place(cell.lane))
                .into_iter()
                .for_each(|lane: &mut u32| *lane = height.max(*lane));
        }
        heights
    }

    /// How much room the papers need.
    fn size(&self, map: &Map) -> (u32, u32) {
        let width = self.years.iter().map(|(_, width)| width + GAP).sum();
        (width, self.lanes(map).iter().map(|height| height + ROW + GAP).sum())
    }

    fn draw(&self, map: &Map, begin: u32, picture: &mut Picture) {
        let mut xs = Vec::new();
        let mut x = begin;
        for (year, (_, width)) in self.years.iter().enumerate() {
            picture.heads.push(Head { x, y: MARGIN + INSET, of: Over::Year(year) });
            xs.push(x);
            x += width + GAP;
        }
        let mut ys = Vec::new();
        let mut y = MARGIN + HEAD;
        for (lane, height) in self.lanes(map).iter().enumerate() {
            picture.heads.push(Head { x: begin, y: y + INSET, of: Over::Lane(lane) });
            ys.push(y + ROW);
            y += ROW + height + GAP;
        }
        picture.height = picture.height.max(y);
        for (at, cell) in map.cells.iter().enumerate() {
            let x = xs.get(place(cell.year)).copied().unwrap_or_default();
            let y = ys.get(place(cell.lane)).copied().unwrap_or_default();
            let count = cell.papers.len();
            if map.is_counted() {
                // By its area it says how many they are.
                let part = (count * 1_600 / self.most.max(1)).isqrt();
                let side = (short(part) + 12).min(COUNT - 4);
                picture.nodes.push(Node {
                    x: x + COUNT / 2,
                    y: y + COUNT / 2,
                    shown: Shown::Cell { at, side },
                });
                continue;
            }
            let (beside, pitch) = match self.years.get(place(cell.year)) {
                Some((beside, _)) if !self.is_titled(count) => ((*beside).max(1), DOT),
                _ => (1, ROW),
            };
            for (number, at) in cell.papers.clone().enumerate() {
                let number = short(number);
                picture.nodes.push(Node {
                    x: x + INSET + number % beside * pitch,
                    y: y + INSET + number / beside * pitch,
                    shown: Shown::Paper { at, is_titled: self.is_titled(count) },
                });
            }
        }
    }
}

/// What names what where every paper is drawn: nodes have the numbers of entries.
fn each(map: &Map) -> Vec<Vec<u32>> {
    (0..map.len()).map(|at| map.names(at).to_vec()).collect()
}

/// What names what where papers are counted: a cell names the terms that its papers do, if they are many.
fn counted(map: &Map, terms: &[usize]) -> Vec<Vec<u32>> {
    let mut cells = vec![0; map.papers.len()];
    for (at, cell) in map.cells.iter().enumerate() {
        cells.get_mut(cell.papers.clone()).into_iter().flatten().for_each(|known| *known = at);
    }
    let mut drawn = vec![None; map.terms.len()];
    for (number, at) in terms.iter().enumerate() {
        drawn.get_mut(*at).into_iter().for_each(|known| *known = Some(short(number)));
    }
    let drawn = |at: &u32| drawn.get(place(*at)).copied().flatten();
    let mut links = vec![Vec::new(); terms.len() + map.cells.len()];
    for (number, at) in terms.iter().enumerate() {
        if let Some(links) = links.get_mut(number) {
            links.extend(map.names(*at).iter().filter_map(drawn));
        }
        let papers = map.named_by(*at).iter().filter_map(|by| place(*by).checked_sub(map.terms.len()));
        let mut met: Vec<usize> = papers.filter_map(|paper| cells.get(paper).copied()).collect();
        met.sort_unstable();
        let mut met: Vec<&[usize]> = met.chunk_by(|one, next| one == next).collect();
        met.sort_by_key(|papers| std::cmp::Reverse(papers.len()));
        for cell in met.iter().take(CELLS).filter_map(|papers| papers.first()) {
            links.get_mut(terms.len() + cell).into_iter().for_each(|links| links.push(short(number)));
        }
    }
    links
}
