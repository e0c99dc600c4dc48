//! The paper that a whole file is about, from its front matter: `doi`, `arxiv`, `authors`, `year` and the like, as notes of
//! Obsidian, Zotero and others have them.

use std::collections::BTreeMap;

use serde_json::Value;

use super::link_kind::{kind_from_host, kind_of};
use super::paper_line::source_of;
use super::reading_status;
use super::venue::{date_in, names_in};
use crate::notebook::{LinkKind, PaperLink, Placement, Reference, TitleForm, Url};

/// Keys with an address or id, and the prefix that makes an id an address.
const ADDRESSES: [(&str, &str); 10] = [
    ("doi", "https://doi.org/"),
    ("arxiv", "https://arxiv.org/abs/"),
    ("arxivid", "https://arxiv.org/abs/"),
    ("openreview", "https://openreview.net/forum?id="),
    ("paper", ""),
    ("paperurl", ""),
    ("pdf", ""),
    ("url", ""),
    ("link", ""),
    ("code", ""),
];

const KEYS: [&str; 3] = ["citekey", "citationkey", "bibtexkey"];
const VENUES: [&str; 6] = ["venue", "journal", "conference", "booktitle", "publication", "containertitle"];
const YEARS: [&str; 5] = ["year", "published", "publicationdate", "publicationyear", "issued"];

/// Returns a key without case and the marks between words.
fn bare(key: &str) -> String {
    key.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

/// Returns true for a key that describes a paper.
pub(super) fn describes_paper(key: &str) -> bool {
    let key = bare(key);
    let known = ADDRESSES.iter().map(|(known, _)| *known).chain(KEYS).chain(VENUES).chain(YEARS);
    known.chain(["authors"]).any(|known| known == key)
}

/// Returns the paper, without its title, if the keys are those of one: an identifier of a paper or of a bibliography's
/// entry, or authors with a year or venue.
pub(super) fn read(values: &BTreeMap<String, Value>) -> Option<Reference> {
    let values: BTreeMap<String, &Value> = values.iter().map(|(key, value)| (bare(key), value)).collect();
    let text = |key: &str| values.get(key).and_then(|value| text_of(value)).filter(|text| !text.is_empty());
    let first = |keys: &[&str]| keys.iter().find_map(|key| text(key));
    let mut links: Vec<PaperLink> = Vec::new();
    for (key, begin) in ADDRESSES {
        let Some(written) = text(key) else { continue };
        let written = written.trim_start_matches("doi:").trim_start_matches("arXiv:").trim();
        let is_id = !begin.is_empty() && !written.contains("://") && !written.contains(char::is_whitespace);
        let url = Url::parse(&if is_id { format!("{begin}{written}") } else { written.to_owned() });
        let Some(url) = url.filter(|url| written.contains("://") || is_id && url.as_str().contains("://"))
        else {
            continue;
        };
        if links.iter().all(|link| link.url != url) {
            links.push(PaperLink { kind: kind_of(key, &url), text: key.to_owned(), url });
        }
    }
    let author = values.get("author").filter(|value| value.is_array()).copied();
    let authors = values.get("authors").copied().or(author).map(authors_of).unwrap_or_default();
    let venue = first(&VENUES).filter(|venue| venue.len() < 100);
    let date = first(&YEARS).map(|year| date_in(&year)).unwrap_or_default();
    let is_paper = |link: &PaperLink| kind_from_host(&link.url) == Some(LinkKind::Paper);
    let is_described = !authors.is_empty() && (date.year.is_some() || venue.is_some());
    if !(is_described || first(&KEYS).is_some() || links.iter().any(is_paper)) {
        return None;
    }
    let best = links.iter().find(|link| is_paper(link)).or_else(|| links.first());
    let url = best.map(|link| link.url.clone());
    let status = text("status").and_then(|status| reading_status::value(&status));
    Some(Reference {
        properties: status.map(reading_status::property).into_iter().collect(),
        source: source_of(url.as_ref(), date),
        url,
        title_form: TitleForm::Text,
        placement: Placement::Heading,
        links,
        authors,
        venue,
        date,
        ..Reference::default()
    })
}

fn text_of(value: &Value) -> Option<String> {
    match value {
        Value::String(text) => Some(text.trim().to_owned()),
        Value::Number(number) => Some(number.to_string()),
        _ => None,
    }
}

/// Returns names from a list, or from one text; those in double brackets are pages of a vault.
fn authors_of(value: &Value) -> Vec<String> {
    let name = |text: &str| text.trim().trim_matches(['[', ']']).to_owned();
    match value {
        Value::Array(names) => {
            let names = names.iter().filter_map(|one| match one {
                Value::Object(parts) => parts.get("name").and_then(text_of),
                other => text_of(other),
            });
            names.map(|text| name(&text)).filter(|name| !name.is_empty()).collect()
        }
        other => {
            let text = text_of(other).unwrap_or_default().replace("[[", "").replace("]]", "");
            names_in(&text, true).unwrap_or_default()
        }
    }
}
