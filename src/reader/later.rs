//! What runs later: at an event, in the next frame, when something changes or has come.
//!
//! Each way has one place that is compiled once, for boxed work: closures of many types would each be
//! compiled anew, which every reader pays for.

use std::pin::Pin;

use leptos::prelude::*;
use wasm_bindgen::JsCast;
use wasm_bindgen::prelude::*;
use web_sys::{Event, EventTarget};

use super::dom;

/// What a reader does first.
const WISHES: [&str; 7] = ["pointerdown", "keydown", "focusin", "input", "scroll", "wheel", "touchstart"];

/// Works at once where the URL asks something, else at the first sign of a reader; once.
pub(super) fn when_wanted(work: impl Fn() + Copy + 'static) {
    let here = dom::window().location();
    let asked = [here.search(), here.hash()].into_iter().flatten().any(|part| !part.is_empty());
    // What was done before the program was there counts too.
    let scrolled = dom::window().page_y_offset().is_ok_and(|offset| offset > 0.0);
    let typed = dom::search_box().is_some_and(|search| !search.value().is_empty());
    let focused = dom::document().active_element().is_some_and(|at| !at.matches("body").unwrap_or(false));
    if asked || scrolled || typed || focused {
        return work();
    }
    let wanted = StoredValue::new(false);
    for wish in WISHES {
        on(&dom::document(), wish, move |_| {
            if !wanted.get_value() {
                wanted.set_value(true);
                work();
            }
        });
    }
}

pub(super) fn callback(work: Box<dyn FnMut(JsValue)>) -> js_sys::Function {
    Closure::wrap(work).into_js_value().unchecked_into()
}

/// Works at every event of a kind, as long as the page is there.
pub(super) fn on(target: &EventTarget, event: &str, work: impl Fn(&Event) + 'static) {
    let heard = callback(Box::new(move |event| work(event.unchecked_ref())));
    let _ = target.add_event_listener_with_callback(event, &heard);
}

fn once(work: Box<dyn FnOnce()>) -> js_sys::Function {
    let mut work = Some(work);
    callback(Box::new(move |_| {
        if let Some(work) = work.take() {
            work();
        }
    }))
}

/// Works before the next frame, when the page shows what was just asked.
pub(super) fn next_frame(work: impl FnOnce() + 'static) {
    // Without a window to draw in there is no frame to wait for.
    let _ = dom::window().request_animation_frame(&once(Box::new(work)));
}

/// Works after so many milliseconds.
pub(super) fn after(milliseconds: i32, work: impl FnOnce() + 'static) {
    let work = once(Box::new(work));
    let _ = dom::window().set_timeout_with_callback_and_timeout_and_arguments_0(&work, milliseconds);
}

/// Works now, and whenever a signal changes that it reads.
pub(super) fn follow(work: impl Fn() + 'static) {
    let work: Box<dyn Fn()> = Box::new(work);
    Effect::new(move |_| work());
}

/// Works when what it waits for has come.
pub(super) fn spawn(work: impl Future<Output = ()> + 'static) {
    let work: Pin<Box<dyn Future<Output = ()>>> = Box::pin(work);
    wasm_bindgen_futures::spawn_local(work);
}
