//! `notebook generate`: writes a large notebook of invented papers, for measurements that anyone can repeat.
//!
//! The same options give the same bytes on every machine, because only integer arithmetic is used.

use std::fmt::Write as _;
use std::io::{self, Write};
use std::sync::LazyLock;

/// Words that are frequent in research notes. Invented words have the ranks behind them.
static COMMON: LazyLock<Vec<&str>> = LazyLock::new(|| {
    "\
    the of a and to in is that we for on with by as this are model from it learning be an which can data \
    network training at not they attention features neural method representation results using deep \
    image more task loss between than show layer these language large performance each encoder \
    transformer input latent sparse have distribution problem only gradient vision their set function \
    reward policy safety alignment space dataset optimization interpretability circuit variational \
    embedding token semantic robust classifier adversarial generative diffusion supervised graph kernel \
    bayesian convolution recurrent causal regularisation decoder pruning scaling benchmark probe"
        .split_whitespace()
        .collect()
});

const ONSETS: [&str; 20] =
    ["b", "c", "d", "f", "g", "h", "k", "l", "m", "n", "p", "r", "s", "t", "v", "w", "z", "st", "tr", "pl"];
const VOWELS: [&str; 5] = ["a", "e", "i", "o", "u"];

/// Labels of notes, in their order.
const LABELS: [&str; 5] = ["The Problem", "Proposal", "Background", "Purpose", "Introduction"];

/// Size and seed of a generated notebook.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct GeneratedSize {
    pub(super) papers: u64,
    pub(super) terms: u64,
    pub(super) seed: u64,
}

/// Writes the notebook, paper by paper. O(papers + terms) time, O(1) memory.
pub(super) fn generate(size: GeneratedSize, to: &mut impl Write) -> io::Result<()> {
    let mut random = SplitMix64(size.seed);
    let categories = categories(size.papers);
    let GeneratedSize { papers, terms, seed } = size;
    writeln!(to, "---\ntitle: A notebook of {papers} papers")?;
    writeln!(
        to,
        "meta_description: Made by notebook generate --papers {papers} --terms {terms} --seed {seed}\n---\n"
    )?;
    writeln!(to, "None of these papers exists, and few of these words do.\n\n## Learning\n")?;
    for _ in 0..5 {
        writeln!(to, "- {}\n  - {}", title(&mut random, 3), title(&mut random, 3))?;
    }
    writeln!(to, "\n## Papers + Notes\n")?;
    let mut number = 0;
    for category in 0..categories {
        writeln!(to, "### {} {category}\n", title(&mut random, 2))?;
        let end = size.papers * (category + 1) / categories;
        while number < end {
            paper(&mut random, number, size.terms, to)?;
            number += 1;
        }
    }
    writeln!(to, "## Terms and Concepts\n")?;
    for number in 0..size.terms {
        let text = text(&mut random, 25, 60);
        writeln!(to, "- {}: {text}\n", GeneratedTerm(number))?;
    }
    writeln!(to, "## Posts\n")?;
    for number in 0..5 {
        writeln!(to, "- [{} {number}](/blog/{number})", title(&mut random, 4))?;
    }
    Ok(())
}

/// Returns the number of categories: a third of the square root of the papers, 33 for 10,000.
fn categories(papers: u64) -> u64 {
    papers.isqrt().div_ceil(3).max(1)
}

fn paper(random: &mut SplitMix64, number: u64, terms: u64, to: &mut impl Write) -> io::Result<()> {
    let words = 3 + random.below(6);
    let title = title(random, words);
    // The invented word makes every title unique.
    writeln!(to, "- [{title} {}]({}):\n", word(number + 4_000), address(random, number))?;
    let mut left = 60 + random.below(91);
    for label in LABELS {
        if left == 0 || random.below(2) == 0 {
            continue;
        }
        let words = left.min(15 + random.below(40));
        left -= words;
        writeln!(to, "{label}: {}\n", text(random, words, words))?;
    }
    let mut observation = 1;
    while left > 0 {
        let words = left.min(20 + random.below(30));
        left -= words;
        let mut text = text(random, words, words);
        if terms > 0 && random.below(3) == 0 {
            let _ = write!(text, " See {}.", GeneratedTerm(random.below(terms)).name());
        }
        if random.below(6) == 0 {
            let _ = write!(text, " #{}", word(random.zipf(5) + 96));
        }
        writeln!(to, "Observation {observation}: {text}\n")?;
        observation += 1;
    }
    Ok(())
}

/// Returns a unique address, mostly of arXiv and of recent years.
fn address(random: &mut SplitMix64, number: u64) -> String {
    // The later of two random years makes recent ones more likely.
    let year = 2007 + random.below(19).max(random.below(19));
    match random.below(10) {
        0 => format!("https://openreview.net/forum?id=N{number:07}"),
        1 => format!("https://doi.org/10.1000/n{number}"),
        2 => format!("https://proceedings.neurips.cc/paper/{year}/hash/{number:08x}-Abstract.html"),
        3 => format!("https://ieeexplore.ieee.org/document/{}", 1_000_000 + number),
        // An arXiv number has five digits a month; papers of one residue share a month.
        _ => {
            let (month, serial) = (number / 100_000 % 12 + 1, number % 100_000);
            format!("https://arxiv.org/abs/{:02}{month:02}.{serial:05}", year % 100)
        }
    }
}

/// A term of the glossary; every third has an abbreviation.
struct GeneratedTerm(u64);

impl GeneratedTerm {
    fn name(&self) -> String {
        capital(&format!("{} {}", word(self.0 * 2 + 20_000), word(self.0 * 2 + 20_001)))
    }
}

impl std::fmt::Display for GeneratedTerm {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.name())?;
        if self.0.is_multiple_of(3) { write!(f, " (T{})", self.0) } else { Ok(()) }
    }
}

/// Returns capitalized words, half of them rare.
fn title(random: &mut SplitMix64, words: u64) -> String {
    let words = (0..words).map(|_| if random.below(2) == 0 { random.zipf(7) } else { random.zipf(14) + 100 });
    let words: Vec<String> = words.map(|rank| capital(&word(rank + 16))).collect();
    words.join(" ")
}

/// Returns sentences of `min` to `max` words in total.
fn text(random: &mut SplitMix64, min: u64, max: u64) -> String {
    let mut text = String::new();
    let count = min + random.below(max - min + 1);
    let mut starts = true;
    for at in 0..count {
        let word = word(random.zipf(16));
        text.push_str(if at == 0 { "" } else { " " });
        text.push_str(&if starts { capital(&word) } else { word });
        starts = at + 1 == count || random.below(14) == 0;
        text.push_str(if starts { "." } else { "" });
    }
    text
}

fn capital(word: &str) -> String {
    let mut letters = word.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}

/// Returns the word of a rank. Ranks up to a million have different words.
fn word(rank: u64) -> String {
    if let Some(common) = usize::try_from(rank).ok().and_then(|at| COMMON.get(at)) {
        return (*common).to_owned();
    }
    // 7919 and a million are coprime, so no two ranks get the same number.
    let mut rest = rank * 7919 % 1_000_000;
    let mut word = String::new();
    for _ in 0..3 {
        let (onset, vowel) = (rest % 20, rest / 20 % 5);
        rest /= 100;
        word.push_str(pick(&ONSETS, onset));
        word.push_str(pick(&VOWELS, vowel));
    }
    word
}

fn pick(from: &[&'static str], at: u64) -> &'static str {
    usize::try_from(at).ok().and_then(|at| from.get(at)).copied().unwrap_or_default()
}

/// `SplitMix64` (Steele, Lea, Flood: Fast splittable pseudorandom number generators, 2014).
struct SplitMix64(u64);

impl SplitMix64 {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }

    /// Returns a random number below `end`; 0 if that is 0.
    fn below(&mut self, end: u64) -> u64 {
        self.next().checked_rem(end).unwrap_or_default()
    }

    /// Returns a rank below `2^bits`. Each power of two is as likely as the next, which is close to Zipf's law.
    fn zipf(&mut self, bits: u64) -> u64 {
        let base = 1 << self.below(bits);
        base + self.below(base) - 1
    }
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use notebook_core::markdown::read;
    use notebook_core::notebook::Entry;

    use super::*;

    fn generated(papers: u64, seed: u64) -> String {
        let mut bytes = Vec::new();
        generate(GeneratedSize { papers, terms: 20, seed }, &mut bytes).unwrap();
        String::from_utf8(bytes).unwrap()
    }

    #[test]
    fn generated_notebook_has_no_diagnostics() {
        let parsed = read(&generated(500, 1));
        assert!(parsed.diagnostics.is_empty(), "{:?}", parsed.diagnostics);
        let papers = parsed.notebook.walk().filter(|(_, entry)| matches!(entry, Entry::Paper(_))).count();
        let terms = parsed.notebook.walk().filter(|(_, entry)| matches!(entry, Entry::Term(_))).count();
        assert_eq!((papers, terms), (500, 20));
    }

    #[test]
    fn same_seed_gives_same_bytes() {
        assert_eq!(generated(50, 1), generated(50, 1));
        assert_ne!(generated(50, 1), generated(50, 2));
    }

    #[test]
    fn words_of_ranks_are_different() {
        let words: HashSet<String> = (0..70_000).map(word).collect();
        assert!(words.len() > 69_990, "{}", words.len());
    }
}
