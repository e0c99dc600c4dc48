//! Parsing and normalization of pages, keywords and text in references.

use crate::unicode::lowercase;

/// Joins text to one line with single spaces. Returns `None` if it is blank.
pub(super) fn single_line(raw: &str) -> Option<String> {
    let text = raw.split_whitespace().collect::<Vec<_>>().join(" ");
    (!text.is_empty()).then_some(text)
}

/// Splits a list of keywords at commas and semicolons.
pub(super) fn split_keywords(list: &str) -> Vec<String> {
    list.split([',', ';']).filter_map(single_line).collect()
}

/// Returns true for a genre that only repeats the type of the work, as `EndNote` and publishers write it.
pub(super) fn is_implied_genre(genre: &str) -> bool {
    const IMPLIED: [&str; 17] = [
        "article",
        "journal article",
        "journal",
        "article journal",
        "conference paper",
        "conference proceedings",
        "conference",
        "proceedings article",
        "inproceedings",
        "paper conference",
        "book",
        "book section",
        "book chapter",
        "chapter",
        "web page",
        "webpage",
        "journalarticle",
    ];
    IMPLIED.contains(&lowercase(genre).replace(['-', '_'], " ").trim())
}

/// Replaces the entities of HTML that web services write in titles and abstracts.
pub(super) fn decode_entities(text: &str) -> String {
    const ENTITIES: [(&str, &str); 8] = [
        ("&lt;", "<"),
        ("&gt;", ">"),
        ("&quot;", "\""),
        ("&apos;", "'"),
        ("&#39;", "'"),
        ("&#x27;", "'"),
        ("&nbsp;", " "),
        ("&amp;", "&"),
    ];
    let mut text = text.to_owned();
    for (entity, replacement) in ENTITIES {
        if text.contains('&') {
            text = text.replace(entity, replacement);
        }
    }
    text
}

/// Escapes text that [`decode_entities`] would change, so that it is read as it is.
pub(super) fn encode_entities(text: &str) -> String {
    if decode_entities(text) == text { text.to_owned() } else { text.replace('&', "&amp;") }
}

/// Replaces dashes in a page range with a plain hyphen without spaces. A hyphen at an end, as in `12--`, is left out.
pub(super) fn normalize_pages(raw: &str) -> Option<String> {
    let mut pages = single_line(&raw.replace(['–', '—'], "-"))?;
    while pages.contains("--") || pages.contains(" -") || pages.contains("- ") {
        pages = pages.replace("--", "-").replace(" -", "-").replace("- ", "-");
    }
    single_line(pages.trim_matches('-'))
}
