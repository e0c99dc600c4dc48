//! `PubMed`, through the E-utilities of NCBI: <https://www.ncbi.nlm.nih.gov/books/NBK25499/#chapter4.EFetch>.

use serde_json::{Value, json};

use super::work::{Notice, Work, from_csl};
use super::xml_tree::XmlElement;

pub(super) const NAME: &str = "PubMed";
pub(super) const ADDRESS: &str = "https://eutils.ncbi.nlm.nih.gov/entrez/eutils";
/// Articles of one request. NCBI asks for a POST from 200 on.
pub(super) const BATCH: usize = 50;

/// Returns the address of the records of articles.
pub(super) fn query(base: &str, numbers: &[&str]) -> String {
    format!("{base}/efetch.fcgi?db=pubmed&retmode=xml&tool=notebook&id={}", numbers.join(","))
}

/// Reads an answer: each article with its number.
///
/// # Errors
/// Fails if it is no set of articles.
pub(super) fn read(body: &str) -> Result<Vec<(String, Work)>, String> {
    let set = XmlElement::parse(body)?;
    if set.name != "PubmedArticleSet" {
        return Err(format!("expected `PubmedArticleSet`, found `{}`", set.name));
    }
    let articles = set.all("PubmedArticle").filter_map(|article| {
        let record = article.at("MedlineCitation")?;
        Some((record.text_at("PMID")?, read_article(record, record.at("Article")?, article)))
    });
    Ok(articles.collect())
}

fn read_article(record: &XmlElement, article: &XmlElement, outer: &XmlElement) -> Work {
    let text = |path: &str| article.text_at(path);
    let date = article.at("Journal/JournalIssue/PubDate");
    let date = date.map(|date| match date.text_at("MedlineDate") {
        Some(text) => text,
        None => ["Year", "Month", "Day"]
            .iter()
            .filter_map(|part| date.text_at(part))
            .collect::<Vec<_>>()
            .join(" "),
    });
    let ids = outer.at("PubmedData/ArticleIdList");
    let doi = ids.and_then(|ids| {
        ids.all("ArticleId").find(|id| id.attribute("IdType") == Some("doi")).map(XmlElement::text)
    });
    let location =
        article.all("ELocationID").find(|id| id.attribute("EIdType") == Some("doi")).map(XmlElement::text);
    let doi = doi.or(location);
    let abstract_text = article.at("Abstract").map(|parts| {
        let part = |part: &XmlElement| match part.attribute("Label") {
            Some(label) => format!("{label}: {}", part.text()),
            None => part.text(),
        };
        parts.all("AbstractText").map(part).collect::<Vec<_>>().join(" ")
    });
    let authors = article
        .at("AuthorList")
        .map_or_else(Vec::new, |list| list.all("Author").filter_map(author).collect());
    // A period ends every title.
    let title = text("ArticleTitle").map(|title| title.strip_suffix('.').unwrap_or(&title).to_owned());
    let number = record.text_at("PMID").unwrap_or_default();
    let item = json!({
        "type": "article-journal",
        "title": title,
        "author": Value::Array(authors),
        "issued": { "raw": date },
        "container-title": text("Journal/Title"),
        "volume": text("Journal/JournalIssue/Volume"),
        "issue": text("Journal/JournalIssue/Issue"),
        "page": text("Pagination/MedlinePgn"),
        "ISSN": text("Journal/ISSN"),
        "DOI": doi,
        "URL": format!("https://pubmed.ncbi.nlm.nih.gov/{number}/"),
        "abstract": abstract_text,
    });
    let mut work = from_csl(item);
    let kinds = article
        .at("PublicationTypeList")
        .map_or_else(Vec::new, |list| list.all("PublicationType").map(XmlElement::text).collect());
    if kinds.iter().any(|kind| kind == "Retracted Publication") {
        work.notice = Some(Notice { kind: "retraction".into(), address: None });
    }
    work
}

fn author(author: &XmlElement) -> Option<Value> {
    if let Some(name) = author.text_at("CollectiveName") {
        return Some(json!({ "literal": name }));
    }
    let given = author.text_at("ForeName").or_else(|| author.text_at("Initials"));
    let name = [
        ("family", author.text_at("LastName")?.into()),
        ("given", given),
        ("suffix", author.text_at("Suffix")),
    ];
    let parts =
        name.into_iter().filter_map(|(key, part): (_, Option<String>)| Some((key.to_owned(), part?.into())));
    Some(Value::Object(parts.collect()))
}

#[cfg(test)]
mod tests {
    use notebook_core::notebook::PersonName;

    use super::*;

    const SET: &str = r#"<?xml version="1.0" ?>
<!DOCTYPE PubmedArticleSet PUBLIC "-//NLM//DTD PubMedArticle, 1st January 2019//EN" "https://dtd.nlm.nih.gov/ncbi/pubmed/out/pubmed_190101.dtd">
<PubmedArticleSet><PubmedArticle><MedlineCitation Status="MEDLINE"><PMID Version="1">99000001</PMID>
<Article PubModel="Print"><Journal><ISSN IssnType="Print">1111-2222</ISSN><JournalIssue CitedMedium="Print">
<Volume>41</Volume><Issue>3</Issue><PubDate><Year>2013</Year><Month>Jan</Month></PubDate></JournalIssue>
<Title>Annals of made-up things</Title></Journal><ArticleTitle>Quiet <i>E. coli</i> grow.</ArticleTitle>
<Pagination><MedlinePgn>D36-42</MedlinePgn></Pagination><ELocationID EIdType="doi">10.1000/quiet</ELocationID>
<Abstract><AbstractText Label="AIM">To see.</AbstractText><AbstractText Label="RESULT">We saw.</AbstractText></Abstract>
<AuthorList CompleteYN="Y"><Author><LastName>One</LastName><ForeName>Ada B</ForeName><Initials>AB</Initials><Suffix>Jr</Suffix></Author>
<Author><CollectiveName>Made-up Group</CollectiveName></Author></AuthorList>
<PublicationTypeList><PublicationType UI="D1">Retracted Publication</PublicationType></PublicationTypeList>
</Article></MedlineCitation></PubmedArticle></PubmedArticleSet>"#;

    #[test]
    fn an_article_is_read() {
        let (number, work) = read(SET).unwrap().pop().unwrap();
        assert_eq!(number, "99000001");
        let citation = &work.entry.citation;
        assert_eq!(citation.title.as_deref(), Some("Quiet E. coli grow"));
        assert_eq!((citation.year, citation.month), (Some(2013), Some(1)));
        assert_eq!(citation.pages.as_deref(), Some("D36-42"));
        assert_eq!(citation.doi.as_deref(), Some("10.1000/quiet"));
        let names: Vec<_> = citation.authors.iter().map(PersonName::display_name).collect();
        assert_eq!(names, ["Ada B One Jr", "Made-up Group"]);
        assert_eq!(work.entry.abstract_text.as_deref(), Some("AIM: To see. RESULT: We saw."));
        assert!(work.notice.is_some());
    }

    #[test]
    fn distinguishes_no_article_from_another_document() {
        assert_eq!(read("<PubmedArticleSet></PubmedArticleSet>"), Ok(Vec::new()));
        assert!(read("<html><body>busy</body></html>").is_err());
        assert!(read(&SET[..SET.len() - 30]).is_err());
    }
}
