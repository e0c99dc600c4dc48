//! The text of entries: blocks and inline spans.
//!
//! Search gives the positions of matches in the plain text of an entry, so the text of the elements is exactly that plain
//! text. Additional text, such as the name of an alert, is in elements with `data-aside`.

use leptos::prelude::AnyView;
use notebook_core::notebook::{
    Align, Block, ImageDisplay, ListItem, Span, TextDirection, Token, column_name, split_tokens,
};

use super::element::{self, El, el, text};
use super::math::math;
use super::{ids, strings};

/// Renders blocks.
pub(super) fn blocks(blocks: &[Block]) -> Vec<AnyView> {
    blocks.iter().map(|block| self::block(block).into()).collect()
}

#[allow(clippy::too_many_lines, reason = "one match over all kinds of blocks")]
fn block(block: &Block) -> El {
    match block {
        Block::Para(inner) => match inner.as_slice() {
            // What is only a target of links takes no room.
            [Span::Anchor(_)] => el("div").children(spans(inner)),
            // A paragraph with an image alone is a figure that opens in a dialog.
            [Span::Image { url, .. }] => {
                let link =
                    el("a").class("enlarge").attr("href", url.as_str()).attr("title", strings::ENLARGE);
                let link = link.children(spans(inner));
                el("figure").child(link)
            }
            _ => el("p").children(spans(inner)),
        },
        Block::Field { label, column, text } => {
            let name = column_name(label, column.as_deref());
            let strong = el("strong").text(format!("{label}:"));
            let field = el("p").class("field").attr_opt("data-column", (name != label).then_some(name));
            field.child(strong).text(" ").children(spans(text))
        }
        Block::Heading { id, level, text } => {
            heading((*level).max(4)).attr("id", id.as_str()).children(spans(text))
        }
        Block::Quote { alert: None, blocks: inner } => el("blockquote").children(blocks(inner)),
        Block::Quote { alert: Some(alert), blocks: inner } => {
            let (class, name) = strings::alert(*alert);
            let name = el("p").class("alert-name").attr("data-aside", "").text(name);
            el("div").class(class).attr("role", "note").child(name).children(blocks(inner))
        }
        Block::List { start, items } => {
            let list = if start.is_some() { el("ol") } else { el("ul") };
            let first = start.map(|first| first.to_string());
            list.attr_opt("start", first).children(items.iter().map(item))
        }
        Block::Code { lang, text, tokens } => {
            let name = lang.split([' ', ',', '{']).next().filter(|name| !name.is_empty());
            el("pre").attr("tabindex", "0").attr_opt("data-lang", name).child(code(text, tokens))
        }
        Block::Table { align, rows } => table(align, rows),
        Block::Definitions { items } => el("dl").children(items.iter().flat_map(|item| {
            [el("dt").children(spans(&item.name)), el("dd").children(blocks(&item.blocks))]
        })),
        Block::Footnote { label, blocks: inner } => {
            let mark = el("span").attr("data-aside", "").attr("aria-hidden", "true").text(label);
            let note = el("div").class("footnote").attr("role", "note").attr("id", footnote_anchor(label));
            note.attr("aria-label", strings::FOOTNOTE.format(&[label]))
                .child(mark)
                .child(el("div").children(blocks(inner)))
        }
        Block::Fold { summary, open, blocks: inner } => {
            let fold = el("details").class("fold").attr_opt("open", open.then_some(""));
            // Without a summary the browser has a word of its own.
            let summary = (!summary.is_empty()).then(|| el("summary").children(spans(summary)));
            fold.children(summary).children(blocks(inner))
        }
        Block::Group { align, dir, blocks: inner } => {
            let class = align.and_then(align_class);
            el("div")
                .attr_opt("class", class)
                .attr_opt("dir", dir.map(TextDirection::name))
                .children(blocks(inner))
        }
        Block::Rule {} => el("hr"),
    }
}

/// Renders code; each token has its kind as the class.
fn code(text: &str, tokens: &[Token]) -> El {
    el("code").children(split_tokens(text, tokens).map(|(kind, piece)| match kind {
        None => element::text(piece),
        Some(kind) => el("span").class(kind.name()).text(piece).into(),
    }))
}

fn item(item: &ListItem) -> El {
    match item.checked {
        None => el("li").children(blocks(&item.blocks)),
        Some(checked) => {
            el("li").class("task").child(checkbox(checked)).child(el("div").children(blocks(&item.blocks)))
        }
    }
}

/// Renders the state of a task as a disabled checkbox.
pub(super) fn checkbox(checked: bool) -> El {
    let state = el("input").attr("type", "checkbox").attr("disabled", "");
    state.attr_opt("checked", checked.then_some("")).attr("aria-label", strings::task_state(checked))
}

fn table(align: &[Align], rows: &[Vec<Vec<Span>>]) -> El {
    let cell = |name: &'static str, column: usize, content: &[Span]| {
        let class = align.get(column).copied().and_then(align_class);
        el(name).attr_opt("class", class).children(spans(content))
    };
    let row = |name: &'static str, cells: &[Vec<Span>]| {
        el("tr").children(cells.iter().enumerate().map(|(column, content)| cell(name, column, content)))
    };
    let (head, body) = rows.split_at(rows.len().min(1));
    // The head of a table that has none is empty.
    let head = head.iter().filter(|cells| cells.iter().any(|cell| !cell.is_empty()));
    let head = el("thead").children(head.map(|cells| row("th", cells)));
    let body = el("tbody").children(body.iter().map(|cells| row("td", cells)));
    el("div").class("table").attr("tabindex", "0").child(el("table").child(head).child(body))
}

/// The class of text that is aligned to the right or centered.
fn align_class(align: Align) -> Option<&'static str> {
    match align {
        Align::Right => Some("right"),
        Align::Center => Some("center"),
        Align::Left | Align::None => None,
    }
}

/// Renders inline spans.
pub(super) fn spans(spans: &[Span]) -> Vec<AnyView> {
    spans.iter().map(span).collect()
}

fn span(span: &Span) -> AnyView {
    match span {
        Span::Text(inner) => text(inner),
        Span::Em(inner) => el("em").children(spans(inner)).into(),
        Span::Strong(inner) => el("strong").children(spans(inner)).into(),
        Span::Strike(inner) => el("s").children(spans(inner)).into(),
        Span::Sub(inner) => el("sub").children(spans(inner)).into(),
        Span::Sup(inner) => el("sup").children(spans(inner)).into(),
        Span::Mark(inner) => el("mark").children(spans(inner)).into(),
        Span::Kbd(inner) => el("kbd").children(spans(inner)).into(),
        Span::Ins(inner) => el("ins").children(spans(inner)).into(),
        Span::Abbr { title, text } => el("abbr").attr("title", title).children(spans(text)).into(),
        Span::Anchor(id) => el("span").attr("id", id.as_str()).into(),
        Span::Code(code) => el("code").text(code).into(),
        Span::Math { tex, display, mathml } => math(tex, *display, mathml).into(),
        Span::Link { url, title, text } => link(url.as_str(), title.as_deref()).children(spans(text)).into(),
        Span::Image { url, title, alt, size, display } => {
            let display = display.as_deref();
            let image = el("img").attr("src", url.as_str()).attr("alt", alt);
            // What the author asks for replaces both: a width of one and a height of the other would distort it.
            let (width, height) = match display {
                Some(ImageDisplay { width: None, height: None, .. }) | None => {
                    (size.map(|size| size.width.to_string()), size.map(|size| size.height.to_string()))
                }
                Some(asked) => (
                    asked.width.map(|width| width.to_string()),
                    asked.height.map(|height| height.to_string()),
                ),
            };
            let class = (width.is_none() && height.is_some()).then_some("by-height");
            let image = image.attr_opt("class", class).attr_opt("width", width).attr_opt("height", height);
            let image = image.attr("loading", "lazy").attr("decoding", "async");
            let image = match display.and_then(|display| display.dark.as_ref()) {
                None => image,
                Some(dark) => {
                    let media = "(prefers-color-scheme: dark)";
                    let source = el("source").attr("media", media).attr("srcset", dark.as_str());
                    el("picture").child(source).child(image)
                }
            };
            let caption = title.as_ref().map(|caption| el("span").class("caption").text(caption));
            el("span").class("picture").child(image).children(caption).into()
        }
        Span::Footnote(label) => {
            let link = el("a").attr("href", format!("#{}", footnote_anchor(label))).text(label);
            el("sup").attr("data-aside", "").child(link).into()
        }
        Span::Break {} => el("br").into(),
    }
}

/// Renders a link that the author wrote; `hint` is its tooltip.
pub(super) fn link(url: &str, hint: Option<&str>) -> El {
    el("a").attr("href", url).attr_opt("title", hint).attr("rel", "noopener")
}

/// Returns the anchor of a footnote. It has a `_`, which no anchor of an entry has.
pub(super) fn footnote_anchor(label: &str) -> String {
    let slug = label.chars().map(|c| if c.is_alphanumeric() { c } else { '-' });
    ids::FOOTNOTE.chars().chain(slug).collect()
}

/// Creates a heading element of a level from 2 to 6.
pub(super) fn heading(level: u8) -> El {
    el(match level {
        ..=2 => "h2",
        3 => "h3",
        4 => "h4",
        5 => "h5",
        _ => "h6",
    })
}
