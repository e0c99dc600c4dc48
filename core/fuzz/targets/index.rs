//! Any bytes may be taken for an index: they are refused, or asked without harm. The first four say what is asked; the
//! rest changes an index that is good, five bytes a place and what to put there. Under a fuzzer checksums always fit.
#![no_main]

use std::sync::LazyLock;

use libfuzzer_sys::fuzz_target;
use notebook_core::search::{ChunkList, Corpus, FullTextIndex, Outline, Titles, index_bytes};

static GOOD: LazyLock<[Vec<u8>; 3]> = LazyLock::new(|| {
    let notebook =
        notebook_core::markdown::read(include_str!("../../../tests/fixtures/seed/notebook.md")).notebook;
    let corpus = Corpus::build(&notebook);
    let bytes = index_bytes(&notebook, &corpus, &mut |_| ());
    let outline = Outline {
        title: notebook.title.clone(),
        catalog: corpus.catalog.clone(),
        headings: corpus.headings.clone(),
        heading_forms: corpus.heading_forms.clone(),
        chunks: ChunkList::default(),
    };
    [bytes, corpus.titles.to_bytes(), outline.to_bytes()]
});

const ASKED: [&str; 8] = [
    "v",
    "sparse coding",
    "\"sparse coding\"",
    "sprase",
    "trans",
    "-vision in:a",
    "vae",
    "title:attention author:x",
];

fuzz_target!(|data: &[u8]| {
    let Some((asked, changes)) = data.split_first() else { return };
    let changed = |good: &Vec<u8>| {
        let mut bytes = good.clone();
        for change in changes.chunks_exact(5) {
            let at = u32::from_le_bytes([change[0], change[1], change[2], change[3]]) as usize % bytes.len();
            bytes[at] = change[4];
        }
        bytes
    };
    let [index, names, outline] = &*GOOD;
    for bytes in [changed(index), changes.to_vec()] {
        if let Ok(index) = FullTextIndex::open(bytes) {
            index.find(ASKED[usize::from(*asked) % ASKED.len()]);
        }
    }
    for bytes in [changed(names), changes.to_vec()] {
        if let Ok(names) = Titles::from_bytes(&bytes) {
            names.find("sparse-coding");
        }
    }
    for bytes in [changed(outline), changes.to_vec()] {
        let _ = Outline::from_bytes(&bytes);
    }
});
