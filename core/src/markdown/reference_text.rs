//! Text of a link that is more than a title: a whole reference, `[Okoro, M. "Learning at Night." Journal (2016)](…)`, or no
//! title but who wrote the paper and when, `Learning at Night. [Okoro (2016)](…)`.

use std::ops::Range;

use super::paper_line::QUOTES;
use super::venue::names_in;

/// Fewest words of a title that is recognized only by its place after the names.
const MIN_TITLE_WORDS: usize = 3;
/// Longest names with a year, in bytes.
const LONGEST_CREDIT: usize = 60;

/// Returns true if text before a title is the list of its authors: several names, initials, or one whole name with a full stop.
pub(super) fn are_names(text: &str) -> bool {
    let text = text.trim();
    let bare = text.trim_end_matches(['.', ':', ',', '，', ' ']);
    let is_whole_name = || text.ends_with('.') && (2..=4).contains(&bare.split_whitespace().count());
    names_in(bare, false).is_some() || is_whole_name() && names_in(bare, true).is_some()
}

/// Returns the byte range of the title in a whole reference: the text in quotation marks after the names, or the sentence after
/// them.
pub(super) fn title_in_reference(text: &str) -> Option<Range<usize>> {
    let quoted = text.char_indices().find_map(|(at, c)| {
        let (_, close) = QUOTES.iter().find(|(open, _)| *open == c)?;
        let start = at + c.len_utf8();
        let length = text.get(start..)?.find(*close)?;
        Some((at, start..start + length))
    });
    let (names, title) = quoted.or_else(|| title_after_names(text))?;
    let words = text.get(title.clone())?;
    let end = words.trim_end_matches(|c: char| c.is_whitespace() || matches!(c, '.' | ',' | '，')).len();
    let is_title = words.split_whitespace().count() > 1 || !words.is_ascii() && words.chars().count() > 5;
    (is_title && are_names(text.get(..names)?)).then_some(title.start..title.start + end)
}

/// Returns the end of the names in bytes, and the range of the sentence after them: `Ada Brook, Omar Rizk. Learning at Night. Journal, 2016`.
fn title_after_names(text: &str) -> Option<(usize, Range<usize>)> {
    let stops = text.match_indices(". ").map(|(at, _)| at);
    let is_word = |at: usize| {
        let before = text.get(..at).unwrap_or_default();
        let letters = before.chars().rev().take_while(|c| c.is_alphabetic()).count();
        letters > 1 || before.ends_with(')')
    };
    let names = stops.clone().find(|&at| is_word(at))?;
    let start = names + 2;
    let end = stops.map(|at| at.max(start)).find(|&at| at > start && is_word(at)).unwrap_or(text.len());
    let words = text.get(start..end)?.split_whitespace().count();
    let is_single = names_in(text.get(..names)?, false).is_none();
    // One name alone is a short title as well.
    (words >= MIN_TITLE_WORDS && !is_single && end < text.len()).then_some((names, start..end))
}

/// Returns the names in a text that consists of names and a year: `Okoro (2016)`, `Okoro et al., 2016`, `Okoro+2016`.
pub(super) fn credit_in(text: &str) -> Option<Vec<String>> {
    let text = text.trim();
    if text.len() > LONGEST_CREDIT {
        return None;
    }
    let bare = text.trim_end_matches([')', ']']).trim_end_matches(|c: char| matches!(c, 'a'..='d'));
    let (names, year) = bare.split_at_checked(bare.len().checked_sub(4)?)?;
    let is_year = matches!(year.parse::<u16>(), Ok(1900..2100));
    let is_parted = names.ends_with(['(', '[', ' ', '+', ',']);
    if !is_year || !is_parted {
        return None;
    }
    names_in(names.trim_end_matches(['(', '[', ' ', '+', ',']), true)
}

/// Returns true if text can be the title before a link with names and year: a sentence, or words with a mark at their end, but
/// no names with initials.
pub(super) fn ends_a_title(text: &str) -> bool {
    let text = text.trim();
    let is_initial = |word: &str| word.ends_with('.') && word.chars().count() == 2;
    text.ends_with(['.', '?', '!', '"', '”', '–', '—', '-'])
        && text.chars().filter(|c| c.is_alphabetic()).count() > 4
        && !text.contains("et al")
        && !text.split_whitespace().any(is_initial)
}
