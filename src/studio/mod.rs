//! The program of the studio: from the text in the editor to the files of its page, as `notebook serve` makes them from a file.
//!
//! It runs in a worker of `studio.html`, so that typing never waits for it. `src/studio/app` has the page: the editor, and how files
//! are opened and saved.

mod merge;
mod names;
mod pasted_papers;
mod render;

pub use merge::{Merged, merge, patch};
pub use names::Name;
pub use pasted_papers::Pasted;
pub use render::{LastBuild, RenderRequest, Rendered, render};
