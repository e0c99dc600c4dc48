//! Parts that the requests to all services, and their answers, share.

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};
use serde_json::Value;

/// Characters of an identifier that would mean something else in an address. Services want slashes as they are.
const IN_PATH: &AsciiSet = &NON_ALPHANUMERIC.remove(b'/').remove(b'-').remove(b'_').remove(b'.').remove(b'~');

/// Encodes an identifier for the path of an address.
pub(super) fn encode_path(text: &str) -> String {
    utf8_percent_encode(text, IN_PATH).to_string()
}

/// Parses a body as JSON.
///
/// # Errors
/// Fails if it is none, or ends early.
pub(super) fn json_body(body: &[u8]) -> Result<Value, String> {
    serde_json::from_slice(body).map_err(|error| format!("it is not JSON: {error}"))
}
