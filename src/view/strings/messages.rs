//! The English text of every message on the screen.
//!
//! A message may have placeholders (`{0}`, `{1}`), and plural forms separated by `|`: one for each plural category of its
//! language ([`super::plural_form`]). Translations are in `src/site/languages`.

use super::{Message, define_messages};

define_messages! {
    // The page
    /// Title of the concept map, and of the link to it.
    MAP = "Map of terms and papers";
    /// Link at the top of the page for keyboard users.
    SKIP_TO_CONTENT = "Skip to content";
    /// Label of the search box.
    SEARCH = "Search papers and terms";
    /// Heading of the table of contents, and the button that opens it.
    CONTENTS = "Contents";
    /// Heading of the filters, and the button that opens them.
    FILTERS = "Filters";
    /// Label of the menu with color schemes and actions.
    MENU = "Menu";
    /// Button that closes a dialog or a part of the sidebar.
    CLOSE = "Close";
    /// Tooltip of an image that opens in a dialog.
    ENLARGE = "Enlarge";
    /// Label of the dialog with an enlarged image.
    IMAGE = "Image";
    /// Link from a static page to the same place in the notebook.
    OPEN_IN_NOTEBOOK = "Open in the notebook to search and filter";
    /// Label of the links to static pages.
    PAGES = "Pages";
    /// Link to the previous static page.
    PREVIOUS_PAGE = "Previous page";
    /// Link to the next static page.
    NEXT_PAGE = "Next page";
    /// Label of the path from the notebook to a static page.
    BREADCRUMB = "Breadcrumb";
    /// Label of the color schemes.
    COLOR_SCHEME = "Theme";
    /// The color scheme of the system.
    COLOR_SCHEME_SYSTEM = "Auto";
    /// The light color scheme.
    COLOR_SCHEME_LIGHT = "Light";
    /// The dark color scheme.
    COLOR_SCHEME_DARK = "Dark";
    /// Button that opens every section.
    EXPAND_ALL = "Expand all";
    /// Button that closes every section.
    COLLAPSE_ALL = "Collapse all";
    /// Summary of the fold with a paper's notes.
    NOTES = "Notes";
    /// Tooltip of a formula that is shown as source.
    FORMULA_NOT_RENDERED = "This formula could not be rendered. Its TeX source is shown instead.";
    /// Tooltip of the link that copies the address of an entry.
    COPY_LINK = "Copy link";
    /// Confirmation that a link was copied.
    LINK_COPIED = "Link copied";
    /// Instruction if the browser does not allow a page to copy.
    COPY_LINK_MANUALLY = "Copy the link from the address bar";
    /// Label of the active filters.
    ACTIVE_FILTERS = "Active filters";
    /// Link that removes every filter and the search words.
    CLEAR_ALL = "Clear all";

    /// Link at the end of a page to the one with the editor.
    EDIT_COPY = "Edit a copy";

    // Keyboard shortcuts and search syntax
    /// Title of the dialog with keyboard shortcuts.
    SHORTCUTS = "Keyboard shortcuts";
    /// Checkbox that turns single-key shortcuts on or off.
    SHORTCUTS_ENABLED = "Enable single-key shortcuts";
    /// Effect of `/`.
    KEY_SEARCH = "Search";
    /// Effect of Ctrl K.
    KEY_PALETTE = "Open the command palette";
    /// Effect of `j` and, from the search box or an entry, of the arrow.
    KEY_NEXT = "Next entry (arrow keys after a search)";
    /// Effect of `k` and of the arrow.
    KEY_PREVIOUS = "Previous entry";
    /// Effect of Enter.
    KEY_OPEN = "Open the focused entry";
    /// Effect of Esc.
    KEY_ESCAPE = "Clear the search, then the filters; close dialogs";
    /// Effect of `?`.
    KEY_HELP = "Show this list";
    /// Heading of the search syntax.
    SYNTAX = "Search syntax";
    /// Meaning of `sparse coding`.
    SYNTAX_WORDS = "Both words, anywhere";
    /// Meaning of `"sparse coding"`.
    SYNTAX_PHRASE = "This exact phrase";
    /// Meaning of `-vision`.
    SYNTAX_NOT = "Without this word";
    /// Meaning of `title:circuits`.
    SYNTAX_TITLE = "In the title";
    /// Meaning of `author:olah`.
    SYNTAX_AUTHOR = "In the authors or byline";
    /// Meaning of `term:vae`.
    SYNTAX_TERM = "In the name of a term";
    /// Meaning of `year:2020..2022`.
    SYNTAX_YEAR = "Papers from these years";
    /// Meaning of `in:practice`.
    SYNTAX_SECTION = "In a section with this word in its heading";

    // Search and results
    /// Status while the notebook's data is being loaded.
    DATA_LOADING = "Loading search and filters…";
    /// Status while full-text search is being loaded.
    SEARCH_LOADING = "Searching this page while full-text search loads…";
    /// Text before the corrected search words.
    SHOWING_RESULTS_FOR = "Showing results for ";
    /// Text between the corrected words and a link to the words as typed.
    SEARCH_INSTEAD = ". Search instead for ";
    /// Status if no entry has every search word.
    PARTIAL_MATCHES = "No entry contains all of these words. Showing entries with most of them.";
    /// Label of the list of results.
    RESULTS = "Results";
    /// Title of the text above the first heading, which has none.
    INTRODUCTION = "Introduction";
    /// Label of the sort orders.
    SORT_BY = "Sort by";
    /// Sort order by relevance.
    SORT_RELEVANCE = "Best match";
    /// Sort order that the author chose.
    SORT_DOCUMENT = "Notebook order";
    /// Sort order by year, newest first.
    SORT_NEWEST = "Newest";
    /// Sort order by title.
    SORT_TITLE = "Title";
    /// Label and placeholder of the command palette.
    PALETTE = "Go to an entry or run a command";
    /// Kind of a palette item that is a section.
    KIND_SECTION = "section";
    /// Kind of a palette item that is a command.
    KIND_ACTION = "command";
    /// Command that copies the URL of the current view.
    COPY_VIEW_LINK = "Copy link to this view";
    /// Command for the light color scheme.
    USE_LIGHT_COLOR_SCHEME = "Light theme";
    /// Command for the dark color scheme.
    USE_DARK_COLOR_SCHEME = "Dark theme";
    /// Command for the color scheme of the system.
    USE_SYSTEM_COLOR_SCHEME = "System theme";

    // Links between entries
    /// Heading of the terms that a definition mentions.
    BUILDS_ON = "Builds on";
    /// Heading of the terms whose definition mentions this one.
    NEEDED_FOR = "Needed for";
    /// Heading of the sentences that mention an entry.
    MENTIONED_IN = "Mentioned in";
    /// Heading of related papers.
    RELATED_PAPERS = "Related papers";
    /// Reason for two papers to be related.
    SHARED_MENTION = "one mentions the other";

    // Loading and updates
    /// Button that loads again what could not be loaded.
    RETRY = "Try again";
    /// Error if the client could not be loaded or started.
    CLIENT_FAILED = "Search and filters could not be loaded. You can still read the text below.";
    /// Status if the client or the rest of the page takes long to load.
    CLIENT_DELAYED = "Part of this page is still loading.";
    /// Status if entries of a large notebook could not be loaded and are requested again.
    ENTRIES_DELAYED = "Some entries could not be loaded. Check your connection. Retrying…";
    /// Error if the page refers to files of an older version, which are gone.
    OUTDATED = "A newer version of this notebook is available.";
    /// Status if a newer version was downloaded while the page was open.
    UPDATED = "This notebook has been updated.";
    /// Button that reloads the page.
    RELOAD = "Reload";
    /// Status if nothing matches.
    NO_RESULTS = "No results.";
    /// Status if no paper matches, but other entries do.
    NO_MATCHING_PAPERS = "No papers match.";

    // Citations and export
    /// Button that shows the citation formats of an entry.
    CITE = "Cite";
    /// Button that copies a text.
    COPY = "Copy";
    /// Confirmation that a text was copied.
    TEXT_COPIED = "Copied";
    /// Instruction if the browser does not allow a page to copy a short text.
    COPY_MANUALLY = "Select the text to copy it";
    /// Error if the browser does not allow a page to copy a table.
    COPY_BLOCKED = "Your browser blocked copying";
    /// Citation format.
    PLAIN_TEXT = "Plain text";
    /// Citation of the note itself instead of the paper.
    THIS_NOTE = "This note";
    /// Citation of the note itself, as `BibTeX`.
    THIS_NOTE_BIBTEX = "This note (BibTeX)";
    /// Status while citations are being loaded.
    CITATIONS_LOADING = "Loading citations…";
    /// Error if citations could not be loaded.
    CITATIONS_FAILED = "Citations could not be loaded. Check your connection and try again.";
    /// Heading of the export formats.
    EXPORT_AS = "Export as";
    /// Export format.
    CSV_TABLE = "CSV table";
    /// Export format.
    MARKDOWN_LIST = "Markdown list";
    /// Remark in a citation that lacks fields.
    MISSING_FIELDS = "[missing: {0}]";
    /// Name of a field in that remark.
    FIELD_AUTHOR = "author";
    /// Name of a field in that remark.
    FIELD_TITLE = "title";
    /// Name of a field in that remark.
    FIELD_YEAR = "year";
    /// Name of a field in that remark.
    FIELD_DATE = "date";
    /// Name of a field in that remark.
    FIELD_JOURNAL = "journal";
    /// Name of a field in that remark.
    FIELD_PROCEEDINGS = "proceedings";
    /// Name of a field in that remark.
    FIELD_BOOK = "book";
    /// Name of a field in that remark.
    FIELD_PUBLISHER = "publisher";
    /// Name of a field in that remark.
    FIELD_UNIVERSITY = "university";
    /// Name of a field in that remark.
    FIELD_INSTITUTION = "institution";
    /// Title of a citation of a note; `{0}` is the title of its entry.
    NOTE_TITLE = "Note on “{0}”";
    /// The same inside a sentence, with the title of the notebook.
    NOTE_IN_NOTEBOOK = "note on “{0}”, in “{1}”";
    /// Hash by which a later reader can tell if a cited note has changed.
    NOTE_HASH = "content hash {0}";
    /// Title of the citation dialog.
    CITE_TITLE = "Cite: {0}";
    /// Label of the button that copies one format.
    COPY_FORMAT = "Copy: {0}";
    /// Button that opens the export formats; `{0}` is a count of papers.
    EXPORT_PAPERS = "Export {0}";

    // Table of papers
    /// Label of the layouts.
    LAYOUT = "Layout";
    /// Layout with sections and notes.
    LAYOUT_NOTES = "Notes";
    /// Layout as a table of papers.
    LAYOUT_TABLE = "Table";
    /// Link to the concept map.
    LAYOUT_MAP = "Map";
    /// Label of the table.
    PAPER_TABLE = "Papers and their notes";
    /// Header of the first column.
    PAPER_COLUMN = "Paper";
    /// Header of the column with unlabeled notes.
    OTHER_NOTES = "Other notes";
    /// Header of the row, and on the map of the list, with entries that are mentioned.
    MENTIONS = "Mentions";
    /// Heading of the mentions that compared papers share.
    IN_COMMON = "In common";
    /// Heading of the mentions that one compared paper has alone.
    ONLY_HERE = "Only here";
    /// Label of an empty cell.
    NO_NOTES = "No notes";
    /// Label of the hidden columns.
    HIDDEN_COLUMNS = "Hidden columns";
    /// Link that selects a paper for comparison.
    COMPARE = "Compare";
    /// Link that deselects a paper.
    COMPARING = "✓ Compare";
    /// Label of that link: the text above, and a title.
    COMPARE_PAPER = "{0}: {1}";
    /// Instruction while one paper is selected.
    SELECT_ANOTHER_PAPER = "Select another paper to compare.";
    /// Link to the comparison of two or more papers.
    COMPARE_SELECTED = "Compare {0} paper|Compare {0} papers";
    /// Link from a comparison to the table.
    ALL_PAPERS_TABLE = "Show all papers";
    /// Error if no paper of a comparison exists.
    NO_SUCH_PAPERS = "None of these papers are in this notebook.";
    /// Status while the table is being loaded.
    TABLE_LOADING = "Loading the table…";
    /// Status if the table could not be loaded and is requested again.
    TABLE_DELAYED = "The table could not be loaded. Check your connection. Retrying…";
    /// Button that expands a long cell.
    SHOW_ALL = "Show all";
    /// Button that collapses a long cell.
    SHOW_LESS = "Show less";
    /// Text before the formats in which a table can be copied.
    COPY_AS = "Copy as";
    /// Link that hides a column.
    HIDE_COLUMN = "Hide {0}";
    /// Link that shows a hidden column.
    SHOW_COLUMN = "Show {0}";
    /// Button that adds rows; `{0}` is the number of papers that are not in the table yet.
    SHOW_MORE_ROWS = "Show more ({0} remaining)";

    // Facets and their values
    /// Facet.
    CATEGORY = "Category";
    /// Facet.
    ACCESS = "Access";
    /// Facet.
    YEAR = "Year";
    /// Facet.
    AUTHOR = "Author";
    /// Facet.
    VENUE = "Venue";
    /// Facet.
    HOST = "Website";
    /// Facet: labels in the notes of a paper.
    LABEL = "Notes on";
    /// Facet.
    TAG = "Tag";
    /// Facet.
    STATUS = "Status";
    /// Facet: kinds of links that a paper has.
    LINKS = "Links";
    /// Kind of a link.
    LINK_PDF = "PDF";
    /// Kind of a link.
    LINK_CODE = "Code";
    /// Kind of a link.
    LINK_VIDEO = "Video";
    /// Kind of a link.
    LINK_SLIDES = "Slides";
    /// Kind of a link.
    LINK_PROJECT = "Project page";
    /// Kind of a link.
    LINK_DATA = "Data";
    /// Kind of a link.
    LINK_BLOG = "Blog post";
    /// Facet value.
    OPEN_ACCESS = "Open access";
    /// Facet value.
    PAYWALLED = "Paywalled";
    /// Facet value.
    UNKNOWN_YEAR = "Unknown year";
    /// Facet value.
    UNKNOWN_VALUE = "Unknown";
    /// Name with its value.
    NAME_AND_VALUE = "{0}: {1}";

    // Entries
    /// Alert.
    ALERT_NOTE = "Note";
    /// Alert.
    ALERT_TIP = "Tip";
    /// Alert.
    ALERT_IMPORTANT = "Important";
    /// Alert.
    ALERT_WARNING = "Warning";
    /// Alert.
    ALERT_CAUTION = "Caution";
    /// State of a task.
    DONE = "Done";
    /// State of a task.
    TO_DO = "To do";
    /// Label of a footnote.
    FOOTNOTE = "Footnote {0}";
    /// Kind of an entry.
    KIND_PAPER = "paper";
    /// Kind of an entry.
    KIND_TERM = "term";
    /// Kind of an entry.
    KIND_GOAL = "goal";
    /// Kind of an entry.
    KIND_LINK = "link";
    /// Kind of an entry.
    KIND_PROSE = "text";
    /// Number of papers.
    PAPER_COUNT = "{0} paper|{0} papers";
    /// Number of terms.
    TERM_COUNT = "{0} term|{0} terms";
    /// Number of goals.
    GOAL_COUNT = "{0} goal|{0} goals";
    /// Number of links.
    LINK_COUNT = "{0} link|{0} links";
    /// Number of prose entries.
    TEXT_COUNT = "{0} text|{0} texts";
    /// Separator in a list.
    LIST_SEPARATOR = ", ";
    /// Number of visible entries, and a count of all.
    SHOWN_OF_TOTAL = "{0} of {1}";
    /// Link that removes a filter; `{1}` is the count of papers that this would show.
    REMOVE_FILTER_TO_SEE = "Remove {0} to see {1}";
    /// Label of the link that removes a filter.
    REMOVE_FILTER = "Remove filter {0}";
    /// Label of the link that copies the address of an entry; `{0}` is its title.
    COPY_LINK_TO = "Copy link to {0}";
    /// Number of terms that a definition mentions.
    SUMMARY_BUILDS_ON = "builds on {0} term|builds on {0} terms";
    /// Number of mentions of an entry.
    SUMMARY_MENTIONS = "mentioned once|mentioned {0} times";
    /// Number of related papers.
    SUMMARY_RELATED = "{0} related paper|{0} related papers";
    /// Progress of a goal: number of papers without notes.
    PROGRESS_LISTED = "{0} without notes";
    /// Progress of a goal: number of papers with notes and of defined terms.
    PROGRESS_COVERED = "{0} with notes";
    /// Progress of a goal: both numbers.
    PROGRESS_COVERED_AND_LISTED = "{0} with notes, {1} without";
    /// Number of sentences beyond those shown.
    MORE_MENTIONS = "and {0} more. Search for the name to see all.";
    /// Names that two related papers share.
    SHARED_FEATURES = "({0})";
    /// Number of results beyond those in the list.
    MORE_RESULTS = "{0} more below";

    // Errors
    /// Status if full-text search could not be loaded; `{0}` is the reason.
    SEARCH_FAILED = "Searching this page only. {0}";
    /// Reason: the page does not name the search files.
    SEARCH_MISSING = "This page has no full-text search.";
    /// Reason: the search program could not be loaded or started.
    SEARCH_NOT_LOADED = "Full-text search could not be loaded. Check your connection.";
    /// Reason: the search index could not be loaded.
    SEARCH_INDEX_NOT_LOADED = "The search index could not be loaded.";
    /// Reason: the search index could not be read.
    SEARCH_INDEX_DAMAGED = "The search index is damaged.";
    /// Reason: the server answered with an HTTP status.
    DATA_HTTP_STATUS = "The server could not send the notebook's data ({0}).";
    /// Reason: the page does not name the data file.
    DATA_MISSING = "The notebook's data is missing from this page.";
    /// Reason: the request failed.
    DATA_UNREACHABLE = "The notebook's data could not be loaded. Check your connection.";
    /// Reason: the response is not a data file.
    DATA_UNRECOGNIZED = "The server sent something other than the notebook's data.";
    /// Reason: the response ended early.
    DATA_TRUNCATED = "The notebook's data could not be loaded completely.";
    /// Reason: the data file does not match its checksum.
    DATA_CORRUPT = "The notebook's data is damaged.";
    /// Error if the notebook's data could not be loaded; `{0}` is the reason.
    DATA_FAILED = "{0} You can still read the text below, but search and filters are unavailable.";

    // Concept map
    /// Link at the top of the map for keyboard users.
    SKIP_TO_LIST = "Skip to the list";
    /// Label of the zoom buttons.
    ZOOM = "Zoom";
    /// Zoom button.
    ZOOM_OUT = "Zoom out";
    /// Zoom button.
    ZOOM_IN = "Zoom in";
    /// Zoom button.
    FIT = "Fit";
    /// Label of the button above.
    FIT_MAP = "Fit the whole map";
    /// Keyboard shortcuts of the map.
    MAP_SHORTCUTS = "On the map: arrow keys move; n and p go through connected entries; Space selects one of them; Enter opens it; Escape clears the selection; + and − zoom.";
    /// Label of the details of the selected node.
    MAP_DETAILS = "Details of the selection";
    /// Text of the details while nothing is selected.
    MAP_HINT = "Select a term or paper to see its connections.";
    /// Text of the details of a node without edges.
    MAP_NO_CONNECTIONS = "No connections.";
    /// Heading of the map as a list.
    MAP_AS_LIST = "The map as a list";
    /// Heading of the list of terms.
    TERMS_IN_ORDER = "Terms in learning order";
    /// Text of an empty list of terms.
    NO_TERMS = "This notebook has no terms yet.";
    /// Heading of the list of papers.
    PAPERS_BY_YEAR = "Papers by category and year";
    /// Text of an empty list of papers.
    NO_PAPERS = "This notebook has no papers yet.";
    /// Name of the row with papers of unknown year.
    NO_YEAR = "no year";
    /// Link from a category on the map to its papers.
    OPEN_PAPERS = "Open these papers in the notebook";
    /// Introduction of the map: counts of terms and papers, and how to read it.
    MAP_DESCRIPTION = "{0}, {1}. Terms are in learning order, papers by category and year. Select one to see its connections.";
    /// Heading of terms that can be learned at the same time.
    STEP = "Step {0}";
    /// Description of a term on the map.
    TERM_AT_STEP = "term, step {0}";
    /// Description of a paper on the map: its category and year.
    PAPER_IN = "paper, {0}";
    /// Count of papers that mention a term.
    MENTIONED_IN_COUNT = "Mentioned in {0}";
    /// Number of names beyond those in a list.
    AND_MORE = " and {0} more";
    /// Number of terms beyond those in the list.
    MORE_TERMS = "{0} more term in the notebook|{0} more terms in the notebook";

    // Print
    /// Heading of the list of references at the end of a printed page.
    REFERENCES = "References";
}
