//! Letters without case and accents, from tables made for it: `build.rs` says why.

use std::cmp::Ordering;

/// A text cut in two; all of it and nothing where there is no letter's edge. It cannot panic, and what tells of
/// a panic is a kilobyte of the program that finds words.
pub(crate) fn cut(text: &str, at: usize) -> (&str, &str) {
    text.split_at_checked(at).unwrap_or((text, ""))
}

/// What `build.rs` writes.
#[expect(clippy::unreadable_literal, reason = "nobody reads them")]
mod tables {
    include!(concat!(env!("OUT_DIR"), "/letters.rs"));
}

use tables::{BASES, LOWER, MARKS};

/// The small form of a letter; itself where it has none, or one of two letters (İ alone has).
pub(crate) fn lower(c: char) -> char {
    if c.is_ascii() {
        return c.to_ascii_lowercase();
    }
    let code = u32::from(c);
    let at = LOWER.partition_point(|(_, last, ..)| *last < code);
    let run =
        LOWER.get(at).filter(|(first, _, step, _)| *first <= code && (code - first).is_multiple_of(*step));
    run.and_then(|(.., far)| char::from_u32(code.checked_add_signed(*far)?)).unwrap_or(c)
}

/// A text in small letters.
pub(crate) fn lower_text(text: &str) -> String {
    text.chars().map(lower).collect()
}

/// A title as it is compared: letters and digits in small letters without accents, one space between words.
#[cfg(feature = "citation")]
pub(crate) fn bare(title: &str) -> String {
    let mut bare = String::with_capacity(title.len());
    for c in title.chars().filter_map(base).map(lower) {
        if c.is_alphanumeric() {
            bare.push(c);
        } else if !bare.is_empty() && !bare.ends_with(' ') {
            bare.push(' ');
        }
    }
    bare.truncate(bare.trim_end().len());
    bare
}

/// A letter without its accent; nothing where it is an accent.
pub(crate) fn base(c: char) -> Option<char> {
    if c.is_ascii() {
        return Some(c);
    }
    let Ok(code) = u16::try_from(u32::from(c)) else { return Some(c) };
    let is_mark = MARKS.binary_search_by(|&(first, last)| match (first > code, last < code) {
        (true, _) => Ordering::Greater,
        (_, true) => Ordering::Less,
        _ => Ordering::Equal,
    });
    if is_mark.is_ok() {
        return None;
    }
    let base = BASES.binary_search_by_key(&code, |&(letter, _)| letter).ok().and_then(|at| BASES.get(at));
    Some(base.and_then(|&(_, base)| char::from_u32(u32::from(base))).unwrap_or(c))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn small_letters_are_those_of_the_standard_library() {
        for c in '\0'..=char::MAX {
            let mut known = c.to_lowercase();
            if let (Some(small), None) = (known.next(), known.next()) {
                assert_eq!(lower(c), small, "{c:?}");
            }
        }
        assert_eq!(lower('İ'), 'İ');
        assert_eq!(base('İ').map(lower), Some('i'));
    }
}
