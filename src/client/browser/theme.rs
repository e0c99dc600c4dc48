//! The theme: light, dark, or that of the system. `theme.js` applies a stored choice before the first paint; this module
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
        if let Some(input) = dom::target::<HtmlInputElement>(event).filter(|input| input.name() == ids::THEME)
        {
            choose(&input.value());
        }
    });
    show_choice();
}

/// Applies and stores a theme: `light`, `dark` or `system`.
pub(super) fn choose(value: &str) {
    let theme = (value != "system").then_some(value);
    storage::store_theme(theme);
    let _ = match theme {
        Some(theme) => dom::root().set_attribute(ATTRIBUTE, theme),
        None => dom::root().remove_attribute(ATTRIBUTE),
    };
    show_choice();
}

/// Checks the control of the theme that the page has; it may not be the one that is stored.
pub(super) fn show_choice() {
    let chosen = dom::root().get_attribute(ATTRIBUTE).unwrap_or_else(|| "system".into());
    for element in dom::query_all(&format!("input[name={}]", ids::THEME)) {
        if let Ok(input) = element.dyn_into::<HtmlInputElement>() {
            input.set_checked(input.value() == chosen);
        }
    }
}
