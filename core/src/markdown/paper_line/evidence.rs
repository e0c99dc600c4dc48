//! Tells whether a line is about a paper.

use super::details::{has_label_of_paper, is_detail_list};
use super::lead::lead_length;
use super::line::{Evidence, PaperLine};
use super::links::is_paper_label;
use crate::markdown::inline_text::QUOTES;
use crate::markdown::leading_link::as_link;
use crate::markdown::link_kind::kind_from_host;
use crate::markdown::reference_text::are_names;
use crate::markdown::venue::{date_in, venue_in};
use crate::notebook::{Block, LinkKind, PaperLink, Span, TitleForm, plain};
use crate::unicode::first_chars;

/// Words that a noun follows, so that a link behind them is a word of the sentence and no label.
const WORDS_BEFORE_NOUNS: [&str; 40] = [
    "the", "a", "an", "of", "in", "on", "for", "with", "to", "from", "see", "our", "this", "their", "his",
    "use", "uses", "using", "by", "at", "and", "or", "is", "are", "der", "die", "das", "le", "la", "les",
    "el", "los", "di", "de", "в", "на", "在", "使用", "用", "见",
];

impl PaperLine {
    /// Returns the confidence that this is a paper, if `notes` follow it.
    pub(in crate::markdown) fn evidence_with(&self, notes: &[Block]) -> Evidence {
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
    pub(in crate::markdown) fn is_paragraph_of_paper(&self) -> bool {
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
    pub(in crate::markdown) fn evidence(&self) -> Evidence {
        if let Some((url, _)) = &self.link
            && matches!(kind_from_host(url), Some(LinkKind::Paper | LinkKind::Pdf))
        {
            return Evidence::Link;
        }
        if self.is_sentence() {
            return Evidence::None;
        }
        let own = self.links();
        let is_paper = |link: &PaperLink| {
            link.kind == LinkKind::Paper && kind_from_host(&link.url) == Some(LinkKind::Paper)
                || matches!(link.kind, LinkKind::Paper | LinkKind::Pdf) && is_paper_label(&link.text)
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

    /// Returns true if the first label is a word of a sentence: `uses the [code](…) of others`, `在 [论文](…) 中`.
    fn is_sentence(&self) -> bool {
        let [Span::Text(title)] = self.title.as_slice() else { return false };
        let mut after = self.after.iter();
        if self.link.is_some() || self.form != TitleForm::Text || after.next().and_then(as_link).is_none() {
            return false;
        }
        let Some(Span::Text(behind)) = after.next() else { return false };
        let last = title.rsplit(char::is_whitespace).next().unwrap_or_default().to_lowercase();
        let asks_for_noun = WORDS_BEFORE_NOUNS.contains(&last.as_str())
            || WORDS_BEFORE_NOUNS.iter().any(|word| !word.is_ascii() && title.ends_with(word));
        let goes_on = behind
            .trim_start()
            .starts_with(|c: char| c.is_lowercase() || (c.is_alphabetic() && !c.is_uppercase()));
        asks_for_noun && goes_on
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
    pub(in crate::markdown) fn is_reference_without_link(&self) -> bool {
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
}
