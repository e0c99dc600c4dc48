//! Fuzzy ranking of titles in the palette.

use super::normalize::normalize_word;
use crate::convert::to_u32;
use crate::unicode::split_at_boundary;

/// Points of a typed letter that is the first of the title, the first of a word, or right after the one before; others have
/// none. Initials (`vt` for Vision Transformer) have to come before letters in a row, and both before scattered ones.
/// Chosen.
const FIRST: u32 = 8;
const WORD_START: u32 = 6;
const CONSECUTIVE: u32 = 4;

/// Ranks names by letters that need not stand together: what a palette asks at every key.
pub fn fuzzy_rank(name: &str, typed: &str) -> Option<u32> {
    let (name, typed) = (normalize_word(name), normalize_word(typed));
    let mut points: u32 = 0;
    let mut rest = name.as_str();
    let mut before: Option<char> = None;
    for wanted in typed.chars().filter(|c| !c.is_whitespace()) {
        let at = rest.find(wanted)?;
        let (skipped, here) = split_at_boundary(rest, at);
        let last = skipped.chars().next_back().or(before);
        // Letters that begin words, and letters in a row, say more than those between.
        points += match (at, last) {
            (_, None) => FIRST,
            (_, Some(c)) if !c.is_alphanumeric() => WORD_START,
            (0, _) => CONSECUTIVE,
            _ => 0,
        };
        before = Some(wanted);
        rest = here.get(wanted.len_utf8()..).unwrap_or_default();
    }
    // Of two names that fit as well the shorter one fits better.
    Some((points << 8).saturating_sub(to_u32(name.len()).min(255)))
}
