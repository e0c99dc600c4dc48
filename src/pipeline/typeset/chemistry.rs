//! Chemical formulas of the mhchem package, as far as notes use them: `\ce{H2O}`, `\ce{SO4^2-}`, `\ce{2 H2 + O2 -> 2 H2O}`.
//!
//! Rules: <https://mhchem.github.io/MathJax-mhchem/>. Bonds and conditions above arrows are not read.

/// Arrows, the longest first.
const ARROWS: [(&str, &str); 6] = [
    ("<=>", "\\rightleftharpoons"),
    ("<-->", "\\longleftrightarrow"),
    ("<->", "\\leftrightarrow"),
    ("->", "\\rightarrow"),
    ("<-", "\\leftarrow"),
    ("=>", "\\Rightarrow"),
];

/// Converts a chemical formula to TeX. O(length).
#[allow(clippy::too_many_lines, reason = "one match over the characters of a formula")]
pub(super) fn to_tex(formula: &str) -> String {
    let mut tex = String::new();
    let mut rest = formula.trim();
    // The last character of the same word, to which a digit or sign would belong.
    let mut last: Option<char> = None;
    while let Some(c) = rest.chars().next() {
        if let Some((arrow, command)) = ARROWS.iter().find(|(arrow, _)| rest.starts_with(arrow)) {
            tex.extend([" ", command, " "]);
            rest = rest.get(arrow.len()..).unwrap_or_default();
            last = None;
            continue;
        }
        let after = rest.get(c.len_utf8()..).unwrap_or_default();
        let is_attached = last.is_some_and(|last| last.is_ascii_alphanumeric() || ")]}".contains(last));
        let ends_word = after.chars().next().is_none_or(|next| next.is_whitespace() || ")]}".contains(next));
        rest = match c {
            'A'..='Z' | 'a'..='z' => {
                let end = rest.find(|c: char| !c.is_ascii_alphabetic()).unwrap_or(rest.len());
                let (letters, after) = rest.split_at(end);
                tex.extend(["\\mathrm{", letters, "}"]);
                last = Some('a');
                after
            }
            '0'..='9' => {
                let end = rest.find(|c: char| !c.is_ascii_digit() && c != '.').unwrap_or(rest.len());
                let (number, after) = rest.split_at(end);
                if is_attached {
                    tex.extend(["_{", number, "}"]);
                } else {
                    tex.push_str(number);
                }
                last = Some('0');
                after
            }
            '^' => {
                let (charge, after) = script(after);
                tex.extend(["^{", charge, "}"]);
                last = Some('}');
                after
            }
            '_' => {
                let (index, after) = script(after);
                tex.extend(["_{", index, "}"]);
                last = Some('}');
                after
            }
            '+' | '-' if is_attached && ends_word => {
                tex.extend(["^{", c.encode_utf8(&mut [0; 4]), "}"]);
                last = None;
                after
            }
            '(' | ')' | '[' | ']' => {
                tex.push(c);
                last = Some(c);
                after
            }
            '*' | '.' => {
                tex.push_str("\\cdot ");
                last = None;
                after
            }
            '{' | '}' => after,
            _ => {
                tex.push(c);
                last = None;
                after
            }
        };
    }
    tex
}

/// Returns the text of a superscript or subscript, and what follows it.
fn script(text: &str) -> (&str, &str) {
    if let Some((inside, after)) = text.strip_prefix('{').and_then(|text| text.split_once('}')) {
        return (inside, after);
    }
    let end = text.find(|c: char| !c.is_ascii_digit() && !matches!(c, '+' | '-')).unwrap_or(text.len());
    let end = if end == 0 { text.chars().next().map_or(0, char::len_utf8) } else { end };
    text.split_at_checked(end).unwrap_or((text, ""))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn chemical_formulas_become_tex() {
        for (formula, tex) in [
            ("H2O", "\\mathrm{H}_{2}\\mathrm{O}"),
            ("SO4^2-", "\\mathrm{SO}_{4}^{2-}"),
            ("Na+", "\\mathrm{Na}^{+}"),
            ("Fe^{3+}", "\\mathrm{Fe}^{3+}"),
            ("(NH4)2S", "(\\mathrm{NH}_{4})_{2}\\mathrm{S}"),
            (
                "2 H2 + O2 -> 2 H2O",
                "2 \\mathrm{H}_{2} + \\mathrm{O}_{2}  \\rightarrow  2 \\mathrm{H}_{2}\\mathrm{O}",
            ),
            ("A <=> B", "\\mathrm{A}  \\rightleftharpoons  \\mathrm{B}"),
        ] {
            assert_eq!(to_tex(formula), tex, "{formula}");
        }
    }

    #[test]
    fn anything_else_ends_too() {
        for piece in ["^", "_", "{", "^{", "+", "é", "->"] {
            to_tex(&piece.repeat(1_000));
        }
    }
}
