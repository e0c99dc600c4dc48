//! Decisions of the client that need no browser.
//!
//! These modules compile for both targets, so that their tests run natively; `browser` calls them.

pub mod block_heights;
pub mod chunk_store;
pub mod fold_states;
pub mod history;
pub mod keyboard;
pub mod popover_position;
pub mod text_position;
