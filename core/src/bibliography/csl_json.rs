//! CSL-JSON, the exchange format of Zotero and Pandoc.
//!
//! Format: <https://docs.citationstyles.org/en/stable/specification.html>.

use std::ops::Range;

use serde::Deserialize;
use serde_json::value::RawValue;
use serde_json::{Map, Value, json};

use super::bibtex::first_line;
use super::dates::{parse_date, partial_date, set_date};
use super::field_values::{
    decode_entities, encode_entities, is_implied_genre, normalize_pages, replace_tags, single_line,
    split_keywords,
};
use super::identifiers::{ARXIV_PREFIX, parse_arxiv_id, parse_doi};
use super::model::{Bibliography, BibliographyEntry, BibliographyError};
use super::names::{is_suffix, parse_names, unmasked};
use super::normal_form::{normalize, set_url};
use crate::notebook::{Citation, PersonName, WorkType};
use crate::unicode::lowercase;

/// Item types of CSL. The first type of each kind of work is the one that is written.
const ITEM_TYPES: &[(&str, WorkType)] = &[
    ("article-journal", WorkType::Article),
    ("paper-conference", WorkType::Proceedings),
    ("chapter", WorkType::Chapter),
    ("book", WorkType::Book),
    ("thesis", WorkType::Thesis),
    ("report", WorkType::Report),
    ("article", WorkType::Preprint),
    ("webpage", WorkType::Webpage),
    ("software", WorkType::Software),
    ("dataset", WorkType::Dataset),
    ("document", WorkType::Other),
    ("article-magazine", WorkType::Article),
    ("article-newspaper", WorkType::Article),
    ("review", WorkType::Article),
    ("entry-encyclopedia", WorkType::Chapter),
    ("entry-dictionary", WorkType::Chapter),
    ("collection", WorkType::Book),
    ("manuscript", WorkType::Preprint),
    ("post-weblog", WorkType::Webpage),
    ("post", WorkType::Webpage),
    ("periodical", WorkType::Article),
    // The types of Crossref, which doi.org answers with: <https://api.crossref.org/types>.
    ("journal-article", WorkType::Article),
    ("proceedings-article", WorkType::Proceedings),
    ("proceedings", WorkType::Book),
    ("book-chapter", WorkType::Chapter),
    ("book-section", WorkType::Chapter),
    ("book-part", WorkType::Chapter),
    ("reference-entry", WorkType::Chapter),
    ("monograph", WorkType::Book),
    ("edited-book", WorkType::Book),
    ("reference-book", WorkType::Book),
    ("dissertation", WorkType::Thesis),
    ("report-component", WorkType::Report),
    ("posted-content", WorkType::Preprint),
];

/// Access to a text field of a citation.
type TextField = fn(&mut Citation) -> &mut Option<String>;

/// Names of the text fields in CSL. Names, dates, the URL and `number` are handled separately.
const TEXT_FIELDS: [(&str, TextField); 14] = [
    ("title", |citation| &mut citation.title),
    ("container-title", |citation| &mut citation.venue),
    ("volume", |citation| &mut citation.volume),
    ("issue", |citation| &mut citation.issue),
    ("page", |citation| &mut citation.pages),
    ("edition", |citation| &mut citation.edition),
    ("publisher", |citation| &mut citation.publisher),
    ("publisher-place", |citation| &mut citation.publisher_place),
    ("genre", |citation| &mut citation.genre),
    ("DOI", |citation| &mut citation.doi),
    ("ISBN", |citation| &mut citation.isbn),
    ("ISSN", |citation| &mut citation.issn),
    ("archive_location", |citation| &mut citation.arxiv),
    ("note", |citation| &mut citation.note),
];

#[cfg(test)]
pub(super) fn item_types() -> impl Iterator<Item = &'static str> {
    ITEM_TYPES.iter().map(|(name, _)| *name)
}

/// Writes a citation as an item, in compact JSON. `default_id` is used if the citation has no key.
pub fn write(citation: &Citation, default_id: &str) -> String {
    to_csl_item(citation, default_id).to_string()
}

/// Converts a citation into an item. Missing data is left out.
pub fn to_csl_item(citation: &Citation, default_id: &str) -> Value {
    let mut item = Map::new();
    let is_same = |(_, work_type): &&(&str, WorkType)| *work_type == citation.work_type;
    let item_type = ITEM_TYPES.iter().find(is_same).map_or("document", |(name, _)| name);
    item.insert("id".into(), json!(citation.key.as_deref().unwrap_or(default_id)));
    item.insert("type".into(), json!(item_type));
    let mut remaining = citation.clone();
    for (name, field) in TEXT_FIELDS {
        item.extend(
            field(&mut remaining).take().map(|text| (name.to_owned(), json!(encode_entities(&text)))),
        );
    }
    if let Some(id) = &citation.arxiv {
        item.insert("archive".into(), json!("arXiv"));
        if citation.work_type == WorkType::Preprint {
            item.insert("number".into(), json!(format!("{ARXIV_PREFIX}{id}")));
        }
    }
    if citation.work_type == WorkType::Report
        && let Some(number) = item.remove("issue")
    {
        item.insert("number".into(), number);
    }
    for (name, persons) in [("author", &citation.authors), ("editor", &citation.editors)] {
        if !persons.is_empty() {
            item.insert(name.into(), persons.iter().map(to_csl_name).collect());
        }
    }
    if let Some(year) = citation.year {
        let mut parts = vec![json!(year)];
        parts.extend(citation.month.map(|month| json!(month)));
        parts.extend(citation.month.and(citation.day).map(|day| json!(day)));
        item.insert("issued".into(), json!({ "date-parts": [parts] }));
    }
    item.extend(citation.url.as_ref().map(|url| ("URL".to_owned(), json!(url.as_str()))));
    Value::Object(item)
}

fn to_csl_name(name: &PersonName) -> Value {
    let PersonName { family, given, particle, suffix } = name;
    if *name == PersonName::literal(family) {
        return json!({ "literal": family });
    }
    let mut object = Map::new();
    object.insert("family".into(), json!(family));
    for (key, part) in [("given", given), ("non-dropping-particle", particle), ("suffix", suffix)] {
        object.extend(part.as_ref().map(|part| (key.to_owned(), json!(part))));
    }
    Value::Object(object)
}

/// Reads a list of items, an object with a list named `items`, or a single item.
///
/// # Errors
/// Text that is not JSON, or JSON that is not CSL-JSON.
pub fn read(text: &str) -> Result<Bibliography, BibliographyError> {
    let error = |line, message| BibliographyError { line, message };
    // RFC 8259, section 8.1: a byte order mark may be ignored.
    let json: Value = serde_json::from_str(text.trim_start_matches('\u{feff}'))
        .map_err(|source| error(source.line(), format!("this is not valid JSON: {source}")))?;
    let items = match json {
        Value::Array(items) => items,
        Value::Object(mut object) => {
            // An answer of the Crossref API wraps the item.
            if let Some(Value::Object(message)) = object.get("message").cloned() {
                object = message;
            }
            match object.remove("items") {
                Some(Value::Array(items)) => items,
                _ => vec![Value::Object(object)],
            }
        }
        _ => return Err(error(1, "this is not CSL-JSON: a list of items is expected".into())),
    };
    let mut bibliography = Bibliography::default();
    let ranges = item_ranges(text);
    for (index, item) in items.into_iter().enumerate() {
        match item {
            Value::Object(item) if item.contains_key("type") || item.contains_key("title") => {
                let range = ranges.get(index).cloned().unwrap_or_default();
                let (mut entry, is_date_partial) = read_item(item);
                let place = first_line(text, &range);
                bibliography.diagnostics.extend(is_date_partial.then(|| partial_date(place)));
                entry.range = range;
                bibliography.entries.push(entry);
            }
            _ => {
                let number = index + 1;
                let message = format!("item {number} is not CSL-JSON: it has neither `type` nor `title`");
                return Err(error(1, message));
            }
        }
    }
    Ok(bibliography)
}

/// Returns the byte ranges of the items, see [`read`].
fn item_ranges(text: &str) -> Vec<Range<usize>> {
    #[derive(Deserialize)]
    struct Wrapper<'a> {
        #[serde(borrow, default)]
        message: Option<&'a RawValue>,
        #[serde(borrow, default)]
        items: Option<&'a RawValue>,
    }
    let range_of = |raw: &RawValue| {
        let start = raw.get().as_ptr().addr().saturating_sub(text.as_ptr().addr());
        start..start + raw.get().len()
    };
    let Ok(mut raw) = serde_json::from_str::<&RawValue>(text.trim_start_matches('\u{feff}')) else {
        return Vec::new();
    };
    if raw.get().starts_with('{')
        && let Ok(Wrapper { message: Some(message), .. }) = serde_json::from_str(raw.get())
        && message.get().starts_with('{')
    {
        raw = message;
    }
    if raw.get().starts_with('{')
        && let Ok(Wrapper { items: Some(items), .. }) = serde_json::from_str(raw.get())
        && items.get().starts_with('[')
    {
        raw = items;
    }
    let items: Vec<&RawValue> = serde_json::from_str(raw.get()).unwrap_or_else(|_| vec![raw]);
    items.into_iter().map(range_of).collect()
}

/// Returns a title with its subtitle, which Crossref has apart, and sometimes twice.
fn with_subtitle(title: Option<String>, subtitle: Option<String>) -> Option<String> {
    match (title, subtitle) {
        (Some(title), Some(subtitle)) if !lowercase(&title).contains(&lowercase(&subtitle)) => {
            Some(format!("{}: {subtitle}", title.trim_end_matches(':')))
        }
        (title, subtitle) => title.or(subtitle),
    }
}

/// Reads an item. Also returns true if only a part of its date is kept.
fn read_item(mut item: Map<String, Value>) -> (BibliographyEntry, bool) {
    // The id of Zotero is an address; the key that the author chose is beside it.
    let key = take_text(&mut item, "citation-key").or_else(|| take_text(&mut item, "id"));
    item.remove("id");
    let mut citation = Citation { key, ..Citation::default() };
    let item_type = take_text(&mut item, "type").unwrap_or_default();
    let work_type = ITEM_TYPES.iter().find(|(name, _)| *name == item_type);
    citation.work_type = work_type.map_or(WorkType::Other, |(_, work_type)| *work_type);
    let mut unread: Vec<String> = Vec::new();
    for (name, field) in TEXT_FIELDS {
        unread.extend(has_other_values(item.get(name)).then(|| name.to_owned()));
        *field(&mut citation) = take_text(&mut item, name);
    }
    let subtitle = take_text(&mut item, "subtitle");
    citation.title = with_subtitle(citation.title, subtitle);
    citation.pages = citation.pages.and_then(|pages| normalize_pages(&pages));
    citation.genre = citation.genre.filter(|genre| !is_implied_genre(genre));
    citation.doi = citation.doi.and_then(|doi| {
        let id = parse_doi(&doi);
        unread.extend(id.is_none().then(|| "DOI".to_owned()));
        id
    });
    read_archive(&mut item, &mut citation, &mut unread);
    for (name, persons) in [("author", &mut citation.authors), ("editor", &mut citation.editors)] {
        let (names, left_out) = read_names(name, item.remove(name));
        *persons = names;
        unread.extend(left_out);
    }
    let mut is_date_partial = false;
    for name in ["issued", "published", "published-print", "published-online"] {
        let Some(date) = item.get(name) else { continue };
        if citation.year.is_none() {
            is_date_partial = read_date(date, &mut citation);
            unread.extend((citation.year.is_none() && has_text(date)).then(|| name.to_owned()));
            item.remove(name);
        } else if date_text(date).is_none_or(|text| parse_date(&text).is_kept_in(&citation)) {
            item.remove(name);
        }
    }
    if let Some(url) = take_text(&mut item, "URL") {
        unread.extend((!set_url(&mut citation, &url)).then(|| "URL".to_owned()));
    }
    normalize(&mut citation);
    let keywords = split_keywords(&take_text(&mut item, "keyword").unwrap_or_default());
    let abstract_text = take_text(&mut item, "abstract").and_then(|text| single_line(&strip_tags(&text)));
    let mut unsupported_fields: Vec<String> =
        item.into_iter().filter(|(_, value)| has_text(value)).map(|(name, _)| name).collect();
    unread.retain(|name| !unsupported_fields.contains(name));
    unsupported_fields.extend(unread);
    (
        BibliographyEntry { citation, abstract_text, keywords, unsupported_fields, range: 0..0 },
        is_date_partial,
    )
}

/// Reads the arXiv id from `archive_location` or `number`. A number without one is that of the issue.
fn read_archive(item: &mut Map<String, Value>, citation: &mut Citation, unread: &mut Vec<String>) {
    let archive = take_text(item, "archive");
    let is_arxiv = archive.as_ref().is_some_and(|archive| archive.eq_ignore_ascii_case("arxiv"));
    unread.extend(archive.filter(|_| !is_arxiv).map(|_| "archive".to_owned()));
    if let Some(location) = citation.arxiv.take() {
        citation.arxiv = Some(&location).filter(|_| is_arxiv).and_then(|id| parse_arxiv_id(id));
        unread.extend(citation.arxiv.is_none().then(|| "archive_location".to_owned()));
    }
    if let Some(number) = take_text(item, "number") {
        match number.strip_prefix(ARXIV_PREFIX) {
            Some(id) => citation.arxiv = parse_arxiv_id(id),
            None if citation.issue.is_none() => citation.issue = Some(number),
            None => unread.extend((citation.issue.as_ref() != Some(&number)).then(|| "number".to_owned())),
        }
    }
}

/// Returns true for a list with values that differ from its first, which alone is kept.
fn has_other_values(value: Option<&Value>) -> bool {
    value
        .and_then(Value::as_array)
        .is_some_and(|values| values.iter().any(|value| Some(value) != values.first()))
}

/// Removes a string or number from an item, or the first of a list, which Crossref writes. A value of another type is left
/// in the item, so that its name is reported.
fn take_text(item: &mut Map<String, Value>, name: &str) -> Option<String> {
    let text = match item.get(name)? {
        Value::Array(values) if values.is_empty() => None,
        Value::Array(values) => Some(scalar_text(values.first()?)?),
        Value::Null => None,
        value => Some(scalar_text(value)?),
    };
    item.remove(name);
    text.and_then(|text| single_line(&decode_entities(&text)))
}

/// Returns the text of a string or number.
fn scalar_text(value: &Value) -> Option<String> {
    match value {
        Value::String(text) => Some(text.clone()),
        Value::Number(number) => Some(number.to_string()),
        _ => None,
    }
}

/// Returns true if a value contains any text or number.
fn has_text(value: &Value) -> bool {
    match value {
        Value::Array(values) => values.iter().any(has_text),
        Value::Object(fields) => fields.values().any(has_text),
        Value::Null => false,
        _ => true,
    }
}

/// Removes the elements of JATS and HTML from an abstract. Comparisons such as `a < b` are text.
fn strip_tags(text: &str) -> String {
    replace_tags(text, |after| {
        let name = after.strip_prefix('/').unwrap_or(after);
        let (tag, after_tag) =
            after.split_once('>').filter(|_| name.starts_with(|c: char| c.is_ascii_alphabetic()))?;
        // The end of a paragraph or heading separates words.
        let is_block = tag.starts_with('/')
            && !["i", "b", "italic", "bold", "sub", "sup"]
                .iter()
                .any(|inline| tag.ends_with(&format!(":{inline}")) || tag == format!("/{inline}"));
        Some((if is_block { " " } else { "" }, after_tag))
    })
}

/// Reads a list of names. Also returns what has no place: the name of the list, if one of its names cannot be read, and the
/// names of further fields.
fn read_names(list_name: &str, list: Option<Value>) -> (Vec<PersonName>, Vec<String>) {
    let values = match list {
        Some(Value::Array(values)) => values,
        Some(value) => vec![value],
        None => Vec::new(),
    };
    let (mut names, mut left_out) = (Vec::new(), Vec::new());
    for value in values {
        let (read, fields) = read_name(value);
        left_out.extend(read.is_empty().then(|| list_name.to_owned()));
        left_out.extend(fields.into_iter().map(|field| format!("{list_name}.{field}")));
        names.extend(read);
    }
    left_out.sort();
    left_out.dedup();
    (names, left_out)
}

/// Fields of a name that control its processing.
const NAME_OPTIONS: [&str; 6] =
    ["sequence", "comma-suffix", "static-ordering", "parse-names", "isInstitution", "authenticated-orcid"];

/// Reads a name, or several in one string. Also returns the names of further fields with text.
fn read_name(value: Value) -> (Vec<PersonName>, Vec<String>) {
    let mut fields = match value {
        Value::String(text) => return (parse_names(&unmasked(&text)).names, Vec::new()),
        Value::Object(fields) => fields,
        _ => return (Vec::new(), Vec::new()),
    };
    let literal = take_text(&mut fields, "literal").or_else(|| take_text(&mut fields, "name"));
    let name = match literal {
        Some(literal) => Some(PersonName::literal(&literal)),
        None => read_person(&mut fields),
    };
    fields.retain(|field, value| has_text(value) && !NAME_OPTIONS.contains(&field.as_str()));
    (name.into_iter().collect(), fields.into_iter().map(|(field, _)| field).collect())
}

/// Reads the name of a person from its parts.
fn read_person(name: &mut Map<String, Value>) -> Option<PersonName> {
    let particles = ["dropping-particle", "non-dropping-particle"].map(|key| take_text(name, key));
    let particle = single_line(&particles.map(Option::unwrap_or_default).join(" "));
    let (mut given, mut suffix) = (take_text(name, "given"), take_text(name, "suffix"));
    // PubMed writes the suffix after the given names.
    if let Some((names, last)) = given.as_deref().and_then(|given| given.rsplit_once(", "))
        && suffix.is_none()
        && is_suffix(last)
    {
        (given, suffix) = (Some(names.to_owned()), Some(last.to_owned()));
    }
    match take_text(name, "family") {
        Some(family) => Some(PersonName { family, given, particle, suffix }),
        None => given.map(|given| PersonName::literal(&given)),
    }
}

/// Reads a date. Returns true if a part of it is left out: its end, a season, `circa`.
fn read_date(date: &Value, citation: &mut Citation) -> bool {
    let has_more = set_date(&date_text(date).unwrap_or_default(), citation);
    let parts = date.get("date-parts").and_then(Value::as_array);
    let has_end =
        parts.is_some_and(|parts| parts.iter().any(|end| has_text(end) && Some(end) != parts.first()));
    let is_set = |name| {
        date.get(name).is_some_and(|value| match value {
            Value::Bool(is_set) => *is_set,
            Value::Number(number) => number.as_f64() != Some(0.0),
            Value::String(text) => !["", "0", "false"].contains(&text.trim()),
            _ => false,
        })
    };
    citation.year.is_some() && (has_more || has_end || is_set("season") || is_set("circa"))
}

/// Returns the text of a date: its `date-parts`, or `raw` or `literal` text.
fn date_text(date: &Value) -> Option<String> {
    let parts = date.get("date-parts").and_then(|parts| parts.get(0)).and_then(Value::as_array);
    if let Some(parts) = parts {
        let mut parts: Vec<_> = parts.iter().filter_map(scalar_text).collect();
        // A year of the first millennium.
        if let Some(year) = parts.first_mut().filter(|year| !year.starts_with('-')) {
            *year = format!("{year:0>4}");
        }
        return Some(parts.join("-"));
    }
    let text = ["raw", "literal", "year"].iter().find_map(|name| scalar_text(date.get(name)?));
    text.or_else(|| scalar_text(date))
}
