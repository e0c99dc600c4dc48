//! Collects the links of a paper, and chooses its main one.

use super::line::PaperLine;
use crate::markdown::leading_link::as_link;
use crate::markdown::link_kind::{is_address, is_label, kind_from_host, kind_from_label, kind_of};
use crate::markdown::reference_text::credit_in;
use crate::markdown::venue::starts_with_venue;
use crate::notebook::{LinkKind, PaperLink, PaperSource, Span, Url, plain};

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
                    links.push(PaperLink { kind, text: label, url: url.clone() });
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
                links.push(PaperLink { kind, text: shown.to_owned(), url });
            }
            label.clear();
            true
        };
        if !one(span) {
            label.push_str(&plain(std::slice::from_ref(span)));
        }
    }
}

fn link_length(span: &Span) -> usize {
    match span {
        Span::Link { text, .. } => plain(text).len(),
        other => other.children().iter().map(link_length).sum(),
    }
}

/// Returns true for an address outside of the notes, or of a PDF: `[Papers](#papers)` and `[Papers](papers.md)` lead to lists.
pub(super) fn leads_out(url: &Url) -> bool {
    url.as_str().contains("://") || kind_from_host(url) == Some(LinkKind::Pdf)
}

/// Returns true if links lead to a paper, false if none does, and `None` if they lead to several papers of one site.
pub(super) fn of_one_paper(links: &[PaperLink]) -> Option<bool> {
    let is_paper = |link: &&PaperLink| {
        let is_named =
            kind_from_label(&link.text).is_some() || kind_from_host(&link.url) == Some(LinkKind::Paper);
        leads_out(&link.url) && (link.kind == LinkKind::Pdf || link.kind == LinkKind::Paper && is_named)
    };
    // `Follow-up: https://…` is another paper, but does not claim to be this one.
    let is_own = |link: &&PaperLink| {
        link.text.is_empty()
            || matches!(kind_from_label(&link.text), Some(LinkKind::Paper | LinkKind::Pdf | LinkKind::Other))
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

impl PaperLine {
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
            links.push(PaperLink { kind: kind_of("", url), text: String::new(), url: url.clone() });
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
        let text = plain(&text).into_owned();
        credit_in(&text)?;
        let kind = kind_from_host(&url).unwrap_or(LinkKind::Paper);
        Some(PaperLink { kind, text, url })
    }
}
