//! Text in the form in which it is searched: without case, accents, invisible characters and variants of letters.

use std::ops::Range;

use super::PlainText;
use super::characters::{
    JOINT, composed, greek_name, is_greek, is_invisible, is_unspaced, plain_form, transliteration,
};
use crate::convert::to_u32;
use crate::unicode;

/// Letters before a capital that begins another part of a word (`LayerNorm`): `iPhone` is one word.
const LETTERS_BEFORE_CAPITAL: usize = 2;
/// Digits after a comma of thousands.
const THOUSANDS: usize = 3;

/// Normalized text, and where each of its bytes came from.
pub(super) struct NormalizedText {
    /// The text: a line end where a block ends, a [`JOINT`] inside compound words.
    pub(super) text: String,
    /// For each byte of `text`, the range of the original character that it came from.
    origin: Vec<(u32, u32)>,
}

/// Normalizes a text. O(length).
pub(super) fn normalize(plain: &PlainText) -> NormalizedText {
    let text = plain.as_str();
    let mut normalized =
        NormalizedText { text: String::with_capacity(text.len()), origin: Vec::with_capacity(text.len()) };
    let mut breaks = plain.breaks().iter().copied().peekable();
    let mut before: Option<char> = None;
    // Latin letters in a row.
    let mut letters_before = 0;
    let letters = text.char_indices().filter(|(_, c)| !is_invisible(*c));
    let mut letters = letters.map(|(at, c)| (at, at + c.len_utf8(), plain_form(c))).peekable();
    while let Some((at, end, c)) = letters.next() {
        if breaks.next_if(|&block_end| block_end <= at).is_some() {
            normalized.push('\n', at, at);
            while breaks.next_if(|&block_end| block_end <= at).is_some() {}
            before = None;
        }
        let is_last = breaks.peek().is_some_and(|&block_end| block_end <= end);
        let next = letters.peek().map(|&(.., next)| next).filter(|_| !is_last);
        if let (Some(left), Some(right)) = (before, next)
            && left.is_alphanumeric()
            && right.is_alphanumeric()
        {
            let digits = || letters.clone().take_while(|(.., c)| c.is_ascii_digit());
            match c {
                // 3.11, 1,500: one number.
                '.' if left.is_ascii_digit() && right.is_ascii_digit() => continue,
                ',' if left.is_ascii_digit() && digits().take(THOUSANDS + 1).count() == THOUSANDS => continue,
                '-' | '\u{2010}' | '\u{2011}' if is_unspaced(left) || is_unspaced(right) => continue,
                '-' | '\u{2010}' | '\u{2011}' | '\u{2013}' | '.' | '\'' | '’' | '_' | '&'
                    if !is_unspaced(left) && !is_unspaced(right) =>
                {
                    normalized.push(JOINT, at, end);
                    before = Some(JOINT);
                    continue;
                }
                _ => {}
            }
        }
        if let Some(left) = before {
            let is_capital = c.is_ascii_uppercase()
                && letters_before >= LETTERS_BEFORE_CAPITAL
                && left.is_ascii_lowercase()
                && next.is_some_and(|next| next.is_ascii_lowercase());
            let changes_script =
                (is_greek(left) && c.is_ascii_alphabetic()) || (left.is_ascii_alphabetic() && is_greek(c));
            if is_capital || changes_script {
                normalized.push(JOINT, at, at);
            }
        }
        letters_before = if c.is_ascii_alphabetic() { letters_before + 1 } else { 0 };
        // β-VAE is read as beta-VAE.
        let is_alone = is_greek(c) && !before.is_some_and(is_greek) && !next.is_some_and(is_greek);
        before = Some(c);
        // A line end inside a block is a space like others.
        let c = if c == '\n' { ' ' } else { c };
        normalize_char(c, is_alone, |c| normalized.push(c, at, end));
    }
    normalized
}

/// Normalizes a text of one line: what is typed, or the address of a paper.
pub(super) fn normalize_line(text: &str) -> String {
    normalize(&PlainText::line(text)).text
}

/// Normalizes a word or title for comparison with others: compounds in one word.
pub(crate) fn normalize_word(word: &str) -> String {
    let mut normalized = String::new();
    push_normalized_word(word, &mut normalized);
    normalized
}

/// Appends what [`normalize_word`] returns.
pub(crate) fn push_normalized_word(word: &str, normalized: &mut String) {
    // Most words, of which a build compares many thousands.
    if word.bytes().all(|byte| byte.is_ascii_alphanumeric()) {
        let start = normalized.len();
        normalized.push_str(word);
        normalized.get_mut(start..).map(str::make_ascii_lowercase);
    } else {
        normalized.extend(normalize_line(word).chars().filter(|c| *c != JOINT));
    }
}

/// Calls for each letter that a character is searched as.
fn normalize_char(c: char, is_alone: bool, mut each: impl FnMut(char)) {
    let Some(base) = unicode::strip_accent(c) else { return };
    let small = unicode::to_lowercase(base);
    let letters = match greek_name(small).filter(|_| is_alone) {
        Some(name) => name,
        None => transliteration(small),
    };
    if letters.is_empty() {
        each(small);
    }
    letters.chars().for_each(each);
}

impl NormalizedText {
    fn push(&mut self, mut c: char, start: usize, end: usize) {
        let (mut start, end) = (to_u32(start), to_u32(end));
        let last = self.text.chars().next_back().filter(|_| !c.is_ascii());
        if let Some(whole) = last.and_then(|last| composed(last, c)) {
            self.text.pop();
            let size = self.text.len();
            start = self.origin.get(size).map_or(start, |(start, _)| *start);
            self.origin.truncate(size);
            c = whole;
        }
        self.text.push(c);
        self.origin.extend(std::iter::repeat_n((start, end), c.len_utf8()));
    }

    /// Returns the bytes of the original that a match in the normalized text came from.
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

    fn plain(blocks: &[&str]) -> PlainText {
        let blocks: Vec<_> =
            blocks.iter().map(|text| Block::Para(vec![Span::Text((*text).into())])).collect();
        let mut plain = PlainText::default();
        plain.blocks(&blocks);
        plain
    }

    /// Shows joints as `~`.
    fn shown(text: &str) -> String {
        normalize_line(text).replace(JOINT, "~")
    }

    #[test]
    fn ignores_case_accents_and_hyphens() {
        assert_eq!(shown("Éncoder Auto-Encoder - x"), "encoder auto~encoder - x");
        assert_eq!(
            ["Auto-encoder", "ÉTÉ", "-", "a\u{ad}-b"].map(normalize_word),
            ["autoencoder", "ete", "-", "ab"]
        );
        assert_eq!(shown("Ёлка 日本語 が"), "елка 日本語 が");
    }

    #[test]
    fn marks_joints_of_compounds() {
        for (text, expected) in [
            ("multi-head self\u{2010}attention", "multi~head self~attention"),
            ("d’Alembert d'Alembert", "d~alembert d~alembert"),
            ("node.js U.S.A.", "node~js u~s~a."),
            ("LayerNorm ViT iPhone VAEs", "layer~norm vit iphone vaes"),
            ("Auto-Encoder", "auto~encoder"),
            ("3.11 and 1,500,000 or 1,2 or 12,3456", "311 and 1500000 or 1,2 or 12,3456"),
            ("GPT-4 C++ C# .NET", "gpt~4 c++ c# .net"),
            ("max_pool R&D", "max~pool r~d"),
            ("日-本 VAE-日本", "日本 vae日本"),
        ] {
            assert_eq!(shown(text), expected, "{text}");
        }
    }

    #[test]
    fn reads_a_single_greek_letter_by_its_name() {
        for (text, expected) in
            [("β-VAE", "beta~vae"), ("βVAE", "beta~vae"), ("3 µs", "3 mu~s"), ("Δ λόγος", "delta λογοσ")]
        {
            assert_eq!(shown(text), expected, "{text}");
        }
    }

    #[test]
    fn maps_variants_of_letters_to_one() {
        for (text, expected) in [
            ("Weißes STRASSE Straße", "weisses strasse strasse"),
            ("Đorđe Łuk Øre œuvre ısı İ", "dorde luk ore oeuvre isi i"),
            ("Ｔ５ ﬁelds x² H₂O 𝐀𝟗", "t5 fields x2 h2o a9"),
            ("gra\u{200b}dient tok\u{2060}en \u{feff}x", "gradient token x"),
            ("\u{1112}\u{1161}\u{11ab}\u{1100}\u{1173}\u{11af} か\u{3099}", "한글 が"),
            ("Tiếng Việt ơ ư", "tieng viet o u"),
            ("شبـــكة ۲۰۲۰ یک", "شبكة 2020 يك"),
            ("5 \u{212b} 3 \u{2126}", "5 a 3 omega"),
        ] {
            assert_eq!(shown(text), expected, "{text}");
        }
    }

    #[test]
    fn agrees_with_unicode() {
        use unicode_normalization::char::{decompose_canonical, is_combining_mark};
        for c in ('\u{80}'..='\u{6ff}').chain('\u{1e00}'..='\u{1fff}') {
            let mut expected = Vec::new();
            decompose_canonical(c, |part| {
                if !is_combining_mark(part) {
                    expected.extend(part.to_lowercase());
                }
            });
            let mut normalized = Vec::new();
            normalize_char(c, false, |part| normalized.push(part));
            // Letters of two letters stay one, and some have a transliteration.
            let small = expected.first().copied().unwrap_or_default();
            if (expected.len() == 1 && transliteration(small).is_empty()) || normalized.is_empty() {
                assert_eq!(normalized, expected, "{c:?}");
            }
        }
    }

    #[test]
    fn keeps_words_of_two_blocks_apart() {
        assert_eq!(normalize(&plain(&["one", "two"])).text, "one\ntwo");
        assert_eq!(normalize(&plain(&["one-", "two"])).text, "one-\ntwo");
    }

    #[test]
    fn maps_matches_back_to_the_original() {
        for (text, found, expected) in [
            ("Un été-là", "ete\u{1d}la", "été-là"),
            ("eine Straße", "strasse", "Straße"),
            ("of β-VAE", "beta", "β"),
            ("a か\u{3099}く", "が", "か\u{3099}"),
            ("LayerNorm", "norm", "Norm"),
        ] {
            let text = plain(&[text]);
            let normalized = normalize(&text);
            let at = normalized.text.find(found).unwrap();
            let range = normalized.original(&(at..at + found.len())).unwrap();
            assert_eq!(text.as_str().get(range), Some(expected));
        }
    }
}
