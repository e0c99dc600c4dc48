//! Text as it is compared: no case, no accents, no hyphens inside words.

use std::ops::Range;

use super::Plain;
use crate::letters;

/// Folded text with the way back.
pub(super) struct Folded {
    /// The folded text; a line end where a block ends.
    pub(super) text: String,
    /// For each byte of `text`, the byte of the original letter it came from, and that letter's end.
    origin: Vec<(u32, u32)>,
}

/// Folds text. O(length).
pub(super) fn fold(plain: &Plain) -> Folded {
    let text = plain.as_str();
    let mut folded =
        Folded { text: String::with_capacity(text.len()), origin: Vec::with_capacity(text.len()) };
    let mut breaks = plain.breaks().iter().copied().peekable();
    let mut before: Option<char> = None;
    let mut letters = text.char_indices().peekable();
    while let Some((at, c)) = letters.next() {
        if breaks.next_if(|&end| end <= at).is_some() {
            folded.push('\n', at, at);
            while breaks.next_if(|&end| end <= at).is_some() {}
            before = None;
        }
        let end = at + c.len_utf8();
        let next = letters.peek().map(|&(_, next)| next);
        let inside = |c: Option<char>| c.is_some_and(char::is_alphanumeric);
        if c == '\u{ad}' || (is_hyphen(c) && inside(before) && inside(next)) {
            continue;
        }
        before = Some(c);
        // A line end inside a block is a space like others.
        let c = if c == '\n' { ' ' } else { c };
        fold_char(c, |folded_char| folded.push(folded_char, at, end));
    }
    folded
}

/// Folds one word or phrase that a reader typed, as texts are folded.
pub(crate) fn fold_word(typed: &str) -> String {
    // Most words, many thousands of them at the desk.
    if typed.bytes().all(|byte| byte.is_ascii_alphanumeric()) {
        return typed.to_ascii_lowercase();
    }
    fold(&Plain::line(typed)).text
}

fn is_hyphen(c: char) -> bool {
    matches!(c, '-' | '\u{2010}' | '\u{2011}')
}

fn fold_char(c: char, to: impl FnOnce(char)) {
    if let Some(base) = letters::base(c) {
        to(letters::lower(base));
    }
}

impl Folded {
    fn push(&mut self, c: char, start: usize, end: usize) {
        self.text.push(c);
        let place = (u32::try_from(start).unwrap_or(u32::MAX), u32::try_from(end).unwrap_or(u32::MAX));
        self.origin.extend(std::iter::repeat_n(place, c.len_utf8()));
    }

    /// The bytes of the original that a match in the folded text came from.
    pub(super) fn original(&self, range: &Range<usize>) -> Option<Range<usize>> {
        let &(start, _) = self.origin.get(range.start)?;
        let &(_, end) = self.origin.get(range.end.checked_sub(1)?)?;
        Some(usize::try_from(start).ok()?..usize::try_from(end).ok()?)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::notebook::{Block, Span};

    fn plain(blocks: &[&str]) -> Plain {
        let blocks: Vec<_> =
            blocks.iter().map(|text| Block::Para(vec![Span::Text((*text).into())])).collect();
        let mut plain = Plain::default();
        plain.blocks(&blocks);
        plain
    }

    #[test]
    fn case_accents_and_hyphens_do_not_count() {
        assert_eq!(fold(&plain(&["Éncoder Auto-Encoder - x"])).text, "encoder autoencoder - x");
        assert_eq!(
            ["Auto-encoder", "ÉTÉ", "-", "a\u{ad}-b"].map(fold_word),
            ["autoencoder", "ete", "-", "ab"]
        );
        assert_eq!(fold(&plain(&["Ёлка 日本語 が"])).text, "елка 日本語 が");
    }

    #[test]
    fn folding_agrees_with_unicode() {
        use unicode_normalization::char::{decompose_canonical, is_combining_mark};
        for c in ('\u{80}'..='\u{6ff}').chain('\u{1e00}'..='\u{1fff}') {
            let mut expected = Vec::new();
            decompose_canonical(c, |part| {
                if !is_combining_mark(part) {
                    expected.extend(part.to_lowercase());
                }
            });
            let mut folded = Vec::new();
            fold_char(c, |part| folded.push(part));
            // Letters of two letters stay one.
            if expected.len() == 1 || folded.is_empty() {
                assert_eq!(folded, expected, "{c:?}");
            }
        }
    }

    #[test]
    fn words_of_two_blocks_do_not_run_together() {
        assert_eq!(fold(&plain(&["one", "two"])).text, "one\ntwo");
    }

    #[test]
    fn a_match_finds_its_way_back() {
        let text = plain(&["Un été-là"]);
        let folded = fold(&text);
        let at = folded.text.find("etela").unwrap();
        let range = folded.original(&(at..at + 5)).unwrap();
        assert_eq!(text.as_str().get(range), Some("été-là"));
    }
}
