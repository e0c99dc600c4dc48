//! Writes the table by which text is folded: which letters lose an accent, and which are accents.
//!
//! `unicode-normalization` knows this, in tables that are made for speed and for all of Unicode: they
//! cost a page 31 kB after compression. What folding needs of them fits in 2 kB: accents are folded in
//! the alphabets where people leave them out. In other scripts a mark is a vowel or another letter
//! (か and が), and stays.

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

fn main() {
    println!("cargo::rerun-if-changed=build.rs");
    let mut table = String::from(
        "/// Letters with an accent, and the letter without it.\nconst BASES: &[(u16, u16)] = &[",
    );
    for c in LETTERS.into_iter().flatten() {
        if let Some(base) = base(c).filter(|base| u32::from(*base) <= 0xffff) {
            let _ = write!(table, "({},{}),", u32::from(c), u32::from(base));
        }
    }
    table.push_str("];\n/// Runs of combining marks, first and last.\nconst MARKS: &[(u16, u16)] = &[");
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
    let out = std::env::var("OUT_DIR").expect("cargo says where to write");
    std::fs::write(Path::new(&out).join("fold_table.rs"), table).expect("cargo's folder can be written");
}
