//! Commands of the page that are neither a query (`?…`) nor an anchor (`#…`).

/// Defines [`Action`] with the name of each action.
macro_rules! define_actions {
    ($($(#[$doc:meta])* $action:ident = $name:literal,)*) => {
        /// A command that a button of the page runs. The client listens for it at the root of the page.
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        pub enum Action { $($(#[$doc])* $action,)* }

        impl Action {
            /// The attribute that holds an action's name.
            pub const ATTRIBUTE: &str = "data-action";

            /// Returns the value of [`Self::ATTRIBUTE`].
            pub fn name(self) -> &'static str {
                match self { $(Self::$action => $name,)* }
            }

            /// Returns the action that has a name.
            pub fn from_name(name: &str) -> Option<Self> {
                match name { $($name => Some(Self::$action),)* _ => None }
            }
        }
    };
}

define_actions! {
    /// Opens every section.
    ExpandAll = "expand",
    /// Closes every section.
    CollapseAll = "collapse",
    /// Copies the link to an entry.
    CopyLink = "share",
    /// Shows the list of keyboard shortcuts.
    ShowShortcuts = "keys",
    /// Fetches the notebook's data again.
    RetryData = "retry",
    /// Reloads the page.
    Reload = "reload",
    /// Loads full-text search again.
    RetrySearch = "search",
    /// Shows the citation formats of an entry.
    ShowCitation = "cite",
    /// Copies the text next to the button.
    CopyText = "text",
    /// Exports the papers shown, in the format that the button's value names.
    Export = "export",
    /// Shows papers as notes.
    ShowNotes = "notes",
    /// Shows papers in a table.
    ShowTable = "table",
    /// Copies the table in the format that the button's value names.
    CopyTable = "copy-table",
    /// Shows more rows of the table.
    ShowMoreRows = "more",
    /// Expands or collapses a table cell.
    ToggleCell = "unfold",
    /// Copies the URL of the current view.
    CopyUrl = "copy",
    /// Follows the system's color scheme.
    SystemColorScheme = "system",
    /// Uses the light color scheme.
    LightColorScheme = "light",
    /// Uses the dark color scheme.
    DarkColorScheme = "dark",
}
