//! Notebook: one Markdown file in, a page anyone can fold, filter, search and cite out.
//!
//! Two ends share one set of views: the reader (WebAssembly, in a browser) and the desk (native,
//! the `notebook` command). See `ARCHITECTURE.md`.

#![recursion_limit = "256"]

#[cfg(not(target_arch = "wasm32"))]
pub mod desk;
#[cfg(target_arch = "wasm32")]
pub mod reader;
pub mod view;
