//! What is asked for, read against the dictionary: places of words instead of their letters.

use std::ops::Range;

use super::open::Lexicon;
use super::spell::{Candidate, allowed};
use super::words::{Run, pairs, runs, stem};
use super::{Accepted, Alternatives, FieldSet, Term};
use crate::numbers::place;

/// Words of a query that are looked for: what comes after them does not narrow any more.
const MOST_WORDS: usize = 32;
/// Words of a query that may have typos: each takes a walk through the dictionary.
const MOST_WALKS: usize = 8;

/// Words with typos that are told of for each term.
const MOST_MARKED: usize = 64;

/// Something a document must have.
pub(super) enum Need {
    /// A word.
    One(Wanted),
    /// All of any of these.
    Any(Vec<Vec<Need>>),
}

/// A word, resolved.
#[derive(Default)]
pub(super) struct Wanted {
    /// The place of its term in the query.
    pub(super) of: usize,
    pub(super) text: String,
    pub(super) prefix: bool,
    pub(super) fields: u8,
    /// Whether typos are not forgiven.
    pub(super) strict: bool,
    /// Words that are it.
    pub(super) exact: Vec<usize>,
    /// Words that begin with it.
    pub(super) begun: Range<usize>,
    /// Documents of those, counted once for each word.
    pub(super) pooled: u32,
    /// Words that it may mean.
    pub(super) near: Vec<Candidate>,
    /// Documents to read.
    pub(super) cost: u32,
}

impl Need {
    /// Documents to read, about.
    pub(super) fn cost(&self) -> u32 {
        match self {
            Self::One(wanted) => wanted.cost,
            Self::Any(ways) => ways
                .iter()
                .map(|way| way.iter().map(Self::cost).min().unwrap_or_default())
                .fold(0, u32::saturating_add),
        }
    }

    /// The word as it was typed, where it is one.
    pub(super) fn typed(&self) -> Option<&Wanted> {
        match self {
            Self::One(wanted) => Some(wanted),
            Self::Any(ways) => match ways.first().map(Vec::as_slice) {
                Some([Self::One(wanted)]) => Some(wanted),
                _ => None,
            },
        }
    }

    fn typed_mut(&mut self) -> Option<&mut Wanted> {
        match self {
            Self::One(wanted) => Some(wanted),
            Self::Any(ways) => match ways.first_mut().map(Vec::as_mut_slice) {
                Some([Self::One(wanted)]) => Some(wanted),
                _ => None,
            },
        }
    }
}

impl Lexicon {
    /// Reads a query.
    pub(super) fn needs(&self, terms: &[Alternatives]) -> Vec<Need> {
        let mut needs = Vec::new();
        for (of, term) in terms.iter().enumerate() {
            let mut ways = term.any.iter().map(|way| self.way(of, way)).filter(|way| !way.is_empty());
            let Some(first) = ways.next() else { continue };
            let others: Vec<_> = ways.collect();
            if others.is_empty() {
                needs.extend(first);
            } else {
                needs.push(Need::Any(std::iter::once(first).chain(others).collect()));
            }
            if needs.len() >= MOST_WORDS {
                break;
            }
        }
        needs.truncate(MOST_WORDS);
        needs
    }

    fn way(&self, of: usize, way: &[Term]) -> Vec<Need> {
        let mut needs = Vec::new();
        for term in way {
            let mut runs = runs(term.text).take(MOST_WORDS).peekable();
            while let Some(run) = runs.next() {
                let last = runs.peek().is_none();
                match run {
                    Run::Word(word) => needs.push(self.word_wanted(of, term, word, term.prefix && last)),
                    Run::Cjk(run) if run.chars().nth(1).is_none() => needs.push(self.begun(of, term, run)),
                    Run::Cjk(run) => {
                        let pairs = pairs(run).filter(|pair| pair.chars().nth(1).is_some()).take(MOST_WORDS);
                        needs.extend(pairs.map(|pair| self.word_wanted(of, term, pair, false)));
                    }
                }
            }
        }
        needs.truncate(MOST_WORDS);
        needs
    }

    fn word_wanted(&self, of: usize, term: &Term, word: &str, prefix: bool) -> Need {
        let mut forms = vec![stem(word).into_owned()];
        if prefix {
            // `categori` is on the way to `categories`, which is indexed as `category`.
            for ending in ["s", "es"] {
                let longer = format!("{word}{ending}");
                let form = stem(&longer);
                if form != longer && !form.starts_with(word) && !forms.iter().any(|known| *known == form) {
                    forms.push(form.into_owned());
                }
            }
        }
        let exact: Vec<usize> = forms.iter().filter_map(|form| self.words.find(form)).collect();
        let found = exact.iter().map(|&at| self.lists.count(at)).fold(0, u32::saturating_add);
        let mut wanted = if prefix { self.wanted(word) } else { Wanted::default() };
        wanted.of = of;
        wanted.fields = term.fields.0;
        wanted.strict = term.exact;
        wanted.text.clear();
        wanted.text.push_str(word);
        wanted.prefix = prefix;
        wanted.exact = exact;
        wanted.cost = wanted.cost.saturating_add(found);
        Need::One(wanted)
    }

    /// A single letter that anything may follow.
    fn begun(&self, of: usize, term: &Term, letter: &str) -> Need {
        Need::One(Wanted { of, fields: term.fields.0, ..self.wanted(letter) })
    }

    /// All words that begin with some letters.
    pub(super) fn wanted(&self, prefix: &str) -> Wanted {
        let begun = self.words.range(prefix);
        let pooled = self.ready(prefix).map_or_else(|| self.count_all(&begun), |ready| ready.count);
        let text = prefix.to_owned();
        Wanted {
            text,
            prefix: true,
            fields: FieldSet::ALL.0,
            begun,
            pooled,
            cost: pooled,
            ..Wanted::default()
        }
    }

    /// The words that count as what is needed.
    pub(super) fn accepted(&self, needs: &[Need], typos: bool, accepted: &mut Vec<Accepted>) {
        for need in needs {
            match need {
                Need::One(wanted) => self.accept(wanted, typos, accepted),
                Need::Any(ways) => {
                    for way in ways {
                        self.accepted(way, typos, accepted);
                    }
                }
            }
        }
    }

    fn accept(&self, wanted: &Wanted, typos: bool, accepted: &mut Vec<Accepted>) {
        let word = |at| Accepted { of: wanted.of, word: self.words.word(at).to_owned(), prefix: false };
        accepted.extend(wanted.exact.iter().map(|&at| word(at)));
        if !wanted.begun.is_empty() {
            accepted.push(Accepted { of: wanted.of, word: wanted.text.clone(), prefix: true });
        }
        if typos {
            accepted.extend(wanted.near.iter().take(MOST_MARKED).map(|near| word(near.word)));
        }
    }

    /// Looks for what the words may mean, typos allowed. Whether there is anything.
    pub(super) fn loosen(&self, needs: &mut [Need]) -> bool {
        let mut any = false;
        for wanted in needs.iter_mut().filter_map(Need::typed_mut).take(MOST_WALKS) {
            if !wanted.strict
                && allowed(wanted.text.chars().count()) > 0
                && wanted.text.chars().all(|c| !super::words::is_cjk(c))
            {
                wanted.near = self.candidates(&wanted.text, wanted.prefix);
                wanted.near.retain(|near| near.distance > 0);
                let near = wanted.near.iter().map(|near| near.count).fold(0, u32::saturating_add);
                wanted.cost = wanted.cost.saturating_add(near);
                any |= !wanted.near.is_empty();
            }
        }
        any
    }
}

/// Whether a document may be in a set of so many.
pub(super) fn scored(scores: &[u32], document: u32) -> bool {
    scores.get(place(document)).is_some_and(|score| *score > 0)
}
