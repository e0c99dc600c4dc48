//! The REST API of Crossref: <https://api.crossref.org/swagger-ui/index.html>. Its records are nearly CSL-JSON.

use serde_json::{Map, Value, json};

use super::requests::{encode_path, json_body};
use super::work::{Notice, Work, from_csl};

pub(super) const NAME: &str = "Crossref";
pub(super) const ADDRESS: &str = "https://api.crossref.org";
/// DOIs of one request. The references in its records make answers about more than these very long.
pub(super) const BATCH: usize = 20;

/// Kinds of updates after which a work should not be relied on: <https://www.crossref.org/documentation/register-maintain-records/maintaining-your-metadata/registering-updates/>.
const RETRACTIONS: [&str; 5] =
    ["retraction", "partial_retraction", "withdrawal", "removal", "expression_of_concern"];

/// Returns the address of the record of a work.
pub(super) fn query(base: &str, doi: &str) -> String {
    format!("{base}/works/{}", encode_path(doi))
}

/// Returns the address of the records of several works.
pub(super) fn batch_query(base: &str, dois: &[&str]) -> String {
    let filters: Vec<String> = dois.iter().map(|doi| format!("doi:{}", encode_path(doi))).collect();
    format!("{base}/works?filter={}&rows={}", filters.join(","), dois.len())
}

/// Returns true if a DOI can be one of several in a request, where commas separate them.
pub(super) fn is_batchable(doi: &str) -> bool {
    !doi.contains([',', ':'])
}

/// Returns the address of the records with an ISBN.
pub(super) fn isbn_query(base: &str, isbn: &str) -> String {
    format!("{base}/works?filter=isbn:{isbn}&rows=20")
}

/// Reads an answer about one work, or about several.
///
/// # Errors
/// Fails if it is not a record, or a list of records.
pub(super) fn read(body: &[u8]) -> Result<Vec<Work>, String> {
    let mut answer = json_body(body)?;
    let message = answer.get_mut("message").map(Value::take).ok_or("it has no `message`")?;
    let records = match message {
        Value::Object(mut message) => match message.remove("items") {
            Some(Value::Array(items)) => items,
            Some(_) => return Err("its `items` are not a list".into()),
            None => vec![Value::Object(message)],
        },
        _ => return Err("its `message` is not a record".into()),
    };
    let objects = records.into_iter().filter_map(|record| match record {
        Value::Object(record) if record.contains_key("DOI") => Some(record),
        _ => None,
    });
    Ok(objects.map(read_record).collect())
}

/// Returns the book among the works that have its ISBN: its chapters have it too.
pub(super) fn book(works: Vec<Work>) -> Option<Work> {
    use notebook_core::notebook::WorkType;
    works.into_iter().find(|work| work.entry.citation.work_type == WorkType::Book)
}

fn read_record(mut record: Map<String, Value>) -> Work {
    let first = |record: &Map<String, Value>, name: &str| {
        let value = record.get(name)?;
        let text = value.as_str().or_else(|| value.get(0)?.as_str())?;
        Some(text.trim().to_owned()).filter(|text| !text.is_empty())
    };
    let institution =
        record.get("institution").and_then(|list| list.get(0)?.get("name")?.as_str().map(str::to_owned));
    for (name, others) in [
        ("page", ["article-number"]),
        ("publisher-place", ["publisher-location"]),
        ("edition", ["edition-number"]),
    ] {
        if first(&record, name).is_none()
            && let Some(value) = others.iter().find_map(|other| first(&record, other))
        {
            record.insert(name.into(), json!(value));
        }
    }
    match (institution, first(&record, "type").as_deref()) {
        // The server of a preprint is its institution.
        (Some(server), Some("posted-content")) if first(&record, "container-title").is_none() => {
            record.insert("container-title".into(), json!(server));
        }
        (Some(institution), Some("dissertation" | "report")) => {
            record.insert("publisher".into(), json!(institution));
        }
        _ => {}
    }
    // `published` is the earliest of its dates, `issued` the one to cite. An unknown date is a list of null.
    let is_dated = |date: &Value| date.pointer("/date-parts/0/0").is_some_and(Value::is_number);
    if !record.get("issued").is_some_and(is_dated) {
        record.remove("issued");
    }
    let notice = notice(&record);
    let mut work = from_csl(Value::Object(record));
    work.notice = notice;
    work
}

/// Returns the notice of a retraction that a record names.
fn notice(record: &Map<String, Value>) -> Option<Notice> {
    let updates = record.get("updated-by")?.as_array()?;
    updates.iter().find_map(|update| {
        let kind = update.get("type")?.as_str()?;
        let address = update.get("DOI").and_then(Value::as_str).map(|doi| format!("https://doi.org/{doi}"));
        RETRACTIONS.contains(&kind).then(|| Notice { kind: kind.replace('_', " "), address })
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn record(more: &Value) -> Value {
        let mut record = json!({
            "DOI": "10.1000/quiet", "type": "journal-article", "title": ["Quiet Gradients"],
            "subtitle": ["A Study"], "container-title": ["Annals of A &amp; B", "Annals"],
            "author": [{ "given": "Ada", "family": "One", "sequence": "first", "affiliation": [] },
                       { "name": "The Made-up Consortium", "sequence": "additional" }],
            "issued": { "date-parts": [[2019, 5]] }, "volume": "12", "article-number": "e77",
            "publisher": "Made Press", "ISSN": ["1111-2222", "3333-4444"], "URL": "https://doi.org/10.1000/quiet",
            "abstract": "<jats:p>We do it.</jats:p>", "reference": [{ "key": "1" }],
        });
        for (name, value) in more.as_object().unwrap() {
            record[name] = value.clone();
        }
        json!({ "status": "ok", "message-type": "work", "message": record })
    }

    fn work(more: &Value) -> Work {
        read(record(more).to_string().as_bytes()).unwrap().pop().unwrap()
    }

    #[test]
    fn a_record_is_read() {
        let work = work(&json!({}));
        let citation = &work.entry.citation;
        assert_eq!(citation.title.as_deref(), Some("Quiet Gradients: A Study"));
        assert_eq!(citation.venue.as_deref(), Some("Annals of A & B"));
        assert_eq!((citation.year, citation.month), (Some(2019), Some(5)));
        assert_eq!(citation.pages.as_deref(), Some("e77"));
        assert_eq!(citation.doi.as_deref(), Some("10.1000/quiet"));
        let names: Vec<_> = citation.authors.iter().map(|name| name.family.as_str()).collect();
        assert_eq!(names, ["One", "The Made-up Consortium"]);
        assert_eq!(work.entry.abstract_text.as_deref(), Some("We do it."));
        assert_eq!(work.notice, None);
    }

    #[test]
    fn an_unknown_date_and_a_repeated_subtitle_are_left_out() {
        let more = json!({ "issued": { "date-parts": [[null]] }, "published-online": { "date-parts": [[2018]] },
                           "title": ["Quiet Gradients: a study"] });
        let citation = work(&more).entry.citation;
        assert_eq!(citation.year, Some(2018));
        assert_eq!(citation.title.as_deref(), Some("Quiet Gradients: a study"));
    }

    #[test]
    fn the_server_of_a_preprint_is_its_venue() {
        let more = json!({ "type": "posted-content", "container-title": [], "institution": [{ "name": "madeRxiv" }] });
        assert_eq!(work(&more).entry.citation.venue.as_deref(), Some("madeRxiv"));
    }

    #[test]
    fn a_retraction_is_noticed_and_a_correction_is_not() {
        let update =
            |kind: &str| json!({ "updated-by": [{ "type": kind, "DOI": "10.1000/notice", "label": "X" }] });
        let notice =
            Notice { kind: "retraction".into(), address: Some("https://doi.org/10.1000/notice".into()) };
        assert_eq!(work(&update("retraction")).notice, Some(notice));
        assert_eq!(work(&update("correction")).notice, None);
    }

    #[test]
    fn an_answer_of_another_form_is_an_error() {
        for body in ["Resource not found.", "{", "[]", "{\"message\":[]}", "{\"status\":\"failed\"}"] {
            assert!(read(body.as_bytes()).is_err(), "{body}");
        }
        assert_eq!(read(br#"{"message":{"items":[]}}"#), Ok(Vec::new()));
    }
}
