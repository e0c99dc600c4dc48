//! What the page says by itself: its words, and the sentences that are made of them.

mod list;

use std::cell::Cell;
use std::fmt;

use notebook_core::notebook::Alert;
use notebook_core::query::{Facet, Sort};
use notebook_core::search::{Counted, Shown, UNKNOWN};

use super::Action;
pub use list::*;

/// Something that the page says. It reads as the language that is spoken has it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Word {
    /// Its place in the list of a language.
    at: usize,
    english: &'static str,
}

/// Names words, and what they are in English.
macro_rules! words {
    ($($(#[$doc:meta])* $name:ident = $english:literal;)*) => {
        /// The places of words.
        #[allow(non_camel_case_types, clippy::upper_case_acronyms, reason = "they are called as the words are")]
        enum Place { $($name),* }
        $($(#[$doc])* pub const $name: Word = Word { at: Place::$name as usize, english: $english };)*
        /// All words by their names, in the order of a language's list.
        pub static ALL: &[(&str, Word)] = &[$((stringify!($name), $name)),*];
    };
}
use words;

thread_local! {
    /// What is spoken, in the order of [`ALL`]; English where that says nothing.
    static SPOKEN: Cell<&'static [&'static str]> = const { Cell::new(&[]) };
}

/// Speaks a language from now on, in this thread: its words in the order of [`ALL`].
pub fn speak(words: &'static [&'static str]) {
    SPOKEN.set(words);
}

/// What is spoken in this thread.
pub fn spoken() -> &'static [&'static str] {
    SPOKEN.get()
}

impl Word {
    /// The word in the language that is spoken.
    #[inline(never)]
    pub fn text(self) -> &'static str {
        SPOKEN.get().get(self.at).copied().unwrap_or(self.english)
    }

    /// The word in English.
    pub fn english(self) -> &'static str {
        self.english
    }

    /// The word with values in its places.
    pub fn with(self, values: &[&str]) -> String {
        fill(self.text(), values)
    }

    /// The form of the word for a number, with that in its place.
    pub fn count(self, number: usize) -> String {
        fill(plural(self.text(), number), &[&number.to_string()])
    }
}

impl From<Word> for String {
    #[inline(never)]
    fn from(word: Word) -> Self {
        word.text().to_owned()
    }
}

impl fmt::Display for Word {
    fn fmt(&self, to: &mut fmt::Formatter<'_>) -> fmt::Result {
        to.write_str(self.text())
    }
}

/// A text with values in its places, `{0}` and so on.
fn fill(text: &str, values: &[&str]) -> String {
    let mut pieces = text.split('{');
    let mut filled = pieces.next().unwrap_or_default().to_owned();
    for piece in pieces {
        let at = usize::from(piece.bytes().next().unwrap_or(b'?').saturating_sub(b'0'));
        filled.push_str(values.get(at).copied().unwrap_or_default());
        filled.push_str(piece.get(2..).unwrap_or_default());
    }
    filled
}

/// The form for a number, of a text that has some with `|` between them. How many they are tells how a language counts
/// (the plural rules of CLDR): one form for all numbers, as in Chinese; for one and for more, as in English and Spanish; or
/// the six of Arabic.
fn plural(text: &str, number: usize) -> &str {
    let rest = number % 100;
    let form = match (text.split('|').count(), number) {
        (6, 0..=2) => number,
        (6, _) if (3..=10).contains(&rest) => 3,
        (6, _) if rest > 10 => 4,
        (6, _) => 5,
        (2, 1) | (1, _) => 0,
        _ => 1,
    };
    text.split('|').nth(form).unwrap_or(text)
}

/// The choices of colours: value and name.
pub const THEMES: [(&str, Word); 3] = [("system", SYSTEM), ("light", LIGHT), ("dark", DARK)];
/// The keys and what they do.
pub const KEY_LIST: [(&str, Word); 7] = [
    ("/", KEY_SEARCH),
    ("Ctrl K  ⌘ K", KEY_PALETTE),
    ("j  ↓", KEY_NEXT),
    ("k  ↑", KEY_BEFORE),
    ("Enter", KEY_OPEN),
    ("Esc", KEY_ESCAPE),
    ("?", KEY_HELP),
];
/// What can be typed into the box for words, and what it asks for.
pub const SYNTAX_LIST: [(&str, Word); 8] = [
    ("sparse coding", SYNTAX_WORDS),
    ("\"sparse coding\"", SYNTAX_PHRASE),
    ("-vision", SYNTAX_NOT),
    ("title:circuits", SYNTAX_TITLE),
    ("author:olah", SYNTAX_AUTHOR),
    ("term:vae", SYNTAX_TERM),
    ("year:2020..2022", SYNTAX_YEAR),
    ("in:practice", SYNTAX_IN),
];
/// What the palette can do.
pub const ACTIONS: [(Action, Word); 7] = [
    (Action::Expand, EXPAND),
    (Action::Collapse, COLLAPSE),
    (Action::CopyAddress, COPY_VIEW),
    (Action::Light, LIGHT_THEME),
    (Action::Dark, DARK_THEME),
    (Action::System, SYSTEM_THEME),
    (Action::Keys, KEYS),
];
/// Stands in a reference for the address of an entry, where the desk does not know where the notebook will be.
pub const HERE: &str = "https://notebook.invalid/";
/// Forms a table can be copied in.
pub const TABLE_FORMS: [&str; 3] = ["Markdown", "CSV", "LaTeX"];
/// How the files end that what is shown can be saved in.
pub const ENDS: [&str; 5] = ["json", "ris", "csv", "md", "bib"];

/// Forms that what is shown can be saved in, in the order of their [`ENDS`].
pub fn forms() -> [&'static str; 5] {
    ["CSL-JSON", "RIS", CSV_TABLE.text(), MARKDOWN_LIST.text(), "BibTeX"]
}

/// What a reference lacks, in it.
pub fn missing(what: &[&str]) -> String {
    MISSING.with(&[&what.join(", ")])
}

/// Names the button that saves what is shown.
pub fn export(papers: usize) -> String {
    EXPORT_PAPERS.with(&[&counted(Counted::Paper, papers)])
}

/// The name of a facet.
pub fn facet(facet: Facet) -> Word {
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
    }
}

/// The name of a facet value; `label` is what the author calls it.
pub fn value(facet: Facet, value: &str, label: &str) -> String {
    match (facet, value) {
        (Facet::Access, "open") => OPEN.into(),
        (Facet::Access, "paywalled") => PAYWALLED.into(),
        (Facet::Year, UNKNOWN) => NO_YEAR_KNOWN.into(),
        (Facet::Year, range) if range.contains("..") => range.replace("..", "–"),
        (Facet::Tag, tag) => format!("#{tag}"),
        (_, UNKNOWN) => NOT_KNOWN.into(),
        _ => label.to_owned(),
    }
}

/// Names a bar of the chart of years.
pub fn bar(year: &str, papers: usize) -> String {
    TOLD.with(&[year, &counted(Counted::Paper, papers)])
}

/// The class and name of an alert.
pub fn alert(alert: Alert) -> (&'static str, Word) {
    match alert {
        Alert::Note => ("alert note", ALERT_NOTE),
        Alert::Tip => ("alert tip", ALERT_TIP),
        Alert::Important => ("alert important", ALERT_IMPORTANT),
        Alert::Warning => ("alert warning", ALERT_WARNING),
        Alert::Caution => ("alert caution", ALERT_CAUTION),
    }
}

/// The state of a task.
pub fn check(done: bool) -> Word {
    if done { DONE } else { TO_DO }
}

/// The count beside a heading: `7`, or `2/7` while some are hidden; nothing where nothing counts.
pub fn count(counts: Shown) -> String {
    match (counts.shown, counts.of) {
        (_, 0) => String::new(),
        (shown, of) if shown == of => of.to_string(),
        (shown, of) => format!("{shown}/{of}"),
    }
}

/// How many of something: `1 paper`, `7 papers`.
pub fn counted(kind: Counted, count: usize) -> String {
    let many = match kind {
        Counted::Paper => PAPERS,
        Counted::Term => TERMS,
        Counted::Goal => GOALS,
        Counted::Link => LINKS,
        Counted::Prose => TEXTS,
    };
    many.count(count)
}

/// One thing of a kind.
pub fn kind(kind: Counted) -> Word {
    match kind {
        Counted::Paper => KIND_PAPER,
        Counted::Term => KIND_TERM,
        Counted::Goal => KIND_GOAL,
        Counted::Link => KIND_LINK,
        Counted::Prose => KIND_PROSE,
    }
}

/// How many of something are shown: `3 of 7 papers`.
pub fn shown(kind: Counted, counts: Shown) -> String {
    let all = counted(kind, counts.of);
    if counts.shown == counts.of { all } else { SHOWN_OF.with(&[&counts.shown.to_string(), &all]) }
}

/// What dropping a filter would bring.
pub fn drop_filter(filter: &str, papers: usize) -> String {
    DROP_FILTER.with(&[filter, &counted(Counted::Paper, papers)])
}

/// The name of an order.
pub fn sort(sort: Sort) -> Word {
    match sort {
        Sort::Relevance => RELEVANCE,
        Sort::Author => AS_WRITTEN,
        Sort::Year => NEWEST,
        Sort::Title => BY_TITLE,
    }
}

/// Sums up what an entry has to do with others: `Builds on 1 · named 3 times · 2 related`.
pub fn related(builds_on: usize, uses: usize, near: usize) -> String {
    let parts = [(SUM_BUILDS_ON, builds_on), (SUM_NAMED, uses), (SUM_NEAR, near)];
    let parts = parts.into_iter().filter(|(_, number)| *number > 0);
    let all = parts.map(|(word, number)| word.count(number)).collect::<Vec<_>>().join(" · ");
    let mut letters = all.chars();
    letters.next().map(|first| first.to_uppercase().chain(letters).collect()).unwrap_or_default()
}

/// What there is on a goal.
pub fn progress(noted: u32, listed: u32) -> String {
    let (some, others) = (noted.to_string(), listed.to_string());
    match (noted, listed) {
        (0, 0) => NOTHING_YET.into(),
        (0, _) => ONLY_LISTED.with(&[&others]),
        (_, 0) => NOTED.with(&[&some]),
        _ => NOTED_AND_LISTED.with(&[&some, &others]),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_stand_in_their_places() {
        assert_eq!(fill("{1}, then {0}.", &["a {1}", "b"]), "b, then a {1}.");
        assert_eq!(fill("a {9} b {", &["x"]), "a  b ");
        assert_eq!(fill("没有{0}项", &["3"]), "没有3项");
    }

    #[test]
    fn numbers_have_the_forms_of_their_language() {
        let arabic = "0|1|2|few|many|other";
        let numbers = [0, 1, 2, 3, 10, 11, 99, 100, 102, 103, 111, 200];
        let forms = numbers.map(|number| plural(arabic, number));
        let many = ["0", "1", "2", "few", "few", "many", "many", "other", "other", "few", "many", "other"];
        assert_eq!(forms, many);
        assert_eq!([0, 1, 2].map(|number| plural("one|more", number)), ["more", "one", "more"]);
        assert_eq!([0, 1, 2].map(|number| plural("all", number)), ["all"; 3]);
    }

    #[test]
    fn what_is_not_spoken_is_said_in_english() {
        assert_eq!((SKIP.text(), counted(Counted::Paper, 1).as_str()), ("Skip to the notebook", "1 paper"));
        speak(&["Mapa"]);
        assert_eq!((MAP.text(), SKIP.text()), ("Mapa", SKIP.english()));
    }
}
