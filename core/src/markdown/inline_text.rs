//! Text as it is shown: lines joined, white space gone, bare addresses as links.

use linkify::{LinkFinder, LinkKind};
use pulldown_cmark::CowStr;

use crate::notebook::{Span, Url, plain};

/// Quotation marks around titles: opening and closing.
pub(super) const QUOTES: [(char, char); 6] =
    [('"', '"'), ('“', '”'), ('„', '“'), ('「', '」'), ('《', '》'), ('«', '»')];

/// Text as it is shown: no white space around it, bare addresses as links where a link may stand.
pub(super) fn trim_and_link(mut spans: Vec<Span>, linked: bool) -> Vec<Span> {
    let empty = |span: &Span| match span {
        Span::Text(text) => text.trim().is_empty(),
        span => matches!(span, Span::Break {}),
    };
    while spans.pop_if(|span| empty(span)).is_some() {}
    let blank = spans.iter().take_while(|span| empty(span)).count();
    spans.drain(..blank);
    if let Some(Span::Text(first)) = spans.first_mut() {
        first.drain(..first.len() - first.trim_start().len());
    }
    if let Some(Span::Text(last)) = spans.last_mut() {
        last.truncate(last.trim_end().len());
    }
    link_addresses(spans, linked)
}

/// White space around a line end does not count, wherever it came from: an entity, a comment, a
/// `<br>` in the middle of a line.
pub(super) fn normalize_line_breaks(spans: &mut [Span]) {
    let parted = |span: &Span| match span {
        Span::Text(text) => text.contains('\n') || text.contains('\r'),
        span => matches!(span, Span::Break {}),
    };
    if !spans.iter().any(parted) {
        return;
    }
    let breaks: Vec<bool> = spans.iter().map(|span| matches!(span, Span::Break {})).collect();
    for (at, span) in spans.iter_mut().enumerate() {
        let Span::Text(text) = span else { continue };
        if breaks.get(at + 1) == Some(&true) {
            text.truncate(text.trim_end().len());
        }
        if at.checked_sub(1).and_then(|at| breaks.get(at)) == Some(&true) {
            text.drain(..text.len() - text.trim_start().len());
        }
        let white = |c: char| matches!(c, ' ' | '\t' | '\r' | '\u{b}' | '\u{c}');
        let spaced = text.contains('\r')
            || text.split('\n').skip(1).any(|line| line.is_empty() || line.starts_with(white))
            || text.split('\n').rev().skip(1).any(|line| line.ends_with(white));
        if spaced {
            let lines: Vec<&str> = text.split(['\n', '\r']).collect();
            let last = lines.len().saturating_sub(1);
            let mut joined = String::with_capacity(text.len());
            for (number, line) in lines.into_iter().enumerate() {
                let line = if number > 0 { line.trim_start_matches(white) } else { line };
                let line = if number < last { line.trim_end_matches(white) } else { line };
                joined.push_str(line);
                if number < last && !joined.ends_with('\n') {
                    joined.push('\n');
                }
            }
            *text = joined;
        }
    }
}

/// Bare addresses become links, empty text goes.
pub(super) fn link_addresses(mut spans: Vec<Span>, linked: bool) -> Vec<Span> {
    normalize_line_breaks(&mut spans);
    let changes =
        |span: &Span| matches!(span, Span::Text(text) if text.is_empty() || (linked && text.contains("://")));
    if !spans.iter().any(changes) {
        return spans;
    }
    let mut shown = Vec::with_capacity(spans.len());
    for span in spans {
        match span {
            Span::Text(text) if text.is_empty() => {}
            Span::Text(text) if linked && text.contains("://") => linkify(&text, &mut shown),
            other => shown.push(other),
        }
    }
    shown
}

/// Joins text to one line, without line breaks.
pub(super) fn join_to_one_line(spans: &mut [Span]) {
    for span in spans {
        match span {
            Span::Text(text) | Span::Math { tex: text, .. } if text.contains('\n') => {
                *text = text.replace('\n', " ");
            }
            other => join_to_one_line(other.children_mut()),
        }
    }
}

/// Replaces each run of text by the spans that `parse` reads in it, if `has_mark` holds for any of them. O(length).
pub(super) fn parse_texts(
    spans: Vec<Span>,
    has_mark: impl Fn(&str) -> bool,
    parse: impl Fn(&str, &mut Vec<Span>),
) -> Vec<Span> {
    if !spans.iter().any(|span| matches!(span, Span::Text(text) if has_mark(text))) {
        return spans;
    }
    let mut parsed = Vec::with_capacity(spans.len() + 2);
    for span in spans {
        match span {
            Span::Text(text) => parse(&text, &mut parsed),
            other => parsed.push(other),
        }
    }
    parsed
}

/// Appends a text, unless it is empty.
pub(super) fn push_text(spans: &mut Vec<Span>, text: &str) {
    if !text.is_empty() {
        spans.push(Span::Text(text.to_owned()));
    }
}

/// Returns true for punctuation that ends an address: nobody sets a blank before it.
pub(super) fn is_cjk_punctuation(c: char) -> bool {
    matches!(c, '\u{3001}'..='\u{3003}' | '\u{3008}'..='\u{3011}' | '\u{3014}'..='\u{301f}' | '\u{ff01}' | '\u{ff08}' | '\u{ff09}')
        || matches!(c, '，' | '。' | '：' | '；' | '？' | '～' | '“' | '”' | '‘' | '’' | '…' | '—' | '·')
}

pub(super) fn linkify(text: &str, to: &mut Vec<Span>) {
    let mut finder = LinkFinder::new();
    finder.kinds(&[LinkKind::Url]);
    let mut push = |piece: &str, url: Option<Url>| match (url, to.last_mut()) {
        (Some(url), _) => to.push(Span::Link { url, title: None, text: vec![Span::Text(piece.to_owned())] }),
        (None, Some(Span::Text(last))) => last.push_str(piece),
        (None, _) => to.push(Span::Text(piece.to_owned())),
    };
    for run in text.split_inclusive(is_cjk_punctuation) {
        let before = run.trim_end_matches(is_cjk_punctuation);
        for piece in finder.spans(before) {
            push(piece.as_str(), piece.kind().and_then(|_| Url::parse(piece.as_str())));
        }
        if let Some(punctuation) = run.get(before.len()..).filter(|rest| !rest.is_empty()) {
            push(punctuation, None);
        }
    }
}

/// Takes letters that nobody sees (U+200B, U+2060, U+FEFF) out of a heading, where they would hide what it says.
pub(super) fn remove_invisible(spans: &mut [Span]) {
    for span in spans {
        match span {
            Span::Text(text) if text.contains(INVISIBLE) => *text = text.replace(INVISIBLE, ""),
            other => remove_invisible(other.children_mut()),
        }
    }
}

/// A break without width, a joiner of words, and a byte order mark inside a text.
const INVISIBLE: [char; 3] = ['\u{200b}', '\u{2060}', '\u{feff}'];

/// The letter U+0000 is shown as U+FFFD; pulldown-cmark leaves that to us.
pub(super) fn without_nul(text: CowStr<'_>) -> CowStr<'_> {
    if text.contains('\0') { text.replace('\0', "\u{fffd}").into() } else { text }
}

pub(super) fn code_text(spans: &[Span]) -> String {
    let mut text = plain(spans).into_owned();
    if text.contains('\r') {
        text = text.replace("\r\n", "\n").replace('\r', "\n");
    }
    if text.ends_with('\n') {
        text.pop();
    }
    text
}
