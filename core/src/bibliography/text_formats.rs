//! References as plain text, as CSV and as items of a Markdown list.

use super::bibtex::split_plain_math;
use super::identifiers::identifier_url;
use crate::csv;
use crate::notebook::{Citation, Formula, PersonName, Span, Url, plain};

/// Number of authors in plain text and Markdown before "et al." Chosen: these two formats follow no citation style, and six
/// names fit a line or two.
const MAX_AUTHORS: usize = 6;

/// Header row of the table that [`write_csv_row`] continues.
pub const CSV_HEADER: &str =
    "key,title,authors,year,venue,volume,issue,pages,publisher,doi,arxiv,url,note,missing\r\n";

/// Characters that Markdown may interpret.
const MARKDOWN_SPECIAL: &str = "\\`*_[]<>$~|&";

/// Writes a reference as plain text:
/// `Ashish Vaswani, Noam Shazeer. Attention is all you need. NeurIPS, vol. 30, 2017. https://...`
pub fn write_plain_text(citation: &Citation) -> String {
    let mut publication: Vec<String> = citation.venue.iter().chain(&citation.publisher).cloned().collect();
    if let Some(volume) = &citation.volume {
        let issue = citation.issue.as_ref().map_or(String::new(), |issue| format!("({issue})"));
        publication.push(format!("vol. {volume}{issue}"));
    }
    publication.extend(citation.pages.as_ref().map(|pages| format!("pp. {pages}")));
    publication.extend(citation.year.map(|year| year.to_string()));
    let publication = (!publication.is_empty()).then(|| publication.join(", "));
    let mut out = String::new();
    for sentence in
        [author_list(&citation.authors), citation.title.clone(), publication].into_iter().flatten()
    {
        out.push_str(&sentence);
        out.push_str(if sentence.ends_with(['.', '?', '!']) { " " } else { ". " });
    }
    if let Some(url) = permanent_url(citation) {
        out.push_str(url.as_str());
    }
    out.trim_end().to_owned()
}

/// Returns the most durable URL of a paper: that of its DOI, its arXiv id, or the given one.
fn permanent_url(citation: &Citation) -> Option<Url> {
    identifier_url(citation).or_else(|| citation.url.clone())
}

fn author_list(authors: &[PersonName]) -> Option<String> {
    let mut names: Vec<String> = authors.iter().take(MAX_AUTHORS).map(PersonName::display_name).collect();
    if authors.len() > MAX_AUTHORS {
        names.push("et al.".into());
    }
    (!names.is_empty()).then(|| names.join(", "))
}

/// Writes a row of a CSV table with the columns of [`CSV_HEADER`].
pub fn write_csv_row(citation: &Citation, default_key: &str, missing: &[&str]) -> String {
    let authors = citation.authors.iter().map(PersonName::display_name).collect::<Vec<_>>().join("; ");
    let year = citation.year.map(|year| year.to_string());
    let missing = missing.join(" ");
    let cells = [
        citation.key.as_deref().or(Some(default_key)),
        citation.title.as_deref(),
        Some(authors.as_str()),
        year.as_deref(),
        citation.venue.as_deref(),
        citation.volume.as_deref(),
        citation.issue.as_deref(),
        citation.pages.as_deref(),
        citation.publisher.as_deref(),
        citation.doi.as_deref(),
        citation.arxiv.as_deref(),
        citation.url.as_ref().map(Url::as_str),
        citation.note.as_deref(),
        Some(missing.as_str()),
    ];
    let cells: Vec<_> = cells.into_iter().map(|cell| csv_cell(cell.unwrap_or_default())).collect();
    format!("{}\r\n", cells.join(","))
}

/// Writes a cell, quoted only if necessary.
fn csv_cell(text: &str) -> String {
    let mut cell = String::with_capacity(text.len());
    text.chars().for_each(|c| csv::push_escaped(&mut cell, c, 0));
    if cell.contains([',', '"', '\n', '\r']) { format!("\"{cell}\"") } else { cell }
}

/// Writes an item of a Markdown list that a notebook reads as a paper.
pub fn write_markdown(citation: &Citation) -> String {
    let title = escape_title(citation.title.as_deref().unwrap_or("[title missing]"));
    let mut out = match citation.url.clone().or_else(|| identifier_url(citation)) {
        Some(url) if url.as_str().contains(['(', ')', ' ']) => {
            format!("- [{title}](<{}>)", url.as_str().replace(['<', '>'], ""))
        }
        Some(url) => format!("- [{title}]({url})"),
        None => format!("- {title}"),
    };
    let mut byline: Vec<String> =
        author_list(&citation.authors).into_iter().chain(citation.venue.clone()).collect();
    byline.extend(citation.year.map(|year| year.to_string()));
    if !byline.is_empty() {
        out.extend([" ", &escape_markdown(&byline.join(", "))]);
    }
    out.push('\n');
    out
}

/// Escapes a title except for its formulas.
fn escape_title(title: &str) -> String {
    let escape = |span: &Span| match span {
        Span::Math { tex, .. } => format!("${tex}$"),
        other => escape_markdown(&plain(std::slice::from_ref(other))),
    };
    title_spans(title).iter().map(escape).collect()
}

fn escape_markdown(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        if MARKDOWN_SPECIAL.contains(c) {
            out.push('\\');
        }
        out.push(c);
    }
    out
}

/// Splits a title into text and formulas, which are TeX between dollar signs in a citation. O(length).
pub fn title_spans(title: &str) -> Vec<Span> {
    let (mut spans, mut text, mut rest) = (Vec::new(), String::new(), title);
    while let Some((before, after)) = rest.split_once('$') {
        text.push_str(before);
        if let Some((math, after_math)) = split_plain_math(after) {
            if !text.is_empty() {
                spans.push(Span::Text(std::mem::take(&mut text)));
            }
            spans.push(Span::Math { tex: math.to_owned(), display: false, mathml: Formula::default() });
            rest = after_math;
        } else {
            text.push('$');
            rest = after;
        }
    }
    text.push_str(rest);
    if !text.is_empty() {
        spans.push(Span::Text(text));
    }
    spans
}
