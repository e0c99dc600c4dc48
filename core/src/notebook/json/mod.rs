//! Encoding of a notebook as JSON, and decoding with errors that say what was received.

mod citation_file;
mod decode;
mod model;
mod value;

use std::fmt;

pub use self::citation_file::{CitationFile, CitationRecord, ExportFormat};
use self::decode::{Decode, DecodeError};
use self::model::LINKS_FIELD;
use self::value::JsonValue;
use super::{Entry, EntryLinks, FORMAT_VERSION, LinkedEntry, Notebook, Span};

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

/// Encodes a notebook as compact JSON.
///
/// # Errors
/// None in practice, because every notebook has a JSON form; otherwise the error of the serializer.
pub fn to_json(notebook: &Notebook) -> Result<String, serde_json::Error> {
    serde_json::to_string(notebook)
}

/// Encodes an entry as compact JSON, with its cross references unless there are none.
///
/// # Errors
/// None in practice, as for [`to_json`].
pub fn entry_to_json(entry: &Entry, links: &EntryLinks) -> Result<String, serde_json::Error> {
    let mut json = serde_json::to_string(entry)?;
    if !links.is_empty() && json.pop().is_some() {
        json.extend([",\"", LINKS_FIELD, "\":", &serde_json::to_string(links)?, "}"]);
    }
    Ok(json)
}

/// Decodes a list of entries with their cross references, as [`entry_to_json`] encodes each.
///
/// # Errors
/// A [`JsonError`] if the bytes are not such a list.
pub fn entries_from_json(bytes: &[u8]) -> Result<Vec<LinkedEntry>, JsonError> {
    Ok(Vec::decode(parse(bytes)?)?)
}

/// Decodes formatted text from JSON.
///
/// # Errors
/// A [`JsonError`] if the bytes are not a list of spans.
pub fn spans_from_json(bytes: &[u8]) -> Result<Vec<Span>, JsonError> {
    Ok(Vec::decode(parse(bytes)?)?)
}

/// Decodes a notebook from JSON of any format version up to [`FORMAT_VERSION`]. Unknown fields are ignored.
///
/// # Errors
/// A [`JsonError`] if the bytes are not such a notebook.
pub fn from_json(bytes: &[u8]) -> Result<Notebook, JsonError> {
    let json = parse(bytes)?;
    // The version first: other fields of a newer format may not fit these types.
    let found = format_version(&json)?;
    if found > FORMAT_VERSION {
        return Err(JsonError::NewerFormat { found });
    }
    Ok(Notebook::decode(json)?)
}

fn parse(bytes: &[u8]) -> Result<JsonValue, JsonError> {
    if bytes.trim_ascii_start().first() == Some(&b'<') {
        return Err(JsonError::Html);
    }
    serde_json::from_slice(bytes).map_err(|error| {
        if error.is_eof() { JsonError::Truncated } else { JsonError::Invalid(error.to_string()) }
    })
}

/// Returns the format version of a notebook without consuming its JSON.
fn format_version(json: &JsonValue) -> Result<u32, DecodeError> {
    const FIELD: &str = "format";
    let JsonValue::Object(fields) = json else { return decode::fail("expected an object") };
    let version = match fields.iter().find(|(name, _)| name == FIELD) {
        Some((_, JsonValue::Number(number))) => u32::decode(JsonValue::Number(*number)),
        Some(_) => decode::fail("expected a whole number"),
        None => decode::fail("missing field"),
    };
    version.map_err(|error| error.in_field(FIELD))
}

impl From<DecodeError> for JsonError {
    fn from(error: DecodeError) -> Self {
        Self::Invalid(error.to_string())
    }
}
