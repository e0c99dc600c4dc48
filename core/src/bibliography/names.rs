//! Parsing of personal names and lists of names, with the rules of BibTeX.
//!
//! Rules: Oren Patashnik, `BibTeXing` (1988), section 4, "Names"; `family=..., given=...` as in section 3.4 of the BibLaTeX
//! manual. Names that other programs write against these rules (`A. One, B. Two`) are recognized where they are clear.

use super::field_values::single_line;
use crate::notebook::{OTHER_AUTHORS, PersonName};
use crate::unicode::lowercase;

/// A character, and whether braces protect it from being split or read as a lower-case particle.
pub(super) type MaskedChar = (char, bool);

/// Suffixes of family names.
const SUFFIXES: [&str; 9] = ["Jr", "Jr.", "jr.", "Sr", "Sr.", "sr.", "II", "III", "IV"];

/// Legal forms of companies, which follow a comma as given names do.
const COMPANY_FORMS: [&str; 10] =
    ["Inc", "Inc.", "Ltd", "Ltd.", "LLC", "LLP", "Corp.", "GmbH", "S.A.", "Co."];

/// Words at the end of a list that stand for further people, in lower case.
const AND_OTHERS: [&str; 4] = ["et al.", "et al", "et. al.", "et. al"];

/// A parsed list of names.
#[derive(Debug, Default)]
pub(super) struct NameList {
    /// Names in order.
    pub(super) names: Vec<PersonName>,
    /// The names are joined by commas, semicolons or `&`, which BibTeX does not support.
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

/// Returns true for a name that stands for further people: `et al.`
pub(super) fn is_and_others(name: &str) -> bool {
    AND_OTHERS.contains(&lowercase(name.trim()).as_str())
}

/// Returns true for the number with which DBLP tells people of one name apart: `Wei Wang 0001`.
///
/// Form: <https://dblp.org/faq/1474704.html>.
pub(super) fn is_homonym_number(word: &str) -> bool {
    word.len() == 4 && word.starts_with('0') && word.bytes().all(|byte| byte.is_ascii_digit())
}

/// Parses a list of names joined by `and`. O(length).
pub(super) fn parse_names(text: &[MaskedChar]) -> NameList {
    let mut list = NameList::default();
    let words = split(text, char::is_whitespace);
    let is_word =
        |word: &Vec<MaskedChar>, name: &str| text_of(word).eq_ignore_ascii_case(name) && !has_protected(word);
    // `\&` counts too, but not inside the braces of an organization.
    list.has_wrong_separator = words.iter().any(|word| is_word(word, "&"));
    let mut names: Vec<Vec<MaskedChar>> = words
        .split(|word| is_word(word, "and") || is_word(word, "&"))
        .map(|name| name.join(&(' ', false)))
        .collect();
    let before_last = names.len().saturating_sub(1);
    for name in names.iter_mut().take(before_last) {
        // BibTeX reports a comma before `and`, and reads the name without it.
        trim_commas(name);
    }
    let people = people_before_and(&names);
    list.has_wrong_separator |= !people.is_empty();
    if !people.is_empty() {
        names.splice(..1, people);
    }
    for name in names {
        let names = split(&name, |c| c == ';');
        list.has_wrong_separator |= names.len() > 1;
        for name in names {
            list.add_with_others(&name);
        }
    }
    list
}

/// Parses one name, in which `and` is a word of it. O(length).
pub(super) fn parse_single_name(name: &str) -> Option<PersonName> {
    parse_name(words_between_commas(&unmasked(name)))
}

/// Splits a list that other programs write with initials, `One, A., Two, B.`, into its people; `None` for anything else.
pub(super) fn split_initialed(name: &str) -> Option<Vec<PersonName>> {
    let parts = words_between_commas(&unmasked(name));
    are_initialed_pairs(&parts)
        .then(|| parts.chunks(2).filter_map(|pair| parse_name(pair.to_vec())).collect())
}

/// Splits `et al.` from the end of a name. Returns true if there was one.
pub(super) fn split_others(name: &[MaskedChar]) -> (&[MaskedChar], bool) {
    let is_end = |(c, _): &MaskedChar| c.is_whitespace() || *c == ',';
    let end = name.iter().rposition(|c| !is_end(c)).map_or(0, |at| at + 1);
    let name_to_end = name.get(..end).unwrap_or(name);
    for ending in AND_OTHERS {
        let Some(start) = end.checked_sub(ending.chars().count()) else { continue };
        let (before, last) = name_to_end.split_at_checked(start).unwrap_or((name_to_end, &[]));
        if text_of(last).eq_ignore_ascii_case(ending) && before.last().is_none_or(is_end) {
            return (before, true);
        }
    }
    (name, false)
}

/// Removes commas and white space from the end of a name.
fn trim_commas(name: &mut Vec<MaskedChar>) {
    while name.last().is_some_and(|(c, is_protected)| !is_protected && (*c == ',' || c.is_whitespace())) {
        name.pop();
    }
}

/// Returns the people of an enumeration as in prose before its only `and`: `Ada One, Bob Two and Cy Three`. A family name of
/// several words, as in `Two Names, Ada`, has neither given names of several words behind it nor a person without a comma beside it.
fn people_before_and(names: &[Vec<MaskedChar>]) -> Vec<Vec<MaskedChar>> {
    let [first, last] = names else { return Vec::new() };
    let parts = words_between_commas(first);
    let is_last_full = matches!(words_between_commas(last).as_slice(), [part] if is_full_name(part));
    if parts.len() < 2 || !is_last_full || !parts.iter().all(|part| is_full_name(part)) {
        return Vec::new();
    }
    parts.into_iter().map(|part| part.join(&(' ', false))).collect()
}

/// Returns true for words such as `Ada B. One`: they begin with no particle, and end neither with an initial nor with a suffix.
fn is_full_name(words: &[Vec<MaskedChar>]) -> bool {
    let ends_in_name = |last: &[MaskedChar]| {
        let last = text_of(last);
        last.chars().count() > 1 && !last.ends_with('.') && !is_suffix(&last)
    };
    words.len() > 1
        && words.first().is_some_and(|first| !is_lower_case(first))
        && words.last().is_some_and(|last| ends_in_name(last))
        && !is_and_others(&join(words))
}

/// Returns true for at least two pairs of a family name and initials.
fn are_initialed_pairs(parts: &[Vec<Vec<MaskedChar>>]) -> bool {
    let is_given = |part: &Vec<Vec<MaskedChar>>| join(part).contains('.') && join(part).len() < 12;
    parts.len() > 3 && parts.chunks(2).all(|pair| pair.get(1).is_some_and(is_given))
}

/// Returns the words of each part of a name between commas. Commas at the end, behind another one, separate nothing.
fn words_between_commas(name: &[MaskedChar]) -> Vec<Vec<Vec<MaskedChar>>> {
    let parts = split_all(name, |c| c == ',');
    let mut parts: Vec<_> = parts.iter().map(|part| split(part, char::is_whitespace)).collect();
    while parts.len() > 2 && parts.last().is_some_and(Vec::is_empty) {
        parts.pop();
    }
    parts
}

impl NameList {
    /// Adds a name, and the further people that `et al.` at its end stands for.
    fn add_with_others(&mut self, name: &[MaskedChar]) {
        let (name, has_others) = split_others(name);
        let mut name = name.to_vec();
        if has_others {
            trim_commas(&mut name);
        }
        if !name.is_empty() {
            self.add(&name);
        }
        self.names.extend(has_others.then(|| PersonName::literal(OTHER_AUTHORS)));
    }

    /// Adds a name, or several that are joined by commas.
    fn add(&mut self, name: &[MaskedChar]) {
        let parts = words_between_commas(name);
        if let Some(name) = parse_extended(&parts) {
            return self.names.push(name);
        }
        let has_words = |part: &Vec<Vec<MaskedChar>>| part.len() > 1 && !is_suffix(&join(part));
        if parts.len() > 2 && parts.iter().all(has_words) {
            self.has_wrong_separator = true;
            for part in parts {
                self.names.extend(parse_name(vec![part]));
            }
        } else if are_initialed_pairs(&parts) {
            self.has_wrong_separator = true;
            for pair in parts.chunks(2) {
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
    parts.iter_mut().for_each(remove_homonym_number);
    let (particle, family, given, suffix) = match parts.as_slice() {
        [] => return None,
        [words] => {
            let name = join(words);
            if name == OTHER_AUTHORS && !is_protected(words) {
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
            // `King, Jr.` has no given name.
            let (given, own_suffix) = match own_suffix {
                None if rest.len() == 1 && is_suffix(&given) => (String::new(), Some(given)),
                own_suffix => (given, own_suffix),
            };
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

/// Removes the number of DBLP from the end of a part of a name.
fn remove_homonym_number(words: &mut Vec<Vec<MaskedChar>>) {
    if words.len() > 1
        && words.last().is_some_and(|last| !has_protected(last) && is_homonym_number(&text_of(last)))
    {
        words.pop();
    }
}

/// Returns true if braces protect a character of a word.
fn has_protected(word: &[MaskedChar]) -> bool {
    word.iter().any(|(_, is_protected)| *is_protected)
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
