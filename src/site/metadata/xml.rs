//! XML documents, written element by element.

use std::io;

use quick_xml::Writer;
use quick_xml::events::{BytesDecl, BytesEnd, BytesStart, BytesText, Event};

/// A writer of one XML document.
pub(super) struct Xml(Writer<Vec<u8>>);

impl Xml {
    /// Returns the document that `write` writes, indented.
    pub(super) fn document(write: impl FnOnce(&mut Self) -> io::Result<()>) -> io::Result<String> {
        let mut xml = Self(Writer::new_with_indent(Vec::new(), b' ', 2));
        xml.0.write_event(Event::Decl(BytesDecl::new("1.0", Some("utf-8"), None)))?;
        write(&mut xml)?;
        Ok(format!("{}\n", String::from_utf8_lossy(&xml.0.into_inner())))
    }

    pub(super) fn begin(&mut self, name: &str, attributes: &[(&str, &str)]) -> io::Result<()> {
        self.0.write_event(Event::Start(start_tag(name, attributes)))
    }

    pub(super) fn end(&mut self, name: &str) -> io::Result<()> {
        self.0.write_event(Event::End(BytesEnd::new(name)))
    }

    pub(super) fn empty(&mut self, name: &str, attributes: &[(&str, &str)]) -> io::Result<()> {
        self.0.write_event(Event::Empty(start_tag(name, attributes)))
    }

    pub(super) fn text(&mut self, name: &str, attributes: &[(&str, &str)], text: &str) -> io::Result<()> {
        self.begin(name, attributes)?;
        self.0.write_event(Event::Text(BytesText::new(&allowed_text(text))))?;
        self.end(name)
    }
}

fn start_tag<'a>(name: &'a str, attributes: &[(&str, &str)]) -> BytesStart<'a> {
    let attributes: Vec<_> = attributes.iter().map(|(name, value)| (*name, allowed_text(value))).collect();
    BytesStart::new(name).with_attributes(attributes.iter().map(|(name, value)| (*name, value.as_str())))
}

/// Removes characters that an XML 1.0 document cannot contain, even escaped (production 2, `Char`), and other control
/// characters.
fn allowed_text(text: &str) -> String {
    let is_allowed = |character: &char| match character {
        '\n' | '\t' => true,
        '\u{fffe}' | '\u{ffff}' => false,
        other => !other.is_control(),
    };
    text.chars().filter(is_allowed).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn document_contains_only_characters_that_xml_allows() {
        let mut text: String = ('\0'..='\u{ff}').chain(['\u{d7ff}', '\u{e000}']).collect();
        text.extend(['\u{fdd0}', '\u{fffd}', '\u{fffe}', '\u{ffff}', '\u{1ffff}', '\u{10ffff}']);
        let document = Xml::document(|xml| {
            xml.begin("a", &[("b", &text)])?;
            xml.text("c", &[("d", &text)], &text)?;
            xml.empty("e", &[("f", &text)])?;
            xml.end("a")
        });
        let document = document.unwrap();
        let is_char = |c: char| matches!(c, '\t' | '\n' | '\r' | ' '..='\u{d7ff}' | '\u{e000}'..='\u{fffd}' | '\u{10000}'..);
        assert!(document.chars().all(is_char), "{document:?}");
        assert_eq!(document.matches('\u{fdd0}').count(), 4, "other characters are kept");
    }
}
