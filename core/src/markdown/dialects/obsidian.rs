//! Obsidian: callouts with a title and fold, `==marked==` text, and links to pages of the same vault.

use crate::markdown::inline_text::{parse_texts, push_text};
use crate::notebook::{Alert, Block, Span};

/// Reads a quotation as the callout it is: `> [!abstract]- Title`. Any other quotation is given back as it is.
pub(in crate::markdown) fn callout(mut blocks: Vec<Block>) -> Block {
    let Some((kind, fold, title)) = head(&blocks) else { return Block::Quote { alert: None, blocks } };
    let Some(alert) = alert(&kind) else { return Block::Quote { alert: None, blocks } };
    if let Some(Block::Para(spans)) = blocks.first_mut() {
        if let Some(Span::Text(text)) = spans.first_mut() {
            let rest = text.split_once('\n').map_or("", |(_, rest)| rest).to_owned();
            *text = rest;
        }
        if matches!(spans.first(), Some(Span::Text(text)) if text.is_empty()) {
            spans.remove(0);
        }
        if spans.is_empty() {
            blocks.remove(0);
        }
    }
    let Some(is_open) = fold else {
        if !title.is_empty() {
            blocks.insert(0, Block::Para(vec![Span::Strong(vec![Span::Text(title)])]));
        }
        return Block::Quote { alert, blocks };
    };
    let summary = if title.is_empty() { kind } else { title };
    let blocks = vec![Block::Quote { alert, blocks }];
    Block::Fold { summary: vec![Span::Text(summary)], open: is_open, blocks }
}

/// The first line of a callout: its kind, whether its fold is open if it has one, and its title.
fn head(blocks: &[Block]) -> Option<(String, Option<bool>, String)> {
    let Some(Block::Para(spans)) = blocks.first() else { return None };
    let Some(Span::Text(text)) = spans.first() else { return None };
    let line = text.split('\n').next()?;
    // A title with marks in it is left as it is written.
    if spans.len() > 1 && !text.contains('\n') {
        return None;
    }
    let (kind, rest) = line.strip_prefix("[!")?.split_once(']')?;
    let kind = kind.split('|').next().unwrap_or(kind).trim();
    let (fold, title) = match rest.strip_prefix('-') {
        Some(title) => (Some(false), title),
        None => rest.strip_prefix('+').map_or((None, rest), |title| (Some(true), title)),
    };
    let is_kind = !kind.is_empty() && kind.chars().all(|c| c.is_alphanumeric() || c == '-');
    is_kind.then(|| (kind.to_owned(), fold, title.trim().to_owned()))
}

/// The alert that a kind of callout is shown as; `Some(None)` for a plain quotation, `None` for a kind that is not known.
#[allow(clippy::option_option, reason = "unknown kinds, plain quotations and alerts are three answers")]
fn alert(kind: &str) -> Option<Option<Alert>> {
    Some(match kind.to_lowercase().as_str() {
        "note" | "info" | "todo" | "abstract" | "summary" | "tldr" | "question" | "help" | "faq"
        | "example" => Some(Alert::Note),
        "tip" | "hint" | "success" | "check" | "done" => Some(Alert::Tip),
        "important" => Some(Alert::Important),
        "warning" | "attention" | "failure" | "fail" | "missing" => Some(Alert::Warning),
        "caution" | "danger" | "error" | "bug" => Some(Alert::Caution),
        "quote" | "cite" => None,
        _ => return None,
    })
}

/// Reads `==marked==` text inside one run of text.
pub(in crate::markdown) fn marked(spans: Vec<Span>) -> Vec<Span> {
    parse_texts(
        spans,
        |text| first_mark(text).is_some(),
        |text, parsed| {
            let mut rest = text;
            while let Some((before, inside, after)) = first_mark(rest) {
                push_text(parsed, before);
                parsed.push(Span::Mark(vec![Span::Text(inside.to_owned())]));
                rest = after;
            }
            push_text(parsed, rest);
        },
    )
}

/// Returns the text before, between and after the first pair of `==`: beside words outside, and at words inside.
fn first_mark(text: &str) -> Option<(&str, &str, &str)> {
    let (mut from, mut opened) = (0, None::<usize>);
    while let Some(at) = text.get(from..).and_then(|rest| rest.find("==")).map(|at| from + at) {
        let before = text.get(..at).and_then(|before| before.chars().next_back());
        let after = text.get(at + 2..).and_then(|after| after.chars().next());
        let is_word = |c: Option<char>| c.is_some_and(|c| c.is_ascii_alphanumeric() || c == '_');
        let is_inside = |c: Option<char>| c.is_some_and(|c| !c.is_whitespace() && c != '=');
        let is_apart = |c: Option<char>| !is_word(c) && c != Some('=');
        if let Some(start) = opened.filter(|_| is_inside(before) && is_apart(after)) {
            let inside = text.get(start + 2..at).filter(|inside| !inside.is_empty());
            if let Some(inside) = inside {
                return Some((text.get(..start)?, inside, text.get(at + 2..)?));
            }
        }
        if is_inside(after) && is_apart(before) {
            opened = Some(at);
        }
        from = at + 2;
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_stand_at_words() {
        let spans = |text: &str| marked(vec![Span::Text(text.into())]);
        let mark = |text: &str| Span::Mark(vec![Span::Text(text.into())]);
        let text = |text: &str| Span::Text(text.into());
        assert_eq!(spans("==a b== c"), [mark("a b"), text(" c")]);
        assert_eq!(spans("x ==a== (==b==)"), [text("x "), mark("a"), text(" ("), mark("b"), text(")")]);
        for plain in ["a == b and c == d", "if (a==b || c==d)", "===", "==", "==a", "a=="] {
            assert_eq!(spans(plain), [text(plain)], "{plain}");
        }
    }
}
