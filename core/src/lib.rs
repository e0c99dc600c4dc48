//! Research notebooks as values: parsing, bibliography, links, queries and search.
//!
//! Pure computation: no files, network, clock or user interface. The `notebook` command parses Markdown into a
//! [`Notebook`] and writes data files from it; the client opens those in the browser and answers a
//! [`Query`] with [`search::Corpus::answer`]. The page is a function of notebook and query.

#![cfg_attr(
    not(test),
    deny(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing, clippy::panic)
)]

#[cfg(feature = "bibliography")]
pub mod bibliography;
mod calendar;
pub mod concept_map;
mod convert;
mod csv;
pub mod diagnostic;
mod latex;
pub mod links;
pub mod markdown;
pub mod notebook;
pub mod paper_table;
pub mod query;
pub mod search;
pub mod table;
mod unicode;

pub use diagnostic::Diagnostic;
pub use notebook::Notebook;
pub use query::Query;
