//! Light, dark, or as the system has it. `src/desk/theme.js` sets a remembered choice before the
//! first paint; this keeps it and changes it.

use wasm_bindgen::JsCast;
use web_sys::HtmlInputElement;

use super::later::on;
use super::{dom, memory};
use crate::view::ids;

const ATTRIBUTE: &str = "data-theme";

/// Listens for a choice.
pub(super) fn start() {
    on(&dom::document(), "change", |event| {
        let input = event.target().and_then(|target| target.dyn_into::<HtmlInputElement>().ok());
        if let Some(input) = input.filter(|input| input.name() == ids::THEME) {
            set(&input.value());
        }
    });
    show_choice();
}

/// Takes a theme and keeps it: `light`, `dark` or `system`.
pub(super) fn set(value: &str) {
    let theme = (value != "system").then_some(value);
    memory::keep_theme(theme);
    let _ = match theme {
        Some(theme) => dom::root().set_attribute(ATTRIBUTE, theme),
        None => dom::root().remove_attribute(ATTRIBUTE),
    };
    show_choice();
}

/// Shows in the page's control what the page looks like: what was chosen may not be kept.
pub(super) fn show_choice() {
    let chosen = dom::root().get_attribute(ATTRIBUTE).unwrap_or_else(|| "system".into());
    for element in dom::all(&format!("input[name={}]", ids::THEME)) {
        if let Ok(input) = element.dyn_into::<HtmlInputElement>() {
            input.set_checked(input.value() == chosen);
        }
    }
}
