//! Text of a link that is more than a title: a whole reference, `[Okoro, M. "Learning at Night." Journal (2016)](…)`, or no
//! title but who wrote the paper and when, `Learning at Night. [Okoro (2016)](…)`.

use std::ops::Range;

use super::inline_text::QUOTES;
use super::venue::{date_in, has_others, is_event, is_venue, is_year, names_in, starts_with_venue, venue_in};
use crate::unicode::first_chars;

/// Fewest words of a title that is recognized only by its place after the names.
const MIN_TITLE_WORDS: usize = 3;
/// Longest names with a year, in bytes.
const MAX_CREDIT_BYTES: usize = 60;

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
    title_behind_credit(text).filter(|(_, title)| title.end < text.len())
}

/// Returns the end of the names in bytes, and the range of the sentence behind them and their year: `Okoro M, Fox L. Learning at
/// Night`, `Okoro, M., & Fox, L. (2016). Learning at Night`, `Okoro et al., 2016. Learning at Night`. O(length²) for names.
pub(super) fn title_behind_credit(text: &str) -> Option<(usize, Range<usize>)> {
    let near = first_chars(text, MAX_NAMES_CHARS);
    let stops = near.match_indices(". ").map(|(at, _)| (at, at + 2));
    let years = near.match_indices(" (").map(|(at, _)| (at, at + 1));
    let mut ends: Vec<(usize, usize)> = stops.chain(years).collect();
    ends.sort_unstable();
    ends.into_iter().find_map(|(names, rest)| {
        let (is_dated, start) = behind_year(text, rest);
        let is_at_bracket = text.get(rest..)?.starts_with('(');
        let credit = text.get(..names)?;
        let is_named = are_full_names(credit) || is_dated && credit.contains('&') && are_names(credit);
        if is_at_bracket && !is_dated || !is_named {
            return None;
        }
        let end = sentence_end(text, start);
        let sentence = text.get(start..end)?;
        let words = sentence.split_whitespace().count();
        let is_joined = credit.contains(" and ") || has_others(credit);
        let least = if is_dated || is_joined { 2 } else { MIN_TITLE_WORDS };
        // A surname behind initials is no title, nor is the author behind a title and its year.
        let is_clear = credit.contains([';', '.', '&']);
        let are_names = names_in(sentence, is_dated && !is_clear).is_some();
        (words >= least && !are_names).then_some((names, start..end))
    })
}

/// The longest list of names before a title, in characters. Bounds the search for its end.
const MAX_NAMES_CHARS: usize = 400;

/// Skips a year in brackets or before punctuation. Returns true if there is one, and the byte at which the text after it begins.
fn behind_year(text: &str, at: usize) -> (bool, usize) {
    let rest = text.get(at..).unwrap_or_default();
    let bracket = rest.strip_prefix('(').and_then(|inside| inside.split_once(')'));
    let behind = match bracket {
        Some((inside, behind)) if inside.len() < 20 && date_in(inside).year.is_some() => Some(behind),
        Some(_) => None,
        None => rest
            .split_at_checked(4)
            .filter(|(year, behind)| is_year(year) && behind.starts_with(['.', ':', ',']))
            .map(|(_, behind)| behind),
    };
    let Some(behind) = behind else { return (false, at) };
    let title = behind.trim_start_matches(['.', ':', ',', ' ']);
    (title.len() < behind.len(), text.len() - title.len())
}

/// Returns the byte at which the sentence that begins at another ends: at a full stop behind a word, or at a question mark.
pub(super) fn sentence_end(text: &str, start: usize) -> usize {
    let rest = text.get(start..).unwrap_or_default();
    let is_word = |at: usize| {
        let before = rest.get(..at).unwrap_or_default();
        let word = before.rsplit(|c: char| !c.is_alphanumeric()).next().unwrap_or_default();
        (word.chars().count() > 1 && !ABBREVIATIONS.contains(&word)) || before.ends_with([')', '?', '!'])
    };
    let stops: Vec<usize> =
        rest.match_indices(". ").map(|(at, _)| at).filter(|&at| is_word(at)).take(2).collect();
    let stop = stops.first().copied();
    // A question may be the first half of a title: then a sentence follows it, and after that the venue.
    let question = rest.find("? ").map(|at| at + 1).filter(|&at| {
        let next = stop.filter(|stop| *stop > at).and_then(|stop| rest.get(at..stop));
        next.is_none_or(|next| {
            starts_with_venue(next.trim()) || venue_in(next).is_some() || date_in(next).year.is_some()
        }) || rest.len() <= stop.map_or(rest.len(), |stop| stop + 2)
    });
    let end = stop.into_iter().chain(question).min().unwrap_or(rest.len());
    start + rest.get(..end).unwrap_or_default().trim_end_matches(['.', ',', ' ']).len()
}

/// Abbreviations inside a title.
const ABBREVIATIONS: [&str; 6] = ["vs", "St", "Dr", "al", "cf", "etc"];

fn last_word(text: &str) -> &str {
    text.rsplit(' ').next().unwrap_or_default()
}

/// Returns true if text ends with an initial whose surname follows: `M. Okoro, L` and `Mary Okoro, Lena B`, but not
/// `Okoro, M., Fox, L` or `Okoro M, Fox L`.
fn ends_with_first_initial(text: &str) -> bool {
    let text = text.replace(" and ", ",");
    let pieces: Vec<&str> =
        text.split([',', '&', ';']).map(str::trim).filter(|piece| !piece.is_empty()).collect();
    let is_initials = |word: &str| word.chars().count() <= 3 && word.chars().all(char::is_uppercase);
    match pieces.as_slice() {
        [.., before, last] if last.chars().count() == 1 => before.contains(['.', ' ']),
        [.., last] if last_word(last).chars().count() == 1 => {
            !pieces.iter().all(|piece| piece.contains(' ') && is_initials(last_word(piece)))
        }
        _ => false,
    }
}

/// Returns true for a list of names with a full name or an initial among them, unlike a title with commas.
fn are_full_names(text: &str) -> bool {
    let Some(names) = names_in(text, false).filter(|_| !ends_with_first_initial(text)) else { return false };
    let is_inverted = text.contains(',') && text.trim_end().ends_with(|c: char| c.is_uppercase());
    // `Ada B. Brook`
    let is_whole = || {
        let words: Vec<&str> = text.split_whitespace().collect();
        let initials = words.iter().filter(|word| word.chars().count() == 2 && word.ends_with('.')).count();
        names.len() == 1
            && initials > 0
            && words.len() - initials == 2
            && words.last().is_some_and(|last| last.chars().count() > 2 && !last.ends_with('.'))
    };
    has_others(text)
        || names.len() > 1 && names.iter().any(|name| name.contains([' ', '.']))
        || is_inverted
        || is_whole()
}

/// Seasons before a year, in lower case.
const SEASONS: [&str; 5] = ["spring", "summer", "autumn", "fall", "winter"];

/// Returns the names in a text that consists of names and a year: `Okoro (2016)`, `Okoro et al., 2016`, `Okoro+2016`.
pub(super) fn credit_in(text: &str) -> Option<Vec<String>> {
    let text = text.trim();
    if text.len() > MAX_CREDIT_BYTES {
        return None;
    }
    let bare = text.trim_end_matches([')', ']']).trim_end_matches(|c: char| matches!(c, 'a'..='d'));
    let (names, year) = bare.split_at_checked(bare.len().checked_sub(4)?)?;
    let is_parted = names.ends_with(['(', '[', ' ', '+', ',']);
    let bare = names.trim_matches(|c: char| !c.is_alphanumeric());
    let is_event_or_month = starts_with_venue(names)
        || date_in(text).month.is_some()
        || SEASONS.contains(&bare.to_lowercase().as_str());
    // `HPDC 2020` is an event, although it is not listed.
    let is_short_name = bare.len() > 2 && bare.chars().all(|c| c.is_ascii_uppercase());
    if !is_year(year) || !is_parted || is_event_or_month || is_short_name {
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

/// Returns the byte at which facts begin at the end of a title: `(Okoro et al., 2016)`, `(2019)`, ` - Okoro et al. 2021`,
/// `. Okoro et al. NAACL 2022.`. If the text is not the whole title, all of it may be facts.
pub(super) fn facts_behind_title(text: &str, is_whole: bool) -> Option<usize> {
    let text = text.trim_end();
    if let Some(open) = text.ends_with([')', '）']).then(|| text.rfind(['(', '（'])).flatten() {
        let inside = text.get(open..)?.trim_matches(['(', ')', '（', '）']);
        return (open > 0 && are_facts(inside)).then_some(open);
    }
    let marks = [" - ", " – ", " — ", ". ", ", "];
    let mut starts: Vec<usize> =
        marks.iter().flat_map(|mark| text.match_indices(mark).map(|(at, _)| at)).collect();
    starts.sort_unstable();
    starts.into_iter().find(|&at| {
        let tail = text.get(at..).unwrap_or_default().trim_start_matches([' ', '-', '–', '—', '.', ',']);
        (at > 0 || !is_whole) && is_credit_of_several(tail)
    })
}

/// Returns true for facts in brackets after a title: names and a year, a year, an event.
fn are_facts(text: &str) -> bool {
    let text = text.trim();
    let has_month = || date_in(text).month.is_some() && text.split_whitespace().count() <= 3;
    let is_venue_and_more = || {
        text.split_whitespace().count() <= 4
            && starts_with_venue(text)
            && venue_in(text).is_some()
            && date_in(text).year.is_some()
    };
    is_year(text)
        || is_event(text)
        || is_venue(text)
        || is_venue_and_more()
        || has_month()
        || credit_in(text).is_some()
        || is_credit_of_several(text)
}

/// Returns true for the names of several authors, and after them nothing but a year or an event.
pub(super) fn is_credit_of_several(text: &str) -> bool {
    let text = text.trim().trim_end_matches('.');
    let is_end = |rest: &str| {
        let rest = rest.trim_matches(|c: char| matches!(c, '.' | ',' | '(' | ')' | ' '));
        is_year(rest) || is_event(rest)
    };
    if let Some((names, rest)) = text.split_once("et al") {
        return names.split_whitespace().count() <= 6 && names_in(names, true).is_some() && is_end(rest);
    }
    let names = credit_in(text);
    names.is_some_and(|names| names.len() > 1 && text.contains([' ', '&']) && !starts_with_venue(text))
}

/// Returns the byte at which the title begins behind names and a year: `Okoro et al. 2023: Learning at Night`, `Okoro & Fox (2019),
/// Learning at Night`.
pub(super) fn title_behind_year(text: &str) -> Option<usize> {
    let near = first_chars(text, MAX_CREDIT_BYTES);
    let year = near.char_indices().map(|(at, _)| at).find(|&at| {
        at > 0
            && text.get(at..at + 4).is_some_and(is_year)
            && text.get(..at).is_some_and(|b| b.ends_with(['(', ' ', ',']))
    })?;
    let (credit, rest) = text.split_at_checked(year + 4)?;
    let is_bracketed = rest.starts_with(')');
    let title = rest.trim_start_matches([')', ':', '.', ',', ' ', '-', '–', '—']);
    let mark = rest.get(..rest.len() - title.len())?;
    let is_parted = is_bracketed
        || mark.trim_start().starts_with([':', '.', ','])
        || mark.contains(['–', '—'])
        || mark.contains(" - ");
    let names = credit_in(credit)?;
    let is_certain = names.len() > 1 || is_bracketed || credit.contains("et al");
    (is_parted && is_certain && title.split_whitespace().count() > 1).then_some(text.len() - title.len())
}
