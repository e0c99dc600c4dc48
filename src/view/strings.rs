//! Every word the page says by itself, in one place.

use notebook_core::notebook::Alert;
use notebook_core::query::{Facet, Sort};
use notebook_core::search::{Counted, Shown, UNKNOWN};

use super::Action;

/// Names the map.
pub const MAP: &str = "Map of terms and papers";
/// Skips the header for those who come by keyboard.
pub const SKIP: &str = "Skip to the notebook";
/// Names the box for words.
pub const SEARCH: &str = "Search papers and terms";
/// Names the side.
pub const SIDE: &str = "Contents and filters";
/// Heads the list of sections.
pub const CONTENTS: &str = "Contents";
/// Heads the filters.
pub const FILTERS: &str = "Filter papers";
/// Closes the side on narrow screens.
pub const CLOSE: &str = "Close";
/// Shows a picture by itself.
pub const ENLARGE: &str = "Enlarge";
/// Names a picture that is shown by itself.
pub const PICTURE: &str = "Picture";
/// Leads from a page of a part to the notebook.
pub const IN_NOTEBOOK: &str = "Open in the notebook: search, filters, links to entries";
/// Names the pages of a notebook's parts.
pub const PAGES: &str = "Pages";
/// Leads to the page before.
pub const PAGE_BEFORE: &str = "Page before";
/// Leads to the page after.
pub const PAGE_AFTER: &str = "Page after";
/// Names the headings above a page.
pub const PATH: &str = "Where this is";
/// Names the choice of colours.
pub const THEME: &str = "Theme";
/// The choices of colours: value and name.
pub const THEMES: [(&str, &str); 3] = [("system", "Auto"), ("light", "Light"), ("dark", "Dark")];
/// Opens every fold.
pub const EXPAND: &str = "Expand all";
/// Closes every fold.
pub const COLLAPSE: &str = "Collapse all";
/// Heads a paper's notes.
pub const NOTES: &str = "Notes";
/// Says why the source of a formula is shown.
pub const UNSET: &str = "This formula could not be set: this is its TeX source.";
/// Copies a link.
pub const SHARE: &str = "Copy link";
/// After a link was copied.
pub const COPIED: &str = "Link copied";
/// When the browser does not let a page copy.
pub const COPY_BY_HAND: &str = "Copy the address of this page";
/// Names the active filters.
pub const ACTIVE: &str = "Active filters";
/// Drops every filter.
pub const CLEAR_ALL: &str = "Clear all";
/// Shows the list of keys.
pub const KEYS: &str = "Keyboard shortcuts";
/// Switches the keys off.
pub const KEYS_ON: &str = "Use single-key shortcuts";
/// The keys and what they do.
pub const KEY_LIST: [(&str, &str); 7] = [
    ("/", "Search"),
    ("Ctrl K  ⌘ K", "Go to or do anything"),
    ("j  ↓", "Next entry (the arrow after a search)"),
    ("k  ↑", "Entry before"),
    ("Enter", "Open the entry that has the focus"),
    ("Esc", "Clear the search, then the filters; close what is open"),
    ("?", "This list"),
];
/// Heads the list of what can be typed.
pub const SYNTAX: &str = "In the search box";
/// What can be typed into the box for words, and what it asks for.
pub const SYNTAX_LIST: [(&str, &str); 8] = [
    ("sparse coding", "Both words, anywhere"),
    ("\"sparse coding\"", "These words in a row"),
    ("-vision", "Without this word"),
    ("title:circuits", "In the title"),
    ("author:olah", "Among the authors, or behind the title"),
    ("term:vae", "In the name of a term"),
    ("year:2020..2022", "Papers of these years"),
    ("in:practice", "Under a heading with this word"),
];
/// While the notebook's data is on its way.
pub const WAITING: &str = "Search and filters are on their way …";
/// While the full-text search is on its way.
pub const SEARCH_WAITS: &str = "Looking through this page; the full search is on its way …";
/// Before the words that were looked for instead of those typed.
pub const SHOWING: &str = "Showing ";
/// Between those and the words exactly as they were typed.
pub const SEARCH_INSTEAD: &str = ". Search instead for ";
/// Where no entry has every word.
pub const MOST_WORDS: &str = "Nothing has all of these words; this has most of them.";
/// Names the list of what was found.
pub const RESULTS: &str = "Found";
/// Names the text above the first heading.
pub const INTRO: &str = "Introduction";
/// Names the choice of orders.
pub const ORDER: &str = "Order";
/// Names the palette.
pub const PALETTE: &str = "Go to or do …";
/// Names a line of the palette that is a heading.
pub const SECTION: &str = "section";
/// Names a line of the palette that does something.
pub const ACTION: &str = "action";
/// What the palette can do.
pub const ACTIONS: [(Action, &str); 7] = [
    (Action::Expand, EXPAND),
    (Action::Collapse, COLLAPSE),
    (Action::CopyAddress, "Copy the link of this view"),
    (Action::Light, "Light theme"),
    (Action::Dark, "Dark theme"),
    (Action::System, "Theme of the system"),
    (Action::Keys, KEYS),
];
/// Heads the terms that a definition uses.
pub const BUILDS_ON: &str = "Builds on";
/// Heads the terms whose definition uses this one.
pub const NEEDED_FOR: &str = "Needed for";
/// Heads the sentences that name an entry.
pub const USED_IN: &str = "Named in";
/// Heads papers that share something.
pub const NEAR: &str = "Related papers";
/// One of two papers names the other.
pub const MENTIONS: &str = "one names the other";
/// Asks again.
pub const RETRY: &str = "Try again";
/// Where the page's program did not come, or does not run.
pub const NO_PROGRAM: &str = "Search and filters did not come. The text below can be read.";
/// Where the page's program, or the rest of the page, neither comes nor fails.
pub const LATE: &str = "Part of this page is still on its way.";
/// Where entries of a large notebook do not come.
pub const ENTRIES_LATE: &str = "Some entries did not come yet. Are you offline? They are asked for again.";
/// Where the page is of an older notebook than what it fetches.
pub const OUTDATED: &str = "The notebook was published anew since this page was opened.";
/// Where a newer build has come while the page was open.
pub const UPDATED: &str = "The notebook was updated.";
/// Gets the page again.
pub const RELOAD: &str = "Reload";
/// When nothing at all matches.
pub const NOTHING: &str = "Nothing matches.";
/// When no paper matches and other things do.
pub const NO_PAPER: &str = "No paper matches.";

/// Shows how to cite a paper.
pub const CITE: &str = "Cite";
/// Copies a text.
pub const COPY: &str = "Copy";
/// After a text was copied.
pub const TEXT_COPIED: &str = "Copied";
/// When the browser does not let a page copy a text.
pub const SELECT_BY_HAND: &str = "Select the text and copy it";
/// When the browser does not let a page copy what is long.
pub const COPY_NOT_ALLOWED: &str = "This browser does not let the page copy";
/// Names a reference in plain words.
pub const PLAIN: &str = "Plain text";
/// Names a reference to what the notebook says.
pub const THIS_NOTE: &str = "This note";
/// Names that reference as BibTeX.
pub const THIS_NOTE_BIBTEX: &str = "This note, BibTeX";
/// Stands in a reference for the address of an entry, where the desk does not know where the notebook will be.
pub const HERE: &str = "https://notebook.invalid/";
/// While references are on their way.
pub const REFERENCES_WAIT: &str = "The references are on their way …";
/// When references did not come.
pub const REFERENCES_FAILED: &str = "The references did not come. Are you offline?";
/// Heads the choice of forms to save what is shown in.
pub const EXPORT: &str = "Save as";
/// Forms that what is shown can be saved in: name and end of the file.
pub const FORMS: [(&str, &str); 5] =
    [("CSL-JSON", "json"), ("RIS", "ris"), ("CSV table", "csv"), ("Markdown list", "md"), ("BibTeX", "bib")];

/// What a reference lacks, in it.
pub fn missing(what: &[&str]) -> String {
    format!("[missing: {}]", what.join(", "))
}

/// Heads the forms of a reference.
pub fn cite(title: &str) -> String {
    format!("{CITE}: {title}")
}

/// Names the button that copies a form of a reference.
pub fn copy(form: &str) -> String {
    format!("{COPY}: {form}")
}

/// Names the button that saves what is shown.
pub fn export(papers: usize) -> String {
    ["Export ", &counted(Counted::Paper, papers)].concat()
}

/// Names the choice of layouts.
pub const LAYOUT: &str = "Layout";
/// The layout that the author wrote.
pub const AS_NOTES: &str = "Notes";
/// Papers by the labels of their notes.
pub const AS_TABLE: &str = "Table";
/// The map, which is a page of its own.
pub const AS_MAP: &str = "Map";
/// Names the table.
pub const TABLE: &str = "Papers by what their notes say";
/// Heads the column of papers.
pub const PAPER: &str = "Paper";
/// Heads what stands under no label.
pub const REST: &str = "Other notes";
/// Heads what notes name.
pub const NAMES: &str = "Names";
/// Heads what others name too.
pub const IN_COMMON: &str = "In common";
/// Heads what no other names.
pub const ONLY_HERE: &str = "Only here";
/// Where nothing is noted.
pub const NOT_NOTED: &str = "Nothing noted";
/// Names the columns that are not shown.
pub const HIDDEN: &str = "Hidden columns";
/// Takes a paper into the comparison.
pub const PICK: &str = "Compare";
/// Of a paper that is to be compared.
pub const PICKED: &str = "✓ Compare";
/// Where one paper is to be compared.
pub const PICK_ANOTHER: &str = "Choose another paper to compare with.";
/// Leads from a comparison to the table.
pub const ALL_PAPERS: &str = "All papers in a table";
/// Where no paper that is to be compared is there.
pub const NONE_OF_THESE: &str = "This notebook has none of these papers.";
/// While a table is on its way.
pub const TABLE_WAITS: &str = "The table is on its way …";
/// Where a table does not come.
pub const TABLE_LATE: &str = "The table did not come yet. Are you offline? It is asked for again.";
/// Shows all of a long cell.
pub const SHOW_ALL: &str = "Show all";
/// Shows less of it again.
pub const SHOW_LESS: &str = "Show less";
/// Before the forms a table can be copied in.
pub const COPY_AS: &str = "Copy as";
/// Forms a table can be copied in.
pub const TABLE_FORMS: [&str; 3] = ["Markdown", "CSV", "LaTeX"];

/// Hides a column.
pub fn hide(column: &str) -> String {
    format!("Hide {column}")
}

/// Shows a column again.
pub fn show(column: &str) -> String {
    format!("Show {column}")
}

/// Names the link that takes a paper into the comparison.
pub fn pick(name: &str, title: &str) -> String {
    format!("{name}: {title}")
}

/// Leads to papers side by side.
pub fn compare(papers: usize) -> String {
    format!("Compare these {papers} papers")
}

/// Shows more rows.
pub fn more_rows(more: usize) -> String {
    format!("Show more: {more} {} not in this table yet", if more == 1 { "paper is" } else { "papers are" })
}

/// The name of a facet.
pub fn facet(facet: Facet) -> &'static str {
    match facet {
        Facet::Category => "Category",
        Facet::Access => "Access",
        Facet::Year => "Year",
        Facet::Author => "Author",
        Facet::Venue => "Venue",
        Facet::Host => "Host",
        Facet::Label => "Notes with",
        Facet::Tag => "Tag",
        Facet::Status => "Status",
    }
}

/// The name of a facet value; `label` is what the author calls it.
pub fn value(facet: Facet, value: &str, label: &str) -> String {
    match (facet, value) {
        (Facet::Access, "open") => "Open access".into(),
        (Facet::Access, "paywalled") => "Paywalled".into(),
        (Facet::Year, UNKNOWN) => "Year not known".into(),
        (Facet::Year, range) if range.contains("..") => range.replace("..", "–"),
        (Facet::Tag, tag) => format!("#{tag}"),
        (_, UNKNOWN) => "Not known".into(),
        _ => label.to_owned(),
    }
}

/// What the author says of a paper in a word.
pub fn told(name: &str, value: &str) -> String {
    format!("{name}: {value}")
}

/// Names a bar of the chart of years.
pub fn bar(year: &str, papers: usize) -> String {
    [year, ": ", &counted(Counted::Paper, papers)].concat()
}

/// The class and name of an alert.
pub fn alert(alert: Alert) -> (&'static str, &'static str) {
    match alert {
        Alert::Note => ("alert note", "Note"),
        Alert::Tip => ("alert tip", "Tip"),
        Alert::Important => ("alert important", "Important"),
        Alert::Warning => ("alert warning", "Warning"),
        Alert::Caution => ("alert caution", "Caution"),
    }
}

/// The state of a task.
pub fn check(done: bool) -> &'static str {
    if done { "Done" } else { "To do" }
}

/// Names a footnote.
pub fn footnote(label: &str) -> String {
    format!("Footnote {label}")
}

/// The count beside a heading: `7`, or `2/7` while some are hidden; nothing where nothing counts.
pub fn count(counts: Shown) -> String {
    match (counts.shown, counts.of) {
        (_, 0) => String::new(),
        (shown, of) if shown == of => of.to_string(),
        (shown, of) => format!("{shown}/{of}"),
    }
}

/// One thing of a kind, and many.
fn nouns(kind: Counted) -> (&'static str, &'static str) {
    match kind {
        Counted::Paper => ("paper", "papers"),
        Counted::Term => ("term", "terms"),
        Counted::Goal => ("goal", "goals"),
        Counted::Link => ("link", "links"),
        Counted::Prose => ("text", "texts"),
    }
}

/// How many of something: `1 paper`, `7 papers`.
pub fn counted(kind: Counted, count: usize) -> String {
    let (one, many) = nouns(kind);
    format!("{count} {}", if count == 1 { one } else { many })
}

/// One thing of a kind.
pub fn kind(kind: Counted) -> &'static str {
    nouns(kind).0
}

/// How many of something are shown: `3 of 7 papers`.
pub fn shown(kind: Counted, counts: Shown) -> String {
    let all = counted(kind, counts.of);
    if counts.shown == counts.of { all } else { format!("{} of {all}", counts.shown) }
}

/// What dropping a filter would bring.
pub fn drop_filter(filter: &str, papers: usize) -> String {
    format!("Drop {filter} to see {}", counted(Counted::Paper, papers))
}

/// Names the button that drops a filter.
pub fn remove(filter: &str) -> String {
    format!("Remove filter {filter}")
}

/// Names an entry's link to itself.
pub fn share(title: &str) -> String {
    format!("{SHARE}: {title}")
}

/// The name of an order.
pub fn sort(sort: Sort) -> &'static str {
    match sort {
        Sort::Relevance => "Best match",
        Sort::Author => "As written",
        Sort::Year => "Newest",
        Sort::Title => "Title",
    }
}

/// Sums up what an entry has to do with others: `Builds on 1 · named 3 times · 2 related`.
pub fn related(builds_on: usize, uses: usize, near: usize) -> String {
    let times = if uses == 1 { "once".into() } else { format!("{uses} times") };
    let parts = [
        (builds_on > 0).then(|| format!("builds on {builds_on}")),
        (uses > 0).then(|| format!("named {times}")),
        (near > 0).then(|| format!("{near} related")),
    ];
    let all = parts.into_iter().flatten().collect::<Vec<_>>().join(" · ");
    let mut letters = all.chars();
    letters.next().map(|first| first.to_uppercase().chain(letters).collect()).unwrap_or_default()
}

/// What there is on a goal.
pub fn progress(noted: u32, listed: u32) -> String {
    match (noted, listed) {
        (0, 0) => "nothing yet".into(),
        (0, listed) => format!("{listed} only listed"),
        (noted, 0) => format!("{noted} noted"),
        (noted, listed) => format!("{noted} noted, {listed} only listed"),
    }
}

/// Sentences that are not shown.
pub fn more_uses(more: usize) -> String {
    format!("and {more} more: search for it to see all")
}

/// What two papers share.
pub fn shares(what: &[&str]) -> String {
    format!("({})", what.join(", "))
}

/// What is not in the list of what was found.
pub fn more(more: usize) -> String {
    format!("and {more} more below")
}

/// When the full-text search did not come.
pub fn search_failed(why: &str) -> String {
    format!("Looking through this page only: {why}")
}
