//! Recognizes lists and paragraphs with the details of the paper above them.

use super::fact_lines::{is_labeled_fact, lines_of};
use super::line::Evidence;
use super::links::{
    collect_details, collect_line, has_named_paper_link, has_paper_link, leads_out, of_one_paper,
};
use super::split::split_line;
use crate::markdown::leading_link::as_link;
use crate::markdown::link_kind::{is_label, kind_from_host, kind_from_label};
use crate::notebook::{Block, LinkKind, ListItem, PaperLink, PaperSource, Span, Url, plain};

/// Most bullets that can be the details of one paper.
pub(in crate::markdown) const MAX_DETAILS: usize = 30;

/// Returns true if the list below a heading or title gives its details: items `Word: link`, a label word or an address, of
/// one paper. Items that are papers themselves are no details.
pub(in crate::markdown) fn is_detail_list<'a>(items: impl IntoIterator<Item = &'a ListItem>) -> bool {
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
        let is_named =
            kind_from_label(&link.text).is_some() || kind_from_host(&link.url) == Some(LinkKind::Paper);
        // `[Papers](#papers)` is a line of contents.
        !link.url.as_str().starts_with('#')
            && (link.kind == LinkKind::Pdf || link.kind == LinkKind::Paper && is_named)
    };
    links.iter().any(is_paper) && details >= others * 3
}

/// Returns true if exactly one item below a title consists of labels of a paper, and no item is a paper itself: `- [arXiv](…)`
/// between bullets of authors and notes.
pub(super) fn has_label_of_paper<'a>(items: impl IntoIterator<Item = &'a ListItem>) -> bool {
    let mut keys = Vec::new();
    for (number, item) in items.into_iter().enumerate() {
        if number >= MAX_DETAILS {
            return false;
        }
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
pub(super) fn is_paper_by_itself(spans: &[Span]) -> bool {
    has_paper_link(spans)
        && !is_labeled_fact(spans)
        && split_line(spans).is_some_and(|line| {
            let is_title = line.link.as_ref().is_none_or(|(url, _)| !is_label(&line.title, url));
            is_title && line.evidence() == Evidence::Link
        })
}

/// Returns true if a paragraph is nothing but addresses, the first of a paper.
pub(in crate::markdown) fn is_address_of_paper(spans: &[Span]) -> bool {
    let is_link = |span: &Span| as_link(span).is_some();
    spans.iter().all(|span| is_link(span) || plain(std::slice::from_ref(span)).trim().is_empty())
        && spans.iter().find_map(as_link).is_some_and(|(url, _, text)| {
            kind_from_host(&url) == Some(LinkKind::Paper) && is_label(&text, &url)
        })
}

/// Returns true for labels that lead to other parts of the notes: `[Papers](#papers) | [Code](code.md)`.
pub(in crate::markdown) fn is_navigation(spans: &[Span]) -> bool {
    spans.iter().all(is_label_or_mark) && !spans.iter().filter_map(as_link).any(|(url, _, _)| leads_out(&url))
}

/// Returns true if a paragraph consists of labels, one of which leads to a paper.
pub(in crate::markdown) fn are_labels_of_paper(spans: &[Span]) -> bool {
    let is_label_word = |span: &Span| {
        as_link(span).is_none() && kind_from_label(&plain(std::slice::from_ref(span))).is_some()
    };
    spans.iter().all(|span| is_label_or_mark(span) || is_label_word(span))
        && has_named_paper_link(spans)
        && spans.iter().filter_map(as_link).any(|(url, _, _)| leads_out(&url))
        && !names_several_papers(spans)
}

/// Returns true if the labels of a paragraph lead to several papers of one site.
fn names_several_papers(spans: &[Span]) -> bool {
    let mut links = Vec::new();
    for line in lines_of(spans) {
        collect_line(&line, &mut links);
    }
    of_one_paper(&links).is_none()
}
