//! What files have to be, so that nothing else is taken for them (subresource integrity).

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use serde_json::{Map, Value};
use sha2::{Digest, Sha256};

/// Digests by the name of the file.
#[derive(Debug, Default)]
pub(super) struct Integrity(Map<String, Value>);

impl Integrity {
    /// Takes a file down.
    pub(super) fn note(&mut self, file: String, bytes: &[u8]) {
        self.0.insert(file, Value::String(digest(bytes)));
    }

    /// All of them, as a JSON object that a script may hold.
    pub(super) fn json(&self) -> String {
        Value::Object(self.0.clone()).to_string()
    }
}

/// What some bytes have to be. Longer digests are no safer here, and cannot be compressed.
pub(super) fn digest(bytes: &[u8]) -> String {
    format!("sha256-{}", STANDARD.encode(Sha256::digest(bytes)))
}

/// How a policy names a script or style that stands in the page.
pub(super) fn source(text: &str) -> String {
    format!("'{}'", digest(text.as_bytes()))
}
