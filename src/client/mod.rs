//! The browser application.
//!
//! [`model`] decides, without a browser, and compiles natively too, where its tests run. `browser` reads events, fetches,
//! and changes the page.

#[cfg(target_arch = "wasm32")]
mod browser;
pub mod model;

#[cfg(target_arch = "wasm32")]
pub use browser::start;
