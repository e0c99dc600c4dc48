//! Facts that are read from what an author writes about a paper: links with their kinds, and the date.

use serde::Serialize;

use super::Url;
use super::names::named_enum;

/// A link that belongs to a paper.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct PaperLink {
    /// Kind of the target.
    pub kind: LinkKind,
    /// The text of the link as written; empty for a bare address.
    #[serde(default, skip_serializing_if = "String::is_empty", rename = "label")]
    pub text: String,
    /// The address.
    pub url: Url,
}

named_enum! {
    /// What a link of a paper leads to.
    #[derive(Default, Serialize, PartialOrd, Ord, Hash)]
    #[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
    #[serde(rename_all = "lowercase")]
    #[expect(missing_docs, reason = "the names say it")]
    LinkKind:
    Paper = "paper",
    Pdf = "pdf",
    Code = "code",
    Video = "video",
    Slides = "slides",
    Project = "project",
    Data = "data",
    Blog = "blog",
    Notes = "notes",
    Citation = "citation",
    #[default]
    Other = "other",
}

/// Markup of the title of an entry in the source.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "lowercase")]
pub enum TitleForm {
    /// The text of a link.
    #[default]
    Link,
    /// Text without a link, possibly bold or italic.
    Text,
    /// Text in quotation marks.
    Quoted,
}

impl TitleForm {
    #[expect(clippy::trivially_copy_pass_by_ref, reason = "serde asks by reference")]
    pub(super) fn is_link(&self) -> bool {
        *self == Self::Link
    }
}

/// Placement of an entry in the source.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "lowercase")]
pub enum Placement {
    /// It is an item of a list.
    #[default]
    Item,
    /// It is a paragraph; its notes are the blocks below.
    Paragraph,
    /// The heading of its section is its title; its notes are the blocks below.
    Heading,
    /// It is a row of the table above, or shown by the entry above.
    Row,
}

impl Placement {
    #[expect(clippy::trivially_copy_pass_by_ref, reason = "serde asks by reference")]
    pub(super) fn is_item(&self) -> bool {
        *self == Self::Item
    }
}

/// A date as far as it is written.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct PaperDate {
    /// The year.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub year: Option<u16>,
    /// The month, 1 to 12.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub month: Option<u8>,
    /// The day of the month, 1 to 31.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub day: Option<u8>,
}

impl PaperDate {
    /// Returns true if nothing is written.
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }
}
