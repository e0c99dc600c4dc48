//! Terms outside lists: a heading for each term, paragraphs, rows of tables, and abbreviations.
//!
//! In a section of terms all of these are read. Elsewhere only unmistakable forms are: `Term :: text`,
//! `*[HTML]: text`, a table whose head names definitions, a heading above `**Definition**: …`, and lists whose short names are
//! the initials of what follows.

use super::document_parts::TopLevel;
use super::inline_text::join_to_one_line;
use super::leading_link::as_link;
use super::term_name::{aliases_of, reads_as_term_name, split_term};
use crate::notebook::{Block, Entry, ListItem, Notebook, Placement, Section, Span, Term, plain};
use crate::unicode::lowercase;

/// Labels that say that a definition follows, in lower case: they are no terms.
const DEFINITION_LABELS: [&str; 11] = [
    "definition",
    "definición",
    "définition",
    "definição",
    "definizione",
    "definitie",
    "определение",
    "定义",
    "定義",
    "정의",
    "تعريف",
];

/// Labels of the other parts of a definition, in lower case: they are no terms either.
const PART_LABELS: [&str; 33] = [
    "example",
    "examples",
    "e.g.",
    "ejemplo",
    "exemple",
    "exemplo",
    "beispiel",
    "beispiele",
    "esempio",
    "пример",
    "例",
    "例子",
    "예",
    "مثال",
    "see also",
    "see",
    "ver también",
    "voir aussi",
    "ver também",
    "siehe auch",
    "vedi anche",
    "см. также",
    "另见",
    "関連",
    "avoid",
    "use",
    "uso",
    "usage",
    "note",
    "notes",
    "source",
    "provenance",
    "related",
];

/// Heads of columns that hold the names of terms.
const TERM_COLUMN_HEADERS: [&str; 38] = [
    "term",
    "terms",
    "acronym",
    "acronyms",
    "abbreviation",
    "abbreviations",
    "abbr",
    "abbrev",
    "word",
    "concept",
    "symbol",
    "terme",
    "termes",
    "sigle",
    "acronyme",
    "abréviation",
    "término",
    "términos",
    "sigla",
    "acrónimo",
    "abreviatura",
    "termo",
    "begriff",
    "abkürzung",
    "kürzel",
    "termine",
    "термин",
    "сокращение",
    "аббревиатура",
    "术语",
    "缩写",
    "名词",
    "用語",
    "略語",
    "용어",
    "약어",
    "مصطلح",
    "المصطلح",
];

/// Heads of columns that hold definitions.
const DEFINITION_COLUMN_HEADERS: [&str; 29] = [
    "definition",
    "definitions",
    "meaning",
    "expansion",
    "explanation",
    "stands for",
    "full form",
    "full name",
    "définition",
    "signification",
    "definición",
    "significado",
    "definição",
    "definizione",
    "significato",
    "bedeutung",
    "erklärung",
    "langform",
    "определение",
    "значение",
    "расшифровка",
    "定义",
    "含义",
    "解释",
    "全称",
    "意味",
    "定義",
    "정의",
    "تعريف",
];

/// Most words of a term's name that is bold, code or italic, and of any other: what is longer is a sentence.
const MAX_WORDS_SET_APART: usize = 12;
const MAX_WORDS_PLAIN: usize = 6;

/// Returns true if a heading is a letter of an index: `A`, `🅰️`, `0-9`.
pub(super) fn is_letter(title: &str) -> bool {
    let mut letters =
        title.trim().chars().filter(|c| c.is_alphanumeric() || matches!(c, '#' | '\u{1f170}'..='\u{1f189}'));
    match (letters.next(), letters.next(), letters.next()) {
        (Some('0'), Some('9'), None) => true,
        (Some(first), None, None) => !first.is_ascii_digit(),
        (Some(first), Some(last), None) => {
            title.contains(['-', '–', '/']) && first.is_alphabetic() && last.is_alphabetic()
        }
        _ => false,
    }
}

/// Returns true if the headings of a document are mostly letters of an index, as those of a glossary are in any language.
pub(super) fn has_index(top_level: &[TopLevel]) -> bool {
    are_letters(top_level.iter().filter_map(|top| match top {
        TopLevel::Heading { level, text, .. } => Some((*level, text.as_slice())),
        _ => None,
    }))
}

/// The same for a notebook that was read.
pub(super) fn sections_have_index(notebook: &Notebook) -> bool {
    let mut headings = Vec::new();
    notebook.sections.iter().for_each(|section| collect_headings(section, &mut headings));
    are_letters(headings.into_iter())
}

fn collect_headings<'a>(section: &'a Section, headings: &mut Vec<(u8, &'a [Span])>) {
    if section.level != Section::UNTITLED_LEVEL {
        headings.push((section.level, &section.title));
    }
    section.sections.iter().for_each(|section| collect_headings(section, headings));
}

/// Returns true if most headings of some level are letters.
fn are_letters<'a>(headings: impl Iterator<Item = (u8, &'a [Span])>) -> bool {
    let mut levels = [(0_usize, 0_usize); 7];
    for (level, text) in headings {
        if let Some((letters, all)) = levels.get_mut(usize::from(level)) {
            *all += 1;
            *letters += usize::from(is_letter(&plain(text)));
        }
    }
    levels.iter().any(|(letters, all)| *letters > 2 && letters * 3 >= all * 2)
}

/// Returns true if a label is that of a part of a definition.
pub(super) fn is_part(label: &str) -> bool {
    let label = lowercase(label);
    let label = label.trim_matches(|c: char| !c.is_alphanumeric() && c != '.');
    DEFINITION_LABELS.contains(&label) || PART_LABELS.contains(&label)
}

/// Returns true if a paragraph begins with the label of a definition: `**Definition**: …`.
pub(super) fn opens_definition(spans: &[Span]) -> bool {
    let Some((label, _)) = split_term(spans) else { return false };
    let label = lowercase(plain(&label).trim());
    DEFINITION_LABELS.contains(&label.as_str())
}

/// Returns true if a heading in any section is a term, because a definition with that label follows it.
pub(super) fn is_defined_heading(title: &str, below: &[TopLevel]) -> bool {
    let own = below_heading(below);
    let is_defined = |top: &TopLevel| matches!(top, TopLevel::Block { block: Block::Para(spans), .. } if opens_definition(spans));
    !is_letter(title) && !is_part(title) && own.first().is_some_and(is_defined)
}

/// Returns true if the definition of a term that is a heading begins with the label of a definition.
pub(super) fn is_defined_by_label(term: &Term) -> bool {
    term.placement == Placement::Heading
        && matches!(term.definition.first(), Some(Block::Para(spans)) if opens_definition(spans))
}

/// Returns the parts between a heading and the next.
fn below_heading(below: &[TopLevel]) -> &[TopLevel] {
    let end = below.iter().position(|top| matches!(top, TopLevel::Heading { .. })).unwrap_or(below.len());
    below.get(..end).unwrap_or_default()
}

/// Returns true if a heading in a section of terms is a term: below it is text and no list or table of terms, and
/// no deeper heading follows.
pub(super) fn is_term_heading(level: u8, title: &str, below: &[TopLevel]) -> bool {
    if !may_be_term_heading(title) {
        return false;
    }
    let own = below_heading(below);
    let is_category = matches!(
        below.get(own.len()),
        Some(TopLevel::Heading { level: next, text, .. }) if *next > level && !is_part(&plain(text))
    );
    let holds_terms = |top: &TopLevel| match top {
        TopLevel::Definitions { .. } => true,
        TopLevel::List { items, .. } => {
            let terms = items.iter().filter(|(item, _)| is_named_item(item)).count();
            terms * 2 > items.len()
        }
        TopLevel::Block { block: Block::Para(spans), .. } => split_paragraph(spans).is_some(),
        TopLevel::Block { block: Block::Table { rows, .. }, .. } => !terms_in(rows, false).is_empty(),
        _ => false,
    };
    !is_category && !own.iter().any(holds_terms)
}

/// Returns true if a heading with this text can be a term.
fn may_be_term_heading(title: &str) -> bool {
    !is_letter(title)
        && !is_part(title)
        && !title.trim_end().ends_with(['?', '？'])
        && !title.trim().is_empty()
}

/// Returns true if the heading of a section of terms could be read as a term itself, when an export is parsed: its terms have
/// no markup that identifies them.
pub(super) fn could_be_term_heading(section: &Section) -> bool {
    let title = plain(&section.title);
    let is_category = section.sections.first().is_some_and(|inner| !is_part(&plain(&inner.title)));
    let is_set_apart = |term: &Term| match term.placement {
        Placement::Item => is_set_apart(&term.name) || !reads_as_term_name(&term.name),
        Placement::Paragraph | Placement::Row => true,
        Placement::Heading => false,
    };
    let shows_terms = !section.entries.is_empty()
        && section.entries.iter().all(|entry| matches!(entry, Entry::Term(term) if is_set_apart(term)));
    let is_term =
        matches!(section.entries.first(), Some(Entry::Term(Term { placement: Placement::Heading, .. })));
    may_be_term_heading(&title) && !is_category && !is_term && !shows_terms
}

/// Returns true if an item is a term whose name is set apart from its text.
fn is_named_item(item: &ListItem) -> bool {
    let Some(Block::Para(spans)) = item.blocks.first() else { return false };
    let Some((name, _)) = split_term(spans) else { return false };
    is_set_apart(&name)
}

/// Returns true for a name that is bold or code, and no part of a definition.
fn is_set_apart(name: &[Span]) -> bool {
    matches!(name, [Span::Strong(_) | Span::Code(_)]) && !is_part(&plain(name))
}

/// Returns the definition in the first paragraph of an item that is a term once it is joined to one line. It is empty for
/// `Name:`.
pub(super) fn definition_on_one_line(item: &ListItem) -> Option<Vec<Span>> {
    let Some(Block::Para(spans)) = item.blocks.first() else { return None };
    let mut line = spans.clone();
    join_to_one_line(&mut line);
    split_term(&line).map(|(_, rest)| rest)
}

/// Returns true for an item `[Book 4](book.md): p. 20`.
pub(super) fn is_named_by_link(item: &ListItem) -> bool {
    let Some(Block::Para(spans)) = item.blocks.first() else { return false };
    spans.first().and_then(as_link).is_some()
}

/// Reads a paragraph in a section of terms that is one: `**Term**: text`, `` `KI`: text``, `Term - text`; or several, if each
/// of its lines is one.
pub(super) fn split_paragraph(spans: &[Span]) -> Option<Vec<Term>> {
    let split = |line: &[Span]| {
        let (name, rest) = split_term(line)?;
        let label = plain(&name);
        let is_set_apart = matches!(name.as_slice(), [Span::Strong(_) | Span::Code(_) | Span::Em(_), ..]);
        let longest = if is_set_apart { MAX_WORDS_SET_APART } else { MAX_WORDS_PLAIN };
        let is_term = label.split_whitespace().count() <= longest
            && label.chars().any(char::is_alphanumeric)
            && !is_part(&label)
            && !rest.is_empty()
            && reads_as_term_name(&name);
        is_term.then(|| (is_set_apart, term(name, rest)))
    };
    // One a line, without any mark but the colon.
    if let [Span::Text(text)] = spans
        && text.contains('\n')
        && let Some(terms) = text
            .split('\n')
            .map(|line| split(&[Span::Text(line.trim().to_owned())]))
            .collect::<Option<Vec<_>>>()
    {
        return Some(terms.into_iter().map(|(_, term)| term).collect());
    }
    let mut lines = spans.split(|span| matches!(span, Span::Break {}));
    if spans.iter().any(|span| matches!(span, Span::Break {}))
        && let Some(terms) = lines.try_fold(Vec::new(), |mut terms, line| {
            let (is_set_apart, term) = split(&trim_line(line))?;
            terms.push(term);
            is_set_apart.then_some(terms)
        })
    {
        return Some(terms);
    }
    split(spans).map(|(_, term)| vec![term])
}

fn trim_line(line: &[Span]) -> Vec<Span> {
    let mut line = line.to_vec();
    if let Some(Span::Text(first)) = line.first_mut() {
        *first = first.trim_start().to_owned();
    }
    line.retain(|span| !matches!(span, Span::Text(text) if text.is_empty()));
    line
}

/// Reads `Term :: text`, and lines of `*[HTML]: text`, which are terms in any section.
pub(super) fn marked_terms(spans: &[Span]) -> Option<Vec<Term>> {
    let (Span::Text(first), others) = spans.split_first()? else { return None };
    if !first.starts_with("*[") {
        return Some(vec![marked_term(spans)?]);
    }
    let mut texts: Vec<String> = Vec::new();
    for line in first.split('\n') {
        match (line.strip_prefix("*["), texts.last_mut()) {
            (Some(begun), _) => {
                let (name, rest) = begun.split_once("]:")?;
                texts.push(format!("{} :: {}", name.trim(), rest.trim_start()));
            }
            // A definition may continue on the next line.
            (None, Some(text)) => *text = format!("{text} {line}"),
            (None, None) => return None,
        }
    }
    let mut lines: Vec<Vec<Span>> = texts.into_iter().map(|text| vec![Span::Text(text)]).collect();
    // Bold words and the like belong to the last line.
    if let Some(last) = lines.last_mut() {
        last.extend_from_slice(others);
    }
    lines.iter().map(|line| marked_term(line)).collect()
}

fn marked_term(spans: &[Span]) -> Option<Term> {
    let Some(Span::Text(first)) = spans.first() else { return None };
    let (name, rest) = first.split('\n').next()?.split_once(" :: ")?;
    let is_name = name.split_whitespace().count() <= MAX_WORDS_PLAIN
        && name.chars().any(char::is_alphabetic)
        && !name.contains(['=', '<', '>', '{', '`', ':'])
        && !is_part(name);
    let is_text = rest.chars().any(char::is_alphabetic) && !first.contains("->") && !first.contains("=>");
    let (read, rest) = split_term(spans).filter(|_| is_name && is_text)?;
    // The name may contain another mark.
    (plain(&read) == name.trim() && reads_as_term_name(&read)).then(|| term(read, rest))
}

/// Returns true for the item `Term :: text`.
pub(super) fn is_marked_item(item: &ListItem) -> bool {
    let Some(Block::Para(spans)) = item.blocks.first() else { return false };
    item.checked.is_none() && marked_term(spans).is_some()
}

fn term(name: Vec<Span>, rest: Vec<Span>) -> Term {
    let aliases = aliases_of(&name);
    let definition = vec![Block::Para(rest)];
    Term { name, aliases, placement: Placement::Paragraph, definition, ..Term::default() }
}

/// Returns true if a list is one of abbreviations: most items are a short name and words with its letters as initials.
pub(super) fn are_abbreviations<'a>(items: impl Iterator<Item = &'a ListItem>) -> bool {
    let (mut fitting, mut all) = (0, 0);
    for item in items {
        all += 1;
        let Some(Block::Para(spans)) = item.blocks.first() else { continue };
        let fits = split_term(spans).is_some_and(|(name, rest)| are_initials(&plain(&name), &plain(&rest)));
        fitting += usize::from(fits && item.checked.is_none());
    }
    fitting > 2 && fitting * 3 >= all * 2
}

/// Returns true if the letters of a short name are found in a text in their order, the first of them at the beginning, and
/// most at the beginnings of words.
fn are_initials(name: &str, text: &str) -> bool {
    let letters: Vec<char> =
        name.chars().filter(|c| c.is_alphabetic()).flat_map(char::to_lowercase).collect();
    let capitals = name.chars().filter(|c| c.is_uppercase()).count();
    if !(2..=8).contains(&letters.len()) || capitals < 2 || name.split_whitespace().count() > 1 {
        return false;
    }
    let words =
        text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).take(letters.len() * 2);
    let initials: Vec<char> =
        words.filter_map(|word| word.chars().next()).flat_map(char::to_lowercase).collect();
    let (mut found, mut at) = (0, 0);
    for letter in &letters {
        if let Some(ahead) = initials.iter().skip(at).take(3).position(|initial| initial == letter) {
            at += ahead + 1;
            found += 1;
        }
    }
    initials.first() == letters.first() && found * 3 >= letters.len() * 2
}

/// Fewest rows of a table that is a list of words in two languages. Chosen: fewer rows may compare two texts.
const MIN_WORDS: usize = 3;

/// Names of languages at the head of a column, in lower case.
const LANGUAGES: [&str; 40] = [
    "english",
    "englisch",
    "anglais",
    "inglés",
    "inglês",
    "inglese",
    "английский",
    "英语",
    "英文",
    "英語",
    "영어",
    "الإنجليزية",
    "german",
    "deutsch",
    "french",
    "français",
    "spanish",
    "español",
    "portuguese",
    "português",
    "italian",
    "italiano",
    "russian",
    "русский",
    "chinese",
    "中文",
    "汉语",
    "japanese",
    "日本語",
    "日语",
    "日文",
    "korean",
    "한국어",
    "한글",
    "arabic",
    "العربية",
    "turkish",
    "türkçe",
    "polish",
    "vietnamese",
];

/// Returns true for the head of a column with words of one language: `English`, `Русский (разговорный)`.
fn is_language(head: &str) -> bool {
    let mut words = head.split(|c: char| !c.is_alphabetic()).filter(|word| !word.is_empty());
    words.next().is_some_and(|word| LANGUAGES.contains(&word)) && head.split_whitespace().count() <= 3
}

/// Returns the terms of a table, in the order of its rows: the table stays where it is. Further columns are parts of the
/// definition, by their names. Outside of a glossary the head of the table has to say what it holds. O(cells).
pub(super) fn terms_in(rows: &[Vec<Vec<Span>>], is_glossary: bool) -> Vec<Term> {
    let Some((head, body)) = rows.split_first() else { return Vec::new() };
    let heads: Vec<String> = head.iter().map(|cell| lowercase(plain(cell).trim())).collect();
    let is_of = |known: &[&str], head: &String| {
        let bare = head.trim_matches(|c: char| !c.is_alphanumeric());
        known.contains(&bare)
    };
    let name = heads.iter().position(|head| is_of(&TERM_COLUMN_HEADERS, head));
    let text = heads.iter().position(|head| is_of(&DEFINITION_COLUMN_HEADERS, head));
    let (name_at, text_at) = match (name, text) {
        (Some(name), Some(text)) if name != text => (name, text),
        (Some(name), None) if heads.len() > name + 1 => (name, name + 1),
        (None, Some(1)) => (0, 1),
        (None, _)
            if body.len() >= MIN_WORDS
                && heads.iter().take(2).filter(|head| is_language(head)).count() == 2 =>
        {
            (0, 1)
        }
        (None, None) if is_glossary && heads.len() > 1 => (0, 1),
        _ => return Vec::new(),
    };
    let mut terms = Vec::new();
    for row in body {
        let (Some(name), Some(definition)) = (row.get(name_at), row.get(text_at)) else { continue };
        let words = plain(name);
        let is_named = words.chars().any(char::is_alphanumeric) && words.chars().count() <= 80;
        if !is_named || !plain(definition).chars().any(char::is_alphabetic) {
            continue;
        }
        let mut term = term(name.clone(), definition.clone());
        term.placement = Placement::Row;
        for (at, cell) in row.iter().enumerate() {
            if at == name_at || at == text_at || plain(cell).trim().is_empty() {
                continue;
            }
            let label = head.get(at).map(|cell| plain(cell).trim().to_owned()).unwrap_or_default();
            term.definition.push(if label.is_empty() {
                Block::Para(cell.clone())
            } else {
                Block::Field { label, column: None, text: cell.clone() }
            });
        }
        terms.push(term);
    }
    // A table of numbers with a few words is no glossary.
    if terms.len() * 2 < body.len() { Vec::new() } else { terms }
}
