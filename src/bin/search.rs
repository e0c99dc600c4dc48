//! The full-text search program, which the page fetches with the first search.
//!
//! It shares no memory with the client. The global object `notebookSearch` is its interface:
//!
//! - `open(bytes)` opens an index, `build(texts)` builds one from the texts of all entries; both return an error message,
//!   which is empty on success;
//! - `find(words)` returns the score of every entry, and a note on how the words were found.

#[cfg(target_arch = "wasm32")]
mod program {
    use std::cell::RefCell;
    use std::rc::Rc;

    use js_sys::WebAssembly::Memory;
    use js_sys::{Array, Object, Reflect, Uint8Array, Uint32Array};
    use notebook_core::search::{FullTextIndex, build_from_texts, encode_summary};
    use wasm_bindgen::prelude::*;

    /// The index, and the scores of the last search, which the page reads in place.
    #[derive(Default)]
    struct Search {
        index: Option<FullTextIndex>,
        scores: Vec<u32>,
    }

    impl Search {
        /// Opens an index. Returns an error message, which is empty on success.
        fn open(&mut self, bytes: Vec<u8>) -> String {
            match FullTextIndex::open(bytes) {
                Ok(index) => {
                    self.index = Some(index);
                    String::new()
                }
                Err(error) => error.to_string(),
            }
        }

        /// Returns scores and note; an empty array while no index is open.
        fn find(&mut self, words: &str) -> Array {
            let Some(index) = &self.index else { return Array::new() };
            let found = index.find(words);
            let note = encode_summary(&found);
            self.scores = found.scores;
            Array::of2(&view_in_memory(&self.scores), &note.into())
        }
    }

    /// Returns a view of numbers in this program's memory, valid until its next call. Copying 100,000 of them would take
    /// half as long as a search.
    fn view_in_memory(numbers: &[u32]) -> Uint32Array {
        let memory: Memory = wasm_bindgen::memory().unchecked_into();
        let offset = u32::try_from(numbers.as_ptr().addr()).unwrap_or_default();
        let length = u32::try_from(numbers.len()).unwrap_or_default();
        Uint32Array::new_with_byte_offset_and_length(&memory.buffer(), offset, length)
    }

    /// Makes the search available to the page.
    pub(crate) fn start() {
        let interface = Object::new();
        let export = |name: &str, function: JsValue| {
            // Setting a property of a plain object cannot fail.
            let _ = Reflect::set(&interface, &name.into(), &function);
        };
        let search = Rc::new(RefCell::new(Search::default()));
        let [to_open, to_build, to_search] = std::array::from_fn(|_| Rc::clone(&search));
        let open = move |bytes: Uint8Array| to_open.borrow_mut().open(bytes.to_vec());
        export("open", Closure::<dyn Fn(Uint8Array) -> String>::new(open).into_js_value());
        let build = move |texts: String| to_build.borrow_mut().open(build_from_texts(&texts));
        export("build", Closure::<dyn Fn(String) -> String>::new(build).into_js_value());
        let find = move |words: String| to_search.borrow_mut().find(&words);
        export("find", Closure::<dyn Fn(String) -> Array>::new(find).into_js_value());
        let _ = Reflect::set(&js_sys::global(), &"notebookSearch".into(), &interface);
    }
}

fn main() {
    #[cfg(target_arch = "wasm32")]
    program::start();
}
