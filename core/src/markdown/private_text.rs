//! Comments that Markdown's own rules would show: HTML comments that run across blank lines or cells, and `%%...%%` of Obsidian.
//!
//! They are hidden before Markdown is parsed. The text keeps its length, so that every place in it stays the same.

use std::ops::Range;

use pulldown_cmark::{Event, LinkType, Parser, Tag, TagEnd};

use super::html::without_comments;
use super::parser_options::options;

/// Stands for each byte of a hidden `%%...%%` inside a line; the syntax tree leaves it out.
const HIDDEN_BYTE: u8 = 1;

/// A text is parsed again after comments were hidden, because what stood in them may have looked like code. More
/// rounds than this are needed by no text that people write.
const ROUNDS: usize = 4;

/// A comment that would be shown.
enum Comment {
    Html(Range<usize>),
    Percent(Range<usize>),
}

/// Returns the text with such comments hidden; `None` if it has none. O(length).
pub(super) fn hide(text: &str) -> Option<String> {
    if !text.contains("<!--") && !text.contains("%%") {
        return None;
    }
    let mut hidden: Option<Vec<u8>> = None;
    for _ in 0..ROUNDS {
        let current = hidden.as_deref().map_or(Ok(text), std::str::from_utf8).unwrap_or(text);
        let comments = find(current);
        if comments.is_empty() {
            break;
        }
        let mut bytes = current.as_bytes().to_vec();
        for comment in comments {
            blank(&mut bytes, comment);
        }
        hidden = Some(bytes);
    }
    hidden.and_then(|bytes| String::from_utf8(bytes).ok())
}

/// Removes what [`hide`] left of comments inside a line.
pub(super) fn without_filler(text: &str) -> String {
    text.replace(char::from(HIDDEN_BYTE), "")
}

/// A piece of hidden text without the comments in it, for what is read without Markdown's rules.
pub(super) fn without_private_text(text: &str) -> String {
    let text = without_filler(&without_comments(text).0);
    let mut shown = String::new();
    let mut rest = text.as_str();
    while let Some((before, (_, after))) =
        rest.split_once("%%").and_then(|(before, from)| Some((before, from.split_once("%%")?)))
    {
        shown.push_str(before);
        rest = after;
    }
    shown + rest
}

fn find(text: &str) -> Vec<Comment> {
    let mut comments = Vec::new();
    let (mut end, mut is_verbatim) = (0, false);
    // Past the last end of a comment there is none: each is looked for once.
    let (mut html_may_end, mut percent_may_end) = (true, true);
    for (event, range) in Parser::new_ext(text, options()).into_offset_iter() {
        let (range, is_text) = match event {
            Event::Start(
                Tag::CodeBlock(_) | Tag::Link { link_type: LinkType::Autolink | LinkType::Email, .. },
            ) => {
                is_verbatim = true;
                continue;
            }
            Event::End(TagEnd::CodeBlock | TagEnd::Link) => {
                is_verbatim = false;
                continue;
            }
            Event::Start(Tag::HtmlBlock) => (range, false),
            Event::Text(_) if !is_verbatim => (range, true),
            _ => continue,
        };
        let mut at = range.start.max(end);
        while at < range.end {
            let html = if is_text { html_in(text, at..range.end) } else { unclosed_in(text, at..range.end) };
            let html = html.filter(|_| html_may_end);
            let percent = percent_in(text, at..range.end).filter(|_| is_text && percent_may_end);
            let html_first = html.is_some_and(|html| percent.is_none_or(|percent| html < percent));
            if let Some(start) = html.filter(|_| html_first) {
                let Some(close) = closing(text, start + 4, "-->") else {
                    html_may_end = false;
                    continue;
                };
                end = close;
                comments.push(Comment::Html(start..close));
                at = close;
            } else if let Some(start) = percent {
                let Some(close) = closing(text, start + 2, "%%") else {
                    percent_may_end = false;
                    continue;
                };
                let inside = text.get(start..close).unwrap_or_default();
                // Inside a line a comment ends in its paragraph; one that begins a line may hold several.
                if begins_line(text, start) || !inside.contains("\n\n") {
                    end = close;
                    comments.push(Comment::Percent(start..close));
                    at = close;
                } else {
                    at = start + 2;
                }
            } else {
                break;
            }
        }
    }
    comments
}

/// Returns the end of what closes a comment.
fn closing(text: &str, from: usize, mark: &str) -> Option<usize> {
    text.get(from..)?.find(mark).map(|at| from + at + mark.len())
}

/// Returns the first `<!--` that is text, and is not written with a backslash.
fn html_in(text: &str, range: Range<usize>) -> Option<usize> {
    // The mark may be cut: a `<` that begins no tag can be a piece of text by itself.
    let piece = text.get(range.start..text.len().min(range.end + 3)).or_else(|| text.get(range.clone()))?;
    let at = range.start + piece.find("<!--")?;
    let slashes = text.get(..at)?.bytes().rev().take_while(|&byte| byte == b'\\').count();
    (at < range.end && slashes % 2 == 0).then_some(at)
}

/// Returns the comment that a block of HTML begins and does not end.
fn unclosed_in(text: &str, range: Range<usize>) -> Option<usize> {
    let block = text.get(range.clone())?;
    let (rest, unclosed) = without_comments(block);
    let length = rest.len() - rest.find("<!--").filter(|_| unclosed)?;
    Some(range.end - length)
}

/// Returns the first `%%` that may begin a comment: not after a number or word.
fn percent_in(text: &str, range: Range<usize>) -> Option<usize> {
    let piece = text.get(range.clone())?;
    piece.match_indices("%%").map(|(at, _)| range.start + at).find(|&at| {
        let before = text.get(..at).and_then(|before| before.chars().next_back());
        before.is_none_or(|c| !c.is_alphanumeric() && c != '%' && c != '\\')
    })
}

fn begins_line(text: &str, at: usize) -> bool {
    let line = text.get(..at).unwrap_or_default().rsplit('\n').next().unwrap_or_default();
    line.chars().all(|c| c.is_whitespace() || matches!(c, '>' | '-' | '*' | '+'))
}

fn blank(bytes: &mut [u8], comment: Comment) {
    let (range, is_html) = match comment {
        Comment::Html(range) => (range, true),
        Comment::Percent(range) => {
            // On lines of its own it parts what stands around it, as an HTML comment does.
            let before = bytes.get(..range.start).unwrap_or_default();
            let after = bytes.get(range.end..).unwrap_or_default();
            let starts = before.iter().rev().take_while(|&&byte| byte != b'\n').all(|&byte| byte == b' ');
            let ends = after.iter().take_while(|&&byte| byte != b'\n').all(u8::is_ascii_whitespace);
            let is_html = starts && ends && range.len() >= 7;
            (range, is_html)
        }
    };
    let Some(inside) = bytes.get_mut(range) else { return };
    if !is_html {
        inside.fill(HIDDEN_BYTE);
        return;
    }
    inside.fill(b'.');
    if let Some(start) = inside.first_chunk_mut::<4>() {
        *start = *b"<!--";
    }
    if let Some(end) = inside.last_chunk_mut::<3>() {
        *end = *b"-->";
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(text: &str) -> String {
        let json = crate::notebook::to_json(&super::super::read(text).notebook).unwrap();
        assert!(!json.contains(char::from(HIDDEN_BYTE)) && !json.contains("\\u0001"), "{json}");
        json
    }

    #[test]
    fn comments_are_hidden_wherever_they_stand() {
        for text in [
            "a <!-- secret\n\nsecret --> b",
            "- a <!-- secret\n\n  secret --> b\n- c",
            "> a <!-- secret\n>\n> secret --> b",
            "a\n\n<div>\n<!-- secret\n\nsecret -->\n</div>\n\nb",
            "| a | b |\n|---|---|\n| a <!-- secret | secret --> | b |",
            "| a |\n|---|\n| b | <!-- secret --> |",
            "| a |\n|---|\n| b | %%secret%% |",
            "a %%secret%% b",
            "a\n\n%%\nsecret\n\n# secret\n\n- secret\n%%\n\nb",
            "a %% secret\nsecret %% b",
            "- %%secret%% a b",
            "## a %%secret%% {#b}",
            "a b <!-- `secret --> ` <!-- secret -->",
            "a <!-- secret\n\n```\nsecret --> b",
            "<!-- secret\n\nsecret --> a b",
            "a %%secret%% b %%secret%%",
        ] {
            let json = shown(text);
            assert!(!json.contains("secret") && json.contains('a') && json.contains('b'), "{text:?}: {json}");
        }
    }

    #[test]
    fn what_is_no_comment_is_shown() {
        for text in [
            "`<!-- shown -->`",
            "`%%shown%%`",
            "<https://a.b/%%shown%%>",
            "```\n%%shown%%\n<!-- shown -->\n```",
            "\\<!-- shown -->",
            "a <!-- shown",
            "a %%shown",
            "5%% shown 6%%",
            "a \\%% shown %% b",
            "&lt;!-- shown -->",
        ] {
            assert!(shown(text).contains("shown"), "{text:?}");
        }
    }

    #[test]
    fn places_stay_the_same() {
        let text = "ä <!-- é\n\nx --> %%ö%% end";
        let hidden = hide(text).unwrap();
        assert_eq!(hidden.len(), text.len());
        assert_eq!(hidden.find("end"), text.find("end"));
    }
}
