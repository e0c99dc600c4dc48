//! The page as small functions of signals, the same at both ends.
//!
//! Nothing here knows a browser or a file. Views hold no event handlers: what a click does is said
//! by plain links (`?year=2020`, `#sparse-coding`) and by [`Action`] names, which `reader` listens
//! for at the root. So a notebook of any size has the same few listeners, and the static page says
//! the same things.

mod action;
mod cite;
mod element;
mod entry;
mod filters;
mod head;
mod help;
mod lines;
pub mod map;
mod math;
mod matrix;
mod page;
mod palette;
mod related;
mod results;
mod search;
mod section;
mod sheet;
mod status;
pub mod strings;
mod text;
mod years;

use notebook_core::notebook::{Id, Related};

pub use action::Action;
pub use cite::{Cite, beside, cite};
pub use entry::{Notes, alone, folded};
pub use head::{Card, head};
pub use lines::{line, waiting};
pub use page::{Asked, Page, before, large, page};
pub use palette::{Palette, Target};
pub use search::{Find, Search};
pub use sheet::{Sheet, sheet};
pub use status::{Loading, status};

/// Tells what an entry has to do with others.
pub type Relate<'a> = &'a dyn Fn(&Id) -> Related;

/// Ids of the page's own elements. No entry can have one: slugs hold no `_`.
pub mod ids {
    /// The box for words.
    pub const SEARCH: &str = "_search";
    /// Contents and filters; a popover on narrow screens.
    pub const SIDE: &str = "_side";
    /// The list of keys.
    pub const KEYS: &str = "_keys";
    /// Switches single keys on and off.
    pub const KEYS_ON: &str = "_keys-on";
    /// The name of the choices of colours.
    pub const THEME: &str = "_theme";
    /// The notebook's content: all of it, or the lines of a large one that are in sight.
    pub const CONTENT: &str = "_content";
    /// The palette.
    pub const PALETTE: &str = "_palette";
    /// Where one types in it.
    pub const PALETTE_BOX: &str = "_palette-box";
    /// What it offers.
    pub const PALETTE_LIST: &str = "_palette-list";
    /// Papers in a table.
    pub const TABLE: &str = "_table";
    /// How to cite an entry.
    pub const CITE: &str = "_cite";
    /// The forms that what is shown can be saved in.
    pub const EXPORT: &str = "_export";
    /// What a link inside the notebook leads to, beside the link.
    pub const PREVIEW: &str = "_preview";
    /// Shows a picture by itself.
    pub const PICTURE: &str = "_picture";
    /// The picture of the map.
    pub const MAP: &str = "_map";
    /// The map without its picture.
    pub const LIST: &str = "_list";
    /// What a node of the map is, in words.
    pub const TOLD: &str = "_told";
    /// The keys of the map.
    pub const MAP_KEYS: &str = "_map-keys";
    /// Where the page says what came of an action.
    pub const SAID: &str = "_said";
    /// The notebook itself.
    pub const MAIN: &str = "_main";
    /// The element that all of this stands in.
    pub const ROOT: &str = "_notebook";
    /// Where a large notebook says that entries are late.
    pub const LATE: &str = "_late";
    /// The element for loading and failure.
    pub const STATUS: &str = "_status";
}
