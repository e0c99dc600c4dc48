//! Scores of documents while a query is evaluated: for one term, then for all of them.

use crate::convert::to_usize;

/// Added to the score of documents without a typo, so that they rank above all others. Scores of 32 words of 2^16 each stay
/// below it, and the sum fits 32 bits.
pub(super) const NO_TYPO_BONUS: u32 = 1 << 24;

/// Scores so far, and the documents that still match; `None` if these are many, or before the first term.
pub(super) type SmallResult<'a> = Option<(&'a [u32], &'a [u32])>;

/// The best score of each document for the words of one term.
pub(super) struct TermScores {
    pub(super) scores: Vec<u16>,
    /// The documents that have any, unless they are so many that all are looked through.
    touched: Vec<u32>,
    dense_threshold: usize,
}

impl TermScores {
    pub(super) fn new(documents: usize) -> Self {
        Self { scores: vec![0; documents], touched: Vec::new(), dense_threshold: dense_threshold(documents) }
    }

    /// Keeps the better of two scores.
    #[inline(always)]
    pub(super) fn keep_max(&mut self, document: u32, score: u16) {
        if let Some(best) = self.scores.get_mut(to_usize(document)).filter(|best| **best < score) {
            if *best == 0 && self.touched.len() < self.dense_threshold {
                self.touched.push(document);
            }
            *best = score;
        }
    }

    /// Returns true if no document has a score.
    pub(super) fn is_empty(&self) -> bool {
        self.touched.is_empty()
    }

    /// Calls for each document with a score, and clears it.
    pub(super) fn drain(&mut self, mut each: impl FnMut(u32, u16)) {
        if self.touched.len() < self.dense_threshold {
            for document in self.touched.drain(..) {
                if let Some(best) = self.scores.get_mut(to_usize(document)) {
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

/// Returns the number of documents from which on they are not listed one by one: with one in eight, a pass over all scores
/// costs as much as following the list. Chosen.
fn dense_threshold(documents: usize) -> usize {
    documents / 8 + 16
}

/// Documents that match all terms so far.
#[derive(Default)]
pub(super) struct QueryScores {
    pub(super) scores: Vec<u32>,
    pub(super) count: usize,
    /// The matching documents, unless they are many.
    pub(super) few: Vec<u32>,
}

impl QueryScores {
    pub(super) fn new(documents: usize) -> Self {
        Self { scores: vec![0; documents], ..Self::default() }
    }

    /// Returns the documents that match, if they are few.
    pub(super) fn small_result(&self) -> SmallResult<'_> {
        (self.count == self.few.len()).then_some((&self.scores, &self.few))
    }

    /// Adds the scores of one term in `best`, and clears them. Keeps the documents that also match this term; the first
    /// term keeps every document that matches it.
    pub(super) fn narrow(&mut self, first: bool, best: &mut TermScores) {
        let Self { scores, count, few } = self;
        if first && best.touched.len() < best.dense_threshold {
            best.drain(|document, found| {
                if let Some(score) = scores.get_mut(to_usize(document)) {
                    *score = u32::from(found);
                }
                few.push(document);
            });
            *count = few.len();
        } else if !first && *count == few.len() {
            few.retain(|document| {
                let found = best.scores.get(to_usize(*document)).copied().unwrap_or_default();
                if let Some(score) = scores.get_mut(to_usize(*document)) {
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
                if few.len() < best.dense_threshold {
                    few.push(document);
                }
            }
            best.touched.clear();
        }
    }
}

/// Returns the sum of two scores, below [`NO_TYPO_BONUS`]; 0 if the second is 0.
fn more(score: u32, found: u16) -> u32 {
    if found == 0 { 0 } else { score.saturating_add(u32::from(found)).min(NO_TYPO_BONUS - 1) }
}

/// Returns true if a document has a score.
pub(super) fn scored(scores: &[u32], document: u32) -> bool {
    scores.get(to_usize(document)).is_some_and(|score| *score > 0)
}
