//! What stands in braces behind a heading: `## Reading {.papers #mine}`.

use super::finish::finish;
use crate::letters::cut;
use crate::notebook::Span;

/// The braces, read.
#[derive(Debug, Default)]
pub(super) struct Attributes {
    pub(super) id: Option<String>,
    pub(super) classes: Vec<String>,
    /// Something else than an id and classes stands there too.
    pub(super) other: bool,
    /// The braces as the author wrote them.
    pub(super) written: String,
}

impl Attributes {
    /// Takes the braces from the end of a heading. Written with a backslash or an entity, they are
    /// text: so they must stand in the source as they stand in the text.
    /// Boxed: few headings have any.
    pub(super) fn take(heading: &str, text: &mut Vec<Span>) -> Option<Box<Self>> {
        let line = heading.trim_end().trim_end_matches(['=', '-', '#']).trim_end();
        let Some(Span::Text(last)) = text.last_mut() else { return None };
        let at = last.rfind('{').filter(|_| last.ends_with('}'))?;
        let (before, braces) = cut(last, at);
        if !line.ends_with(braces) || !(before.is_empty() || before.ends_with(char::is_whitespace)) {
            return None;
        }
        let mut attributes = Self { written: braces.to_owned(), ..Self::default() };
        for word in braces.trim_matches(['{', '}']).split_whitespace() {
            match (word.strip_prefix('#'), word.strip_prefix('.')) {
                (Some(id), _) if !id.is_empty() => attributes.id = Some(id.to_owned()),
                (_, Some(class)) if !class.is_empty() => attributes.classes.push(class.to_owned()),
                _ => attributes.other = true,
            }
        }
        last.truncate(at);
        *text = finish(std::mem::take(text), false);
        Some(Box::new(attributes))
    }
}
