//! Formatting of references with CSL styles, by hayagriva.

use std::cell::LazyCell;
use std::sync::LazyLock;

use hayagriva::archive::{ArchivedStyle, locales};
use hayagriva::citationberg::json::Item;
use hayagriva::citationberg::{IndependentStyle, Locale, LocaleCode, Style};
use hayagriva::{BibliographyDriver, BibliographyRequest, BufWriteFormat, CitationItem, CitationRequest};
use notebook_core::bibliography::{to_csl_item, write_plain_text};
use notebook_core::notebook::{Citation, WorkType};
use serde_json::Value;

use super::CitationCache;
use crate::site::Failure;
use crate::site::integrity::content_hash;

/// Number of styles that every page has, before the author's own.
const ARCHIVED_STYLES: usize = 2;

/// A style with its name.
#[derive(Debug)]
pub(crate) struct CslStyle {
    name: String,
    /// Identifies the content of the style in the cache.
    version: String,
    /// The style, decoded when a reference is not cached: archived styles take a while.
    style: LazyLock<Option<IndependentStyle>, Box<dyn FnOnce() -> Option<IndependentStyle> + Send>>,
}

impl CslStyle {
    fn new(
        name: String,
        version: String,
        style: impl FnOnce() -> Option<IndependentStyle> + Send + 'static,
    ) -> Self {
        Self { name, version, style: LazyLock::new(Box::new(style)) }
    }
}

/// Parses a CSL file.
///
/// # Errors
/// Fails if it is not a style, refers to another style, or formats no bibliography.
pub(super) fn parse_style(csl: &str) -> Result<CslStyle, Failure> {
    let style = match Style::from_xml(csl).map_err(|error| format!("this is not a CSL style: {error}"))? {
        Style::Independent(style) => style,
        Style::Dependent(style) => {
            return Err(format!(
                "this style only refers to another one: use the file of {}",
                style.parent_link.href
            ));
        }
    };
    let name = style.info.title.value.split_whitespace().collect::<Vec<_>>().join(" ");
    if style.bibliography.is_none() {
        return Err(format!("the style `{name}` formats no bibliography: use one that does"));
    }
    Ok(CslStyle::new(name, content_hash(csl.as_bytes()), || Some(style)))
}

/// The styles that a page offers.
#[derive(Debug)]
pub(crate) struct Styles {
    all: Vec<CslStyle>,
    locales: LazyLock<Vec<Locale>>,
    language: LocaleCode,
    cache: CitationCache,
}

impl Styles {
    /// Creates the list of APA, IEEE, and the author's own style. `language` is that of the notebook, as a BCP 47 tag.
    pub(crate) fn new(own: Option<CslStyle>, language: &str, cache: CitationCache) -> Self {
        let archived: [_; ARCHIVED_STYLES] = [
            ("APA", ArchivedStyle::AmericanPsychologicalAssociation),
            ("IEEE", ArchivedStyle::InstituteOfElectricalAndElectronicsEngineers),
        ];
        let archived = archived.into_iter().map(|(name, style)| {
            CslStyle::new(name.to_owned(), name.to_owned(), move || match style.get() {
                Style::Independent(style) => Some(style),
                Style::Dependent(_) => None,
            })
        });
        let all = archived.chain(own).collect();
        // All languages: a style may set one of its own.
        let locales = LazyLock::new(locales as fn() -> Vec<Locale>);
        Self { all, locales, language: LocaleCode(language.to_owned()), cache }
    }

    /// Returns the names of the styles.
    pub(super) fn names(&self) -> impl Iterator<Item = &str> {
        self.all.iter().map(|style| style.name.as_str())
    }

    /// Returns a reference in every style, about 0.1 ms each. It is empty if a style prints nothing.
    pub(super) fn references(&self, citation: &Citation, key: &str) -> Vec<String> {
        let mut item = to_csl_item(citation, key);
        if let Value::Object(item) = &mut item {
            // Styles would print the archive in addition to the arXiv number.
            item.remove("archive");
            let id = item.remove("archive_location");
            // Without any of these, APA formats a paper in proceedings as a talk.
            let in_print = ["volume", "issue", "page", "publisher", "editor"];
            if citation.work_type == WorkType::Proceedings
                && !in_print.iter().any(|field| item.contains_key(*field))
            {
                item.insert("type".into(), "chapter".into());
            }
            if citation.work_type == WorkType::Preprint
                && id.is_some()
                && !item.contains_key("container-title")
            {
                item.entry("publisher").or_insert_with(|| "arXiv".into());
            }
        }
        let item_json = item.to_string();
        // Parsed only if a reference is not cached.
        let item = LazyCell::new(|| serde_json::from_value::<Item>(item).ok());
        let reference = |CslStyle { version, style, .. }: &CslStyle| {
            let format = || {
                let inputs = item.as_ref().zip(style.as_ref());
                inputs.and_then(|(item, style)| self.format(style, item)).unwrap_or_default()
            };
            self.cache.get_or_format([version, &self.language.0, &item_json], format)
        };
        self.all.iter().map(reference).collect()
    }

    /// Returns a reference in the author's own style, else in APA; as plain text if that prints nothing.
    pub(in crate::site) fn print_reference(&self, citation: &Citation, key: &str) -> String {
        let mut all = self.references(citation, key);
        let own = all.get_mut(ARCHIVED_STYLES).map(std::mem::take);
        let reference = own.or_else(|| all.first_mut().map(std::mem::take)).unwrap_or_default();
        if reference.is_empty() { write_plain_text(citation) } else { reference }
    }

    /// Stores the references for the next build.
    pub(super) fn save_cache(&self) {
        self.cache.save();
    }

    fn format(&self, style: &IndependentStyle, item: &Item) -> Option<String> {
        // Each reference alone: in a list it would get a number, or a letter behind its year.
        let mut driver = BibliographyDriver::new();
        driver.citation(CitationRequest::from_items(
            vec![CitationItem::with_entry(item)],
            style,
            &self.locales,
        ));
        let locale = Some(self.language.clone());
        let rendered = driver.finish(BibliographyRequest { style, locale, locale_files: &self.locales });
        let reference = rendered.bibliography?.items.into_iter().next()?;
        let mut text = String::new();
        reference.content.write_buf(&mut text, BufWriteFormat::Plain).ok()?;
        Some(tidy(&text))
    }
}

/// Joins a reference into one line, without the remains of a missing date, and with arXiv in its usual spelling, once.
fn tidy(text: &str) -> String {
    let line = text.split_whitespace().collect::<Vec<_>>().join(" ");
    // A title that ends with a mark of its own.
    let line = line.replace("?. ", "? ").replace("!. ", "! ");
    let line = line.replace(",)", ")").replace(" Retrieved http", " http");
    line.replace("(ArXiv:", "(arXiv:").replace("arXiv: arXiv:", "arXiv:")
}

#[cfg(test)]
mod tests {
    use notebook_core::bibliography::read_bibtex;

    use super::*;

    fn references(bibtex: &str) -> Vec<String> {
        let citation = read_bibtex(bibtex).entries.remove(0).citation;
        Styles::new(None, "en", CitationCache::default()).references(&citation, "k")
    }

    #[test]
    fn formats_references_in_apa_and_ieee() {
        let paper = "@inproceedings{v, title={Attention Is All You Need}, author={Vaswani, Ashish and {Google Research}}, \
            booktitle={Advances in Neural Information Processing Systems}, volume=30, pages={5998--6008}, year=2017}";
        assert_eq!(
            references(paper),
            [
                "Vaswani, A., & Google Research. (2017). Attention Is All You Need. Advances in Neural Information \
                 Processing Systems, 30, 5998–6008.",
                "A. Vaswani and Google Research, “Attention Is All You Need,” in Advances in Neural Information \
                 Processing Systems, 2017, pp. 5998–6008.",
            ]
        );
        let preprint =
            "@misc{v, title={An Image}, author={Dosovitskiy, Alexey}, year=2020, eprint={2010.11929}}";
        assert_eq!(references(preprint)[0], "Dosovitskiy, A. (2020). An Image (arXiv:2010.11929). arXiv.");
    }

    #[test]
    fn rejects_what_is_not_a_style() {
        for text in [
            "",
            "<html>",
            "<style xmlns=\"http://purl.org/net/xbiblio/csl\" class=\"in-text\" version=\"1.0\"/>",
        ] {
            assert!(
                parse_style(text).is_err_and(|error| error.starts_with("this is not a CSL style")),
                "{text}"
            );
        }
    }
}
