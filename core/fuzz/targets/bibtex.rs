//! Reads any text as a bibliography, assigns the entries to papers and writes them in every format.
#![no_main]

use libfuzzer_sys::fuzz_target;
use notebook_core::bibliography::{
    attach_citations, find_paper, missing_fields, read_bibtex, read_csl, read_ris, to_csl_item, write_bibtex,
    write_csv_row, write_markdown, write_plain_text, write_ris,
};
use notebook_core::markdown::read;

fuzz_target!(|text: &str| {
    let bibliography = read_bibtex(text);
    let mut notebook =
        read("# Papers\n\n- [Attention Is All You Need](https://arxiv.org/abs/1706.03762)\n").notebook;
    let (diagnostics, _) = attach_citations(&mut notebook, &bibliography, text);
    for diagnostic in diagnostics.iter().chain(&bibliography.diagnostics) {
        assert!(text.get(diagnostic.range.clone()).is_some(), "{diagnostic:?}");
    }
    for entry in &bibliography.entries {
        let citation = &entry.citation;
        find_paper(&notebook, citation);
        to_csl_item(citation, "key");
        write_bibtex(citation, "key");
        write_ris(citation, "key");
        write_plain_text(citation);
        let missing = missing_fields(citation);
        write_csv_row(citation, "key", &missing);
        write_markdown(citation);
    }
    let _ = (read_csl(text), read_ris(text));
});
