//! Digests of generated files: for subresource integrity, for the content security policy, and for file names.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use serde_json::{Map, Value};
use sha2::{Digest, Sha256};

/// Subresource integrity values by file name.
#[derive(Debug, Default)]
pub(super) struct Integrity(Map<String, Value>);

impl Integrity {
    /// Adds a file.
    pub(super) fn add(&mut self, file: String, bytes: &[u8]) {
        self.0.insert(file, Value::String(digest(bytes)));
    }

    /// Returns the values as a JSON object, to be part of a script.
    pub(super) fn to_json(&self) -> String {
        Value::Object(self.0.clone()).to_string()
    }
}

/// Returns the integrity value of some bytes. Longer digests are no safer here, and do not compress.
pub(super) fn digest(bytes: &[u8]) -> String {
    format!("sha256-{}", STANDARD.encode(Sha256::digest(bytes)))
}

/// Returns a hash of some bytes for a file name, as 16 hexadecimal digits: the first 64 bits of their SHA-256.
pub(super) fn content_hash(bytes: &[u8]) -> String {
    let digest = Sha256::digest(bytes);
    let number = digest.iter().take(8).fold(0, |number: u64, byte| number << 8 | u64::from(*byte));
    format!("{number:016x}")
}

/// Returns the policy source for an inline script or style.
pub(super) fn csp_source(text: &str) -> String {
    format!("'{}'", digest(text.as_bytes()))
}
