//! The API of arXiv: <https://info.arxiv.org/help/api/user-manual.html>.

use serde_json::{Value, json};

use super::work::{Notice, Work, from_csl};
use super::xml_tree::XmlElement;

pub(super) const NAME: &str = "arXiv";
pub(super) const ADDRESS: &str = "https://export.arxiv.org/api";
/// Papers of one request. The manual allows 2,000; with so few an answer has about 200 kB.
pub(super) const BATCH: usize = 50;

/// Returns the address of the records of papers.
pub(super) fn query(base: &str, ids: &[&str]) -> String {
    format!("{base}/query?id_list={}&max_results={}", ids.join(","), ids.len())
}

/// Reads an answer: each paper with its id.
///
/// # Errors
/// Fails if it is no feed, or the feed is an error of the service.
pub(super) fn read(body: &str) -> Result<Vec<(String, Work)>, String> {
    let feed = XmlElement::parse(body)?;
    if feed.name != "feed" {
        return Err(format!("expected a feed, found `{}`", feed.name));
    }
    let mut works = Vec::new();
    for entry in feed.all("entry") {
        let address = entry.text_at("id").unwrap_or_default();
        if address.contains("/api/errors") {
            // One id that is not well-formed spoils the answer about all others.
            return Err(entry.text_at("summary").unwrap_or_else(|| "an error without a message".into()));
        }
        let Some((_, id)) = address.split_once("/abs/") else { continue };
        let (id, version) = split_version(id);
        // An id that does not exist has an entry without a title.
        let Some(title) = entry.text_at("title") else { continue };
        works.push((id.to_owned(), read_entry(entry, id, version, &title)));
    }
    Ok(works)
}

fn read_entry(entry: &XmlElement, id: &str, version: Option<u16>, title: &str) -> Work {
    let authors: Vec<Value> =
        entry.all("author").filter_map(|author| author.text_at("name")).map(Value::String).collect();
    let date = entry.text_at("published").unwrap_or_default();
    let comment = entry.text_at("comment").unwrap_or_default();
    let item = json!({
        "type": "article",
        "title": title,
        "author": authors,
        "issued": { "raw": date.split('T').next().unwrap_or_default() },
        "archive": "arXiv",
        "archive_location": id,
        "DOI": entry.text_at("doi"),
        "URL": format!("https://arxiv.org/abs/{id}"),
        "abstract": entry.text_at("summary"),
    });
    let is_withdrawn = comment.to_lowercase().contains("withdrawn");
    let mut work = from_csl(item);
    work.version = version;
    work.notice = is_withdrawn.then(|| Notice { kind: "withdrawn".into(), address: None });
    work
}

/// Splits `1706.03762v5` before its version.
fn split_version(id: &str) -> (&str, Option<u16>) {
    match id.rsplit_once('v') {
        Some((id, version)) if version.parse::<u16>().is_ok() => (id, version.parse().ok()),
        _ => (id, None),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const FEED: &str = r#"<?xml version="1.0" encoding="UTF-8"?>
<feed xmlns="http://www.w3.org/2005/Atom">
  <title>ArXiv Query</title>
  <entry>
    <id>http://arxiv.org/abs/2101.99001v3</id>
    <updated>2021-06-03T13:00:00Z</updated>
    <published>2021-01-22T18:00:00Z</published>
    <title>Quiet Gradients
  for Loud &amp; Large Networks</title>
    <summary>  We say
  little. </summary>
    <author><name>Ada van der One</name></author>
    <author><name>Bo Two</name></author>
    <arxiv:doi xmlns:arxiv="http://arxiv.org/schemas/atom">10.1000/quiet</arxiv:doi>
    <arxiv:comment xmlns:arxiv="http://arxiv.org/schemas/atom">8 pages</arxiv:comment>
  </entry>
  <entry>
    <id>http://arxiv.org/abs/hep-th/9901999v1</id>
    <published>1999-01-05T10:00:00Z</published>
    <title>Gone</title>
    <author><name>Cy Three</name></author>
    <arxiv:comment xmlns:arxiv="http://arxiv.org/schemas/atom">This paper has been withdrawn</arxiv:comment>
  </entry>
</feed>"#;

    #[test]
    fn papers_are_read_with_their_latest_version() {
        let works = read(FEED).unwrap();
        let ids: Vec<_> = works.iter().map(|(id, work)| (id.as_str(), work.version)).collect();
        assert_eq!(ids, [("2101.99001", Some(3)), ("hep-th/9901999", Some(1))]);
        let citation = &works[0].1.entry.citation;
        assert_eq!(citation.title.as_deref(), Some("Quiet Gradients for Loud & Large Networks"));
        assert_eq!((citation.year, citation.month, citation.day), (Some(2021), Some(1), Some(22)));
        assert_eq!(citation.arxiv.as_deref(), Some("2101.99001"));
        assert_eq!(citation.doi.as_deref(), Some("10.1000/quiet"));
        let names: Vec<_> = citation.authors.iter().map(|name| name.family.as_str()).collect();
        assert_eq!(names, ["One", "Two"]);
        assert_eq!(works[0].1.entry.abstract_text.as_deref(), Some("We say little."));
        assert_eq!(works[0].1.notice, None);
        assert_eq!(works[1].1.notice.as_ref().map(|notice| notice.kind.as_str()), Some("withdrawn"));
    }

    #[test]
    fn an_error_of_the_service_and_a_cut_answer_are_errors() {
        let error = "<feed><entry><id>http://arxiv.org/api/errors#x</id><title>Error</title><summary>incorrect id format for x</summary></entry></feed>";
        assert_eq!(read(error), Err("incorrect id format for x".into()));
        assert!(read(&FEED[..FEED.len() / 2]).is_err());
        assert!(read("Rate exceeded.").is_err());
        assert_eq!(read("<feed></feed>"), Ok(Vec::new()));
    }
}
