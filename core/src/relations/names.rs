//! What things are called, so that a text can be asked which of them it names.
//!
//! A tree of words: from its root, a name's words lead to the node where it ends. At every word of a text the
//! longest way down is taken, so the cost is that of the text, however many names there are. An automaton over
//! bytes (Aho-Corasick) would do the same for one spelling; words make plurals, case and hyphens one.

use std::collections::HashMap;
use std::ops::Range;

use super::words::{Word, words};
use crate::numbers::{place, short};

/// An entry by its number in the author's order.
pub(super) type Entry = u32;

/// How a name has to be written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Spelling {
    /// In any case.
    Any,
    /// With the same capitals: abbreviations, and short titles that are common words too.
    Same,
}

/// What a name stands for.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Meaning {
    entry: Entry,
    /// The letters that have to stand there, where they matter.
    written: Option<Box<str>>,
    /// A term is meant before a paper of the same name.
    is_term: bool,
}

/// All names.
#[derive(Debug, Default)]
pub(super) struct Names {
    words: HashMap<Box<str>, u32>,
    next: HashMap<(u32, u32), u32>,
    meanings: Vec<Vec<Meaning>>,
}

/// A name in a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Mention {
    /// Bytes of the text.
    pub(super) range: Range<usize>,
    /// What is named; more than one where the text does not tell which.
    pub(super) entries: Vec<Entry>,
}

/// Longest names that are looked for, in words: no longer one is met in running text.
const LONGEST: usize = 24;
/// Hyphens of a name that may be left out or written; those behind them stay as they are.
const HYPHENS: usize = 4;

impl Names {
    /// Adds a name of an entry. O(words), twice that for each hyphen.
    pub(super) fn add(&mut self, name: &str, entry: Entry, is_term: bool, spelling: Spelling) {
        let all = words(name);
        if all.is_empty() || all.len() > LONGEST {
            return;
        }
        let written = (spelling == Spelling::Same).then(|| bare(name).into());
        let meaning = Meaning { entry, written, is_term };
        self.grow(0, &all, HYPHENS, &meaning);
    }

    fn grow(&mut self, node: u32, rest: &[Word], hyphens: usize, meaning: &Meaning) {
        let Some((word, after)) = rest.split_first() else {
            let at = place(node);
            if self.meanings.len() <= at {
                self.meanings.resize(at + 1, Vec::new());
            }
            if let Some(here) = self.meanings.get_mut(at).filter(|here| !here.contains(meaning)) {
                here.push(meaning.clone());
            }
            return;
        };
        let next = self.child(node, word.key().into_owned());
        self.grow(next, after, hyphens, meaning);
        if let Some((second, after)) = after.split_first().filter(|_| word.is_glued && hyphens > 0) {
            let next = self.child(node, word.key_with(second));
            self.grow(next, after, hyphens - 1, meaning);
        }
    }

    fn child(&mut self, node: u32, word: String) -> u32 {
        let new = short(self.words.len());
        let word = *self.words.entry(word.into()).or_insert(new);
        let new = short(self.next.len() + 1);
        *self.next.entry((node, word)).or_insert(new)
    }

    /// Whether some entry has a name.
    pub(super) fn has(&self, name: &str) -> bool {
        self.find(name).iter().any(|mention| mention.range == (0..name.len()))
    }

    /// The names in a text, from left to right, the longest of those that begin at a word; none overlap.
    /// O(words of the text).
    pub(super) fn find(&self, text: &str) -> Vec<Mention> {
        self.find_others(text, None)
    }

    /// The names in a text but those of one entry: what stands inside its own title counts.
    pub(super) fn find_others(&self, text: &str, but: Option<Entry>) -> Vec<Mention> {
        let words = words(text);
        let known = |key: &str| self.words.get(key).copied();
        let keys: Vec<_> = words.iter().map(|word| known(&word.key())).collect();
        let glued: Vec<_> = words
            .iter()
            .zip(words.iter().skip(1))
            .map(|(word, next)| if word.is_glued { known(&word.key_with(next)) } else { None })
            .collect();
        let walk = Walk { names: self, text, words: &words, keys: &keys, glued: &glued, but };
        let mut found = Vec::new();
        let mut at = 0;
        while let Some(word) = words.get(at) {
            match walk.longest(0, at, word.range.start) {
                Some((after, mention)) => {
                    found.push(mention);
                    at = after;
                }
                None => at += 1,
            }
        }
        found
    }
}

/// The way through the words of one text.
struct Walk<'a> {
    names: &'a Names,
    text: &'a str,
    words: &'a [Word],
    keys: &'a [Option<u32>],
    glued: &'a [Option<u32>],
    /// Whose names do not count.
    but: Option<Entry>,
}

impl Walk<'_> {
    /// The longest name that goes on from a node with the word at a place, and the word behind it.
    fn longest(&self, node: u32, at: usize, begin: usize) -> Option<(usize, Mention)> {
        let step = |key: Option<&Option<u32>>, words: usize| {
            let next = *self.names.next.get(&(node, key.copied().flatten()?))?;
            let after = at + words;
            let further = self.longest(next, after, begin);
            further
                .or_else(|| Some((after, self.mention(next, begin..self.words.get(after - 1)?.range.end)?)))
        };
        let (one, two) = (step(self.keys.get(at), 1), step(self.glued.get(at), 2));
        match (one, two) {
            (Some(one), Some(two)) => Some(if two.0 > one.0 { two } else { one }),
            (one, two) => one.or(two),
        }
    }

    /// What a name means here. A term is meant before papers.
    fn mention(&self, node: u32, range: Range<usize>) -> Option<Mention> {
        let written = bare(self.text.get(range.clone())?);
        let meanings = self.names.meanings.get(place(node))?;
        let fits = |meaning: &&Meaning| {
            let is_written = meaning.written.as_deref().is_none_or(|wanted| wanted == written);
            is_written && self.but != Some(meaning.entry)
        };
        let term = meanings.iter().find(|meaning| meaning.is_term && fits(meaning));
        let mut entries: Vec<Entry> = match term {
            Some(term) => vec![term.entry],
            None => meanings.iter().filter(fits).map(|meaning| meaning.entry).collect(),
        };
        entries.dedup();
        (!entries.is_empty()).then_some(Mention { range, entries })
    }
}

/// Letters as they are compared where capitals count: without hyphens, spaces and the ending of a plural.
fn bare(name: &str) -> String {
    let name = name.strip_suffix("'s").or_else(|| name.strip_suffix("’s")).unwrap_or(name);
    let letters: String = name.chars().filter(|c| c.is_alphanumeric() || matches!(c, '.' | '/')).collect();
    let singular = letters.strip_suffix('s').filter(|rest| rest.len() > 1).map(str::to_owned);
    singular.unwrap_or(letters)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn names() -> Names {
        let mut names = Names::default();
        names.add("Sparse Coding", 0, true, Spelling::Any);
        names.add("Variational auto-encoder", 1, true, Spelling::Any);
        names.add("VAE", 1, true, Spelling::Same);
        names.add("Auto-encoder", 2, true, Spelling::Any);
        names.add("Variational Sparse Coding", 3, false, Spelling::Same);
        names.add("2010.11929", 4, false, Spelling::Same);
        names.add("Circuits", 5, false, Spelling::Same);
        names.add("Circuits", 6, false, Spelling::Same);
        names
    }

    fn found(text: &str) -> Vec<(&str, Vec<Entry>)> {
        let mentions = names().find(text);
        mentions.into_iter().map(|mention| (&text[mention.range], mention.entries)).collect()
    }

    #[test]
    fn plurals_case_and_hyphens_do_not_count() {
        for text in ["autoencoder", "Auto-Encoders", "AUTOENCODER", "auto-encoder"] {
            assert_eq!(found(text), [(text, vec![2])]);
        }
        assert_eq!(
            found("sparse-coding, sparse codings"),
            [("sparse-coding", vec![0]), ("sparse codings", vec![0])]
        );
    }

    #[test]
    fn the_longest_name_is_meant() {
        assert_eq!(found("a variational autoencoder is"), [("variational autoencoder", vec![1])]);
        assert_eq!(found("a variational coder"), []);
        assert_eq!(found("Variational Sparse Coding"), [("Variational Sparse Coding", vec![3])]);
    }

    #[test]
    fn capitals_count_where_they_tell() {
        assert_eq!(found("VAEs, a VAE, the vae"), [("VAEs", vec![1]), ("VAE", vec![1])]);
        assert_eq!(found("variational sparse coding"), [("sparse coding", vec![0])]);
    }

    #[test]
    fn ids_are_names() {
        assert_eq!(found("see arXiv:2010.11929."), [("2010.11929", vec![4])]);
        assert_eq!(found("from 2010 11929"), []);
    }

    #[test]
    fn words_are_whole() {
        assert_eq!(found("autoencoderish VAEx"), []);
    }

    #[test]
    fn what_could_be_two_is_both() {
        assert_eq!(found("Circuits"), [("Circuits", vec![5, 6])]);
        assert!(names().has("Sparse coding"));
        assert!(!names().has("Sparse"));
    }
}
