//! What documents are worth: for one term, then for all of them.

use crate::numbers::place;

/// What documents without a typo have above all others.
pub(super) const STRICT: u32 = 1 << 24;

/// Documents that are still in question where they are few: the scores of all so far, and their numbers.
pub(super) type Alive<'a> = Option<(&'a [u32], &'a [u32])>;

/// For every document the best worth of the words of one term.
pub(super) struct Best {
    pub(super) scores: Vec<u16>,
    /// The documents that have any, unless they are so many that all are looked through.
    touched: Vec<u32>,
    many: usize,
}

impl Best {
    pub(super) fn new(documents: usize) -> Self {
        Self { scores: vec![0; documents], touched: Vec::new(), many: many(documents) }
    }

    /// Keeps the better of two scores.
    #[inline(always)]
    pub(super) fn keep(&mut self, document: u32, score: u16) {
        if let Some(best) = self.scores.get_mut(place(document)).filter(|best| **best < score) {
            if *best == 0 && self.touched.len() < self.many {
                self.touched.push(document);
            }
            *best = score;
        }
    }

    /// Whether there is nothing.
    pub(super) fn is_empty(&self) -> bool {
        self.touched.is_empty()
    }

    /// Calls for each document that has any worth, and forgets it.
    pub(super) fn drain(&mut self, mut each: impl FnMut(u32, u16)) {
        if self.touched.len() < self.many {
            for document in self.touched.drain(..) {
                if let Some(best) = self.scores.get_mut(place(document)) {
                    each(document, std::mem::take(best));
                }
            }
        } else {
            self.touched.clear();
            for (document, best) in (0..).zip(&mut self.scores).filter(|(_, best)| **best > 0) {
                each(document, std::mem::take(best));
            }
        }
    }
}

/// So many documents are not numbered one by one.
fn many(documents: usize) -> usize {
    documents / 8 + 16
}

/// Documents that have all that is needed.
#[derive(Default)]
pub(super) struct Totals {
    pub(super) scores: Vec<u32>,
    pub(super) count: usize,
    /// Their numbers, unless they are many.
    pub(super) few: Vec<u32>,
}

impl Totals {
    pub(super) fn new(documents: usize) -> Self {
        Self { scores: vec![0; documents], ..Self::default() }
    }

    /// The documents, where they are few.
    pub(super) fn alive(&self) -> Alive<'_> {
        (self.count == self.few.len()).then_some((&self.scores, &self.few))
    }

    /// Leaves what has something more, which is everything that has anything at first.
    pub(super) fn narrow(&mut self, first: bool, best: &mut Best) {
        let Self { scores, count, few } = self;
        if first && best.touched.len() < best.many {
            best.drain(|document, found| {
                if let Some(score) = scores.get_mut(place(document)) {
                    *score = u32::from(found);
                }
                few.push(document);
            });
            *count = few.len();
        } else if !first && *count == few.len() {
            few.retain(|document| {
                let found = best.scores.get(place(*document)).copied().unwrap_or_default();
                if let Some(score) = scores.get_mut(place(*document)) {
                    *score = more(*score, found);
                }
                found > 0
            });
            *count = few.len();
            best.drain(|_, _| {});
        } else {
            few.clear();
            *count = 0;
            for ((document, score), found) in (0..).zip(scores).zip(&mut best.scores) {
                let found = std::mem::take(found);
                if found == 0 || (*score == 0 && !first) {
                    *score = 0;
                    continue;
                }
                *score = more(*score, found);
                *count += 1;
                if few.len() < best.many {
                    few.push(document);
                }
            }
            best.touched.clear();
        }
    }
}

/// A score and what comes to it; nothing where nothing does.
fn more(score: u32, found: u16) -> u32 {
    if found == 0 { 0 } else { score.saturating_add(u32::from(found)).min(STRICT - 1) }
}
