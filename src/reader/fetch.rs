//! Gets what the page's root names.

use gloo_net::http::Response;
use js_sys::{ArrayBuffer, Promise, Reflect, Uint8Array};
use notebook_core::search::{Damage, Outline};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::HtmlElement;

use super::dom;
use crate::view::{Loading, ids};

/// Why there is no data, for the reader of the page.
pub(super) enum Failure {
    /// The page does not name it.
    Nowhere,
    /// No answer, or one that broke off early: browsers do not tell which.
    Unreachable,
    /// An answer that says no.
    Status(u16),
    /// An answer that is not what was asked for.
    Damaged(Damage),
}

impl Failure {
    /// How the page tells it.
    pub(super) fn told(&self) -> Loading {
        let why = match self {
            // Its name changes with its content: what is not there has another name now.
            Self::Status(404) | Self::Damaged(Damage::Newer { .. }) => return Loading::Outdated,
            Self::Status(code) => &format!("The server could not send the notebook's data ({code})."),
            Self::Nowhere => "This page came without the notebook's data.",
            Self::Unreachable => {
                "The notebook's data did not come: the connection failed or broke off. Are you offline?"
            }
            Self::Damaged(Damage::Foreign) => "The server sent something else than the notebook's data.",
            Self::Damaged(Damage::Truncated) => "The notebook's data broke off on its way.",
            Self::Damaged(Damage::Corrupt) => "The notebook's data is damaged.",
        };
        Loading::Failed(format!("{why} The text below can be read; search and filters need it."))
    }
}

/// What is known of the notebook without its text.
pub(super) async fn outline() -> Result<Outline, Failure> {
    let bytes = match begun().await {
        Some(bytes) => bytes,
        None => named("data-outline").await?,
    };
    Outline::from_bytes(&bytes).map_err(Failure::Damaged)
}

/// What the page began to fetch before its program was there, once: it waits for nobody then.
async fn begun() -> Option<Vec<u8>> {
    const BEGUN: &str = "notebookOutline";
    let begun: Promise = dom::global(BEGUN)?.dyn_into().ok()?;
    Reflect::delete_property(&js_sys::global(), &BEGUN.into()).ok()?;
    let bytes: ArrayBuffer = JsFuture::from(begun).await.ok()?.dyn_into().ok()?;
    Some(Uint8Array::new(&bytes).to_vec())
}

/// A file that an attribute of the page's root names.
pub(super) async fn named(attribute: &str) -> Result<Vec<u8>, Failure> {
    let root = dom::by_id::<HtmlElement>(ids::ROOT);
    let name = root.and_then(|root| root.get_attribute(attribute)).ok_or(Failure::Nowhere)?;
    file(&name).await
}

/// A file beside the page.
pub(super) async fn file(name: &str) -> Result<Vec<u8>, Failure> {
    bytes(begin(name)).await
}

/// Begins to fetch a file.
pub(super) fn begin(name: &str) -> Promise {
    dom::window().fetch_with_str(name)
}

/// The bytes of an answer that says yes.
pub(super) async fn bytes(answer: Promise) -> Result<Vec<u8>, Failure> {
    let answer = Response::from(good(answer).await?);
    // A body cut on its way fails here, one cut at its source is told by whoever reads it.
    answer.binary().await.map_err(|_| Failure::Unreachable)
}

/// A file beside the page that is JSON.
pub(super) async fn json(name: &str) -> Result<JsValue, Failure> {
    let body = good(begin(name)).await?.json().map_err(|_| Failure::Unreachable)?;
    // Whether it broke off, or something else came, is not told.
    JsFuture::from(body).await.map_err(|_| Failure::Unreachable)
}

/// An answer that says yes.
async fn good(answer: Promise) -> Result<web_sys::Response, Failure> {
    let answer = JsFuture::from(answer).await.map_err(|_| Failure::Unreachable)?;
    let answer: web_sys::Response = answer.unchecked_into();
    if answer.ok() { Ok(answer) } else { Err(Failure::Status(answer.status())) }
}
