//! What the page holds, in the vocabulary of schema.org (JSON-LD).

use notebook_core::notebook::{Access, Entry, Place, SourceKind, plain};
use notebook_core::search::{Field, field_text};
use serde_json::{Map, Value, json};

use super::{Site, name};

/// Letters of a definition: who wants all of it reads the page.
const MOST: usize = 300;

/// The element that says it, for the papers and terms that stand on a page.
pub(crate) fn linked<'a>(site: &Site, shown: impl Iterator<Item = &'a Entry>) -> String {
    let (mut papers, mut terms) = (Vec::new(), Vec::new());
    for entry in shown {
        let here = site.of(&format!("#{}", entry.id())).unwrap_or_else(|| format!("#{}", entry.id()));
        match entry {
            Entry::Paper(paper) => {
                let mut of = object(&[("@type", "ScholarlyArticle"), ("name", &name(entry)), ("@id", &here)]);
                if let Place::Web(..) = paper.url.place() {
                    of.insert("url".into(), json!(paper.url.as_str()));
                }
                of.extend(paper.source.year.map(|year| ("datePublished".into(), json!(year.to_string()))));
                let id = paper.source.id.as_ref().map(|id| match paper.source.kind {
                    SourceKind::Doi => format!("doi:{id}"),
                    SourceKind::Arxiv => format!("arXiv:{id}"),
                    _ => id.clone(),
                });
                of.extend(id.map(|id| ("identifier".into(), json!(id))));
                let authors = paper.citation.iter().flat_map(|citation| citation.named());
                let authors: Vec<_> =
                    authors.map(|name| json!({ "@type": "Person", "name": name.said() })).collect();
                if !authors.is_empty() {
                    of.insert("author".into(), json!(authors));
                }
                match paper.source.access {
                    Access::Open => of.extend([("isAccessibleForFree".into(), json!(true))]),
                    Access::Paywalled => of.extend([("isAccessibleForFree".into(), json!(false))]),
                    Access::Unknown => {}
                }
                papers.push(Value::Object(of));
            }
            Entry::Term(term) => {
                let mut of = object(&[("@type", "DefinedTerm"), ("name", &term.bare_name()), ("@id", &here)]);
                let definition = field_text(entry, Field::Notes).lines().join(" ");
                of.insert("description".into(), json!(definition.chars().take(MOST).collect::<String>()));
                if !term.aliases.is_empty() {
                    of.insert("alternateName".into(), json!(term.aliases));
                }
                terms.push(Value::Object(of));
            }
            _ => {}
        }
    }
    let notebook = site.notebook;
    let mut page = object(&[("@type", "CollectionPage"), ("name", &notebook.title)]);
    page.insert("inLanguage".into(), json!(notebook.language()));
    page.extend(site.address.as_ref().map(|address| ("url".into(), json!(address))));
    page.extend(notebook.description.as_ref().map(|text| ("description".into(), json!(text))));
    page.extend(
        notebook.author.as_ref().map(|name| ("author".into(), json!({ "@type": "Person", "name": name }))),
    );
    let date = site.address.as_ref().and(site.dates.newest());
    page.extend(date.map(|date| ("dateModified".into(), json!(date.to_string()))));
    if !papers.is_empty() {
        // What is noted here is about them; they themselves are elsewhere.
        page.insert("mentions".into(), Value::Array(papers));
    }
    let mut graph = vec![Value::Object(page)];
    if !terms.is_empty() {
        let first = notebook.walk().find(|(_, entry)| matches!(entry, Entry::Term(_)));
        let title = first.map_or(notebook.title.as_str().into(), |(section, _)| plain(&section.title));
        graph.push(json!({ "@type": "DefinedTermSet", "name": title, "hasDefinedTerm": terms }));
    }
    let text = json!({ "@context": "https://schema.org", "@graph": graph }).to_string();
    // In a script no text may look like its end.
    format!("<script type=\"application/ld+json\">{}</script>", text.replace('<', "\\u003c"))
}

fn object(fields: &[(&str, &str)]) -> Map<String, Value> {
    fields.iter().map(|(key, value)| ((*key).to_owned(), json!(value))).collect()
}
