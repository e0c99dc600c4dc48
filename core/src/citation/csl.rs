//! CSL-JSON, as Zotero and Pandoc have it.

use serde_json::{Map, Value, json};

use super::{Library, Record, Refusal, values};
use crate::notebook::{Citation, Name, Url, Work};

/// Kinds of work and their names in CSL, those that are written first.
const TYPES: [(&str, Work); 21] = [
    ("article-journal", Work::Article),
    ("paper-conference", Work::Proceedings),
    ("chapter", Work::Chapter),
    ("book", Work::Book),
    ("thesis", Work::Thesis),
    ("report", Work::Report),
    ("article", Work::Preprint),
    ("webpage", Work::Webpage),
    ("software", Work::Software),
    ("dataset", Work::Dataset),
    ("document", Work::Other),
    ("article-magazine", Work::Article),
    ("article-newspaper", Work::Article),
    ("review", Work::Article),
    ("entry-encyclopedia", Work::Chapter),
    ("entry-dictionary", Work::Chapter),
    ("collection", Work::Book),
    ("manuscript", Work::Preprint),
    ("post-weblog", Work::Webpage),
    ("post", Work::Webpage),
    ("periodical", Work::Article),
];

/// What stands before the id of an arXiv paper.
const ARXIV: &str = "arXiv:";

/// Where a citation has a text.
type Slot = fn(&mut Citation) -> &mut Option<String>;

/// Names of text fields with what they are in a citation; those of ids and dates are apart.
const TEXTS: [(&str, Slot); 14] = [
    ("title", |of| &mut of.title),
    ("container-title", |of| &mut of.venue),
    ("volume", |of| &mut of.volume),
    ("issue", |of| &mut of.issue),
    ("page", |of| &mut of.pages),
    ("edition", |of| &mut of.edition),
    ("publisher", |of| &mut of.publisher),
    ("publisher-place", |of| &mut of.place),
    ("genre", |of| &mut of.genre),
    ("DOI", |of| &mut of.doi),
    ("ISBN", |of| &mut of.isbn),
    ("ISSN", |of| &mut of.issn),
    ("archive_location", |of| &mut of.arxiv),
    ("note", |of| &mut of.note),
];

/// An item as compact JSON. `key` is its id where the citation has none.
pub fn write(citation: &Citation, key: &str) -> String {
    value(citation, key).to_string()
}

/// An item. What is missing is left out.
pub fn value(citation: &Citation, key: &str) -> Value {
    let mut item = Map::new();
    let kind = TYPES.iter().find(|(_, work)| *work == citation.work).map_or("document", |(name, _)| name);
    item.insert("id".into(), json!(citation.key.as_deref().unwrap_or(key)));
    item.insert("type".into(), json!(kind));
    let mut of = citation.clone();
    for (name, field) in TEXTS {
        item.extend(field(&mut of).take().map(|text| (name.to_owned(), json!(text))));
    }
    if let Some(id) = &citation.arxiv {
        item.insert("archive".into(), json!("arXiv"));
        if citation.work == Work::Preprint {
            item.insert("number".into(), json!(format!("{ARXIV}{id}")));
        }
    }
    if citation.work == Work::Report
        && let Some(number) = item.remove("issue")
    {
        item.insert("number".into(), number);
    }
    for (name, people) in [("author", &citation.authors), ("editor", &citation.editors)] {
        if !people.is_empty() {
            item.insert(name.into(), people.iter().map(person).collect());
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

fn person(name: &Name) -> Value {
    let Name { family, given, particle, suffix } = name;
    if *name == Name::whole(family) {
        return json!({ "literal": family });
    }
    let mut person = Map::new();
    person.insert("family".into(), json!(family));
    for (key, part) in [("given", given), ("non-dropping-particle", particle), ("suffix", suffix)] {
        person.extend(part.as_ref().map(|part| (key.to_owned(), json!(part))));
    }
    Value::Object(person)
}

/// Reads a list of items, or one.
///
/// # Errors
/// Where the text is no JSON, or JSON of something else.
pub fn read(text: &str) -> Result<Library, Refusal> {
    let json: Value = serde_json::from_str(text)
        .map_err(|error| Refusal { line: error.line(), why: format!("this is no JSON: {error}") })?;
    let items = match json {
        Value::Array(items) => items,
        Value::Object(mut whole) => match whole.remove("items") {
            Some(Value::Array(items)) => items,
            _ => vec![Value::Object(whole)],
        },
        _ => return Err(Refusal { line: 1, why: "a list of CSL-JSON items is expected".into() }),
    };
    let mut library = Library::default();
    for (number, item) in items.into_iter().enumerate() {
        match item {
            Value::Object(item) if item.contains_key("type") || item.contains_key("title") => {
                library.records.push(record(item));
            }
            _ => {
                let why = format!("item {} is no CSL-JSON: it has neither `type` nor `title`", number + 1);
                return Err(Refusal { line: 1, why });
            }
        }
    }
    Ok(library)
}

fn record(mut item: Map<String, Value>) -> Record {
    let mut of = Citation { key: take(&mut item, "id"), ..Citation::default() };
    let kind = take(&mut item, "type").unwrap_or_default();
    of.work = TYPES.iter().find(|(name, _)| *name == kind).map_or(Work::Other, |(_, work)| *work);
    for (name, field) in TEXTS {
        *field(&mut of) = take(&mut item, name);
    }
    // A title may be dressed for print.
    of.title = of.title.map(|title| undressed(&title));
    of.pages = of.pages.and_then(|pages| values::pages(&pages));
    of.doi = of.doi.and_then(|doi| values::doi(&doi));
    let is_arxiv = take(&mut item, "archive").is_some_and(|archive| archive.eq_ignore_ascii_case("arxiv"));
    of.arxiv = of.arxiv.filter(|_| is_arxiv).and_then(|id| values::arxiv(&id));
    if let Some(number) = take(&mut item, "number") {
        match number.strip_prefix(ARXIV) {
            Some(id) => of.arxiv = values::arxiv(id),
            None => of.issue = of.issue.or(Some(number)),
        }
    }
    of.authors = people(item.remove("author"));
    of.editors = people(item.remove("editor"));
    if let Some(date) = item.remove("issued") {
        issued(&date, &mut of);
    }
    of.url = take(&mut item, "URL").and_then(|url| Url::parse(&url));
    values::settle_arxiv(&mut of);
    let keywords = take(&mut item, "keyword").unwrap_or_default();
    let keywords = keywords.split([',', ';']).filter_map(values::text).collect();
    let summary = take(&mut item, "abstract");
    item.remove("citation-key");
    Record {
        citation: of,
        summary,
        keywords,
        left_out: item.into_iter().map(|(name, _)| name).collect(),
        range: 0..0,
    }
}

fn take(item: &mut Map<String, Value>, name: &str) -> Option<String> {
    match item.remove(name)? {
        Value::String(text) => values::text(&text),
        Value::Number(number) => Some(number.to_string()),
        _ => None,
    }
}

/// Text without the HTML that CSL allows in it.
fn undressed(text: &str) -> String {
    let mut text = text.to_owned();
    for tag in ["i", "b", "sub", "sup", "span class=\"nocase\"", "span style=\"font-variant:small-caps;\""] {
        text = text.replace(&format!("<{tag}>"), "");
        let name = tag.split(' ').next().unwrap_or(tag);
        text = text.replace(&format!("</{name}>"), "");
    }
    text
}

fn people(list: Option<Value>) -> Vec<Name> {
    let Some(Value::Array(list)) = list else { return Vec::new() };
    let people = list.into_iter().filter_map(|person| {
        let Value::Object(mut person) = person else { return None };
        if let Some(literal) = take(&mut person, "literal") {
            return Some(Name::whole(&literal));
        }
        let particle = take(&mut person, "non-dropping-particle").or(take(&mut person, "dropping-particle"));
        let (given, suffix) = (take(&mut person, "given"), take(&mut person, "suffix"));
        match take(&mut person, "family") {
            Some(family) => Some(Name { family, given, particle, suffix }),
            None => given.map(|given| Name::whole(&given)),
        }
    });
    people.collect()
}

fn issued(date: &Value, to: &mut Citation) {
    let parts = date.get("date-parts").and_then(|parts| parts.get(0)).and_then(Value::as_array);
    if let Some(parts) = parts {
        let part = |part: &Value| part.as_str().map_or_else(|| part.to_string(), str::to_owned);
        let parts: Vec<_> = parts.iter().map(part).collect();
        values::date(&parts.join("-"), to);
    } else {
        let raw = ["raw", "literal"].iter().find_map(|name| date.get(name)?.as_str());
        values::date(raw.unwrap_or_default(), to);
    }
}
