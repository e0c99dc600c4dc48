//! Finds the title of a line: a quotation, bold text, or plain text before the first label.

use super::lead::{is_lead, lead_length};
use super::line::PaperLine;
use super::links::has_link;
use crate::markdown::inline_text::{QUOTES, join_to_one_line};
use crate::markdown::leading_link::as_link;
use crate::markdown::link_kind::{is_label, kind_from_label};
use crate::markdown::reference_text::{are_names, credit_in, ends_a_title, title_behind_credit};
use crate::markdown::venue::{date_in, is_year, names_in, starts_with_venue, venue_in};
use crate::notebook::{Span, TitleForm, plain};
use crate::unicode::split_at_boundary;

/// Longest title that is plain text, in words: anything longer is a sentence.
const MAX_TITLE_WORDS: usize = 40;

/// A title in bold or italics, without the number before it: `**07.Title**`.
pub(super) fn emphasized_title(spans: &[Span], at: usize) -> PaperLine {
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
    // `**"Folding Maps."**`
    if let [Span::Strong(inner) | Span::Em(inner)] = title.as_mut_slice()
        && let [Span::Text(text)] = inner.as_mut_slice()
        && let Some(inside) = unquoted(text)
    {
        *text = inside;
        return PaperLine { before, title, form: TitleForm::Quoted, link: None, after };
    }
    PaperLine { before, title, form: TitleForm::Text, link: None, after }
}

/// Returns the title in quotation marks that are around a whole text, without the mark at its end.
pub(super) fn unquoted(text: &str) -> Option<String> {
    let (open, close) = QUOTES.iter().find(|(open, _)| text.starts_with(*open))?;
    let inside = text.strip_prefix(*open)?.trim_end_matches(['.', ',']).strip_suffix(*close)?;
    let inside = inside.trim().trim_end_matches(['.', ',']);
    (is_title(inside) && !inside.contains([*open, *close])).then(|| inside.to_owned())
}

/// Words of a title that are often in lower case between capitals.
const SMALL_WORDS: [&str; 14] = [
    "with", "from", "into", "over", "under", "using", "via", "towards", "toward", "through", "without",
    "between", "about", "than",
];

/// Returns true if most long words of a text have capitals, as those of English titles do.
fn is_title_case(text: &str) -> bool {
    let words = text.split(|c: char| c.is_whitespace() || matches!(c, '-' | '/'));
    let bare = words.map(|word| word.trim_matches(|c: char| !c.is_alphanumeric()));
    let long: Vec<&str> =
        bare.filter(|word| word.chars().count() > 3 && !SMALL_WORDS.contains(word)).collect();
    let capitals = long.iter().filter(|word| word.chars().any(char::is_uppercase)).count();
    !long.is_empty() && capitals * 3 >= long.len() * 2
}

/// Returns true for the name of a method or system: one word with capitals or digits inside.
fn is_coined_name(text: &str) -> bool {
    !text.contains(char::is_whitespace)
        && text.chars().skip(1).any(|c| c.is_uppercase() || c.is_ascii_digit())
}

/// Most words of a title behind its bold beginning.
const MAX_WORDS_BEHIND_BOLD: usize = 20;

/// A title of which only the beginning is bold, before its links: `**AskNet**: Attention for Short Questions, [pdf](…)`,
/// `**Folding Maps** in the Dark [pdf](…)`.
pub(super) fn title_begun_in_bold(spans: &[Span], at: usize) -> Option<PaperLine> {
    let (Some(bold @ Span::Strong(inner)), Some(Span::Text(text))) = (spans.get(at), spans.get(at + 1))
    else {
        return None;
    };
    let (url, _, label) = spans.get(at + 2).and_then(as_link)?;
    let name = plain(inner);
    if !is_label(&label, &url)
        || name.ends_with(['.', ',', '?'])
        || unquoted(&name).is_some()
        || lead_length(&name) > 0
    {
        return None;
    }
    let cut = title_length(text);
    let rest = text.get(..cut)?;
    let behind = rest.trim_start().trim_start_matches([':', '：']).trim_start();
    let has_colon = name.ends_with([':', '：']) || rest.trim_start().starts_with([':', '：']);
    let words = behind.split_whitespace().count();
    let is_text = words > 0 && words <= MAX_WORDS_BEHIND_BOLD && !behind.contains(". ");
    let goes_on = if has_colon {
        let is_sentence = text.get(cut..).is_some_and(|mark| mark.trim_start().starts_with('.'));
        behind.starts_with(|c: char| c.is_uppercase() || c.is_ascii_digit())
            && name.split_whitespace().count() <= 4
            && (is_title_case(behind) && words > 1
                || is_coined_name(name.trim_end_matches(':')) && !is_sentence)
    } else {
        rest.starts_with(' ') && behind.starts_with(char::is_alphabetic) && is_title_case(behind)
    };
    let lower = behind.to_lowercase();
    let has_article = ["a ", "an ", "the "].iter().any(|article| lower.starts_with(article));
    let are_names = || !has_article && names_in(behind, false).is_some();
    let is_fact = || are_names() || starts_with_venue(behind) || date_in(behind).year.is_some();
    if !is_text || !goes_on || is_fact() || kind_from_label(behind).is_some() {
        return None;
    }
    let mut after = Vec::new();
    let mark = text.get(cut..)?.trim_start();
    if mark.chars().any(char::is_alphanumeric) {
        after.push(Span::Text(mark.to_owned()));
    } else if mark.ends_with(['[', '(', '|']) {
        after.push(Span::Text(mark.trim_start_matches([',', '.', ':', ' ']).to_owned()));
    }
    after.extend_from_slice(spans.get(at + 2..)?);
    Some(PaperLine {
        before: spans.get(..at)?.to_vec(),
        title: vec![bold.clone(), Span::Text(rest.to_owned())],
        form: TitleForm::Text,
        link: None,
        after,
    })
}

/// `**AskNet**: "Attention for Short Questions"`, `**AskNet**: [Attention for Short Questions](…)`.
pub(super) fn short_name_before(spans: &[Span], at: usize) -> Option<PaperLine> {
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
            if let [Span::Strong(inner) | Span::Em(inner)] = title.as_mut_slice()
                && let [Span::Text(text)] = inner.as_mut_slice()
            {
                let cut = text.trim_end_matches(['.', ',']).len();
                text.truncate(if text.ends_with("..") { text.len() } else { cut.max(1) });
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

/// The bold title in span `index` with quotation marks around it, behind names that may have such marks too: `Ada "Max" Brook.
/// "**Folding Maps**"`.
fn quoted_bold_title(spans: &[Span], index: usize) -> Option<PaperLine> {
    let at = index.checked_sub(1)?;
    let Span::Text(before) = spans.get(at)? else { return None };
    let (open_at, open) = before.char_indices().next_back()?;
    let (_, close) = QUOTES.iter().find(|(known, _)| *known == open)?;
    let is_closed = matches!(spans.get(index + 1), Some(Span::Text(behind)) if behind.starts_with(*close));
    let is_behind_mark = before.get(..open_at)?.trim_end().ends_with(['.', ',', ':']);
    if is_closed && is_behind_mark { quoted_title(spans, at, open_at) } else { None }
}

/// A title behind names, or plain text before the first label.
#[allow(
    clippy::too_many_lines,
    reason = "one scan of a line up to its first link, in the order of the rules"
)]
pub(super) fn text_title(spans: &[Span], at: usize, offset: usize) -> Option<PaperLine> {
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
                {
                    let before = format!("{lead}{}", tail.get(..place).unwrap_or_default());
                    let is_one_name = (2..=4).contains(&before.split_whitespace().count());
                    let is_bold = matches!(line.title.as_slice(), [Span::Strong(_)]);
                    let is_behind_mark = is_bold && before.trim_end().ends_with(['.', ',', ':']);
                    if names_in(&before, is_one_name).is_some() || is_lead(&before) || is_behind_mark {
                        return Some(line);
                    }
                }
                lead.push_str(tail);
            }
            // `Folding Maps | **[ICCV 2021]** | [pdf](…)`
            Span::Strong(inner)
                if as_link(span).is_none()
                    && lead.split_whitespace().count() > 1
                    && is_event_in_marks(&plain(inner)) =>
            {
                break;
            }
            Span::Strong(inner) if as_link(span).is_none() && !lead.trim().is_empty() => {
                let words = plain(inner);
                let behind = spans.get(index + 1..).unwrap_or_default();
                if let Some(line) = quoted_bold_title(spans, index) {
                    return Some(line);
                }
                // Names that are none by their letters, before the title in quotation marks.
                if unquoted(&words).is_some() && lead.trim_end().ends_with(['.', ',', ':']) {
                    return Some(emphasized_title(spans, index));
                }
                let is_author = is_one_of_names(&lead, &words, behind);
                if !is_author && (names_in(&lead, false).is_some() || is_lead(&lead)) && is_title(&words) {
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
            // `Ada Brook, Omar Rizk. *Learning at Night*. [paper](…)`
            Span::Em(inner)
                if as_link(span).is_none()
                    && names_in(&lead, false).is_some()
                    && can_be_title(&plain(inner)) =>
            {
                return Some(emphasized_title(spans, index));
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
                let is_behind_names = are_names(&lead) || is_credit(&lead);
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
    // Names and a year before it: `Reyes, C., & Fox, L. (1994). Planning by Guesswork. Journal`
    let is_only_text = title.len() == 1;
    let reference = match title.first() {
        Some(Span::Text(text)) => title_behind_credit(text)
            .map(|(_, title)| title)
            .filter(|title| is_only_text || title.end < text.trim_end().len()),
        _ => None,
    };
    if let Some(range) = reference
        && let Some(Span::Text(text)) = title.first_mut()
    {
        let behind = text.split_off(range.end);
        let words = text.split_off(range.start);
        before.push(Span::Text(std::mem::replace(text, words)));
        let others = title.split_off(1);
        let mut rest = vec![Span::Text(behind)];
        rest.extend(others);
        if after.is_empty() {
            after.push(Span::Text(punctuation));
        }
        rest.append(&mut after);
        after = rest;
        after.retain(|span| !matches!(span, Span::Text(text) if text.is_empty()));
    }
    // `C. Reyes, Planning by Guesswork, Coast University, 1994.`
    else if title.len() == 1
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

/// Returns the line of a reference without a link: `Okoro, M. (2016). Learning at Night. Journal of Maps, 3(2).`
pub(super) fn reference_line(spans: &[Span]) -> Option<PaperLine> {
    let Some(Span::Text(first)) = spans.first() else { return None };
    let lead = lead_length(first);
    let (names, title) = title_behind_credit(first.get(lead..)?)?;
    let are_several = first.get(lead..lead + names).is_some_and(are_names);
    let (start, end) = (lead + title.start, lead + title.end);
    let mut after = vec![Span::Text(first.get(end..)?.to_owned())];
    after.extend_from_slice(spans.get(1..)?);
    let title = first.get(start..end)?.to_owned();
    (are_several && is_title(&title)).then(|| PaperLine {
        before: vec![Span::Text(first.get(..start).unwrap_or_default().to_owned())],
        title: vec![Span::Text(title)],
        form: TitleForm::Text,
        link: None,
        after,
    })
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
        // `, arXiv preprint arXiv:2101.99001`
        if let Some((head, tail)) = trimmed.rsplit_once(", ")
            && next == trimmed.len()
            && !head.is_empty()
            && is_preprint(tail)
        {
            next = head.len();
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

/// Returns true for the words before the number of a preprint, and the number: `arXiv preprint arXiv:2101.99001`.
fn is_preprint(text: &str) -> bool {
    let lower = text.trim().to_lowercase();
    let rest = lower.strip_prefix("arxiv").or_else(|| lower.strip_prefix("biorxiv"));
    let Some(rest) = rest else { return false };
    let rest = rest.trim_start().trim_start_matches("preprint").trim_start();
    let rest = rest.trim_start_matches("arxiv").trim_start_matches(':').trim_start();
    lower.len() <= 48 && rest.chars().all(|c| c.is_ascii_digit() || matches!(c, '.' | '/' | '-' | 'v'))
}

/// Returns true for a venue with a year in brackets: `[ECCV' 20]`.
fn is_event_in_marks(words: &str) -> bool {
    let bare = words.trim().trim_matches(['[', ']', '(', ')']);
    bare.len() < words.trim().len() && starts_with_venue(bare) && bare.len() <= 24
}

/// Byte at which brackets with a date or venue begin that text ends with: `(2019)`, `[ICLR 2020]`.
pub(super) fn bracketed_facts(text: &str) -> Option<usize> {
    let open = text.ends_with([')', ']']).then(|| text.rfind(['(', '['])).flatten()?;
    let inside = text.get(open + 1..text.len() - 1)?;
    let is_short = inside.split_whitespace().count() <= 4;
    (open > 0 && is_short && (date_in(inside).year.is_some() || starts_with_venue(inside))).then_some(open)
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

/// Returns true for names and a year before a linked title: `Okoro & Fox 2023:`.
fn is_credit(text: &str) -> bool {
    credit_in(text.trim_end_matches([':', '：', '.', ',', ' ', '-', '–', '—'])).is_some()
}

/// Returns true if emphasized text behind names can be the title, and is no journal, date or further name.
fn can_be_title(text: &str) -> bool {
    is_title(text)
        && text.split_whitespace().count() > 1
        && names_in(text, false).is_none()
        && venue_in(text).is_none()
        && !starts_with_venue(text)
        && date_in(text).year.is_none()
}

/// Returns true if spans contain a title: a link that is no label, a quotation, emphasized words.
pub(super) fn holds_title(spans: &[Span]) -> bool {
    spans.iter().any(|span| match span {
        Span::Text(text) => QUOTES.iter().any(|(open, close)| {
            let inside = text.split_once(*open).and_then(|(_, rest)| rest.split_once(*close));
            inside.is_some_and(|(inside, _)| inside.split_whitespace().count() > 1)
        }),
        Span::Strong(inner) | Span::Em(inner) if as_link(span).is_none() => can_be_title(&plain(inner)),
        other => as_link(other).is_some_and(|(url, _, text)| {
            !is_label(&text, &url) && plain(&text).split_whitespace().count() > 1
        }),
    })
}

/// Returns true if bold words are an author in a list of names: people set their own name in bold, `A. Brook, **O. Rizk**.
/// [Learning at Night](…)`.
pub(super) fn is_one_of_names(before: &str, words: &str, behind: &[Span]) -> bool {
    let before = before.trim_end();
    let is_in_list = before.is_empty() || before.ends_with([',', '&', ';']) || before.ends_with(" and");
    let is_person =
        names_in(words, true).is_some_and(|names| names.len() <= 2) && words.split_whitespace().count() <= 4;
    is_in_list && is_person && holds_title(behind)
}

/// Returns true if text can be a title: it has letters, and no address, which would be a link by itself.
pub(super) fn is_title(text: &str) -> bool {
    text.chars().filter(|c| c.is_alphabetic()).count() >= 2 && !text.contains("://")
}
