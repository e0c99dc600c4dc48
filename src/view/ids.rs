//! Ids of the page's own elements.
//!
//! They begin with `_`, which no anchor of an entry has, since slugs have none. Styles and scripts use them too.

/// The root of what the client hydrates.
pub const ROOT: &str = "_notebook";
/// The main content column.
pub const MAIN: &str = "_main";
/// The content of the notebook: all of it, or the visible rows of the virtual list.
pub const CONTENT: &str = "_content";
/// The table of papers.
pub const TABLE: &str = "_table";
/// The search box.
pub const SEARCH: &str = "_search";
/// The table of contents; a popover on narrow screens.
pub const SIDEBAR: &str = "_sidebar";
/// The filters; a popover on narrow screens.
pub const FILTERS: &str = "_filters";
/// The menu of sort orders.
pub const SORT: &str = "_sort";
/// The menu of actions.
pub const MENU: &str = "_menu";
/// Name of the radio buttons of color schemes.
pub const COLOR_SCHEME: &str = "_theme";
/// The dialog with keyboard shortcuts.
pub const SHORTCUTS: &str = "_shortcuts";
/// The checkbox that enables single-key shortcuts.
pub const SHORTCUTS_ENABLED: &str = "_shortcuts-enabled";
/// The command palette.
pub const PALETTE: &str = "_palette";
/// The text box of the palette.
pub const PALETTE_INPUT: &str = "_palette-box";
/// The items of the palette.
pub const PALETTE_LIST: &str = "_palette-list";
/// The citation dialog.
pub const CITATION: &str = "_citation";
/// The menu of export formats.
pub const EXPORT: &str = "_export";
/// The preview of a link to an entry.
pub const PREVIEW: &str = "_preview";
/// The dialog with an enlarged image.
pub const IMAGE: &str = "_image";
/// The live region for the results of actions.
pub const ANNOUNCEMENT: &str = "_announcement";
/// The live region for updates of the site.
pub const UPDATED: &str = "_updated";
/// The state of the notebook's data.
pub const STATUS: &str = "_status";
/// The drawing of the concept map.
pub const MAP: &str = "_map";
/// The concept map as a list.
pub const MAP_LIST: &str = "_map-list";
/// The details of the selected node of the map.
pub const MAP_DETAILS: &str = "_map-details";
/// The keyboard shortcuts of the map.
pub const MAP_SHORTCUTS: &str = "_map-shortcuts";
/// The beginning of the anchors of footnotes.
pub const FOOTNOTE: &str = "_note-";
