//! XML as a tree, for answers of arXiv and `PubMed`.

use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};

/// Nesting of the deepest element that is read. Answers have about ten levels.
const MAX_DEPTH: usize = 100;

/// An element. Names are without their prefix.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct XmlElement {
    pub(super) name: String,
    attributes: Vec<(String, String)>,
    /// Children in order, text between them included.
    nodes: Vec<XmlNode>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
enum XmlNode {
    Text(String),
    Element(XmlElement),
}

impl XmlElement {
    /// Parses a document.
    ///
    /// # Errors
    /// Fails if it is not well-formed, or ends early.
    pub(super) fn parse(document: &str) -> Result<Self, String> {
        let mut reader = Reader::from_str(document);
        let mut open = vec![Self::default()];
        loop {
            let event = reader.read_event().map_err(|error| error.to_string())?;
            let text = match event {
                Event::Start(start) => {
                    if open.len() > MAX_DEPTH {
                        return Err("it is nested too deeply".into());
                    }
                    open.push(Self::start(&start));
                    continue;
                }
                Event::Empty(start) => {
                    let element = Self::start(&start);
                    open.last_mut().ok_or("unbalanced tags")?.nodes.push(XmlNode::Element(element));
                    continue;
                }
                Event::End(_) => {
                    let element = open.pop().ok_or("unbalanced tags")?;
                    open.last_mut().ok_or("unbalanced tags")?.nodes.push(XmlNode::Element(element));
                    continue;
                }
                Event::Text(text) => text.decode().map_err(|error| error.to_string())?.into_owned(),
                Event::CData(text) => text.decode().map_err(|error| error.to_string())?.into_owned(),
                Event::GeneralRef(name) => {
                    let name = name.decode().map_err(|error| error.to_string())?;
                    let escaped = format!("&{name};");
                    quick_xml::escape::unescape(&escaped)
                        .map_or_else(|_| escaped.clone(), std::borrow::Cow::into_owned)
                }
                Event::Eof => break,
                _ => continue,
            };
            if let Some(element) = open.last_mut() {
                element.nodes.push(XmlNode::Text(text));
            }
        }
        match (open.pop(), open.is_empty()) {
            (Some(document), true) => {
                document.children().next().cloned().ok_or_else(|| "it has no element".to_owned())
            }
            _ => Err("it ends early".into()),
        }
    }

    fn start(start: &BytesStart<'_>) -> Self {
        let local = |name: &[u8]| String::from_utf8_lossy(name).into_owned();
        let attributes = start.attributes().flatten().map(|attribute| {
            let raw = String::from_utf8_lossy(&attribute.value).into_owned();
            let value =
                quick_xml::escape::unescape(&raw).map_or_else(|_| raw.clone(), std::borrow::Cow::into_owned);
            (local(attribute.key.local_name().as_ref()), value)
        });
        Self { name: local(start.local_name().as_ref()), attributes: attributes.collect(), nodes: Vec::new() }
    }

    /// Returns the child elements in order.
    pub(super) fn children(&self) -> impl Iterator<Item = &Self> {
        self.nodes.iter().filter_map(|node| match node {
            XmlNode::Element(element) => Some(element),
            XmlNode::Text(_) => None,
        })
    }

    /// Returns the child elements of a name.
    pub(super) fn all<'a>(&'a self, name: &'a str) -> impl Iterator<Item = &'a Self> {
        self.children().filter(move |child| child.name == name)
    }

    /// Returns the first element on a path of names, such as `Journal/Title`.
    pub(super) fn at(&self, path: &str) -> Option<&Self> {
        path.split('/').try_fold(self, |element, name| element.children().find(|child| child.name == name))
    }

    /// Returns the text of the first element on a path, if it has any.
    pub(super) fn text_at(&self, path: &str) -> Option<String> {
        self.at(path).map(Self::text).filter(|text| !text.is_empty())
    }

    /// Returns all text inside, with single blanks between words.
    pub(super) fn text(&self) -> String {
        let mut text = String::new();
        self.collect_text(&mut text);
        text.split_whitespace().collect::<Vec<_>>().join(" ")
    }

    fn collect_text(&self, out: &mut String) {
        for node in &self.nodes {
            match node {
                XmlNode::Text(text) => out.push_str(text),
                XmlNode::Element(element) => element.collect_text(out),
            }
        }
    }

    /// Returns the value of an attribute.
    pub(super) fn attribute(&self, name: &str) -> Option<&str> {
        self.attributes.iter().find(|(key, _)| key == name).map(|(_, value)| value.as_str())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_text_attributes_and_paths() {
        let document = "<?xml version='1.0'?><!DOCTYPE a><a><b x='1 &amp; 2'/>\n<p:c>On <i>E.\n coli</i> &lt; &#233;</p:c></a>";
        let element = XmlElement::parse(document).unwrap();
        assert_eq!(element.at("b").and_then(|b| b.attribute("x")), Some("1 & 2"));
        assert_eq!(element.text_at("c").as_deref(), Some("On E. coli < é"));
        assert_eq!(element.text_at("c/i").as_deref(), Some("E. coli"));
        assert_eq!(element.text_at("d"), None);
    }

    #[test]
    fn refuses_what_is_cut_or_no_xml() {
        for document in ["", "<a><b>", "{}", "<a></b>", &"<a>".repeat(1000)] {
            assert!(XmlElement::parse(document).is_err(), "{document}");
        }
    }
}
