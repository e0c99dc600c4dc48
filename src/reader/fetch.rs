//! Gets what the page's root names.

use gloo_net::http::Response;
use js_sys::{Array, ArrayBuffer, Promise, Reflect, Uint8Array};
use notebook_core::search::{Damage, Outline};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::HtmlElement;

use super::dom;
use crate::view::{Loading, ids, strings};

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
            Self::Status(code) => strings::DATA_STATUS.with(&[&code.to_string()]),
            Self::Nowhere => strings::DATA_NOWHERE.into(),
            Self::Unreachable => strings::DATA_UNREACHABLE.into(),
            Self::Damaged(Damage::Foreign) => strings::DATA_FOREIGN.into(),
            Self::Damaged(Damage::Truncated) => strings::DATA_TRUNCATED.into(),
            Self::Damaged(Damage::Corrupt) => strings::DATA_CORRUPT.into(),
        };
        Loading::Failed(strings::TEXT_CAN_BE_READ.with(&[&why]))
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

/// What the page says in another language than English, for all the time that it is there; none where it is English.
pub(super) fn words() -> Option<impl Future<Output = &'static [&'static str]>> {
    let list: Promise = dom::global("notebookWords")?.dyn_into().ok()?;
    Some(async {
        let list = JsFuture::from(list).await.ok().and_then(|list| list.dyn_into::<Array>().ok());
        let words = list.iter().flat_map(Array::iter).filter_map(|word| word.as_string());
        &*words.map(|word| &*word.leak()).collect::<Vec<_>>().leak()
    })
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
