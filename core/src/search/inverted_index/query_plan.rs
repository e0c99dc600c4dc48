//! A query resolved against the dictionary: numbers of words instead of their letters.

use std::ops::Range;

use super::index::InvertedIndex;
use super::spelling::{Candidate, allowed};
use super::tokenizer::{Run, joined, pairs, runs, stem, without_marks};
use super::{AcceptedWord, Alternatives, FieldSet, QueryTerm};
use crate::search::characters::{JOINT, is_unspaced};

/// Words of a query that are evaluated, so that a pasted page is answered within a frame. Thirty-two words that an entry
/// must all have leave next to nothing to narrow. Chosen.
const MAX_WORDS: usize = 32;
/// Words of a query that may have typos: each takes a walk through the dictionary. Chosen.
const MAX_WALKS: usize = 8;
/// Letters of the parts of a compound that may stand apart from one another: `pre trained` for `pre-trained`. Every other
/// entry has a `4` somewhere, so `gpt-4` is not found by its parts. Chosen.
const TELLING_PART: usize = 3;
/// Misspelt words of a term that are highlighted. They are passed to the client at every key; nobody sees the others.
/// Chosen.
const MAX_MARKED: usize = 64;

/// Something a document must have.
pub(super) enum Clause {
    /// A word.
    One(ResolvedWord),
    /// All of any of these.
    Any(Vec<Vec<Clause>>),
}

/// A word, resolved.
#[derive(Default)]
pub(super) struct ResolvedWord {
    /// The place of its term in the query.
    pub(super) of: usize,
    pub(super) text: String,
    pub(super) prefix: bool,
    pub(super) fields: u8,
    /// True if typos are not accepted.
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

impl Clause {
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
    pub(super) fn typed(&self) -> Option<&ResolvedWord> {
        match self {
            Self::One(wanted) => Some(wanted),
            Self::Any(ways) => match ways.first().map(Vec::as_slice) {
                Some([Self::One(wanted)]) => Some(wanted),
                _ => None,
            },
        }
    }

    fn typed_mut(&mut self) -> Option<&mut ResolvedWord> {
        match self {
            Self::One(wanted) => Some(wanted),
            Self::Any(ways) => match ways.first_mut().map(Vec::as_mut_slice) {
                Some([Self::One(wanted)]) => Some(wanted),
                _ => None,
            },
        }
    }
}

impl InvertedIndex {
    /// Reads a query.
    pub(super) fn needs(&self, terms: &[Alternatives]) -> Vec<Clause> {
        let mut needs = Vec::new();
        for (of, term) in terms.iter().enumerate() {
            let mut ways = term.variants.iter().map(|way| self.way(of, way)).filter(|way| !way.is_empty());
            let Some(first) = ways.next() else { continue };
            let others: Vec<_> = ways.collect();
            if others.is_empty() {
                needs.extend(first);
            } else {
                needs.push(Clause::Any(std::iter::once(first).chain(others).collect()));
            }
            if needs.len() >= MAX_WORDS {
                break;
            }
        }
        needs.truncate(MAX_WORDS);
        needs
    }

    fn way(&self, of: usize, way: &[QueryTerm]) -> Vec<Clause> {
        let mut needs = Vec::new();
        for term in way {
            let mut runs = runs(term.text).take(MAX_WORDS).peekable();
            while let Some(run) = runs.next() {
                let last = runs.peek().is_none();
                match run {
                    Run::Word(word) => needs.push(self.word_clause(of, term, word, term.is_prefix && last)),
                    Run::Unspaced(run) if run.chars().nth(1).is_none() => {
                        needs.push(self.begun(of, term, run));
                    }
                    Run::Unspaced(run) => {
                        let pairs = pairs(run).filter(|pair| pair.chars().nth(1).is_some()).take(MAX_WORDS);
                        needs.extend(pairs.map(|pair| Clause::One(self.word_wanted(of, term, pair, false))));
                    }
                }
            }
        }
        needs.truncate(MAX_WORDS);
        needs
    }

    /// Resolves a word with its marks and joints. Marks count if any document has them. A compound is found in one word, and by
    /// its parts unless those say little (`gpt-4`) and it is known in one word.
    fn word_clause(&self, of: usize, term: &QueryTerm, word: &str, prefix: bool) -> Clause {
        let bare = without_marks(word);
        if bare.len() < word.len() {
            let marked = self.word_wanted(of, term, &joined(word), prefix);
            if marked.cost > 0 {
                // `net` is no typo of `.net`.
                return Clause::One(ResolvedWord { strict: true, ..marked });
            }
        }
        let whole = self.word_wanted(of, term, &joined(bare), prefix);
        let is_telling = |part: &str| part.chars().nth(TELLING_PART - 1).is_some();
        let by_parts = whole.cost == 0 || (!term.is_exact && bare.split(JOINT).all(is_telling));
        if !bare.contains(JOINT) || !by_parts {
            return Clause::One(whole);
        }
        let parts = bare.split(JOINT).filter(|part| !part.is_empty());
        let mut parts = parts.take(MAX_WORDS).peekable();
        let mut clauses = Vec::new();
        while let Some(part) = parts.next() {
            let is_last = parts.peek().is_none();
            clauses.push(Clause::One(self.word_wanted(of, term, part, prefix && is_last)));
        }
        Clause::Any(vec![vec![Clause::One(whole)], clauses])
    }

    fn word_wanted(&self, of: usize, term: &QueryTerm, word: &str, prefix: bool) -> ResolvedWord {
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
        let mut wanted = if prefix { self.wanted(word) } else { ResolvedWord::default() };
        wanted.of = of;
        wanted.fields = term.fields.0;
        wanted.strict = term.is_exact;
        wanted.text.clear();
        wanted.text.push_str(word);
        wanted.prefix = prefix;
        wanted.exact = exact;
        wanted.cost = wanted.cost.saturating_add(found);
        wanted
    }

    /// A single letter that anything may follow.
    fn begun(&self, of: usize, term: &QueryTerm, letter: &str) -> Clause {
        Clause::One(ResolvedWord { of, fields: term.fields.0, ..self.wanted(letter) })
    }

    /// All words that begin with some letters.
    pub(super) fn wanted(&self, prefix: &str) -> ResolvedWord {
        let begun = self.words.range(prefix);
        let pooled = self.ready(prefix).map_or_else(|| self.count_all(&begun), |ready| ready.count);
        let text = prefix.to_owned();
        ResolvedWord {
            text,
            prefix: true,
            fields: FieldSet::ALL.0,
            begun,
            pooled,
            cost: pooled,
            ..ResolvedWord::default()
        }
    }

    /// The words that count as what is needed.
    pub(super) fn accepted(&self, needs: &[Clause], typos: bool, accepted: &mut Vec<AcceptedWord>) {
        for need in needs {
            match need {
                Clause::One(wanted) => self.accept(wanted, typos, accepted),
                Clause::Any(ways) => {
                    for way in ways {
                        self.accepted(way, typos, accepted);
                    }
                }
            }
        }
    }

    fn accept(&self, wanted: &ResolvedWord, typos: bool, accepted: &mut Vec<AcceptedWord>) {
        let word =
            |at| AcceptedWord { term: wanted.of, word: self.words.word(at).to_owned(), is_prefix: false };
        accepted.extend(wanted.exact.iter().map(|&at| word(at)));
        if !wanted.begun.is_empty() {
            accepted.push(AcceptedWord { term: wanted.of, word: wanted.text.clone(), is_prefix: true });
        }
        if typos {
            accepted.extend(wanted.near.iter().take(MAX_MARKED).map(|near| word(near.word)));
        }
    }

    /// Looks for what the words may mean, typos allowed. Whether there is anything.
    pub(super) fn loosen(&self, needs: &mut [Clause]) -> bool {
        let mut any = false;
        for wanted in needs.iter_mut().filter_map(Clause::typed_mut).take(MAX_WALKS) {
            if !wanted.strict
                && allowed(wanted.text.chars().count()) > 0
                && !wanted.text.chars().any(is_unspaced)
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
