//! A notebook as Markdown that reads as the same notebook.

use std::fmt::Write as _;

use super::assemble::UNTITLED;
use super::attributes::ends_with_pairs;
use super::escape::{APART, Where, address, escape, quoted, spans};
use super::formulas::without_brackets;
use super::guess;
use crate::diagnostic::Code;
use crate::notebook::{
    Alert, Align, Block, Definition, Entry, Goal, Ids, Notebook, Property, Reference, Section, SectionKind,
    Span, Term, plain,
};

/// Writes Markdown. Reading it again gives this notebook: the same words, links and order. How it
/// is laid out is this function's own (bullets are `-`, notes stand indented under their item).
pub fn write(notebook: &Notebook) -> String {
    let mut out = front(notebook);
    let mut found = Vec::new();
    let (again, _) = super::front_matter::read(&out, 0, &mut found);
    // A title above lines that begin with a space would be one value with them.
    let is_invalid = found.iter().any(|finding| finding.code == Code::FrontMatterInvalid)
        || again.other != notebook.other
        || again.title.as_ref() != Some(&notebook.title);
    if is_invalid {
        // What could not be read stays as it is.
        out = format!("---\n{}---\n", notebook.other);
    }
    let body = out.len();
    // The title then stood in a heading, if anywhere.
    if is_invalid && notebook.title != UNTITLED {
        let _ = writeln!(out, "\n# {}", escape(&notebook.title, Where::Heading));
    }
    let mut writer = Writer { out, ids: Ids::default() };
    writer.blocks(&notebook.intro, "");
    for section in &notebook.sections {
        writer.section(section, SectionKind::Prose);
    }
    let body = without_brackets(writer.out.split_off(body));
    writer.out + &body
}

fn front(notebook: &Notebook) -> String {
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
    key("url", notebook.url.as_ref().map(crate::notebook::Url::as_str));
    key("author", notebook.author.as_deref());
    key("lang", notebook.lang.as_deref());
    key("references", notebook.references.as_deref());
    key("csl", notebook.csl.as_deref());
    out.push_str(&notebook.other);
    out.push_str("---\n");
    out
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
        if !link.byline.is_empty() {
            let mut byline = indent(&spans(&link.byline, Where::Line), "  ");
            if link.properties.is_empty() && ends_with_pairs(&byline) {
                let at = byline.rfind('{').unwrap_or_default();
                byline.insert(at, '\\');
            }
            self.out.extend([" ", &byline]);
        }
        if !link.properties.is_empty() {
            let pairs = link.properties.iter().map(|Property { name, value }| format!("{name}={value}"));
            let _ = write!(self.out, " {{{}}}", pairs.collect::<Vec<_>>().join(" "));
        }
        if link.byline.is_empty() && !link.notes.is_empty() {
            self.out.push(':');
        }
        self.out.push('\n');
        self.blocks(&link.notes, "  ");
    }

    fn term(&mut self, term: &Term) {
        self.blank();
        if !guess::is_name_of_item(&term.name) {
            let items = vec![Definition { name: term.name.clone(), blocks: term.definition.clone() }];
            self.out.push_str(&block_text(&Block::Definitions { items }, false));
            self.out.push('\n');
            return;
        }
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
        let inner = format!("{margin}  ");
        if goal.text.is_empty() {
            // Nothing behind a bullet could be the line under a heading, or be parted from what follows.
            let text = format!("- {}", item_text(goal.checked, &goal.notes));
            self.out.push_str(&indent(&text, &inner));
            self.out.push('\n');
        } else {
            self.bullet(goal.checked);
            self.out.push_str(&indent(&spans(&goal.text, Where::Line), &inner));
            self.out.push('\n');
            self.blocks(&goal.notes, &inner);
        }
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
            if matches!((last, block), (Some(Block::Definitions { .. }), Block::Definitions { .. })) {
                self.blank();
                let _ = writeln!(self.out, "{margin}{APART}");
            }
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
        Block::Field { label, text, .. } => {
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
                let text = item_text(item.checked, &item.blocks);
                let _ = writeln!(out, "{mark}{}", indent(&text, &" ".repeat(mark.len())));
            }
            out.truncate(out.trim_end_matches('\n').len());
            out
        }
        Block::Code { lang, text, .. } => {
            let mark = if lang.contains('`') { '~' } else { '`' };
            let longest = text.split(|c| c != mark).map(str::len).max().unwrap_or(0);
            let fence = mark.to_string().repeat(longest.max(2) + 1);
            format!("{fence}{}\n{text}\n{fence}", escape(lang, Where::Inner))
        }
        Block::Table { align, rows } => table(align, rows),
        Block::Definitions { items } => {
            let texts = items.iter().map(|item| {
                // On one line: the only line ends here are those of breaks.
                let name = spans(&item.name, Where::Line).replace("\\\n", "<br>");
                let said = if item.blocks.is_empty() { APART.to_owned() } else { inner_text(&item.blocks) };
                format!("{name}\n: {}", indent(&said, "  "))
            });
            texts.collect::<Vec<_>>().join("\n\n")
        }
        Block::Footnote { label, blocks } => format!("[^{label}]: {}", indent(&inner_text(blocks), "    ")),
        // Behind the mark of an item, `---` would be one rule with it.
        Block::Rule {} => "___".to_owned(),
    }
}

fn item_text(checked: Option<bool>, blocks: &[Block]) -> String {
    let check = match checked {
        None if blocks.is_empty() => return APART.to_owned(),
        None => return inner_text(blocks),
        Some(true) => "[x] ",
        Some(false) => "[ ] ",
    };
    match blocks.first() {
        Some(Block::Para(_)) => format!("{check}{}", inner_text(blocks)),
        // Behind a check box stands a paragraph, here an empty one.
        _ => format!("{check}{APART}\n\n{}", inner_text(blocks)).trim_end_matches('\n').to_owned(),
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
