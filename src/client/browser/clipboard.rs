//! Copying to the clipboard, with a message about the result.

use web_sys::Element;

use super::dom;
use super::scheduling::{after, spawn};
use crate::view::strings;

/// Milliseconds that a message stays: enough to read two words.
const MESSAGE_DURATION: i32 = 2_000;

/// Copies a URL, and shows the result beside its link, if there is one.
pub(super) fn copy_url(url: String, link: Option<Element>) {
    spawn(async move {
        let message =
            if write(&url).await { strings::LINK_COPIED } else { strings::COPY_LINK_MANUALLY }.text();
        dom::announce(message);
        let Some(link) = link else { return };
        dom::set_attribute(&link, "data-message", message);
        after(MESSAGE_DURATION, move || {
            let _ = link.remove_attribute("data-message");
        });
    });
}

/// Copies a text, and shows the result in the button that was clicked: `refusal`, if the browser does not allow it. Then the button
/// has its `label` again.
pub(super) fn copy_text(button: &Element, text: String, refusal: strings::Message, label: String) {
    let button = button.clone();
    spawn(async move {
        let message = if write(&text).await { strings::TEXT_COPIED } else { refusal }.text();
        dom::announce(message);
        button.set_text_content(Some(message));
        after(MESSAGE_DURATION, move || button.set_text_content(Some(&label)));
    });
}

/// Writes a text to the clipboard. Returns false if the browser does not allow it.
async fn write(text: &str) -> bool {
    // Without a secure context the clipboard is undefined, and calling it would throw.
    if !dom::window().is_secure_context() {
        return false;
    }
    let written = dom::window().navigator().clipboard().write_text(text);
    wasm_bindgen_futures::JsFuture::from(written).await.is_ok()
}
