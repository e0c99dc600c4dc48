//! Every word that the page says by itself, in English.
//!
//! A word may have places for values (`{0}`, `{1}`), and forms for numbers with `|` between them: as many as its language
//! has ([`super::plural`]). What other languages say stands in `src/desk/languages`.

use super::{Word, words};

words! {
    /// Names the map.
    MAP = "Map of terms and papers";
    /// Skips the header for those who come by keyboard.
    SKIP = "Skip to the notebook";
    /// Names the box for words.
    SEARCH = "Search papers and terms";
    /// Names the side.
    SIDE = "Contents and filters";
    /// Heads the list of sections.
    CONTENTS = "Contents";
    /// Heads the filters.
    FILTERS = "Filter papers";
    /// Closes the side on narrow screens.
    CLOSE = "Close";
    /// Shows a picture by itself.
    ENLARGE = "Enlarge";
    /// Names a picture that is shown by itself.
    PICTURE = "Picture";
    /// Leads from a page of a part to the notebook.
    IN_NOTEBOOK = "Open in the notebook: search, filters, links to entries";
    /// Names the pages of a notebook's parts.
    PAGES = "Pages";
    /// Leads to the page before.
    PAGE_BEFORE = "Page before";
    /// Leads to the page after.
    PAGE_AFTER = "Page after";
    /// Names the headings above a page.
    PATH = "Where this is";
    /// Names the choice of colours.
    THEME = "Theme";
    /// Takes the colours of the system.
    SYSTEM = "Auto";
    /// Takes light colours.
    LIGHT = "Light";
    /// Takes dark colours.
    DARK = "Dark";
    /// Opens every fold.
    EXPAND = "Expand all";
    /// Closes every fold.
    COLLAPSE = "Collapse all";
    /// Heads a paper's notes.
    NOTES = "Notes";
    /// Says why the source of a formula is shown.
    UNSET = "This formula could not be set: this is its TeX source.";
    /// Copies a link.
    SHARE = "Copy link";
    /// After a link was copied.
    COPIED = "Link copied";
    /// When the browser does not let a page copy.
    COPY_BY_HAND = "Copy the address of this page";
    /// Names the active filters.
    ACTIVE = "Active filters";
    /// Drops every filter.
    CLEAR_ALL = "Clear all";
    /// Shows the list of keys.
    KEYS = "Keyboard shortcuts";
    /// Switches the keys off.
    KEYS_ON = "Use single-key shortcuts";
    /// What a key does.
    KEY_SEARCH = "Search";
    /// What a key does.
    KEY_PALETTE = "Go to or do anything";
    /// What a key does.
    KEY_NEXT = "Next entry (the arrow after a search)";
    /// What a key does.
    KEY_BEFORE = "Entry before";
    /// What a key does.
    KEY_OPEN = "Open the entry that has the focus";
    /// What a key does.
    KEY_ESCAPE = "Clear the search, then the filters; close what is open";
    /// What a key does.
    KEY_HELP = "This list";
    /// Heads the list of what can be typed.
    SYNTAX = "In the search box";
    /// What is asked for so.
    SYNTAX_WORDS = "Both words, anywhere";
    /// What is asked for so.
    SYNTAX_PHRASE = "These words in a row";
    /// What is asked for so.
    SYNTAX_NOT = "Without this word";
    /// What is asked for so.
    SYNTAX_TITLE = "In the title";
    /// What is asked for so.
    SYNTAX_AUTHOR = "Among the authors, or behind the title";
    /// What is asked for so.
    SYNTAX_TERM = "In the name of a term";
    /// What is asked for so.
    SYNTAX_YEAR = "Papers of these years";
    /// What is asked for so.
    SYNTAX_IN = "Under a heading with this word";
    /// While the notebook's data is on its way.
    WAITING = "Search and filters are on their way …";
    /// While the full-text search is on its way.
    SEARCH_WAITS = "Looking through this page; the full search is on its way …";
    /// Before the words that were looked for instead of those typed.
    SHOWING = "Showing ";
    /// Between those and the words exactly as they were typed.
    SEARCH_INSTEAD = ". Search instead for ";
    /// Where no entry has every word.
    MOST_WORDS = "Nothing has all of these words; this has most of them.";
    /// Names the list of what was found.
    RESULTS = "Found";
    /// Names the text above the first heading.
    INTRO = "Introduction";
    /// Names the choice of orders.
    ORDER = "Order";
    /// An order.
    RELEVANCE = "Best match";
    /// An order.
    AS_WRITTEN = "As written";
    /// An order.
    NEWEST = "Newest";
    /// An order.
    BY_TITLE = "Title";
    /// Names the palette.
    PALETTE = "Go to or do …";
    /// Names a line of the palette that is a heading.
    SECTION = "section";
    /// Names a line of the palette that does something.
    ACTION = "action";
    /// Copies the address of what is shown.
    COPY_VIEW = "Copy the link of this view";
    /// Takes light colours.
    LIGHT_THEME = "Light theme";
    /// Takes dark colours.
    DARK_THEME = "Dark theme";
    /// Takes the colours of the system.
    SYSTEM_THEME = "Theme of the system";
    /// Heads the terms that a definition uses.
    BUILDS_ON = "Builds on";
    /// Heads the terms whose definition uses this one.
    NEEDED_FOR = "Needed for";
    /// Heads the sentences that name an entry.
    USED_IN = "Named in";
    /// Heads papers that share something.
    NEAR = "Related papers";
    /// One of two papers names the other.
    MENTIONS = "one names the other";
    /// Asks again.
    RETRY = "Try again";
    /// Where the page's program did not come, or does not run.
    NO_PROGRAM = "Search and filters did not come. The text below can be read.";
    /// Where the page's program, or the rest of the page, neither comes nor fails.
    LATE = "Part of this page is still on its way.";
    /// Where entries of a large notebook do not come.
    ENTRIES_LATE = "Some entries did not come yet. Are you offline? They are asked for again.";
    /// Where the page is of an older notebook than what it fetches.
    OUTDATED = "The notebook was published anew since this page was opened.";
    /// Where a newer build has come while the page was open.
    UPDATED = "The notebook was updated.";
    /// Gets the page again.
    RELOAD = "Reload";
    /// When nothing at all matches.
    NOTHING = "Nothing matches.";
    /// When no paper matches and other things do.
    NO_PAPER = "No paper matches.";
    /// Shows how to cite a paper.
    CITE = "Cite";
    /// Copies a text.
    COPY = "Copy";
    /// After a text was copied.
    TEXT_COPIED = "Copied";
    /// When the browser does not let a page copy a text.
    SELECT_BY_HAND = "Select the text and copy it";
    /// When the browser does not let a page copy what is long.
    COPY_NOT_ALLOWED = "This browser does not let the page copy";
    /// Names a reference in plain words.
    PLAIN = "Plain text";
    /// Names a reference to what the notebook says.
    THIS_NOTE = "This note";
    /// Names that reference as `BibTeX`.
    THIS_NOTE_BIBTEX = "This note, BibTeX";
    /// While references are on their way.
    REFERENCES_WAIT = "The references are on their way …";
    /// When references did not come.
    REFERENCES_FAILED = "The references did not come. Are you offline?";
    /// Heads the choice of forms to save what is shown in.
    EXPORT = "Save as";
    /// A form that what is shown can be saved in.
    CSV_TABLE = "CSV table";
    /// A form that what is shown can be saved in.
    MARKDOWN_LIST = "Markdown list";
    /// What a reference lacks.
    MISSING = "[missing: {0}]";
    /// Heads the forms of a reference.
    CITE_PAPER = "Cite: {0}";
    /// Names the button that copies a form of a reference.
    COPY_FORM = "Copy: {0}";
    /// Names the button that saves what is shown.
    EXPORT_PAPERS = "Export {0}";
    /// Names the choice of layouts.
    LAYOUT = "Layout";
    /// The layout that the author wrote.
    AS_NOTES = "Notes";
    /// Papers by the labels of their notes.
    AS_TABLE = "Table";
    /// The map, which is a page of its own.
    AS_MAP = "Map";
    /// Names the table.
    TABLE = "Papers by what their notes say";
    /// Heads the column of papers.
    PAPER = "Paper";
    /// Heads what stands under no label.
    REST = "Other notes";
    /// Heads what notes name.
    NAMES = "Names";
    /// Heads what others name too.
    IN_COMMON = "In common";
    /// Heads what no other names.
    ONLY_HERE = "Only here";
    /// Where nothing is noted.
    NOT_NOTED = "Nothing noted";
    /// Names the columns that are not shown.
    HIDDEN = "Hidden columns";
    /// Takes a paper into the comparison.
    PICK = "Compare";
    /// Of a paper that is to be compared.
    PICKED = "✓ Compare";
    /// Names the link that takes a paper into the comparison.
    PICK_PAPER = "{0}: {1}";
    /// Where one paper is to be compared.
    PICK_ANOTHER = "Choose another paper to compare with.";
    /// Leads to papers side by side.
    COMPARE = "Compare these {0} papers";
    /// Leads from a comparison to the table.
    ALL_PAPERS = "All papers in a table";
    /// Where no paper that is to be compared is there.
    NONE_OF_THESE = "This notebook has none of these papers.";
    /// While a table is on its way.
    TABLE_WAITS = "The table is on its way …";
    /// Where a table does not come.
    TABLE_LATE = "The table did not come yet. Are you offline? It is asked for again.";
    /// Shows all of a long cell.
    SHOW_ALL = "Show all";
    /// Shows less of it again.
    SHOW_LESS = "Show less";
    /// Before the forms a table can be copied in.
    COPY_AS = "Copy as";
    /// Hides a column.
    HIDE_COLUMN = "Hide {0}";
    /// Shows a column again.
    SHOW_COLUMN = "Show {0}";
    /// Shows more rows.
    MORE_ROWS = "Show more: {0} paper is not in this table yet|Show more: {0} papers are not in this table yet";
    /// A facet.
    CATEGORY = "Category";
    /// A facet.
    ACCESS = "Access";
    /// A facet.
    YEAR = "Year";
    /// A facet.
    AUTHOR = "Author";
    /// A facet.
    VENUE = "Venue";
    /// A facet.
    HOST = "Host";
    /// A facet.
    LABEL = "Notes with";
    /// A facet.
    TAG = "Tag";
    /// A facet.
    STATUS = "Status";
    /// A value of a facet.
    OPEN = "Open access";
    /// A value of a facet.
    PAYWALLED = "Paywalled";
    /// A value of a facet.
    NO_YEAR_KNOWN = "Year not known";
    /// A value of a facet.
    NOT_KNOWN = "Not known";
    /// A name with its value.
    TOLD = "{0}: {1}";
    /// An alert.
    ALERT_NOTE = "Note";
    /// An alert.
    ALERT_TIP = "Tip";
    /// An alert.
    ALERT_IMPORTANT = "Important";
    /// An alert.
    ALERT_WARNING = "Warning";
    /// An alert.
    ALERT_CAUTION = "Caution";
    /// The state of a task.
    DONE = "Done";
    /// The state of a task.
    TO_DO = "To do";
    /// Names a footnote.
    FOOTNOTE = "Footnote {0}";
    /// One thing of a kind.
    KIND_PAPER = "paper";
    /// One thing of a kind.
    KIND_TERM = "term";
    /// One thing of a kind.
    KIND_GOAL = "goal";
    /// One thing of a kind.
    KIND_LINK = "link";
    /// One thing of a kind.
    KIND_PROSE = "text";
    /// How many of a kind.
    PAPERS = "{0} paper|{0} papers";
    /// How many of a kind.
    TERMS = "{0} term|{0} terms";
    /// How many of a kind.
    GOALS = "{0} goal|{0} goals";
    /// How many of a kind.
    LINKS = "{0} link|{0} links";
    /// How many of a kind.
    TEXTS = "{0} text|{0} texts";
    /// Stands between things of a list.
    BETWEEN = ", ";
    /// How many of all are shown.
    SHOWN_OF = "{0} of {1}";
    /// What dropping a filter would bring.
    DROP_FILTER = "Drop {0} to see {1}";
    /// Names the button that drops a filter.
    REMOVE_FILTER = "Remove filter {0}";
    /// Names an entry's link to itself.
    SHARE_ENTRY = "Copy link: {0}";
    /// How many terms a definition uses.
    SUM_BUILDS_ON = "builds on {0}";
    /// How often an entry is named.
    SUM_NAMED = "named once|named {0} times";
    /// How many papers are related.
    SUM_NEAR = "{0} related";
    /// What there is on a goal.
    NOTHING_YET = "nothing yet";
    /// What there is on a goal.
    ONLY_LISTED = "{0} only listed";
    /// What there is on a goal.
    NOTED = "{0} noted";
    /// What there is on a goal.
    NOTED_AND_LISTED = "{0} noted, {1} only listed";
    /// Sentences that are not shown.
    MORE_USES = "and {0} more: search for it to see all";
    /// What two papers share.
    SHARES = "({0})";
    /// What is not in the list of what was found.
    MORE = "and {0} more below";
    /// When the full-text search did not come.
    SEARCH_FAILED = "Looking through this page only: {0}";
    /// Why there is no full-text search.
    SEARCH_NOWHERE = "this page came without its full search.";
    /// Why there is no full-text search.
    SEARCH_NO_PROGRAM = "the full search did not come. Are you offline?";
    /// Why there is no full-text search.
    SEARCH_NO_INDEX = "the search index did not come.";
    /// Why there is no full-text search.
    SEARCH_DAMAGED = "the search index is no good. {0}";
    /// Why there is no data.
    DATA_STATUS = "The server could not send the notebook's data ({0}).";
    /// Why there is no data.
    DATA_NOWHERE = "This page came without the notebook's data.";
    /// Why there is no data.
    DATA_UNREACHABLE = "The notebook's data did not come: the connection failed or broke off. Are you offline?";
    /// Why there is no data.
    DATA_FOREIGN = "The server sent something else than the notebook's data.";
    /// Why there is no data.
    DATA_TRUNCATED = "The notebook's data broke off on its way.";
    /// Why there is no data.
    DATA_CORRUPT = "The notebook's data is damaged.";
    /// Behind why there is no data.
    TEXT_CAN_BE_READ = "{0} The text below can be read; search and filters need it.";
    /// Skips the picture of the map.
    TO_LIST = "Skip to the list";
    /// Names the sizes of the map.
    ZOOM = "Size of the picture";
    /// A size of the map.
    SMALLER = "Smaller";
    /// A size of the map.
    LARGER = "Larger";
    /// A size of the map.
    FIT = "Fit";
    /// A size of the map.
    FIT_ALL = "Fit all of it";
    /// The keys of the map.
    MAP_KEYS = "In the picture: arrow keys to walk, n and p through what belongs together, Space to go on from there, Enter to read, Escape to let go; + and − for its size.";
    /// Names what is told of a node.
    LOOKED_AT = "What is looked at";
    /// Before anything on the map is looked at.
    TOLD_NOTHING = "Point at something in the picture: here stands what it has to do with others.";
    /// Where a node has nothing to do with others.
    ALONE = "It names nothing here, and nothing here names it.";
    /// Heads the list of what is on the map.
    AS_LIST = "The same as a list";
    /// Heads the terms of the map.
    TERMS_IN_ORDER = "Terms in the order in which they can be learned";
    /// Where a notebook has no terms.
    NO_TERMS = "This notebook has no terms yet.";
    /// Heads the papers of the map.
    PAPERS_BY_YEAR = "Papers by category and year";
    /// Where a notebook has no papers.
    NO_PAPERS = "This notebook has no papers yet.";
    /// Names the time of papers of no known year.
    NO_YEAR = "no year";
    /// Leads from a category on the map to its papers.
    IN_THE_NOTEBOOK = "Open these papers in the notebook";
    /// Says what is on the map.
    MAP_SAYS = "{0}, {1}. Terms stand in the order in which they can be learned, papers by category and year; what is looked at shows what it has to do with the rest.";
    /// Heads terms that can be learned at the same time.
    STEP = "Step {0}";
    /// What a term on the map is.
    TERM_OF = "term, step {0}";
    /// What a paper on the map is.
    PAPER_OF = "paper, {0}";
    /// How many papers name a term.
    NAMED_IN = "Named in {0}";
    /// What is not named behind a few.
    AND_MORE = " and {0} more";
    /// Terms that are not on the map.
    MORE_TERMS = "{0} more are in the notebook";
}
