//! Work that runs later: at an event, in the next frame, after a pause, or when a signal changes.
//!
//! Each function boxes its work and passes it on, so that the code behind it is compiled once instead of for each closure.

use std::cell::{Cell, RefCell};
use std::pin::Pin;
use std::rc::Rc;

use leptos::prelude::*;
use wasm_bindgen::JsCast;
use wasm_bindgen::prelude::*;
use web_sys::{Event, EventTarget};

use super::dom;

/// Events that show that somebody reads the page.
const INTERACTIONS: [&str; 7] =
    ["pointerdown", "keydown", "focusin", "input", "scroll", "wheel", "touchstart"];

/// Runs work once, at the first interaction; at once if the URL has a query or an anchor, or the reader did something
/// before the program started.
pub(super) fn on_first_interaction(work: impl Fn() + Copy + 'static) {
    let location = dom::window().location();
    let has_query = [location.search(), location.hash()].into_iter().flatten().any(|part| !part.is_empty());
    let is_scrolled = dom::scroll_top() > 0.0;
    let is_typed = dom::search_box().is_some_and(|search| !search.value().is_empty());
    let is_focused = dom::document().active_element().is_some_and(|at| !at.matches("body").unwrap_or(false));
    if has_query || is_scrolled || is_typed || is_focused {
        return work();
    }
    let has_run = StoredValue::new(false);
    for event in INTERACTIONS {
        on(&dom::document(), event, move |_| {
            if !has_run.get_value() {
                has_run.set_value(true);
                work();
            }
        });
    }
}

/// Wraps work as a JavaScript function that is never freed.
pub(super) fn callback(work: Box<dyn FnMut(JsValue)>) -> js_sys::Function {
    Closure::wrap(work).into_js_value().unchecked_into()
}

/// Runs work at every event of a kind, as long as the page is open.
pub(super) fn on(target: &EventTarget, event: &str, work: impl Fn(&Event) + 'static) {
    let listener = callback(Box::new(move |event| work(event.unchecked_ref())));
    let _ = target.add_event_listener_with_callback(event, &listener);
}

/// Wraps work as a JavaScript function that runs it at its first call.
pub(super) fn once(work: Box<dyn FnOnce()>) -> js_sys::Function {
    let mut work = Some(work);
    callback(Box::new(move |_| {
        if let Some(work) = work.take() {
            work();
        }
    }))
}

/// Runs work before the next frame is drawn.
pub(super) fn next_frame(work: impl FnOnce() + 'static) {
    // It fails only without a window to draw in.
    let _ = dom::window().request_animation_frame(&once(Box::new(work)));
}

/// Runs work after a pause.
pub(super) fn after(milliseconds: i32, work: impl FnOnce() + 'static) {
    let work = once(Box::new(work));
    let _ = dom::window().set_timeout_with_callback_and_timeout_and_arguments_0(&work, milliseconds);
}

/// A part of the client's state, which its single thread reads and changes.
pub(super) struct Local<T>(RefCell<T>);

impl<T> Local<T> {
    pub(super) fn new(value: T) -> Self {
        Self(RefCell::new(value))
    }

    /// Calls a function with the value.
    pub(super) fn with_value<R>(&self, work: impl FnOnce(&T) -> R) -> R {
        work(&self.0.borrow())
    }

    /// Calls a function that changes the value.
    pub(super) fn update_value<R>(&self, work: impl FnOnce(&mut T) -> R) -> R {
        work(&mut self.0.borrow_mut())
    }

    /// Replaces the value.
    pub(super) fn set_value(&self, value: T) {
        self.0.replace(value);
    }
}

/// Work that runs after a pause, unless other work replaces it in the meantime.
pub(super) struct Debounce(Rc<Cell<u32>>);

impl Debounce {
    pub(super) fn new() -> Self {
        Self(Rc::default())
    }

    /// Runs work after a pause.
    pub(super) fn run(&self, milliseconds: i32, work: impl FnOnce() + 'static) {
        self.cancel();
        let (calls, call) = (Rc::clone(&self.0), self.0.get());
        after(milliseconds, move || {
            if calls.get() == call {
                work();
            }
        });
    }

    /// Cancels the work.
    pub(super) fn cancel(&self) {
        self.0.set(self.0.get().wrapping_add(1));
    }
}

/// Runs work now, and whenever a signal that it reads changes.
pub(super) fn effect(work: impl Fn() + 'static) {
    let work: Box<dyn Fn()> = Box::new(work);
    Effect::new(move |_| work());
}

/// Runs a future.
pub(super) fn spawn(work: impl Future<Output = ()> + 'static) {
    let work: Pin<Box<dyn Future<Output = ()>>> = Box::pin(work);
    wasm_bindgen_futures::spawn_local(work);
}
