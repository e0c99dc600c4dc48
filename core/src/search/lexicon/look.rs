//! Answers a query: first by the words as they are, then with typos, then by most of them.

use std::cmp::Reverse;

use super::lists::Weight;
use super::need::{Need, Wanted, scored};
use super::open::Lexicon;
use super::score::rarity;
use super::totals::{Alive, Best, STRICT, Totals};
use super::{Alternatives, FieldSet, Found, How};
use crate::numbers::place;

/// With fewer documents than this, typos are looked for.
const ENOUGH: usize = 10;

impl Lexicon {
    /// For every document how well it has all of the terms; 0 where it has not.
    ///
    /// O(documents of the terms). Where fewer than ten documents have all terms, words with typos do as
    /// well; where none has, most of the terms do.
    pub fn look(&self, terms: &[Alternatives]) -> Found {
        let mut needs = self.needs(terms);
        let mut best = Best::new(self.documents());
        if needs.is_empty() {
            return self.found(vec![1; self.documents()], How::Exact, &needs);
        }
        let strict = self.all(&needs, &mut best);
        if strict.count >= ENOUGH || self.documents == 0 {
            return self.found(strict.scores, How::Exact, &needs);
        }
        let loose = if self.loosen(&mut needs) { self.all(&needs, &mut best) } else { Totals::default() };
        if strict.count == 0 && loose.count == 0 {
            return self.most(&needs, &mut best);
        }
        if loose.count <= strict.count {
            return self.found(strict.scores, How::Exact, &needs);
        }
        let mut scores = loose.scores;
        for document in &strict.few {
            let score = strict.scores.get(place(*document)).copied().unwrap_or_default();
            if let Some(slot) = scores.get_mut(place(*document)) {
                *slot = STRICT.saturating_add(score);
            }
        }
        let mut found = self.found(scores, How::Fuzzy, &needs);
        if strict.count == 0 {
            found.corrected = self.corrected(&needs, &found.scores);
        }
        found
    }

    /// For every document more than 0 where it has a term as it is.
    pub fn having(&self, term: &Alternatives) -> Vec<u32> {
        let needs = self.needs(std::slice::from_ref(term));
        if needs.is_empty() {
            return vec![0; self.documents()];
        }
        self.all(&needs, &mut Best::new(self.documents())).scores
    }

    /// What was found, with the words that were accepted.
    fn found(&self, scores: Vec<u32>, how: How, needs: &[Need]) -> Found {
        let mut found = Found { scores, how, corrected: Vec::new(), accepted: Vec::new() };
        self.accepted(needs, how != How::Exact, &mut found.accepted);
        found
    }

    /// Documents that have everything, the rarest asked for first.
    fn all(&self, needs: &[Need], best: &mut Best) -> Totals {
        let mut left: Vec<&Need> = needs.iter().collect();
        let mut totals = Totals::new(self.documents());
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
    fn gather_need(&self, need: &Need, alive: Alive, best: &mut Best) {
        let ways = match need {
            Need::One(wanted) => return self.gather_wanted(wanted, 4, alive, best),
            Need::Any(ways) => ways,
        };
        for (way, quarters) in ways.iter().zip(std::iter::once(4).chain(std::iter::repeat(3))) {
            if let [Need::One(wanted)] = way.as_slice() {
                self.gather_wanted(wanted, quarters, alive, best);
                continue;
            }
            let found = self.all(way, &mut Best::new(self.documents()));
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
    fn gather_wanted(&self, wanted: &Wanted, quarters: u32, alive: Alive, best: &mut Best) {
        let weight = |rarity: u32| Weight { rarity: (rarity * quarters / 4).max(1), fields: wanted.fields };
        for &word in &wanted.exact {
            self.gather(word, weight(rarity(self.documents, self.lists.count(word))), alive, best);
        }
        if !wanted.begun.is_empty() {
            let ready = self.ready(&wanted.text).filter(|_| wanted.fields == FieldSet::ALL.0);
            if let Some(ready) = ready {
                ready.gather(alive, best);
            } else {
                let rarity = rarity(self.documents, wanted.pooled) * 3 / 4;
                let others = wanted.begun.clone().filter(|word| !wanted.exact.contains(word));
                others.for_each(|word| self.gather(word, weight(rarity), alive, best));
            }
        }
        let begun = wanted.near.iter().filter(|near| !near.whole).map(|near| near.count);
        let begun = rarity(self.documents, begun.fold(0, u32::saturating_add)) * 3 / 4;
        for near in &wanted.near {
            let rarity = if near.whole { rarity(self.documents, near.count) } else { begun };
            self.gather(near.word, weight(rarity >> near.distance), alive, best);
        }
    }

    /// For every document the best worth of the words that begin with some letters.
    pub(super) fn begins(&self, prefix: &str) -> Vec<u16> {
        let mut best = Best::new(self.documents());
        self.gather_wanted(&self.wanted(prefix), 4, None, &mut best);
        best.scores
    }

    /// Documents that have as many of the needs as any document has.
    fn most(&self, needs: &[Need], best: &mut Best) -> Found {
        let mut counts = vec![0_u8; self.documents()];
        let mut scores = vec![0_u32; self.documents()];
        let mut lost = 0;
        for need in needs {
            self.gather_need(need, None, best);
            lost += usize::from(best.is_empty());
            best.drain(|document, found| {
                let at = place(document);
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
        let mut found = self.found(scores, How::Most, needs);
        found.corrected = self.corrected(needs, &found.scores);
        found
    }

    /// Words that the best document has instead of those that were typed.
    fn corrected(&self, needs: &[Need], scores: &[u32]) -> Vec<(usize, String)> {
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
