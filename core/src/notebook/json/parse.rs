//! Parsing of bytes as JSON, and the reasons why a notebook cannot be decoded from them.

use std::fmt;

use super::decode::DecodeError;
use super::value::JsonValue;
use crate::notebook::FORMAT_VERSION;

/// The reason why bytes cannot be decoded as a notebook.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum JsonError {
    /// An HTML page: some hosts answer a request for a missing file with a page and status 200.
    Html,
    /// JSON that ends too early.
    Truncated,
    /// A notebook in a newer format than this program reads.
    NewerFormat {
        /// Version of its format.
        found: u32,
    },
    /// Anything else, with the message and position of the JSON parser or the path of the field.
    Invalid(String),
}

impl fmt::Display for JsonError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Html => f.write_str("expected the notebook's data, but received a web page"),
            Self::Truncated => f.write_str("the notebook's data is incomplete"),
            Self::NewerFormat { found } => write!(
                f,
                "the notebook's data has format {found}, but this version reads formats up to {FORMAT_VERSION}"
            ),
            Self::Invalid(reason) => write!(f, "the notebook's data cannot be read: {reason}"),
        }
    }
}

impl std::error::Error for JsonError {}

impl From<DecodeError> for JsonError {
    fn from(error: DecodeError) -> Self {
        Self::Invalid(error.to_string())
    }
}

/// Parses bytes as any JSON.
pub(super) fn parse(bytes: &[u8]) -> Result<JsonValue, JsonError> {
    if bytes.trim_ascii_start().first() == Some(&b'<') {
        return Err(JsonError::Html);
    }
    serde_json::from_slice(bytes).map_err(|error| {
        if error.is_eof() { JsonError::Truncated } else { JsonError::Invalid(error.to_string()) }
    })
}
