//! The few HTML elements a note may use. All other HTML is the text it is.

use crate::letters::cut;

/// An inline element that has a place in the tree.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Element {
    Sub,
    Sup,
    Mark,
    Kbd,
    Em,
    Strong,
    Strike,
}

/// What a piece of inline HTML means.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Inline {
    Open(Element),
    Close(Element),
    Break,
    Comment,
    Text,
}

const ELEMENTS: [(&str, Element); 10] = [
    ("sub", Element::Sub),
    ("sup", Element::Sup),
    ("mark", Element::Mark),
    ("kbd", Element::Kbd),
    ("em", Element::Em),
    ("i", Element::Em),
    ("strong", Element::Strong),
    ("b", Element::Strong),
    ("s", Element::Strike),
    ("del", Element::Strike),
];

/// Reads one tag. Only bare tags count: one with attributes is text, so that nothing is dropped.
pub(super) fn inline(raw: &str) -> Inline {
    if comment(raw).is_some_and(str::is_empty) {
        return Inline::Comment;
    }
    let Some(tag) = raw.strip_prefix('<').and_then(|rest| rest.strip_suffix('>')) else {
        return Inline::Text;
    };
    let (closing, name) = match tag.strip_prefix('/') {
        Some(name) => (true, name),
        None => (false, tag.strip_suffix('/').unwrap_or(tag)),
    };
    let name = name.trim();
    if !closing && name.eq_ignore_ascii_case("br") {
        return Inline::Break;
    }
    match ELEMENTS.iter().find(|(known, _)| known.eq_ignore_ascii_case(name)) {
        Some(&(_, element)) if closing => Inline::Close(element),
        Some(&(_, element)) if !tag.ends_with('/') => Inline::Open(element),
        _ => Inline::Text,
    }
}

/// A block of HTML without its comments, which are the author's own and not for the page.
/// The second value is true where a comment never ends: then it is kept as text.
pub(super) fn without_comments(raw: &str) -> (String, bool) {
    let mut text = String::new();
    let mut rest = raw;
    while let Some(at) = rest.find("<!--") {
        let (before, from) = cut(rest, at);
        text.push_str(before);
        let Some(after) = comment(from) else {
            text.push_str(from);
            return (text, true);
        };
        rest = after;
    }
    text.push_str(rest);
    (text, false)
}

/// What follows a comment that stands at the beginning of `text`.
fn comment(text: &str) -> Option<&str> {
    let inside = text.strip_prefix("<!--")?;
    let short = inside.strip_prefix('>').or_else(|| inside.strip_prefix("->"));
    short.or_else(|| inside.split_once("-->").map(|(_, after)| after))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bare_allowed_tags_have_a_meaning_and_the_rest_is_text() {
        assert_eq!(inline("<SUB>"), Inline::Open(Element::Sub));
        assert_eq!(inline("</kbd >"), Inline::Close(Element::Kbd));
        assert_eq!(inline("<br/>"), Inline::Break);
        assert_eq!(inline("<!-- x -->"), Inline::Comment);
        for text in ["<sub onclick=x>", "<script>", "<u>", "<sub/>", "<?x?>"] {
            assert_eq!(inline(text), Inline::Text, "{text}");
        }
    }

    #[test]
    fn comments_go_and_an_unclosed_one_stays() {
        assert_eq!(without_comments("a<!-- b -->c"), ("ac".into(), false));
        assert_eq!(without_comments("a<!-- b"), ("a<!-- b".into(), true));
    }
}
