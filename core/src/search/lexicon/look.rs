//! Answers a query: first by the words as they are, then with typos, then by most of them.

use super::format::place;
use super::lists::{Alive, Best, Weight};
use super::need::{Need, Wanted, scored};
use super::open::Lexicon;
use super::score::rarity;
use super::{Alternatives, FieldSet, Found, How};

/// With fewer documents than this, typos are looked for.
const ENOUGH: usize = 10;
/// What documents without a typo have above all others.
const STRICT: u32 = 1 << 24;

/// Documents that have all that is needed.
struct Totals {
    scores: Vec<u32>,
    alive: Vec<u32>,
}

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
        if strict.alive.len() >= ENOUGH || self.documents == 0 {
            return self.found(strict.scores, How::Exact, &needs);
        }
        let loose = self.loosen(&mut needs).then(|| self.all(&needs, &mut best));
        let loose = loose.unwrap_or_else(|| Totals { scores: vec![0; self.documents()], alive: Vec::new() });
        if strict.alive.is_empty() && loose.alive.is_empty() {
            return self.most(&needs, &mut best);
        }
        let how = if loose.alive.len() > strict.alive.len() { How::Fuzzy } else { How::Exact };
        let mut scores = loose.scores;
        for document in &strict.alive {
            let score = strict.scores.get(place(*document)).copied().unwrap_or_default();
            if let Some(slot) = scores.get_mut(place(*document)) {
                *slot = STRICT.saturating_add(score);
            }
        }
        let mut found = self.found(scores, how, &needs);
        if strict.alive.is_empty() {
            found.corrected = self.corrected(&needs, &found.scores, &mut best);
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
        let mut order: Vec<&Need> = needs.iter().collect();
        order.sort_by_key(|need| need.cost());
        let mut totals = Totals { scores: vec![0; self.documents()], alive: Vec::new() };
        for (at, need) in order.into_iter().enumerate() {
            if at == 0 {
                self.gather_need(need, None, best);
                totals.alive.clone_from(&best.touched);
            } else {
                self.gather_need(need, Some((&totals.scores, &totals.alive)), best);
            }
            let Totals { scores, alive } = &mut totals;
            alive.retain(|document| {
                let found = best.scores.get(place(*document)).copied().unwrap_or_default();
                if let Some(score) = scores.get_mut(place(*document)) {
                    *score =
                        if found == 0 { 0 } else { score.saturating_add(u32::from(found)).min(STRICT - 1) };
                }
                found > 0
            });
            best.clear();
            if alive.is_empty() {
                break;
            }
        }
        totals
    }

    /// Gathers the best of what will do.
    fn gather_need(&self, need: &Need, alive: Alive, best: &mut Best) {
        let ways = match need {
            Need::One(wanted) => return self.gather_wanted(wanted, 4, alive, best),
            Need::Any(_, ways) => ways,
        };
        for (way, quarters) in ways.iter().zip(std::iter::once(4).chain(std::iter::repeat(3))) {
            if let [Need::One(wanted)] = way.as_slice() {
                self.gather_wanted(wanted, quarters, alive, best);
                continue;
            }
            let found = self.all(way, &mut Best::new(self.documents()));
            let size = u32::try_from(way.len()).unwrap_or(u32::MAX).max(1);
            for document in found.alive {
                if alive.is_none_or(|(scores, _)| scored(scores, document)) {
                    let score = found.scores.get(place(document)).copied().unwrap_or_default();
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
            let list = self.cursor(word).next();
            self.gather(list, weight(rarity(self.documents, list.count)), alive, best);
        }
        if !wanted.begun.is_empty() {
            let ready = self.ready(&wanted.text).filter(|_| wanted.fields == FieldSet::ALL.0);
            if let Some(ready) = ready {
                ready.gather(alive, best);
            } else {
                let rarity = rarity(self.documents, wanted.pooled) * 3 / 4;
                self.gather_all(&wanted.begun, weight(rarity), alive, best);
            }
        }
        let begun = wanted.near.iter().filter(|near| !near.whole).map(|near| near.count);
        let begun = rarity(self.documents, begun.fold(0, u32::saturating_add)) * 3 / 4;
        for near in &wanted.near {
            let list = self.cursor(near.word).next();
            let rarity = if near.whole { rarity(self.documents, list.count) } else { begun };
            self.gather(list, weight(rarity >> near.distance), alive, best);
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
            lost += usize::from(best.touched.is_empty());
            for document in &best.touched {
                let at = place(*document);
                let found = best.scores.get(at).copied().unwrap_or_default();
                if let Some((count, score)) = counts.get_mut(at).zip(scores.get_mut(at)) {
                    *count = count.saturating_add(1);
                    *score = score.saturating_add(u32::from(found)).min(STRICT - 1);
                }
            }
            best.clear();
        }
        let most = counts.iter().copied().max().unwrap_or_default();
        let enough = needs.len() >= 3 || (needs.len() == 2 && lost > 0);
        for (score, count) in scores.iter_mut().zip(&counts) {
            if *count < most || !enough {
                *score = 0;
            }
        }
        let mut found = self.found(scores, How::Most, needs);
        found.corrected = self.corrected(needs, &found.scores, best);
        found
    }

    /// Words that the best document has instead of those that were typed.
    fn corrected(&self, needs: &[Need], scores: &[u32], best: &mut Best) -> Vec<(usize, String)> {
        let top =
            scores.iter().zip(0_u32..).max_by_key(|&(score, document)| (score, std::cmp::Reverse(document)));
        let Some((_, top)) = top.filter(|(score, _)| **score > 0) else { return Vec::new() };
        let mut only = vec![0; self.documents()];
        if let Some(slot) = only.get_mut(place(top)) {
            *slot = 1;
        }
        let alone = [top];
        let mut corrected: Vec<(usize, String)> = Vec::new();
        for (need, wanted) in needs.iter().filter_map(|need| Some((need, need.typed()?))) {
            let alive: Alive = Some((&only, &alone));
            let mut instead = None;
            self.gather_wanted(&wanted.bare(), 4, alive, best);
            if best.touched.is_empty() {
                instead = wanted.near.iter().find(|near| {
                    let weight = Weight { rarity: 1, fields: wanted.fields };
                    self.gather(self.cursor(near.word).next(), weight, alive, best);
                    !best.touched.is_empty()
                });
            }
            best.clear();
            corrected.extend(instead.map(|near| (need.of(), self.word(near.word))));
        }
        corrected
    }
}
