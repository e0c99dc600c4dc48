//! Answers a query: first by the words as they are, then with typos, then by most of them.

use std::cmp::Reverse;

use super::accumulators::{Alive, QueryScores, STRICT, TermScores, scored};
use super::bm25::rarity;
use super::index::InvertedIndex;
use super::query_plan::{Clause, ResolvedWord};
use super::scoring::Weight;
use super::{Alternatives, FieldSet, MatchQuality, SearchResult};
use crate::convert::to_usize;

/// With fewer exact matches than this, words with typos are accepted too: ten results fill a first screen. A larger number
/// would compare the dictionary at most keys, a smaller one would leave a typed title with one chance match. Chosen.
const ENOUGH: usize = 10;
/// Weights of a match of the typed words and of a synonym, in quarters: an entry with the synonym alone comes behind one
/// with the word, at the same rarity and place. Chosen.
const TYPED_QUARTERS: u32 = 4;
const SYNONYM_QUARTERS: u32 = 3;
/// The factor of a word that only begins with what is typed, as numerator and denominator: whole words come first. Chosen.
const PREFIX_FACTOR: [u32; 2] = [3, 4];

impl InvertedIndex {
    /// For every document how well it has all of the terms; 0 where it has not.
    ///
    /// O(documents of the terms). Where fewer than ten documents have all terms, words with typos do as
    /// well; where none has, most of the terms do.
    pub fn search(&self, terms: &[Alternatives]) -> SearchResult {
        let mut needs = self.needs(terms);
        let mut best = TermScores::new(self.document_count());
        if needs.is_empty() {
            return self.found(vec![1; self.document_count()], MatchQuality::Exact, &needs);
        }
        let strict = self.all(&needs, &mut best);
        if strict.count >= ENOUGH || self.documents == 0 {
            return self.found(strict.scores, MatchQuality::Exact, &needs);
        }
        let loose =
            if self.loosen(&mut needs) { self.all(&needs, &mut best) } else { QueryScores::default() };
        if strict.count == 0 && loose.count == 0 {
            return self.most(&needs, &mut best);
        }
        if loose.count <= strict.count {
            return self.found(strict.scores, MatchQuality::Exact, &needs);
        }
        let mut scores = loose.scores;
        for document in &strict.few {
            let score = strict.scores.get(to_usize(*document)).copied().unwrap_or_default();
            if let Some(slot) = scores.get_mut(to_usize(*document)) {
                *slot = STRICT.saturating_add(score);
            }
        }
        let mut found = self.found(scores, MatchQuality::Fuzzy, &needs);
        if strict.count == 0 {
            found.corrected = self.corrected(&needs, &found.scores);
        }
        found
    }

    /// For every document more than 0 where it has a term as it is.
    pub fn search_exact(&self, term: &Alternatives) -> Vec<u32> {
        let needs = self.needs(std::slice::from_ref(term));
        if needs.is_empty() {
            return vec![0; self.document_count()];
        }
        self.all(&needs, &mut TermScores::new(self.document_count())).scores
    }

    /// Returns a result, with the words that were accepted.
    fn found(&self, scores: Vec<u32>, how: MatchQuality, needs: &[Clause]) -> SearchResult {
        let mut found = SearchResult { scores, quality: how, corrected: Vec::new(), accepted: Vec::new() };
        self.accepted(needs, how != MatchQuality::Exact, &mut found.accepted);
        found
    }

    /// Documents that have everything, the rarest asked for first.
    fn all(&self, needs: &[Clause], best: &mut TermScores) -> QueryScores {
        let mut left: Vec<&Clause> = needs.iter().collect();
        let mut totals = QueryScores::new(self.document_count());
        let mut first = true;
        while let Some((at, _)) = left.iter().enumerate().min_by_key(|(_, need)| need.cost()) {
            let alive = if first { None } else { totals.alive() };
            self.gather_need(left.swap_remove(at), alive, best);
            totals.narrow(first, best);
            first = false;
            if totals.count == 0 {
                break;
            }
        }
        totals
    }

    /// Gathers the best of what will do.
    fn gather_need(&self, need: &Clause, alive: Alive, best: &mut TermScores) {
        let ways = match need {
            Clause::One(wanted) => return self.gather_wanted(wanted, TYPED_QUARTERS, alive, best),
            Clause::Any(ways) => ways,
        };
        for (way, quarters) in
            ways.iter().zip(std::iter::once(TYPED_QUARTERS).chain(std::iter::repeat(SYNONYM_QUARTERS)))
        {
            if let [Clause::One(wanted)] = way.as_slice() {
                self.gather_wanted(wanted, quarters, alive, best);
                continue;
            }
            let found = self.all(way, &mut TermScores::new(self.document_count()));
            let size = u32::try_from(way.len()).unwrap_or(u32::MAX).max(1);
            for (document, score) in (0..).zip(found.scores).filter(|(_, score)| *score > 0) {
                if alive.is_none_or(|(scores, _)| scored(scores, document)) {
                    let score = (score / size * quarters / 4).max(1);
                    best.keep(document, u16::try_from(score).unwrap_or(u16::MAX));
                }
            }
        }
    }

    /// Gathers a word, what begins with it, and what it may mean; a synonym counts three quarters.
    fn gather_wanted(&self, wanted: &ResolvedWord, quarters: u32, alive: Alive, best: &mut TermScores) {
        let weight = |rarity: u32| Weight { rarity: (rarity * quarters / 4).max(1), fields: wanted.fields };
        for &word in &wanted.exact {
            self.gather(word, weight(rarity(self.documents, self.lists.count(word))), alive, best);
        }
        if !wanted.begun.is_empty() {
            let ready = self.ready(&wanted.text).filter(|_| wanted.fields == FieldSet::ALL.0);
            if let Some(ready) = ready {
                ready.gather(alive, best);
            } else {
                let rarity = rarity(self.documents, wanted.pooled) * PREFIX_FACTOR[0] / PREFIX_FACTOR[1];
                let others = wanted.begun.clone().filter(|word| !wanted.exact.contains(word));
                others.for_each(|word| self.gather(word, weight(rarity), alive, best));
            }
        }
        let begun = wanted.near.iter().filter(|near| !near.whole).map(|near| near.count);
        let begun =
            rarity(self.documents, begun.fold(0, u32::saturating_add)) * PREFIX_FACTOR[0] / PREFIX_FACTOR[1];
        for near in &wanted.near {
            let rarity = if near.whole { rarity(self.documents, near.count) } else { begun };
            self.gather(near.word, weight(rarity >> near.distance), alive, best);
        }
    }

    /// Returns for every document the best score of the words that begin with some letters.
    pub(super) fn prefix_scores(&self, prefix: &str) -> Vec<u16> {
        let mut best = TermScores::new(self.document_count());
        self.gather_wanted(&self.wanted(prefix), TYPED_QUARTERS, None, &mut best);
        best.scores
    }

    /// Documents that have as many of the needs as any document has.
    fn most(&self, needs: &[Clause], best: &mut TermScores) -> SearchResult {
        let mut counts = vec![0_u8; self.document_count()];
        let mut scores = vec![0_u32; self.document_count()];
        let mut lost = 0;
        for need in needs {
            self.gather_need(need, None, best);
            lost += usize::from(best.is_empty());
            best.drain(|document, found| {
                let at = to_usize(document);
                if let Some((count, score)) = counts.get_mut(at).zip(scores.get_mut(at)) {
                    *count = count.saturating_add(1);
                    *score = score.saturating_add(u32::from(found)).min(STRICT - 1);
                }
            });
        }
        let most = counts.iter().copied().max().unwrap_or_default();
        let enough = needs.len() >= 3 || (needs.len() == 2 && lost > 0);
        for (score, count) in scores.iter_mut().zip(&counts) {
            if *count < most || !enough {
                *score = 0;
            }
        }
        let mut found = self.found(scores, MatchQuality::Partial, needs);
        found.corrected = self.corrected(needs, &found.scores);
        found
    }

    /// Words that the best document has instead of those that were typed.
    fn corrected(&self, needs: &[Clause], scores: &[u32]) -> Vec<(usize, String)> {
        let top = scores.iter().zip(0_u32..).max_by_key(|&(score, document)| (score, Reverse(document)));
        let Some((_, top)) = top.filter(|(score, _)| **score > 0) else { return Vec::new() };
        let corrected = needs.iter().filter_map(|need| {
            let wanted = need.typed().filter(|wanted| !wanted.near.is_empty())?;
            let has = |word| self.has(word, top, wanted.fields);
            if wanted.exact.iter().copied().any(has) || wanted.begun.clone().any(has) {
                return None;
            }
            let instead = wanted.near.iter().find(|near| has(near.word))?;
            Some((wanted.of, self.words.word(instead.word).to_owned()))
        });
        corrected.collect()
    }
}
