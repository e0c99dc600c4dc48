//! What is exported reads as the notebook that it was.
#![no_main]

use libfuzzer_sys::fuzz_target;
use notebook_core::markdown::{read, write};

fuzz_target!(|text: &str| {
    let notebook = read(text).notebook;
    let exported = write(&notebook);
    assert_eq!(read(&exported).notebook, notebook, "exported as {exported:?}");
});
