//! Edit distance of dictionary words to a typed one: letters left out, added, changed or swapped with their neighbor
//! (optimal string alignment).

/// A distance that stands for all that are too large. Large enough not to be reached by adding typos, small enough not to
/// overflow a byte when that is done.
const UNREACHABLE: u8 = 100;
/// Cells on either side of the diagonal that are computed: as many as typos are allowed ([`super::spelling::allowed`]), since
/// words whose lengths differ by more cannot be near.
const BAND: usize = 2;
/// Cells of a row, and one that is always [`UNREACHABLE`].
const CELLS: usize = 2 * BAND + 2;

/// The table of distances between a typed word and one word after another. Neighbors share its rows up to
/// where they differ.
pub(super) struct DistanceTable {
    /// The letters of the typed word between letters that no word has.
    letters: Vec<char>,
    size: usize,
    pub(super) allowed: u8,
    /// True if words count whose beginning is near.
    prefix: bool,
    /// A row before the first letter of the word, then one for each letter.
    rows: Vec<DistanceRow>,
}

/// One letter of a word.
#[derive(Clone, Copy)]
struct DistanceRow {
    letter: char,
    /// Bytes up to its end.
    end: usize,
    /// Distances to the beginnings of the typed word that are about as long.
    cells: [u8; CELLS],
    /// The least of them.
    least: u8,
    /// The least distance between the whole typed word and a beginning of this one.
    reached: u8,
}

/// Distances of a word to the typed one.
pub(super) struct PrefixDistances {
    /// The distance of the whole word.
    pub(super) whole: u8,
    /// The distance of that beginning which is nearest.
    pub(super) prefix_distance: u8,
    /// Number of bytes behind which nothing makes a difference, if there is such a place.
    pub(super) decided_at: Option<usize>,
}

impl DistanceTable {
    pub(super) fn new(typed: &[char], allowed: u8, prefix: bool) -> Self {
        let allowed = allowed.min(2);
        let mut letters = vec!['\0'; BAND + 2];
        letters.extend(typed);
        letters.extend(['\0'; CELLS + BAND]);
        let cells = [UNREACHABLE, UNREACHABLE, 0, 1, 2, UNREACHABLE];
        let rows = vec![DistanceRow { letter: '\0', end: 0, cells, least: 0, reached: UNREACHABLE }];
        Self { letters, size: typed.len(), allowed, prefix, rows }
    }

    /// Forgets the word before.
    pub(super) fn clear(&mut self) {
        self.rows.truncate(1);
    }

    /// Compares a word that shares some bytes with the one before.
    pub(super) fn compare(&mut self, word: &str, shared: usize) -> PrefixDistances {
        while self.rows.len() > 1 && self.rows.last().is_some_and(|row| row.end > shared) {
            self.rows.pop();
        }
        let mut rest = self.rows.last().and_then(|row| word.get(row.end..)).unwrap_or_default().chars();
        while self.rows.last().is_some_and(|row| row.least <= self.allowed) {
            let Some(letter) = rest.next() else { break };
            self.push(letter);
        }
        let mut near = PrefixDistances { whole: UNREACHABLE, prefix_distance: UNREACHABLE, decided_at: None };
        if let Some(last) = self.rows.last() {
            near.prefix_distance = last.reached;
            if last.end == word.len() {
                near.whole = self.distance(last, self.rows.len() - 1);
            }
            near.decided_at = (last.least > self.allowed).then_some(last.end);
        }
        near
    }

    /// The row of one more letter.
    fn push(&mut self, letter: char) {
        let depth = self.rows.len();
        let Some(before) = self.rows.last() else { return };
        let second = depth.checked_sub(2).and_then(|at| self.rows.get(at));
        let (from, cells) = (BAND - usize::from(self.allowed), 2 * usize::from(self.allowed) + 1);
        let typed = self.letters.get(depth..).unwrap_or_default();
        let mut row = DistanceRow {
            letter,
            end: before.end + letter.len_utf8(),
            cells: [UNREACHABLE; CELLS],
            least: UNREACHABLE,
            ..*before
        };
        let mut left = UNREACHABLE;
        let all = row.cells.iter_mut().zip(before.cells.windows(2)).zip(typed.windows(2)).enumerate();
        for (cell, ((slot, above), typed)) in all.skip(from).take(cells) {
            let (&[corner, up], &[typed_before, typed]) = (above, typed) else { break };
            let mut best = (corner + u8::from(typed != letter)).min(up + 1).min(left + 1).min(UNREACHABLE);
            if typed_before == letter && typed == before.letter {
                let swapped =
                    second.and_then(|second| second.cells.get(cell)).copied().unwrap_or(UNREACHABLE);
                best = best.min(swapped + 1);
            }
            *slot = best;
            left = best;
            row.least = row.least.min(best);
        }
        if self.prefix {
            row.reached = row.reached.min(self.distance(&row, depth));
        }
        self.rows.push(row);
    }

    /// Between the whole typed word and so many letters of the other.
    fn distance(&self, row: &DistanceRow, depth: usize) -> u8 {
        let cell = (self.size + BAND).checked_sub(depth);
        cell.and_then(|cell| row.cells.get(cell)).copied().unwrap_or(UNREACHABLE)
    }
}
