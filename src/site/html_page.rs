//! A page of a site as a value: its parts, which become HTML once, when all of them are known.

use notebook_core::notebook::Notebook;
use notebook_core::notebook::language::text_direction;

pub(super) use super::inline_text::InlineText;
use super::policy::{PageParts, Policy};
use crate::pipeline::theme_styles::paper_colors;

/// The address of the icon, unless it is inlined.
const ICON: &str = "icon.svg";
/// The icon of a home screen.
const HOME_SCREEN_ICON: &str = "icon-192.png";

/// A page of a site.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct HtmlPage {
    /// Language of the page (BCP 47).
    pub(super) language: String,
    /// Colors of a light and a dark page, for the bars of the browser.
    pub(super) paper_colors: [&'static str; 2],
    /// The address that links are relative to; `None` for that of the page.
    pub(super) base: Option<&'static str>,
    /// Title, metadata and links, as HTML.
    pub(super) head: String,
    /// Address of the icon: a file or a data URL.
    pub(super) icon: String,
    /// True if the page can link files of its site.
    pub(super) has_files: bool,
    /// Styles, in the order in which they override each other.
    pub(super) styles: Vec<InlineText>,
    /// Scripts in the head, in their order.
    pub(super) scripts: Vec<InlineText>,
    /// Content of the body, as HTML.
    pub(super) body: String,
    /// Modules at the end of the body.
    pub(super) modules: Vec<InlineText>,
    /// `None` if another program will change the page, which makes hashes of its scripts wrong.
    pub(super) policy: Option<Policy>,
}

impl HtmlPage {
    /// Creates a page of a notebook without styles and scripts.
    pub(super) fn new(notebook: &Notebook, head: String, body: String) -> Self {
        Self {
            language: notebook.language().to_owned(),
            paper_colors: paper_colors(notebook),
            base: None,
            head,
            icon: ICON.to_owned(),
            has_files: true,
            styles: Vec::new(),
            scripts: Vec::new(),
            body,
            modules: Vec::new(),
            policy: None,
        }
    }

    /// Writes the page as HTML.
    pub fn to_html(&self) -> String {
        let elements = |begin: &str, texts: &[InlineText], end: &str| {
            texts.iter().map(|text| [begin, text.as_str(), end].concat()).collect::<String>()
        };
        format!(
            "<!doctype html>\n<html lang=\"{}\" dir=\"{}\">\n  <head>\n    {}\n  {}{}</head>\n  <body>{}{}</body>\n</html>\n",
            self.language,
            text_direction(&self.language),
            self.head_elements().join("\n    "),
            elements("<style>", &self.styles, "</style>"),
            elements("<script>", &self.scripts, "</script>"),
            self.body,
            elements("<script type=\"module\">", &self.modules, "</script>"),
        )
    }

    /// Returns the parts that a policy depends on.
    fn parts(&self) -> PageParts<'_> {
        PageParts {
            scripts: [&self.scripts, &self.modules],
            styles: &self.styles,
            has_inlined_icon: self.icon.starts_with("data:"),
            has_base: self.base.is_some(),
        }
    }

    /// Returns the elements of the head, without styles and scripts.
    fn head_elements(&self) -> Vec<String> {
        let mut head = vec!["<meta charset=\"utf-8\">".to_owned()];
        // Before everything that it applies to.
        head.extend(self.policy.as_ref().map(|policy| {
            let value = policy.value(&self.parts());
            format!("<meta http-equiv=\"Content-Security-Policy\" content=\"{value}\">")
        }));
        head.extend(self.base.map(|base| format!("<base href=\"{base}\">")));
        head.push("<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">".to_owned());
        head.push("<meta name=\"color-scheme\" content=\"light dark\">".to_owned());
        head.push(self.head.clone());
        head.extend(["light", "dark"].iter().zip(self.paper_colors).map(|(scheme, color)| {
            format!(
                "<meta name=\"theme-color\" content=\"{color}\" media=\"(prefers-color-scheme: {scheme})\">"
            )
        }));
        head.push(format!("<link rel=\"icon\" href=\"{}\" type=\"image/svg+xml\">", self.icon));
        if self.has_files {
            head.push(format!("<link rel=\"apple-touch-icon\" href=\"{HOME_SCREEN_ICON}\">"));
        }
        head
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn writes_each_part_once() {
        let arabic = Notebook { lang: Some("ar".to_owned()), ..Notebook::default() };
        let mut page = HtmlPage::new(&arabic, "<title>T</title>".to_owned(), "<main></main>".to_owned());
        page.base = Some("../");
        page.styles.push(InlineText::style("a{}".to_owned()).unwrap());
        page.scripts.push(InlineText::script("1".to_owned()).unwrap());
        page.modules.push(InlineText::script("2".to_owned()).unwrap());
        let html = page.to_html();
        for part in [
            "<html lang=\"ar\" dir=\"rtl\">",
            "<base href=\"../\">",
            "<title>T</title>",
            "<style>a{}</style>",
            "<script>1</script></head>",
            "<main></main><script type=\"module\">2</script></body>",
            "<link rel=\"apple-touch-icon\"",
        ] {
            assert_eq!(html.matches(part).count(), 1, "{part} in {html}");
        }
        assert!(!html.contains("Content-Security-Policy"), "{html}");
        page.has_files = false;
        assert!(!page.to_html().contains("apple-touch-icon"));
    }
}
