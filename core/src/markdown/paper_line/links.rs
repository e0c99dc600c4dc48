//! Collects the links of a paper, and chooses its main one.

use super::detail_lines::{collect_line, detail_lines_of};
use crate::markdown::leading_link::as_link;
use crate::markdown::link_kind::{is_address, is_label, kind_from_host, kind_from_label, kind_of};
use crate::markdown::reference_text::credit_in;
use crate::markdown::venue::starts_with_venue;
use crate::notebook::{Block, LinkKind, PaperLink, Span, Url, plain};

/// Returns true if a link to a paper is among these spans.
pub(in crate::markdown) fn has_paper_link(spans: &[Span]) -> bool {
    spans.iter().any(|span| match span {
        Span::Link { url, text, .. } => {
            matches!(kind_of(&plain(text), url), LinkKind::Paper | LinkKind::Pdf)
                || kind_from_host(url) == Some(LinkKind::Paper)
        }
        other => has_paper_link(other.children()),
    })
}

/// Returns true if a link to the page of a paper, or one that is called a paper, is among these spans: more than some PDF.
pub(in crate::markdown) fn has_named_paper_link(spans: &[Span]) -> bool {
    spans.iter().any(|span| match span {
        Span::Link { url, text, .. } => {
            kind_from_host(url) == Some(LinkKind::Paper)
                || kind_from_label(&plain(text)) == Some(LinkKind::Paper)
        }
        other => has_named_paper_link(other.children()),
    })
}

/// Returns true if any link is among these spans.
pub(in crate::markdown) fn has_link(spans: &[Span]) -> bool {
    spans.iter().any(|span| matches!(span, Span::Link { .. }) || has_link(span.children()))
}

/// Returns true for the label of a paper: a word such as `pdf`, or its authors and year.
pub(super) fn is_paper_label(label: &str) -> bool {
    kind_from_label(label).is_some() || credit_in(label).is_some()
}

/// The address that stands for the paper: of a paper's host, else labeled so, else the title's own, else the first.
pub(super) fn best_link(links: &[PaperLink], own: Option<&Url>) -> Option<Url> {
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

pub(super) fn collect_labels(spans: &[Span], links: &mut Vec<PaperLink>) {
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

pub(super) fn is_only_venue_or_date(words: &str) -> bool {
    let bare = words.trim_matches(|c: char| !c.is_alphanumeric());
    starts_with_venue(bare) && bare.len() <= 24
}

/// Links in the details below a paper: items and paragraphs that are an address or `Word: link`.
pub(super) fn collect_note_links(notes: &[Block], links: &mut Vec<PaperLink>) {
    for (number, block) in notes.iter().enumerate() {
        match block {
            // A quote right below the title has its details.
            Block::Quote { blocks, .. } if number == 0 => collect_note_links(blocks, links),
            Block::List { items, .. } => {
                for item in items {
                    if let Some(Block::Para(spans)) = item.blocks.first() {
                        collect_paragraph(spans, links);
                    }
                }
            }
            Block::Para(spans) => collect_paragraph(spans, links),
            Block::Field { label, text, .. } => collect_field(label, text, links),
            _ => {}
        }
    }
}

/// Links of a paragraph: of each of its lines, if it begins with lines of details.
fn collect_paragraph(spans: &[Span], links: &mut Vec<PaperLink>) {
    let details = detail_lines_of(spans);
    if details.is_empty() {
        return collect_details(spans, links);
    }
    for detail in &details {
        collect_line(detail, links);
    }
}

/// Links of one detail, if it is nothing but links and short words.
pub(super) fn collect_details(spans: &[Span], links: &mut Vec<PaperLink>) {
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
    collect_paragraph(&spans, links);
}

fn link_length(span: &Span) -> usize {
    match span {
        Span::Link { text, .. } => plain(text).len(),
        other => other.children().iter().map(link_length).sum(),
    }
}
