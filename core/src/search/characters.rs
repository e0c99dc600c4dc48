//! Classes of characters, and letters that stand for others.
//!
//! Written as code, not generated from Unicode data: what searching needs of it is a few ranges, and every table is
//! downloaded with the page.

/// Marks a place inside a word where writers may or may not break it: a hyphen, an apostrophe, a dot between letters, a
/// capital (`LayerNorm`). The word is indexed whole and by its parts. A control character that no text has, of one byte.
pub(super) const JOINT: char = '\u{1d}';

/// Returns true for Han, Hiragana and Katakana.
pub(crate) fn is_cjk(c: char) -> bool {
    matches!(c, '\u{3005}'..='\u{3007}' | '\u{3040}'..='\u{30ff}' | '\u{31f0}'..='\u{31ff}'
        | '\u{3400}'..='\u{4dbf}' | '\u{4e00}'..='\u{9fff}' | '\u{f900}'..='\u{faff}'
        | '\u{ff66}'..='\u{ff9f}' | '\u{20000}'..='\u{3ffff}')
}

/// Returns true for scripts in which spaces do not separate words, so that pairs of letters are indexed: Han and kana, Thai,
/// Lao, Burmese, Khmer; and Hangul, where particles are written onto words.
pub(super) fn is_unspaced(c: char) -> bool {
    matches!(c, '\u{e00}'..='\u{eff}' | '\u{1000}'..='\u{109f}' | '\u{1100}'..='\u{11ff}'
        | '\u{1780}'..='\u{17ff}' | '\u{ac00}'..='\u{d7a3}')
        || is_cjk(c)
}

/// Returns true for characters that words consist of: letters, digits, and the marks inside words of India and Southeast Asia
/// that are neither.
pub(super) fn is_letter(c: char) -> bool {
    c.is_alphanumeric()
        || match u32::from(c) {
            // Nukta and virama, at the same place of every block of a script of India.
            code @ 0x900..0xe00 => matches!(code & 0x7f, 0x3c | 0x4d) || code == 0xdca,
            code => {
                matches!(code, 0xe47..=0xe4e | 0xec8..=0xece | 0x1037 | 0x1039 | 0x103a | 0x17c9..=0x17d3)
            }
        }
}

/// Returns true for pictures and arrows, which are searched like words of one letter.
pub(super) fn is_symbol(c: char) -> bool {
    matches!(c, '\u{2190}'..='\u{2bff}' | '\u{1f000}'..='\u{1faff}')
}

/// Returns true for characters that say nothing: soft hyphens, joiners, directions, variation selectors, the stroke that
/// lengthens Arabic words.
pub(super) fn is_invisible(c: char) -> bool {
    matches!(c, '\u{ad}' | '\u{61c}' | '\u{640}' | '\u{180e}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}'
        | '\u{2060}'..='\u{2064}' | '\u{2066}'..='\u{2069}' | '\u{fe00}'..='\u{fe0f}' | '\u{feff}')
}

/// Katakana and sound marks, in the order of their forms of half width.
const HALF_WIDTH: &str = "ヲァィゥェォャュョッーアイウエオカキクケコサシスセソタチツテトナニヌネノハヒフヘホマミムメモヤユヨラリルレロワン\u{3099}\u{309a}";

/// Returns the plain form of a variant: full and half width, mathematical alphabets, raised and lowered digits, Greek symbols.
pub(super) fn plain_form(c: char) -> char {
    let code = u32::from(c);
    if code < 0xb2 {
        return c;
    }
    let plain = match code {
        0xb2 | 0xb3 => code - 0x80,
        0xb5 => 0x3bc,
        0xb9 => 0x31,
        // Final sigma.
        0x3c2 => 0x3c3,
        0x3d1 => 0x3b8,
        0x3d5 => 0x3c6,
        0x3d6 => 0x3c0,
        0x3f1 => 0x3c1,
        0x3f5 => 0x3b5,
        // Digits of Arabic and Persian.
        0x660..=0x669 => code - 0x660 + 0x30,
        0x6f0..=0x6f9 => code - 0x6f0 + 0x30,
        0x2070 | 0x2074..=0x2079 => code - 0x2070 + 0x30,
        0x2080..=0x2089 => code - 0x2080 + 0x30,
        // ℓ, and the signs of ohm and ångström.
        0x2113 => 0x6c,
        0x2126 => 0x3a9,
        0x212b => 0xc5,
        0xff01..=0xff5e => code - 0xfee0,
        0xff66..=0xff9f => {
            let at = usize::try_from(code - 0xff66).unwrap_or_default();
            return HALF_WIDTH.chars().nth(at).unwrap_or(c);
        }
        0x1d400..=0x1d6a3 => {
            let letter = (code - 0x1d400) % 52;
            letter + if letter < 26 { 0x41 } else { 0x61 - 26 }
        }
        0x1d7ce..=0x1d7ff => (code - 0x1d7ce) % 10 + 0x30,
        _ => return c,
    };
    char::from_u32(plain).unwrap_or(c)
}

/// Returns the letters that a small letter without accent is written with on other keyboards; empty if it stands for itself.
pub(super) fn transliteration(c: char) -> &'static str {
    match c {
        'ß' => "ss",
        'æ' => "ae",
        'œ' => "oe",
        'ø' => "o",
        'ł' => "l",
        'đ' | 'ð' => "d",
        'ħ' => "h",
        'ı' => "i",
        'ŧ' => "t",
        'þ' => "th",
        'ŋ' => "n",
        'ĳ' => "ij",
        // Letters that Persian writes otherwise than Arabic.
        '\u{649}' | '\u{6cc}' => "\u{64a}",
        '\u{6a9}' => "\u{643}",
        '\u{fb00}' => "ff",
        '\u{fb01}' => "fi",
        '\u{fb02}' => "fl",
        '\u{fb03}' => "ffi",
        '\u{fb04}' => "ffl",
        '\u{fb05}' | '\u{fb06}' => "st",
        _ => "",
    }
}

/// Returns true for Greek letters.
pub(super) fn is_greek(c: char) -> bool {
    matches!(c, '\u{370}'..='\u{3ff}' | '\u{1f00}'..='\u{1fff}')
}

/// Names of the small Greek letters from α on, the final sigma among them.
const GREEK: [&str; 25] = [
    "alpha", "beta", "gamma", "delta", "epsilon", "zeta", "eta", "theta", "iota", "kappa", "lambda", "mu",
    "nu", "xi", "omicron", "pi", "rho", "sigma", "sigma", "tau", "upsilon", "phi", "chi", "psi", "omega",
];

/// Returns the name of a small Greek letter without accent.
pub(super) fn greek_name(c: char) -> Option<&'static str> {
    let at = u32::from(c).checked_sub(0x3b1)?;
    GREEK.get(usize::try_from(at).ok()?).copied()
}

/// Returns the letter that two make: Hangul by the algorithm of the Unicode Standard (section 3.12), kana with a sound mark.
/// macOS writes file names, and so pasted titles, in pieces.
pub(super) fn composed(first: char, second: char) -> Option<char> {
    let (first, second) = (u32::from(first), u32::from(second));
    let code = match (first, second) {
        (0x1100..0x1113, 0x1161..0x1176) => 0xac00 + ((first - 0x1100) * 21 + second - 0x1161) * 28,
        (0xac00..0xd7a4, 0x11a8..0x11c3) if (first - 0xac00).is_multiple_of(28) => first + second - 0x11a7,
        // う and ウ alone do not stand before their voiced form.
        (0x3046 | 0x30a6, 0x3099) => first + 0x4e,
        (0x304b..=0x30db, 0x3099) => first + 1,
        (0x306f..=0x30db, 0x309a) => first + 2,
        _ => return None,
    };
    char::from_u32(code)
}

#[cfg(test)]
mod tests {
    use unicode_normalization::UnicodeNormalization as _;

    use super::*;

    #[test]
    fn composition_agrees_with_unicode() {
        for c in ('가'..='힣').chain("がぎぐげござじずぜぞだぢづでどばぱびぴぶぷべぺぼぽゔガダパポヴ".chars())
        {
            let pieces: Vec<char> = c.nfd().collect();
            let whole =
                pieces.iter().skip(1).fold(pieces[0], |whole, piece| composed(whole, *piece).unwrap());
            assert_eq!(whole, c);
        }
        assert_eq!(composed('a', 'b'), None);
    }

    #[test]
    fn plain_forms_agree_with_unicode() {
        for c in ('\u{80}'..='\u{2fff}').chain('\u{ff01}'..='\u{ff5e}').chain('\u{1d400}'..='\u{1d7ff}') {
            let plain = plain_form(c);
            // Of the mathematical alphabets some places are empty.
            if plain != c && !matches!(c, 'ς' | '\u{660}'..='\u{6f9}') && !c.nfkc().eq([c]) {
                assert!(c.nfkc().eq([plain]), "{c:?} {plain:?}");
            }
        }
        assert_eq!("Ｔ５𝐀𝒛𝟗²₀µϵ".chars().map(plain_form).collect::<String>(), "T5Az920με");
    }

    #[test]
    fn greek_letters_have_names() {
        assert_eq!(
            ['α', 'β', 'μ', 'σ', 'ω', 'a'].map(greek_name),
            [Some("alpha"), Some("beta"), Some("mu"), Some("sigma"), Some("omega"), None]
        );
    }
}
