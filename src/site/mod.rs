//! Static site generation: everything between a Markdown file and a folder that any host can serve.
//!
//! 1. `open` parses the notebook and collects its diagnostics;
//! 2. `build` writes all files of the site: the data files of `pipeline` (for the client), `prerender` (the page),
//!    `print_parts` (what only print shows), `static_pages` and `concept_map` (pages beside it), `citations`, `metadata` (feeds, sitemap, JSON-LD);
//! 3. `wasm_program`, `styles`, `loader`, `service_worker` and `policy` finish the page, a value (`html_page`) that is written
//!    once. `frame_page` reads the names of its assets from the page that Trunk has staged; `frame` has that for builds without
//!    Trunk, whose files `output_folder` moves into place.

pub(crate) mod attached_files;
pub(crate) mod build;
pub(crate) mod citations;
mod concept_map;
pub(crate) mod export;
pub(crate) mod files;
mod formula_copy;
pub(crate) mod frame;
mod frame_page;
mod html_addresses;
mod html_page;
mod icon;
mod image_size;
mod inline_text;
mod integrity;
mod languages;
mod limits;
mod loader;
pub(crate) mod media_types;
mod metadata;
mod minify;
pub(crate) mod open;
pub(crate) mod output_folder;
mod parallel;
mod policy;
mod prerender;
mod print_parts;
pub(crate) mod progress;
mod service_worker;
mod single_file;
mod static_pages;
mod studio_link;
pub(crate) mod studio_pages;
mod styles;
mod wasm_names;
mod wasm_program;

pub use concept_map::map_html;
pub use html_page::HtmlPage;
pub use metadata::SiteMetadata;
pub use prerender::{page_html, prerender};

pub(crate) use crate::pipeline::Failure;
pub use crate::pipeline::{DataFiles, typeset};
