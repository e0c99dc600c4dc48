//! The REST API of `DataCite`: <https://support.datacite.org/docs/api>.

use serde_json::{Value, json};

use super::requests::{encode_path, json_body};
use super::work::{Work, from_csl};

pub(super) const NAME: &str = "DataCite";
pub(super) const ADDRESS: &str = "https://api.datacite.org";

/// Prefixes of large registrants at `DataCite`: arXiv, Zenodo, figshare, Dryad, Dataverse, OSF, Dagstuhl. All others are looked up
/// at Crossref first, which has more papers.
const PREFIXES: [&str; 7] =
    ["10.48550/", "10.5281/", "10.6084/", "10.5061/", "10.7910/", "10.17605/", "10.4230/"];

/// Returns true if the prefix of a DOI is known to be registered with `DataCite`.
pub(super) fn has_prefix(doi: &str) -> bool {
    PREFIXES.iter().any(|prefix| doi.starts_with(prefix))
}

/// Returns the address of the record of a work.
pub(super) fn query(base: &str, doi: &str) -> String {
    format!("{base}/dois/{}", encode_path(doi))
}

/// Reads an answer.
///
/// # Errors
/// Fails if it is not a record.
pub(super) fn read(body: &[u8]) -> Result<Work, String> {
    let answer = json_body(body)?;
    let record = answer.pointer("/data/attributes").filter(|record| record.is_object());
    let record = record.ok_or("it has no `data.attributes`")?;
    let text = |path: &str| record.pointer(path).and_then(Value::as_str).map(str::to_owned);
    let items = |name: &str| record.get(name).and_then(Value::as_array).map_or(&[][..], Vec::as_slice);
    let titles = items("titles");
    let title =
        titles.iter().find(|title| title.get("titleType").is_none_or(Value::is_null)).or(titles.first());
    let dates = items("dates").iter();
    let mut issued = dates.filter(|date| date.get("dateType").and_then(Value::as_str) == Some("Issued"));
    let issued = issued.find_map(|date| date.get("date")?.as_str());
    let year = record
        .get("publicationYear")
        .map(|year| year.as_str().map_or_else(|| year.to_string(), str::to_owned));
    // The date counts only if it is of the year to cite.
    let date = issued.filter(|date| year.as_deref().is_none_or(|year| date.starts_with(year)));
    let is_abstract = |part: &&Value| part.get("descriptionType").and_then(Value::as_str) == Some("Abstract");
    let publisher = text("/publisher").or_else(|| text("/publisher/name"));
    let pages = text("/container/firstPage").map(|first| match text("/container/lastPage") {
        Some(last) if last != first => format!("{first}-{last}"),
        _ => first,
    });
    let item = json!({
        "type": item_type(text("/types/citeproc").as_deref(), text("/types/resourceTypeGeneral").as_deref()),
        "title": title.and_then(|title| title.get("title")),
        "author": items("creators").iter().filter_map(name).collect::<Vec<_>>(),
        "issued": { "raw": date.map(str::to_owned).or(year) },
        "container-title": text("/container/title"),
        "volume": text("/container/volume"),
        "issue": text("/container/issue"),
        "page": pages,
        "publisher": publisher,
        "DOI": text("/doi"),
        "URL": text("/doi").map(|doi| format!("https://doi.org/{doi}")),
        "abstract": items("descriptions").iter().find(is_abstract).and_then(|part| part.get("description")),
    });
    Ok(from_csl(item))
}

/// Returns the type of an item by the two names that a record has for it.
fn item_type(citeproc: Option<&str>, general: Option<&str>) -> &'static str {
    match general.unwrap_or_default() {
        "Preprint" => "article",
        "JournalArticle" => "article-journal",
        "ConferencePaper" => "paper-conference",
        "BookChapter" => "chapter",
        "Book" => "book",
        "Dissertation" => "thesis",
        "Report" => "report",
        "Software" => "software",
        "Dataset" => "dataset",
        _ => match citeproc.unwrap_or_default() {
            "article-journal" => "article-journal",
            "paper-conference" => "paper-conference",
            "chapter" => "chapter",
            "book" => "book",
            "thesis" => "thesis",
            "report" => "report",
            "dataset" => "dataset",
            _ => "document",
        },
    }
}

fn name(creator: &Value) -> Option<Value> {
    let text = |key: &str| creator.get(key).and_then(Value::as_str).filter(|text| !text.trim().is_empty());
    if text("nameType") == Some("Organizational") {
        return Some(json!({ "literal": text("name")? }));
    }
    match text("familyName") {
        Some(family) => Some(json!({ "family": family, "given": text("givenName") })),
        None => Some(json!(text("name")?)),
    }
}

#[cfg(test)]
mod tests {
    use notebook_core::notebook::{PersonName, WorkType};

    use super::*;

    #[test]
    fn a_record_is_read() {
        let answer = json!({ "data": { "id": "10.5281/zenodo.99", "type": "dois", "attributes": {
            "doi": "10.5281/zenodo.99",
            "creators": [{ "name": "One, Ada", "nameType": "Personal", "givenName": "Ada", "familyName": "One" },
                         { "name": "Two, Bo" }, { "name": "Institute of Made Things", "nameType": "Organizational" }],
            "titles": [{ "title": "Other", "titleType": "AlternativeTitle" }, { "title": "Quiet Data" }],
            "publisher": "Zenodo", "publicationYear": 2020,
            "dates": [{ "date": "2020-03-04", "dateType": "Issued" }],
            "types": { "resourceTypeGeneral": "Dataset", "citeproc": "dataset" },
            "descriptions": [{ "description": "<p>Numbers.</p>", "descriptionType": "Abstract" }],
        } } });
        let work = read(answer.to_string().as_bytes()).unwrap();
        let citation = &work.entry.citation;
        assert_eq!(citation.work_type, WorkType::Dataset);
        assert_eq!(citation.title.as_deref(), Some("Quiet Data"));
        assert_eq!((citation.year, citation.month, citation.day), (Some(2020), Some(3), Some(4)));
        let names: Vec<_> = citation.authors.iter().map(PersonName::display_name).collect();
        assert_eq!(names, ["Ada One", "Bo Two", "Institute of Made Things"]);
        assert_eq!(citation.publisher.as_deref(), Some("Zenodo"));
        assert_eq!(work.entry.abstract_text.as_deref(), Some("Numbers."));
    }

    #[test]
    fn a_date_of_another_year_and_a_publisher_as_an_object_are_read() {
        let answer = json!({ "data": { "attributes": { "doi": "10.5281/zenodo.99", "titles": [{ "title": "Quiet" }],
            "publisher": { "name": "Made Press" }, "publicationYear": "2019",
            "dates": [{ "date": "2021-03-04", "dateType": "Issued" }] } } });
        let citation = read(answer.to_string().as_bytes()).unwrap().entry.citation;
        assert_eq!((citation.year, citation.month), (Some(2019), None));
        assert_eq!(citation.publisher.as_deref(), Some("Made Press"));
        assert!(read(b"{\"errors\":[{\"status\":\"404\"}]}").is_err());
    }
}
