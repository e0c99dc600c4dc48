//! Characters that Markdown's own rules misread, replaced by placeholders while it is parsed. The text keeps its length.
//!
//! - **Strong text beside CJK punctuation**: `**结论：**有效` is no strong text by the rules for flanking runs, which expect
//!   a blank after punctuation. Such punctuation is substituted as a letter.
//! - **Emphasis in addresses**: in `https://example.org/__init__.py` the marks are part of the address.
//! - **Prices**: the dollar signs of `**$5** to **$10**` enclose no formula, which would hide the marks between them.
//! - **Fences of Pandoc**: a line that begins with `:::` is no definition of the paragraph before it.

use std::borrow::Cow;
use std::ops::Range;

use pulldown_cmark::{CodeBlockKind, CowStr, Event, Parser, Tag, TagEnd};

use super::inline_text::is_cjk_punctuation;
use super::parser_options::options;
use crate::latex;

/// Punctuation of three bytes, which may open something or not, and its placeholder: letters for private use, of three bytes too.
const OPENING: &str = "（「『《〈【〔“‘";
const CLOSING: &str = "）」』》〉】〕”’，。：；！？、…—～·";
const FIRST_PLACEHOLDER: u32 = 0xE5A0;

/// Marks of emphasis, of definitions and of formulas, and their placeholders, of one byte.
const MARKS: [(u8, u8); 5] = [(b'_', 2), (b'*', 3), (b'~', 4), (b':', 5), (b'$', DOLLAR)];

/// The placeholder of a dollar sign.
const DOLLAR: u8 = 6;

/// The fence of a div in Pandoc, Quarto or `MyST`.
const FENCE: &str = ":::";

/// Returns the text with placeholders; `None` where nothing is misread. O(length).
pub(super) fn substitute(text: &str) -> Option<String> {
    let is_taken =
        |c: char| is_placeholder(c) || MARKS.iter().any(|(_, placeholder)| c == char::from(*placeholder));
    let has_strong = text.contains('*') && text.contains(is_cjk_punctuation);
    let has_address = text.contains("://") && text.contains(['_', '*', '~']);
    let has_fence = text.contains(FENCE);
    let has_price = has_prices(text);
    if !(has_strong || has_address || has_fence || has_price) || text.contains(is_taken) {
        return None;
    }
    let prices = if has_price { at_prices(text) } else { None };
    let text = prices.as_deref().unwrap_or(text);
    let addresses = if has_address { in_addresses(text) } else { None };
    let strong = if has_strong { beside_marks(addresses.as_deref().unwrap_or(text)) } else { None };
    let substituted = strong.or(addresses).or_else(|| prices.clone());
    let fences = if has_fence { at_fences(substituted.as_deref().unwrap_or(text)) } else { None };
    fences.or(substituted)
}

/// Returns true if text has two dollar signs, the second of them before a digit.
fn has_prices(text: &str) -> bool {
    let mut pieces = text.split('$').skip(1);
    pieces.next().is_some() && pieces.any(|piece| piece.starts_with(|c: char| c.is_ascii_digit()))
}

/// Returns true if what Markdown reads as a formula lies between two prices: `$7-$9`. No formula ends before a digit, except for
/// one that only TeX can mean.
pub(super) fn is_between_prices(tex: &str, text: &str, range: &Range<usize>) -> bool {
    let written = text.get(range.clone()).unwrap_or_default();
    let after = text.get(range.end..).unwrap_or_default();
    written.starts_with('$')
        && !written.starts_with("$$")
        && after.starts_with(|c: char| c.is_ascii_digit())
        && !latex::has_markup(tex)
}

/// Replaces the dollar signs around the text between two prices. That of the second price opens no formula either.
fn at_prices(text: &str) -> Option<String> {
    let mut changed: Option<Vec<u8>> = None;
    for (event, range) in Parser::new_ext(text, options()).into_offset_iter() {
        let Event::InlineMath(tex) = event else { continue };
        if is_between_prices(&tex, text, &range) {
            let bytes = changed.get_or_insert_with(|| text.as_bytes().to_vec());
            for at in [range.start, range.end.saturating_sub(1)] {
                bytes.get_mut(at).into_iter().for_each(|byte| *byte = DOLLAR);
            }
        }
    }
    changed.and_then(|bytes| String::from_utf8(bytes).ok())
}

/// Replaces the first colon of every line that begins with a fence.
fn at_fences(text: &str) -> Option<String> {
    let mut changed = false;
    let mut out = String::with_capacity(text.len());
    for line in text.split_inclusive('\n') {
        let colons = line.trim_start_matches([' ', '\t', '>']);
        if let Some(rest) = colons.strip_prefix(FENCE) {
            out.push_str(line.get(..line.len() - colons.len()).unwrap_or_default());
            out.push('\u{5}');
            out.push_str("::");
            out.push_str(rest);
            changed = true;
        } else {
            out.push_str(line);
        }
    }
    changed.then_some(out)
}

fn beside_marks(text: &str) -> Option<String> {
    let mut changed: Option<Vec<u8>> = None;
    let mut at = 0;
    while let Some(found) = text.get(at..).and_then(|rest| rest.find('*')) {
        let start = at + found;
        let rest = text.get(start..).unwrap_or_default();
        let end = start + rest.len() - rest.trim_start_matches('*').len();
        at = end;
        let before = text.get(..start).and_then(|before| before.chars().next_back());
        let after = text.get(end..).and_then(|after| after.chars().next());
        let (Some(before), Some(after)) = (before, after) else { continue };
        let is_letter = |c: char| !c.is_whitespace() && !c.is_ascii_punctuation() && !is_cjk_punctuation(c);
        let (substituted, place) = if CLOSING.contains(before) && is_letter(after) {
            (before, start - before.len_utf8())
        } else if OPENING.contains(after) && is_letter(before) {
            (after, end)
        } else {
            continue;
        };
        let number = OPENING.chars().chain(CLOSING.chars()).position(|c| c == substituted);
        let letter = number.and_then(|number| u32::try_from(number).ok());
        let letter = letter.and_then(|number| char::from_u32(FIRST_PLACEHOLDER + number));
        let Some(letter) = letter.filter(|letter| letter.len_utf8() == substituted.len_utf8()) else {
            continue;
        };
        let bytes = changed.get_or_insert_with(|| text.as_bytes().to_vec());
        if let Some(to) = bytes.get_mut(place..place + letter.len_utf8()) {
            letter.encode_utf8(to);
        }
    }
    changed.and_then(|bytes| String::from_utf8(bytes).ok())
}

fn in_addresses(text: &str) -> Option<String> {
    let mut changed: Option<Vec<u8>> = None;
    let (mut end, mut inside) = (0, 0_usize);
    for (event, range) in Parser::new_ext(text, options()).into_offset_iter() {
        match event {
            Event::Start(Tag::CodeBlock(_) | Tag::Link { .. } | Tag::Image { .. } | Tag::HtmlBlock) => {
                inside += 1;
            }
            Event::End(TagEnd::CodeBlock | TagEnd::Link | TagEnd::Image | TagEnd::HtmlBlock) => {
                inside = inside.saturating_sub(1);
            }
            Event::Text(_) if inside == 0 && range.end > end => {
                let mut from = range.start.max(end);
                while let Some(found) = text.get(from..range.end).and_then(|piece| piece.find("://")) {
                    let start = from + found + 3;
                    let stops =
                        |c: char| c.is_whitespace() || "<>|`[]\"'\\".contains(c) || is_cjk_punctuation(c);
                    let rest = text.get(start..).unwrap_or_default();
                    let address = rest.split(stops).next().unwrap_or_default();
                    // Marks at its end close what began before it.
                    let address = address.trim_end_matches(|c: char| c.is_ascii_punctuation() && c != '/');
                    end = start + address.len();
                    if address.contains(['_', '*', '~']) {
                        let bytes = changed.get_or_insert_with(|| text.as_bytes().to_vec());
                        for byte in bytes.get_mut(start..end).into_iter().flatten() {
                            if let Some((_, placeholder)) = MARKS.iter().find(|(mark, _)| mark == byte) {
                                *byte = *placeholder;
                            }
                        }
                    }
                    from = end.max(start);
                    if from >= range.end {
                        break;
                    }
                }
            }
            _ => {}
        }
    }
    changed.and_then(|bytes| String::from_utf8(bytes).ok())
}

fn is_placeholder(c: char) -> bool {
    u32::from(c).checked_sub(FIRST_PLACEHOLDER).is_some_and(|number| number < 64)
}

fn original(c: char) -> char {
    if let Some((mark, _)) = MARKS.iter().find(|(_, placeholder)| c == char::from(*placeholder)) {
        return char::from(*mark);
    }
    let number = u32::from(c).checked_sub(FIRST_PLACEHOLDER).and_then(|number| usize::try_from(number).ok());
    number.and_then(|number| OPENING.chars().chain(CLOSING.chars()).nth(number)).unwrap_or(c)
}

/// Returns text as it was written.
fn restore_text(text: CowStr<'_>) -> CowStr<'_> {
    let is_changed = |c: char| original(c) != c;
    if text.contains(is_changed) { text.chars().map(original).collect::<String>().into() } else { text }
}

/// Returns an event without placeholders.
pub(super) fn restore(event: Event<'_>) -> Event<'_> {
    match event {
        Event::Text(text) => Event::Text(restore_text(text)),
        Event::Code(text) => Event::Code(restore_text(text)),
        Event::Html(text) => Event::Html(restore_text(text)),
        Event::InlineHtml(text) => Event::InlineHtml(restore_text(text)),
        Event::InlineMath(text) => Event::InlineMath(restore_text(text)),
        Event::DisplayMath(text) => Event::DisplayMath(restore_text(text)),
        Event::FootnoteReference(text) => Event::FootnoteReference(restore_text(text)),
        Event::Start(Tag::FootnoteDefinition(label)) => {
            Event::Start(Tag::FootnoteDefinition(restore_text(label)))
        }
        Event::Start(Tag::CodeBlock(CodeBlockKind::Fenced(lang))) => {
            Event::Start(Tag::CodeBlock(CodeBlockKind::Fenced(restore_text(lang))))
        }
        Event::Start(Tag::Link { link_type, dest_url, title, id }) => Event::Start(Tag::Link {
            link_type,
            dest_url: restore_text(dest_url),
            title: restore_text(title),
            id: restore_text(id),
        }),
        Event::Start(Tag::Image { link_type, dest_url, title, id }) => Event::Start(Tag::Image {
            link_type,
            dest_url: restore_text(dest_url),
            title: restore_text(title),
            id: restore_text(id),
        }),
        event => event,
    }
}

/// Text that is looked at without Markdown's rules.
pub(super) fn restored(text: &str) -> Cow<'_, str> {
    if text.contains(|c| original(c) != c) {
        text.chars().map(original).collect::<String>().into()
    } else {
        text.into()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_placeholder_is_as_long_as_what_it_stands_for() {
        for (number, c) in (0..).zip(OPENING.chars().chain(CLOSING.chars())) {
            let letter = char::from_u32(FIRST_PLACEHOLDER + number).unwrap();
            assert_eq!(original(letter), c);
            assert!(letter.len_utf8() == c.len_utf8() || c == '·', "{c}");
        }
    }
}
