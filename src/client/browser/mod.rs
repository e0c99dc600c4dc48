//! The part of the client that needs a browser.
//!
//! - `dom`, `scheduling`, `storage`, `clipboard`, `fetch`: the browser's interfaces;
//! - `app`: the state, to which the modules below add its parts and the functions on them;
//! - `url`: the URL, which no other module writes; `entries`: the entries as JSON;
//! - `folds`, `highlight`, `color_scheme`: parts of the page that views leave to the browser;
//! - `full_list`, `virtual_list`: the entries on the page, all or those in view;
//! - `live_update`: another version of the notebook, in place;
//! - `citations`, `table`, `link_preview`: parts of the page that open on demand;
//! - `input`, `palette`: clicks and keys; `search`: the full-text search program;
//! - `page`: starts all of them.

mod app;
mod citations;
mod clipboard;
mod color_scheme;
mod dom;
mod entries;
mod fetch;
mod folds;
mod full_list;
mod highlight;
mod input;
mod link_preview;
mod live_update;
mod page;
mod palette;
mod scheduling;
mod search;
mod storage;
mod table;
mod url;
mod virtual_list;

pub use page::start;
