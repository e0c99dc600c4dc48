//! Any bytes may be taken for a notebook's data: they are refused, or are a notebook that is written as it was read.
#![no_main]

use libfuzzer_sys::fuzz_target;
use notebook_core::notebook::{entries_from_json, from_json, to_json};

fuzz_target!(|bytes: &[u8]| {
    let _ = entries_from_json(bytes);
    if let Ok(notebook) = from_json(bytes) {
        let json = to_json(&notebook).expect("a notebook has a JSON form");
        assert_eq!(from_json(json.as_bytes()), Ok(notebook));
    }
});
