//! Facts about a paper on a line of their own: a label with its value, or nothing but names, a venue, a date and labels with links.

use super::links::is_only_venue_or_date;
use crate::markdown::detail_label::{DetailLabel, detail_label};
use crate::markdown::leading_link::as_link;
use crate::markdown::link_kind::{is_label, kind_from_host, kind_from_label};
use crate::markdown::reference_text::credit_in;
use crate::markdown::venue::{date_in, is_event, is_institution, month_of, names_in, starts_with_venue};
use crate::notebook::{LinkKind, Span, plain};

/// Longest label of a line, in characters and words.
const MAX_LABEL: (usize, usize) = (40, 4);

/// Most words of a venue, an institution or a date.
const MAX_FACT_WORDS: usize = 8;

/// Longest remark beside an address, in characters: `(v2)`, `accepted`.
const MAX_REMARK: usize = 10;

/// Longest line of facts, in bytes.
const MAX_LINE_BYTES: usize = 400;

/// Returns the lines of a paragraph: the spans between its line breaks, without those that are empty.
pub(in crate::markdown) fn lines_of(spans: &[Span]) -> Vec<Vec<Span>> {
    let mut lines = vec![Vec::new()];
    let mut push = |span: Option<Span>| match (span, lines.last_mut()) {
        (Some(span), Some(line)) => line.push(span),
        _ => lines.push(Vec::new()),
    };
    for span in spans {
        match span {
            Span::Break {} => push(None),
            Span::Text(text) => {
                for (number, part) in text.split('\n').enumerate() {
                    if number > 0 {
                        push(None);
                    }
                    if !part.is_empty() {
                        push(Some(Span::Text(part.to_owned())));
                    }
                }
            }
            other => push(Some(other.clone())),
        }
    }
    lines.retain(|line| line.iter().any(|span| as_link(span).is_some()) || !plain(line).trim().is_empty());
    lines
}

/// Returns the label that a line begins with, and the rest of its text: `**Authors:** …`, `📄 Paper: …`, `Year:: 2021`.
pub(super) fn label_of(line: &[Span]) -> Option<(String, String)> {
    let is_text = |span: &&Span| as_link(span).is_none();
    let before: Vec<Span> = line.iter().take_while(is_text).cloned().collect();
    let words = plain(&before);
    let (label, value) = words.split_once([':', '：'])?;
    let value = value.trim_start_matches(':');
    let label = label.trim_matches(|c: char| !c.is_alphanumeric() && !matches!(c, ')' | '）'));
    let (chars, count) = MAX_LABEL;
    // `10:30` and `https://…` have no label.
    let is_label = label.starts_with(|c: char| c.is_alphabetic())
        && label.chars().count() <= chars
        && label.split_whitespace().count() <= count
        && !value.starts_with("//");
    is_label.then(|| (label.to_owned(), value.to_owned()))
}

/// Returns true for a line with a label of authors, a date or a venue: its words are no title.
pub(super) fn is_labeled_fact(line: &[Span]) -> bool {
    let label = label_of(line).and_then(|(label, _)| detail_label(&label));
    label.is_some_and(|label| label != DetailLabel::Title) && !has_titled_paper(line)
}

/// Returns true if the text of a link to a paper is a title, and no label.
pub(super) fn has_titled_paper(line: &[Span]) -> bool {
    line.iter().filter_map(as_link).any(|(url, _, text)| {
        let is_paper = matches!(kind_from_host(&url), Some(LinkKind::Paper | LinkKind::Pdf));
        is_paper && !is_label(&text, &url)
    })
}

/// Returns true if the label of a paper announces words that can be its title, and no facts.
pub(super) fn has_text_title(label: &str, line: &[Span]) -> bool {
    let is_paper = matches!(kind_from_label(label), Some(LinkKind::Paper | LinkKind::Pdf));
    if !is_paper || detail_label(label).is_some() {
        return false;
    }
    let words = words_beside_labels(line).unwrap_or_default();
    let (_, value) = words.split_once([':', '：']).unwrap_or_default();
    !parts_of(value).iter().all(|part| is_fact(part) || is_credit(part) || part.chars().count() <= MAX_REMARK)
}

/// Returns true if a line consists of names, venues, dates, institutions and labels with links.
pub(super) fn is_fact_line(line: &[Span]) -> bool {
    let Some(text) = words_beside_labels(line) else { return false };
    if text.len() > MAX_LINE_BYTES {
        return false;
    }
    if credit_in(&text).is_some() {
        return true;
    }
    let parts = parts_of(&text);
    let has_link = line.iter().any(|span| as_link(span).is_some());
    (has_link || !parts.is_empty()) && parts.iter().all(|part| is_fact(part) || is_credit(part))
}

/// Returns the text of a line with marks in place of the links that are labels. `None` if another link leads to a paper.
fn words_beside_labels(line: &[Span]) -> Option<String> {
    if has_titled_paper(line) {
        return None;
    }
    let mut text = String::new();
    for span in line {
        match (as_link(span), span) {
            (Some((url, _, label)), _)
                if is_label(&label, &url) && !is_only_venue_or_date(&plain(&label)) =>
            {
                text.push('|');
            }
            // Code and formulas are keywords or parts of a sentence.
            (None, Span::Code(_) | Span::Math { .. }) => return None,
            (_, Span::Image { .. } | Span::Sup(_)) => {}
            (_, other) => text.push_str(&plain(std::slice::from_ref(other))),
        }
    }
    Some(text)
}

/// Splits a text at bars, dots and brackets.
fn parts_of(text: &str) -> Vec<&str> {
    let parts = text.split(['|', '｜', '·', '•', '\n', '[', ']', '(', ')', '（', '）', '【', '】', '/']);
    parts.map(trimmed).filter(|part| !part.is_empty()).collect()
}

fn trimmed(part: &str) -> &str {
    part.trim_matches(|c: char| !c.is_alphanumeric())
}

/// Returns true for a label word, a venue, a date, or an institution.
fn is_fact(part: &str) -> bool {
    // `Authors: Ada Brook, Omar Rizk` beside labels.
    let is_labeled = || {
        let label = part.split_once([':', '：']).and_then(|(label, _)| detail_label(label));
        label.is_some_and(|label| label != DetailLabel::Title)
    };
    if kind_from_label(part).is_some() || is_event(part) || is_date(part) || is_labeled() {
        return true;
    }
    let is_short = part.split_whitespace().count() <= MAX_FACT_WORDS;
    is_short && (starts_with_venue(part) && date_in(part).year.is_some() || is_institution(part))
        || starts_with_venue(part) && part.split_whitespace().count() <= 2
}

/// Returns true for numbers and names of months.
pub(super) fn is_date(part: &str) -> bool {
    let mut words = part.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
    words.clone().any(|word| word.starts_with(|c: char| c.is_ascii_digit()))
        && words.all(|word| {
            let word = word.trim_start_matches(|c: char| c.is_ascii_digit());
            matches!(word, "" | "st" | "nd" | "rd" | "th" | "年" | "月" | "日") || month_of(word).is_some()
        })
}

/// Returns true for names, perhaps with a venue and a date after them: `Ada Brook, Omar Rizk. CVPR 2020`.
fn is_credit(part: &str) -> bool {
    let is_whole = |name: &String| name.contains([' ', '.']);
    let are_whole = |names: Vec<String>| {
        names.len() > 1 && names.iter().filter(|name| is_whole(name)).count() * 2 >= names.len()
    };
    if names_in(part, false).is_some_and(are_whole) {
        return true;
    }
    let text = part.strip_prefix("by ").or_else(|| part.strip_prefix("By ")).unwrap_or(part);
    let is_told = text.len() < part.len() || text.contains("et al");
    let (mut names, mut dates) = (0_usize, 0_usize);
    let joined = text.replace(" and ", ", ").replace(['&', ';', '，', '、', '；'], ",").replace("et al", "");
    let pieces = joined.split(',').flat_map(|piece| piece.split(". ")).map(trimmed);
    for piece in pieces.filter(|piece| !piece.is_empty()) {
        if is_fact(piece) {
            dates += 1;
        } else if names_in(piece, true).is_some() {
            // One word alone is a name only in a list of names that have more.
            names += usize::from(piece.split_whitespace().count() > 1 || !piece.is_ascii());
        } else {
            return false;
        }
    }
    names > 1 || names + dates > 0 && (is_told || names == 0 || dates > 0)
}
