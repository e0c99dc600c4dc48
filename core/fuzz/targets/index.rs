//! Any bytes may be taken for an index: they are refused, or asked without harm. The first four say what is asked; the
//! rest changes an index that is good, five bytes a place and what to put there. Under a fuzzer checksums always fit.
#![no_main]

use std::sync::LazyLock;

use libfuzzer_sys::fuzz_target;
use notebook_core::search::{Finder, Index, Names, Outline, index_bytes};

static GOOD: LazyLock<[Vec<u8>; 3]> = LazyLock::new(|| {
    let notebook = notebook_core::markdown::read(include_str!("../../../content/notebook.md")).notebook;
    let index = Index::build(&notebook);
    let bytes = index_bytes(&notebook, &index, &mut |_| ());
    let outline = Outline {
        title: notebook.title.clone(),
        catalog: index.catalog.clone(),
        headings: index.headings.clone(),
        parts: Default::default(),
    };
    [bytes, index.names.to_bytes(), outline.to_bytes()]
});

const ASKED: [&str; 8] =
    ["v", "sparse coding", "\"sparse coding\"", "sprase", "trans", "-vision in:a", "vae", "title:attention author:x"];

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
        if let Ok(finder) = Finder::open(bytes) {
            finder.find(ASKED[usize::from(*asked) % ASKED.len()]);
        }
    }
    for bytes in [changed(names), changes.to_vec()] {
        if let Ok(names) = Names::from_bytes(&bytes) {
            names.find("sparse-coding");
        }
    }
    for bytes in [changed(outline), changes.to_vec()] {
        let _ = Outline::from_bytes(&bytes);
    }
});
