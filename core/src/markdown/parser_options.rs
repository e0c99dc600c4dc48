//! The extensions of Markdown that are read.

use pulldown_cmark::Options;

/// Everything people write, but for what changes their words (smart punctuation), and heading
/// attributes: pulldown-cmark 0.13 panics on some headings inside list items when it reads those.
pub(super) fn options() -> Options {
    Options::ENABLE_TABLES
        | Options::ENABLE_FOOTNOTES
        | Options::ENABLE_STRIKETHROUGH
        | Options::ENABLE_TASKLISTS
        | Options::ENABLE_MATH
        | Options::ENABLE_GFM
        | Options::ENABLE_DEFINITION_LIST
}
