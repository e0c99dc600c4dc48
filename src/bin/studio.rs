//! The program of the studio, which `src/studio/app/worker.js` runs in a worker.
//!
//! The global object `notebookStudio` is its interface:
//!
//! - `render(request)` takes a request as JSON, and returns the result as JSON with an array of names and bytes of files, or an error
//!   message;
//! - `index(name)` returns the bytes of the full-text index of the text that was rendered last, or `undefined` if it has another name;
//! - `names()` returns the names that can be written in that text as JSON;
//! - `pasted(bibtex)` returns the papers of a text in BibTeX, and the bibliography that their entries belong into, as JSON;
//! - `merge(base, mine, theirs)` returns the merged text and its number of conflicts as JSON;
//! - `patch(base, text, name)` returns the changes of a text as a unified diff, which is empty if there are none.

#[cfg(target_arch = "wasm32")]
mod program {
    use std::cell::RefCell;
    use std::rc::Rc;

    use js_sys::{Array, Object, Reflect, Uint8Array};
    use notebook::studio::{self, LastBuild};
    use wasm_bindgen::prelude::*;

    /// Returns an array of the result as JSON and of each file's name and bytes; a text alone is an error message.
    fn render(request: &str, last: &RefCell<LastBuild>) -> JsValue {
        let rendered = serde_json::from_str(request)
            .map_err(|error| format!("the request cannot be read: {error}"))
            .and_then(|request| studio::render(&request))
            .and_then(|rendered| {
                let json = serde_json::to_string(&rendered).map_err(|error| error.to_string())?;
                last.replace(rendered.build);
                Ok((json, rendered.files))
            });
        match rendered {
            Ok((json, files)) => {
                let result = Array::of1(&json.into());
                for (name, bytes) in files {
                    result.push(&name.into());
                    result.push(&Uint8Array::from(bytes.as_slice()));
                }
                result.into()
            }
            Err(message) => message.into(),
        }
    }

    fn merge(base: &str, mine: &str, theirs: &str) -> String {
        serde_json::to_string(&studio::merge(base, mine, theirs)).unwrap_or_default()
    }

    /// Makes the functions available to the worker.
    pub(crate) fn start() {
        let interface = Object::new();
        let export = |name: &str, function: JsValue| {
            // Setting a property of a plain object cannot fail.
            let _ = Reflect::set(&interface, &name.into(), &function);
        };
        let last = Rc::new(RefCell::new(LastBuild::default()));
        let [to_index, to_name, to_paste] = [&last, &last, &last].map(Rc::clone);
        let to_render = move |request: String| render(&request, &last);
        export("render", Closure::<dyn Fn(String) -> JsValue>::new(to_render).into_js_value());
        let index = move |name: String| {
            let bytes = to_index.borrow().index(&name);
            bytes.map_or(JsValue::UNDEFINED, |bytes| Uint8Array::from(bytes.as_slice()).into())
        };
        export("index", Closure::<dyn Fn(String) -> JsValue>::new(index).into_js_value());
        let names = move || serde_json::to_string(&to_name.borrow().names()).unwrap_or_default();
        export("names", Closure::<dyn Fn() -> String>::new(names).into_js_value());
        let pasted = move |bibtex: String| {
            serde_json::to_string(&to_paste.borrow().pasted(&bibtex)).unwrap_or_default()
        };
        export("pasted", Closure::<dyn Fn(String) -> String>::new(pasted).into_js_value());
        let to_merge = |base: String, mine: String, theirs: String| merge(&base, &mine, &theirs);
        export("merge", Closure::<dyn Fn(String, String, String) -> String>::new(to_merge).into_js_value());
        let to_patch = |base: String, text: String, name: String| studio::patch(&base, &text, &name);
        export("patch", Closure::<dyn Fn(String, String, String) -> String>::new(to_patch).into_js_value());
        let _ = Reflect::set(&js_sys::global(), &"notebookStudio".into(), &interface);
    }
}

fn main() {
    #[cfg(target_arch = "wasm32")]
    program::start();
}
