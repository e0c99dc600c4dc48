//! Requests for the files of the page. Attributes of the page's root have their names.

use gloo_net::http::Response;
use js_sys::{Array, ArrayBuffer, Promise, Reflect, Uint8Array};
use notebook_core::search::{DataFileError, Outline};
use wasm_bindgen::JsCast;
use wasm_bindgen_futures::JsFuture;

use super::dom;
use crate::view::{LoadState, strings};

/// The attribute with the name of the outline.
const OUTLINE: &str = "data-outline";

/// The HTTP status of a file that does not exist. Names are hashes of the content, so that the page is older than the site.
pub(super) const NOT_FOUND: u16 = 404;

/// An error while a file is fetched.
pub(super) enum FetchError {
    /// The page does not name the file.
    Unnamed,
    /// No response, or one that broke off early; browsers do not distinguish them.
    Unreachable,
    /// A response with an HTTP status other than success.
    Status(u16),
    /// A response that is not the expected file.
    Damaged(DataFileError),
}

impl FetchError {
    /// Returns the state to show.
    pub(super) fn to_loading(&self) -> LoadState {
        let reason = match self {
            Self::Status(NOT_FOUND) | Self::Damaged(DataFileError::NewerVersion { .. }) => {
                return LoadState::Outdated;
            }
            Self::Status(code) => strings::DATA_HTTP_STATUS.format(&[&code.to_string()]),
            Self::Unnamed => strings::DATA_MISSING.into(),
            Self::Unreachable => strings::DATA_UNREACHABLE.into(),
            Self::Damaged(DataFileError::WrongFormat) => strings::DATA_UNRECOGNIZED.into(),
            Self::Damaged(DataFileError::Truncated) => strings::DATA_TRUNCATED.into(),
            Self::Damaged(DataFileError::Corrupt) => strings::DATA_CORRUPT.into(),
        };
        LoadState::Failed(strings::DATA_FAILED.format(&[&reason]))
    }
}

/// Returns the outline, for which the page's script may have sent the request.
pub(super) async fn outline() -> Result<Outline, FetchError> {
    let bytes = match prefetched_outline().await {
        Some(bytes) => bytes,
        None => named_file(OUTLINE).await?,
    };
    Outline::from_bytes(&bytes).map_err(FetchError::Damaged)
}

/// Takes the response to the request that the page's script sent before the program was there. A second call returns none,
/// so that a retry sends a request of its own.
async fn prefetched_outline() -> Option<Vec<u8>> {
    const PREFETCHED: &str = "notebookOutline";
    let request: Promise = dom::global(PREFETCHED)?.dyn_into().ok()?;
    Reflect::delete_property(&js_sys::global(), &PREFETCHED.into()).ok()?;
    let bytes: ArrayBuffer = JsFuture::from(request).await.ok()?.dyn_into().ok()?;
    Some(Uint8Array::new(&bytes).to_vec())
}

/// Returns the words of the page's language, which are never freed; none if it is English.
pub(super) fn translations() -> Option<impl Future<Output = &'static [&'static str]>> {
    let request: Promise = dom::global("notebookTranslation")?.dyn_into().ok()?;
    Some(async {
        let list = JsFuture::from(request).await.ok().and_then(|list| list.dyn_into::<Array>().ok());
        let words = list.iter().flat_map(Array::iter).filter_map(|word| word.as_string());
        &*words.map(|word| &*word.leak()).collect::<Vec<_>>().leak()
    })
}

/// Fetches the file that an attribute of the page's root names.
pub(super) async fn named_file(attribute: &str) -> Result<Vec<u8>, FetchError> {
    file(&dom::page_attribute(attribute).ok_or(FetchError::Unnamed)?).await
}

/// Fetches a file of the page.
pub(super) async fn file(name: &str) -> Result<Vec<u8>, FetchError> {
    bytes(request(name)).await
}

/// Sends a request.
pub(super) fn request(name: &str) -> Promise {
    dom::window().fetch_with_str(name)
}

/// Waits for the body of a response.
pub(super) async fn bytes(request: Promise) -> Result<Vec<u8>, FetchError> {
    let response = Response::from(successful(request).await?);
    // A body that is cut on its way fails here; one that is cut at its source, when it is parsed.
    response.binary().await.map_err(|_| FetchError::Unreachable)
}

/// Waits for a response with a status of success.
async fn successful(request: Promise) -> Result<web_sys::Response, FetchError> {
    let response = JsFuture::from(request).await.map_err(|_| FetchError::Unreachable)?;
    let response: web_sys::Response = response.unchecked_into();
    if response.ok() { Ok(response) } else { Err(FetchError::Status(response.status())) }
}
