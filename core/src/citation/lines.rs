//! References as people read them, and as tables hold them.

use crate::notebook::{Citation, Name, Url};

/// Authors that a plain reference names before it says "et al."
const NAMED: usize = 6;

/// The first line of a table of references.
pub const CSV_HEAD: &str =
    "key,title,authors,year,venue,volume,issue,pages,publisher,doi,arxiv,url,note,missing\r\n";

/// A reference in plain words: `Vaswani, A., Shazeer, N. Attention is all you need. NeurIPS 30, 2017. https://...`
pub fn plain(citation: &Citation) -> String {
    let of = citation;
    let mut parts = Vec::new();
    parts.extend(people(&of.authors));
    parts.extend(of.title.clone());
    let mut place: Vec<String> = of.venue.iter().chain(&of.publisher).cloned().collect();
    if let Some(volume) = &of.volume {
        let issue = of.issue.as_ref().map_or(String::new(), |issue| format!("({issue})"));
        place.push(format!("vol. {volume}{issue}"));
    }
    place.extend(of.pages.as_ref().map(|pages| format!("pp. {pages}")));
    place.extend(of.year.map(|year| year.to_string()));
    parts.extend((!place.is_empty()).then(|| place.join(", ")));
    let mut out = String::new();
    for part in parts {
        out.push_str(&part);
        out.push_str(if part.ends_with(['.', '?', '!']) { " " } else { ". " });
    }
    out.push_str(&link(of).unwrap_or_default());
    out.trim_end().to_owned()
}

/// Where it can be read, best first: what lasts longest.
fn link(of: &Citation) -> Option<String> {
    let doi = of.doi.as_ref().map(|doi| format!("https://doi.org/{doi}"));
    let arxiv = || of.arxiv.as_ref().map(|id| format!("https://arxiv.org/abs/{id}"));
    doi.or_else(arxiv).or_else(|| of.url.as_ref().map(Url::to_string))
}

fn people(names: &[Name]) -> Option<String> {
    let mut said: Vec<String> = names.iter().take(NAMED).map(Name::said).collect();
    if names.len() > NAMED {
        said.push("et al.".into());
    }
    (!said.is_empty()).then(|| said.join(", "))
}

/// A line of a table (RFC 4180), in the order of [`CSV_HEAD`].
pub fn csv(citation: &Citation, key: &str, missing: &[&str]) -> String {
    let of = citation;
    let authors = of.authors.iter().map(Name::said).collect::<Vec<_>>().join("; ");
    let year = of.year.map(|year| year.to_string());
    let url = of.url.as_ref().map(Url::to_string);
    let missing = missing.join(" ");
    let cells = [
        of.key.as_deref().or(Some(key)),
        of.title.as_deref(),
        Some(authors.as_str()),
        year.as_deref(),
        of.venue.as_deref(),
        of.volume.as_deref(),
        of.issue.as_deref(),
        of.pages.as_deref(),
        of.publisher.as_deref(),
        of.doi.as_deref(),
        of.arxiv.as_deref(),
        url.as_deref(),
        of.note.as_deref(),
        Some(missing.as_str()),
    ];
    let cells: Vec<_> = cells.into_iter().map(|cell| quoted(cell.unwrap_or_default())).collect();
    format!("{}\r\n", cells.join(","))
}

fn quoted(cell: &str) -> String {
    // What a table would take for a formula begins with a quote mark there.
    let formula = cell.starts_with(['=', '+', '-', '@']);
    let cell = if formula { format!("'{cell}") } else { cell.to_owned() };
    if cell.contains([',', '"', '\n', '\r']) { format!("\"{}\"", cell.replace('"', "\"\"")) } else { cell }
}

/// An item of a Markdown list that a notebook reads as a paper.
pub fn markdown(citation: &Citation, missing: &[&str]) -> String {
    let title = escaped(citation.title.as_deref().unwrap_or("[title missing]"));
    let link = citation.url.as_ref().map(Url::to_string).or_else(|| link(citation));
    let mut out = match link {
        Some(link) if link.contains(['(', ')', ' ']) => {
            format!("- [{title}](<{}>)", link.replace(['<', '>'], ""))
        }
        Some(link) => format!("- [{title}]({link})"),
        None => format!("- {title}"),
    };
    let mut rest: Vec<String> = people(&citation.authors).into_iter().chain(citation.venue.clone()).collect();
    rest.extend(citation.year.map(|year| year.to_string()));
    if !rest.is_empty() {
        out.extend([" ", &escaped(&rest.join(", "))]);
    }
    if !missing.is_empty() {
        out.extend([" (missing: ", &missing.join(", "), ")"]);
    }
    out.push('\n');
    out
}

fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        if "\\`*_[]<>$~|&".contains(c) {
            out.push('\\');
        }
        out.push(c);
    }
    out
}
