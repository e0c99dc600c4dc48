//! A line about a paper: which of its words are the title, which links belong to it, and which other facts.
//!
//! The title is, in this order: the text of a link that is no label; text in quotation marks; bold text; italic text that is
//! no list of names; the text before the first label. What stands before and behind it stays as written.
//!
//! `lead` skips what precedes the title, `title` finds it, `links` and `facts` collect the rest, `details` and
//! `detail_lines` recognize lists and lines below a title that belong to it, and `entry` makes a paper of all that.

mod detail_lines;
mod details;
mod entry;
mod facts;
mod lead;
mod links;
mod title;

use self::details::has_label_of_paper;
use self::lead::{lead_length, skip_lead};
use self::links::{collect_labels, is_paper_label};
use self::title::{
    bracketed_facts, emphasized_title, holds_title, is_one_of_names, is_title, reference_line,
    short_name_before, text_title,
};
use super::leading_link::as_link;
use super::link_kind::{is_label, kind_from_host, kind_of};
use super::reference_text::{are_names, credit_in, sentence_end};
use super::term_name::split_at_colon;
use super::venue::{date_in, names_in, venue_in};
use crate::notebook::{Block, LinkKind, PaperLink, Span, TitleForm, Url, plain};
use crate::unicode::{first_chars, split_at_boundary};

pub(super) use self::detail_lines::{Details, details_of, is_list_with_label_of_paper, lines_of};
pub(super) use self::details::{
    MAX_DETAILS, are_labels_of_paper, is_address_of_paper, is_detail_list, is_navigation,
};
pub(super) use self::entry::{add_details, says_it_is_a_paper, source_of};
pub(super) use self::links::{has_link, has_named_paper_link, has_paper_link};

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
pub(super) fn split_reference(spans: &[Span]) -> Option<PaperLine> {
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
        let text = first_chars(&text, 200);
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
        let names = plain(&self.before);
        are_names(
            names.trim_end_matches(|c: char| c.is_whitespace() || QUOTES.iter().any(|(open, _)| *open == c)),
        ) && self.has_year_and_venue()
    }

    /// Returns true for a reference with all its parts but no link: `Okoro, M., and L. Fox. "Learning at Night." Journal of Maps,
    /// 2016`.
    pub(super) fn is_reference_without_link(&self) -> bool {
        let before = plain(&self.before);
        let names = before.get(lead_length(&before)..).unwrap_or_default();
        self.link.is_none() && self.form != TitleForm::Link && are_names(names) && self.has_year_and_venue()
    }

    /// Returns true if a year stands before or behind the title, and a venue behind it.
    fn has_year_and_venue(&self) -> bool {
        let after = plain(&self.after);
        let is_dated = || date_in(&plain(&self.before)).year.is_some();
        venue_in(&after).is_some() && (date_in(&after).year.is_some() || is_dated())
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
}
