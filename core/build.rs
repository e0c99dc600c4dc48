//! Writes the tables by which text is folded: which letters lose an accent, which are accents, and which
//! have a small form.
//!
//! `unicode-normalization` knows this, in tables that are made for speed and for all of Unicode: they
//! cost a page 31 kB after compression. What folding needs of them fits in 2 kB: accents are folded in
//! the alphabets where people leave them out. In other scripts a mark is a vowel or another letter
//! (か and が), and stays. The standard library's own table of small letters is 12 kB, these runs are 2.

use std::fmt::Write as _;
use std::ops::RangeInclusive;
use std::path::Path;

use unicode_normalization::char::{decompose_canonical, is_combining_mark};

/// Latin, Greek, Cyrillic, Hebrew, Arabic.
const LETTERS: [RangeInclusive<char>; 2] = ['\u{c0}'..='\u{6ff}', '\u{1e00}'..='\u{1fff}'];

/// The marks of those scripts.
const MARKS: [RangeInclusive<char>; 7] = [
    '\u{300}'..='\u{36f}',
    '\u{483}'..='\u{489}',
    '\u{591}'..='\u{6ff}',
    '\u{1ab0}'..='\u{1aff}',
    '\u{1dc0}'..='\u{1dff}',
    '\u{20d0}'..='\u{20ff}',
    '\u{fe20}'..='\u{fe2f}',
];

/// The first letter of a character's canonical decomposition, if it has one.
fn base(c: char) -> Option<char> {
    let mut parts = Vec::new();
    decompose_canonical(c, |part| parts.push(part));
    let letters: Vec<char> = parts.iter().copied().filter(|part| !is_combining_mark(*part)).collect();
    match letters.as_slice() {
        [only] if *only != c => Some(*only),
        _ => None,
    }
}

/// Letters whose lower case is one other letter, as runs: first, last, step, and how far it is to the other.
fn push_lower(table: &mut String) {
    let mut runs: Vec<(u32, u32, u32, i64)> = Vec::new();
    for c in ('\u{80}'..=char::MAX).filter(|c| c.to_lowercase().next() != Some(*c)) {
        let mut lower = c.to_lowercase();
        let (Some(other), None) = (lower.next(), lower.next()) else { continue };
        let (code, far) = (u32::from(c), i64::from(u32::from(other)) - i64::from(u32::from(c)));
        match runs.last_mut() {
            Some((first, last, step, known))
                if *known == far && code - *last <= 2 && (*first == *last || code - *last == *step) =>
            {
                *step = code - *last;
                *last = code;
            }
            _ => runs.push((code, code, 1, far)),
        }
    }
    table.push_str("/// Runs of capital letters: first, last, step, way to the small ones.\npub(super) const LOWER: &[(u32, u32, u32, i32)] = &[");
    for (first, last, step, far) in runs {
        let _ = write!(table, "({first},{last},{step},{far}),");
    }
    table.push_str("];\n");
}

fn main() {
    println!("cargo::rerun-if-changed=build.rs");
    let mut table = String::from(
        "/// Letters with an accent, and the letter without it.\npub(super) const BASES: &[(u16, u16)] = &[",
    );
    for c in LETTERS.into_iter().flatten() {
        if let Some(base) = base(c).filter(|base| u32::from(*base) <= 0xffff) {
            let _ = write!(table, "({},{}),", u32::from(c), u32::from(base));
        }
    }
    table.push_str(
        "];\n/// Runs of combining marks, first and last.\npub(super) const MARKS: &[(u16, u16)] = &[",
    );
    let mut run: Option<(u32, u32)> = None;
    for c in MARKS.into_iter().flatten().filter(|c| is_combining_mark(*c)).map(u32::from) {
        run = match run {
            Some((first, last)) if last + 1 == c => Some((first, c)),
            Some((first, last)) => {
                let _ = write!(table, "({first},{last}),");
                Some((c, c))
            }
            None => Some((c, c)),
        };
    }
    if let Some((first, last)) = run {
        let _ = write!(table, "({first},{last}),");
    }
    table.push_str("];\n");
    push_lower(&mut table);
    let out = std::env::var("OUT_DIR").expect("cargo says where to write");
    std::fs::write(Path::new(&out).join("letters.rs"), table).expect("cargo's folder can be written");
}
