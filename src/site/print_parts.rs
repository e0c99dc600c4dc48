//! What a page has for print alone: a line above the title, a running head, and the list of references.

use notebook_core::bibliography::full_citation;
use notebook_core::notebook::Entry;

use super::citations::Styles;
use super::html_page::HtmlPage;
use super::metadata::SiteMetadata;
use super::prerender::render_static;
use crate::view;

/// Adds to the page of a notebook what only print shows. `entries` are those on the page.
pub(super) fn add<'e>(
    page: &mut HtmlPage,
    site: &SiteMetadata,
    styles: &Styles,
    entries: impl Iterator<Item = &'e Entry>,
) {
    let notebook = site.notebook();
    let mut imprint: Vec<&str> = notebook.author.as_deref().into_iter().chain(site.base_url()).collect();
    // A date alone would say little.
    let date = site.newest_date().filter(|_| !imprint.is_empty());
    imprint.extend(date.as_deref());
    if !imprint.is_empty() {
        page.body.insert_str(0, &render_static(|| view::imprint(&imprint)));
    }
    page.body.push_str(&references(styles, entries));
}

/// Renders the references of all papers among entries, in alphabetical order; empty if there are none.
pub(super) fn references<'e>(styles: &Styles, entries: impl Iterator<Item = &'e Entry>) -> String {
    let reference = |entry: &Entry| match entry {
        Entry::Paper(paper) => Some(styles.print_reference(&full_citation(paper), paper.id.as_str())),
        _ => None,
    };
    let mut references: Vec<String> = entries.filter_map(reference).collect();
    references.sort_by_cached_key(|reference| reference.to_lowercase());
    references.dedup();
    if references.is_empty() { String::new() } else { render_static(|| view::reference_list(&references)) }
}

/// Returns the style that prints the title of a notebook above every page but the first.
pub(super) fn running_head(title: &str) -> String {
    format!("@page{{@top-center{{content:{}}}}}", css_string(title))
}

/// Writes a text as a string of CSS.
fn css_string(text: &str) -> String {
    let mut string = String::from("\"");
    for letter in text.chars() {
        match letter {
            // An escape ends with a space.
            '"' | '\\' | '<' | '\n' | '\r' | '\u{c}' => {
                string.extend(["\\", &format!("{:x}", u32::from(letter)), " "]);
            }
            _ => string.push(letter),
        }
    }
    string.push('"');
    string
}

#[cfg(test)]
mod tests {
    use notebook_core::bibliography::read_bibtex;
    use notebook_core::markdown::read;

    use super::*;
    use crate::site::citations::CitationCache;

    #[test]
    fn lists_each_paper_once_by_author_with_its_address() {
        let text = "## Papers\n\n- [Sand](https://example.org/sand)\n- [Mud & Silt](https://example.org/mud)\n- [Sand](https://example.org/sand)\n";
        let mut notebook = read(text).notebook;
        let bibtex = "@article{m, title={Mud & Silt}, author={Brook, Ines}, journal={Coasts}, year=2019, url={https://example.org/mud}}";
        let citation = read_bibtex(bibtex).entries.remove(0).citation;
        for entry in notebook.sections.iter_mut().flat_map(|section| &mut section.entries) {
            if let Entry::Paper(paper) = entry
                && paper.id.as_str() == "mud-silt"
            {
                paper.citation = Some(Box::new(citation.clone()));
            }
        }
        let styles = Styles::new(None, "en", CitationCache::default());
        let html = references(&styles, notebook.walk().map(|(_, entry)| entry));
        let page = scraper::Html::parse_fragment(&html);
        let items = scraper::Selector::parse(".references li").unwrap();
        let items: Vec<String> = page.select(&items).map(|item| item.text().collect()).collect();
        assert_eq!(
            items,
            [
                "Brook, I. (2019). Mud & Silt. Coasts. https://example.org/mud",
                "Sand. (n.d.). https://example.org/sand",
            ]
        );
        assert!(html.contains("<a href=\"https://example.org/mud\">https://example.org/mud</a>"), "{html}");
        assert_eq!(references(&styles, [].iter()), "");
    }

    #[test]
    fn adds_the_author_before_the_page_and_references_after_it() {
        let text = "---\ntitle: T\nauthor: Ada L.\n---\n\n## Papers\n\n- [Sand](https://example.org/sand)\n";
        let notebook = read(text).notebook;
        let styles = Styles::new(None, "en", CitationCache::default());
        let mut page = HtmlPage::new(&notebook, String::new(), "<main></main>".to_owned());
        let entries = notebook.walk().map(|(_, entry)| entry);
        add(&mut page, &SiteMetadata::unpublished(&notebook), &styles, entries);
        let parts =
            "<p class=\"imprint\">Ada L.</p><main></main><section class=\"references\"><h2>References</h2>";
        assert!(page.body.starts_with(parts), "{}", page.body);
    }

    #[test]
    fn title_cannot_end_the_running_head() {
        let head = running_head("A \"B\" \\ </style>\n}");
        let string = "\"A \\22 B\\22  \\5c  \\3c /style>\\a }\"";
        assert_eq!(head, format!("@page{{@top-center{{content:{string}}}}}"));
    }
}
