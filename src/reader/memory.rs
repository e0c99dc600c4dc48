//! What is the reader's own, in their browser. Storage may be forbidden, full or broken: then
//! nothing is remembered, and nothing else changes.

use web_sys::Storage;

use super::dom;

fn storage() -> Option<Storage> {
    dom::window().local_storage().ok().flatten()
}

/// Storage belongs to a host, and several notebooks may share one: keys carry the page's path.
fn scoped(key: &str) -> String {
    let path = dom::window().location().pathname().unwrap_or_default();
    format!("notebook {path} {key}")
}

/// What was kept for this notebook under a key.
pub(super) fn recall(key: &str) -> Option<String> {
    storage()?.get_item(&scoped(key)).ok().flatten()
}

/// Keeps a value for this notebook; an empty one is forgotten.
pub(super) fn keep(key: &str, value: &str) {
    let Some(storage) = storage() else { return };
    let key = scoped(key);
    let _ = if value.is_empty() { storage.remove_item(&key) } else { storage.set_item(&key, value) };
}

/// The key of the theme, read before anything is drawn by `src/desk/theme.js`: one for all notebooks
/// of a host.
const THEME: &str = "notebook theme";

/// Keeps a choice of theme: `light` or `dark`; nothing for the system's.
pub(super) fn keep_theme(theme: Option<&str>) {
    let Some(storage) = storage() else { return };
    let _ = match theme {
        Some(theme) => storage.set_item(THEME, theme),
        None => storage.remove_item(THEME),
    };
}
