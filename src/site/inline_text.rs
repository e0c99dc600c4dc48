//! The text of a style or script inside a page.

use super::Failure;
use super::integrity::csp_source;

/// The text of a style or script inside a page, which does not end its element.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct InlineText(String);

impl InlineText {
    /// Creates the text of a style.
    ///
    /// # Errors
    /// Fails if it contains what would end its element.
    pub(super) fn style(text: String) -> Result<Self, Failure> {
        Self::new("style", text)
    }

    /// Creates the text of a script or module.
    ///
    /// # Errors
    /// Fails if it contains what would end its element.
    pub(super) fn script(text: String) -> Result<Self, Failure> {
        Self::new("script", text)
    }

    fn new(element: &str, text: String) -> Result<Self, Failure> {
        if text.to_ascii_lowercase().contains(&format!("</{element}")) || text.contains("<!--") {
            return Err(format!(
                "a {element} of the page contains `</{element}` or `<!--`, which would end it"
            ));
        }
        Ok(Self(text))
    }

    /// Returns the text.
    pub(super) fn as_str(&self) -> &str {
        &self.0
    }

    /// Returns the source that allows this text in a policy.
    pub(super) fn csp_source(&self) -> String {
        csp_source(&self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rejects_text_that_ends_its_element() {
        assert!(InlineText::script("'</SCRIPT>'".to_owned()).is_err());
        assert!(InlineText::style("</style >".to_owned()).is_err());
    }
}
