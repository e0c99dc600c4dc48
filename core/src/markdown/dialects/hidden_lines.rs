//! Lines that other programs write for themselves: fences of Pandoc, Quarto and `MyST` (`::: {.note}`) with the options below
//! them, and properties that Logseq keeps below a block (`id:: …`, `collapsed:: true`).
//!
//! They are made blank before Markdown is parsed, so that what stands between them is read as it would be without them. The
//! text keeps its length.

use std::ops::Range;

/// The shortest fence.
const FENCE: &str = ":::";

/// Properties that Logseq writes by itself. Those that begin with one of [`OWN_GROUPS`] are too.
const OWN_PROPERTIES: [&str; 13] = [
    "id",
    "collapsed",
    "heading",
    "ls-type",
    "background-color",
    "created-at",
    "updated-at",
    "file",
    "file-path",
    "icon",
    "deck",
    "public",
    "exclude-from-graph-view",
];
const OWN_GROUPS: [&str; 5] = ["card-", "hl-", "query-", "logseq.", "template"];

/// The text with such lines made blank, and where they stood.
pub(in crate::markdown) struct HiddenLines {
    pub(in crate::markdown) text: String,
    pub(in crate::markdown) fences: Vec<Range<usize>>,
    pub(in crate::markdown) properties: Vec<Range<usize>>,
}

/// Hides such lines; `None` if there are none. O(length).
pub(in crate::markdown) fn hide(text: &str) -> Option<HiddenLines> {
    if !text.contains("::") {
        return None;
    }
    let mut hidden =
        HiddenLines { text: String::with_capacity(text.len()), fences: Vec::new(), properties: Vec::new() };
    let (mut code, mut below_fence) = (None, false);
    for line in text.split_inclusive('\n') {
        let at = hidden.text.len();
        let words = line.trim_start_matches([' ', '\t', '>']);
        let margin = line.len() - words.len();
        let words = words.trim_end();
        code = code_after(code, words);
        let is_code = code.is_some();
        let range = at..at + margin + words.len();
        if !is_code && let Some(title) = fence(words).filter(|_| margin < 4 || line.contains('>')) {
            // Blanks before the title would make it code.
            push_blank(&mut hidden.text, line, margin, words.len(), title);
            below_fence = words.contains('{');
            hidden.fences.push(range);
        } else if !is_code && below_fence && is_option(words) {
            push_blank(&mut hidden.text, line, margin, words.len(), "");
        } else if !is_code && is_own_property(words) {
            push_blank(&mut hidden.text, line, margin, words.len(), "");
            hidden.properties.push(range);
        } else {
            hidden.text.push_str(line);
            below_fence = false;
        }
    }
    (!hidden.fences.is_empty() || !hidden.properties.is_empty()).then_some(hidden)
}

/// Writes a line with other words, and blanks where it was longer.
fn push_blank(out: &mut String, line: &str, margin: usize, length: usize, words: &str) {
    out.push_str(line.get(..margin).unwrap_or_default());
    out.push_str(words);
    out.extend(std::iter::repeat_n(' ', length.saturating_sub(words.len())));
    out.push_str(line.get(margin + length..).unwrap_or_default());
}

/// Returns the mark that the code around the next line ends with, if there is code.
fn code_after<'a>(code: Option<&'a str>, words: &'a str) -> Option<&'a str> {
    let words = words.trim_start_matches(['-', '*', '+']).trim_start();
    let mark = ['`', '~'].into_iter().find(|mark| words.starts_with(*mark));
    let length = mark.map_or(0, |mark| words.len() - words.trim_start_matches(mark).len());
    let (run, rest) = words.split_at_checked(length).unwrap_or((words, ""));
    match code {
        Some(open) if length >= open.len() && run.starts_with(open) && rest.trim().is_empty() => None,
        Some(open) => Some(open),
        None if length >= 3 && !rest.contains('`') => Some(run),
        None => None,
    }
}

/// Returns the title on the line of a fence, mostly an empty one; `None` for what is no fence.
fn fence(words: &str) -> Option<&str> {
    let rest = words.strip_prefix(FENCE)?.trim_start_matches(':').trim();
    if let Some(rest) = rest.strip_prefix('{') {
        let (_, title) = rest.split_once('}')?;
        return Some(title.trim_matches([' ', ':'])).filter(|title| !title.contains("::"));
    }
    let is_name = |c: char| c.is_alphanumeric() || matches!(c, '-' | '_' | '.');
    rest.trim_end_matches([' ', ':']).chars().all(is_name).then_some("")
}

/// Returns true for an option below the line of a fence: `:class: tip`.
fn is_option(words: &str) -> bool {
    let name = words.strip_prefix(':').and_then(|rest| rest.split_once(':')).map(|(name, _)| name);
    name.is_some_and(|name| {
        !name.is_empty() && name.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-')
    })
}

fn is_own_property(words: &str) -> bool {
    let Some((name, value)) = words.split_once("::") else { return false };
    let is_own = OWN_PROPERTIES.contains(&name) || OWN_GROUPS.iter().any(|group| name.starts_with(group));
    is_own && !name.contains(char::is_whitespace) && (value.is_empty() || value.starts_with(' '))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(text: &str) -> String {
        hide(text).map_or_else(|| text.to_owned(), |hidden| hidden.text)
    }

    #[test]
    fn fences_and_kept_properties_are_blank() {
        for text in [
            "::: {.callout-note}\na\n:::\n",
            "::: note\na\n:::",
            ":::{note}\n:class: x\na\n:::",
            "> :::{tip}\n> a",
        ] {
            let shown = shown(text);
            assert_eq!(shown.len(), text.len());
            assert_eq!(shown.replace('>', "").trim(), "a", "{text}");
        }
        let properties = shown("- a\n  id:: 64-1\n  collapsed:: true\n- b\n");
        assert_eq!(properties.split_whitespace().collect::<Vec<_>>(), ["-", "a", "-", "b"]);
        let titled = shown(":::{admonition} A title\nb\n:::");
        assert_eq!(titled.lines().map(str::trim_end).collect::<Vec<_>>(), ["A title", "b", ""]);
    }

    #[test]
    fn other_lines_stay() {
        for text in
            ["```\n:::\nid:: 1\n```", "::: a sentence, no fence", "key:: value", "a::b", ":x: y", "    :::"]
        {
            assert_eq!(shown(text), text);
        }
    }
}
