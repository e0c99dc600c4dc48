//! From the texts of an author to the data files of a page, in memory: without files, network or clock, and compiled for the command
//! and for the studio.
//!
//! 1. `bibliography` attaches citations to the papers of a parsed notebook;
//! 2. `typeset` prepares formulas and code for display;
//! 3. `data_files` writes what the client fetches;
//! 4. `theme_styles` are the styles that the author chose;
//! 5. `source_problem` and `summary` say what was found.
//!
//! `new_paper` writes the list item of a paper from its entry in a bibliography.

pub mod bibliography;
pub mod data_files;
mod failure;
pub mod new_paper;
pub mod source_problem;
pub mod summary;
pub mod theme_styles;
mod typeset;

pub use data_files::DataFiles;
pub use failure::Failure;
pub use typeset::typeset;
