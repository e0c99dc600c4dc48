//! The work of the client at each key after the full-text search, as a program that can be timed: the answer, and
//! the counts of all facet values.
//!
//! `notebookFacets.open(bytes)` takes an outline and says what is wrong, or nothing; `.count(words, scores, note)` gives
//! the sum of all counts, so that none is left out.

#[cfg(target_arch = "wasm32")]
mod program {
    use std::cell::RefCell;

    use js_sys::{Object, Reflect, Uint8Array, Uint32Array};
    use notebook_core::Query;
    use notebook_core::search::{Corpus, Outline, decode_summary};
    use wasm_bindgen::prelude::*;

    thread_local! {
        static CORPUS: RefCell<Corpus> = RefCell::default();
    }

    fn open(bytes: &[u8]) -> String {
        match Outline::from_bytes(bytes) {
            Ok(Outline { catalog, headings, heading_forms, .. }) => {
                CORPUS.set(Corpus::without_texts(catalog, headings, heading_forms));
                String::new()
            }
            Err(damage) => damage.to_string(),
        }
    }

    fn count(words: &str, scores: &Uint32Array, note: &str) -> usize {
        CORPUS.with_borrow(|corpus| {
            let query = Query::default().with_words(words);
            let answer = corpus.answer(&query, Some(decode_summary(note, scores.to_vec())));
            answer.facets(corpus).iter().flat_map(|facet| &facet.values).map(|value| value.count).sum()
        })
    }

    /// Offers both to the page.
    pub(crate) fn start() {
        let facets = Object::new();
        let offer = |name: &str, function: JsValue| {
            // A plain object takes any name.
            let _ = Reflect::set(&facets, &name.into(), &function);
        };
        let opens = Closure::<dyn Fn(Uint8Array) -> String>::new(|bytes: Uint8Array| open(&bytes.to_vec()));
        offer("open", opens.into_js_value());
        let counts = Closure::<dyn Fn(String, Uint32Array, String) -> usize>::new(
            |words: String, scores: Uint32Array, note: String| count(&words, &scores, &note),
        );
        offer("count", counts.into_js_value());
        let _ = Reflect::set(&js_sys::global(), &"notebookFacets".into(), &facets);
    }
}

fn main() {
    #[cfg(target_arch = "wasm32")]
    program::start();
}
