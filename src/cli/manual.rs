//! Completions for shells, and the manual.

use std::fs;
use std::path::Path;

use clap::CommandFactory as _;
use clap_complete::Shell;

use super::Arguments;
use crate::site::Failure;

/// Returns the completions for a shell.
pub(super) fn completions(shell: Shell) -> Vec<u8> {
    let mut completions = Vec::new();
    clap_complete::generate(shell, &mut Arguments::command(), "notebook", &mut completions);
    completions
}

/// Writes a page for the command and for each of its subcommands (`notebook-serve.1`).
///
/// # Errors
/// Fails if a file cannot be written.
pub(super) fn write(folder: &Path) -> Result<(), Failure> {
    fs::create_dir_all(folder)
        .and_then(|()| clap_mangen::generate_to(Arguments::command(), folder))
        .map_err(|error| format!("{} cannot be written: {error}", folder.display()))
}
