//! Metadata of works from public services, by identifier.
//!
//! 1. `work_id` reads identifiers as people paste them;
//! 2. `lookup` asks the service that knows such identifiers best, then the next;
//! 3. `arxiv`, `crossref`, `datacite`, `openalex`, `pubmed`, `open_library` and `web_page` know the addresses and answers of one
//!    service each. Answers become CSL-JSON, which core reads into a [`Work`];
//! 4. `requests` has what these share, `http_client` asks politely, `response_cache` keeps the answers;
//! 5. `link_check` asks whether addresses still lead somewhere.

mod arxiv;
mod crossref;
mod datacite;
mod http_client;
mod link_check;
mod lookup;
mod open_library;
mod openalex;
mod pubmed;
mod requests;
mod response_cache;
mod service_error;
mod web_page;
mod work;
mod work_id;
mod xml_tree;

use std::future::Future;

pub(crate) use link_check::{LinkState, SkippedReason};
pub(crate) use lookup::MetadataServices;
pub(crate) use service_error::LookupError;
pub(crate) use work::Work;
pub(crate) use work_id::WorkId;

/// Runs requests to their end on this thread.
///
/// # Errors
/// Fails if the system gives no timers or sockets.
pub(crate) fn run<T>(requests: impl Future<Output = T>) -> Result<T, String> {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build();
    let runtime = runtime.map_err(|error| format!("requests cannot be sent: {error}"))?;
    Ok(runtime.block_on(requests))
}
