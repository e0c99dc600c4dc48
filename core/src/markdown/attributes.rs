//! Attributes in braces after a heading, `## Reading {.papers #mine}`, and after a paper: `{status=read}`.

use std::collections::HashSet;
use std::ops::Range;

use super::inline_text::trim_and_link;
use crate::notebook::{Id, Property, Span};
use crate::unicode::split_at_boundary;

/// The class of a section that is closed from the start.
pub(super) const FOLDED: &str = "folded";

/// The braces, read.
#[derive(Clone, Debug, Default)]
pub(super) struct Attributes {
    pub(super) id: Option<String>,
    pub(super) classes: Vec<String>,
    /// The id is reserved already: an anchor of HTML had it.
    pub(super) is_reserved: bool,
    /// True for the attributes of an HTML element, which are not in the text.
    pub(super) is_of_html: bool,
    /// Something else than an id and classes stands there too.
    pub(super) other: bool,
    /// The braces as the author wrote them.
    pub(super) written: String,
}

impl Attributes {
    /// The attributes of a heading of HTML.
    pub(super) fn with_id(id: String) -> Self {
        Self { written: format!("{{#{id}}}"), id: Some(id), is_of_html: true, ..Self::default() }
    }

    /// The attributes of a heading that has an anchor.
    pub(super) fn with_reserved_id(id: &Id) -> Self {
        Self { is_reserved: true, ..Self::with_id(id.to_string()) }
    }

    /// The attributes of a heading that was the summary of a closed fold.
    pub(super) fn of_closed_fold() -> Self {
        Self { classes: vec![FOLDED.to_owned()], is_of_html: true, ..Self::default() }
    }

    /// Returns true if the section is closed from the start.
    pub(super) fn is_folded(&self) -> bool {
        self.classes.iter().any(|class| class == FOLDED)
    }

    /// Puts the braces back into the text of a heading, where they have no meaning.
    pub(super) fn put_back(&self, text: &mut Vec<Span>) {
        if self.is_of_html {
            return;
        }
        let gap = if text.is_empty() { "" } else { " " };
        let braces = format!("{gap}{}", self.written);
        match text.last_mut() {
            Some(Span::Text(last)) => last.push_str(&braces),
            _ => text.push(Span::Text(braces)),
        }
    }

    /// Takes the braces from the end of a heading. Written with a backslash or an entity, they are
    /// text: so they must stand in the source as they stand in the text.
    /// Boxed: few headings have any.
    pub(super) fn take(heading: &str, text: &mut Vec<Span>) -> Option<Box<Self>> {
        let line = heading.trim_end().trim_end_matches(['=', '-', '#']).trim_end();
        let Some(Span::Text(last)) = text.last_mut() else { return None };
        let at = last.rfind('{').filter(|_| last.ends_with('}'))?;
        let (before, braces) = split_at_boundary(last, at);
        if !line.ends_with(braces) || !(before.is_empty() || before.ends_with(char::is_whitespace)) {
            return None;
        }
        let mut attributes = Self { written: braces.to_owned(), ..Self::default() };
        for word in braces.trim_matches(['{', '}']).split_whitespace() {
            match (word.strip_prefix('#'), word.strip_prefix('.')) {
                (Some(id), _) if !id.is_empty() => attributes.id = Some(id.to_owned()),
                (_, Some(class)) if !class.is_empty() => attributes.classes.push(class.to_owned()),
                // Pandoc's short form, and its `key=value`.
                _ if word == "-" => attributes.classes.push("unnumbered".to_owned()),
                _ if is_pair(word) => attributes.classes.push(word.to_owned()),
                _ => attributes.other = true,
            }
        }
        last.truncate(at);
        *text = trim_and_link(std::mem::take(text), false);
        Some(Box::new(attributes))
    }
}

/// Returns true for `key=value`.
fn is_pair(word: &str) -> bool {
    word.split_once('=').is_some_and(|(key, value)| {
        !value.is_empty() && !key.is_empty() && key.chars().all(|c| c.is_ascii_alphanumeric() || c == '-')
    })
}

/// The braces that lines of an item end with, as they are written. After a backslash or as an entity they are text; so are those
/// of an item that has the same braces both ways.
#[derive(Default)]
pub(super) struct WrittenProperties<'a> {
    range: Range<usize>,
    braces: HashSet<&'a str>,
}

impl<'a> WrittenProperties<'a> {
    /// Takes `{name=value ...}` from the end of what follows a link on its line, with the colon after it. `range` is that of the item or
    /// of the one around it. O(length of the item) for the first of an item, O(1) for those in it.
    pub(super) fn take(
        &mut self,
        source: &'a str,
        range: &Range<usize>,
        byline: &mut Vec<Span>,
    ) -> Vec<Property> {
        let Some(Span::Text(last)) = byline.last_mut() else { return Vec::new() };
        let Some((before, braces, pairs)) = pairs(last) else { return Vec::new() };
        if self.range != *range {
            let lines = source.get(range.clone()).unwrap_or_default().lines();
            let (text, braces): (Vec<_>, Vec<_>) =
                lines.filter_map(braces_of_line).partition(|(_, is_escaped)| *is_escaped);
            let mut braces: HashSet<&str> = braces.into_iter().map(|(braces, _)| braces).collect();
            for (braces_in_text, _) in text {
                braces.remove(braces_in_text);
            }
            *self = Self { range: range.clone(), braces };
        }
        if !self.braces.contains(braces) {
            return Vec::new();
        }
        last.truncate(before);
        *byline = trim_and_link(std::mem::take(byline), false);
        pairs
    }
}

/// Returns the braces at the end of a line of the source, and true if a backslash makes them text.
fn braces_of_line(line: &str) -> Option<(&str, bool)> {
    let line = without_colon(line);
    let at = line.rfind('{').filter(|_| line.ends_with('}'))?;
    let (before, braces) = split_at_boundary(line, at);
    Some((braces, before.ends_with('\\')))
}

/// Returns true if the end of a line would be parsed as properties.
pub(super) fn ends_with_properties(text: &str) -> bool {
    pairs(text).is_some()
}

fn without_colon(text: &str) -> &str {
    let text = text.trim_end();
    text.strip_suffix([':', '：']).map_or(text, str::trim_end)
}

/// Returns the position of the braces, their text, and their content.
fn pairs(text: &str) -> Option<(usize, &str, Vec<Property>)> {
    let text = without_colon(text);
    let at = text.rfind('{').filter(|_| text.ends_with('}'))?;
    let (before, braces) = split_at_boundary(text, at);
    if !(before.is_empty() || before.ends_with(char::is_whitespace)) {
        return None;
    }
    let pair = |word: &str| {
        let (name, value) = word.split_once('=')?;
        let is_name = !name.is_empty() && name.chars().all(|c| c.is_ascii_alphanumeric() || c == '-');
        let is_value = !value.is_empty() && value.chars().all(|c| c.is_alphanumeric() || "-_.+/".contains(c));
        (is_name && is_value).then(|| Property { name: name.to_owned(), value: value.to_owned() })
    };
    let inside = braces.strip_prefix('{')?.strip_suffix('}')?;
    let pairs: Vec<Property> = inside.split_whitespace().map(pair).collect::<Option<_>>()?;
    (!pairs.is_empty()).then_some((at, braces, pairs))
}
