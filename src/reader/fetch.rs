//! Gets the notebook's data.

use std::fmt;

use gloo_net::http::Response;
use notebook_core::notebook::{Notebook, Refusal, from_json, revision};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;

use super::dom;

/// Where the data is, beside the page.
const DATA: &str = "notebook.json";

/// Why there is no data, for the reader of the page.
pub(super) enum Failure {
    /// No answer, or one that broke off early: browsers do not tell which.
    Unreachable,
    /// An answer that says no.
    Status(u16),
    /// An answer that is no notebook.
    Refused(Refusal),
    /// An answer that is no part of one, in a sentence.
    Damaged(String),
}

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        const STILL: &str = "The text below can be read; search and filters need it.";
        match self {
            Self::Unreachable => {
                write!(
                    f,
                    "The notebook's data did not come: the connection failed or broke off. Are you offline? {STILL}"
                )
            }
            Self::Status(404) => write!(f, "The notebook's data is not where it should be (404). {STILL}"),
            Self::Status(code) => {
                write!(f, "The server could not send the notebook's data ({code}). {STILL}")
            }
            Self::Damaged(why) => write!(f, "The notebook's data is damaged. {why} {STILL}"),
            Self::Refused(Refusal::Html) => {
                write!(f, "The server sent a web page instead of the notebook's data. {STILL}")
            }
            Self::Refused(Refusal::Truncated) => {
                write!(f, "The notebook's data broke off on its way. {STILL}")
            }
            Self::Refused(Refusal::Newer { .. }) => {
                write!(f, "The notebook was published anew while you were here: reload the page. {STILL}")
            }
            Self::Refused(Refusal::Invalid(why)) => {
                write!(f, "The notebook's data cannot be read ({why}). {STILL}")
            }
        }
    }
}

/// The notebook and the revision of its data.
pub(super) async fn notebook() -> Result<(Notebook, String), Failure> {
    let bytes = bytes(JsFuture::from(dom::window().fetch_with_str(DATA)).await).await?;
    let notebook = from_json(&bytes).map_err(Failure::Refused)?;
    Ok((notebook, revision(&bytes)))
}

/// The bytes of an answer that says yes.
pub(super) async fn bytes(answer: Result<JsValue, JsValue>) -> Result<Vec<u8>, Failure> {
    let answer =
        Response::from(answer.map_err(|_| Failure::Unreachable)?.unchecked_into::<web_sys::Response>());
    if !answer.ok() {
        return Err(Failure::Status(answer.status()));
    }
    // A body cut on its way fails here, one cut at its source is told by whoever reads it.
    answer.binary().await.map_err(|_| Failure::Refused(Refusal::Truncated))
}
