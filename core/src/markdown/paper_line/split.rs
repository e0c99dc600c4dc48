//! Takes a line apart: what stands before its title, the title, and what stands behind it.

use super::lead::skip_lead;
use super::line::{Evidence, PaperLine};
use super::links::has_link;
use super::title::{
    bracketed_facts, emphasized_title, holds_title, is_one_of_names, is_title, reference_line,
    short_name_before, text_title, title_begun_in_bold,
};
use crate::markdown::leading_link::as_link;
use crate::markdown::link_kind::{is_label, kind_from_host};
use crate::markdown::reference_text::sentence_end;
use crate::markdown::term_name::split_at_colon;
use crate::markdown::venue::{date_in, names_in};
use crate::notebook::{LinkKind, Span, TitleForm, Url, plain};
use crate::unicode::split_at_boundary;

/// Takes a line apart, if it has the form of one about a paper.
pub(in crate::markdown) fn split_line(spans: &[Span]) -> Option<PaperLine> {
    let (at, offset) = skip_lead(spans);
    if offset == 0
        && let Some(line) = without_bold(spans, at).and_then(|spans| split_line(&spans))
        && line.evidence() == Evidence::Link
    {
        return Some(line);
    }
    let after = |from: usize| spans.get(from..).unwrap_or_default();
    let whole = |at: usize, title: Vec<Span>, form, link| {
        let before = spans.get(..at).unwrap_or_default().to_vec();
        Some(PaperLine { before, title, form, link, after: after(at + 1).to_vec() })
    };
    let first = spans.get(at)?;
    if offset == 0 {
        if let Some((url, hint, text)) = as_link(first) {
            return whole(at, text, TitleForm::Link, Some((url, hint)));
        }
        if let Span::Strong(inner) | Span::Em(inner) | Span::Mark(inner) = first {
            let is_strong = !matches!(first, Span::Em(_));
            let words = plain(inner);
            // A short name before a title in quotation marks, or before a linked one.
            let lead = is_strong.then(|| short_name_before(spans, at)).flatten();
            if let Some(line) = lead {
                return Some(line);
            }
            let behind = after(at + 1);
            let are_authors = is_strong && are_bold_authors(&words, behind);
            let is_names = if is_strong { are_authors } else { names_in(&words, false).is_some() };
            // `**M. Okoro, L. Fox.** Learning at Night. [pdf](…)`
            if are_authors
                && let Some(Span::Text(text)) = behind.first()
                && text.starts_with(char::is_whitespace)
            {
                return title_behind_bold_names(spans, at, text);
            }
            if !is_names
                && is_strong
                && let Some(line) = title_begun_in_bold(spans, at)
            {
                return Some(line);
            }
            if !is_names && is_title(&words) {
                return Some(emphasized_title(spans, at));
            }
        }
    }
    text_title(spans, at, offset)
}

/// Returns true if bold words at the beginning are authors: names with initials before a text, or names before a title of another
/// form.
fn are_bold_authors(words: &str, behind: &[Span]) -> bool {
    let Some(Span::Text(next)) = behind.first() else { return false };
    let has_initial = words.split([' ', ',']).any(|word| word.ends_with('.') && word.chars().count() == 2);
    let are_several = names_in(words, false).is_some_and(|names| names.len() > 1);
    let is_list = next.trim_start().starts_with([',', '&', ';']) || next.trim_start().starts_with("and ");
    are_several && (has_initial || holds_title(behind)) || is_list && is_one_of_names("", words, behind)
}

/// Takes a reference without a link apart.
pub(in crate::markdown) fn split_reference(spans: &[Span]) -> Option<PaperLine> {
    if has_link(spans) { None } else { reference_line(spans) }
}

/// Returns the line whose title is the sentence behind bold names, which stand in span `at`.
fn title_behind_bold_names(spans: &[Span], at: usize, text: &str) -> Option<PaperLine> {
    let start = text.len() - text.trim_start().len();
    let end = sentence_end(text, start);
    let title = text.get(start..end).filter(|title| title.split_whitespace().count() > 1);
    let Some(title) = title else { return text_title(spans, at + 1, start) };
    let mut before = spans.get(..=at)?.to_vec();
    before.push(Span::Text(text.get(..start)?.to_owned()));
    let mut after = vec![Span::Text(text.get(end..)?.to_owned())];
    after.extend_from_slice(spans.get(at + 2..)?);
    let title = vec![Span::Text(title.to_owned())];
    Some(PaperLine { before, title, form: TitleForm::Text, link: None, after })
}

/// Returns a line without the bold around its title and more: `**Folding Maps. [pdf](…)**`.
fn without_bold(spans: &[Span], at: usize) -> Option<Vec<Span>> {
    let Some(bold @ Span::Strong(inner)) = spans.get(at) else { return None };
    if inner.len() < 2 || as_link(bold).is_some() || !has_link(inner) {
        return None;
    }
    Some([spans.get(..at)?, inner, spans.get(at + 1..)?].concat())
}

/// Words between two papers of one line.
const AND: [&str; 11] = ["and", "&", "und", "et", "y", "e", "и", "和", "与", "と", "와"];

/// Parts a line with two papers, `[A](…) (2004) and [B](…) (2007): both …`, behind the word that joins them: the spans of
/// the first, of the second, and of the note that they share. `None` for any other line.
pub(in crate::markdown) fn split_joined(spans: &[Span]) -> Option<(Vec<Span>, Vec<Span>, Vec<Span>)> {
    let (first, middle) = match spans {
        [first, Span::Text(middle), ..] => (as_link(first)?, middle),
        _ => return None,
    };
    let second = spans.get(2).and_then(as_link)?;
    // `(2004) and The [B](…)`
    let bare = middle.trim();
    let bare = match bare.strip_prefix('(').and_then(|rest| rest.split_once(')')) {
        Some((inside, rest)) if date_in(inside).year.is_some() => rest.trim(),
        _ => bare,
    };
    let mut words = bare.split_whitespace();
    let is_joined = words.next().is_some_and(|word| AND.contains(&word)) && words.count() <= 1;
    let is_title = |(url, _, text): &(Url, Option<String>, Vec<Span>)| !is_label(text, url);
    let is_paper = |(url, _, _): &(Url, Option<String>, Vec<Span>)| {
        matches!(kind_from_host(url), Some(LinkKind::Paper | LinkKind::Pdf))
    };
    if !is_joined || !is_title(&first) || !is_title(&second) || !(is_paper(&first) || is_paper(&second)) {
        return None;
    }
    // A third paper, or a sentence that goes on, is no pair.
    let (facts, note) = match spans.get(3) {
        None => (None, Vec::new()),
        Some(Span::Text(text)) => {
            let (facts, note) =
                split_at_colon(text).or_else(|| text.trim().is_empty().then_some((text, "")))?;
            let is_fact = facts.trim().is_empty()
                || bracketed_facts(facts.trim()).or_else(|| facts.trim().starts_with('(').then_some(0))
                    == Some(0);
            if !is_fact {
                return None;
            }
            let mut rest = Vec::new();
            if !note.is_empty() {
                rest.push(Span::Text(note.to_owned()));
            }
            rest.extend_from_slice(spans.get(4..)?);
            (Some(Span::Text(facts.to_owned())), rest)
        }
        Some(_) => return None,
    };
    let mut one = spans.get(..2)?.to_vec();
    if let Some(Span::Text(middle)) = one.last_mut() {
        middle.truncate(middle.trim_end().len());
    }
    let mut other = spans.get(2..3)?.to_vec();
    other.extend(facts);
    Some((one, other, note))
}

impl PaperLine {
    /// A line that is all title; `None` if it cannot be one.
    pub(in crate::markdown) fn plain(spans: &[Span]) -> Option<Self> {
        let line = if let [Span::Strong(_) | Span::Em(_)] = spans {
            emphasized_title(spans, 0)
        } else {
            let (at, offset) = skip_lead(spans);
            let mut before = spans.get(..at)?.to_vec();
            let mut title = spans.get(at..)?.to_vec();
            if offset > 0
                && let Some(Span::Text(text)) = title.first_mut()
            {
                let (lead, rest) = split_at_boundary(text, offset);
                before.push(Span::Text(lead.trim_end().to_owned()));
                *text = rest.to_owned();
            }
            Self { before, title, form: TitleForm::Text, link: None, after: Vec::new() }
        };
        is_title(&plain(&line.title)).then_some(line)
    }
}
