//! A line about a paper: which of its words are the title, which links belong to it, and what else it tells.
//!
//! The title is, in this order: the text of a link that is no label; text in quotation marks; bold text; italic text that is
//! no list of names; the text before the first label. What stands before and behind it stays as written.

use super::inline_text::join_to_one_line;
use std::borrow::Cow;

use super::leading_link::as_link;
use super::link_kind::{is_address, is_label, kind_from_host, kind_from_label, kind_of};
use super::reading_status;
use super::reference_text::{are_names, credit_in, ends_a_title, title_in_reference};
use super::term_name::split_at_colon;
use super::venue::{date_in, is_institution, names_in, starts_with_venue, venue_in};
use crate::notebook::{
    Block, Entry, LinkKind, ListItem, PaperDate, PaperLink, PaperSource, Placement, Reference, Span,
    TitleForm, Url, plain,
};
use crate::unicode::split_at_boundary;

/// Longest title that is plain text, in words: anything longer is a sentence.
const MAX_TITLE_WORDS: usize = 40;
/// Most bullets that can be the details of one paper.
pub(super) const MAX_DETAILS: usize = 30;
/// Quotation marks around titles: opening and closing.
pub(super) const QUOTES: [(char, char); 6] =
    [('"', '"'), ('“', '”'), ('„', '“'), ('「', '」'), ('《', '》'), ('«', '»')];

/// A line, taken apart. Joining `before`, `title` and `after` gives the line again.
#[derive(Clone, Debug)]
pub(super) struct PaperLine {
    pub(super) before: Vec<Span>,
    pub(super) title: Vec<Span>,
    pub(super) form: TitleForm,
    /// Address and quoted text of the title's own link.
    pub(super) link: Option<(Url, Option<String>)>,
    pub(super) after: Vec<Span>,
}

/// Returns true if a link to a paper is among these spans.
pub(super) fn has_paper_link(spans: &[Span]) -> bool {
    spans.iter().any(|span| match span {
        Span::Link { url, text, .. } => {
            matches!(kind_of(&plain(text), url), LinkKind::Paper | LinkKind::Pdf)
                || kind_from_host(url) == Some(LinkKind::Paper)
        }
        other => has_paper_link(other.children()),
    })
}

/// Returns true if a link to the page of a paper, or one that is called a paper, is among these spans: more than some PDF.
pub(super) fn has_named_paper_link(spans: &[Span]) -> bool {
    spans.iter().any(|span| match span {
        Span::Link { url, text, .. } => {
            kind_from_host(url) == Some(LinkKind::Paper)
                || kind_from_label(&plain(text)) == Some(LinkKind::Paper)
        }
        other => has_named_paper_link(other.children()),
    })
}

/// Returns true if any link is among these spans.
pub(super) fn has_link(spans: &[Span]) -> bool {
    spans.iter().any(|span| matches!(span, Span::Link { .. }) || has_link(span.children()))
}

/// Takes a line apart, if it has the form of one about a paper.
pub(super) fn split_line(spans: &[Span]) -> Option<PaperLine> {
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
            let is_names = !is_strong && names_in(&words, false).is_some();
            if !is_names && is_title(&words) {
                return Some(emphasized_title(spans, at));
            }
        }
    }
    text_title(spans, at, offset)
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
pub(super) fn split_joined(spans: &[Span]) -> Option<(Vec<Span>, Vec<Span>, Vec<Span>)> {
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

/// A title in bold or italics, without the number before it: `**07.Title**`.
fn emphasized_title(spans: &[Span], at: usize) -> PaperLine {
    let mut before = spans.get(..at).unwrap_or_default().to_vec();
    let mut after = spans.get(at + 1..).unwrap_or_default().to_vec();
    let mut title = spans.get(at).cloned().into_iter().collect::<Vec<_>>();
    if let Some(Span::Strong(inner) | Span::Em(inner)) = title.first_mut() {
        // The link or quotation inside.
        if let Some(Span::Text(text)) = inner.first_mut() {
            let cut = lead_length(text);
            if cut > 0 && cut < text.len() {
                let (lead, rest) = split_at_boundary(text, cut);
                let lead = lead.trim_end().to_owned();
                *text = rest.to_owned();
                let lead = Span::Text(lead);
                before.push(match spans.get(at) {
                    Some(Span::Em(_)) => Span::Em(vec![lead]),
                    _ => Span::Strong(vec![lead]),
                });
            }
        }
        if let Some(Span::Text(text)) = inner.last_mut() {
            let cut = text.trim_end_matches(['.', ',', ':', '：', ' ']).len();
            if cut > 0 && !text.ends_with("..") {
                text.truncate(cut);
            }
            // `**Looking Twice (2015 ICCV)**`
            if let Some(cut) =
                bracketed_facts(text).filter(|cut| is_title(text.get(..*cut).unwrap_or_default()))
            {
                let facts = text.split_off(cut);
                text.truncate(text.trim_end().len());
                let facts = format!(" {}", facts.trim_start());
                match after.first_mut() {
                    Some(Span::Text(first)) => first.insert_str(0, &facts),
                    _ => after.insert(0, Span::Text(facts)),
                }
            }
        }
    }
    PaperLine { before, title, form: TitleForm::Text, link: None, after }
}

/// `**AskNet**: "Attention for Short Questions"`, `**AskNet**: [Attention for Short Questions](…)`.
fn short_name_before(spans: &[Span], at: usize) -> Option<PaperLine> {
    let Some(Span::Text(text)) = spans.get(at + 1) else { return None };
    let rest = text
        .trim_start_matches(|c: char| c.is_whitespace() || matches!(c, ':' | '：' | '-' | '–' | '—' | ','));
    if rest.is_empty() && text.contains([':', '：', '-', '–', '—']) {
        let link = spans.get(at + 2).and_then(as_link);
        return link.filter(|(url, _, text)| !is_label(text, url)).map(|(url, hint, title)| PaperLine {
            before: spans.get(..at + 2).unwrap_or_default().to_vec(),
            title,
            form: TitleForm::Link,
            link: Some((url, hint)),
            after: spans.get(at + 3..).unwrap_or_default().to_vec(),
        });
    }
    let is_quote = |c: char| QUOTES.iter().any(|(open, _)| *open == c);
    (rest.starts_with(is_quote)).then(|| quoted_title(spans, at + 1, text.len() - rest.len())).flatten()
}

/// The title in quotation marks that opens in span `at`, from byte `from` on.
#[allow(clippy::too_many_lines, reason = "one scan of a line for its quotes, in the order of the rules")]
fn quoted_title(spans: &[Span], at: usize, from: usize) -> Option<PaperLine> {
    let Span::Text(text) = spans.get(at)? else { return None };
    let tail = text.get(from..)?;
    let (open_at, open, close) = tail.char_indices().find_map(|(place, c)| {
        QUOTES.iter().find(|(open, _)| *open == c).map(|(open, close)| (place + from, *open, *close))
    })?;
    let mut before = spans.get(..at)?.to_vec();
    let lead = text.get(..open_at)?;
    if !lead.is_empty() {
        before.push(Span::Text(lead.to_owned()));
    }
    let mut title = Vec::new();
    let mut here = text.get(open_at + open.len_utf8()..)?;
    let mut index = at;
    loop {
        if let Some(end) = here.find(close) {
            let (inside, rest) = split_at_boundary(here, end);
            if !inside.is_empty() {
                title.push(Span::Text(inside.to_owned()));
            }
            let mut after = Vec::new();
            let rest = rest.get(close.len_utf8()..).unwrap_or_default();
            if !rest.is_empty() {
                after.push(Span::Text(rest.to_owned()));
            }
            after.extend_from_slice(spans.get(index + 1..).unwrap_or_default());
            if let Some(Span::Text(last)) = title.last_mut() {
                let cut = last.trim_end_matches(|c: char| c.is_whitespace() || matches!(c, '.' | ',')).len();
                last.truncate(cut);
            }
            title.retain(|span| !matches!(span, Span::Text(text) if text.is_empty()));
            // `"[Title](…)"`, `"**Title**"`
            let (title, form, link) = match title.as_slice() {
                [one] => match as_link(one) {
                    Some((url, hint, text)) => (text, TitleForm::Link, Some((url, hint))),
                    None => (title, TitleForm::Quoted, None),
                },
                _ => (title, TitleForm::Quoted, None),
            };
            if form == TitleForm::Link {
                if let Some(lead) = before.last_mut().filter(|span| matches!(span, Span::Text(_))) {
                    if let Span::Text(lead) = lead {
                        lead.push(open);
                    }
                } else {
                    before.push(Span::Text(open.to_string()));
                }
                match after.first_mut() {
                    Some(Span::Text(first)) => first.insert(0, close),
                    _ => after.insert(0, Span::Text(close.to_string())),
                }
            }
            return is_title(&plain(&title)).then_some(PaperLine { before, title, form, link, after });
        }
        if !here.is_empty() {
            title.push(Span::Text(here.to_owned()));
        }
        index += 1;
        here = match spans.get(index)? {
            Span::Text(text) => text,
            Span::Break {} => return None,
            other => {
                title.push(other.clone());
                ""
            }
        };
    }
}

/// A title behind names, or plain text before the first label.
#[allow(
    clippy::too_many_lines,
    reason = "one scan of a line up to its first link, in the order of the rules"
)]
fn text_title(spans: &[Span], at: usize, offset: usize) -> Option<PaperLine> {
    // What comes first: a quotation, a bold run, a link.
    let mut index = at;
    let mut from = offset;
    let mut lead = String::new();
    while let Some(span) = spans.get(index) {
        match span {
            Span::Text(text) => {
                let tail = text.get(from..).unwrap_or_default();
                let quote = tail.char_indices().find(|(_, c)| QUOTES.iter().any(|(open, _)| open == c));
                if let Some((place, _)) = quote
                    && let Some(line) = quoted_title(spans, index, from)
                    && plain(&line.title).split_whitespace().count() > 1
                    && (names_in(&format!("{lead}{}", tail.get(..place).unwrap_or_default()), false)
                        .is_some()
                        || is_lead(&format!("{lead}{}", tail.get(..place).unwrap_or_default())))
                {
                    return Some(line);
                }
                lead.push_str(tail);
            }
            Span::Strong(inner) if as_link(span).is_none() && !lead.trim().is_empty() => {
                let words = plain(inner);
                if (names_in(&lead, false).is_some() || is_lead(&lead)) && is_title(&words) {
                    return Some(emphasized_title(spans, index));
                }
                lead.push_str(&words);
            }
            // `Title. *Ada Brook et al.* [[paper]](…)`
            Span::Em(inner)
                if as_link(span).is_none()
                    && lead.split_whitespace().count() > 1
                    && names_in(plain(inner).split(". ").next().unwrap_or_default(), false).is_some()
                    && spans.get(index + 1..).is_some_and(has_link) =>
            {
                break;
            }
            Span::Em(inner) if as_link(span).is_none() => lead.push_str(&plain(inner)),
            other => {
                let Some((url, hint, text)) = as_link(other) else {
                    match other {
                        Span::Break {} if !lead.trim().is_empty() => break,
                        _ => lead.push_str(&plain(std::slice::from_ref(other))),
                    }
                    index += 1;
                    from = 0;
                    continue;
                };
                if is_label(&text, &url)
                    || lead.trim_end().ends_with(['[', '('])
                        && text.len() == 1
                        && plain(&text).split_whitespace().count() < 3
                {
                    break;
                }
                // `M. Okoro and L. Fox. [Learning at Night](…)`
                let is_behind_names = are_names(&lead);
                // `Learning at Night. [Okoro (2016)](…)`
                if ends_a_title(&lead) && credit_in(&plain(&text)).is_some() {
                    break;
                }
                if is_behind_names || is_lead(&lead) {
                    return Some(PaperLine {
                        before: spans.get(..index)?.to_vec(),
                        title: text,
                        form: TitleForm::Link,
                        link: Some((url, hint)),
                        after: spans.get(index + 1..)?.to_vec(),
                    });
                }
                return None;
            }
        }
        index += 1;
        from = 0;
    }
    // Without a label before or behind it, text is only text.
    let is_behind_label = spans.get(..at).is_some_and(has_link);
    if index >= spans.len() && !is_behind_label {
        return None;
    }
    plain_title(spans, at, offset, index)
}

/// The plain text from byte `offset` of span `at` up to span `end`, where the first label stands.
#[allow(clippy::too_many_lines, reason = "the rules for a title without marks, in their order")]
fn plain_title(spans: &[Span], at: usize, offset: usize, end: usize) -> Option<PaperLine> {
    let mut before = spans.get(..at)?.to_vec();
    let mut title = spans.get(at..end)?.to_vec();
    // An export writes the title on one line, so a line break counts as a space.
    join_to_one_line(&mut title);
    if offset > 0
        && let Some(Span::Text(text)) = title.first_mut()
    {
        let (lead, rest) = split_at_boundary(text, offset);
        before.push(Span::Text(lead.to_owned()));
        *text = rest.to_owned();
    }
    let mut after = Vec::new();
    // Punctuation before the first label. Between title and links it says nothing; behind other words it stays.
    let mut punctuation = String::new();
    // What follows the title before its first label: brackets, a year, punctuation.
    if let Some(Span::Text(last)) = title.last_mut() {
        let cut = title_length(last);
        let rest = last.split_off(cut);
        punctuation.clone_from(&rest);
        let rest = rest.trim_start();
        let is_mark = rest.chars().all(|c| matches!(c, '.' | ',' | ':' | '：' | '-' | '–' | '—' | ';' | ' '));
        // The mark between a title and `[Okoro (2016)](…)` distinguishes them.
        let is_before_credit = || {
            let label = spans.get(end).and_then(as_link).map(|(_, _, text)| plain(&text).into_owned());
            !rest.is_empty() && label.is_some_and(|label| credit_in(&label).is_some())
        };
        if !is_mark || is_before_credit() {
            after.push(Span::Text(rest.to_owned()));
        }
    }
    // Names before the title: `C. Reyes, Planning by Guesswork, Coast University, 1994.`
    if title.len() == 1
        && let Some(Span::Text(text)) = title.first_mut()
        && let Some((start, end)) = title_behind_names(text)
    {
        let behind = text.split_off(end);
        let rest = text.split_off(start);
        before.push(Span::Text(text.clone()));
        *text = rest;
        if !behind.trim().is_empty() {
            let mut joined = behind.trim_start().to_owned();
            match after.first_mut() {
                Some(Span::Text(first)) => {
                    joined.push_str(first);
                    *first = joined;
                }
                _ => after.insert(0, Span::Text(joined + &punctuation)),
            }
        }
    } else if title.len() == 1
        && let Some(Span::Text(text)) = title.first_mut()
        && let Some(cut) = title_before_names(text)
    {
        // `Title. Names. Venue`
        let behind = text.split_off(cut);
        match after.first_mut() {
            Some(Span::Text(first)) => *first = format!("{} {first}", behind.trim_end()),
            _ => after.insert(0, Span::Text(behind + &punctuation)),
        }
    }
    title.retain(|span| !matches!(span, Span::Text(text) if text.is_empty()));
    let words = plain(&title);
    let is_short = words.split_whitespace().count() <= MAX_TITLE_WORDS;
    let is_sentence = words.contains('。') || words.contains(". ") && words.split(". ").count() > 2;
    if !is_title(&words) || !is_short || is_sentence || kind_from_label(&words).is_some() {
        return None;
    }
    after.extend_from_slice(spans.get(end..)?);
    Some(PaperLine { before, title, form: TitleForm::Text, link: None, after })
}

/// Number of bytes of text that are the title: without brackets, a year, and punctuation at its end.
fn title_length(text: &str) -> usize {
    let mut end = text.len();
    loop {
        let here = text.get(..end).unwrap_or_default();
        let trimmed = here.trim_end_matches(|c: char| {
            c.is_whitespace()
                || matches!(
                    c,
                    '.' | ','
                        | ':'
                        | '：'
                        | '-'
                        | '–'
                        | '—'
                        | '['
                        | '('
                        | '|'
                        | '→'
                        | ';'
                        | '【'
                        | '（'
                        | '·'
                )
        });
        let mut next = trimmed.len();
        if let Some(open) = bracketed_facts(trimmed) {
            next = open;
        }
        // `, 2019`
        if next == trimmed.len()
            && let Some((head, tail)) = trimmed.rsplit_once([',', '.'])
            && !head.is_empty()
            && tail.trim().len() <= 24
            && (is_year(tail.trim()) || (starts_with_venue(tail.trim()) && date_in(tail).year.is_some()))
        {
            next = head.len();
        }
        if next == end {
            return end;
        }
        end = next;
    }
}

/// Byte at which brackets with a date or venue begin that text ends with: `(2019)`, `[ICLR 2020]`.
fn bracketed_facts(text: &str) -> Option<usize> {
    let open = text.ends_with([')', ']']).then(|| text.rfind(['(', '['])).flatten()?;
    let inside = text.get(open + 1..text.len() - 1)?;
    let is_short = inside.split_whitespace().count() <= 4;
    (open > 0 && is_short && (date_in(inside).year.is_some() || starts_with_venue(inside))).then_some(open)
}

fn is_year(text: &str) -> bool {
    text.len() == 4 && text.parse::<u16>().is_ok_and(|year| (1900..2100).contains(&year))
}

/// Bytes of the title in `C. Reyes, Planning by Guesswork, Coast University`: what is behind names with initials.
fn title_behind_names(text: &str) -> Option<(usize, usize)> {
    let is_initial =
        |word: &str| word.ends_with('.') && word.len() <= 5 && word.starts_with(char::is_uppercase);
    let mut at = 0;
    let mut pieces = Vec::new();
    for piece in text.split_inclusive(',') {
        pieces.push((at, piece));
        at += piece.len();
    }
    // Only initials distinguish names from titles with commas: the last name with one ends the list.
    let mut names = 0;
    for (number, (_, piece)) in pieces.iter().enumerate() {
        let bare = piece.trim().trim_end_matches(',').trim_start_matches("and ");
        let is_name = names_in(bare, true).is_some() && bare.split_whitespace().count() <= 5;
        if bare.contains("et al") || is_name && bare.split_whitespace().any(is_initial) {
            names = number + 1;
        } else if !is_name || number == 0 && bare.split_whitespace().count() < 2 {
            break;
        }
    }
    let (at, piece) = pieces.get(names).filter(|_| names > 0)?;
    let start = at + (piece.len() - piece.trim_start().len());
    let body = piece.trim().trim_end_matches(',');
    (body.split_whitespace().count() > 1).then_some((start, start + body.len()))
}

/// Bytes of the title in `Title. Ada Brook, Omar Rizk. Venue` and `Title (2012), Ada Brook`.
fn title_before_names(text: &str) -> Option<usize> {
    let is_long = |title: &str| title.split_whitespace().count() > 1;
    let dated = text.match_indices(" (").find_map(|(at, _)| {
        let inside = text.get(at + 2..)?.split_once(')')?.0;
        (inside.len() <= 24 && date_in(inside).year.is_some() && is_long(text.get(..at)?)).then_some(at)
    });
    if dated.is_some() {
        return dated;
    }
    let at = text.find(". ")?;
    let (title, rest) = split_at_boundary(text, at);
    let names = rest.get(2..)?.split(". ").next()?;
    (is_long(title) && names_in(names, false).is_some()).then_some(at)
}

/// Returns true if text can be a title: it has letters, and no address, which would be a link by itself.
fn is_title(text: &str) -> bool {
    text.chars().filter(|c| c.is_alphabetic()).count() >= 2 && !text.contains("://")
}

/// Returns true if text before a title is no sentence: a number, a date, a label, brackets.
fn is_lead(text: &str) -> bool {
    let text = text.trim();
    let cut = lead_length(text);
    let rest = text.get(cut..).unwrap_or_default().trim();
    let rest = rest.trim_matches(|c: char| !c.is_alphanumeric());
    rest.is_empty()
        || kind_from_label(rest).is_some()
        || reading_status::is_reading_phrase(rest)
        || starts_with_venue(rest) && rest.split_whitespace().count() <= 4
        || (rest.split_whitespace().count() <= 3
            && text.ends_with([':', '：', '-', '–', '—', '|', ']', '】']))
}

/// Finds where the title can begin: the number of a span and a byte in it, behind numbers, dates, brackets, emoji and labels.
fn skip_lead(spans: &[Span]) -> (usize, usize) {
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
                if !(is_number
                    || kind_from_label(bare).is_some()
                    || (starts_with_venue(bare) && bare.len() < 16))
                {
                    return (at, 0);
                }
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

/// Number of bytes at the beginning of text that no title begins with: numbers, dates, brackets, emoji, punctuation.
#[allow(clippy::too_many_lines, reason = "a list of what may stand before a title")]
fn lead_length(text: &str) -> usize {
    let mut rest = text;
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

/// Confidence that a line is about a paper.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub(super) enum Evidence {
    /// Nothing says so.
    None,
    /// A bold or quoted title with authors, a year or a venue, but no link to a paper.
    Form,
    /// A link to a paper belongs to the title.
    Link,
}

impl PaperLine {
    /// A line that is all title; `None` if it cannot be one.
    pub(super) fn plain(spans: &[Span]) -> Option<Self> {
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

    /// Returns the confidence that this is a paper, if `notes` follow it.
    pub(super) fn evidence_with(&self, notes: &[Block]) -> Evidence {
        // Text after a linked title becomes a note once it is on a line of its own.
        let is_bare = plain(&self.after).trim_matches([':', '：', ' ']).is_empty();
        let own = match notes.first() {
            Some(Block::Para(spans)) if self.form == TitleForm::Link && is_bare => {
                Self { after: spans.clone(), ..self.clone() }.evidence()
            }
            _ => self.evidence(),
        };
        if own == Evidence::Link || notes.is_empty() {
            return own;
        }
        let is_marked = self.form != TitleForm::Text || matches!(self.title.as_slice(), [Span::Strong(_)]);
        let details = notes.iter().any(|block| match block {
            Block::List { items, .. } => is_detail_list(items) || is_marked && has_label_of_paper(items),
            _ => false,
        });
        if details { Evidence::Link } else { own }
    }

    /// Returns true if a paragraph of this form is a paper, and no sentence with a link.
    pub(super) fn is_paragraph_of_paper(&self) -> bool {
        if self.evidence() != Evidence::Link {
            return false;
        }
        let is_marked =
            self.form != TitleForm::Text || matches!(self.title.as_slice(), [Span::Strong(_) | Span::Em(_)]);
        let words = |spans: &[Span]| plain(spans).split_whitespace().count();
        let behind: usize = self
            .after
            .iter()
            .filter(|span| as_link(span).is_none())
            .map(|span| words(std::slice::from_ref(span)))
            .sum();
        if is_marked { words(&self.title) + behind <= 90 } else { behind <= 8 }
    }

    /// Returns the confidence that this is a paper.
    pub(super) fn evidence(&self) -> Evidence {
        if let Some((url, _)) = &self.link
            && matches!(kind_from_host(url), Some(LinkKind::Paper | LinkKind::Pdf))
        {
            return Evidence::Link;
        }
        let own = self.links();
        let is_paper = |link: &PaperLink| {
            link.kind == LinkKind::Paper && kind_from_host(&link.url) == Some(LinkKind::Paper)
                || matches!(link.kind, LinkKind::Paper | LinkKind::Pdf) && is_paper_label(&link.label)
                || link.kind == LinkKind::Pdf
        };
        let is_reference = || {
            self.with_title_of_reference().map_or(self.is_whole_reference(), |line| line.is_whole_reference())
        };
        if own.iter().any(is_paper) || is_reference() {
            return Evidence::Link;
        }
        let text = plain(&self.after);
        let near = text.char_indices().nth(200).map_or(text.len(), |(at, _)| at);
        let text = text.get(..near).unwrap_or_default();
        let dated = date_in(text).year.is_some() || venue_in(text).is_some();
        if self.link.is_none() && dated { Evidence::Form } else { Evidence::None }
    }

    /// Returns true for a reference with all its parts, wherever its link leads: `M. Okoro. [Learning at Night](…). Journal of
    /// Maps, 2016`.
    fn is_whole_reference(&self) -> bool {
        let Some((url, _)) = &self.link else { return false };
        if kind_from_host(url).is_some() {
            return false;
        }
        let after = plain(&self.after);
        let names = plain(&self.before);
        are_names(
            names.trim_end_matches(|c: char| c.is_whitespace() || QUOTES.iter().any(|(open, _)| *open == c)),
        ) && date_in(&after).year.is_some()
            && venue_in(&after).is_some()
    }

    /// Every link of the line that is a label, an address, or the title, in order. Links whose text is part of a sentence are
    /// mentions and not among them.
    pub(super) fn links(&self) -> Vec<PaperLink> {
        let mut links = Vec::new();
        collect_labels(&self.before, &mut links);
        // `[[Dataset](arxiv…)] Title`: a paper about a data set.
        for link in &mut links {
            if link.kind == LinkKind::Data && kind_from_host(&link.url) == Some(LinkKind::Paper) {
                link.kind = LinkKind::Paper;
            }
        }
        if let Some((url, _)) = &self.link {
            links.push(PaperLink { kind: kind_of("", url), label: String::new(), url: url.clone() });
        }
        links.extend(self.credit_link());
        collect_labels(&self.after, &mut links);
        links
    }

    /// Returns the link directly after an unlinked title, if its text is names and a year.
    fn credit_link(&self) -> Option<PaperLink> {
        let is_mark = |c: char| !c.is_alphanumeric();
        let is_blank = |span: &&Span| {
            matches!(span, Span::Text(text) if text.chars().all(is_mark)) || matches!(span, Span::Break {})
        };
        let first = self.after.iter().find(|span| !is_blank(span)).filter(|_| self.link.is_none())?;
        let (url, _, text) = as_link(first)?;
        let label = plain(&text).into_owned();
        credit_in(&label)?;
        let kind = kind_from_host(&url).unwrap_or(LinkKind::Paper);
        Some(PaperLink { kind, label, url })
    }

    /// Returns a line whose link is a whole reference with only the title in its link: `[Ada Brook. "Small Models." Folds,
    /// 2021](…)`.
    fn with_title_of_reference(&self) -> Option<Self> {
        let [Span::Text(text)] = self.title.as_slice() else { return None };
        if !self.before.is_empty() || self.link.is_none() {
            return None;
        }
        let title = title_in_reference(text)?;
        let names = text.get(..title.start)?.to_owned();
        // A comma or full stop before a quotation mark is no part of the title.
        let behind = text.get(title.end..)?.trim_start_matches(['.', ',', '，', ' ']);
        let is_quoted = names.ends_with(|c| QUOTES.iter().any(|(open, _)| *open == c));
        let mut facts = if is_quoted { behind.to_owned() } else { format!(". {behind}") };
        let mut after = self.after.clone();
        if let Some(Span::Text(first)) = after.first_mut() {
            if first.starts_with(char::is_alphanumeric) {
                facts.push(' ');
            }
            first.insert_str(0, &facts);
        } else {
            if !after.is_empty() {
                facts.push(' ');
            }
            after.insert(0, Span::Text(facts));
        }
        Some(Self {
            before: vec![Span::Text(names)],
            title: vec![Span::Text(text.get(title)?.to_owned())],
            form: TitleForm::Link,
            link: self.link.clone(),
            after,
        })
    }

    /// Takes names and year out of a linked title: `[Small Models, Big Questions, Vidal et al., 2021](…)`.
    fn split_credit(&mut self) {
        let [Span::Text(title)] = self.title.as_mut_slice() else { return };
        let mut ends: Vec<usize> = title.match_indices(", ").map(|(at, _)| at).collect();
        let Some(last) = ends.pop() else { return };
        let piece = |from: usize, to: usize| title.get(from + 2..to).unwrap_or_default().trim();
        let year = piece(last, title.len());
        if year.len() > 24 || !(is_year(year) || (starts_with_venue(year) && date_in(year).year.is_some())) {
            return;
        }
        let mut cut = last;
        while let Some(end) = ends.pop() {
            let name = piece(end, cut);
            if name.contains("et al") {
                cut = end;
                break;
            }
            if names_in(name, true).is_none() {
                break;
            }
            cut = end;
        }
        let mut credit = title.split_off(cut).trim_start_matches([',', ' ']).to_owned();
        if let Some(Span::Text(first)) = self.after.first_mut() {
            credit.push_str(if first.starts_with(char::is_alphanumeric) { ", " } else { " " });
            credit.push_str(first.trim_start());
            *first = credit;
        } else {
            if !self.after.is_empty() {
                credit.push(' ');
            }
            self.after.insert(0, Span::Text(credit));
        }
    }

    /// Makes the entry: `rest` are the blocks below the line.
    #[allow(clippy::too_many_lines, reason = "the steps from a line to an entry, which share its parts")]
    pub(super) fn into_reference(mut self, notes: Vec<Block>) -> Reference {
        if self.form == TitleForm::Link {
            // An export is read without the section around it: the line by itself has to be that of a paper.
            if let Some(line) =
                self.with_title_of_reference().filter(|line| line.evidence() == Evidence::Link)
            {
                self = line;
            }
            self.split_credit();
        }
        let mut links = self.links();
        let mut facts = Facts::default();
        facts.read_before(&self.before);
        facts.read_after(&self.after);
        let own = self.link.as_ref().map(|(url, _)| url.clone());
        let url = best_link(&links, own.as_ref());
        let (title_url, hint) = match self.link {
            Some((own, hint)) => (Some(own).filter(|own| Some(own) != url.as_ref()), hint),
            None => (None, None),
        };
        let source = source_of(url.as_ref(), facts.date);
        if links.len() == 1 && self.form == TitleForm::Link && title_url.is_none() {
            links.clear();
        }
        let (mut before, mut after) = (self.before, self.after);
        if let Some(Span::Text(last)) = before.last_mut() {
            last.truncate(last.trim_end().len());
        }
        if let Some(Span::Text(first)) = after.first_mut() {
            first.drain(..first.len() - first.trim_start().len());
        }
        let is_blank = |span: &Span| matches!(span, Span::Text(text) if text.is_empty());
        before.retain(|span| !is_blank(span));
        after.retain(|span| !is_blank(span));
        // Shown side by side, they are two words.
        if !before.is_empty() {
            match after.first_mut() {
                Some(Span::Text(first)) => first.insert(0, ' '),
                Some(_) => after.insert(0, Span::Text(" ".into())),
                None => {}
            }
        }
        let before_title = before.len();
        let mut byline = before;
        byline.extend(after);
        Reference {
            title: self.title,
            url,
            title_url,
            title_form: self.form,
            placement: Placement::Item,
            source,
            hint,
            byline,
            before_title,
            links,
            authors: facts.authors,
            venue: facts.venue,
            date: facts.date,
            labels: facts.labels,
            notes,
            ..Reference::default()
        }
    }
}

/// Returns what an address tells; the year that is written wins over that of the address.
pub(super) fn source_of(url: Option<&Url>, date: PaperDate) -> PaperSource {
    let mut source = url.map(PaperSource::from_url).unwrap_or_default();
    if let Some(year) = date.year {
        let is_same = source.year == Some(year);
        source.month = date.month.or(source.month.filter(|_| is_same));
        source.year = Some(year);
    }
    source
}

/// Adds what the notes of an entry tell: links, authors, venue, date. Called once, when all notes are known.
pub(super) fn add_details(paper: &mut Reference) {
    if paper.placement == Placement::Row || paper.notes.is_empty() {
        return;
    }
    let own = match paper.title_form {
        TitleForm::Link => paper.title_url.clone().or_else(|| paper.url.clone()),
        TitleForm::Text | TitleForm::Quoted => None,
    };
    let mut facts = Facts {
        authors: std::mem::take(&mut paper.authors),
        venue: paper.venue.take(),
        date: paper.date,
        labels: std::mem::take(&mut paper.labels),
    };
    facts.read_notes(&paper.notes);
    let mut links = std::mem::take(&mut paper.links);
    let is_left_out = links.is_empty();
    if is_left_out && let Some(own) = &own {
        links.push(PaperLink { kind: kind_of("", own), label: String::new(), url: own.clone() });
    }
    let known = links.len();
    collect_note_links(&paper.notes, &mut links);
    if links.len() > known {
        paper.url = best_link(&links, own.as_ref());
        paper.title_url = own.filter(|own| Some(own) != paper.url.as_ref());
        paper.links = links;
    } else if !is_left_out {
        paper.links = links;
    }
    paper.source = source_of(paper.url.as_ref(), facts.date);
    (paper.authors, paper.venue, paper.date, paper.labels) =
        (facts.authors, facts.venue, facts.date, facts.labels);
}

/// Returns true if an entry is no paper, or one by its own links and not only by its section.
pub(super) fn says_it_is_a_paper(entry: &Entry) -> bool {
    let Entry::Paper(paper) = entry else { return true };
    let is_paper = |url: &Url| matches!(kind_from_host(url), Some(LinkKind::Paper | LinkKind::Pdf));
    paper.url.as_ref().is_some_and(is_paper)
        || paper
            .links
            .iter()
            .any(|link| matches!(link.kind, LinkKind::Paper | LinkKind::Pdf) && is_paper_label(&link.label))
}

/// Returns true for the label of a paper: a word such as `pdf`, or its authors and year.
fn is_paper_label(label: &str) -> bool {
    kind_from_label(label).is_some() || credit_in(label).is_some()
}

/// The address that stands for the paper: of a paper's host, else labeled so, else the title's own, else the first.
fn best_link(links: &[PaperLink], own: Option<&Url>) -> Option<Url> {
    if let Some(own) = own.filter(|own| matches!(kind_from_host(own), Some(LinkKind::Paper | LinkKind::Pdf)))
    {
        return Some(own.clone());
    }
    let of =
        |test: &dyn Fn(&PaperLink) -> bool| links.iter().find(|link| test(link)).map(|link| link.url.clone());
    of(&|link| link.kind == LinkKind::Paper && kind_from_host(&link.url) == Some(LinkKind::Paper))
        .or_else(|| of(&|link| link.kind == LinkKind::Paper))
        .or_else(|| of(&|link| link.kind == LinkKind::Pdf))
        .or_else(|| own.cloned())
        .or_else(|| of(&|link| link.kind != LinkKind::Citation))
}

fn collect_labels(spans: &[Span], links: &mut Vec<PaperLink>) {
    let mut before = String::new();
    for span in spans {
        match span {
            Span::Link { url, text, .. } => {
                let words = plain(text);
                let bracketed = before.trim_end().ends_with(['[', '(', '【', '|', '/']);
                if is_label(text, url) || bracketed || is_only_venue_or_date(&words) {
                    // `Code: https://…`: the word before an address is its label.
                    let is_bare = is_address(words.trim(), url);
                    let word_before = before.trim_end().strip_suffix([':', '：']).map(|before| {
                        before
                            .rsplit([' ', '\n', ';', ',', '(', '[', '|'])
                            .next()
                            .unwrap_or_default()
                            .to_owned()
                    });
                    let label =
                        if is_bare { word_before.unwrap_or_default() } else { words.trim().to_owned() };
                    let kind = kind_of(&label, url);
                    let label =
                        if is_bare && kind_from_label(&label).is_none() { String::new() } else { label };
                    links.push(PaperLink { kind, label, url: url.clone() });
                }
                before.clear();
            }
            Span::Text(text) => before.clone_from(text),
            other => {
                collect_labels(other.children(), links);
                before.clear();
            }
        }
    }
}

fn is_only_venue_or_date(words: &str) -> bool {
    let bare = words.trim_matches(|c: char| !c.is_alphanumeric());
    starts_with_venue(bare) && bare.len() <= 24
}

/// Links in the details below a paper: items and paragraphs that are an address or `Word: link`.
fn collect_note_links(notes: &[Block], links: &mut Vec<PaperLink>) {
    for block in notes {
        match block {
            Block::List { items, .. } => {
                for item in items {
                    if let Some(Block::Para(spans)) = item.blocks.first() {
                        collect_details(spans, links);
                    }
                }
            }
            Block::Para(spans) => collect_details(spans, links),
            Block::Field { label, text, .. } => collect_field(label, text, links),
            _ => {}
        }
    }
}

/// Links of one detail, if it is nothing but links and short words.
fn collect_details(spans: &[Span], links: &mut Vec<PaperLink>) {
    let words = plain(spans);
    let linked: usize = spans.iter().map(link_length).sum();
    // A sentence with a link in it mentions another paper.
    let others = words.len().saturating_sub(linked);
    if linked == 0 || others > 60 {
        return;
    }
    let mut label = String::new();
    for span in spans {
        let mut one = |span: &Span| {
            let Some((url, _, text)) = as_link(span) else { return false };
            let words = plain(&text);
            let name = label.rsplit(['·', '|', ';', '\n']).next().unwrap_or_default();
            let name = name.trim().trim_end_matches([':', '：', ' ', '(', '[', '-']).trim();
            let shown = if is_address(&words, &url) { name } else { words.trim() };
            let kind = match kind_from_label(name) {
                Some(_) => kind_of(name, &url),
                None => kind_of(shown, &url),
            };
            let is_label = is_label(&text, &url) || kind_from_label(name).is_some();
            if is_label {
                links.push(PaperLink { kind, label: shown.to_owned(), url });
            }
            label.clear();
            true
        };
        if !one(span) {
            label.push_str(&plain(std::slice::from_ref(span)));
        }
    }
}

fn collect_field(label: &str, text: &[Span], links: &mut Vec<PaperLink>) {
    let mut spans = vec![Span::Text(format!("{label}: "))];
    spans.extend_from_slice(text);
    collect_details(&spans, links);
}

fn link_length(span: &Span) -> usize {
    match span {
        Span::Link { text, .. } => plain(text).len(),
        other => other.children().iter().map(link_length).sum(),
    }
}

/// Returns true if the list below a heading or title gives its details: items `Word: link`, a label word or an address, of
/// one paper. Items that are papers themselves are no details.
pub(super) fn is_detail_list<'a>(items: impl IntoIterator<Item = &'a ListItem>) -> bool {
    let mut links = Vec::new();
    let (mut details, mut others) = (0, 0);
    let mut bare: Option<PaperKey> = None;
    for item in items {
        let Some(Block::Para(spans)) = item.blocks.first() else {
            others += 1;
            continue;
        };
        if is_paper_by_itself(spans) {
            return false;
        }
        let before = links.len();
        let words = plain(spans);
        let label = words.split([':', '：']).next().unwrap_or_default();
        let is_labeled = words.len() > label.len() && label.split_whitespace().count() <= 4;
        let is_bare = is_address_of_paper(spans);
        if is_labeled || is_bare {
            collect_details(spans, &mut links);
        }
        // Two addresses of papers are two papers.
        if is_bare && let Some(link) = links.get(before) {
            let key = paper_key(&link.url);
            if bare.replace(key.clone()).is_some_and(|other| other != key) {
                return false;
            }
        }
        let is_detail = is_labeled || links.len() > before || kind_from_label(&words).is_some();
        *(if is_detail { &mut details } else { &mut others }) += 1;
    }
    let is_paper = |link: &PaperLink| {
        link.kind == LinkKind::Pdf
            || (link.kind == LinkKind::Paper
                && (kind_from_label(&link.label).is_some()
                    || kind_from_host(&link.url) == Some(LinkKind::Paper)))
    };
    links.iter().any(is_paper) && details >= others * 3
}

/// Returns true if exactly one item below a title consists of labels of a paper, and no item is a paper itself: `- [arXiv](…)`
/// between bullets of authors and notes.
fn has_label_of_paper(items: &[ListItem]) -> bool {
    if items.len() > MAX_DETAILS {
        return false;
    }
    let mut keys = Vec::new();
    for item in items {
        let Some(Block::Para(spans)) = item.blocks.first() else { continue };
        if is_paper_by_itself(spans) {
            return false;
        }
        if spans.iter().all(is_label_or_mark) {
            let mut links = Vec::new();
            collect_details(spans, &mut links);
            links.retain(|link| matches!(link.kind, LinkKind::Paper | LinkKind::Pdf));
            keys.extend(links.first().map(|link| paper_key(&link.url)));
        }
    }
    keys.len() == 1
}

/// Returns true for a link that is a label, and for punctuation between such links.
fn is_label_or_mark(span: &Span) -> bool {
    as_link(span).map_or_else(
        || !plain(std::slice::from_ref(span)).chars().any(char::is_alphanumeric),
        |(url, _, text)| is_label(&text, &url),
    )
}

/// The id of a paper, or its address.
type PaperKey = String;

fn paper_key(url: &Url) -> PaperKey {
    PaperSource::from_url(url).id.unwrap_or_else(|| url.to_string())
}

/// Returns true if a line has a title of its own and a link to a paper.
fn is_paper_by_itself(spans: &[Span]) -> bool {
    has_paper_link(spans)
        && split_line(spans).is_some_and(|line| {
            let is_title = line.link.as_ref().is_none_or(|(url, _)| !is_label(&line.title, url));
            is_title && line.evidence() == Evidence::Link
        })
}

/// Returns true if a paragraph is nothing but addresses, the first of a paper.
pub(super) fn is_address_of_paper(spans: &[Span]) -> bool {
    let is_link = |span: &Span| as_link(span).is_some();
    spans.iter().all(|span| is_link(span) || plain(std::slice::from_ref(span)).trim().is_empty())
        && spans.iter().find_map(as_link).is_some_and(|(url, _, text)| {
            kind_from_host(&url) == Some(LinkKind::Paper) && is_label(&text, &url)
        })
}

/// Returns true if a paragraph consists of labels, one of which leads to a paper.
pub(super) fn are_labels_of_paper(spans: &[Span]) -> bool {
    let is_label_word = |span: &Span| {
        as_link(span).is_none() && kind_from_label(&plain(std::slice::from_ref(span))).is_some()
    };
    spans.iter().all(|span| is_label_or_mark(span) || is_label_word(span)) && has_named_paper_link(spans)
}

/// Facts in a line besides its title and links.
#[derive(Debug, Default)]
struct Facts {
    authors: Vec<String>,
    venue: Option<String>,
    date: PaperDate,
    labels: Vec<String>,
}

impl Facts {
    fn read_before(&mut self, before: &[Span]) {
        let text = plain(before);
        let text = text.trim();
        if text.is_empty() {
            return;
        }
        // The date in `2024-05-01: read` is not that of publication.
        if reading_status::is_reading_phrase(text) {
            return;
        }
        self.date = date_in(text);
        self.venue = venue_in(text);
        if let Some(names) = names_in(text.trim_end_matches(['.', ':', '"', '“', ' ']), false) {
            self.authors = names;
            return;
        }
        for span in before {
            match span {
                Span::Strong(inner) => {
                    let name = plain(inner);
                    let name = name.trim_matches(|c: char| !c.is_alphanumeric());
                    if is_title(name)
                        && name.split_whitespace().count() <= 3
                        && kind_from_label(name).is_none()
                    {
                        self.labels.push(name.to_owned());
                    }
                }
                Span::Text(text) => self.read_brackets(text),
                _ => {}
            }
        }
    }

    /// `[CNN][Paper]`: keywords.
    fn read_brackets(&mut self, text: &str) {
        for part in text.split('[').skip(1) {
            let Some((inside, _)) = part.split_once(']') else { continue };
            let inside = inside.trim();
            let is_keyword = !inside.is_empty()
                && inside.chars().count() <= 40
                && inside.chars().any(char::is_alphabetic)
                && !starts_with_venue(inside)
                && kind_from_label(inside).is_none()
                && date_in(inside).year.is_none();
            if is_keyword {
                self.labels.push(inside.to_owned());
            }
        }
    }

    #[allow(
        clippy::too_many_lines,
        reason = "one scan of what follows a title, whose arms share the facts read so far"
    )]
    fn read_after(&mut self, after: &[Span]) {
        // A note behind a colon may be long; what is told of the paper stands near its title.
        let mut text = String::new();
        let mut plain_text = String::new();
        for span in after {
            match span {
                Span::Link { text: label, url, .. } => {
                    let label = plain(label);
                    let credit =
                        if plain_text.chars().any(char::is_alphanumeric) { None } else { credit_in(&label) };
                    if let Some(names) = credit {
                        if self.authors.is_empty() {
                            self.authors = names;
                        }
                        text.push_str(&label);
                    } else if is_only_venue_or_date(&label)
                        || date_in(&label).year.is_some() && kind_from_label(&label).is_some()
                    {
                        text.push_str(&label);
                    } else if !is_address(&label, url) {
                        text.push(' ');
                    }
                }
                Span::Em(inner) => {
                    let words = without_marks(inner);
                    // In brackets stands an institution.
                    if self.authors.is_empty()
                        && !plain_text.ends_with(['(', '（'])
                        && let Some(names) = authors_in(&words)
                    {
                        self.authors = names;
                    }
                    text.push_str(&words);
                }
                Span::Code(code) => {
                    self.labels.push(code.clone());
                    text.push(' ');
                }
                Span::Break {} => {
                    text.push_str(". ");
                    plain_text.push_str(". ");
                }
                Span::Text(words) => {
                    text.push_str(words);
                    plain_text.push_str(words);
                }
                other => text.push_str(&plain(std::slice::from_ref(other))),
            }
            if text.len() > 1500 {
                break;
            }
        }
        let line = text.as_str();
        let date = date_in(line);
        let labeled = after.iter().any(|span| as_link(span).is_some());
        // What is far behind belongs to a note.
        let near = line.split(": ").next().unwrap_or_default();
        let near = if labeled || near.len() > 20 { line } else { near };
        if self.date.is_empty() {
            self.date = date;
        }
        if self.venue.is_none() {
            self.venue = venue_in(near);
        }
        if self.authors.is_empty()
            && let Some(names) = authors_in(&plain_text)
        {
            self.authors = names;
        }
        // `(CfM)` right behind the title.
        let behind = line.trim_start();
        if let Some((name, _)) = behind.strip_prefix('(').and_then(|rest| rest.split_once(')'))
            && name.len() <= 16
            && name.split_whitespace().count() == 1
            && name.chars().next().is_some_and(char::is_alphabetic)
            && !starts_with_venue(name)
            && kind_from_label(name).is_none()
        {
            self.labels.push(name.to_owned());
        }
    }

    /// Details below the line: a bullet or paragraph of names, `Authors: …`, `Date: …`, `Key: [a], [b]`.
    fn read_notes(&mut self, notes: &[Block]) {
        let first_list = notes.iter().find_map(|block| match block {
            Block::List { items, .. } => Some(items),
            _ => None,
        });
        let bullets = first_list.into_iter().flatten().filter_map(|item| match item.blocks.first() {
            Some(Block::Para(spans)) => Some(spans.as_slice()),
            _ => None,
        });
        let paragraphs = notes.iter().filter_map(|block| match block {
            Block::Para(spans) => Some(spans.as_slice()),
            _ => None,
        });
        for (number, spans) in paragraphs.take(1).chain(bullets.take(8)).enumerate() {
            let words = without_marks(spans);
            if words.len() > 1000 {
                continue;
            }
            if number < 2 && !words.contains([':', '：']) {
                self.read_credit(&words);
            }
            for part in words.split(['·', '\n']) {
                self.read_detail(part);
            }
        }
        for block in notes {
            if let Block::Field { label, text, .. } = block {
                for part in format!("{label}: {}", plain(text)).split(['·', '\n']) {
                    self.read_detail(part);
                }
            }
        }
    }

    /// `Name, Name, Venue, Year`.
    fn read_credit(&mut self, words: &str) {
        if self.authors.is_empty()
            && let Some(names) = authors_in(words)
        {
            self.authors = names;
            if self.date.is_empty() {
                self.date = date_in(words);
            }
            if self.venue.is_none() {
                self.venue = venue_in(words);
            }
        }
    }

    fn read_detail(&mut self, part: &str) {
        let Some((name, value)) = part.split_once([':', '：']) else { return };
        let name = name.trim_matches(|c: char| !c.is_alphanumeric()).to_lowercase();
        let value = value.trim();
        match name.as_str() {
            "author" | "authors" | "作者" | "著者" | "저자" | "авторы" | "autores" | "auteurs"
            | "autoren"
                if self.authors.is_empty() =>
            {
                self.authors = names_in(value, true).unwrap_or_default();
            }
            "date" | "year" | "published" | "日期" | "年份" | "発表年" | "날짜" | "jahr" | "año"
            | "année"
                if self.date.is_empty() =>
            {
                self.date = date_in(value);
            }
            "venue" | "conference" | "journal" | "publisher" | "会议" | "期刊" | "学会" | "학회"
            | "intro" => {
                if self.venue.is_none() {
                    self.venue = venue_in(value).or_else(|| {
                        (name != "intro" && !value.is_empty() && value.len() < 80).then(|| value.to_owned())
                    });
                }
                if self.date.is_empty() {
                    self.date = date_in(value);
                }
            }
            "key" | "keyword" | "keywords" | "tags" | "关键词" => {
                let values = value.split([',', ';', '，']).map(|word| word.trim().trim_matches(['[', ']']));
                self.labels.extend(values.filter(|word| !word.is_empty()).map(str::to_owned));
            }
            _ => {}
        }
    }
}

/// Returns the text of spans without the raised marks of footnotes behind names: `Ada Brook<sup>1</sup>`.
fn without_marks(spans: &[Span]) -> Cow<'_, str> {
    if !spans.iter().any(|span| matches!(span, Span::Sup(_))) {
        return plain(spans);
    }
    let rest = spans.iter().filter(|span| !matches!(span, Span::Sup(_)));
    rest.map(|span| plain(std::slice::from_ref(span))).collect::<String>().into()
}

/// Returns authors that are grouped by employer, without the employers: `Ada Brook and Omar Rizk, Coast University; Lena Fox, Acme`.
fn without_employers(text: &str) -> Option<String> {
    let groups: Vec<(&str, &str)> =
        text.split(';').map(|group| group.rsplit_once(',')).collect::<Option<_>>()?;
    let are_places = groups.len() > 1 && groups.iter().any(|(_, place)| is_institution(place));
    are_places.then(|| groups.into_iter().map(|(people, _)| people.trim()).collect::<Vec<_>>().join(", "))
}

/// Names at the beginning of a text, up to a full stop, a bracket or what is no name: `Okoro et al., ICML 2021`.
#[allow(clippy::too_many_lines, reason = "the rules for names, in their order")]
fn authors_in(text: &str) -> Option<Vec<String>> {
    // Behind a colon stands a note: one name there is a word like any other.
    let is_note = text.trim_start().starts_with([':', '：', '-', '–', '—']);
    let text = text.trim_start_matches(|c: char| !c.is_alphanumeric() && c != '@');
    // `(2012), M. Okoro`: the year in brackets before.
    let text = match text.find(')') {
        Some(at) if date_in(text.get(..at).unwrap_or_default()).year.is_some() && at < 30 => {
            text.get(at + 1..).unwrap_or_default()
        }
        _ => text,
    };
    let text = text.trim_start_matches(|c: char| !c.is_alphanumeric() && c != '@').trim_start_matches("by ");
    if let Some(at) = text.find("et al")
        && let Some(names) = names_in(text.get(..at + 5)?, true)
    {
        return Some(names);
    }
    let people = without_employers(text);
    let mut names = Vec::new();
    let mut rest = people.as_deref().unwrap_or(text);
    loop {
        let end = rest.find([',', '，', '、', ';', '&', '[', '(', '|', '\n', '"']).unwrap_or(rest.len());
        let (piece, behind) = split_at_boundary(rest, end);
        // A full stop behind a long word ends the names; behind an initial it does not.
        let stop = piece.match_indices(". ").map(|(at, _)| at).find(|&at| {
            piece
                .get(..at)
                .and_then(|before| before.rsplit(|c: char| !c.is_alphabetic()).next())
                .is_some_and(|word| word.chars().count() > 2)
        });
        let (piece, stopped) = match stop {
            Some(at) => (piece.get(..at).unwrap_or_default(), true),
            None => (
                piece
                    .trim_end()
                    .strip_suffix('.')
                    .filter(|head| head.chars().rev().take_while(|c| c.is_alphabetic()).count() > 2)
                    .unwrap_or(piece),
                false,
            ),
        };
        let trimmed = piece.trim();
        if trimmed.is_empty() && names.is_empty() {
            return None;
        }
        if !trimmed.is_empty() {
            if starts_with_venue(trimmed) || venue_in(trimmed).is_some() {
                break;
            }
            let Some(some) = names_in(trimmed, true).filter(|_| !is_institution(trimmed)) else { break };
            names.extend(some);
        }
        // `Ada Brook (Univ. North), Omar Rizk`
        let behind = match behind.strip_prefix('(').and_then(|inside| inside.split_once(')')) {
            Some((_, behind)) if behind.starts_with([',', ';']) => behind,
            _ => behind,
        };
        let Some(next) = behind.strip_prefix([',', '，', '、', ';', '&']).filter(|_| !stopped) else {
            break;
        };
        rest = next;
    }
    let is_name = names.len() > 1
        || !is_note
            && names.first().is_some_and(|name: &String| {
                name.split_whitespace().count() > 1 && name.split_whitespace().count() < 4
            });
    (is_name).then_some(names)
}
