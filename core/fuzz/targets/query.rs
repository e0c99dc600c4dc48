//! Any text behind `?` is a query; what is printed reads as the same one, and a notebook answers it.
#![no_main]

use std::sync::LazyLock;

use libfuzzer_sys::fuzz_target;
use notebook_core::Query;
use notebook_core::search::{Finder, Index, answer, index_bytes};

static NOTEBOOK: LazyLock<(Index, Finder)> = LazyLock::new(|| {
    let notebook = notebook_core::markdown::read(include_str!("../../../content/notebook.md")).notebook;
    let index = Index::build(&notebook);
    let bytes = index_bytes(&notebook, &index, &mut |_| ());
    (index, Finder::open(bytes).expect("an index that was just made"))
});

fuzz_target!(|text: &str| {
    let query = Query::parse(text);
    assert_eq!(Query::parse(&query.print()), query);
    let (index, finder) = &*NOTEBOOK;
    let found = finder.find(&query.words);
    let answered = answer(index, &query, Some(found));
    for record in answered.order.iter().filter_map(|record| usize::try_from(*record).ok()) {
        index.why(&answered, record);
    }
});
