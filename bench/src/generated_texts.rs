//! Texts that resemble those of a large notebook.

use std::collections::HashSet;

use notebook_core::search::InvertedIndexBuilder;

use crate::random::Random;

const VOCABULARY: usize = 60_000;

/// Titles of 3 to 8 words, most of them rare, and notes of 60 to 150 words with frequencies by Zipf's law.
#[derive(Clone, Debug)]
pub struct GeneratedTexts {
    /// Title and notes of each document.
    pub documents: Vec<[String; 2]>,
}

impl GeneratedTexts {
    /// Generates `size` documents.
    #[must_use]
    #[expect(clippy::cast_precision_loss, reason = "ranks are small")]
    pub fn new(size: usize) -> Self {
        let mut random = Random::new(42);
        let words = vocabulary(&mut random);
        let mut sums = Vec::with_capacity(words.len());
        let mut sum = 0.0;
        for rank in 1..=words.len() {
            sum += 1.0 / rank as f64;
            sums.push(sum);
        }
        let zipf = |random: &mut Random| {
            let at = random.fraction() * sum;
            words[sums.partition_point(|known| *known < at).min(words.len() - 1)].as_str()
        };
        let half = words.len() / 2;
        let documents = (0..size).map(|_| {
            let length = 3 + random.below(6);
            let mut title = Vec::with_capacity(length);
            for _ in 0..length {
                let is_rare = random.below(4) > 0;
                title.push(if is_rare { &words[half + random.below(half)] } else { zipf(&mut random) });
            }
            let length = 60 + random.below(91);
            let notes: Vec<&str> = (0..length).map(|_| zipf(&mut random)).collect();
            [title.join(" "), notes.join(" ")]
        });
        Self { documents: documents.collect() }
    }

    /// Builds the full-text index of all documents.
    #[must_use]
    pub fn index(&self) -> Vec<u8> {
        let mut builder = InvertedIndexBuilder::new();
        for [title, notes] in &self.documents {
            builder.add_document([title, "", notes, ""]);
        }
        builder.finish()
    }

    /// Returns a random document's words, those of its title first.
    pub fn words_of_one(&self, random: &mut Random) -> Vec<&str> {
        let [title, notes] = random.pick(&self.documents);
        title.split(' ').chain(notes.split(' ')).collect()
    }
}

/// Returns pronounceable words, the frequent ones shorter.
fn vocabulary(random: &mut Random) -> Vec<String> {
    const ONSETS: [&str; 24] = [
        "b", "c", "d", "f", "g", "h", "j", "k", "l", "m", "n", "p", "r", "s", "t", "v", "w", "z", "st", "tr",
        "pr", "ch", "pl", "",
    ];
    const VOWELS: [&str; 7] = ["a", "e", "i", "o", "u", "ea", "io"];
    const CODAS: [&str; 8] = ["", "", "", "n", "r", "l", "t", "m"];
    let (mut known, mut words) = (HashSet::new(), Vec::new());
    while words.len() < VOCABULARY {
        let syllables =
            1 + random.below(2) + usize::from(words.len() > 300) + usize::from(words.len() > 10_000);
        let word: String = (0..syllables)
            .flat_map(|_| [*random.pick(&ONSETS), *random.pick(&VOWELS), *random.pick(&CODAS)])
            .collect();
        if known.insert(word.clone()) {
            words.push(word);
        }
    }
    words
}

/// Leaves a letter out, adds or changes one, or swaps two. Words of less than four letters stay as they are.
///
/// # Panics
/// Panics if a word of four letters or more is not ASCII.
#[must_use]
pub fn mistyped(word: &str, random: &mut Random) -> String {
    if word.len() < 4 {
        return word.to_owned();
    }
    loop {
        let mut letters: Vec<char> = word.chars().collect();
        let at = random.below(letters.len());
        let other = *random.pick(&('a'..='z').collect::<Vec<char>>());
        match random.below(4) {
            0 => drop(letters.remove(at)),
            1 => letters.insert(at, other),
            2 => letters[at] = other,
            _ => letters.swap(at.min(word.len() - 2), at.min(word.len() - 2) + 1),
        }
        let typed: String = letters.into_iter().collect();
        if typed != word {
            return typed;
        }
    }
}
