//! Formulas between `\(` and `\)`, or `\[` and `\]`, which Markdown takes for escaped brackets.
//!
//! They are read as if dollars stood there. Two dollars are as long as a backslash and a bracket, so every place in the
//! text stays what it is; which of them are meant to stand inside a line is returned beside the text. Brackets
//! that someone only escaped stay brackets: what is between two has to look like one formula, see [`is_formula`].

use std::ops::Range;

use pulldown_cmark::{Event, Parser, Tag, TagEnd};

use super::parser_options::options;

/// A formula between brackets.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Bracketed {
    /// With its brackets.
    pub(super) range: Range<usize>,
    /// Between `\[` and `\]`.
    pub(super) display: bool,
}

/// The text with dollars for brackets, and what was between them; none where there is no such formula.
pub(super) fn brackets_to_dollars(text: &str) -> Option<(String, Vec<Bracketed>)> {
    if !text.contains("\\(") && !text.contains("\\[") {
        return None;
    }
    let mut formulas = find(text);
    while !formulas.is_empty() {
        let changed = dollars(text, &formulas);
        let before = formulas.len();
        // What is none by Markdown's own rules for dollars, or would change what others are, is left.
        let read: Vec<_> = Parser::new_ext(&changed, options())
            .into_offset_iter()
            .filter_map(|(event, range)| matches!(event, Event::DisplayMath(_)).then_some(range))
            .collect();
        formulas.retain(|formula| read.contains(&formula.range));
        if formulas.len() == before {
            return Some((changed, formulas));
        }
    }
    None
}

/// The kinds of delimiters that dollars replace; those of `\(` are inline.
pub(super) fn restore_inline<'a>(
    event: Event<'a>,
    range: &Range<usize>,
    formulas: &[Bracketed],
) -> Event<'a> {
    let Event::DisplayMath(tex) = event else { return event };
    let here = formulas.binary_search_by_key(&range.start, |formula| formula.range.start);
    match here.ok().and_then(|at| formulas.get(at)) {
        Some(Bracketed { display: false, .. }) => Event::InlineMath(tex.trim().to_owned().into()),
        _ => Event::DisplayMath(tex),
    }
}

fn dollars(text: &str, formulas: &[Bracketed]) -> String {
    let mut changed = String::with_capacity(text.len());
    let mut at = 0;
    for Bracketed { range, .. } in formulas {
        let inside = range.start + 2..range.end - 2;
        for piece in [text.get(at..range.start), Some("$$"), text.get(inside), Some("$$")] {
            changed.push_str(piece.unwrap_or_default());
        }
        at = range.end;
    }
    changed.push_str(text.get(at..).unwrap_or_default());
    changed
}

/// A bracket that may begin a formula.
struct OpenDelimiter {
    at: usize,
    display: bool,
    /// Number of links around the delimiter: a formula does not end outside its link.
    links: usize,
}

fn find(text: &str) -> Vec<Bracketed> {
    let mut found = Vec::new();
    let mut opened: Option<OpenDelimiter> = None;
    let (mut links, mut in_code) = (0_usize, false);
    for (event, range) in Parser::new_ext(text, options()).into_offset_iter() {
        match event {
            Event::Start(Tag::Link { .. } | Tag::Image { .. }) => links += 1,
            Event::End(TagEnd::Link | TagEnd::Image) => {
                links = links.saturating_sub(1);
                opened = opened.filter(|open| open.links <= links);
            }
            Event::Start(Tag::Emphasis | Tag::Strong | Tag::Strikethrough)
            | Event::End(TagEnd::Emphasis | TagEnd::Strong | TagEnd::Strikethrough)
            | Event::SoftBreak
            | Event::HardBreak => {}
            Event::Text(inner) if !in_code => {
                let is_escaped = range.start.checked_sub(1).and_then(|at| text.get(at..range.start));
                let Some(at) = range.start.checked_sub(1).filter(|_| is_escaped == Some("\\")) else {
                    continue;
                };
                match inner.chars().next() {
                    Some(c @ ('(' | '[')) => opened = Some(OpenDelimiter { at, display: c == '[', links }),
                    Some(c @ (')' | ']')) => {
                        let fits = |open: &OpenDelimiter| open.display == (c == ']') && open.links == links;
                        let Some(open) = opened.take_if(|open| fits(open)) else { continue };
                        let range = open.at..at + 2;
                        let inside = text.get(range.start + 2..at).unwrap_or_default();
                        let apart = !text.get(..range.start).unwrap_or_default().ends_with('$')
                            && !text.get(range.end..).unwrap_or_default().starts_with('$');
                        if apart && is_formula(inside, open.display) {
                            found.push(Bracketed { range, display: open.display });
                        }
                    }
                    _ => {}
                }
            }
            Event::Start(Tag::CodeBlock(_)) => in_code = true,
            Event::End(TagEnd::CodeBlock) => in_code = false,
            // Another block, code, HTML: no formula goes across.
            _ => opened = None,
        }
    }
    found
}

/// Returns true if text looks like one formula: it has a command, `^`, `_` or `=`, and no sentence. Inside
/// a line, single letters are one too: nobody escapes the brackets of `(n)`, as they do those of `[1]`.
fn is_formula(tex: &str, display: bool) -> bool {
    let tex = tex.trim();
    if tex.is_empty() || tex.contains('$') || tex.ends_with('\\') && !display {
        return false;
    }
    let (mut strong, mut weak) = (false, false);
    let (mut words, mut long_words) = (0, 0);
    let mut rest = tex;
    while let Some(c) = rest.chars().next() {
        let after = rest.get(c.len_utf8()..).unwrap_or_default();
        let run = |text: &str| text.len() - text.trim_start_matches(char::is_alphabetic).len();
        rest = match c {
            '\\' => {
                let name = run(after);
                strong |= name > 0 || after.starts_with(['\\', ',', ';', '!']);
                let escaped = after.chars().next().map_or(0, char::len_utf8);
                let behind = after.get(name.max(escaped)..).unwrap_or_default();
                let has_text = ["text", "mathrm", "operatorname", "mbox"]
                    .contains(&after.get(..name).unwrap_or_default());
                let text_argument = if has_text { behind.split_once('}') } else { None };
                text_argument.map_or(behind, |(_, behind)| behind)
            }
            c if c.is_alphabetic() => {
                let length = run(rest);
                let letters = rest.get(..length).unwrap_or_default().chars().count();
                words += usize::from(letters >= 2);
                long_words += usize::from(letters >= 3);
                rest.get(length..).unwrap_or_default()
            }
            c => {
                strong |= matches!(c, '^' | '_');
                weak |= matches!(c, '=' | '<' | '>' | '+');
                after
            }
        };
    }
    let plain = |c: char| c.is_alphanumeric() || " ,()|/-*!'".contains(c);
    let are_letters = !display && words == 0 && tex.contains(char::is_alphabetic) && tex.chars().all(plain);
    (strong && long_words < 3) || (weak && words < 2) || are_letters
}

/// Escaped brackets that would be read as a formula, written so that they are not.
pub(super) fn escape_formula_brackets(mut text: String) -> String {
    while let Some((_, formulas)) = brackets_to_dollars(&text) {
        for Bracketed { range, display } in formulas.iter().rev() {
            let begin = range.start..range.start + 2;
            text.replace_range(begin, if *display { "&#91;" } else { "&#40;" });
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Option<String> {
        brackets_to_dollars(text).map(|(text, _)| text)
    }

    #[test]
    fn brackets_around_a_formula_are_read() {
        for (text, as_read) in [
            ("so \\(x\\) is", "so $$x$$ is"),
            ("\\(O(n)\\), \\(a, b\\)", "$$O(n)$$, $$a, b$$"),
            ("\\(a_1 b_1\\) and \\(a*b*c = 1\\)", "$$a_1 b_1$$ and $$a*b*c = 1$$"),
            ("\\[\nE = mc^2\n\\]", "$$\nE = mc^2\n$$"),
            ("> \\[ x \\\\\n> y \\]", "> $$ x \\\\\n> y $$"),
            ("- \\(\\text{the words of it} = n\\)", "- $$\\text{the words of it} = n$$"),
            ("| a |\n|---|\n| \\(x_1\\) |", "| a |\n|---|\n| $$x_1$$ |"),
            ("[the \\(n\\)](/a)", "[the $$n$$](/a)"),
            ("\\(x\\)\\(y\\)", "$$x$$$$y$$"),
        ] {
            assert_eq!(read(text).as_deref(), Some(as_read));
        }
    }

    #[test]
    fn brackets_that_are_escaped_stay_brackets() {
        for text in [
            "\\[1\\], \\[sic\\], \\[TODO: say more\\], \\(see above\\), \\[x\\]",
            "\\(one = two three\\), \\(e.g.\\), \\(1\\), \\(sic\\)",
            "`\\(x^2\\)` and ``\\[x^2\\]``",
            "```\n\\(x^2\\)\n```",
            "    \\[x^2\\]",
            "\\(x^2\n\nanother\\)",
            "\\\\(x^2\\\\)",
            "\\(x^2\\] and \\[x^2\\)",
            "[a \\(x^2](/b) c\\)",
            "\\(x^2 `code`\\)",
            "\\(costs $5 = x\\)",
            "\\(\\) \\[ \\]",
            "\\(x^2 }\\)",
        ] {
            assert_eq!(read(text), None, "{text}");
        }
    }

    #[test]
    fn what_is_written_is_not_mistaken() {
        for text in ["\\[x^2\\]", "\\[\\[a=1\\]\\]", "\\(x\\) \\[1\\] \\(y\\)"] {
            let written = escape_formula_brackets(text.to_owned());
            assert_eq!(read(&written), None, "{written}");
        }
    }

    #[test]
    fn a_bar_in_a_cell_stays_in_it() {
        let source = "| a |\n|---|\n| $p(x\\|y)$ |\n";
        let notebook = super::super::read(source).notebook;
        assert_eq!(super::super::read(&super::super::write(&notebook)).notebook, notebook);
    }
}
