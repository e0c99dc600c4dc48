//! A research notebook as a value.
//!
//! Pure: no files, no web, no clock, no user interface. The desk (native) reads Markdown into a
//! [`Notebook`] and writes it as JSON; the reader (in the browser) reads that JSON and asks it a
//! [`Query`]. What is shown is a function of the two: [`search::answer`].

#![cfg_attr(
    not(test),
    deny(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing, clippy::panic)
)]

#[cfg(feature = "citation")]
pub mod citation;
pub mod diagnostic;
mod letters;
pub mod map;
pub mod markdown;
pub mod notebook;
mod numbers;
pub mod query;
pub mod relations;
pub mod search;
pub mod table;

pub use diagnostic::Diagnostic;
pub use notebook::Notebook;
pub use query::Query;
