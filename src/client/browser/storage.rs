//! Settings of the reader, in the browser's local storage. Storage may be forbidden, full or broken: then nothing is
//! stored, and the page works all the same.

use web_sys::Storage;

use super::dom;

fn storage() -> Option<Storage> {
    dom::window().local_storage().ok().flatten()
}

/// Returns the key for this notebook: storage belongs to a host, which may serve several.
fn scoped(key: &str) -> String {
    let path = dom::window().location().pathname().unwrap_or_default();
    format!("notebook {path} {key}")
}

/// Reads a value of this notebook.
pub(super) fn load(key: &str) -> Option<String> {
    storage()?.get_item(&scoped(key)).ok().flatten()
}

/// Stores a value of this notebook; removes it, if it is empty.
pub(super) fn store(key: &str, value: &str) {
    let Some(storage) = storage() else { return };
    let key = scoped(key);
    let _ = if value.is_empty() { storage.remove_item(&key) } else { storage.set_item(&key, value) };
}

/// The key of the color scheme, which all notebooks of a host share. `color_scheme.js` reads it before the first paint.
const COLOR_SCHEME: &str = "notebook theme";

/// Stores a color scheme, `light` or `dark`; none for that of the system.
pub(super) fn store_color_scheme(scheme: Option<&str>) {
    let Some(storage) = storage() else { return };
    let _ = match scheme {
        Some(scheme) => storage.set_item(COLOR_SCHEME, scheme),
        None => storage.remove_item(COLOR_SCHEME),
    };
}
