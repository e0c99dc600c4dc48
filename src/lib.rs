//! Notebook: one Markdown file in, a page anyone can fold, filter, search and cite out.
//!
//! `view` has the components, which are compiled for both targets. `client` is the browser application (wasm32);
//! `cli`, `site`, `publish` and `metadata_services` are the `notebook` command (native). See `ARCHITECTURE.md`.

#![recursion_limit = "256"]

#[cfg(not(target_arch = "wasm32"))]
pub mod cli;
pub mod client;
#[cfg(not(target_arch = "wasm32"))]
mod metadata_services;
#[cfg(any(not(target_arch = "wasm32"), feature = "studio"))]
pub mod pipeline;
#[cfg(not(target_arch = "wasm32"))]
mod publish;
#[cfg(not(target_arch = "wasm32"))]
pub mod site;
#[cfg(any(not(target_arch = "wasm32"), feature = "studio"))]
pub mod studio;
pub mod view;
