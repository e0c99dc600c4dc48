//! Any text may stand between the lines that hold front matter.
#![no_main]

use libfuzzer_sys::fuzz_target;
use notebook_core::markdown::read;

fuzz_target!(|text: &str| {
    let whole = format!("---\n{text}\n---\n\n# Papers\n\n- [A](https://a.example)\n");
    for finding in read(&whole).diagnostics {
        assert!(whole.get(finding.range.clone()).is_some(), "{finding:?}");
    }
});
