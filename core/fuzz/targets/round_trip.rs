//! What is exported reads as the notebook that it was.
#![no_main]

use libfuzzer_sys::fuzz_target;
use notebook_core::diagnostic::Code;
use notebook_core::markdown::{read, write};

fuzz_target!(|text: &str| {
    let reading = read(text);
    // What is nested too deep is shown at another level, and notes may stand in an item afterwards: two levels deeper.
    if reading.diagnostics.iter().any(|found| found.code == Code::TooDeep) {
        return;
    }
    let exported = write(&reading.notebook);
    let again = read(&exported);
    if again.diagnostics.iter().any(|found| found.code == Code::TooDeep) {
        return;
    }
    assert_eq!(again.notebook, reading.notebook, "exported as {exported:?}");
});
