//! Answers a query: first by the words as they are, then with typos, then by most of them.

use std::cmp::Reverse;

use super::accumulators::{NO_TYPO_BONUS, QueryScores, SmallResult, TermScores, scored};
use super::bm25::idf;
use super::index::InvertedIndex;
use super::query_plan::{Clause, ResolvedWord};
use super::scoring::Weight;
use super::{Alternatives, FieldSet, MatchQuality, SearchResult};
use crate::convert::to_usize;

/// With fewer exact matches than this, words with typos are accepted too: ten results fill a first screen. A larger number
/// would compare the dictionary at most keys, a smaller one would leave a typed title with one chance match. Chosen.
const MIN_EXACT_MATCHES: usize = 10;
/// Weights of a match of the typed words and of a synonym, in quarters: an entry with the synonym alone comes behind one
/// with the word, at the same IDF and place. Chosen.
const TYPED_QUARTERS: u32 = 4;
const SYNONYM_QUARTERS: u32 = 3;
/// The factor of a word that only begins with what is typed, as numerator and denominator: whole words come first. Chosen.
const PREFIX_FACTOR: [u32; 2] = [3, 4];

impl InvertedIndex {
    /// Scores every document against all terms; 0 for a document that does not match.
    ///
    /// O(documents of the terms). If fewer than ten documents have all terms, words with typos match too; if none has,
    /// documents with most of the terms match.
    pub fn search(&self, terms: &[Alternatives]) -> SearchResult {
        let mut clauses = self.resolve(terms);
        let mut best = TermScores::new(self.document_count());
        if clauses.is_empty() {
            return self.found(vec![1; self.document_count()], MatchQuality::Exact, &clauses);
        }
        let strict = self.match_all(&clauses, &mut best);
        if strict.count >= MIN_EXACT_MATCHES || self.documents == 0 {
            return self.found(strict.scores, MatchQuality::Exact, &clauses);
        }
        let loose = if self.allow_typos(&mut clauses) {
            self.match_all(&clauses, &mut best)
        } else {
            QueryScores::default()
        };
        if strict.count == 0 && loose.count == 0 {
            return self.match_most(&clauses, &mut best);
        }
        if loose.count <= strict.count {
            return self.found(strict.scores, MatchQuality::Exact, &clauses);
        }
        let mut scores = loose.scores;
        for document in &strict.few {
            let score = strict.scores.get(to_usize(*document)).copied().unwrap_or_default();
            if let Some(slot) = scores.get_mut(to_usize(*document)) {
                *slot = NO_TYPO_BONUS.saturating_add(score);
            }
        }
        let mut found = self.found(scores, MatchQuality::Fuzzy, &clauses);
        if strict.count == 0 {
            found.corrected = self.corrected(&clauses, &found.scores);
        }
        found
    }

    /// Returns a score for every document: above 0 if it has a term exactly as given, without typos.
    pub fn search_exact(&self, term: &Alternatives) -> Vec<u32> {
        let clauses = self.resolve(std::slice::from_ref(term));
        if clauses.is_empty() {
            return vec![0; self.document_count()];
        }
        self.match_all(&clauses, &mut TermScores::new(self.document_count())).scores
    }

    /// Returns a result, with the words that were accepted.
    fn found(&self, scores: Vec<u32>, how: MatchQuality, clauses: &[Clause]) -> SearchResult {
        let mut found = SearchResult { scores, quality: how, corrected: Vec::new(), accepted: Vec::new() };
        self.accepted(clauses, how != MatchQuality::Exact, &mut found.accepted);
        found
    }

    /// Returns the documents that match every clause. Evaluates the rarest clause first.
    fn match_all(&self, clauses: &[Clause], best: &mut TermScores) -> QueryScores {
        let mut left: Vec<&Clause> = clauses.iter().collect();
        let mut totals = QueryScores::new(self.document_count());
        let mut first = true;
        while let Some((at, _)) = left.iter().enumerate().min_by_key(|(_, clause)| clause.cost()) {
            let small = if first { None } else { totals.small_result() };
            self.gather_clause(left.swap_remove(at), small, best);
            totals.narrow(first, best);
            first = false;
            if totals.count == 0 {
                break;
            }
        }
        totals
    }

    /// Collects the best score of each document for one clause.
    fn gather_clause(&self, clause: &Clause, small: SmallResult, best: &mut TermScores) {
        let variants = match clause {
            Clause::One(resolved) => return self.gather_word(resolved, TYPED_QUARTERS, small, best),
            Clause::Any(variants) => variants,
        };
        for (variant, quarters) in
            variants.iter().zip(std::iter::once(TYPED_QUARTERS).chain(std::iter::repeat(SYNONYM_QUARTERS)))
        {
            if let [Clause::One(resolved)] = variant.as_slice() {
                self.gather_word(resolved, quarters, small, best);
                continue;
            }
            let found = self.match_all(variant, &mut TermScores::new(self.document_count()));
            let size = u32::try_from(variant.len()).unwrap_or(u32::MAX).max(1);
            for (document, score) in (0..).zip(found.scores).filter(|(_, score)| *score > 0) {
                if small.is_none_or(|(scores, _)| scored(scores, document)) {
                    let score = (score / size * quarters / 4).max(1);
                    best.keep_max(document, u16::try_from(score).unwrap_or(u16::MAX));
                }
            }
        }
    }

    /// Collects the scores of a word, of the words that begin with it, and of its corrections; a synonym counts three
    /// quarters.
    fn gather_word(&self, resolved: &ResolvedWord, quarters: u32, small: SmallResult, best: &mut TermScores) {
        let weight = |idf: u32| Weight { idf: (idf * quarters / 4).max(1), fields: resolved.fields };
        for &word in &resolved.exact {
            self.gather(word, weight(idf(self.documents, self.lists.count(word))), small, best);
        }
        if !resolved.prefix_range.is_empty() {
            let prepared = self.prefix_answer(&resolved.text).filter(|_| resolved.fields == FieldSet::ALL.0);
            if let Some(prepared) = prepared {
                prepared.gather(small, best);
            } else {
                let idf = idf(self.documents, resolved.prefix_postings) * PREFIX_FACTOR[0] / PREFIX_FACTOR[1];
                let others = resolved.prefix_range.clone().filter(|word| !resolved.exact.contains(word));
                others.for_each(|word| self.gather(word, weight(idf), small, best));
            }
        }
        let begun = resolved.corrections.iter().filter(|near| !near.whole).map(|near| near.count);
        let begun =
            idf(self.documents, begun.fold(0, u32::saturating_add)) * PREFIX_FACTOR[0] / PREFIX_FACTOR[1];
        for near in &resolved.corrections {
            let idf = if near.whole { idf(self.documents, near.count) } else { begun };
            self.gather(near.word, weight(idf >> near.distance), small, best);
        }
    }

    /// Returns for every document the best score of the words that begin with some letters.
    pub(super) fn prefix_scores(&self, prefix: &str) -> Vec<u16> {
        let mut best = TermScores::new(self.document_count());
        self.gather_word(&self.resolve_prefix(prefix), TYPED_QUARTERS, None, &mut best);
        best.scores
    }

    /// Returns the documents that match as many clauses as any document does.
    fn match_most(&self, clauses: &[Clause], best: &mut TermScores) -> SearchResult {
        let mut counts = vec![0_u8; self.document_count()];
        let mut scores = vec![0_u32; self.document_count()];
        let mut lost = 0;
        for clause in clauses {
            self.gather_clause(clause, None, best);
            lost += usize::from(best.is_empty());
            best.drain(|document, found| {
                let at = to_usize(document);
                if let Some((count, score)) = counts.get_mut(at).zip(scores.get_mut(at)) {
                    *count = count.saturating_add(1);
                    *score = score.saturating_add(u32::from(found)).min(NO_TYPO_BONUS - 1);
                }
            });
        }
        let most = counts.iter().copied().max().unwrap_or_default();
        let enough = clauses.len() >= 3 || (clauses.len() == 2 && lost > 0);
        for (score, count) in scores.iter_mut().zip(&counts) {
            if *count < most || !enough {
                *score = 0;
            }
        }
        let mut found = self.found(scores, MatchQuality::Partial, clauses);
        found.corrected = self.corrected(clauses, &found.scores);
        found
    }

    /// Returns the words that the best document has instead of those that were typed.
    fn corrected(&self, clauses: &[Clause], scores: &[u32]) -> Vec<(usize, String)> {
        let top = scores.iter().zip(0_u32..).max_by_key(|&(score, document)| (score, Reverse(document)));
        let Some((_, top)) = top.filter(|(score, _)| **score > 0) else { return Vec::new() };
        let corrected = clauses.iter().filter_map(|clause| {
            let resolved = clause.typed().filter(|resolved| !resolved.corrections.is_empty())?;
            let has = |word| self.has(word, top, resolved.fields);
            if resolved.exact.iter().copied().any(has) || resolved.prefix_range.clone().any(has) {
                return None;
            }
            let instead = resolved.corrections.iter().find(|near| has(near.word))?;
            Some((resolved.position, self.words.word(instead.word).to_owned()))
        });
        corrected.collect()
    }
}
