//! Roles of `MyST` (``{term}`fold` ``), attributes of Pandoc after a picture or code (`{width=50%}`), and its bracketed spans
//! (`[new]{.mark}`).

use std::ops::Range;

use super::reading::Dialects;
use super::unknown_marks::ReducedMark;
use crate::markdown::inline_text::{parse_texts, push_text};
use crate::markdown::open_element::append;
use crate::markdown::parsed::{LocatedFormula, LocatedUrl};
use crate::notebook::{Formula, ImageDisplay, Length, Span, Url, UrlUse};

/// Roles whose text is all that they say: a term is linked wherever it stands.
const TEXT_ROLES: [&str; 8] = ["term", "doc", "index", "download", "numref", "eq", "any", "prf:ref"];

/// Reads each role with the code after it. Returns true if there are any.
pub(super) fn read(spans: &mut Vec<Span>, dialects: &mut Dialects<'_>, range: &Range<usize>) -> bool {
    let is_role = |pair: &[Span]| matches!(pair, [Span::Text(text), Span::Code(_)] if role(text).is_some());
    if !spans.windows(2).any(is_role) {
        return false;
    }
    let mut read: Vec<Span> = Vec::with_capacity(spans.len());
    let mut rest = std::mem::take(spans).into_iter().peekable();
    while let Some(span) = rest.next() {
        let Span::Code(code) = &span else {
            append(&mut read, vec![span]);
            continue;
        };
        let after = if let Some(Span::Text(after)) = rest.peek() { after.as_str() } else { "" };
        let name = match read.last() {
            Some(Span::Text(text)) => role(text).map(str::to_owned),
            _ => None,
        };
        let meaning = name.as_deref().and_then(|name| meaning(name, code, after, dialects, range));
        if let (Some(name), Some(meaning)) = (name, meaning) {
            if let Some(Span::Text(text)) = read.last_mut() {
                text.truncate(text.len() - name.len() - 2);
            }
            read.pop_if(|span| matches!(span, Span::Text(text) if text.is_empty()));
            append(&mut read, vec![meaning]);
        } else {
            read.push(span);
        }
    }
    *spans = read;
    true
}

/// Returns the name of the role that a text ends with: `{name}`.
fn role(text: &str) -> Option<&str> {
    let (before, name) = text.strip_suffix('}')?.rsplit_once('{')?;
    // What is no address yet could be one with the text of the role.
    if before.contains("://") {
        return None;
    }
    let is_name = name.starts_with(|c: char| c.is_ascii_alphabetic())
        && name.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_' | b':'));
    is_name.then_some(name)
}

/// Returns what a role makes of its text; `None` where it would not be the same beside other text.
fn meaning(
    name: &str,
    code: &str,
    after: &str,
    dialects: &mut Dialects<'_>,
    range: &Range<usize>,
) -> Option<Span> {
    let written = code.trim();
    if name == "math" && !written.is_empty() {
        dialects.read.formulas.push(LocatedFormula {
            tex: written.to_owned(),
            display: false,
            range: range.clone(),
        });
        return Some(Span::Math { tex: written.to_owned(), display: false, mathml: Formula::default() });
    }
    // `text <target>`
    let (shown, target) = match written.strip_suffix('>').and_then(|rest| rest.split_once('<')) {
        Some((shown, target)) => (shown.trim(), target.trim()),
        None => (written, written),
    };
    if shown.is_empty() || !is_plain_text(shown, after) {
        return None;
    }
    let text = || Span::Text(shown.to_owned());
    Some(match name {
        "sub" | "subscript" => Span::Sub(vec![text()]),
        "sup" | "superscript" => Span::Sup(vec![text()]),
        "kbd" => Span::Kbd(vec![text()]),
        "abbr" => match shown.strip_suffix(')').and_then(|rest| rest.split_once('(')) {
            Some((short, title)) if !short.trim().is_empty() && !title.trim().is_empty() => {
                Span::Abbr { title: title.trim().to_owned(), text: vec![Span::Text(short.trim().to_owned())] }
            }
            _ => text(),
        },
        "ref" | "numref" => {
            let url = dialects.names.find(target).and_then(|id| Url::parse(&format!("#{id}")));
            let Some(url) = url else {
                dialects.read.unknown.push(target.to_owned());
                return Some(text());
            };
            dialects.read.addresses.push(LocatedUrl {
                url: url.clone(),
                used_as: UrlUse::Link,
                range: range.clone(),
            });
            Span::Link { url, title: None, text: vec![text()] }
        }
        name if name == "cite" || name.starts_with("cite:") => {
            let keys: Vec<String> = shown.split(',').map(|key| format!("@{}", key.trim())).collect();
            Span::Text(format!("[{}]", keys.join("; ")))
        }
        name if TEXT_ROLES.contains(&name) => text(),
        _ => {
            dialects.read.marks.reduce(ReducedMark::Role, range);
            text()
        }
    })
}

/// Removes the attributes after pictures and code; the width and height of a picture count. Returns true if some have
/// no meaning.
pub(super) fn take_attributes(spans: &mut Vec<Span>) -> bool {
    let mut is_reduced = false;
    let mut is_empty = false;
    for at in 1..spans.len() {
        let is_before_code = matches!(spans.get(at + 1), Some(Span::Code(_)));
        let Some([before, Span::Text(text)]) = spans.get_mut(at - 1..=at) else { continue };
        if !matches!(before, Span::Image { .. } | Span::Code(_)) {
            continue;
        }
        // Two pieces of code side by side would be one.
        let is_all = |text: &str| text.ends_with('}') && !text.contains(char::is_whitespace);
        if is_before_code && is_all(text) {
            continue;
        }
        while let Some((words, rest)) = attributes(text) {
            for word in words.split_whitespace() {
                let (name, value) = word.split_once('=').unwrap_or((word, ""));
                let value = value.trim_matches('"');
                let length = Length::parse(value.strip_suffix("px").unwrap_or(value));
                match (&mut *before, length, name) {
                    (Span::Image { display, .. }, Some(length), "width") => {
                        display.get_or_insert_with(Box::default).width = Some(length);
                    }
                    (Span::Image { display, .. }, Some(length), "height") => {
                        display.get_or_insert_with(Box::<ImageDisplay>::default).height = Some(length);
                    }
                    _ => is_reduced = true,
                }
            }
            *text = rest.to_owned();
        }
        is_empty |= text.is_empty();
    }
    if is_empty {
        spans.retain(|span| !matches!(span, Span::Text(text) if text.is_empty()));
    }
    is_reduced
}

/// Returns the words between braces at the beginning of a text, and what follows, if they are attributes: `#id`, `.class`,
/// `name=value`, `=format`.
fn attributes(text: &str) -> Option<(&str, &str)> {
    let (words, rest) = text.strip_prefix('{')?.split_once('}')?;
    let is_name = |name: &str| {
        !name.is_empty() && name.chars().all(|c| c.is_alphanumeric() || matches!(c, '-' | '_' | ':'))
    };
    let is_attribute = |word: &str| match word.split_once('=') {
        Some((name, value)) => (name.is_empty() || is_name(name)) && !value.is_empty(),
        None => word.strip_prefix(['#', '.']).is_some_and(is_name),
    };
    let is_all = !words.trim().is_empty() && words.split_whitespace().all(is_attribute);
    is_all.then_some((words, rest))
}

/// Makes a span of others.
type SpanOf = fn(Vec<Span>) -> Span;

/// Reads `[text]{.mark}` and `[text]{.underline}`. Other brackets stay as they are.
pub(super) fn bracketed(spans: Vec<Span>) -> Vec<Span> {
    const CLASSES: [(&str, SpanOf); 3] =
        [("]{.mark}", Span::Mark), ("]{.underline}", Span::Ins), ("]{.kbd}", Span::Kbd)];
    let has_class = |text: &str| CLASSES.iter().any(|(end, _)| text.contains(end));
    parse_texts(spans, has_class, |text, parsed| {
        // Without the brackets, the text could become an address.
        if text.contains("://") {
            return push_text(parsed, text);
        }
        let mut shown = text;
        let mut from = 0;
        while let Some(at) = shown.get(from..).and_then(|rest| rest.find("]{.")).map(|at| from + at) {
            let (before, rest) = shown.split_at_checked(at).unwrap_or((shown, ""));
            from = at + 1;
            let class = CLASSES.iter().find_map(|(end, span)| Some((rest.strip_prefix(end)?, span)));
            let Some((after, span)) = class else { continue };
            let Some((outside, inside)) = before.rsplit_once('[') else { continue };
            if inside.trim() != inside
                || inside.is_empty()
                || inside.contains([']', '\n'])
                || inside.contains("://")
            {
                continue;
            }
            push_text(parsed, outside);
            parsed.push(span(vec![Span::Text(inside.to_owned())]));
            (shown, from) = (after, 0);
        }
        push_text(parsed, shown);
    })
}

/// Returns true for words that stay what they are beside other text: they begin and end no mark and no address.
fn is_plain_text(words: &str, after: &str) -> bool {
    !words.contains("//")
        && !words.contains(['\n', '{', '}', '[', ']', '<', '>', '=', '^'])
        && !words.starts_with(['/', ':'])
        && !words.ends_with(':')
        && !after.starts_with('/')
        && !after.starts_with(":/")
}
