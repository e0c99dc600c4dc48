//! A line about a paper: which of its words are the title, which links belong to it, and which other facts.
//!
//! The title is, in this order: the text of a link that is no label; text in quotation marks; bold text; italic text that is
//! no list of names; the text before the first label. What stands before and behind it stays as written.
//!
//! 1. `line` is the type; `split` takes a line apart: `lead` skips what precedes the title, and `title` finds it;
//! 2. `links`, `fact_lines` and `facts` collect the rest;
//! 3. `details`, `detail_lines` and `note_links` recognize lists and lines below a title that belong to it;
//! 4. `evidence` tells whether it is a paper at all, and `entry` makes one of all that.

mod detail_lines;
mod details;
mod entry;
mod evidence;
mod fact_lines;
mod facts;
mod lead;
mod line;
mod links;
mod note_links;
mod split;
mod title;

pub(super) use self::detail_lines::{Details, details_of, is_list_with_label_of_paper};
pub(super) use self::details::{
    MAX_DETAILS, are_labels_of_paper, is_address_of_paper, is_detail_list, is_navigation,
};
pub(super) use self::entry::{add_details, says_it_is_a_paper, source_of};
pub(super) use self::fact_lines::lines_of;
pub(super) use self::line::{Evidence, PaperLine};
pub(super) use self::links::{has_link, has_named_paper_link, has_paper_link};
pub(super) use self::split::{split_joined, split_line, split_reference};
