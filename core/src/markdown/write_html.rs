//! Writes elements that have no Markdown syntax as HTML, which parses as the same elements.

use crate::notebook::{Align, Id, ImageDisplay, Span, TextDirection, Url};

/// Text as the value of an attribute, which may stand anywhere in Markdown, in a cell of a table too.
pub(super) fn attribute(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '"' => out.push_str("&quot;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '|' => out.push_str("&#124;"),
            '\n' | '\r' => out.push(' '),
            c => out.push(c),
        }
    }
    out
}

pub(super) fn anchor(id: &Id) -> String {
    format!("<a name=\"{id}\"></a>")
}

/// A picture with what the author wants of it. `is_line` tells that it stands alone on the first line of a paragraph: a tag
/// alone on a line would make HTML of the lines below.
pub(super) fn image(
    url: &Url,
    title: Option<&str>,
    alt: &str,
    display: &ImageDisplay,
    is_line: bool,
) -> String {
    let mut image = format!("<img src=\"{}\" alt=\"{}\"", attribute(url.as_str()), attribute(alt));
    let title = title.map(attribute);
    let lengths = [("width", display.width), ("height", display.height)];
    let lengths = lengths.into_iter().filter_map(|(name, length)| Some((name, length?.to_string())));
    for (name, value) in title.map(|title| ("title", title)).into_iter().chain(lengths) {
        image.extend([" ", name, "=\"", &value, "\""]);
    }
    image.push('>');
    match &display.dark {
        None if !is_line => image,
        None => format!("<picture>{image}</picture>"),
        Some(dark) => {
            let dark = attribute(dark.as_str());
            format!(
                "<picture><source media=\"(prefers-color-scheme: dark)\" srcset=\"{dark}\">{image}</picture>"
            )
        }
    }
}

/// A fold; `summary` and `blocks` are Markdown.
pub(super) fn fold(summary: &[Span], summary_text: &str, open: bool, blocks: &str) -> String {
    let open = if open { " open" } else { "" };
    let summary = match summary {
        [] => String::new(),
        [Span::Text(text)] if is_plain(text) => format!("\n<summary>{text}</summary>"),
        [Span::Strong(inner)] => match inner.as_slice() {
            [Span::Text(text)] if is_plain(text) => format!("\n<summary><b>{text}</b></summary>"),
            _ => markdown_summary(summary_text),
        },
        _ => markdown_summary(summary_text),
    };
    join(&format!("<details{open}>{summary}"), blocks, "</details>")
}

fn markdown_summary(text: &str) -> String {
    format!("\n<summary>\n\n{text}\n\n</summary>")
}

/// Returns true for text that HTML reads as it stands.
fn is_plain(text: &str) -> bool {
    !text.contains(['<', '>', '&', '\n', '\r', '\0']) && !text.contains("://") && text.trim() == text
}

pub(super) fn group(align: Option<Align>, dir: Option<TextDirection>, blocks: &str) -> String {
    let align = match align {
        Some(Align::Center) => " align=\"center\"",
        Some(Align::Right) => " align=\"right\"",
        Some(Align::Left | Align::None) => " align=\"left\"",
        None => "",
    };
    let dir = dir.map_or(String::new(), |dir| format!(" dir=\"{}\"", dir.name()));
    join(&format!("<div{align}{dir}>"), blocks, "</div>")
}

/// Blocks of Markdown between two tags.
fn join(open: &str, blocks: &str, close: &str) -> String {
    if blocks.is_empty() { format!("{open}\n{close}") } else { format!("{open}\n\n{blocks}\n\n{close}") }
}
