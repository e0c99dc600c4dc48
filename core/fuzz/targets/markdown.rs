//! Any bytes are a notebook: its findings point into the text, and its links between entries keep every word.
#![no_main]

use libfuzzer_sys::fuzz_target;
use notebook_core::links::LinkedNotebook;
use notebook_core::markdown::read_bytes;

fuzz_target!(|bytes: &[u8]| {
    let (text, reading) = read_bytes(bytes);
    let linked = LinkedNotebook::new(&reading.notebook);
    let findings = linked.cross_references.diagnostics(&text, &reading.places);
    for finding in reading.diagnostics.iter().chain(&findings) {
        assert!(text.get(finding.range.clone()).is_some(), "{finding:?}");
    }
});
