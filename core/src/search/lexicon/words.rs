//! What counts as a word, for texts and for queries alike, and how plurals become one with their singular.

use std::borrow::Cow;

use crate::letters;

/// Longest word that is kept, in letters: a longer one is cut here wherever it is met.
const LONGEST: usize = 40;

/// Words that only look like plurals.
const NO_PLURALS: [&str; 12] = [
    "always", "atlas", "canvas", "chaos", "lens", "news", "pandas", "perhaps", "series", "species", "thanks",
    "whereas",
];

/// A run of letters and digits.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::search) enum Run<'a> {
    /// Letters that make words.
    Word(&'a str),
    /// Han, Hiragana or Katakana, which are written without spaces.
    Cjk(&'a str),
}

/// The runs of a folded text.
pub(in crate::search) fn runs(text: &str) -> impl Iterator<Item = Run<'_>> {
    text.split(|c: char| !c.is_alphanumeric()).flat_map(|run| {
        let mut rest = run;
        std::iter::from_fn(move || {
            let cjk = is_cjk(rest.chars().next()?);
            let end = rest.find(|c| is_cjk(c) != cjk).unwrap_or(rest.len());
            let (here, after) = letters::cut(rest, end);
            rest = after;
            Some(if cjk { Run::Cjk(here) } else { Run::Word(cut(here)) })
        })
    })
}

/// Calls for each word under which a folded text is found.
pub(super) fn indexed(text: &str, mut each: impl FnMut(&str)) {
    for run in runs(text) {
        match run {
            Run::Word(word) => each(&stem(word)),
            Run::Cjk(run) => pairs(run).for_each(&mut each),
        }
    }
}

/// Two neighbouring letters each, then the last letter alone: every single letter begins one of them.
pub(in crate::search) fn pairs(run: &str) -> impl Iterator<Item = &str> {
    run.char_indices().filter_map(move |(at, _)| {
        let rest = run.get(at..)?;
        let end = rest.char_indices().nth(2).map_or(rest.len(), |(end, _)| end);
        rest.get(..end)
    })
}

fn cut(word: &str) -> &str {
    word.char_indices().nth(LONGEST).and_then(|(end, _)| word.get(..end)).unwrap_or(word)
}

pub(crate) fn is_cjk(c: char) -> bool {
    matches!(c, '\u{3005}'..='\u{3007}' | '\u{3040}'..='\u{30ff}' | '\u{31f0}'..='\u{31ff}'
        | '\u{3400}'..='\u{4dbf}' | '\u{4e00}'..='\u{9fff}' | '\u{f900}'..='\u{faff}'
        | '\u{ff66}'..='\u{ff9f}' | '\u{20000}'..='\u{3ffff}')
}

/// A word without the ending of its plural; words of other scripts stay as they are.
pub(crate) fn stem(word: &str) -> Cow<'_, str> {
    let plain = word.len() < 4 || !word.ends_with('s') || !word.bytes().all(|c| c.is_ascii_lowercase());
    if plain || NO_PLURALS.contains(&word) || ["ss", "us", "is", "ias"].iter().any(|end| word.ends_with(end))
    {
        return Cow::Borrowed(word);
    }
    for (ending, kept, instead) in [("yses", 1, "sis"), ("heses", 2, "sis"), ("ies", 0, "y")] {
        if let Some(start) = word.strip_suffix(ending).filter(|start| start.len() > 1) {
            let ending = ending.get(..kept).unwrap_or_default();
            return Cow::Owned(format!("{start}{ending}{instead}"));
        }
    }
    let sibilant = ["sses", "shes", "ches", "xes", "iases"].iter().any(|end| word.ends_with(end));
    let letters = if sibilant && !matches!(word, "caches" | "niches") { 2 } else { 1 };
    Cow::Borrowed(word.get(..word.len() - letters).unwrap_or(word))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn plurals_lose_their_ending() {
        for (many, one) in [
            ("autoencoders", "autoencoder"),
            ("categories", "category"),
            ("classes", "class"),
            ("analyses", "analysis"),
            ("hypotheses", "hypothesis"),
            ("biases", "bias"),
            ("boxes", "box"),
            ("searches", "search"),
            ("caches", "cache"),
            ("sizes", "size"),
        ] {
            assert_eq!(stem(many), one);
        }
    }

    #[test]
    fn words_that_are_no_plurals_stay() {
        for word in ["class", "bias", "analysis", "glass", "virus", "gas", "series", "1990s", "été", "ies"]
        {
            assert_eq!(stem(word), word);
        }
    }

    #[test]
    fn a_text_is_words_and_pairs() {
        let mut found = Vec::new();
        indexed("sparse-codes, 日本語vae ア", |word| found.push(word.to_owned()));
        assert_eq!(found, ["sparse", "code", "日本", "本語", "語", "vae", "ア"]);
    }

    #[test]
    fn a_long_word_is_cut() {
        let text = "é".repeat(10_000);
        assert_eq!(runs(&text).collect::<Vec<_>>(), [Run::Word(&text[..80])]);
    }
}
