//! Blocks and spans as HTML. The text of an element is letter for letter what search counts in;
//! what the page adds of its own stands in elements marked `data-aside`.

use leptos::prelude::AnyView;
use notebook_core::notebook::{Align, Block, Item, Run, Span, column_of, pieces};

use super::element::{self, El, el, text};
use super::math::math;
use super::strings;

/// Blocks, one after another.
pub(super) fn blocks(blocks: &[Block]) -> Vec<AnyView> {
    blocks.iter().map(|block| self::block(block).into()).collect()
}

fn block(block: &Block) -> El {
    match block {
        Block::Para(inner) => match inner.as_slice() {
            // One that is alone can be looked at by itself.
            [Span::Image { url, .. }] => {
                let link =
                    el("a").class("enlarge").attr("href", url.as_str()).attr("title", strings::ENLARGE);
                let link = link.all(spans(inner));
                el("figure").child(link)
            }
            _ => el("p").all(spans(inner)),
        },
        Block::Field { label, column, text } => {
            let name = column_of(label, column.as_deref());
            let strong = el("strong").text(format!("{label}:"));
            let field = el("p").class("field").maybe("data-column", (name != label).then_some(name));
            field.child(strong).text(" ").all(spans(text))
        }
        Block::Heading { id, level, text } => {
            heading((*level).max(4)).attr("id", id.as_str()).all(spans(text))
        }
        Block::Quote { alert: None, blocks: inner } => el("blockquote").all(blocks(inner)),
        Block::Quote { alert: Some(alert), blocks: inner } => {
            let (class, name) = strings::alert(*alert);
            let name = el("p").class("alert-name").attr("data-aside", "").text(name);
            el("div").class(class).attr("role", "note").child(name).all(blocks(inner))
        }
        Block::List { start, items } => {
            let list = if start.is_some() { el("ol") } else { el("ul") };
            let first = start.map(|first| first.to_string());
            list.maybe("start", first).all(items.iter().map(item))
        }
        Block::Code { lang, text, runs } => {
            let name = lang.split([' ', ',', '{']).next().filter(|name| !name.is_empty());
            el("pre").attr("tabindex", "0").maybe("data-lang", name).child(code(text, runs))
        }
        Block::Table { align, rows } => table(align, rows),
        Block::Definitions { items } => el("dl").all(
            items
                .iter()
                .flat_map(|item| [el("dt").all(spans(&item.name)), el("dd").all(blocks(&item.blocks))]),
        ),
        Block::Footnote { label, blocks: inner } => {
            let mark = el("span").attr("data-aside", "").attr("aria-hidden", "true").text(label);
            let note = el("div").class("footnote").attr("role", "note").attr("id", footnote(label));
            note.attr("aria-label", strings::FOOTNOTE.with(&[label]))
                .child(mark)
                .child(el("div").all(blocks(inner)))
        }
        Block::Rule {} => el("hr"),
    }
}

/// Code, with what is known of its pieces.
fn code(text: &str, runs: &[Run]) -> El {
    el("code").all(pieces(text, runs).map(|(kind, piece)| match kind {
        None => element::text(piece),
        Some(kind) => el("span").class(kind.name()).text(piece).into(),
    }))
}

fn item(item: &Item) -> El {
    match item.checked {
        None => el("li").all(blocks(&item.blocks)),
        Some(checked) => {
            el("li").class("task").child(check(checked)).child(el("div").all(blocks(&item.blocks)))
        }
    }
}

/// The state of a task, not to be changed here.
pub(super) fn check(checked: bool) -> El {
    let state = el("input").attr("type", "checkbox").attr("disabled", "");
    state.maybe("checked", checked.then_some("")).attr("aria-label", strings::check(checked))
}

fn table(align: &[Align], rows: &[Vec<Vec<Span>>]) -> El {
    let cell = |name: &'static str, at: usize, cell: &[Span]| {
        let class = match align.get(at) {
            Some(Align::Right) => Some("right"),
            Some(Align::Center) => Some("center"),
            _ => None,
        };
        el(name).maybe("class", class).all(spans(cell))
    };
    let row = |name: &'static str, row: &[Vec<Span>]| {
        el("tr").all(row.iter().enumerate().map(|(at, inner)| cell(name, at, inner)))
    };
    let (head, body) = rows.split_at(rows.len().min(1));
    let head = el("thead").all(head.iter().map(|cells| row("th", cells)));
    let body = el("tbody").all(body.iter().map(|cells| row("td", cells)));
    el("div").class("table").attr("tabindex", "0").child(el("table").child(head).child(body))
}

/// Spans, one after another.
pub(super) fn spans(spans: &[Span]) -> Vec<AnyView> {
    spans.iter().map(span).collect()
}

fn span(span: &Span) -> AnyView {
    match span {
        Span::Text(inner) => text(inner),
        Span::Em(inner) => el("em").all(spans(inner)).into(),
        Span::Strong(inner) => el("strong").all(spans(inner)).into(),
        Span::Strike(inner) => el("s").all(spans(inner)).into(),
        Span::Sub(inner) => el("sub").all(spans(inner)).into(),
        Span::Sup(inner) => el("sup").all(spans(inner)).into(),
        Span::Mark(inner) => el("mark").all(spans(inner)).into(),
        Span::Kbd(inner) => el("kbd").all(spans(inner)).into(),
        Span::Code(code) => el("code").text(code).into(),
        Span::Math { tex, display, mathml } => math(tex, *display, mathml).into(),
        Span::Link { url, title, text } => link(url.as_str(), title.as_deref()).all(spans(text)).into(),
        Span::Image { url, title, alt, size } => {
            let image = el("img").attr("src", url.as_str()).attr("alt", alt);
            let image = image.maybe("width", size.map(|size| size.width.to_string()));
            let image = image.maybe("height", size.map(|size| size.height.to_string()));
            let image = image.attr("loading", "lazy").attr("decoding", "async");
            let caption = title.as_ref().map(|caption| el("span").class("caption").text(caption));
            el("span").class("picture").child(image).all(caption).into()
        }
        Span::Footnote(label) => {
            let link = el("a").attr("href", format!("#{}", footnote(label))).text(label);
            el("sup").attr("data-aside", "").child(link).into()
        }
        Span::Break {} => el("br").into(),
    }
}

/// A link to anywhere.
pub(super) fn link(href: &str, hint: Option<&str>) -> El {
    el("a").attr("href", href).maybe("title", hint).attr("rel", "noopener")
}

/// The anchor of a footnote: never that of an entry, whose ids hold no `_`.
fn footnote(label: &str) -> String {
    let plain = label.chars().map(|c| if c.is_alphanumeric() { c } else { '-' });
    format!("_note-{}", plain.collect::<String>())
}

/// A heading of a level from 2 to 6.
pub(super) fn heading(level: u8) -> El {
    el(match level {
        ..=2 => "h2",
        3 => "h3",
        4 => "h4",
        5 => "h5",
        _ => "h6",
    })
}
