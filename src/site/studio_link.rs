//! The link from the page of a notebook to the studio.

use crate::view::strings;

/// The page with the editor.
pub(super) const FILE_NAME: &str = "studio.html";

/// Returns the link at the end of a notebook's page. It is no part of the views, so that it costs the client nothing.
pub(super) fn link_to_studio() -> String {
    format!(
        "<footer class=\"remark\"><a href=\"{FILE_NAME}?copy\" rel=\"nofollow\">{}</a></footer>",
        strings::EDIT_COPY
    )
}
