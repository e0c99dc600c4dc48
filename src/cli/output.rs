//! Standard output.

use std::io::{ErrorKind, Write as _};

use crate::site::Failure;

/// Prints bytes to standard output. A program that stops reading early, such as `head`, is not an error.
pub(super) fn print(bytes: &[u8]) -> Result<(), Failure> {
    match std::io::stdout().lock().write_all(bytes) {
        Err(error) if error.kind() == ErrorKind::BrokenPipe => Ok(()),
        printed => printed.map_err(|error| format!("standard output cannot be written: {error}")),
    }
}
