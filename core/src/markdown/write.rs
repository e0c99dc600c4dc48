//! A notebook as Markdown that reads as the same notebook.

use std::fmt::Write as _;

use super::attributes::{FOLDED, ends_with_properties};
use super::escape::{EscapeContext, SEPARATOR, address, escape, quoted, spans};
use super::formulas::escape_formula_brackets;
use super::sections::UNTITLED;
use super::{front_matter, glossary, log_heading, paper_line, section_kind, sections, term_name, write_html};
use crate::notebook::{
    Alert, Align, Block, Definition, Entry, Goal, IdAllocator, Notebook, PaperDate, Placement, Property,
    Reference, Section, SectionKind, Span, Term, TitleForm, Url, plain,
};

/// Writes Markdown. Reading it again gives this notebook: the same words, links and order. How it
/// is laid out is this function's own (bullets are `-`, notes stand indented under their item).
pub fn write(notebook: &Notebook) -> String {
    // A title that is no text is kept among the other keys.
    let title = (!front_matter::has_key(&notebook.other, "title")).then_some(&notebook.title);
    let mut out = front(notebook, title);
    let (again, _) = front_matter::read(&out, 0, &mut Vec::new());
    // A title above lines that begin with a space would be one value with them.
    let is_readable = again.other == notebook.other && again.title.as_ref() == title;
    if !is_readable {
        // What could not be read stays as it is.
        out = format!("---\n{}---\n", notebook.other);
    }
    let body = out.len();
    // The title then stood in a heading, if anywhere.
    if !(is_readable && title.is_some()) && notebook.title != UNTITLED {
        let _ = writeln!(out, "\n# {}", escape(&notebook.title, EscapeContext::Heading));
    }
    let document = if glossary::sections_have_index(notebook) {
        SectionKind::Terms
    } else {
        section_kind::kind_of_document(&notebook.title)
    };
    let day = log_heading::date_of(&notebook.title).unwrap_or_default();
    let mut writer = MarkdownWriter { out, document, ids: IdAllocator::default(), day };
    writer.blocks(&notebook.intro, "");
    let has_untitled =
        notebook.sections.first().is_some_and(|section| section.level == Section::UNTITLED_LEVEL);
    if has_untitled && matches!(notebook.intro.last(), Some(Block::List { .. })) {
        // The list that follows is another.
        writer.blank();
        let _ = writeln!(writer.out, "{SEPARATOR}");
    }
    for section in &notebook.sections {
        writer.section(section, None);
    }
    let body = escape_formula_brackets(writer.out.split_off(body));
    writer.out + &body
}

fn front(notebook: &Notebook, title: Option<&String>) -> String {
    let mut out = String::from("---\n");
    let mut key = |key: &str, value: Option<&str>| {
        if let Some(value) = value {
            let _ = writeln!(out, "{key}: {}", yaml(value));
        }
    };
    key("title", title.map(String::as_str));
    key("meta_description", notebook.description.as_deref());
    key("meta_image", notebook.image.as_ref().map(crate::notebook::Url::as_str));
    key("home", notebook.home.as_ref().map(crate::notebook::Url::as_str));
    key("url", notebook.url.as_ref().map(crate::notebook::Url::as_str));
    key("author", notebook.author.as_deref());
    key("lang", notebook.lang.as_deref());
    // A list of files is among the other keys.
    let named = front_matter::named_bibliography(notebook);
    let references = notebook.references.as_deref();
    let is_listed = front_matter::has_key(&notebook.other, "references");
    key(
        "references",
        references.filter(|_| !is_listed && named.is_none_or(|named| named.key == "references")),
    );
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

struct MarkdownWriter {
    out: String,
    /// The kind that the title, or an index of letters, gives the sections.
    document: SectionKind,
    ids: IdAllocator,
    /// The day in the nearest heading around, in a log.
    day: PaperDate,
}

impl MarkdownWriter {
    #[allow(clippy::too_many_lines, reason = "one heading with all that reading would infer otherwise")]
    fn section(&mut self, section: &Section, around: Option<SectionKind>) {
        let title = plain(&section.title);
        let inferred = section_kind::infer(around, self.document, &title);
        let mut attributes = Vec::new();
        if self.ids.allocate(&title, "section") != section.id {
            attributes.push(format!("#{}", section.id));
        }
        // Unmistakable papers make the section one of papers again.
        let says_so = inferred == SectionKind::Prose
            && section.kind == SectionKind::Papers
            && section_kind::holds_papers(section)
            && section.entries.iter().all(paper_line::says_it_is_a_paper)
            && !holds_unread_terms(section);
        // A heading above a definition is a term again.
        let defines = inferred == SectionKind::Prose
            && section.kind == SectionKind::Terms
            && matches!(section.entries.first(), Some(Entry::Term(term)) if glossary::is_defined_by_label(term));
        // Prose by the author's choice that would be read as papers, terms or goals.
        let would_be_entries = |entry: &Entry| match entry {
            Entry::Prose(prose) => {
                let would_be_papers = if section_kind::names_non_papers(&title) {
                    sections::would_be_papers_elsewhere
                } else {
                    sections::would_be_papers
                };
                would_be_papers(&prose.blocks) || sections::would_be_terms_or_goals(&prose.blocks)
            }
            _ => false,
        };
        // A day in the heading, or below it, makes the section a log again.
        let is_day = matches!(inferred, SectionKind::Prose) && section.kind == SectionKind::Log;
        let is_log = is_day && log_heading::is_inferred(section);
        let is_settled_prose = section.kind == SectionKind::Prose
            && !section_kind::is_about_the_list(&title)
            && !section
                .entries
                .iter()
                .any(|entry| matches!(entry, Entry::Paper(_) | Entry::Term(_) | Entry::Goal(_)))
            && section.entries.iter().any(would_be_entries);
        // A heading above terms that would be read as a term itself.
        let is_settled_terms = section.kind == SectionKind::Terms
            && section_kind::kind_from_title(&title) != SectionKind::Terms
            && glossary::could_be_term_heading(section);
        if (inferred != section.kind && !says_so && !defines && !is_log)
            || is_settled_prose
            || is_settled_terms
        {
            let class = match section.kind {
                SectionKind::Papers => ".papers",
                SectionKind::Terms => ".terms",
                SectionKind::Goals => ".goals",
                SectionKind::Links => ".links",
                SectionKind::Log => ".log",
                SectionKind::Prose => ".prose",
            };
            attributes.push(class.to_owned());
        }
        if section.folded {
            attributes.push(format!(".{FOLDED}"));
        }
        if section.level != Section::UNTITLED_LEVEL {
            self.blank();
            self.heading(section.level, &section.title);
            if !attributes.is_empty() {
                let _ = write!(self.out, " {{{}}}", attributes.join(" "));
            }
            self.out.push('\n');
        }
        let around = self.day;
        if matches!(section.kind, SectionKind::Log | SectionKind::Papers | SectionKind::Links)
            && let Some(day) = log_heading::date_of(&title).filter(|day| !day.is_empty())
        {
            self.day = day;
        }
        let kind = if section.kind == SectionKind::Log { SectionKind::Prose } else { section.kind };
        let mut before = None;
        for entry in &section.entries {
            if before.is_some_and(|before| would_join(before, entry, kind)) {
                self.blank();
                let _ = writeln!(self.out, "{SEPARATOR}");
            }
            self.entry(entry, kind);
            before = Some(entry);
        }
        for inner in &section.sections {
            self.section(inner, Some(if says_so || defines { SectionKind::Prose } else { kind }));
        }
        self.day = around;
    }

    fn heading(&mut self, level: u8, text: &[Span]) {
        self.out.push_str(&"#".repeat(usize::from(level.clamp(1, 6))));
        self.out.push(' ');
        // A heading is one line.
        let line = spans(text, EscapeContext::Heading).replace('\n', " ");
        self.out.push_str(line.trim_end());
    }

    fn entry(&mut self, entry: &Entry, kind: SectionKind) {
        self.give_id(entry);
        match entry {
            Entry::Paper(link) | Entry::Link(link) => self.link(link),
            Entry::Term(term) => self.term(term, kind),
            Entry::Goal(goal) => {
                // A list does not interrupt HTML, which goes on until an empty line.
                if self.out.lines().next_back().is_some_and(|line| line.starts_with("</")) {
                    self.blank();
                }
                self.goal(goal, "");
            }
            Entry::Prose(prose) => self.blocks(&prose.blocks, ""),
        }
    }

    /// Keeps the count of titles in step with the reading side, so that only chosen ids are written.
    fn give_id(&mut self, entry: &Entry) {
        match entry {
            Entry::Paper(link) | Entry::Link(link) => self.ids.allocate(&plain(&link.title), "link"),
            Entry::Term(term) => self.ids.allocate(&term.bare_name(), "term"),
            Entry::Goal(_) | Entry::Prose(_) => return,
        };
    }

    fn link(&mut self, link: &Reference) {
        let margin = match link.placement {
            Placement::Item => "  ",
            Placement::Paragraph => "",
            Placement::Heading => return self.blocks(&link.notes, ""),
            Placement::Row => return,
        };
        let has_properties = !log_heading::explicit(link, self.day).is_empty();
        self.blank();
        if link.placement == Placement::Item {
            self.bullet(link.checked);
        }
        if link.title_form != TitleForm::Link
            || link.before_title > 0
            || link.placement == Placement::Paragraph
        {
            self.out.push_str(&line_text(&line_of(link), margin, has_properties));
            self.properties(link);
            self.out.push('\n');
            return self.blocks(&link.notes, margin);
        }
        let url = link.title_url.as_ref().or(link.url.as_ref()).map_or("", Url::as_str);
        let _ = write!(self.out, "[{}]({})", spans(&link.title, EscapeContext::Link), address(url));
        if let Some(hint) = &link.hint {
            // Inside the brackets: the closing one moves behind the hint.
            self.out.pop();
            let _ = write!(self.out, " {})", quoted(hint));
        }
        if !link.byline.is_empty() {
            self.out.extend([" ", &line_text(&link.byline, "  ", has_properties)]);
        }
        self.properties(link);
        if link.byline.is_empty() && !link.notes.is_empty() {
            self.out.push(':');
        }
        self.out.push('\n');
        self.blocks(&link.notes, "  ");
    }

    fn properties(&mut self, link: &Reference) {
        let properties = log_heading::explicit(link, self.day);
        if !properties.is_empty() {
            let pairs = properties.iter().map(|Property { name, value }| format!("{name}={value}"));
            let _ = write!(self.out, " {{{}}}", pairs.collect::<Vec<_>>().join(" "));
        }
    }

    fn term(&mut self, term: &Term, kind: SectionKind) {
        match term.placement {
            Placement::Heading => return self.blocks(&term.definition, ""),
            Placement::Row => return,
            Placement::Item | Placement::Paragraph => {}
        }
        self.blank();
        if !term_name::reads_as_term_name(&term.name) {
            let items = vec![Definition { name: term.name.clone(), blocks: term.definition.clone() }];
            self.out.push_str(&block_text(&Block::Definitions { items }, false));
            self.out.push('\n');
            return;
        }
        let (bullet, margin) = if term.placement == Placement::Item { ("- ", "  ") } else { ("", "") };
        // Outside of sections of terms, this mark makes it a term.
        let mark = if kind == SectionKind::Terms { ":" } else { " ::" };
        let _ = write!(self.out, "{bullet}{}{mark}", spans(&term.name, EscapeContext::Line));
        let rest = match term.definition.split_first() {
            Some((Block::Para(text), rest)) => {
                self.out.push(' ');
                self.out.push_str(&indent(&spans(text, EscapeContext::Line), margin));
                rest
            }
            _ => &term.definition,
        };
        self.out.push('\n');
        self.blocks(rest, margin);
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
            self.out.push_str(&indent(&spans(&goal.text, EscapeContext::Line), &inner));
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
                let _ = writeln!(self.out, "{margin}{SEPARATOR}");
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

/// Returns true if the lists of two entries would join, and be read differently: a checklist or terms next to another list.
fn would_join(before: &Entry, after: &Entry, kind: SectionKind) -> bool {
    // In sections with a kind, each item is parsed on its own; but a list below a paragraph is read as a whole.
    if kind != SectionKind::Prose {
        let is_after_list = matches!(before, Entry::Term(Term { placement: Placement::Paragraph, definition, .. })
            if matches!(definition.last(), Some(Block::List { .. })));
        return is_after_list && matches!(after, Entry::Term(_) | Entry::Paper(_) | Entry::Link(_));
    }
    let is_term = |entry: &Entry| matches!(entry, Entry::Term(term) if term.placement == Placement::Item);
    let is_marked = |entry: &Entry| matches!(entry, Entry::Goal(_)) || is_term(entry);
    let is_item = |entry: &Entry| match entry {
        Entry::Paper(paper) | Entry::Link(paper) => paper.placement == Placement::Item,
        entry => is_marked(entry),
    };
    let same = std::mem::discriminant(before) == std::mem::discriminant(after);
    match (before, after) {
        (before, Entry::Prose(prose)) => {
            is_marked(before) && matches!(prose.blocks.first(), Some(Block::List { .. }))
        }
        (Entry::Prose(prose), after) => {
            is_marked(after) && matches!(prose.blocks.last(), Some(Block::List { .. }))
        }
        // A check box among papers is a goal, as in a list of check boxes, so these need no separator.
        (before, after) => !same && (is_term(before) && is_item(after) || is_term(after) && is_item(before)),
    }
}

/// Returns true if a section has text that would be read as terms or goals if its kind were inferred. A table whose rows are
/// terms already does not count.
fn holds_unread_terms(section: &Section) -> bool {
    let mut entries = section.entries.iter().peekable();
    std::iter::from_fn(|| Some((entries.next()?, entries.peek().copied()))).any(|(entry, next)| {
        match (entry, next) {
            (Entry::Prose(_), Some(Entry::Term(Term { placement: Placement::Row, .. }))) => false,
            (Entry::Prose(prose), _) => sections::would_be_terms_or_goals(&prose.blocks),
            _ => false,
        }
    })
}

/// Writes spans of the line of a paper. Braces at its end that are no properties stay text.
fn line_text(line: &[Span], margin: &str, has_properties: bool) -> String {
    let mut text = indent(&spans(line, EscapeContext::Line), margin);
    if !has_properties
        && ends_with_properties(&text)
        && let Some(at) = text.rfind('{')
    {
        text.insert(at, '\\');
    }
    text
}

/// The line of an entry as the author wrote it: what stands before the title, the title, and what follows.
fn line_of(paper: &Reference) -> Vec<Span> {
    let (before, after) = paper.byline.split_at_checked(paper.before_title).unwrap_or_default();
    let mut line = before.to_vec();
    let title = match paper.title_form {
        TitleForm::Link => match paper.title_url.as_ref().or(paper.url.as_ref()) {
            Some(url) => {
                vec![Span::Link { url: url.clone(), title: paper.hint.clone(), text: paper.title.clone() }]
            }
            None => paper.title.clone(),
        },
        TitleForm::Text => paper.title.clone(),
        TitleForm::Quoted => {
            let quote = || Span::Text("\"".into());
            [vec![quote()], paper.title.clone(), vec![quote()]].concat()
        }
    };
    match (line.last_mut(), title.as_slice()) {
        // `**07.Title**` was one run.
        (Some(Span::Strong(lead)), [Span::Strong(inner)]) | (Some(Span::Em(lead)), [Span::Em(inner)])
            if paper.title_form == TitleForm::Text =>
        {
            lead.push(Span::Text(" ".into()));
            lead.extend_from_slice(inner);
        }
        (last, _) => {
            let open = matches!(last, Some(Span::Text(text)) if text.ends_with(['[', '(', '"', '“', '「', '《', '«', '„']));
            if last.is_some() && !open {
                push_span(&mut line, Span::Text(" ".into()));
            }
            for span in title {
                push_span(&mut line, span);
            }
        }
    }
    let rest = match after.first() {
        Some(Span::Text(text)) => text.trim_start(),
        _ => "",
    };
    let joins = rest.starts_with([
        ',', '.', ':', ';', ')', ']', '"', '”', '」', '》', '»', '“', '?', '!', '：', '，', '。', '】',
    ]);
    if !after.is_empty() && !joins {
        push_span(&mut line, Span::Text(" ".into()));
    }
    for (at, span) in after.iter().enumerate() {
        match span {
            Span::Text(text) if at == 0 => push_span(&mut line, Span::Text(text.trim_start().to_owned())),
            span => push_span(&mut line, span.clone()),
        }
    }
    line
}

/// Appends a span; text behind text is one run.
fn push_span(line: &mut Vec<Span>, span: Span) {
    match (line.last_mut(), span) {
        (Some(Span::Text(last)), Span::Text(text)) => last.push_str(&text),
        (_, Span::Text(text)) if text.is_empty() => {}
        (_, span) => line.push(span),
    }
}

#[allow(clippy::too_many_lines, reason = "one match over all kinds of blocks")]
fn block_text(block: &Block, other_mark: bool) -> String {
    match block {
        Block::Para(text) => spans(text, EscapeContext::Line),
        Block::Field { label, text, .. } => {
            format!("{}: {}", escape(label, EscapeContext::Line), spans(text, EscapeContext::Inner))
        }
        Block::Heading { level, text, .. } => {
            let hashes = "#".repeat(usize::from((*level).clamp(1, 6)));
            format!("{hashes} {}", spans(text, EscapeContext::Heading).replace('\n', " "))
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
            format!("{fence}{}\n{text}\n{fence}", escape(lang, EscapeContext::Inner))
        }
        Block::Table { align, rows } => table(align, rows),
        Block::Definitions { items } => {
            let texts = items.iter().map(|item| {
                // On one line: the only line ends here are those of breaks.
                let name = spans(&item.name, EscapeContext::Line).replace("\\\n", "<br>");
                let definition =
                    if item.blocks.is_empty() { SEPARATOR.to_owned() } else { inner_text(&item.blocks) };
                format!("{name}\n: {}", indent(&definition, "  "))
            });
            texts.collect::<Vec<_>>().join("\n\n")
        }
        Block::Footnote { label, blocks } => format!("[^{label}]: {}", indent(&inner_text(blocks), "    ")),
        Block::Fold { summary, open, blocks } => {
            let text = spans(summary, EscapeContext::Line);
            write_html::fold(summary, &text, *open, &inner_text(blocks))
        }
        Block::Group { align, dir, blocks } => write_html::group(*align, *dir, &inner_text(blocks)),
        // Behind the mark of an item, `---` would be one rule with it.
        Block::Rule {} => "___".to_owned(),
    }
}

fn item_text(checked: Option<bool>, blocks: &[Block]) -> String {
    let check = match checked {
        None if blocks.is_empty() => return SEPARATOR.to_owned(),
        None => return inner_text(blocks),
        Some(true) => "[x] ",
        Some(false) => "[ ] ",
    };
    match blocks.first() {
        Some(Block::Para(_)) => format!("{check}{}", inner_text(blocks)),
        // Behind a check box stands a paragraph, here an empty one.
        _ => format!("{check}{SEPARATOR}\n\n{}", inner_text(blocks)).trim_end_matches('\n').to_owned(),
    }
}

fn inner_text(blocks: &[Block]) -> String {
    let mut writer = MarkdownWriter {
        out: String::from("\n\n"),
        document: SectionKind::Prose,
        day: PaperDate::default(),
        ids: IdAllocator::default(),
    };
    writer.blocks(blocks, "");
    writer.out.trim_matches('\n').to_owned()
}

fn table(align: &[Align], rows: &[Vec<Vec<Span>>]) -> String {
    let line = |cells: Vec<String>| format!("| {} |", cells.join(" | "));
    let mut lines: Vec<String> = rows
        .iter()
        .map(|row| line(row.iter().map(|cell| spans(cell, EscapeContext::Cell).replace('\n', " ")).collect()))
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
