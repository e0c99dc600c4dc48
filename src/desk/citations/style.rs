//! References in the styles that journals ask for (CSL), made by hayagriva.

use std::cell::LazyCell;
use std::sync::LazyLock;

use hayagriva::archive::{ArchivedStyle, locales};
use hayagriva::citationberg::json::Item;
use hayagriva::citationberg::{IndependentStyle, Locale, LocaleCode, Style};
use hayagriva::{BibliographyDriver, BibliographyRequest, BufWriteFormat, CitationItem, CitationRequest};
use notebook_core::citation::csl_value;
use notebook_core::notebook::{Citation, Work};
use serde_json::Value;

use super::Kept;
use crate::desk::{Failure, program};

/// A style with its name.
#[derive(Debug)]
pub(in crate::desk) struct Named {
    name: String,
    /// Changes with the style.
    made_of: String,
    /// What is archived takes a while to be read, and is wanted only where a reference is not kept.
    style: LazyLock<Option<IndependentStyle>, Box<dyn FnOnce() -> Option<IndependentStyle> + Send>>,
}

impl Named {
    fn new(
        name: String,
        made_of: String,
        style: impl FnOnce() -> Option<IndependentStyle> + Send + 'static,
    ) -> Self {
        Self { name, made_of, style: LazyLock::new(Box::new(style)) }
    }
}

/// Reads a style out of a CSL file.
///
/// # Errors
/// Text that is no style for references, in a sentence.
pub(super) fn named(csl: &str) -> Result<Named, Failure> {
    let style = match Style::from_xml(csl).map_err(|why| format!("this is no CSL style: {why}"))? {
        Style::Independent(style) => style,
        Style::Dependent(style) => {
            return Err(format!(
                "this only points to another style; take the file of {}",
                style.parent_link.href
            ));
        }
    };
    let name = style.info.title.value.split_whitespace().collect::<Vec<_>>().join(" ");
    if style.bibliography.is_none() {
        return Err(format!("the style `{name}` has no bibliography, so it makes no references"));
    }
    Ok(Named::new(name, program::name(csl.as_bytes()), || Some(style)))
}

/// The styles that a page offers.
#[derive(Debug)]
pub(in crate::desk) struct Styles {
    all: Vec<Named>,
    locales: LazyLock<Vec<Locale>>,
    language: LocaleCode,
    kept: Kept,
}

impl Styles {
    /// APA, IEEE, and the author's own, where there is one. `language` is the notebook's, as a BCP 47 tag; what is `kept`
    /// is not made again.
    pub(in crate::desk) fn new(own: Option<Named>, language: &str, kept: Kept) -> Self {
        let archived = [
            ("APA", ArchivedStyle::AmericanPsychologicalAssociation),
            ("IEEE", ArchivedStyle::InstituteOfElectricalAndElectronicsEngineers),
        ];
        let archived = archived.into_iter().map(|(name, style)| {
            Named::new(name.to_owned(), name.to_owned(), move || match style.get() {
                Style::Independent(style) => Some(style),
                Style::Dependent(_) => None,
            })
        });
        let all = archived.chain(own).collect();
        // Of every language: a style may have one of its own.
        let locales = LazyLock::new(locales as fn() -> Vec<Locale>);
        Self { all, locales, language: LocaleCode(language.to_owned()), kept }
    }

    /// Their names.
    pub(super) fn names(&self) -> impl Iterator<Item = &str> {
        self.all.iter().map(|named| named.name.as_str())
    }

    /// A reference in every style; empty where a style has nothing to say. Some 0.1 ms each.
    pub(super) fn references(&self, citation: &Citation, key: &str) -> Vec<String> {
        let mut item = csl_value(citation, key);
        if let Value::Object(item) = &mut item {
            // Styles would name the archive beside the number that says it already.
            item.remove("archive");
            let id = item.remove("archive_location");
            // Without any of these, APA takes a paper in proceedings for a talk.
            let in_print = ["volume", "issue", "page", "publisher", "editor"];
            if citation.work == Work::Proceedings && !in_print.iter().any(|field| item.contains_key(*field)) {
                item.insert("type".into(), "chapter".into());
            }
            if citation.work == Work::Preprint && id.is_some() && !item.contains_key("container-title") {
                item.entry("publisher").or_insert_with(|| "arXiv".into());
            }
        }
        let told = item.to_string();
        // What is kept already needs none.
        let item = LazyCell::new(|| serde_json::from_value::<Item>(item).ok());
        let reference = |Named { made_of, style, .. }: &Named| {
            let make = || {
                let made = item.as_ref().zip(style.as_ref());
                made.and_then(|(item, style)| self.reference(style, item)).unwrap_or_default()
            };
            self.kept.or_made([made_of, &self.language.0, &told], make)
        };
        self.all.iter().map(reference).collect()
    }

    /// Keeps the references for the next build.
    pub(super) fn keep(&self) {
        self.kept.keep();
    }

    fn reference(&self, style: &IndependentStyle, item: &Item) -> Option<String> {
        // By itself: a number or a letter behind the year would be that of a list it does not stand in.
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
        Some(mended(&text))
    }
}

/// On one line, without what stands around a date that is not there; arXiv is written as it writes itself, and once.
fn mended(text: &str) -> String {
    let line = text.split_whitespace().collect::<Vec<_>>().join(" ");
    let line = line.replace(",)", ")").replace(" Retrieved http", " http");
    line.replace("(ArXiv:", "(arXiv:").replace("arXiv: arXiv:", "arXiv:")
}

#[cfg(test)]
mod tests {
    use notebook_core::citation::read_bibtex;

    use super::*;

    fn references(bibtex: &str) -> Vec<String> {
        let citation = read_bibtex(bibtex).records.remove(0).citation;
        Styles::new(None, "en", Kept::default()).references(&citation, "k")
    }

    #[test]
    fn references_are_those_of_the_styles() {
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
    fn what_is_no_style_is_refused_in_a_sentence() {
        for text in [
            "",
            "<html>",
            "<style xmlns=\"http://purl.org/net/xbiblio/csl\" class=\"in-text\" version=\"1.0\"/>",
        ] {
            assert!(named(text).is_err_and(|why| why.starts_with("this is no CSL style")), "{text}");
        }
    }
}
