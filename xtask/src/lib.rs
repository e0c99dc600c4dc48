//! Chores of contributors: sets up missing tools, then builds, serves, tests or audits Notebook.
//!
//! `notebook-bench` measures with the same tools, browsers and steps.
#![allow(
    clippy::missing_errors_doc,
    reason = "every error is a sentence for the person who started the chore"
)]

pub mod audit;
pub mod browsers;
pub mod budget;
pub mod files;
mod fonts;
pub mod fuzz;
pub mod install;
pub mod package;
pub mod pictures;
mod scripts;
pub mod serve;
pub mod sites;
pub mod steps;
pub mod studio;
pub mod style;
pub mod test;
pub mod tools;

use std::path::{Path, PathBuf};

/// Returns the folder of the workspace, from the environment that Cargo sets: a build may have been moved since.
pub fn root() -> PathBuf {
    let package = std::env::var_os("CARGO_MANIFEST_DIR").unwrap_or_else(|| env!("CARGO_MANIFEST_DIR").into());
    Path::new(&package).parent().map(Path::to_owned).unwrap_or_default()
}

/// Returns the folder that Cargo compiles into.
pub fn target() -> PathBuf {
    root().join(std::env::var_os("CARGO_TARGET_DIR").unwrap_or_else(|| "target".into()))
}
