//! Lines below a title with the authors, venue, date and address of the paper: `**Authors:** …`,
//! `ICML 2021 | [Paper](…)`, `Ada Brook, Omar Rizk. CVPR 2020.`

use super::details::{has_label_of_paper, is_address_of_paper, is_detail_list, is_paper_by_itself};
use super::links::{collect_details, is_only_venue_or_date};
use super::{MAX_DETAILS, has_paper_link};
use crate::markdown::detail_label::{DetailLabel, detail_label, is_detail_label};
use crate::markdown::leading_link::as_link;
use crate::markdown::link_kind::{is_label, kind_from_host, kind_from_label};
use crate::markdown::venue::{date_in, is_event, is_institution, month_of, names_in, starts_with_venue};
use crate::notebook::{Block, LinkKind, ListItem, PaperLink, PaperSource, Span, Url, plain};

/// Longest label of a line, in characters and words.
const MAX_LABEL: (usize, usize) = (40, 4);
/// Most words of a venue, an institution or a date.
const MAX_FACT_WORDS: usize = 8;
/// Longest remark beside an address, in characters: `(v2)`, `accepted`.
const MAX_REMARK: usize = 10;
/// Longest line of facts, in bytes.
const MAX_LINE_BYTES: usize = 400;

/// Content of a block below a title.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(in crate::markdown) enum Details {
    /// Something else.
    None,
    /// Authors, a venue, a date and the like, but no link to the paper.
    Facts,
    /// Details with a link to the paper.
    Paper,
}

/// One line of a block.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Line {
    /// A known label with its value, label links, or nothing but facts.
    Known,
    /// A label that is not listed, with its value.
    Labeled,
    Other,
}

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

/// Classifies a block below a title by the details of the paper in it.
pub(in crate::markdown) fn details_of(block: &Block) -> Details {
    match block {
        Block::Para(spans) => details_of_lines(&lines_of(spans)),
        Block::Quote { blocks, .. } => {
            let lines = blocks.iter().map(|block| match block {
                Block::Para(spans) => Some(lines_of(spans)),
                _ => None,
            });
            let lines: Option<Vec<_>> = lines.collect();
            lines.map_or(Details::None, |lines| details_of_lines(&lines.concat()))
        }
        Block::List { items, .. } => details_of_list(&items.iter().collect::<Vec<_>>()),
        _ => Details::None,
    }
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

/// Returns the lines of details that a paragraph begins with; none if it is no paragraph of details.
pub(super) fn detail_lines_of(spans: &[Span]) -> Vec<Vec<Span>> {
    let mut lines = lines_of(spans);
    lines.truncate(leading_details(&lines).unwrap_or(0));
    lines
}

/// Returns the number of details that lines begin with. What follows them in the same paragraph is a note, but must be no
/// other paper.
fn leading_details(lines: &[Vec<Span>]) -> Option<usize> {
    if lines.is_empty() || lines.len() > MAX_DETAILS {
        return None;
    }
    let kinds: Vec<Line> = lines.iter().map(|line| kind_of_line(line)).collect();
    let count = kinds.iter().position(|kind| *kind == Line::Other).unwrap_or(lines.len());
    let known = kinds.iter().take(count).filter(|kind| **kind == Line::Known).count();
    let mut notes = lines.iter().skip(count);
    // `FoldNet: Folding Maps` above names and links is a title, although it begins like a label.
    (kinds.first() == Some(&Line::Known) && known * 2 >= count && !notes.any(|line| has_paper_link(line)))
        .then_some(count)
}

fn details_of_lines(lines: &[Vec<Span>]) -> Details {
    let Some(count) = leading_details(lines) else { return Details::None };
    let mut found = Vec::new();
    for line in lines.iter().take(count) {
        collect_line(line, &mut found);
    }
    // Prose in the same paragraph is fine only where a link says that the title above is a paper.
    match of_one_paper(&found) {
        Some(true) => Details::Paper,
        Some(false) if count == lines.len() => Details::Facts,
        _ => Details::None,
    }
}

/// Returns true for an address outside of the notes, or of a PDF: `[Papers](#papers)` and `[Papers](papers.md)` lead to lists.
pub(super) fn leads_out(url: &Url) -> bool {
    url.as_str().contains("://") || kind_from_host(url) == Some(LinkKind::Pdf)
}

/// Returns true if links lead to a paper, false if none does, and `None` if they lead to several papers of one site.
fn of_one_paper(links: &[PaperLink]) -> Option<bool> {
    let is_paper = |link: &&PaperLink| {
        let is_named =
            kind_from_label(&link.label).is_some() || kind_from_host(&link.url) == Some(LinkKind::Paper);
        leads_out(&link.url) && (link.kind == LinkKind::Pdf || link.kind == LinkKind::Paper && is_named)
    };
    // `Follow-up: https://…` is another paper, but does not claim to be this one.
    let is_own = |link: &&PaperLink| {
        link.label.is_empty()
            || matches!(kind_from_label(&link.label), Some(LinkKind::Paper | LinkKind::Pdf | LinkKind::Other))
    };
    let own = links.iter().filter(is_paper).filter(is_own);
    let mut ids: Vec<_> = own
        .map(|link| PaperSource::from_url(&link.url))
        .filter_map(|source| source.id.map(|id| (source.host, id)))
        .collect();
    ids.sort();
    ids.dedup();
    let has_several = ids.windows(2).any(|pair| matches!(pair, [(one, _), (other, _)] if one == other));
    (!has_several).then_some(links.iter().any(|link| is_paper(&link)))
}

/// Returns true if the labels of a paragraph lead to several papers of one site.
pub(super) fn names_several_papers(spans: &[Span]) -> bool {
    let mut links = Vec::new();
    for line in lines_of(spans) {
        collect_line(&line, &mut links);
    }
    of_one_paper(&links).is_none()
}

/// Collects the links of a line of details; bars part its fields: `Year: 2019 | Paper: https://…`.
pub(super) fn collect_line(line: &[Span], links: &mut Vec<PaperLink>) {
    let mut part = Vec::new();
    for span in line {
        let Span::Text(text) = span else {
            part.push(span.clone());
            continue;
        };
        for (number, words) in text.split(['|', '｜']).enumerate() {
            if number > 0 {
                collect_details(&std::mem::take(&mut part), links);
            }
            part.push(Span::Text(words.to_owned()));
        }
    }
    collect_details(&part, links);
}

fn kind_of_line(line: &[Span]) -> Line {
    if let Some((label, _)) = label_of(line) {
        // `Paper: [Title](…)`, `Paper: Title [pdf](…)` and `Related: [Title](…)` have titles of their own.
        return if has_titled_paper(line) || has_text_title(&label, line) {
            Line::Other
        } else if is_detail_label(&label) {
            Line::Known
        } else {
            Line::Labeled
        };
    }
    // Authors and venues are rarely bold, titles often.
    let is_bold = matches!(line, [Span::Strong(inner)] if !is_event(&plain(inner)));
    if !is_bold && (is_address_of_paper(line) || is_fact_line(line)) { Line::Known } else { Line::Other }
}

/// Returns true if the text of a link to a paper is a title, and no label.
fn has_titled_paper(line: &[Span]) -> bool {
    line.iter().filter_map(as_link).any(|(url, _, text)| {
        let is_paper = matches!(kind_from_host(&url), Some(LinkKind::Paper | LinkKind::Pdf));
        is_paper && !is_label(&text, &url)
    })
}

/// Returns true if the label of a paper announces words that can be its title, and no facts.
fn has_text_title(label: &str, line: &[Span]) -> bool {
    let is_paper = matches!(kind_from_label(label), Some(LinkKind::Paper | LinkKind::Pdf));
    if !is_paper || detail_label(label).is_some() {
        return false;
    }
    let words = words_beside_labels(line).unwrap_or_default();
    let (_, value) = words.split_once([':', '：']).unwrap_or_default();
    !parts_of(value).iter().all(|part| is_fact(part) || is_credit(part) || part.chars().count() <= MAX_REMARK)
}

/// Returns true for a line with a label of authors, a date or a venue: its words are no title.
pub(super) fn is_labeled_fact(line: &[Span]) -> bool {
    let label = label_of(line).and_then(|(label, _)| detail_label(&label));
    label.is_some_and(|label| label != DetailLabel::Title) && !has_titled_paper(line)
}

/// Returns true if a line consists of names, venues, dates, institutions and labels with links.
pub(super) fn is_fact_line(line: &[Span]) -> bool {
    let Some(text) = words_beside_labels(line) else { return false };
    if text.len() > MAX_LINE_BYTES {
        return false;
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

/// Returns what stands between bars, dots and brackets.
fn parts_of(text: &str) -> Vec<&str> {
    let parts = text.split(['|', '｜', '·', '•', '\n', '[', ']', '(', ')', '（', '）', '【', '】', '/']);
    parts.map(trimmed).filter(|part| !part.is_empty()).collect()
}

fn trimmed(part: &str) -> &str {
    part.trim_matches(|c: char| !c.is_alphanumeric())
}

/// Returns true for a label word, a venue, a date, or an institution.
fn is_fact(part: &str) -> bool {
    if kind_from_label(part).is_some() || is_event(part) || is_date(part) {
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

/// Returns true if a list has a label link of one paper, and below a heading would be its details.
pub(in crate::markdown) fn is_list_with_label_of_paper<'a>(
    items: impl IntoIterator<Item = &'a ListItem>,
) -> bool {
    details_of_list(&items.into_iter().take(MAX_DETAILS + 1).collect::<Vec<_>>()) == Details::Paper
}

/// Returns what a list below a title tells: details, or one label link of the paper below facts.
fn details_of_list(items: &[&ListItem]) -> Details {
    if items.len() > MAX_DETAILS {
        return Details::None;
    }
    let lines: Option<Vec<&Vec<Span>>> = items
        .iter()
        .map(|item| match item.blocks.as_slice() {
            [Block::Para(spans), ..] => Some(spans),
            _ => None,
        })
        .collect();
    let Some(lines) = lines else { return Details::None };
    if lines.iter().any(|line| is_paper_by_itself(line)) {
        return Details::None;
    }
    let mut found = Vec::new();
    for line in &lines {
        collect_details(line, &mut found);
    }
    let Some(has_paper) = of_one_paper(&found) else { return Details::None };
    let is_known = |line: &&&Vec<Span>| kind_of_line(line) == Line::Known;
    let known = lines.iter().take_while(is_known).count();
    if known == lines.len() && !has_paper {
        return Details::Facts;
    }
    // A label is never a title: what it belongs to stands above.
    let leads = lines.iter().take(known).any(|line| {
        let mut found = Vec::new();
        collect_details(line, &mut found);
        of_one_paper(&found) == Some(true)
    });
    let is_paper = has_paper
        && (is_detail_list(items.iter().copied()) || leads && has_label_of_paper(items.iter().copied()));
    if is_paper { Details::Paper } else { Details::None }
}
