//! Linked data about the notebook in the vocabulary of schema.org (JSON-LD).

use notebook_core::notebook::{Access, Entry, SourceKind, UrlKind, plain};
use notebook_core::search::{Field, field_text};
use serde_json::{Map, Value, json};

use super::site_metadata::{SiteMetadata, title_text};

/// Characters of a definition; the page has the rest.
const MAX_DESCRIPTION_CHARS: usize = 300;

/// Returns the `script` element with the linked data of a page that shows these entries.
#[allow(clippy::too_many_lines, reason = "the fields of one JSON document")]
pub(crate) fn json_ld_element<'a>(site: &SiteMetadata, entries: impl Iterator<Item = &'a Entry>) -> String {
    let (mut papers, mut terms) = (Vec::new(), Vec::new());
    for entry in entries {
        let address = site.url_of(&format!("#{}", entry.id())).unwrap_or_else(|| format!("#{}", entry.id()));
        match entry {
            Entry::Paper(paper) => {
                let mut object = new_object(&[
                    ("@type", "ScholarlyArticle"),
                    ("name", &title_text(entry)),
                    ("@id", &address),
                ]);
                if let Some(url) = paper.url.as_ref().filter(|url| matches!(url.kind(), UrlKind::Web(..))) {
                    object.insert("url".into(), json!(url.as_str()));
                }
                object
                    .extend(paper.source.year.map(|year| ("datePublished".into(), json!(year.to_string()))));
                let id = paper.source.id.as_ref().map(|id| match paper.source.kind {
                    SourceKind::Doi => format!("doi:{id}"),
                    SourceKind::Arxiv => format!("arXiv:{id}"),
                    _ => id.clone(),
                });
                object.extend(id.map(|id| ("identifier".into(), json!(id))));
                let authors = paper.citation.iter().flat_map(|citation| citation.displayed_authors());
                let authors: Vec<_> =
                    authors.map(|name| json!({ "@type": "Person", "name": name.display_name() })).collect();
                if !authors.is_empty() {
                    object.insert("author".into(), json!(authors));
                }
                match paper.source.access {
                    Access::Open => object.extend([("isAccessibleForFree".into(), json!(true))]),
                    Access::Paywalled => object.extend([("isAccessibleForFree".into(), json!(false))]),
                    Access::Unknown => {}
                }
                papers.push(Value::Object(object));
            }
            Entry::Term(term) => {
                let mut object =
                    new_object(&[("@type", "DefinedTerm"), ("name", &term.bare_name()), ("@id", &address)]);
                let definition = field_text(entry, Field::Notes).lines().join(" ");
                object.insert(
                    "description".into(),
                    json!(definition.chars().take(MAX_DESCRIPTION_CHARS).collect::<String>()),
                );
                if !term.aliases.is_empty() {
                    object.insert("alternateName".into(), json!(term.aliases));
                }
                terms.push(Value::Object(object));
            }
            _ => {}
        }
    }
    let notebook = site.notebook;
    let mut page = new_object(&[("@type", "CollectionPage"), ("name", &notebook.title)]);
    page.insert("inLanguage".into(), json!(notebook.language()));
    page.extend(site.base_url.as_ref().map(|url| ("url".into(), json!(url))));
    page.extend(notebook.description.as_ref().map(|text| ("description".into(), json!(text))));
    page.extend(
        notebook.author.as_ref().map(|name| ("author".into(), json!({ "@type": "Person", "name": name }))),
    );
    let date = site.base_url.as_ref().and(site.dates.newest());
    page.extend(date.map(|date| ("dateModified".into(), json!(date.to_string()))));
    if !papers.is_empty() {
        // "mentions", not "hasPart": the page has notes about the papers, not the papers.
        page.insert("mentions".into(), Value::Array(papers));
    }
    let mut graph = vec![Value::Object(page)];
    if !terms.is_empty() {
        let first = notebook.walk().find(|(_, entry)| matches!(entry, Entry::Term(_)));
        let title = first.map_or(notebook.title.as_str().into(), |(section, _)| plain(&section.title));
        graph.push(json!({ "@type": "DefinedTermSet", "name": title, "hasDefinedTerm": terms }));
    }
    let text = json!({ "@context": "https://schema.org", "@graph": graph }).to_string();
    // No text may end the script element.
    format!("<script type=\"application/ld+json\">{}</script>", text.replace('<', "\\u003c"))
}

fn new_object(fields: &[(&str, &str)]) -> Map<String, Value> {
    fields.iter().map(|(key, value)| ((*key).to_owned(), json!(value))).collect()
}
