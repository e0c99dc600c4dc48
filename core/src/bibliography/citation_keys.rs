//! Citations in running text, as Pandoc, Quarto and `MyST` write them: `[see @key, p. 3; @other]`, `[-@key]`, `@key [p. 3]`.

use crate::markdown::split_group;

/// The longest key between braces, in characters. Chosen: addresses fit; without a limit, a text of many `@{` that are never
/// closed would take quadratic time.
const MAX_BRACED_KEY_CHARS: usize = 1_000;

/// Words that begin the place in a work, behind a key: `@key [p. 3]`.
const LOCATORS: [&str; 17] = [
    "p", "pp", "page", "pages", "ch", "chap", "chapter", "sec", "section", "§", "§§", "fig", "figure",
    "para", "vol", "eq", "table",
];

/// Beginnings of keys that Quarto uses for figures, tables and sections of the same document.
const PLACES: [&str; 17] = [
    "fig-", "tbl-", "sec-", "eq-", "lst-", "thm-", "lem-", "cor-", "prp-", "cnj-", "def-", "exm-", "exr-",
    "alg-", "rem-", "tip-", "nte-",
];

/// A piece of a text.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum TextPiece<'t> {
    /// Text without citations.
    Text(&'t str),
    /// `[see @key, p. 3; @other]`
    Group {
        /// The text with its brackets.
        written: &'t str,
        /// The parts between semicolons.
        parts: Vec<CitedKey<'t>>,
    },
    /// `@key` or `@key [p. 3]`, as a part of the sentence.
    Narrative {
        /// The text from `@` on.
        written: &'t str,
        /// The key, with the text in the brackets.
        part: CitedKey<'t>,
    },
}

/// A key with the words around it.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct CitedKey<'t> {
    /// `see `
    pub(super) prefix: &'t str,
    /// True for `-@key`: the authors are named in the sentence.
    pub(super) without_authors: bool,
    pub(super) key: &'t str,
    /// `, p. 3`
    pub(super) suffix: &'t str,
}

/// Returns the pieces of a text. O(length).
pub(super) fn pieces(text: &str) -> Vec<TextPiece<'_>> {
    let (mut pieces, mut copied, mut from) = (Vec::new(), 0, 0);
    let mut open = None;
    while let Some(at) = text.get(from..).and_then(|rest| rest.find(['@', '[', ']'])).map(|at| from + at) {
        let (before, rest) = text.split_at_checked(at).unwrap_or((text, ""));
        from = at + 1;
        if !rest.starts_with('@') {
            open = rest.starts_with('[').then_some(at);
            continue;
        }
        let group = open.and_then(|open| Some((open, group(text.get(open..)?)?)));
        let (start, piece) = match group {
            Some((open, (written, parts))) => (open, TextPiece::Group { written, parts }),
            None => match narrative(before, rest) {
                Some(piece) => (at, piece),
                None => continue,
            },
        };
        pieces.extend(text.get(copied..start).filter(|text| !text.is_empty()).map(TextPiece::Text));
        copied = start + piece.written().len();
        (from, open) = (copied, None);
        pieces.push(piece);
    }
    pieces.extend(text.get(copied..).filter(|text| !text.is_empty()).map(TextPiece::Text));
    pieces
}

impl<'t> TextPiece<'t> {
    /// Returns the piece as written.
    pub(super) fn written(&self) -> &'t str {
        match self {
            Self::Text(written) | Self::Group { written, .. } | Self::Narrative { written, .. } => written,
        }
    }

    /// Returns the keys of a citation.
    pub(super) fn parts(&self) -> &[CitedKey<'t>] {
        match self {
            Self::Text(_) => &[],
            Self::Group { parts, .. } => parts,
            Self::Narrative { part, .. } => std::slice::from_ref(part),
        }
    }
}

/// Reads the citation that a text begins with, if every part of it has a key.
fn group(text: &str) -> Option<(&str, Vec<CitedKey<'_>>)> {
    let (inside, _) = split_group(text.strip_prefix('[')?)?;
    let parts: Option<Vec<_>> = inside.split(';').map(part).collect();
    Some((text.get(..inside.len() + 2)?, parts?))
}

/// Reads one part of a citation between brackets.
fn part(text: &str) -> Option<CitedKey<'_>> {
    let (at, key, after) = text.match_indices('@').find_map(|(at, _)| {
        let (before, rest) = text.split_at_checked(at)?;
        let (key, after) = key(before, rest)?;
        Some((at, key, after))
    })?;
    let before = text.get(..at)?;
    let bare = before.strip_suffix('-');
    let prefix = bare.unwrap_or(before).trim_start();
    Some(CitedKey { prefix, without_authors: bare.is_some(), key, suffix: after.trim_end() })
}

/// Reads the key that `rest` begins with, and the place in the brackets after it.
fn narrative<'t>(before: &'t str, rest: &'t str) -> Option<TextPiece<'t>> {
    let (key, after) = key(before, rest)?;
    let inside = after.strip_prefix(" [").and_then(|after| after.split_at_checked(after.find(['[', ']'])?));
    let is_locator = |text: &str| {
        let word: String = text.chars().take_while(|c| c.is_alphabetic() || *c == '§').collect();
        text.len() < 60 && LOCATORS.contains(&word.as_str()) && text.contains(|c: char| c.is_ascii_digit())
    };
    let suffix = inside.filter(|(text, rest)| rest.starts_with(']') && is_locator(text));
    let suffix = suffix.map_or("", |(text, _)| text);
    let brackets = if suffix.is_empty() { 0 } else { suffix.len() + " []".len() };
    let written = rest.get(..rest.len() - after.len() + brackets)?;
    Some(TextPiece::Narrative { written, part: CitedKey { prefix: "", without_authors: false, key, suffix } })
}

/// Returns the key after the `@` that `rest` begins with, and what follows. After a letter, digit
/// or slash, `@` is part of an address.
fn key<'t>(before: &str, rest: &'t str) -> Option<(&'t str, &'t str)> {
    let rest = rest.strip_prefix('@')?;
    if before.ends_with(|c: char| c.is_alphanumeric() || matches!(c, '/' | '.' | '_' | '@' | '\\' | ':')) {
        return None;
    }
    if let Some(rest) = rest.strip_prefix('{') {
        let is_inside = |c: &char| *c != '}' && !c.is_whitespace();
        let length = rest.chars().take(MAX_BRACED_KEY_CHARS).take_while(is_inside).map(char::len_utf8).sum();
        let (key, after) = rest.split_at_checked(length)?;
        return after.strip_prefix('}').filter(|_| !key.is_empty()).map(|after| (key, after));
    }
    // A mark of punctuation belongs to the key if a letter follows it.
    let mut end = 0;
    for (at, c) in rest.char_indices() {
        if c.is_alphanumeric() || c == '_' {
            end = at + c.len_utf8();
        } else if at == 0 || at > end || !":.#$%&-+?<>~/".contains(c) {
            break;
        }
    }
    let (key, after) = rest.split_at_checked(end)?;
    let is_place = PLACES.iter().any(|place| key.starts_with(place));
    (!key.is_empty() && !is_place && !after.starts_with('@')).then_some((key, after))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Returns the citations of a text, each as `prefix|key|suffix`.
    fn keys(text: &str) -> Vec<String> {
        let all = pieces(text);
        let written: String = all.iter().map(TextPiece::written).collect();
        assert_eq!(written, text, "nothing is lost");
        let parts = all.iter().flat_map(TextPiece::parts);
        parts
            .map(|part| {
                let dash = if part.without_authors { "-" } else { "" };
                format!("{}|{dash}{}|{}", part.prefix, part.key, part.suffix)
            })
            .collect()
    }

    #[test]
    fn citations_are_read_with_the_words_around_them() {
        for (text, expected) in [
            ("x [@vidal2020] y", &["|vidal2020|"][..]),
            ("[see @vidal2020, p. 3; @ma_2021]", &["see |vidal2020|, p. 3", "|ma_2021|"]),
            ("[-@fox:2019/a.b]", &["|-fox:2019/a.b|"]),
            ("@fox2019 and @ma2021.", &["|fox2019|", "|ma2021|"]),
            ("@fox2019 [p. 3] or @fox2019 [sic]", &["|fox2019|p. 3", "|fox2019|"]),
            ("(@fox2019)", &["|fox2019|"]),
            ("[@{a;b}", &["|a;b|"]),
            ("[[@fox2019] [@ma2021]", &["|fox2019|", "|ma2021|"]),
        ] {
            assert_eq!(keys(text), expected, "{text}");
        }
    }

    #[test]
    fn addresses_places_and_lone_marks_are_no_citations() {
        for text in [
            "a@b.example",
            "https://m.example/@name",
            "@fig-maps",
            "[@sec-one]",
            "a @ b",
            "[@]",
            "@@x",
            "@-x",
            "mastodon @a@b.c",
        ] {
            assert_eq!(keys(text), [""; 0], "{text}");
        }
    }

    #[test]
    fn many_marks_are_read_in_linear_time() {
        for mark in ["[@", "@", "[", "[@a;", "@a [", "[@{", "]@"] {
            let text = mark.repeat(200_000);
            assert_eq!(pieces(&text).iter().map(|piece| piece.written().len()).sum::<usize>(), text.len());
        }
    }
}
