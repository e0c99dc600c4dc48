//! An answer as rows of a list: entries below their headings.

use super::{Answer, Corpus};
use crate::convert::{to_u32, to_usize};
use crate::query::Sort;

/// A row of a long list in four bytes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PackedRow(u32);

/// Set in the number of a heading.
const HEADING: u32 = 1 << 31;

/// The content of a row of a list.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Row {
    /// The heading of this number.
    Heading(usize),
    /// The entry of this number.
    Entry(usize),
}

impl PackedRow {
    /// Returns the heading or entry of the row.
    pub fn unpack(self) -> Row {
        match self.0 & HEADING {
            0 => Row::Entry(to_usize(self.0)),
            _ => Row::Heading(to_usize(self.0 & !HEADING)),
        }
    }
}

impl Corpus {
    /// Returns the rows of an answer: entries in the author's order, below their headings. A heading hides the rows below it if
    /// `is_closed` returns true, given its anchor and true if the author folded it. O(entries + headings).
    pub fn rows(&self, answer: &Answer, is_closed: &dyn Fn(&str, bool) -> bool) -> Vec<PackedRow> {
        if answer.sort != Sort::DocumentOrder {
            return answer.order.iter().copied().map(PackedRow).collect();
        }
        // For every heading: a closed one is above it, or it is closed itself.
        let (mut is_below_closed, mut hides): (Vec<bool>, Vec<bool>) = (Vec::new(), Vec::new());
        for heading in 0..self.headings.len() {
            let above = self.catalog.parent(heading).and_then(|parent| hides.get(parent)) == Some(&true);
            is_below_closed.push(above);
            hides.push(above || is_closed(self.headings.id(heading).as_str(), self.is_folded(heading)));
        }
        let mut rows = Vec::with_capacity(answer.order.len());
        let mut next = 0;
        let mut push_headings = |rows: &mut Vec<PackedRow>, end: usize| {
            let new = next..end.max(next);
            next = new.end;
            let is_shown = |at: &usize| answer.shows_heading(*at) && is_below_closed.get(*at) == Some(&false);
            rows.extend(new.filter(is_shown).map(|at| PackedRow(to_u32(at) | HEADING)));
        };
        for &entry in &answer.order {
            let heading = self.catalog.heading(to_usize(entry));
            push_headings(&mut rows, heading.map_or(0, |heading| heading + 1));
            if heading.and_then(|heading| hides.get(heading)) != Some(&true) {
                rows.push(PackedRow(entry));
            }
        }
        push_headings(&mut rows, self.headings.len());
        rows
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::markdown::read;
    use crate::query::Query;

    /// Writes rows as `# heading` and titles of entries, without those below the headings in `closed`.
    fn rows(query: &str, closed: &[&str]) -> Vec<String> {
        let source = "Intro.\n\n# A\n\n## B\n\n- [P](https://arxiv.org/abs/2001.00001)\n\n## Empty\n\n# C {.folded}\n\n- [Q](https://arxiv.org/abs/2101.00001)\n";
        let corpus = Corpus::build(&read(source).notebook);
        let answer = corpus.answer(&Query::parse(query), None);
        let name = |row: &PackedRow| match row.unpack() {
            Row::Heading(heading) => format!("# {}", corpus.headings.title(heading)),
            Row::Entry(entry) => corpus.titles.title(entry).to_owned(),
        };
        corpus
            .rows(&answer, &|id, is_folded| closed.contains(&id) || is_folded && closed.contains(&"folded"))
            .iter()
            .map(name)
            .collect()
    }

    #[test]
    fn lists_entries_below_all_headings() {
        assert_eq!(rows("", &[]), ["", "# A", "# B", "P", "# Empty", "# C", "Q"]);
        assert_eq!(rows("?year=2021", &[]), ["# C", "Q"]);
        assert_eq!(rows("?sort=year", &["c"]), ["Q", "P", ""]);
    }

    #[test]
    fn closed_heading_hides_what_is_below() {
        assert_eq!(rows("", &["b"]), ["", "# A", "# B", "# Empty", "# C", "Q"]);
        assert_eq!(rows("", &["a"]), ["", "# A", "# C", "Q"]);
        assert_eq!(rows("", &["a", "c", "empty"]), ["", "# A", "# C"]);
        assert_eq!(rows("", &["folded"]), ["", "# A", "# B", "P", "# Empty", "# C"]);
    }
}
