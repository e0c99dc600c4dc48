//! Tokenizer of texts and queries, and stemmer of English plurals.

use std::borrow::Cow;
use std::ops::Range;

use crate::search::characters::{JOINT, is_letter, is_symbol, is_unspaced};

/// Letters of a word that are indexed; longer ones are cut here, in texts and queries alike. Four bytes a letter keep the
/// shared prefix of two words within the byte that stores it. Longer words are no words: data, or text without spaces.
const MAX_WORD_CHARS: usize = 40;

/// Words that only look like plurals.
const NO_PLURALS: [&str; 12] = [
    "always", "atlas", "canvas", "chaos", "lens", "news", "pandas", "perhaps", "series", "species", "thanks",
    "whereas",
];
/// Marks of a name after its letters: two for `c++`. More are a drawing.
const MAX_NAME_SUFFIX_MARKS: usize = 2;

/// A run of letters and digits.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::search) enum Run<'a> {
    /// A word, with its joints and the marks around it: `self-attention`, `c++`, `.net`.
    Word(&'a str),
    /// Text of a script without spaces between words.
    Unspaced(&'a str),
}

/// Iterates over the runs of a normalized text.
pub(in crate::search) fn runs(text: &str) -> impl Iterator<Item = Run<'_>> {
    located_runs(text).map(|(_, run)| run)
}

/// Iterates over the runs of a normalized text, each with its first byte.
fn located_runs(text: &str) -> impl Iterator<Item = (usize, Run<'_>)> {
    let mut at = 0;
    std::iter::from_fn(move || {
        loop {
            let rest = text.get(at..)?;
            let first = rest.chars().next()?;
            let begin = at;
            if is_symbol(first) {
                at += first.len_utf8();
                return Some((begin, Run::Word(rest.get(..first.len_utf8())?)));
            }
            if is_letter(first) {
                let is_other = is_unspaced(first);
                let end = rest.find(|c| c != JOINT && (!is_letter(c) || is_unspaced(c) != is_other));
                let end = end.unwrap_or(rest.len());
                if is_other {
                    at += end;
                    return Some((begin, Run::Unspaced(rest.get(..end)?)));
                }
                let marks = marks_behind(rest.get(end..).unwrap_or_default());
                at += end + marks;
                // Whether a dot before the word belongs to it: `.net`, but no end of a sentence.
                let before = text.get(..begin).unwrap_or_default();
                let is_dotted = first.is_ascii_lowercase()
                    && before.strip_suffix('.').is_some_and(|before| {
                        before.chars().next_back().is_none_or(|c| !is_letter(c) && c != '.' && c != '/')
                    });
                let begin = begin - usize::from(is_dotted);
                return Some((begin, Run::Word(text.get(begin..at)?)));
            }
            at += first.len_utf8();
        }
    })
}

/// Returns the number of bytes of the marks of a name after its letters: `c++`, `c#`, `a*`.
fn marks_behind(rest: &str) -> usize {
    let size = rest.bytes().take_while(|byte| matches!(byte, b'+' | b'#' | b'*')).count();
    let is_end = rest.get(size..).and_then(|rest| rest.chars().next()).is_none_or(|c| !is_letter(c));
    if size <= MAX_NAME_SUFFIX_MARKS && is_end { size } else { 0 }
}

/// Returns a word without the marks around it.
pub(in crate::search) fn without_marks(word: &str) -> &str {
    word.trim_start_matches('.').trim_end_matches(['+', '#', '*'])
}

/// Returns a compound in one word.
pub(in crate::search) fn joined(word: &str) -> Cow<'_, str> {
    if word.contains(JOINT) {
        Cow::Owned(word.chars().filter(|c| *c != JOINT).take(MAX_WORD_CHARS).collect())
    } else {
        Cow::Borrowed(truncate(word))
    }
}

/// Calls for each part of a compound, and for two that follow one another in a longer one: `ResNet-50` is found as `resnet` too.
fn parts(compound: &str, each: &mut dyn FnMut(&str, Range<usize>)) {
    let mut before: Option<Range<usize>> = None;
    let is_long = compound.matches(JOINT).count() > 1;
    let mut begin = 0;
    for part in compound.split(JOINT) {
        let bytes = begin..begin + part.len();
        begin = bytes.end + JOINT.len_utf8();
        if part.is_empty() {
            continue;
        }
        each(&stem(truncate(part)), bytes.clone());
        if let Some(before) = before.replace(bytes.clone()).filter(|_| is_long) {
            let both = before.start..bytes.end;
            each(&stem(&joined(compound.get(both.clone()).unwrap_or_default())), both);
        }
    }
}

/// Calls for each word under which a normalized text is found, with the bytes that it stands for.
pub(in crate::search) fn tokens(text: &str, each: &mut dyn FnMut(&str, Range<usize>)) {
    for (at, run) in located_runs(text) {
        match run {
            Run::Word(word) => {
                let bare = without_marks(word);
                let begin = at + usize::from(word.starts_with('.'));
                if bare.len() < word.len() {
                    each(&joined(word), at..at + word.len());
                }
                each(&stem(&joined(bare)), begin..begin + bare.len());
                if bare.contains(JOINT) {
                    parts(bare, &mut |part, bytes| each(part, begin + bytes.start..begin + bytes.end));
                }
            }
            Run::Unspaced(run) => {
                let mut begin = at;
                for pair in pairs(run) {
                    each(pair, begin..begin + pair.len());
                    begin += pair.chars().next().map_or(0, char::len_utf8);
                }
            }
        }
    }
}

/// Returns the number of words in a run, for the length of its document.
pub(super) fn run_length(run: Run) -> usize {
    match run {
        Run::Word(word) => word.split(JOINT).count(),
        Run::Unspaced(run) => run.chars().count(),
    }
}

/// Two neighboring letters each, then the last letter alone: every single letter begins one of them.
pub(in crate::search) fn pairs(run: &str) -> impl Iterator<Item = &str> {
    run.char_indices().filter_map(move |(at, _)| {
        let rest = run.get(at..)?;
        let end = rest.char_indices().nth(2).map_or(rest.len(), |(end, _)| end);
        rest.get(..end)
    })
}

fn truncate(word: &str) -> &str {
    word.char_indices().nth(MAX_WORD_CHARS).and_then(|(end, _)| word.get(..end)).unwrap_or(word)
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
    fn strips_plural_endings() {
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
    fn keeps_words_that_are_no_plurals() {
        for word in ["class", "bias", "analysis", "glass", "virus", "gas", "series", "1990s", "été", "ies"]
        {
            assert_eq!(stem(word), word);
        }
    }

    #[test]
    fn splits_texts_into_words_and_pairs() {
        let mut found = Vec::new();
        tokens("sparse-codes, 日本語vae ア", &mut |word, _| found.push(word.to_owned()));
        assert_eq!(found, ["sparse", "code", "日本", "本語", "語", "vae", "ア"]);
    }

    /// Tokens of a text in which `~` stands for joints, each with the text that it stands for.
    fn tokens_of(text: &str) -> Vec<(String, String)> {
        let text = text.replace('~', "\u{1d}");
        let mut found = Vec::new();
        tokens(&text, &mut |word, range| {
            found.push((word.to_owned(), text.get(range).unwrap().replace(JOINT, "~")));
        });
        found
    }

    #[test]
    fn indexes_compounds_whole_and_by_their_parts() {
        for (text, expected) in [
            (
                "self~attentions",
                [("selfattention", "self~attentions"), ("self", "self"), ("attention", "attentions")],
            ),
            ("u~s~a.", [("usa", "u~s~a"), ("u", "u"), ("s", "s")]),
            ("(gpt~4)", [("gpt4", "gpt~4"), ("gpt", "gpt"), ("4", "4")]),
        ] {
            let found = tokens_of(text);
            let found = found.iter().map(|(word, range)| (word.as_str(), range.as_str()));
            assert_eq!(found.take(3).collect::<Vec<_>>(), expected, "{text}");
        }
    }

    #[test]
    fn indexes_names_with_their_marks() {
        for (text, expected) in [
            ("c++", vec!["c++", "c"]),
            ("c#.", vec!["c#", "c"]),
            ("a .net b", vec!["a", ".net", "net", "b"]),
            ("end. next", vec!["end", "next"]),
            ("./net ...net", vec!["net", "net"]),
            ("1 + 1 c+1 c+++", vec!["1", "1", "c", "1", "c"]),
            ("#vision ⭐⭐", vec!["vision", "⭐", "⭐"]),
        ] {
            let found: Vec<_> = tokens_of(text).into_iter().map(|(word, _)| word).collect();
            assert_eq!(found, expected, "{text}");
        }
    }

    #[test]
    fn indexes_scripts_without_spaces_by_pairs() {
        let found: Vec<_> = tokens_of("cnn은 ภาษา").into_iter().map(|(word, _)| word).collect();
        assert_eq!(found, ["cnn", "은", "ภา", "าษ", "ษา", "า"]);
        assert_eq!(tokens_of("हिन्दी").len(), 1);
    }

    #[test]
    fn truncates_long_words() {
        let text = "é".repeat(10_000);
        let mut found = Vec::new();
        tokens(&text, &mut |word, _| found.push(word.to_owned()));
        assert_eq!(found, [&text[..80]]);
    }
}
