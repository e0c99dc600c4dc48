//! List items that begin with a link: title, address, byline and notes.

use super::link_kind::is_label;
use crate::notebook::{Block, ListItem, Span, Url};

/// The link an item begins with, and what follows it.
pub(super) struct LeadingLink {
    pub(super) url: Url,
    pub(super) hint: Option<String>,
    pub(super) title: Vec<Span>,
    pub(super) byline: Vec<Span>,
    pub(super) notes: Vec<Block>,
}

/// Reads an item as a link with notes. Gives the item back where it does not begin with a link.
pub(super) fn split_leading_link(item: ListItem) -> Result<LeadingLink, ListItem> {
    let starts = match item.blocks.first() {
        Some(Block::Para(spans)) => spans.first().is_some_and(is_link),
        _ => false,
    };
    if !starts {
        return Err(item);
    }
    let mut blocks = item.blocks.into_iter();
    let mut spans = match blocks.next() {
        Some(Block::Para(spans)) => spans.into_iter(),
        _ => Vec::new().into_iter(),
    };
    let (url, hint, title) = match spans.next() {
        Some(Span::Link { url, title, text }) => (url, title, text),
        other => match other.as_ref().and_then(as_link) {
            Some(link) => link,
            None => return Err(ListItem { checked: item.checked, blocks: blocks.collect() }),
        },
    };
    let mut rest: Vec<Span> = spans.collect();
    // A break after the link ends its line as any line end does.
    let mut opens_notes = drop_breaks(&mut rest);
    if let Some(Span::Text(text)) = rest.first_mut().filter(|_| !opens_notes) {
        // French sets a space that does not break before a colon.
        let after = text.trim_start_matches(|letter: char| letter.is_whitespace() && letter != '\n');
        let colon = after.strip_prefix([':', '：']);
        opens_notes = colon.is_some() || after.starts_with('\n');
        *text = colon.unwrap_or(after).trim_start().to_owned();
    }
    rest.retain(|span| !matches!(span, Span::Text(text) if text.is_empty()));
    drop_breaks(&mut rest);
    let mut notes: Vec<Block> = blocks.collect();
    let byline = if opens_notes && !rest.is_empty() {
        notes.insert(0, Block::Para(rest));
        Vec::new()
    } else {
        rest
    };
    Ok(LeadingLink { url, hint, title, byline, notes })
}

/// Takes breaks from the beginning, with the white space before them. Tells whether there were any.
fn drop_breaks(spans: &mut Vec<Span>) -> bool {
    let blank = |span: &&Span| match span {
        Span::Text(text) => text.trim().is_empty(),
        span => matches!(span, Span::Break {}),
    };
    let led = spans.iter().take_while(blank);
    let end = led.enumerate().filter(|(_, span)| matches!(span, Span::Break {})).last();
    let end = end.map_or(0, |(at, _)| at + 1);
    spans.drain(..end);
    end > 0
}

/// Returns true if a line begins with a link.
pub(super) fn begins_with_link(spans: &[Span]) -> bool {
    spans.first().is_some_and(is_link)
}

/// Returns true if a line begins with a link whose text is the title: no label, or all that there is.
pub(super) fn is_title_link(spans: &[Span]) -> bool {
    let first = spans.first().filter(|span| is_link(span)).and_then(as_link);
    first.is_some_and(|(url, _, text)| spans.len() == 1 || !is_label(&text, &url))
}

fn is_link(span: &Span) -> bool {
    match span {
        Span::Link { .. } => true,
        Span::Strong(inner) | Span::Em(inner) => matches!(inner.as_slice(), [only] if is_link(only)),
        _ => false,
    }
}

/// A link, bare or dressed as a whole (`**[Title](url)**`): the dress goes inside.
pub(super) fn as_link(span: &Span) -> Option<(Url, Option<String>, Vec<Span>)> {
    let dressed = |inner: &[Span], dress: fn(Vec<Span>) -> Span| match inner {
        [only] => as_link(only).map(|(url, hint, text)| (url, hint, vec![dress(text)])),
        _ => None,
    };
    match span {
        Span::Link { url, title, text } => Some((url.clone(), title.clone(), text.clone())),
        Span::Strong(inner) => dressed(inner, Span::Strong),
        Span::Em(inner) => dressed(inner, Span::Em),
        _ => None,
    }
}
