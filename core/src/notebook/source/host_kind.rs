//! The kind of page behind an address, and what the ending of the address tells of it.

use serde::Serialize;

/// The kind of page or file that an address leads to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "lowercase")]
pub enum HostKind {
    /// The paper: its page at a publisher, a preprint server or an index, or its text there.
    Paper,
    /// A PDF at some other place.
    Pdf,
    /// Source code, or a trained model.
    Code,
    /// A recorded talk or lecture.
    Video,
    /// Slides or a poster.
    Slides,
    /// A data set.
    Data,
    /// A page about the work.
    Project,
    /// An article in a blog.
    Blog,
}

/// Kinds of files, by the ending of an address.
const ENDINGS: [(&str, HostKind); 11] = [
    (".pdf", HostKind::Pdf),
    (".ps", HostKind::Pdf),
    (".ps.gz", HostKind::Pdf),
    (".ppt", HostKind::Slides),
    (".pptx", HostKind::Slides),
    (".odp", HostKind::Slides),
    (".key", HostKind::Slides),
    (".mp4", HostKind::Video),
    (".webm", HostKind::Video),
    (".mov", HostKind::Video),
    (".ipynb", HostKind::Code),
];

impl HostKind {
    /// Returns true if the host decides although the label of a link says otherwise: a paper is a paper, a video a video.
    pub fn overrides_label(self) -> bool {
        matches!(self, Self::Paper | Self::Video)
    }

    pub(super) fn of_ending(path: &str) -> Option<Self> {
        let path = path.split(['?', '#']).next()?;
        let has = |ending: &str| {
            path.len()
                .checked_sub(ending.len())
                .and_then(|at| path.get(at..))
                .is_some_and(|end| end.eq_ignore_ascii_case(ending))
        };
        ENDINGS.iter().find(|(ending, _)| has(ending)).map(|(_, kind)| *kind)
    }
}
