//! What other programs add to Markdown. Each dialect is known by its marks; none is configured.
//!
//! What has a meaning here gets it. The rest is shown as the text it is, and reported once for each kind with its number.

pub(super) mod obsidian;
pub(super) mod unknown_marks;
