//! The page's second program: the full-text search, fetched when it is first wanted.
//!
//! It shares no memory with the reader, so what they tell each other is bytes, numbers and text:
//! `notebookFinder.open(bytes)` and `.build(text)` say what is wrong, or nothing, and `.find(words)`
//! gives the scores of all entries and a note on how they were found.

#[cfg(target_arch = "wasm32")]
mod program {
    use std::cell::RefCell;

    use js_sys::WebAssembly::Memory;
    use js_sys::{Array, Object, Reflect, Uint8Array, Uint32Array};
    use notebook_core::search::{Finder, print_note, rebuilt};
    use wasm_bindgen::prelude::*;

    thread_local! {
        static FINDER: RefCell<Option<Finder>> = const { RefCell::new(None) };
        /// What was found last: the page reads it where it is.
        static SCORES: RefCell<Vec<u32>> = const { RefCell::new(Vec::new()) };
    }

    /// What is wrong with some bytes; nothing where they can be asked.
    fn open(bytes: Vec<u8>) -> String {
        match Finder::open(bytes) {
            Ok(finder) => {
                FINDER.set(Some(finder));
                String::new()
            }
            Err(damage) => damage.to_string(),
        }
    }

    fn find(words: &str) -> Array {
        let found = FINDER.with_borrow(|finder| finder.as_ref().map(|finder| finder.find(words)));
        found.map_or_else(Array::new, |found| {
            let note = print_note(&found);
            SCORES.set(found.scores);
            Array::of2(&SCORES.with_borrow(|scores| view(scores)), &note.into())
        })
    }

    /// Numbers in this program's memory, until it is asked for something else: of 100,000, a copy takes as long as
    /// half of a search.
    fn view(numbers: &[u32]) -> Uint32Array {
        let memory: Memory = wasm_bindgen::memory().unchecked_into();
        let begin = u32::try_from(numbers.as_ptr().addr()).unwrap_or_default();
        let length = u32::try_from(numbers.len()).unwrap_or_default();
        Uint32Array::new_with_byte_offset_and_length(&memory.buffer(), begin, length)
    }

    /// Offers the search to the page.
    pub(crate) fn start() {
        let finder = Object::new();
        let offer = |name: &str, function: JsValue| {
            // A plain object takes any name.
            let _ = Reflect::set(&finder, &name.into(), &function);
        };
        let opens = Closure::<dyn Fn(Uint8Array) -> String>::new(|bytes: Uint8Array| open(bytes.to_vec()));
        offer("open", opens.into_js_value());
        let builds = Closure::<dyn Fn(String) -> String>::new(|text: String| open(rebuilt(&text)));
        offer("build", builds.into_js_value());
        let finds = Closure::<dyn Fn(String) -> Array>::new(|words: String| find(&words));
        offer("find", finds.into_js_value());
        let _ = Reflect::set(&js_sys::global(), &"notebookFinder".into(), &finder);
    }
}

fn main() {
    #[cfg(target_arch = "wasm32")]
    program::start();
}
