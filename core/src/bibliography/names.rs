//! Parsing of personal names and lists of names, with the rules of BibTeX.
//!
//! Rules: Oren Patashnik, `BibTeXing` (1988), section 4, "Names"; `family=..., given=...` as in section 3.4 of the BibLaTeX
//! manual. Names that other programs write against these rules (`A. One, B. Two`) are recognized where they are clear.

use super::field_values::single_line;
use crate::notebook::{OTHER_AUTHORS, PersonName};

/// A character, and whether braces protect it from being split or read as a lower-case particle.
pub(super) type MaskedChar = (char, bool);

/// Suffixes of family names.
const SUFFIXES: [&str; 9] = ["Jr", "Jr.", "jr.", "Sr", "Sr.", "sr.", "II", "III", "IV"];

/// Legal forms of companies, which follow a comma as given names do.
const COMPANY_FORMS: [&str; 10] =
    ["Inc", "Inc.", "Ltd", "Ltd.", "LLC", "LLP", "Corp.", "GmbH", "S.A.", "Co."];

/// A parsed list of names.
#[derive(Debug, Default)]
pub(super) struct NameList {
    /// Names in order.
    pub(super) names: Vec<PersonName>,
    /// The names are joined by commas or semicolons, which BibTeX does not support.
    pub(super) has_wrong_separator: bool,
}

/// Returns text without protection.
pub(super) fn unmasked(text: &str) -> Vec<MaskedChar> {
    text.chars().map(|c| (c, false)).collect()
}

/// Returns true if a name without a comma begins with an initial, as in `J. Doe` or `J.-P. Doe`: then it is a person's.
pub(super) fn begins_with_initial(name: &str) -> bool {
    let mut words = name.split_whitespace();
    let first = words.next().unwrap_or_default();
    let mut letters = first.chars();
    let is_initial = letters.next().is_some_and(char::is_uppercase)
        && letters.clone().any(|c| c == '.')
        && letters.all(|c| c.is_uppercase() || c == '.' || c == '-');
    is_initial && words.next().is_some()
}

/// Returns true for the legal form of a company, such as `Inc.`
pub(super) fn is_company_form(word: &str) -> bool {
    COMPANY_FORMS.contains(&word)
}

/// Returns true if a word is a suffix such as `Jr.`
pub(super) fn is_suffix(word: &str) -> bool {
    SUFFIXES.contains(&word)
}

/// Parses a list of names joined by `and`. O(length).
pub(super) fn parse_names(text: &[MaskedChar]) -> NameList {
    let mut list = NameList::default();
    let words = split(text, char::is_whitespace);
    for name in words.split(|word| text_of(word).eq_ignore_ascii_case("and") && word.iter().all(|c| !c.1)) {
        let name = name.join(&(' ', false));
        let names = split(&name, |c| c == ';');
        list.has_wrong_separator |= names.len() > 1;
        for name in names {
            list.add(&name);
        }
    }
    list
}

/// Parses one name, in which `and` is a word of it. O(length).
pub(super) fn parse_single_name(name: &str) -> Option<PersonName> {
    parse_name(words_between_commas(&unmasked(name)))
}

/// Returns the words of each part of a name between commas.
fn words_between_commas(name: &[MaskedChar]) -> Vec<Vec<Vec<MaskedChar>>> {
    split_all(name, |c| c == ',').iter().map(|part| split(part, char::is_whitespace)).collect()
}

impl NameList {
    /// Adds a name, or several that are joined by commas.
    fn add(&mut self, name: &[MaskedChar]) {
        let parts = words_between_commas(name);
        if let Some(name) = parse_extended(&parts) {
            return self.names.push(name);
        }
        let is_full_name = |part: &Vec<Vec<MaskedChar>>| part.len() > 1 && !is_suffix(&join(part));
        let is_given = |part: &Vec<Vec<MaskedChar>>| join(part).contains('.') && join(part).len() < 12;
        let pairs: Vec<_> = parts.chunks(2).collect();
        if parts.len() > 2 && parts.iter().all(is_full_name) {
            self.has_wrong_separator = true;
            for part in parts {
                self.names.extend(parse_name(vec![part]));
            }
        } else if parts.len() > 3 && pairs.iter().all(|pair| pair.get(1).is_some_and(is_given)) {
            self.has_wrong_separator = true;
            for pair in pairs {
                self.names.extend(parse_name(pair.to_vec()));
            }
        } else if parts.len() > 3 {
            self.has_wrong_separator = true;
            self.names.extend(single_line(&text_of(name)).map(|name| PersonName::literal(&name)));
        } else {
            self.names.extend(parse_name(parts));
        }
    }
}

/// Parses a name: its words between commas.
fn parse_name(mut parts: Vec<Vec<Vec<MaskedChar>>>) -> Option<PersonName> {
    // `King, Martin, Jr.` has the order of other formats.
    if let [_, second, third] = parts.as_mut_slice()
        && is_suffix(&join(third))
        && !is_suffix(&join(second))
    {
        std::mem::swap(second, third);
    }
    let (particle, family, given, suffix) = match parts.as_slice() {
        [] => return None,
        [words] => {
            let name = join(words);
            if ["et al.", "et al", OTHER_AUTHORS].contains(&name.as_str()) && !is_protected(words) {
                return Some(PersonName::literal(OTHER_AUTHORS));
            }
            let (words, suffix) = split_suffix(words, 3);
            let last = words.len().saturating_sub(1);
            let is_lower: Vec<bool> = words.iter().map(|word| is_lower_case(word)).collect();
            let before_last = is_lower.get(..last).unwrap_or_default();
            let first_lower = before_last.iter().position(|lower| *lower).unwrap_or(last);
            // A name in lower case has no particle.
            let first_lower = if is_lower.iter().all(|lower| *lower) { last } else { first_lower };
            let last_lower = before_last.iter().rposition(|lower| *lower).map_or(first_lower, |at| at + 1);
            let last_lower = last_lower.max(first_lower).min(last);
            let range = |from: usize, to: usize| join(words.get(from..to).unwrap_or_default());
            (
                range(first_lower, last_lower.max(first_lower)),
                range(if first_lower == last { last } else { last_lower }, words.len()),
                range(0, first_lower),
                suffix,
            )
        }
        [family, rest @ ..] => {
            let (family, own_suffix) = split_suffix(family, 2);
            let leading = family.iter().take(family.len().saturating_sub(1));
            let count = leading.take_while(|word| is_lower_case(word)).count();
            let (particle, family) = family.split_at_checked(count).unwrap_or((&[], family));
            let given = rest.last().map(|words| join(words)).unwrap_or_default();
            let suffix = rest.len().checked_sub(2).and_then(|at| rest.get(at)).map(|words| join(words));
            (join(particle), join(family), given, suffix.or(own_suffix))
        }
    };
    let text = |part: String| single_line(&part);
    let (given, particle, suffix) = (text(given), text(particle), suffix.and_then(text));
    match text(family) {
        Some(family) => Some(PersonName { family, given, particle, suffix }),
        // A mistake such as `, Ada`: use the one name that there is.
        None => given.or(particle).map(|name| PersonName::literal(&name)),
    }
}

/// Parses the extended format of BibLaTeX: `family=Beethoven, given=Ludwig, prefix=van`.
fn parse_extended(parts: &[Vec<Vec<MaskedChar>>]) -> Option<PersonName> {
    let mut name = PersonName::default();
    for part in parts {
        let part = join(part);
        let (key, value) = part.split_once('=')?;
        let value = single_line(value);
        match key.trim() {
            "family" => name.family = value?,
            "given" => name.given = value,
            "prefix" => name.particle = value,
            "suffix" => name.suffix = value,
            "useprefix" | "family-i" | "given-i" | "prefix-i" | "suffix-i" | "id" => {}
            _ => return None,
        }
    }
    (!name.family.is_empty()).then_some(name)
}

/// Splits a suffix such as `Jr.` from the end of at least `min_words` words.
fn split_suffix(words: &[Vec<MaskedChar>], min_words: usize) -> (&[Vec<MaskedChar>], Option<String>) {
    match words.split_last() {
        Some((last, rest))
            if words.len() >= min_words && last.iter().all(|c| !c.1) && is_suffix(&text_of(last)) =>
        {
            (rest, Some(text_of(last)))
        }
        _ => (words, None),
    }
}

fn is_protected(words: &[Vec<MaskedChar>]) -> bool {
    words.iter().flatten().all(|c| c.1)
}

/// Returns true if a word begins in lower case outside of braces, which makes it a particle.
fn is_lower_case(word: &[MaskedChar]) -> bool {
    word.iter()
        .find(|(c, _)| c.is_alphabetic())
        .is_some_and(|(c, is_protected)| c.is_lowercase() && !is_protected)
}

/// Splits text at unprotected separators. Empty pieces are left out.
fn split(text: &[MaskedChar], is_separator: impl Fn(char) -> bool) -> Vec<Vec<MaskedChar>> {
    split_all(text, is_separator).into_iter().filter(|piece| !piece.is_empty()).collect()
}

fn split_all(text: &[MaskedChar], is_separator: impl Fn(char) -> bool) -> Vec<Vec<MaskedChar>> {
    text.split(|(c, is_protected)| !is_protected && is_separator(*c)).map(<[MaskedChar]>::to_vec).collect()
}

fn text_of(text: &[MaskedChar]) -> String {
    text.iter().map(|(c, _)| c).collect()
}

fn join(words: &[Vec<MaskedChar>]) -> String {
    words.iter().map(|word| text_of(word)).collect::<Vec<_>>().join(" ")
}
