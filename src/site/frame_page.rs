//! The page of a frame, as Trunk stages it: only the names of its assets are read.

use html5gum::{DefaultEmitter, Token, Tokenizer};

use super::Failure;
use super::html_page::InlineText;
use crate::view::ids;

/// A mark that Trunk replaces while it serves a page.
const SERVED_BY_TRUNK: &str = "__TRUNK_";

/// The assets that Trunk's page names.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct FramePage {
    /// Files of styles, in their order.
    pub(super) styles: Vec<String>,
    /// The script of the client; `None` if Trunk did not build it.
    pub(super) client: Option<String>,
    /// The script by which a page that Trunk serves is loaded again.
    pub(super) reload_script: Option<InlineText>,
}

impl FramePage {
    /// Reads a page that Trunk has staged.
    ///
    /// # Errors
    /// Fails if it is not the page of a frame, or has a notebook in it already.
    pub(super) fn read(html: &str) -> Result<Self, Failure> {
        if !is_frame_page(html) {
            return Err(format!(
                "index.html has no `{}`, which the build fills: take the index.html that comes with notebook",
                empty_root()
            ));
        }
        let mut page = Self::default();
        let mut script: Option<String> = None;
        let mut emitter = DefaultEmitter::default();
        // Text of scripts is no markup.
        emitter.naively_switch_states(true);
        for Ok(token) in Tokenizer::new_with_emitter(html, emitter) {
            match token {
                Token::StartTag(tag) if tag.name.as_slice() == b"link" => {
                    let attribute = |name: &[u8]| {
                        let value = tag.attributes.get(name);
                        value.map_or_else(String::new, |value| String::from_utf8_lossy(value).into_owned())
                    };
                    let file = file_name(&attribute(b"href"));
                    match attribute(b"rel").as_str() {
                        "stylesheet" => page.styles.push(file),
                        "modulepreload" => page.client = Some(file),
                        _ => {}
                    }
                }
                Token::StartTag(tag) if tag.name.as_slice() == b"script" => script = Some(String::new()),
                Token::EndTag(tag) if tag.name.as_slice() == b"script" => {
                    if let Some(text) = script.take().filter(|text| text.contains(SERVED_BY_TRUNK)) {
                        page.reload_script = Some(InlineText::script(text)?);
                    }
                }
                Token::String(text) => {
                    if let Some(script) = &mut script {
                        script.push_str(&String::from_utf8_lossy(&text));
                    }
                }
                _ => {}
            }
        }
        Ok(page)
    }
}

/// Returns true for the page of a frame that no notebook was written into yet.
pub(super) fn is_frame_page(html: &str) -> bool {
    html.contains(&empty_root())
}

/// Returns the element of a frame where the notebook will be.
fn empty_root() -> String {
    format!("<div id=\"{}\"></div>", ids::ROOT)
}

/// Returns the file name in an address, without the folders above it.
fn file_name(address: &str) -> String {
    address.rsplit('/').next().unwrap_or_default().to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_the_names_of_assets_and_the_script_that_reloads() {
        let html = "<head><link rel=\"stylesheet\" href=\"./a-1.css\" integrity=\"x\"/>\n\
            <link rel=\"stylesheet\" href=\"/n/b-2.css\"><link rel=\"icon\" href=\"icon.svg\">\
            <link rel=\"modulepreload\" href=\"/n/notebook-1.js\" integrity=\"x\">\
            <link rel=\"preload\" href=\"./notebook-1_bg.wasm\" type=\"application/wasm\">\
            <script type=\"module\">TrunkApplicationStarted</script></head>\
            <body><div id=\"_notebook\"></div><script>a && '{{__TRUNK_ADDRESS__}}'</script></body>";
        let page = FramePage::read(html).unwrap();
        assert_eq!(page.styles, ["a-1.css", "b-2.css"]);
        assert_eq!(page.client.as_deref(), Some("notebook-1.js"));
        assert_eq!(page.reload_script.unwrap().as_str(), "a && '{{__TRUNK_ADDRESS__}}'");
        assert_eq!(FramePage::read("<div id=\"_notebook\"></div>"), Ok(FramePage::default()));
        assert!(FramePage::read("<div id=\"_notebook\"><p>x</p></div>").unwrap_err().contains("no `<div"));
    }
}
