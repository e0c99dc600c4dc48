//! Embedded HTML, as GitHub shows it: read by a tokenizer of the HTML standard, and put into the tree of text element by
//! element. Markup that is not on the list of allowed elements is plain text; no HTML is ever copied to the page.
//!
//! 1. `elements` lists the allowed elements, and what each is in the tree;
//! 2. `tokens` reads a piece of HTML;
//! 3. `build` opens and closes elements among those of Markdown;
//! 4. `flatten` joins blocks into one line where only a line is allowed, such as in a table cell;
//! 5. `folds` takes lists of papers out of `<details>`.

mod build;
mod elements;
mod flatten;
pub(super) mod folds;
mod table;
mod tokens;

pub(super) use elements::{BlockElement, HtmlTag, InlineElement};

use crate::unicode::split_at_boundary;

/// A block of HTML without its comments, which are the author's own and not for the page.
/// The second value is true where a comment never ends: then it is kept as text.
pub(super) fn without_comments(raw: &str) -> (String, bool) {
    let mut text = String::new();
    let mut rest = raw;
    while let Some(at) = rest.find("<!--") {
        let (before, from) = split_at_boundary(rest, at);
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

/// Returns the text after a comment at the beginning of `text`.
fn comment(text: &str) -> Option<&str> {
    let inside = text.strip_prefix("<!--")?;
    let short = inside.strip_prefix('>').or_else(|| inside.strip_prefix("->"));
    short.or_else(|| inside.split_once("-->").map(|(_, after)| after))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn comments_go_and_an_unclosed_one_stays() {
        assert_eq!(without_comments("a<!-- b -->c"), ("ac".into(), false));
        assert_eq!(without_comments("a<!-- b"), ("a<!-- b".into(), true));
    }
}
