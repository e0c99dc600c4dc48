//! Words before a title that are no part of it: numbers, dates, brackets, emoji, labels.

use crate::markdown::leading_link::as_link;
use crate::markdown::link_kind::{is_label, kind_from_label};
use crate::markdown::reading_status;
use crate::markdown::venue::{date_in, is_event, is_short_event, is_venue, is_year, starts_with_venue};
use crate::notebook::{Span, plain};

/// Returns true if text before a title is no sentence: a number, a date, a label, brackets.
pub(super) fn is_lead(text: &str) -> bool {
    let text = text.trim();
    let cut = lead_length(text);
    let rest = text.get(cut..).unwrap_or_default().trim();
    let rest = rest.trim_matches(|c: char| !c.is_alphanumeric());
    rest.is_empty()
        || kind_from_label(rest).is_some()
        || reading_status::is_reading_phrase(rest)
        || reading_status::marker(text).is_some_and(|(_, rest)| rest.trim().is_empty())
        || starts_with_venue(rest) && rest.split_whitespace().count() <= 4
        || (rest.split_whitespace().count() <= 3
            && text.ends_with([':', '：', '-', '–', '—', '|', ']', '】']))
}

/// Finds where the title can begin: the number of a span and a byte in it, behind numbers, dates, brackets, emoji and labels.
pub(super) fn skip_lead(spans: &[Span]) -> (usize, usize) {
    let mut at = 0;
    let mut behind_label = false;
    while let Some(span) = spans.get(at) {
        match span {
            Span::Text(text) => {
                let mut cut = lead_length(text);
                if behind_label {
                    let closed = text.trim_start_matches(|c: char| {
                        c.is_whitespace()
                            || matches!(c, ']' | ')' | '】' | '|' | ':' | '：' | '-' | '–' | ',' | '.' | '·')
                    });
                    cut = text.len() - closed.len();
                    cut += lead_length(closed);
                }
                if cut < text.len() {
                    return (at, cut);
                }
            }
            Span::Image { .. } | Span::Footnote(_) | Span::Break {} => {}
            Span::Strong(inner) | Span::Em(inner) if as_link(span).is_none() => {
                let words = plain(inner);
                let is_number = lead_length(&words) == words.len();
                let bare = words.trim_matches(|c: char| !c.is_alphanumeric());
                let is_event = starts_with_venue(bare)
                    && (bare.len() < 16 || date_in(bare).year.is_some() && bare.len() < MAX_EVENT_BYTES);
                if !(is_number || kind_from_label(bare).is_some() || is_event) {
                    return (at, 0);
                }
                behind_label |= is_event;
            }
            Span::Code(_) if spans.get(at + 1).is_some() => {}
            other => match as_link(other) {
                Some((url, _, text)) if is_label(&text, &url) && spans.len() > at + 1 => behind_label = true,
                _ => return (at, 0),
            },
        }
        at += 1;
    }
    // Nothing but labels: the first text there is.
    (0, 0)
}

/// The longest name of an event before a title, in bytes. Chosen: `Findings of EMNLP 2023` fits, a sentence does not.
const MAX_EVENT_BYTES: usize = 30;

/// Returns what is behind a year or the name of an event and the mark that sets it apart: `2019 - …`, `ICLR 2023: …`, `ICLR 2023 oral,
/// …`. Behind a year the short name of a venue is enough.
fn behind_event(text: &str, is_behind_year: bool) -> Option<&str> {
    let marks = [":", "：", " | ", " - ", " – ", " — ", ", "];
    let find = |mark: &&str| text.find(mark).map(|at| (at, at + mark.len()));
    let hyphen = text.find('-').filter(|_| is_behind_year).map(|at| (at, at + 1));
    let (start, end) = marks.iter().filter_map(find).chain(hyphen).min()?;
    let event = text.get(..start)?.trim();
    let is_short = event.len() < MAX_EVENT_BYTES;
    let is_at_comma = text.get(start..end) == Some(", ");
    let is_one = (is_year(event) && !is_at_comma)
        || starts_with_venue(event) && is_event(event)
        || is_at_comma && is_short_event(event)
        || is_behind_year && is_venue(event) && !is_at_comma;
    (is_short && is_one).then(|| text.get(end..)).flatten()
}

/// Number of bytes at the beginning of text that no title begins with: numbers, dates, brackets, emoji, punctuation.
#[allow(clippy::too_many_lines, reason = "a list of what may stand before a title")]
pub(super) fn lead_length(text: &str) -> usize {
    let mut rest = text;
    let mut is_behind_year = false;
    loop {
        let before = rest.len();
        rest = rest.trim_start_matches(|c: char| {
            c.is_whitespace()
                || matches!(
                    c,
                    '-' | '–' | '—' | '•' | ':' | '：' | '|' | ',' | '.' | '·' | '*' | '#' | '+' | '✔' | '→'
                )
                || is_emoji(c)
        });
        // `[2023/09]`, `(ICLR'21)`, `[CNN][Paper]`, `【2020 ICLR】`
        for (open, close) in [('[', ']'), ('(', ')'), ('【', '】'), ('（', '）'), ('{', '}')] {
            if let Some(inside) = rest.strip_prefix(open)
                && let Some(end) = inside.find(close)
                && inside.get(..end).is_some_and(|inside| inside.chars().count() <= 30)
            {
                rest = inside.get(end + close.len_utf8()..).unwrap_or_default();
            }
        }
        if rest.is_empty() || rest == "[" || rest == "(" || rest == "[[" {
            return text.len();
        }
        // `:star:`
        if let Some(code) = text.get(text.len() - rest.len()..).and_then(|_| emoji_code(text, rest)) {
            rest = code;
        }
        if let Some(behind) = behind_event(rest, is_behind_year) {
            is_behind_year = true;
            rest = behind;
        }
        // `07.`, `1)`, `2021.`, `2024-05-17`, `2021.6`
        let digits = rest.len() - rest.trim_start_matches(|c: char| c.is_ascii_digit()).len();
        if digits > 0 {
            let behind = rest.get(digits..).unwrap_or_default();
            let numbered = behind
                .trim_start_matches(|c: char| c.is_ascii_digit() || matches!(c, '.' | '/' | '-' | ':' | ')'));
            let mark = behind.len() - numbered.len();
            // `03.3D …`: the number ends at the full stop.
            if digits <= 3
                && behind.starts_with(['.', ')'])
                && numbered.starts_with(char::is_alphabetic)
                && mark > 1
            {
                rest = behind.get(1..).unwrap_or_default();
                if rest.starts_with(|c: char| c.is_ascii_digit()) {
                    return text.len() - rest.len();
                }
                continue;
            }
            let is_number = mark > 0
                && (behind.starts_with(['.', ')', '/', ':'])
                    || numbered.is_empty()
                    || (behind.starts_with('-') && digits == 4))
                || (behind.is_empty());
            if is_number {
                is_behind_year |= digits == 4;
                rest = numbered;
            }
        }
        if rest.len() == before {
            return text.len() - rest.len();
        }
    }
}

/// Returns what is behind an emoji code such as `star:` whose first colon was cut from `text` already.
fn emoji_code<'a>(text: &str, rest: &'a str) -> Option<&'a str> {
    let before = text.get(..text.len() - rest.len())?;
    if !before.ends_with(':') {
        return None;
    }
    let (code, behind) = rest.split_once(':')?;
    (!code.is_empty()
        && code.len() < 30
        && code.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || matches!(c, '_' | '+' | '-')))
    .then_some(behind)
}

fn is_emoji(c: char) -> bool {
    matches!(u32::from(c), 0x2190..=0x21ff | 0x2300..=0x23ff | 0x25a0..=0x27bf | 0x2b00..=0x2bff | 0xfe0f | 0x200d | 0x1f000..=0x1faff | 0xe0020..=0xe007f)
}
