//! Spans as Markdown that reads as the same spans.

use std::borrow::Cow;

use super::citation_group::split_group;
use super::inline_text::linkify;
use super::write_html;
use crate::notebook::{Span, plain};

/// Parts what would mean something else side by side, and is gone when it is read.
pub(super) const SEPARATOR: &str = "<!-- -->";

/// The surroundings of some text, which decide which characters must be escaped.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum EscapeContext {
    /// At the beginning of a line.
    Line,
    /// After something else on its line.
    Inner,
    Heading,
    Cell,
    Link,
}

/// Returns true if emphasis marks between two letters would not be recognized, or would merge with others.
pub(super) fn needs_separator(before: &str, text: &str, mark_before: bool, mark_after: bool) -> bool {
    let wordy = |c: char| !c.is_whitespace() && !c.is_ascii_punctuation();
    let (Some(last), Some(first)) = (before.chars().next_back(), text.chars().next()) else { return false };
    if is_mark(last) && is_mark(first) {
        return true;
    }
    if (mark_before && last == '_' && wordy(first)) || (mark_after && first == '_' && wordy(last)) {
        return true;
    }
    let inner_last = before.trim_end_matches(is_mark).chars().next_back();
    let inner_first = text.trim_start_matches(is_mark).chars().next();
    let letter = |c: Option<char>| c.is_some_and(char::is_alphanumeric);
    (mark_before && wordy(first) && !letter(inner_last))
        || (mark_after && wordy(last) && !letter(inner_first))
}

/// Returns true if some text has the beginning of an address that is no link.
fn has_address_text(list: &[Span]) -> bool {
    list.iter().any(|span| match span {
        Span::Text(text) => text.contains("://"),
        Span::Link { .. } => false,
        span => has_address_text(span.children()),
    })
}

/// Returns true if a text ends within what could be an address.
fn ends_in_address_text(span: &Span) -> bool {
    match span {
        Span::Text(text) => text.rsplit(char::is_whitespace).next().is_some_and(|last| last.contains("://")),
        _ => false,
    }
}

fn is_mark(c: char) -> bool {
    matches!(c, '*' | '_' | '~')
}

/// Returns the nesting depth of emphasis that is written with the same mark.
fn depth_of(list: &[Span], is_one: fn(&Span) -> bool) -> usize {
    let depths = list.iter().map(|span| usize::from(is_one(span)) + depth_of(span.children(), is_one));
    depths.max().unwrap_or(0)
}

#[allow(
    clippy::too_many_lines,
    reason = "one match over all kinds of spans, whose arms share the state of the line"
)]
pub(super) fn spans(list: &[Span], mut place: EscapeContext) -> String {
    let mut out = String::new();
    let (mut after_mark, mut after_note, mut after_formula) = (false, false, false);
    let all = run_together(list);
    for (number, span) in all.iter().enumerate() {
        let mut marked = false;
        // In what could be an address, marks would be a part of it.
        let is_beside_address = has_address_text(span.children())
            || number.checked_sub(1).and_then(|before| all.get(before)).is_some_and(ends_in_address_text);
        // With marks, where they do not touch others; else with tags, which nothing ends but their own.
        let mut wrap = |mark: &str, name: &str, inner: &[Span]| {
            let strikes = mark == "~~";
            let depth = if strikes {
                depth_of(inner, |span| matches!(span, Span::Strike(_)))
            } else {
                depth_of(inner, |span| matches!(span, Span::Em(_) | Span::Strong(_)))
            };
            let inner = spans(inner, inner_of(place));
            // One mark inside the other, so that neither ends the other.
            let mark = if depth == 1 { mark.replace('*', "_") } else { mark.to_owned() };
            let text = format!("{mark}{inner}{mark}");
            let touches = inner.starts_with(is_mark) || inner.ends_with(is_mark);
            if depth > usize::from(!strikes)
                || touches
                || is_beside_address
                || needs_separator(&out, &text, after_mark, true)
            {
                return format!("<{name}>{inner}</{name}>");
            }
            marked = true;
            text
        };
        let tag = |name: &str, inner: &[Span]| format!("<{name}>{}</{name}>", spans(inner, inner_of(place)));
        let text = match span {
            Span::Text(text) => escape(text, if out.ends_with('\n') { EscapeContext::Line } else { place }),
            Span::Em(inner) => wrap("*", "em", inner),
            Span::Strong(inner) => wrap("**", "strong", inner),
            Span::Strike(inner) => wrap("~~", "s", inner),
            Span::Sub(inner) => tag("sub", inner),
            Span::Sup(inner) => tag("sup", inner),
            Span::Mark(inner) => tag("mark", inner),
            Span::Kbd(inner) => tag("kbd", inner),
            Span::Code(code) => code_span(code, place),
            Span::Math { tex, display, .. } => formula(tex, *display, place),
            Span::Link { url, title: None, text } if is_bare(text, url.as_str()) => format!("<{url}>"),
            Span::Link { url, title, text } => {
                destination(&spans(text, EscapeContext::Link), url.as_str(), title.as_deref())
            }
            Span::Ins(inner) => tag("ins", inner),
            Span::Abbr { title, text } => {
                let inner = spans(text, inner_of(place));
                format!("<abbr title=\"{}\">{inner}</abbr>", write_html::attribute(title))
            }
            Span::Anchor(id) => write_html::anchor(id),
            Span::Image { url, title, alt, display: Some(display), .. } => {
                let at_start = out.is_empty() || out.ends_with('\n');
                let ends_line = |next: &Span| match next {
                    Span::Text(text) => text.trim_start_matches([' ', '\t']).starts_with('\n'),
                    next => matches!(next, Span::Break {}),
                };
                let is_line = at_start && all.get(number + 1).is_some_and(ends_line);
                write_html::image(url, title.as_deref(), alt, display, is_line)
            }
            Span::Image { url, title, alt, .. } => {
                format!("!{}", destination(&escape(alt, EscapeContext::Link), url.as_str(), title.as_deref()))
            }
            Span::Footnote(label) => format!("[^{label}]"),
            Span::Break {}
                if matches!(place, EscapeContext::Cell | EscapeContext::Heading | EscapeContext::Link) =>
            {
                "<br>".to_owned()
            }
            Span::Break {} => "\\\n".to_owned(),
        };
        if after_note && text.starts_with(':') {
            out.push('\\');
        }
        if after_note && text.starts_with(['[', '(']) {
            out.push_str(SEPARATOR);
        }
        // A formula does not end before a digit: `$7-$9` are prices.
        if after_formula && text.starts_with(|c: char| c.is_ascii_digit()) {
            out.push_str(SEPARATOR);
        }
        after_note = matches!(span, Span::Footnote(_));
        after_formula = matches!(span, Span::Math { display: false, .. });
        if out.ends_with('!') && text.starts_with('[') {
            out.pop();
            out.push_str("\\!");
        }
        if after_mark && needs_separator(&out, &text, after_mark, marked) {
            out.push_str(SEPARATOR);
        }
        after_mark = marked;
        out.push_str(&text);
        if place == EscapeContext::Line {
            place = EscapeContext::Inner;
        }
    }
    out
}

/// Text that would be read as an address by itself is no link because of the address after it: `https://a(https://b.c)`.
/// Such text is written with what follows, where that is read as it was.
fn run_together(list: &[Span]) -> Cow<'_, [Span]> {
    let is_address =
        |span: &Span| matches!(span, Span::Link { url, title: None, text } if is_bare(text, url.as_str()));
    let read = |text: &str| {
        let mut read = Vec::new();
        linkify(text, &mut read);
        read
    };
    let is_mistaken = |(at, span): (usize, &Span)| match span {
        Span::Text(text) => {
            text.contains("://") && list.get(at + 1).is_some_and(is_address) && read(text) != [span.clone()]
        }
        _ => false,
    };
    if !list.iter().enumerate().any(is_mistaken) {
        return Cow::Borrowed(list);
    }
    let is_one = |span: &Span| matches!(span, Span::Text(_)) || is_address(span);
    let mut all: Vec<Span> = Vec::new();
    for run in list.chunk_by(|one, other| is_one(one) && is_one(other)) {
        let text = plain(run);
        let is_read = run.iter().any(is_address) && read(&text) == run;
        if is_read { all.push(Span::Text(text.into_owned())) } else { all.extend_from_slice(run) }
    }
    Cow::Owned(all)
}

pub(super) fn inner_of(place: EscapeContext) -> EscapeContext {
    if place == EscapeContext::Line { EscapeContext::Inner } else { place }
}

pub(super) fn is_bare(text: &[Span], url: &str) -> bool {
    matches!(text, [Span::Text(text)] if text == url) && url.contains("://") && !url.contains(['<', '>', ' '])
}

pub(super) fn destination(text: &str, url: &str, title: Option<&str>) -> String {
    let title = title.map_or(String::new(), |title| format!(" {}", quoted(title)));
    format!("[{text}]({}{title})", address(url))
}

pub(super) fn quoted(title: &str) -> String {
    format!("\"{}\"", title.replace('\\', "\\\\").replace('"', "\\\"").replace('&', "\\&"))
}

pub(super) fn address(url: &str) -> String {
    if url.contains([' ', '(', ')', '<', '>', '\\', '&', '*', '_', '`']) {
        let inside = url.replace('\\', "\\\\").replace('<', "\\<").replace('>', "\\>").replace('&', "\\&");
        format!("<{inside}>")
    } else {
        url.to_owned()
    }
}

pub(super) fn code_span(code: &str, place: EscapeContext) -> String {
    let longest = code.split(|c| c != '`').map(str::len).max().unwrap_or(0);
    let fence = "`".repeat(longest + 1);
    let blank = code.bytes().all(|b| b == b' ');
    let pad = if code.starts_with('`')
        || code.ends_with('`')
        || (code.starts_with(' ') && code.ends_with(' ') && !blank)
    {
        " "
    } else {
        ""
    };
    let code = if place == EscapeContext::Cell { code.replace('|', "\\|") } else { code.to_owned() };
    format!("{fence}{pad}{code}{pad}{fence}")
}

fn formula(tex: &str, display: bool, place: EscapeContext) -> String {
    let dollars = if display { "$$" } else { "$" };
    let tex = if place == EscapeContext::Cell { tex.replace('|', "\\|") } else { tex.to_owned() };
    format!("{dollars}{tex}{dollars}")
}

/// Text that reads as itself: what would mean something gets a backslash.
pub(super) fn escape(text: &str, place: EscapeContext) -> String {
    let mut out = String::with_capacity(text.len() + 8);
    let mut at_start = place == EscapeContext::Line;
    let mut before = None;
    // What is left of the text after the citation that is being written.
    let mut after_citation = None;
    let mut rest = text.chars();
    while let Some(c) = rest.next() {
        let next = rest.clone().next();
        if c == '[' && place != EscapeContext::Link {
            after_citation = after_citation.or_else(|| citation_end(rest.as_str()));
        }
        let is_citation = after_citation.is_some() && matches!(c, '[' | ']');
        after_citation = after_citation.filter(|left| rest.as_str().len() > *left);
        let wordy = |c: Option<char>| c.is_some_and(char::is_alphanumeric);
        let special = match c {
            '[' | ']' => !is_citation,
            '\\' | '`' | '*' | '~' | '$' | '|' => true,
            // Inside a word an underscore is a letter like any other.
            '_' => !(wordy(before) && wordy(next)),
            '%' => before == Some('%'),
            '<' => next.is_some_and(|c| c.is_alphabetic() || matches!(c, '/' | '!' | '?')),
            '&' => next.is_some_and(|c| c.is_alphanumeric() || c == '#'),
            '#' if place == EscapeContext::Heading => true,
            ':' if next == Some(':') && begins_with_name(&out) => true,
            '#' | '+' | '-' | '>' | '=' | ':' => at_start,
            '.' | ')' => at_start_number(&out),
            _ => false,
        };
        if c == '}' && place == EscapeContext::Heading {
            // A backslash does not keep braces at the end of a heading from being attributes.
            out.push_str("&#125;");
        } else {
            if special {
                out.push('\\');
            }
            out.push(c);
        }
        at_start = c == '\n';
        before = Some(c);
    }
    out
}

/// Returns the length of what follows a citation, `[see @key]`, whose opening bracket precedes a text. Its brackets stay as they
/// are, because other programs would not know it by escaped ones.
fn citation_end(text: &str) -> Option<usize> {
    let (inside, after) = split_group(text)?;
    if inside.contains('\n') || after.starts_with(['(', '[', ':', '{', ']']) {
        return None;
    }
    let is_begin = |before: &str| before.is_empty() || before.ends_with([' ', '-']);
    let has_key = inside.match_indices('@').any(|(at, _)| inside.get(..at).is_some_and(is_begin));
    has_key.then_some(after.len())
}

/// Returns true if the line so far is a word, so that two colons would make it a property of Logseq.
fn begins_with_name(out: &str) -> bool {
    let line = out.rsplit('\n').next().unwrap_or_default();
    !line.is_empty() && line.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'.'))
}

/// Returns true if the line so far is a number, so that a following dot would start a list.
pub(super) fn at_start_number(out: &str) -> bool {
    let line = out.rsplit('\n').next().unwrap_or_default();
    !line.is_empty() && line.len() <= 9 && line.bytes().all(|b| b.is_ascii_digit())
}
