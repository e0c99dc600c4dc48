//! Index of the names of entries, which finds the names that a text contains.
//!
//! The index is a trie of words: the words of a name lead from the root to the node that has its entries. At each word
//! of a text, the longest path is taken, so that a search costs O(words of the text), however many names there are. An
//! automaton over bytes (Aho-Corasick) would find one spelling only; words ignore plurals, case and hyphens.

use std::ops::Range;

use rustc_hash::FxHashMap;

use super::name_words::NameWords;
use crate::convert::{to_u32, to_usize};

/// Number of an entry in the author's order, from 0.
pub(super) type EntryNumber = u32;

/// Sensitivity of a name to case.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum CaseMatching {
    /// Any case matches.
    Ignore,
    /// Only the same capitals match: for abbreviations, and for short titles that are common words too.
    Exact,
}

/// An entry that a name stands for.
#[derive(Clone, Debug, PartialEq, Eq)]
struct NamedEntry {
    entry: EntryNumber,
    /// The required spelling, normalized by [`normalize_spelling`]; `None` if case is ignored.
    spelling: Option<Box<str>>,
    /// A term has precedence over papers of the same name.
    is_term: bool,
}

/// An index of names. Entries are identified by their number.
#[derive(Debug, Default)]
pub(super) struct NameIndex {
    /// Numbers of the words in names.
    word_numbers: FxHashMap<Box<str>, u32>,
    /// Child nodes by parent node and word number. The root is node 0.
    children: FxHashMap<(u32, u32), u32>,
    /// Entries of each node.
    named_entries: Vec<Vec<NamedEntry>>,
}

/// A name in a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct NameMatch {
    /// Byte range in the text.
    pub(super) range: Range<usize>,
    /// Entries with this name; more than one if the name is ambiguous.
    pub(super) entries: Vec<EntryNumber>,
}

/// Longest indexed name in words. Running text does not contain longer titles, and the limit bounds the recursion.
const MAX_NAME_WORDS: usize = 24;

/// Number of hyphens in a name that are optional. Each doubles the number of paths in the trie.
const MAX_OPTIONAL_HYPHENS: usize = 4;

impl NameIndex {
    /// Adds a name of an entry. Names of more than 24 words are ignored. O(words), doubled for each of the first four
    /// hyphens.
    pub(super) fn add(&mut self, name: &str, entry: EntryNumber, is_term: bool, case: CaseMatching) {
        let words = NameWords::of(name);
        if words.len() == 0 || words.len() > MAX_NAME_WORDS {
            return;
        }
        let spelling = (case == CaseMatching::Exact).then(|| normalize_spelling(name).into());
        let single = words.keys().map(|key| self.number(&key)).collect::<Vec<_>>();
        let compound = words.compound_keys().map(|key| key.map(|key| self.number(&key)));
        let words: Vec<_> = single.into_iter().zip(compound.chain([None])).collect();
        self.insert(0, &words, MAX_OPTIONAL_HYPHENS, &NamedEntry { entry, spelling, is_term });
    }

    /// Inserts a name below a node: the number of each word, and of its compound with the next.
    fn insert(&mut self, node: u32, words: &[(u32, Option<u32>)], hyphens: usize, named_entry: &NamedEntry) {
        let Some((&(word, compound), rest)) = words.split_first() else {
            let node = to_usize(node);
            if self.named_entries.len() <= node {
                self.named_entries.resize(node + 1, Vec::new());
            }
            if let Some(entries) = self.named_entries.get_mut(node)
                && !entries.contains(named_entry)
            {
                entries.push(named_entry.clone());
            }
            return;
        };
        let child = self.child(node, word);
        self.insert(child, rest, hyphens, named_entry);
        if let Some(((_, rest), compound)) = rest.split_first().zip(compound).filter(|_| hyphens > 0) {
            let child = self.child(node, compound);
            self.insert(child, rest, hyphens - 1, named_entry);
        }
    }

    /// Returns the number of a word in a name.
    fn number(&mut self, word: &str) -> u32 {
        if let Some(known) = self.word_numbers.get(word) {
            return *known;
        }
        let new = to_u32(self.word_numbers.len());
        self.word_numbers.insert(word.into(), new);
        new
    }

    /// Returns the child of a node for a word, and creates it if necessary.
    fn child(&mut self, node: u32, word: u32) -> u32 {
        let new_node = to_u32(self.children.len() + 1);
        *self.children.entry((node, word)).or_insert(new_node)
    }

    /// Returns true if the text is a name of an entry.
    pub(super) fn contains(&self, name: &str) -> bool {
        self.find(name).iter().any(|found| found.range == (0..name.len()))
    }

    /// Finds the names in a text, from left to right: of the names that begin at a word the longest, without overlaps.
    /// O(words of the text).
    pub(super) fn find(&self, text: &str) -> Vec<NameMatch> {
        self.find_except(text, None)
    }

    /// Finds the names in a text, ignoring those of one entry. Shorter names within an ignored name are found.
    pub(super) fn find_except(&self, text: &str, ignored: Option<EntryNumber>) -> Vec<NameMatch> {
        let words = NameWords::of(text);
        let single: Vec<_> = words.keys().map(|key| self.word_numbers.get(&*key).copied()).collect();
        let mut found = Vec::new();
        let compound =
            words.compound_keys().map(|key| self.word_numbers.get(&*key?).copied()).collect::<Vec<_>>();
        let search =
            NameSearch { index: self, text, words: &words, single: &single, compound: &compound, ignored };
        let mut position = 0;
        while let Some(range) = words.range(position) {
            match search.longest(0, position, range.start) {
                Some((end, name)) => {
                    found.push(name);
                    position = end;
                }
                None => position += 1,
            }
        }
        found
    }
}

/// A search through the words of one text.
struct NameSearch<'a> {
    index: &'a NameIndex,
    text: &'a str,
    words: &'a NameWords,
    /// Number of each word; `None` if no name contains it.
    single: &'a [Option<u32>],
    /// Number of the compound of each word with the next.
    compound: &'a [Option<u32>],
    /// The entry whose names are ignored.
    ignored: Option<EntryNumber>,
}

impl NameSearch<'_> {
    /// Returns the longest name that continues from `node` with the word at `position`, and the position after it.
    /// `start` is the byte offset of the name.
    fn longest(&self, node: u32, position: usize, start: usize) -> Option<(usize, NameMatch)> {
        let step = |word: Option<&Option<u32>>, word_count: usize| {
            let child = *self.index.children.get(&(node, word.copied().flatten()?))?;
            let end = position + word_count;
            self.longest(child, end, start).or_else(|| {
                let range = start..self.words.range(end - 1)?.end;
                Some((end, self.resolve(child, range)?))
            })
        };
        match (step(self.single.get(position), 1), step(self.compound.get(position), 2)) {
            (Some(single), Some(compound)) => Some(if compound.0 > single.0 { compound } else { single }),
            (single, compound) => single.or(compound),
        }
    }

    /// Returns the entries of a node that fit the spelling in the text: the first term, else all papers.
    fn resolve(&self, node: u32, range: Range<usize>) -> Option<NameMatch> {
        let spelling = normalize_spelling(self.text.get(range.clone())?);
        let named_entries = self.index.named_entries.get(to_usize(node))?;
        let fits = |named: &&NamedEntry| {
            named.spelling.as_deref().is_none_or(|required| required == spelling)
                && self.ignored != Some(named.entry)
        };
        let term = named_entries.iter().find(|named| named.is_term && fits(named));
        let mut entries: Vec<EntryNumber> = match term {
            Some(term) => vec![term.entry],
            None => named_entries.iter().filter(fits).map(|named| named.entry).collect(),
        };
        entries.dedup();
        (!entries.is_empty()).then_some(NameMatch { range, entries })
    }
}

/// Removes hyphens, spaces, possessive and plural endings, but keeps case.
fn normalize_spelling(name: &str) -> String {
    let name = name.strip_suffix("'s").or_else(|| name.strip_suffix("’s")).unwrap_or(name);
    let letters: String = name.chars().filter(|c| c.is_alphanumeric() || matches!(c, '.' | '/')).collect();
    let singular = letters.strip_suffix('s').filter(|rest| rest.len() > 1).map(str::to_owned);
    singular.unwrap_or(letters)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn index() -> NameIndex {
        let mut index = NameIndex::default();
        index.add("Sparse Coding", 0, true, CaseMatching::Ignore);
        index.add("Variational auto-encoder", 1, true, CaseMatching::Ignore);
        index.add("VAE", 1, true, CaseMatching::Exact);
        index.add("Auto-encoder", 2, true, CaseMatching::Ignore);
        index.add("Variational Sparse Coding", 3, false, CaseMatching::Exact);
        index.add("2010.11929", 4, false, CaseMatching::Exact);
        index.add("Circuits", 5, false, CaseMatching::Exact);
        index.add("Circuits", 6, false, CaseMatching::Exact);
        index
    }

    fn find(text: &str) -> Vec<(&str, Vec<EntryNumber>)> {
        index().find(text).into_iter().map(|found| (&text[found.range], found.entries)).collect()
    }

    #[test]
    fn ignores_plurals_case_and_hyphens() {
        for text in ["autoencoder", "Auto-Encoders", "AUTOENCODER", "auto-encoder"] {
            assert_eq!(find(text), [(text, vec![2])]);
        }
        assert_eq!(
            find("sparse-coding, sparse codings"),
            [("sparse-coding", vec![0]), ("sparse codings", vec![0])]
        );
    }

    #[test]
    fn finds_the_longest_name() {
        assert_eq!(find("a variational autoencoder is"), [("variational autoencoder", vec![1])]);
        assert_eq!(find("a variational coder"), []);
        assert_eq!(find("Variational Sparse Coding"), [("Variational Sparse Coding", vec![3])]);
    }

    #[test]
    fn requires_capitals_of_abbreviations() {
        assert_eq!(find("VAEs, a VAE, the vae"), [("VAEs", vec![1]), ("VAE", vec![1])]);
        assert_eq!(find("variational sparse coding"), [("sparse coding", vec![0])]);
    }

    #[test]
    fn finds_arxiv_ids() {
        assert_eq!(find("see arXiv:2010.11929."), [("2010.11929", vec![4])]);
        assert_eq!(find("from 2010 11929"), []);
    }

    #[test]
    fn matches_whole_words_only() {
        assert_eq!(find("autoencoderish VAEx"), []);
    }

    #[test]
    fn returns_all_entries_with_an_ambiguous_name() {
        assert_eq!(find("Circuits"), [("Circuits", vec![5, 6])]);
        assert!(index().contains("Sparse coding"));
        assert!(!index().contains("Sparse"));
    }
}
