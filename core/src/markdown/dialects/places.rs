//! Places that links can lead to: `^block-id` at the end of a paragraph of Obsidian, `(label)=` before one of `MyST`.

use crate::notebook::{Id, IdAllocator, Span};

/// The shortest id of a block. A shorter word with a caret is an exponent.
const MIN_ID_BYTES: usize = 4;

/// Makes anchors of the marks of a paragraph, and returns their ids. An id that something else has stays text.
pub(super) fn read(spans: &mut Vec<Span>, ids: &mut IdAllocator) -> Vec<Id> {
    let mut found = Vec::new();
    if let Some(Span::Text(last)) = spans.last_mut()
        && let Some((at, id)) = block_id(last)
        && let Some(id) = ids.reserve(id)
    {
        last.truncate(at);
        if last.is_empty() {
            spans.pop();
        }
        spans.push(Span::Anchor(id.clone()));
        found.push(id);
    }
    if let Some(Span::Text(first)) = spans.first_mut()
        && let Some((label, rest)) = label(first)
        && let Some(id) = ids.reserve(label)
    {
        *first = rest.to_owned();
        if first.is_empty() {
            spans.remove(0);
        }
        spans.insert(0, Span::Anchor(id.clone()));
        found.push(id);
    }
    found
}

/// Returns where the id of a block begins, and the id.
fn block_id(text: &str) -> Option<(usize, &str)> {
    let at = text.rfind('^')?;
    let id = text.get(at + 1..)?;
    let begins = text.get(..at)?.chars().next_back().is_none_or(char::is_whitespace);
    let is_id = id.len() >= MIN_ID_BYTES
        && id.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-')
        && id.bytes().any(|byte| byte.is_ascii_alphabetic());
    (begins && is_id).then_some((at, id))
}

/// Returns the label on the first line, and the lines below it.
fn label(text: &str) -> Option<(&str, &str)> {
    let (line, rest) = text.split_once('\n').unwrap_or((text, ""));
    let label = line.strip_prefix('(')?.strip_suffix(")=")?;
    let is_label = |c: char| c.is_alphanumeric() || matches!(c, '-' | '_' | ':' | '.');
    (!label.is_empty() && label.chars().all(is_label)).then_some((label, rest))
}
