//! Parsing and normalization of pages, keywords and text in references.

use std::borrow::Cow;
use std::collections::BTreeSet;

use crate::unicode::lowercase;

/// Returns text with the line ends of Unix for those of old Macs, a carriage return alone. Every byte stays at its place.
pub(super) fn with_line_feeds(text: &str) -> Cow<'_, str> {
    if !text.contains('\r') {
        return Cow::Borrowed(text);
    }
    let mut chars = text.chars().peekable();
    let mut out = String::with_capacity(text.len());
    while let Some(c) = chars.next() {
        out.push(if c == '\r' && chars.peek() != Some(&'\n') { '\n' } else { c });
    }
    Cow::Owned(out)
}

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

/// Names of the elements that titles contain, in lower case: those of CSL and HTML, and the face markup of Crossref. Its titles
/// have elements with the prefixes of JATS and `MathML` too.
///
/// Elements: <https://www.crossref.org/documentation/schema-library/markup-guide-metadata-segments/face-markup/>.
const TITLE_ELEMENTS: [&str; 18] = [
    "i",
    "em",
    "b",
    "strong",
    "u",
    "ovl",
    "sub",
    "sup",
    "scp",
    "sc",
    "tt",
    "font",
    "span",
    "math",
    "inline-formula",
    "tex-math",
    "alternatives",
    "inline-graphic",
];

/// Removes the tags of elements that titles contain. Comparisons such as `a < b` are text, and so is a tag without its end, as in
/// `The <b> Element`. O(length).
pub(super) fn strip_title_tags(title: &str) -> String {
    let ends = title.split("</").skip(1).filter_map(|rest| rest.split_once('>'));
    let closed: BTreeSet<String> = ends.map(|(name, _)| lowercase(name.trim())).collect();
    replace_tags(title, |after| {
        // A tag ends before the next one begins, so that no character is looked at twice.
        let end = after.find(['<', '>'])?;
        let after_tag = after.get(end..)?.strip_prefix('>')?;
        is_title_tag(after.get(..end)?, &closed).then_some(("", after_tag))
    })
}

/// Replaces tags. `replace` gets the text after a `<`, and returns a replacement and the text after the tag; `None` if there is no
/// tag.
pub(super) fn replace_tags<'a>(
    text: &'a str,
    replace: impl Fn(&'a str) -> Option<(&'static str, &'a str)>,
) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some((before, after)) = rest.split_once('<') {
        out.push_str(before);
        let (replacement, after_tag) = replace(after).unwrap_or(("<", after));
        out.push_str(replacement);
        rest = after_tag;
    }
    out.push_str(rest);
    out
}

/// Returns true for the inside of a tag of a title, which has nothing but attributes behind its name.
fn is_title_tag(tag: &str, closed: &BTreeSet<String>) -> bool {
    let tag = tag.strip_prefix('/').unwrap_or(tag);
    let tag = tag.strip_suffix('/').unwrap_or(tag).trim_end();
    let (name, attributes) = tag.split_once(char::is_whitespace).unwrap_or((tag, ""));
    let name = lowercase(name);
    let is_prefixed = ["jats:", "mml:"].iter().any(|prefix| name.starts_with(prefix));
    let is_known = is_prefixed || (TITLE_ELEMENTS.contains(&name.as_str()) && closed.contains(&name));
    is_known && (attributes.is_empty() || attributes.contains('='))
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

/// Returns a serial number without the remark behind it: `1234-567X (Print)`.
pub(super) fn bare_serial_number(number: &str) -> &str {
    let bare = number.strip_suffix(')').and_then(|inside| inside.split_once(" ("));
    let remarks = ["issn", "print", "electronic", "online", "linking"];
    let is_remark = |remark: &str| remarks.contains(&remark.to_lowercase().as_str());
    bare.filter(|(_, remark)| is_remark(remark)).map_or(number, |(number, _)| number.trim_end())
}
