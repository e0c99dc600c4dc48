//! The API of `OpenAlex`, an index of works everywhere: <https://developers.openalex.org/guides/get>.

use std::collections::BTreeMap;

use serde_json::{Value, json};

use super::requests::{encode_path, json_body};
use super::work::{Notice, Work, from_csl};
use super::work_id::WorkId;

pub(super) const NAME: &str = "OpenAlex";
pub(super) const ADDRESS: &str = "https://api.openalex.org";

/// Words of the longest abstract that is read: a position in the answer is a number that anyone could have written.
const MAX_WORDS: usize = 20_000;

/// Returns the address of the record of a work; `None` if the index has no such identifiers. `key` is that of an account.
pub(super) fn query(base: &str, id: &WorkId, key: Option<&str>) -> Option<String> {
    let id = match id {
        WorkId::Arxiv(id) => format!("doi:10.48550/arxiv.{}", encode_path(id)),
        WorkId::Doi(doi) => format!("doi:{}", encode_path(doi)),
        WorkId::Pmid(number) => format!("pmid:{number}"),
        WorkId::Pmcid(id) => format!("pmcid:{id}"),
        WorkId::Isbn(_) | WorkId::Page(_) => return None,
    };
    let key = key.map_or(String::new(), |key| format!("?api_key={}", encode_path(key)));
    Some(format!("{base}/works/{id}{key}"))
}

/// Reads an answer.
///
/// # Errors
/// Fails if it is not a record.
pub(super) fn read(body: &[u8]) -> Result<Work, String> {
    let record = json_body(body)?;
    let text = |path: &str| record.pointer(path).and_then(Value::as_str).filter(|text| !text.is_empty());
    if text("/id").is_none() {
        return Err("it has no `id`".into());
    }
    let authors = record.get("authorships").and_then(Value::as_array).map_or(&[][..], Vec::as_slice);
    let author = |authorship: &Value| {
        let names = ["/author/display_name", "/raw_author_name"];
        names.iter().find_map(|path| authorship.pointer(path)?.as_str()).map(str::to_owned)
    };
    let pages = text("/biblio/first_page").map(|first| match text("/biblio/last_page") {
        Some(last) if last != first => format!("{first}-{last}"),
        _ => first.to_owned(),
    });
    let year = record.get("publication_year").filter(|year| year.is_number()).map(ToString::to_string);
    let source_kind = text("/primary_location/source/type").unwrap_or_default();
    let item = json!({
        "type": item_type(text("/type").unwrap_or_default(), source_kind),
        "title": text("/title").or_else(|| text("/display_name")),
        "author": authors.iter().filter_map(author).collect::<Vec<_>>(),
        "issued": { "raw": text("/publication_date").map(str::to_owned).or(year) },
        "container-title": text("/primary_location/source/display_name").filter(|_| source_kind != "repository"),
        "volume": text("/biblio/volume"),
        "issue": text("/biblio/issue"),
        "page": pages,
        "ISSN": text("/primary_location/source/issn_l"),
        "DOI": text("/doi"),
        "URL": text("/doi").or_else(|| text("/primary_location/landing_page_url")),
        "abstract": record.get("abstract_inverted_index").and_then(abstract_text),
    });
    let mut work = from_csl(item);
    if record.get("is_retracted").and_then(Value::as_bool) == Some(true) {
        work.notice = Some(Notice { kind: "retraction".into(), address: None });
    }
    Ok(work)
}

fn item_type(kind: &str, source_kind: &str) -> &'static str {
    match (kind, source_kind) {
        (_, "conference") => "paper-conference",
        ("preprint", _) | ("article", "repository") => "article",
        ("article" | "review" | "letter" | "editorial", _) => "article-journal",
        ("book-chapter", _) => "chapter",
        ("book", _) => "book",
        ("dissertation", _) => "thesis",
        ("report", _) => "report",
        ("dataset", _) => "dataset",
        _ => "document",
    }
}

/// Puts the words of an abstract, which come with their positions, in order.
fn abstract_text(index: &Value) -> Option<String> {
    let mut words = BTreeMap::new();
    for (word, positions) in index.as_object()? {
        for position in positions.as_array()?.iter().filter_map(Value::as_u64) {
            words.insert(position, word.as_str());
        }
    }
    let words: Vec<&str> = words.into_values().take(MAX_WORDS).collect();
    (!words.is_empty()).then(|| words.join(" "))
}

#[cfg(test)]
mod tests {
    use notebook_core::notebook::WorkType;

    use super::*;

    #[test]
    fn a_record_is_read() {
        let answer = json!({
            "id": "https://openalex.org/W99", "doi": "https://doi.org/10.1000/quiet", "title": "Quiet Gradients",
            "type": "article", "publication_year": 2019, "publication_date": "2019-05-02", "is_retracted": true,
            "authorships": [{ "author": { "display_name": "Ada One" } }, { "author": {}, "raw_author_name": "B. Two" }],
            "primary_location": { "source": { "display_name": "Annals of A", "type": "journal", "issn_l": "1111-2222" } },
            "biblio": { "volume": "1", "issue": null, "first_page": "7", "last_page": "9" },
            "abstract_inverted_index": { "do": [1], "We": [0], "it": [2, 4], "as": [3], "is.": [5] },
        });
        let work = read(answer.to_string().as_bytes()).unwrap();
        let citation = &work.entry.citation;
        assert_eq!((citation.work_type, citation.year), (WorkType::Article, Some(2019)));
        assert_eq!(
            (citation.venue.as_deref(), citation.pages.as_deref()),
            (Some("Annals of A"), Some("7-9"))
        );
        assert_eq!(citation.doi.as_deref(), Some("10.1000/quiet"));
        assert_eq!(citation.authors.len(), 2);
        assert_eq!(work.entry.abstract_text.as_deref(), Some("We do it as it is."));
        assert!(work.notice.is_some());
        assert!(read(b"{\"error\":\"x\"}").is_err());
    }

    #[test]
    fn a_record_with_little_is_read() {
        let work =
            read(br#"{"id":"W1","title":null,"primary_location":null,"abstract_inverted_index":null}"#)
                .unwrap();
        assert_eq!((work.entry.citation.title, work.notice), (None, None));
    }
}
