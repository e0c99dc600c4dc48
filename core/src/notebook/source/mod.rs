//! The facts that the address of a paper tells: its host, id, version, year, and whether anyone may read it.
//!
//! 1. [`paper_source`] and [`host_kind`] are the types: the facts about a paper, and the kind of a page.
//! 2. [`hosts`] is the table of hosts, with the forms of their addresses as patterns ([`pattern`]).
//! 3. [`doi`] finds a DOI in any address or text, [`arxiv`] reads the ids of arXiv.
//! 4. [`address`] takes an address apart, and [`recognition`] tells papers from code, videos, data and blogs.

mod address;
mod arxiv;
mod doi;
mod host_kind;
mod hosts;
mod paper_source;
mod pattern;
mod recognition;
#[cfg(test)]
mod tests;

#[cfg(feature = "bibliography")]
pub(crate) use arxiv::ARXIV_DOI_PREFIX;
#[cfg(feature = "bibliography")]
pub(crate) use doi::{find_doi, is_registered};
pub use host_kind::HostKind;
pub use paper_source::{Access, PaperSource, SourceKind};
