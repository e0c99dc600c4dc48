//! What a button does.

/// What the page can be told to do beside asking (`?...`) and going somewhere (`#...`).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Action {
    /// Open every fold.
    Expand,
    /// Close every fold.
    Collapse,
    /// Copy the link of the entry.
    Share,
    /// Show the list of keys.
    Keys,
    /// Fetch the notebook again.
    Retry,
    /// Get the page itself again.
    Reload,
    /// Fetch the full-text search again.
    Search,
    /// Show how to cite the entry.
    Cite,
    /// Copy the text beside the button.
    CopyText,
    /// Lay papers out as the author wrote them.
    Notes,
    /// Lay papers out in a table.
    Matrix,
    /// Copy the table in the form that the button's value names.
    CopyTable,
    /// Show more rows of the table.
    MoreRows,
    /// Show all of what stands above the button, or less of it again.
    Unfold,
    /// Save the papers that are shown in the form that the button's value names.
    Export,
    /// Copy the address of what is shown.
    CopyAddress,
    /// Take the system's colours.
    System,
    /// Take light colours.
    Light,
    /// Take dark colours.
    Dark,
}

impl Action {
    /// The attribute that names an action.
    pub const ATTRIBUTE: &str = "data-act";

    const ALL: [Self; 19] = [
        Self::Expand,
        Self::Collapse,
        Self::Share,
        Self::Keys,
        Self::Retry,
        Self::Reload,
        Self::Search,
        Self::Cite,
        Self::CopyText,
        Self::Export,
        Self::Notes,
        Self::Matrix,
        Self::CopyTable,
        Self::MoreRows,
        Self::Unfold,
        Self::CopyAddress,
        Self::System,
        Self::Light,
        Self::Dark,
    ];

    /// The name in the page.
    pub fn name(self) -> &'static str {
        match self {
            Self::Expand => "expand",
            Self::Collapse => "collapse",
            Self::Share => "share",
            Self::Keys => "keys",
            Self::Retry => "retry",
            Self::Reload => "reload",
            Self::Search => "search",
            Self::Cite => "cite",
            Self::CopyText => "text",
            Self::Export => "export",
            Self::Notes => "notes",
            Self::Matrix => "matrix",
            Self::CopyTable => "table",
            Self::MoreRows => "more",
            Self::Unfold => "unfold",
            Self::CopyAddress => "copy",
            Self::System => "system",
            Self::Light => "light",
            Self::Dark => "dark",
        }
    }

    /// The action of a name.
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|action| action.name() == name)
    }
}
