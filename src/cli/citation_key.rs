//! Keys of new bibliography entries: `vaswani2017attention`.

use notebook_core::notebook::Citation;
use unicode_normalization::UnicodeNormalization as _;

/// Words of titles that do not distinguish papers.
const STOP_WORDS: [&str; 17] = [
    "a", "an", "the", "on", "of", "in", "for", "to", "and", "with", "by", "from", "is", "are", "how", "what",
    "why",
];

/// Returns a key of the first author's family name, the year, and the first significant word of the title. Letters
/// become ASCII, which BibTeX demands; a work without any of these is `paper`.
pub(super) fn citation_key(citation: &Citation) -> String {
    let family = citation.authors.first().map(|name| ascii(&name.family)).unwrap_or_default();
    let year = citation.year.map_or(String::new(), |year| year.to_string());
    let title = citation.title.as_deref().unwrap_or_default();
    let words = title.split(|c: char| !c.is_alphanumeric()).map(ascii);
    let word = words.into_iter().find(|word| !word.is_empty() && !STOP_WORDS.contains(&word.as_str()));
    let key = format!("{family}{year}{}", word.unwrap_or_default());
    if key.is_empty() { "paper".to_owned() } else { key }
}

/// Returns the first of `key`, `keya`, `keyb` ... that is free.
pub(super) fn free_key(key: &str, is_taken: impl Fn(&str) -> bool) -> String {
    let suffixes = std::iter::once(String::new()).chain((1_u64..).map(suffix));
    suffixes
        .map(|suffix| format!("{key}{suffix}"))
        .find(|key| !is_taken(key))
        .unwrap_or_else(|| key.to_owned())
}

/// Returns `a` to `z` for 1 to 26, then `aa`, `ab` ...
fn suffix(mut number: u64) -> String {
    let mut letters = Vec::new();
    while number > 0 {
        number -= 1;
        letters.push(char::from(b'a' + u8::try_from(number % 26).unwrap_or_default()));
        number /= 26;
    }
    letters.iter().rev().collect()
}

/// Returns the letters and digits of a text as lower-case ASCII, without accents.
fn ascii(text: &str) -> String {
    let text = text
        .to_lowercase()
        .replace('ß', "ss")
        .replace('ø', "o")
        .replace('ł', "l")
        .replace('æ', "ae")
        .replace('đ', "d");
    text.nfd().filter(char::is_ascii_alphanumeric).collect()
}

#[cfg(test)]
mod tests {
    use notebook_core::notebook::PersonName;

    use super::*;

    #[test]
    fn a_key_names_author_year_and_word() {
        let citation = |family: &str, title: &str| Citation {
            authors: vec![PersonName::literal(family)],
            title: Some(title.into()),
            year: Some(2017),
            ..Citation::default()
        };
        for (family, title, key) in [
            ("Vaswani", "Attention Is All You Need", "vaswani2017attention"),
            ("Müller-Lüdenscheidt", "On the Quiet", "mullerludenscheidt2017quiet"),
            ("Østergård", "“3D” points", "ostergard20173d"),
            ("王", "论文", "2017"),
        ] {
            assert_eq!(citation_key(&citation(family, title)), key);
        }
        assert_eq!(citation_key(&Citation::default()), "paper");
    }

    #[test]
    fn a_taken_key_gets_a_letter() {
        assert_eq!(free_key("one", |_| false), "one");
        assert_eq!(free_key("one", |key| ["one", "onea"].contains(&key)), "oneb");
        assert_eq!(free_key("x", |key| key.len() <= 2), "xaa");
    }
}
