//! The color scheme: light, dark, or that of the system. `color_scheme.js` applies a stored choice before the first paint; this module
//! stores and changes it.

use wasm_bindgen::JsCast;
use web_sys::HtmlInputElement;

use super::scheduling::on;
use super::{dom, storage};
use crate::view::ids;

const ATTRIBUTE: &str = "data-theme";

/// Listens for a choice.
pub(super) fn start() {
    on(&dom::document(), "change", |event| {
        if let Some(input) =
            dom::target::<HtmlInputElement>(event).filter(|input| input.name() == ids::COLOR_SCHEME)
        {
            choose(&input.value());
        }
    });
    show_choice();
}

/// Applies and stores a color scheme: `light`, `dark` or `system`.
pub(super) fn choose(value: &str) {
    let scheme = (value != "system").then_some(value);
    storage::store_color_scheme(scheme);
    let _ = match scheme {
        Some(scheme) => dom::root().set_attribute(ATTRIBUTE, scheme),
        None => dom::root().remove_attribute(ATTRIBUTE),
    };
    show_choice();
}

/// Checks the control of the color scheme that the page has; it may not be the one that is stored.
pub(super) fn show_choice() {
    let chosen = dom::root().get_attribute(ATTRIBUTE).unwrap_or_else(|| "system".into());
    for element in dom::query_all(&format!("input[name={}]", ids::COLOR_SCHEME)) {
        if let Ok(input) = element.dyn_into::<HtmlInputElement>() {
            input.set_checked(input.value() == chosen);
        }
    }
}
