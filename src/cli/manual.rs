//! Completions for shells, and the manual.

use std::fs;
use std::path::Path;

use clap::Command;
use clap_complete::Shell;

use crate::site::Failure;

/// Returns the completions of a command for a shell.
pub(super) fn completions(shell: Shell, mut command: Command) -> Vec<u8> {
    let mut completions = Vec::new();
    clap_complete::generate(shell, &mut command, "notebook", &mut completions);
    completions
}

/// Writes a page for the command and for each of its subcommands (`notebook-serve.1`).
///
/// # Errors
/// Fails if a file cannot be written.
pub(super) fn write(folder: &Path, command: Command) -> Result<(), Failure> {
    fs::create_dir_all(folder)
        .and_then(|()| clap_mangen::generate_to(command, folder))
        .map_err(|error| format!("{} cannot be written: {error}", folder.display()))
}
