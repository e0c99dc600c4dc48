//! The text of the page: messages, their translations, and phrases made of several messages.

mod messages;

use std::cell::Cell;
use std::fmt;

use notebook_core::notebook::{Alert, ExportFormat};
use notebook_core::query::{Facet, Sort};
use notebook_core::search::{Count, EntryKind, UNKNOWN};

use super::action::Action;
pub use messages::*;

/// A text of the page, in the language that [`set_translation`] chose.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Message {
    /// Index into a translation.
    index: usize,
    english: &'static str,
}

/// Defines a constant for each message, and the list of all of them.
macro_rules! define_messages {
    ($($(#[$doc:meta])* $name:ident = $english:literal;)*) => {
        /// Indices of messages.
        #[allow(non_camel_case_types, clippy::upper_case_acronyms, reason = "variants have the names of the messages")]
        enum MessageIndex { $($name),* }
        $($(#[$doc])* pub const $name: Message = Message { index: MessageIndex::$name as usize, english: $english };)*
        /// All messages with their names, in the order of a translation.
        pub static ALL: &[(&str, Message)] = &[$((stringify!($name), $name)),*];
    };
}
use define_messages;

thread_local! {
    /// Texts in the order of [`ALL`]; a message beyond its end is in English.
    static TRANSLATION: Cell<&'static [&'static str]> = const { Cell::new(&[]) };
}

/// Sets the language of all messages in this thread; `texts` are in the order of [`ALL`].
pub fn set_translation(texts: &'static [&'static str]) {
    TRANSLATION.set(texts);
}

/// Returns the translation of this thread, which is empty for English.
pub fn translation() -> &'static [&'static str] {
    TRANSLATION.get()
}

impl Message {
    /// Returns the translated text.
    #[inline(never)]
    pub fn text(self) -> &'static str {
        TRANSLATION.get().get(self.index).copied().unwrap_or(self.english)
    }

    /// Returns the English text.
    pub fn english(self) -> &'static str {
        self.english
    }

    /// Returns the translated text with its placeholders replaced by values.
    pub fn format(self, values: &[&str]) -> String {
        fill(self.text(), values)
    }

    /// Returns the plural form for a number, with the number in its placeholder.
    pub fn plural(self, number: usize) -> String {
        fill(plural_form(self.text(), number), &[&number.to_string()])
    }
}

impl From<Message> for String {
    #[inline(never)]
    fn from(message: Message) -> Self {
        message.text().to_owned()
    }
}

impl fmt::Display for Message {
    fn fmt(&self, to: &mut fmt::Formatter<'_>) -> fmt::Result {
        to.write_str(self.text())
    }
}

/// Replaces the placeholders `{0}`, `{1}` … `{9}`; one without a value becomes empty.
fn fill(text: &str, values: &[&str]) -> String {
    let mut pieces = text.split('{');
    let mut filled = pieces.next().unwrap_or_default().to_owned();
    for piece in pieces {
        let digit = usize::from(piece.bytes().next().unwrap_or(b'?').saturating_sub(b'0'));
        filled.push_str(values.get(digit).copied().unwrap_or_default());
        filled.push_str(piece.get(2..).unwrap_or_default());
    }
    filled
}

/// Returns the form for a number, out of forms separated by `|`.
///
/// The number of forms tells the plural rule of the language (CLDR, <https://cldr.unicode.org/index/cldr-spec/plural-rules>):
/// one form for every number, as in Chinese; one and other, as in English and Spanish; or the six categories of Arabic.
fn plural_form(text: &str, number: usize) -> &str {
    let last_digits = number % 100;
    let form = match (text.split('|').count(), number) {
        (6, 0..=2) => number,
        (6, _) if (3..=10).contains(&last_digits) => 3,
        (6, _) if last_digits > 10 => 4,
        (6, _) => 5,
        (2, 1) | (1, _) => 0,
        _ => 1,
    };
    text.split('|').nth(form).unwrap_or(text)
}

/// Color schemes: value of the radio button, and name.
pub const COLOR_SCHEMES: [(&str, Message); 3] =
    [("system", COLOR_SCHEME_SYSTEM), ("light", COLOR_SCHEME_LIGHT), ("dark", COLOR_SCHEME_DARK)];
/// Keyboard shortcuts and their effects. Two spaces separate alternatives.
pub const SHORTCUT_LIST: [(&str, Message); 7] = [
    ("/", KEY_SEARCH),
    ("Ctrl K  ⌘ K", KEY_PALETTE),
    ("j  ↓", KEY_NEXT),
    ("k  ↑", KEY_PREVIOUS),
    ("Enter", KEY_OPEN),
    ("Esc", KEY_ESCAPE),
    ("?", KEY_HELP),
];
/// Examples of the search syntax and their meanings.
pub const SYNTAX_LIST: [(&str, Message); 8] = [
    ("sparse coding", SYNTAX_WORDS),
    ("\"sparse coding\"", SYNTAX_PHRASE),
    ("-vision", SYNTAX_NOT),
    ("title:circuits", SYNTAX_TITLE),
    ("author:olah", SYNTAX_AUTHOR),
    ("term:vae", SYNTAX_TERM),
    ("year:2020..2022", SYNTAX_YEAR),
    ("in:practice", SYNTAX_SECTION),
];
/// Commands of the palette.
pub const PALETTE_ACTIONS: [(Action, Message); 7] = [
    (Action::ExpandAll, EXPAND_ALL),
    (Action::CollapseAll, COLLAPSE_ALL),
    (Action::CopyUrl, COPY_VIEW_LINK),
    (Action::LightColorScheme, USE_LIGHT_COLOR_SCHEME),
    (Action::DarkColorScheme, USE_DARK_COLOR_SCHEME),
    (Action::SystemColorScheme, USE_SYSTEM_COLOR_SCHEME),
    (Action::ShowShortcuts, SHORTCUTS),
];
/// Placeholder in citations for the URL of the page, if the URL is unknown when the site is generated. The client replaces it.
pub const PAGE_URL_PLACEHOLDER: &str = "https://notebook.invalid/";
/// Formats in which a table can be copied.
pub const TABLE_FORMATS: [&str; 3] = ["Markdown", "CSV", "LaTeX"];

/// Returns the name of an export format.
pub fn export_format(format: ExportFormat) -> &'static str {
    match format {
        ExportFormat::CslJson => "CSL-JSON",
        ExportFormat::Ris => "RIS",
        ExportFormat::Csv => CSV_TABLE.text(),
        ExportFormat::Markdown => MARKDOWN_LIST.text(),
        ExportFormat::Bibtex => "BibTeX",
    }
}

/// Returns the name of a field of a citation, which core gives in English.
pub fn field_name(english: &str) -> &str {
    let fields = [
        FIELD_AUTHOR,
        FIELD_TITLE,
        FIELD_YEAR,
        FIELD_DATE,
        FIELD_JOURNAL,
        FIELD_PROCEEDINGS,
        FIELD_BOOK,
        FIELD_PUBLISHER,
        FIELD_UNIVERSITY,
        FIELD_INSTITUTION,
    ];
    fields.into_iter().find(|field| field.english() == english).map_or(english, |field| field.text())
}

/// Returns the remark in a citation that lacks some fields, which are given in English.
pub fn missing_fields(fields: &[&str]) -> String {
    let names: Vec<&str> = fields.iter().map(|field| field_name(field)).collect();
    MISSING_FIELDS.format(&[&names.join(LIST_SEPARATOR.text())])
}

/// Returns the text of the export button: `Export 7 papers`.
pub fn export_papers(papers: usize) -> String {
    EXPORT_PAPERS.format(&[&count_of(EntryKind::Paper, papers)])
}

/// Returns the name of a facet.
pub fn facet_name(facet: Facet) -> Message {
    match facet {
        Facet::Category => CATEGORY,
        Facet::Access => ACCESS,
        Facet::Year => YEAR,
        Facet::Author => AUTHOR,
        Facet::Venue => VENUE,
        Facet::Host => HOST,
        Facet::Label => LABEL,
        Facet::Tag => TAG,
        Facet::Status => STATUS,
        Facet::Link => LINKS,
    }
}

/// Returns the name of a facet value; `label` is the author's spelling of it.
pub fn facet_value(facet: Facet, value: &str, label: &str) -> String {
    match (facet, value) {
        (Facet::Access, "open") => OPEN_ACCESS.into(),
        (Facet::Access, "paywalled") => PAYWALLED.into(),
        (Facet::Link, "pdf") => LINK_PDF.into(),
        (Facet::Link, "code") => LINK_CODE.into(),
        (Facet::Link, "video") => LINK_VIDEO.into(),
        (Facet::Link, "slides") => LINK_SLIDES.into(),
        (Facet::Link, "project") => LINK_PROJECT.into(),
        (Facet::Link, "data") => LINK_DATA.into(),
        (Facet::Link, "blog") => LINK_BLOG.into(),
        (Facet::Year, UNKNOWN) => UNKNOWN_YEAR.into(),
        (Facet::Year, range) if range.contains("..") => range.replace("..", "–"),
        (Facet::Tag, tag) => format!("#{tag}"),
        (_, UNKNOWN) => UNKNOWN_VALUE.into(),
        _ => label.to_owned(),
    }
}

/// Returns the label of a bar in the chart of years: `2020: 7 papers`.
pub fn year_bar(year: &str, papers: usize) -> String {
    NAME_AND_VALUE.format(&[year, &count_of(EntryKind::Paper, papers)])
}

/// Returns the CSS class and the name of an alert.
pub fn alert(alert: Alert) -> (&'static str, Message) {
    match alert {
        Alert::Note => ("alert note", ALERT_NOTE),
        Alert::Tip => ("alert tip", ALERT_TIP),
        Alert::Important => ("alert important", ALERT_IMPORTANT),
        Alert::Warning => ("alert warning", ALERT_WARNING),
        Alert::Caution => ("alert caution", ALERT_CAUTION),
    }
}

/// Returns the state of a task in words.
pub fn task_state(done: bool) -> Message {
    if done { DONE } else { TO_DO }
}

/// Returns the count next to a heading: `7`, or `2/7` if some entries are hidden. Empty if there are no entries.
pub fn heading_count(counts: Count) -> String {
    match (counts.visible, counts.total) {
        (_, 0) => String::new(),
        (shown, of) if shown == of => of.to_string(),
        (shown, of) => format!("{shown}/{of}"),
    }
}

/// Returns a count with its noun: `1 paper`, `7 papers`.
pub fn count_of(kind: EntryKind, count: usize) -> String {
    let noun = match kind {
        EntryKind::Paper => PAPER_COUNT,
        EntryKind::Term => TERM_COUNT,
        EntryKind::Goal => GOAL_COUNT,
        EntryKind::Link => LINK_COUNT,
        EntryKind::Prose => TEXT_COUNT,
    };
    noun.plural(count)
}

/// Returns the noun for one entry of a kind.
pub fn kind_name(kind: EntryKind) -> Message {
    match kind {
        EntryKind::Paper => KIND_PAPER,
        EntryKind::Term => KIND_TERM,
        EntryKind::Goal => KIND_GOAL,
        EntryKind::Link => KIND_LINK,
        EntryKind::Prose => KIND_PROSE,
    }
}

/// Returns the number of visible entries: `3 of 7 papers`.
pub fn shown_of_total(kind: EntryKind, counts: Count) -> String {
    let all = count_of(kind, counts.total);
    if counts.visible == counts.total {
        all
    } else {
        SHOWN_OF_TOTAL.format(&[&counts.visible.to_string(), &all])
    }
}

/// Returns the text of a link that removes a filter: `Remove Year: 2020 to see 3 papers`.
pub fn remove_filter_to_see(filter: &str, papers: usize) -> String {
    REMOVE_FILTER_TO_SEE.format(&[filter, &count_of(EntryKind::Paper, papers)])
}

/// Returns the name of a sort order.
pub fn sort_name(sort: Sort) -> Message {
    match sort {
        Sort::Relevance => SORT_RELEVANCE,
        Sort::DocumentOrder => SORT_DOCUMENT,
        Sort::Year => SORT_NEWEST,
        Sort::Title => SORT_TITLE,
    }
}

/// Returns a summary of an entry's links: `Builds on 1 term · mentioned 3 times · 2 related papers`.
pub fn related_summary(builds_on: usize, mentions: usize, related: usize) -> String {
    let parts = [(SUMMARY_BUILDS_ON, builds_on), (SUMMARY_MENTIONS, mentions), (SUMMARY_RELATED, related)];
    let parts = parts.into_iter().filter(|(_, number)| *number > 0);
    let summary = parts.map(|(message, number)| message.plural(number)).collect::<Vec<_>>().join(" · ");
    capitalized(&summary)
}

/// Returns a text with its first letter in upper case.
pub fn capitalized(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map(|first| std::iter::once(capital(first)).chain(letters).collect()).unwrap_or_default()
}

/// Returns the capital form of a letter in the languages of the page. The standard library has a table of all letters, which
/// would be 5 kB of the client.
fn capital(letter: char) -> char {
    let code = u32::from(letter);
    match letter {
        '÷' => letter,
        // A letter of Latin-1 is 32 places behind its capital.
        'a'..='z' | 'à'..='þ' => char::from_u32(code - 32).unwrap_or(letter),
        _ => letter,
    }
}

/// Returns the progress of a goal that has matching entries: `3 with notes, 2 without`.
pub fn goal_progress(covered: u32, listed: u32) -> String {
    let (with_notes, without) = (covered.to_string(), listed.to_string());
    match (covered, listed) {
        (0, _) => PROGRESS_LISTED.format(&[&without]),
        (_, 0) => PROGRESS_COVERED.format(&[&with_notes]),
        _ => PROGRESS_COVERED_AND_LISTED.format(&[&with_notes, &without]),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn capitalizes_letters_with_and_without_accents() {
        let words = ["note", "órdenes", "ÿ", "÷", "论文", "ملاحظة", ""].map(capitalized);
        assert_eq!(words, ["Note", "Órdenes", "ÿ", "÷", "论文", "ملاحظة", ""]);
    }

    #[test]
    fn fills_placeholders() {
        assert_eq!(fill("{1}, then {0}.", &["a {1}", "b"]), "b, then a {1}.");
        assert_eq!(fill("a {9} b {", &["x"]), "a  b ");
        assert_eq!(fill("没有{0}项", &["3"]), "没有3项");
    }

    #[test]
    fn chooses_plural_form_by_number_of_forms() {
        let arabic = "0|1|2|few|many|other";
        let numbers = [0, 1, 2, 3, 10, 11, 99, 100, 102, 103, 111, 200];
        let forms = numbers.map(|number| plural_form(arabic, number));
        let expected =
            ["0", "1", "2", "few", "few", "many", "many", "other", "other", "few", "many", "other"];
        assert_eq!(forms, expected);
        assert_eq!([0, 1, 2].map(|number| plural_form("one|more", number)), ["more", "one", "more"]);
        assert_eq!([0, 1, 2].map(|number| plural_form("all", number)), ["all"; 3]);
    }

    #[test]
    fn falls_back_to_english_for_missing_translations() {
        let shown = (SKIP_TO_CONTENT.text(), count_of(EntryKind::Paper, 1));
        assert_eq!(shown, ("Skip to content", "1 paper".to_owned()));
        set_translation(&["Mapa"]);
        assert_eq!((MAP.text(), SKIP_TO_CONTENT.text()), ("Mapa", SKIP_TO_CONTENT.english()));
    }
}
