//! Data about a paper in the head of its page, which publishers write for Google Scholar:
//! <https://scholar.google.com/intl/en/scholar/inclusion.html#indexing>.

use html5gum::{Token, Tokenizer};
use serde_json::json;

use super::work::{Work, from_csl};
use super::work_id::WorkId;

/// The name of the source in messages.
pub(super) const NAME: &str = "the page";

/// The record on a page, with the identifier by which a service may have a more complete one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct PageRecord {
    pub(super) work: Work,
    pub(super) id: Option<WorkId>,
}

/// Reads the record on a page; `None` if it has none.
#[allow(clippy::too_many_lines, reason = "a table of the names of meta elements")]
pub(super) fn read(html: &str) -> Option<PageRecord> {
    let tags = meta_tags(html);
    let all = |name: &str| -> Vec<String> {
        tags.iter().filter(|(key, _)| key == name).map(|(_, value)| value.clone()).collect()
    };
    let first = |names: &[&str]| names.iter().find_map(|name| all(name).into_iter().next());
    let title =
        first(&["citation_title", "dc.title", "dcterms.title", "eprints.title", "bepress_citation_title"])?;
    let mut authors: Vec<String> =
        ["citation_author", "dc.creator", "eprints.creators_name", "bepress_citation_author"]
            .iter()
            .map(|name| all(name))
            .find(|names| !names.is_empty())
            .unwrap_or_default();
    if let ([], Some(list)) = (authors.as_slice(), first(&["citation_authors"])) {
        authors =
            list.split(';').map(|name| name.trim().to_owned()).filter(|name| !name.is_empty()).collect();
    }
    let conference = first(&["citation_conference_title", "citation_conference"]);
    let (book, journal) =
        (first(&["citation_inbook_title", "citation_book_title"]), first(&["citation_journal_title"]));
    let institution = first(&["citation_dissertation_institution"]);
    let item_type = match (&journal, &conference, &book, &institution) {
        (.., Some(_)) => "thesis",
        (_, Some(_), ..) => "paper-conference",
        (Some(_), ..) => "article-journal",
        (_, _, Some(_), _) => "chapter",
        _ => "document",
    };
    let date = first(&[
        "citation_publication_date",
        "citation_date",
        "citation_online_date",
        "citation_year",
        "dc.date",
        "dcterms.issued",
        "bepress_citation_date",
    ]);
    let pages = first(&["citation_firstpage"]).map(|page| match first(&["citation_lastpage"]) {
        Some(last) if last != page => format!("{page}-{last}"),
        _ => page,
    });
    let doi = first(&["citation_doi", "prism.doi", "bepress_citation_doi"]);
    let doi = doi.or_else(|| all("dc.identifier").into_iter().find(|id| id.contains("10.")));
    let arxiv = first(&["citation_arxiv_id"]);
    let pmid = first(&["citation_pmid"]);
    let id = arxiv
        .as_deref()
        .and_then(|id| WorkId::parse(&format!("arXiv:{id}")))
        .or_else(|| doi.as_deref().and_then(WorkId::parse))
        .or_else(|| pmid.as_deref().and_then(|number| WorkId::parse(&format!("PMID {number}"))))
        .filter(|id| !matches!(id, WorkId::Page(_)));
    let doi = match &id {
        Some(WorkId::Doi(doi)) => Some(doi.clone()),
        _ => None,
    };
    // `2019/05/02`, as Scholar asks for.
    let date = date.map(|date| date.replace('/', "-"));
    let item = json!({
        "type": item_type,
        "title": title,
        "author": authors,
        "issued": { "raw": date },
        "container-title": conference.or(journal).or(book),
        "volume": first(&["citation_volume"]),
        "issue": first(&["citation_issue"]),
        "page": pages,
        "publisher": institution.or_else(|| first(&["citation_publisher", "dc.publisher"])),
        "ISSN": first(&["citation_issn"]),
        "ISBN": first(&["citation_isbn"]),
        "DOI": doi,
        "abstract": first(&["citation_abstract", "dcterms.abstract"]),
    });
    Some(PageRecord { work: from_csl(item), id })
}

/// Returns the names, in lower case, and values of the `meta` elements of a page.
fn meta_tags(html: &str) -> Vec<(String, String)> {
    let mut tags = Vec::new();
    for token in Tokenizer::new(html).flatten() {
        let Token::StartTag(tag) = token else { continue };
        if *tag.name != b"meta"[..] {
            continue;
        }
        let attribute = |name: &[u8]| {
            let value = tag.attributes.iter().find(|(key, _)| key.as_slice() == name).map(|(_, value)| value);
            value.map(|value| String::from_utf8_lossy(value).trim().to_owned())
        };
        if let (Some(name), Some(content)) =
            (attribute(b"name").or_else(|| attribute(b"property")), attribute(b"content"))
            && !content.is_empty()
        {
            tags.push((name.to_lowercase(), content));
        }
    }
    tags
}

#[cfg(test)]
mod tests {
    use notebook_core::notebook::{PersonName, WorkType};

    use super::*;

    #[test]
    fn reads_the_record_of_a_page() {
        let html = r#"<!DOCTYPE html><html><head><title>x</title>
            <META name="citation_title" content="Quiet Gradients &amp; More">
            <meta name="citation_author" content="One, Ada"/><meta content="Bo Two" name="citation_author">
            <meta name="citation_publication_date" content="2019/05/24">
            <meta name="citation_conference_title" content="Conference on Made-up Things">
            <meta name="citation_firstpage" content="6105"><meta name="citation_lastpage" content="6114">
            <script>var x = '<meta name="citation_doi" content="10.1/no">';</script>
            </head><body>words</body></html>"#;
        let record = read(html).unwrap();
        let citation = &record.work.entry.citation;
        assert_eq!(
            (citation.work_type, citation.year, citation.month),
            (WorkType::Proceedings, Some(2019), Some(5))
        );
        assert_eq!(citation.title.as_deref(), Some("Quiet Gradients & More"));
        assert_eq!(citation.pages.as_deref(), Some("6105-6114"));
        let names: Vec<_> = citation.authors.iter().map(PersonName::display_name).collect();
        assert_eq!(names, ["Ada One", "Bo Two"]);
        assert_eq!(record.id, None);
    }

    #[test]
    fn an_identifier_on_the_page_is_read() {
        for (meta, expected) in [
            (r#"name="citation_doi" content="https://doi.org/10.1000/x""#, "doi:10.1000/x"),
            (r#"name="DC.identifier" content="doi:10.1000/x""#, "doi:10.1000/x"),
            (r#"name="citation_arxiv_id" content="2101.99001""#, "arXiv:2101.99001"),
            (r#"name="citation_pmid" content="99000001""#, "PMID 99000001"),
        ] {
            let html = format!(r#"<meta name="DC.title" content="Quiet"><meta {meta}>"#);
            assert_eq!(read(&html).unwrap().id.map(|id| id.to_string()).as_deref(), Some(expected), "{meta}");
        }
    }

    #[test]
    fn a_page_about_something_else_is_none() {
        for html in
            ["", "<title>Quiet</title>", r#"<meta property="og:title" content="Quiet">"#, "%PDF-1.4 \u{fffd}"]
        {
            assert_eq!(read(html), None, "{html}");
        }
    }
}
