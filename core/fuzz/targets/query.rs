//! Any text behind `?` is a query; what is printed reads as the same one, and a notebook answers it.
#![no_main]

use std::sync::LazyLock;

use libfuzzer_sys::fuzz_target;
use notebook_core::Query;
use notebook_core::search::{Corpus, FullTextIndex, index_bytes};

static NOTEBOOK: LazyLock<(Corpus, FullTextIndex)> = LazyLock::new(|| {
    let notebook =
        notebook_core::markdown::read(include_str!("../../../tests/fixtures/seed/notebook.md")).notebook;
    let corpus = Corpus::build(&notebook);
    let bytes = index_bytes(&notebook, &corpus, &mut |_| ());
    (corpus, FullTextIndex::open(bytes).expect("an index that was just made"))
});

fuzz_target!(|text: &str| {
    let query = Query::parse(text);
    assert_eq!(Query::parse(&query.print()), query);
    let (corpus, index) = &*NOTEBOOK;
    let found = index.find(&query.words);
    let answered = corpus.answer(&query, Some(found));
    for entry in answered.order.iter().filter_map(|entry| usize::try_from(*entry).ok()) {
        corpus.snippet(&answered, entry);
    }
});
