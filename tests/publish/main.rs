//! `notebook publish`, as an author runs it: into folders, into a bucket of a real S3-compatible server, behind nginx.
#![cfg(not(target_arch = "wasm32"))]

mod branch;
mod bucket;
#[path = "../file_names/mod.rs"]
mod file_names;
mod folder;
mod nginx;
mod server;
mod site;

use std::path::Path;
use std::process::{Command, Output};

/// The command, with nothing of the environment that says where a store is.
fn notebook(arguments: &[&str], from: &Path) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_notebook"));
    for (name, _) in std::env::vars_os() {
        if name.to_string_lossy().starts_with("AWS_") {
            command.env_remove(name);
        }
    }
    command.arg("publish").args(arguments).arg("--from").arg(from);
    command
}

/// Returns the output of a successful command.
#[track_caller]
fn done(output: &Output) -> String {
    assert!(output.status.success(), "{}", errors(output));
    String::from_utf8_lossy(&output.stdout).into_owned()
}

/// Returns the error output of a command.
fn errors(output: &Output) -> String {
    String::from_utf8_lossy(&output.stderr).into_owned()
}
