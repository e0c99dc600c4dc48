//! A notebook as Markdown that reads as the same notebook.

use std::fmt::Write as _;

use super::guess;
use crate::notebook::{
    Alert, Align, Block, Entry, Goal, Ids, Notebook, Reference, Section, SectionKind, Span, Term, plain,
};

/// Writes Markdown. Reading it again gives this notebook: the same words, links and order. How it
/// is laid out is this function's own (bullets are `-`, notes stand indented under their item).
pub fn write(notebook: &Notebook) -> String {
    let mut out = String::from("---\n");
    let mut key = |key: &str, value: Option<&str>| {
        if let Some(value) = value {
            let _ = writeln!(out, "{key}: {}", yaml(value));
        }
    };
    key("title", Some(&notebook.title));
    key("meta_description", notebook.description.as_deref());
    key("meta_image", notebook.image.as_ref().map(crate::notebook::Url::as_str));
    key("home", notebook.home.as_ref().map(crate::notebook::Url::as_str));
    key("lang", notebook.lang.as_deref());
    out.push_str(&notebook.other);
    out.push_str("---\n");
    let mut writer = Writer { out, ids: Ids::default() };
    writer.blocks(&notebook.intro, "");
    for section in &notebook.sections {
        writer.section(section, SectionKind::Prose);
    }
    writer.out
}

/// A YAML scalar: bare where that is safe, else in double quotes.
fn yaml(value: &str) -> String {
    let bare = value.chars().next().is_some_and(char::is_alphabetic)
        && !value.contains([':', '#', '\n', '\r', '"', '\t'])
        && value.trim() == value
        && !matches!(
            value.to_lowercase().as_str(),
            "true" | "false" | "null" | "yes" | "no" | "on" | "off" | "nan"
        );
    let address =
        value.starts_with("https://") && !value.contains(char::is_whitespace) && !value.contains(": #");
    if bare || address { value.to_owned() } else { serde_json::Value::from(value).to_string() }
}

struct Writer {
    out: String,
    ids: Ids,
}

impl Writer {
    fn section(&mut self, section: &Section, inherited: SectionKind) {
        let title = plain(&section.title);
        let guessed = match inherited {
            SectionKind::Prose => guess::kind_of(&title),
            inherited => inherited,
        };
        let mut attributes = Vec::new();
        if self.ids.give(&title, "section") != section.id {
            attributes.push(format!("#{}", section.id));
        }
        if guessed != section.kind {
            let class = match section.kind {
                SectionKind::Papers => ".papers",
                SectionKind::Terms => ".terms",
                SectionKind::Goals => ".goals",
                SectionKind::Links => ".links",
                SectionKind::Prose => ".prose",
            };
            attributes.push(class.to_owned());
        }
        self.blank();
        self.heading(section.level, &section.title);
        if !attributes.is_empty() {
            let _ = write!(self.out, " {{{}}}", attributes.join(" "));
        }
        self.out.push('\n');
        for entry in &section.entries {
            self.entry(entry);
        }
        for inner in &section.sections {
            self.section(inner, section.kind);
        }
    }

    fn heading(&mut self, level: u8, text: &[Span]) {
        self.out.push_str(&"#".repeat(usize::from(level.clamp(1, 6))));
        self.out.push(' ');
        // A heading is one line.
        let line = spans(text, Where::Heading).replace('\n', " ");
        self.out.push_str(line.trim_end());
    }

    fn entry(&mut self, entry: &Entry) {
        self.give_id(entry);
        match entry {
            Entry::Paper(link) | Entry::Link(link) => self.link(link),
            Entry::Term(term) => self.term(term),
            Entry::Goal(goal) => self.goal(goal, ""),
            Entry::Prose(prose) => self.blocks(&prose.blocks, ""),
        }
    }

    /// Keeps the count of titles in step with the reading side, so that only chosen ids are written.
    fn give_id(&mut self, entry: &Entry) {
        match entry {
            Entry::Paper(link) | Entry::Link(link) => self.ids.give(&plain(&link.title), "link"),
            Entry::Term(term) => self.ids.give(&term.bare_name(), "term"),
            Entry::Goal(_) | Entry::Prose(_) => return,
        };
    }

    fn link(&mut self, link: &Reference) {
        self.blank();
        self.bullet(link.checked);
        let _ = write!(self.out, "[{}]({})", spans(&link.title, Where::Link), address(link.url.as_str()));
        if let Some(hint) = &link.hint {
            // Inside the brackets: the closing one moves behind the hint.
            self.out.pop();
            let _ = write!(self.out, " {})", quoted(hint));
        }
        if link.byline.is_empty() {
            self.out.push_str(if link.notes.is_empty() { "" } else { ":" });
        } else {
            self.out.push(' ');
            self.out.push_str(&indent(&spans(&link.byline, Where::Line), "  "));
        }
        self.out.push('\n');
        self.blocks(&link.notes, "  ");
    }

    fn term(&mut self, term: &Term) {
        self.blank();
        let _ = write!(self.out, "- {}:", spans(&term.name, Where::Line));
        let rest = match term.definition.split_first() {
            Some((Block::Para(text), rest)) => {
                self.out.push(' ');
                self.out.push_str(&indent(&spans(text, Where::Line), "  "));
                rest
            }
            _ => &term.definition,
        };
        self.out.push('\n');
        self.blocks(rest, "  ");
    }

    fn goal(&mut self, goal: &Goal, margin: &str) {
        self.out.push_str(margin);
        self.bullet(goal.checked);
        let inner = format!("{margin}  ");
        self.out.push_str(&indent(&spans(&goal.text, Where::Line), &inner));
        self.out.push('\n');
        self.blocks(&goal.notes, &inner);
        if !goal.notes.is_empty() {
            self.blank();
        }
        for part in &goal.goals {
            self.goal(part, &inner);
        }
    }

    fn bullet(&mut self, checked: Option<bool>) {
        self.out.push_str(match checked {
            None => "- ",
            Some(true) => "- [x] ",
            Some(false) => "- [ ] ",
        });
    }

    fn blocks(&mut self, blocks: &[Block], margin: &str) {
        // Two lists in a row would be one: the second gets the other mark.
        let mut other_mark = false;
        let mut last: Option<&Block> = None;
        for block in blocks {
            other_mark =
                matches!((last, block), (Some(Block::List { .. }), Block::List { .. })) && !other_mark;
            last = Some(block);
            self.blank();
            let text = block_text(block, other_mark);
            self.out.push_str(margin);
            self.out.push_str(&indent(&text, margin));
            self.out.push('\n');
        }
    }

    fn blank(&mut self) {
        if !self.out.ends_with("\n\n") {
            self.out.push('\n');
        }
    }
}

fn block_text(block: &Block, other_mark: bool) -> String {
    match block {
        Block::Para(text) => spans(text, Where::Line),
        Block::Field { label, text } => {
            format!("{}: {}", escape(label, Where::Line), spans(text, Where::Inner))
        }
        Block::Heading { level, text, .. } => {
            let hashes = "#".repeat(usize::from((*level).clamp(1, 6)));
            format!("{hashes} {}", spans(text, Where::Heading).replace('\n', " "))
        }
        Block::Quote { alert, blocks } => {
            let mark = match alert {
                None => "",
                Some(Alert::Note) => "[!NOTE]\n",
                Some(Alert::Tip) => "[!TIP]\n",
                Some(Alert::Important) => "[!IMPORTANT]\n",
                Some(Alert::Warning) => "[!WARNING]\n",
                Some(Alert::Caution) => "[!CAUTION]\n",
            };
            let inside = inner_text(blocks);
            let quoted = format!("{mark}{inside}").replace('\n', "\n> ");
            format!("> {quoted}")
        }
        Block::List { start, items } => {
            let mut out = String::new();
            for (number, item) in (start.unwrap_or(0)..).zip(items) {
                let mark = match (start, other_mark) {
                    (None, false) => "- ".to_owned(),
                    (None, true) => "* ".to_owned(),
                    (Some(_), false) => format!("{number}. "),
                    (Some(_), true) => format!("{number}) "),
                };
                let check = match item.checked {
                    None => "",
                    Some(true) => "[x] ",
                    Some(false) => "[ ] ",
                };
                let text = format!("{check}{}", inner_text(&item.blocks));
                let _ = writeln!(out, "{mark}{}", indent(&text, &" ".repeat(mark.len())));
            }
            out.truncate(out.trim_end_matches('\n').len());
            out
        }
        Block::Code { lang, text } => {
            let longest = text.split(|c| c != '`').map(str::len).max().unwrap_or(0);
            let fence = "`".repeat(longest.max(2) + 1);
            format!("{fence}{}\n{text}\n{fence}", escape(lang, Where::Inner))
        }
        Block::Table { align, rows } => table(align, rows),
        Block::Definitions { items } => {
            let texts = items.iter().map(|item| {
                let name = spans(&item.name, Where::Line).replace('\n', " ");
                format!("{name}\n: {}", indent(&inner_text(&item.blocks), "  "))
            });
            texts.collect::<Vec<_>>().join("\n\n")
        }
        Block::Footnote { label, blocks } => format!("[^{label}]: {}", indent(&inner_text(blocks), "    ")),
        Block::Rule {} => "---".to_owned(),
    }
}

fn inner_text(blocks: &[Block]) -> String {
    let mut writer = Writer { out: String::from("\n\n"), ids: Ids::default() };
    writer.blocks(blocks, "");
    writer.out.trim_matches('\n').to_owned()
}

fn table(align: &[Align], rows: &[Vec<Vec<Span>>]) -> String {
    let line = |cells: Vec<String>| format!("| {} |", cells.join(" | "));
    let mut lines: Vec<String> = rows
        .iter()
        .map(|row| line(row.iter().map(|cell| spans(cell, Where::Cell).replace('\n', " ")).collect()))
        .collect();
    let rule = align.iter().map(|align| match align {
        Align::None => "---".to_owned(),
        Align::Left => ":--".to_owned(),
        Align::Center => ":-:".to_owned(),
        Align::Right => "--:".to_owned(),
    });
    lines.insert(lines.len().min(1), line(rule.collect()));
    lines.join("\n")
}

/// What stands around some text: it decides what must be escaped.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Where {
    /// At the beginning of a line.
    Line,
    /// Behind something else on its line.
    Inner,
    Heading,
    Cell,
    Link,
}

fn spans(list: &[Span], mut place: Where) -> String {
    let mut out = String::new();
    for span in list {
        let wrap = |mark: &str, inner: &[Span]| format!("{mark}{}{mark}", spans(inner, inner_of(place)));
        let tag = |name: &str, inner: &[Span]| format!("<{name}>{}</{name}>", spans(inner, inner_of(place)));
        let text = match span {
            Span::Text(text) => escape(text, place),
            Span::Em(inner) => wrap("*", inner),
            Span::Strong(inner) => wrap("**", inner),
            Span::Strike(inner) => wrap("~~", inner),
            Span::Sub(inner) => tag("sub", inner),
            Span::Sup(inner) => tag("sup", inner),
            Span::Mark(inner) => tag("mark", inner),
            Span::Kbd(inner) => tag("kbd", inner),
            Span::Code(code) => code_span(code, place),
            Span::Math { tex, display: false } => format!("${tex}$"),
            Span::Math { tex, display: true } => format!("$${tex}$$"),
            Span::Link { url, title: None, text } if is_bare(text, url.as_str()) => format!("<{url}>"),
            Span::Link { url, title, text } => {
                destination(&spans(text, Where::Link), url.as_str(), title.as_deref())
            }
            Span::Image { url, title, alt } => {
                format!("!{}", destination(&escape(alt, Where::Link), url.as_str(), title.as_deref()))
            }
            Span::Footnote(label) => format!("[^{label}]"),
            Span::Break {} if matches!(place, Where::Cell | Where::Heading) => "<br>".to_owned(),
            Span::Break {} => "\\\n".to_owned(),
        };
        if out.ends_with('!') && text.starts_with('[') {
            out.pop();
            out.push_str("\\!");
        }
        out.push_str(&text);
        if place == Where::Line {
            place = Where::Inner;
        }
    }
    out
}

fn inner_of(place: Where) -> Where {
    if place == Where::Line { Where::Inner } else { place }
}

fn is_bare(text: &[Span], url: &str) -> bool {
    matches!(text, [Span::Text(text)] if text == url) && url.contains("://") && !url.contains(['<', '>', ' '])
}

fn destination(text: &str, url: &str, title: Option<&str>) -> String {
    let title = title.map_or(String::new(), |title| format!(" {}", quoted(title)));
    format!("[{text}]({}{title})", address(url))
}

fn quoted(title: &str) -> String {
    format!("\"{}\"", title.replace('\\', "\\\\").replace('"', "\\\"").replace('&', "\\&"))
}

fn address(url: &str) -> String {
    if url.contains([' ', '(', ')', '<', '>', '\\', '&', '*', '_', '`']) {
        let inside = url.replace('\\', "\\\\").replace('<', "\\<").replace('>', "\\>").replace('&', "\\&");
        format!("<{inside}>")
    } else {
        url.to_owned()
    }
}

fn code_span(code: &str, place: Where) -> String {
    let longest = code.split(|c| c != '`').map(str::len).max().unwrap_or(0);
    let fence = "`".repeat(longest + 1);
    let blank = code.bytes().all(|b| b == b' ');
    let pad =
        if code.starts_with('`') || code.ends_with('`') || (code.starts_with(' ') && code.ends_with(' ') && !blank) {
            " "
        } else {
            ""
        };
    let code = if place == Where::Cell { code.replace('|', "\\|") } else { code.to_owned() };
    format!("{fence}{pad}{code}{pad}{fence}")
}

/// Text that reads as itself: what would mean something gets a backslash.
fn escape(text: &str, place: Where) -> String {
    let mut out = String::with_capacity(text.len() + 8);
    let mut at_start = place == Where::Line;
    let mut before = None;
    let mut rest = text.chars();
    while let Some(c) = rest.next() {
        let next = rest.clone().next();
        let wordy = |c: Option<char>| c.is_some_and(char::is_alphanumeric);
        let special = match c {
            '\\' | '`' | '*' | '[' | ']' | '~' | '$' | '|' => true,
            // Inside a word an underscore is a letter like any other.
            '_' => !(wordy(before) && wordy(next)),
            '<' => next.is_some_and(|c| c.is_alphabetic() || matches!(c, '/' | '!' | '?')),
            '&' => next.is_some_and(|c| c.is_alphanumeric() || c == '#'),
            '#' if place == Where::Heading => true,
            '#' | '+' | '-' | '>' | '=' | ':' => at_start,
            '.' | ')' => at_start_number(&out),
            _ => false,
        };
        if c == '}' && place == Where::Heading {
            // A backslash does not keep braces at the end of a heading from being attributes.
            out.push_str("&#125;");
        } else {
            if special {
                out.push('\\');
            }
            out.push(c);
        }
        at_start = c == '\n';
        before = Some(c);
    }
    out
}

/// Whether the line so far is a number, so that a dot behind it would make a list.
fn at_start_number(out: &str) -> bool {
    let line = out.rsplit('\n').next().unwrap_or_default();
    !line.is_empty() && line.len() <= 9 && line.bytes().all(|b| b.is_ascii_digit())
}

fn indent(text: &str, margin: &str) -> String {
    let mut lines = text.split('\n');
    let mut out = lines.next().unwrap_or_default().to_owned();
    for line in lines {
        out.push('\n');
        if !line.is_empty() {
            out.push_str(margin);
            out.push_str(line);
        }
    }
    out
}
