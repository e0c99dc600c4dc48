//! TeX that is left in a value after accents and braces are read, and text as TeX has it.

/// Commands that only dress their argument.
const DRESS: [&str; 14] = [
    "emph",
    "textit",
    "textbf",
    "textsc",
    "texttt",
    "textrm",
    "textsf",
    "textsl",
    "textup",
    "textnormal",
    "mbox",
    "url",
    "path",
    "nolinkurl",
];

/// Makes spaces of the ties between words; what stands behind a slash is of an address, behind a backslash an accent.
pub(super) fn untied(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        out.push(if c == '~' && !out.ends_with(['/', '\\']) { ' ' } else { c });
    }
    out
}

/// Takes off commands that only dress their argument.
pub(super) fn undressed(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find('\\') {
        let (before, from) = rest.split_at_checked(at).unwrap_or((rest, ""));
        out.push_str(before);
        let dressed = DRESS.iter().find_map(|name| {
            let inner = from.strip_prefix('\\')?.strip_prefix(name)?.strip_prefix('{')?;
            inner.split_once('}')
        });
        if let Some((inner, after)) = dressed {
            out.push_str(inner);
            rest = after;
        } else {
            out.push('\\');
            rest = from.strip_prefix('\\').unwrap_or_default();
        }
    }
    out.push_str(rest);
    out
}

/// Text in braces, as TeX has it. `kept` says that capitals inside words are to stay.
pub(super) fn braced(text: &str, kept: bool) -> String {
    let words = text.split(' ').map(|word| {
        let letters = word.trim_start_matches(|c: char| !c.is_alphanumeric());
        let capital = letters.chars().skip(1).any(char::is_uppercase);
        if kept && capital { format!("{{{}}}", escaped(word)) } else { escaped(word) }
    });
    format!("{{{}}}", words.collect::<Vec<_>>().join(" "))
}

/// Text with what TeX would take for its own escaped; mathematics between dollars stays.
pub(super) fn escaped(text: &str) -> String {
    escape(text, true)
}

/// A name, which has no mathematics: in braces, or as it is.
pub(super) fn name(text: &str, in_braces: bool) -> String {
    let name = escape(text, false);
    if in_braces { format!("{{{name}}}") } else { name }
}

fn escape(text: &str, math: bool) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(c) = rest.chars().next() {
        let after = rest.get(c.len_utf8()..).unwrap_or_default();
        if c == '$'
            && math
            && let Some((inner, behind)) = after.split_once('$')
            && !inner.is_empty()
            && !inner.contains(['{', '}', '\\'])
        {
            out.extend(["$", inner, "$"]);
            rest = behind;
            continue;
        }
        match c {
            '\\' => out.push_str("\\textbackslash{}"),
            '~' => out.push_str("\\textasciitilde{}"),
            '^' => out.push_str("\\textasciicircum{}"),
            '{' | '}' | '&' | '%' | '$' | '#' | '_' => out.extend(['\\', c]),
            '-' if out.ends_with('-') => out.push_str("{}-"),
            c => out.push(c),
        }
        rest = after;
    }
    out
}

/// Text of a field that is taken as it is: an address, an id.
pub(super) fn verbatim(text: &str) -> String {
    format!("{{{}}}", text.replace('\\', "%5C").replace('{', "%7B").replace('}', "%7D"))
}
