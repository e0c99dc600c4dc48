//! The components of the page, compiled for the site generator and for the client.
//!
//! A view is a function from data or signals to HTML. It has no event handlers and uses no browser API: everything that a
//! reader can do is a link to a query (`?year=2020`), a link to an anchor (`#sparse-coding`), or a button with the name of an
//! [`Action`]. The client handles all three with a few listeners at the root of the page, so their number does not grow with
//! the notebook, and the links work on the prerendered page as well.
//!
//! Queries are answered in core: views get an answer, with its counts and the order of entries, and arrange it. Two of them
//! choose what to show themselves: [`Palette`] ranks names, and the chart of years groups years into bars.

mod action;
mod citation;
pub mod concept_map;
mod controls;
mod element;
mod entry;
mod filters;
mod head;
pub mod ids;
mod link_preview;
mod list_row;
mod math;
mod menu;
mod page;
mod page_inputs;
mod palette;
mod paper_table;
mod print_parts;
mod related;
mod results;
mod search_state;
mod section;
mod shortcuts;
mod sidebar;
mod static_page;
mod status;
pub mod strings;
mod text;
mod toolbar;
mod year_chart;

pub use action::Action;
pub use citation::{CitationState, citation_dialog, citation_overlays};
pub use entry::{LinksOf, NotesFold, fold_contents};
pub use head::{PageMetadata, head_elements};
pub use link_preview::{entry_preview, footnote_preview};
pub use list_row::{ListRow, list_rows, placeholder_row};
pub use page::{PageContent, PageState, client_page, corpus_content, prerendered_page};
pub use page_inputs::PageInputs;
pub use palette::{Palette, PaletteTarget};
pub use paper_table::{compare_hint, hidden_columns, table_content};
pub use print_parts::{imprint, reference_list};
pub use search_state::{SearchFn, SearchState};
pub use static_page::{StaticPage, static_page};
pub use status::{LoadState, live_regions, loading_status};
