//! Papers that share something.
//!
//! What few papers have in common says more than what many have: each shared thing counts for as much as it is rare
//! (the logarithm of one in how many papers it is met). What very many share leads to nothing but more work.

use std::collections::HashMap;

use super::Use;
use super::names::Entry as Number;
use crate::notebook::{Entry, Name, Named, Near, Notebook, Reference, Shared, plain};
use crate::numbers::{place, short};
use crate::search::labels;

/// Papers that are named beside one at most.
const MOST: usize = 5;
/// What more papers than this share brings none of them together.
const COMMON: usize = 200;
/// Papers are looked at for each at most.
const LOOKED_AT: usize = 2_000;

/// What a paper may share with another. The text is what is compared, shown where it has no better form.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
enum Trait {
    Term(Number),
    Author(String),
    Category(String),
    Label(String),
}

impl Trait {
    /// How much it says, beside a term.
    fn weight(&self) -> f32 {
        match self {
            Self::Term(_) => 1.0,
            Self::Author(_) => 1.5,
            Self::Category(_) => 0.3,
            Self::Label(_) => 0.05,
        }
    }

    /// Whether it alone brings papers together.
    fn leads(&self) -> bool {
        matches!(self, Self::Term(_) | Self::Author(_))
    }
}

/// For each entry the papers nearest to it; none for what is no paper. O(papers), each against 2,000 at the most.
pub(super) fn near(
    notebook: &Notebook,
    entries: &[Named],
    uses: &[Use],
    terms_of: &[Vec<Number>],
) -> Vec<Vec<Near>> {
    let mut numbers: HashMap<Trait, u32> = HashMap::new();
    let mut having: Vec<Vec<Number>> = Vec::new();
    let mut traits: Vec<Vec<u32>> = vec![Vec::new(); entries.len()];
    let mut kinds: Vec<Trait> = Vec::new();
    let mut is_paper = vec![false; entries.len()];
    for (at, (section, entry)) in (0..).zip(notebook.walk()) {
        let Entry::Paper(paper) = entry else { continue };
        let terms = terms_of.get(place(at)).into_iter().flatten().map(|term| Trait::Term(*term));
        let authors = authors(paper).into_iter().map(Trait::Author);
        let labels = labels(paper).into_iter().map(Trait::Label);
        let category = Trait::Category(plain(&section.title).into_owned());
        let Some((here, slot)) = traits.get_mut(place(at)).zip(is_paper.get_mut(place(at))) else { continue };
        *slot = true;
        for shared in terms.chain(authors).chain(labels).chain([category]) {
            let number = *numbers.entry(shared).or_insert_with_key(|shared| {
                kinds.push(shared.clone());
                having.push(Vec::new());
                short(having.len() - 1)
            });
            if !here.contains(&number) {
                here.push(number);
                having.get_mut(place(number)).into_iter().for_each(|papers| papers.push(at));
            }
        }
    }
    let papers = is_paper.iter().filter(|is_paper| **is_paper).count();
    let weights: Vec<f32> = kinds
        .iter()
        .zip(&having)
        .map(|(shared, having)| shared.weight() * rarity(having.len(), papers))
        .collect();
    let mut named: Vec<Vec<Number>> = vec![Vec::new(); entries.len()];
    let both = |at: Number| is_paper.get(place(at)) == Some(&true);
    for found in uses.iter().filter(|found| both(found.by) && both(found.of)) {
        for (one, other) in [(found.by, found.of), (found.of, found.by)] {
            named.get_mut(place(one)).into_iter().for_each(|named| named.push(other));
        }
    }
    let all = All { entries, traits, having, weights, kinds, named };
    (0..entries.len())
        .map(|at| if is_paper.get(at) == Some(&true) { all.of(at) } else { Vec::new() })
        .collect()
}

/// How much it says that a thing is met in `count` of `all` papers.
fn rarity(count: usize, all: usize) -> f32 {
    let float = |number: usize| f32::from(u16::try_from(number).unwrap_or(u16::MAX));
    // In thousandths where there are more papers than fit.
    let scale = all / usize::from(u16::MAX) + 1;
    (float(all / scale) / float(count / scale).max(1.0)).max(1.0).ln() + 0.1
}

/// All that is known of papers.
struct All<'a> {
    entries: &'a [Named],
    /// What each entry has.
    traits: Vec<Vec<u32>>,
    /// Which papers have a thing.
    having: Vec<Vec<Number>>,
    weights: Vec<f32>,
    kinds: Vec<Trait>,
    /// Which papers one names, or is named by.
    named: Vec<Vec<Number>>,
}

impl All<'_> {
    fn of(&self, at: usize) -> Vec<Near> {
        let (Some(here), Some(named)) = (self.traits.get(at), self.named.get(at)) else { return Vec::new() };
        let weight = |of: u32| self.weights.get(place(of)).copied().unwrap_or_default();
        let mut rare: Vec<u32> = here.iter().copied().filter(|of| self.leads(*of)).collect();
        rare.sort_by(|one, other| weight(*other).total_cmp(&weight(*one)));
        let mut found: Vec<Number> = named.clone();
        for papers in rare.iter().filter_map(|of| self.having.get(place(*of))) {
            if found.len() < LOOKED_AT && papers.len() <= COMMON {
                found.extend(papers);
            }
        }
        found.sort_unstable();
        found.dedup();
        let worth = |other: Number| {
            let theirs = self.traits.get(place(other)).map(Vec::as_slice).unwrap_or_default();
            let shared: f32 = here.iter().filter(|of| theirs.contains(of)).map(|of| weight(*of)).sum();
            shared + if named.contains(&other) { 3.0 } else { 0.0 }
        };
        let mut ranked: Vec<(f32, Number)> = found
            .into_iter()
            .filter(|other| place(*other) != at)
            .map(|other| (worth(other), other))
            .collect();
        // Of equals the first, so that the same notebook makes the same page.
        ranked.sort_by(|one, other| other.0.total_cmp(&one.0).then(one.1.cmp(&other.1)));
        ranked.truncate(MOST);
        ranked.into_iter().filter_map(|(_, other)| self.why(here, named, other)).collect()
    }

    fn leads(&self, of: u32) -> bool {
        self.kinds.get(place(of)).is_some_and(Trait::leads)
    }

    fn why(&self, here: &[u32], named: &[Number], other: Number) -> Option<Near> {
        let theirs = self.traits.get(place(other))?;
        let mut common: Vec<&Trait> = here
            .iter()
            .filter(|of| theirs.contains(of))
            .filter_map(|of| self.kinds.get(place(*of)))
            .collect();
        // Terms first, then authors, category, labels.
        common.sort();
        let mut shares: Vec<Shared> =
            named.contains(&other).then_some(Shared::Mention {}).into_iter().collect();
        shares.extend(common.into_iter().filter_map(|shared| {
            Some(match shared {
                Trait::Term(term) => Shared::Term(self.entries.get(place(*term))?.name.clone()),
                Trait::Author(author) => Shared::Author(author.clone()),
                Trait::Category(category) => Shared::Category(category.clone()),
                Trait::Label(label) => Shared::Label(label.clone()),
            })
        }));
        Some(Near { paper: self.entries.get(place(other))?.clone(), shares })
    }
}

/// Who wrote a paper by the bibliography; else who stands on its byline: its parts between commas and "and", where they
/// look like names.
fn authors(paper: &Reference) -> Vec<String> {
    if let Some(citation) = paper.citation.as_ref().filter(|citation| !citation.authors.is_empty()) {
        return citation.named().map(Name::said).collect();
    }
    let line = plain(&paper.byline);
    let parts = line.split([',', ';', '&', '·', '\n']).flat_map(|part| part.split(" and "));
    let parts = parts.map(|part| part.trim().trim_start_matches("and ").trim_start_matches("by "));
    let is_name = |part: &&str| {
        let mut words = part.split_whitespace();
        (2..=5).contains(&words.clone().count())
            && words.all(|word| {
                word.starts_with(|c: char| c.is_uppercase()) && !word.contains(|c: char| c.is_ascii_digit())
            })
    };
    parts.filter(is_name).map(str::to_owned).collect()
}
