//! Encoding of a notebook as JSON, and decoding with errors that say what was received.

mod citation_file;
mod decode;
mod model;
mod parse;
mod value;

pub use self::citation_file::{CitationFile, CitationRecord, ExportFormat};
use self::decode::{Decode, DecodeError};
use self::model::LINKS_FIELD;
pub use self::parse::JsonError;
use self::parse::parse;
use self::value::JsonValue;
use super::{Entry, EntryLinks, FORMAT_VERSION, LinkedEntry, Notebook, Span};

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
