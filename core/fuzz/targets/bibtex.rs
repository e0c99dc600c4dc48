//! Any text may be a bibliography; what is read of it can be given to papers and written in every form.
#![no_main]

use libfuzzer_sys::fuzz_target;
use notebook_core::citation::{attach, csl_value, find, read_bibtex, read_csl, read_ris, write_bibtex};
use notebook_core::markdown::read;

fuzz_target!(|text: &str| {
    let library = read_bibtex(text);
    let mut notebook = read("# Papers\n\n- [Attention Is All You Need](https://arxiv.org/abs/1706.03762)\n").notebook;
    for finding in attach(&mut notebook, &library, text).0.iter().chain(&library.diagnostics) {
        assert!(text.get(finding.range.clone()).is_some(), "{finding:?}");
    }
    for record in &library.records {
        find(&notebook, &record.citation);
        csl_value(&record.citation, "key");
        write_bibtex(&record.citation, "key");
    }
    let _ = (read_csl(text), read_ris(text));
});
