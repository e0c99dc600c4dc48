//! Running the `notebook` command, without the settings of the user.

use std::path::Path;
use std::process::{Command, Output};

/// Runs the command in a folder. Its cache is that of the tests.
pub(crate) fn notebook(folder: &Path, arguments: &[&str]) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_notebook"));
    for variable in ["TRUNK_STAGING_DIR", "NOTEBOOK_FILE", "NOTEBOOK_PAGE", "NOTEBOOK_FRAME", "NOTEBOOK_URL"]
    {
        command.env_remove(variable);
    }
    command.env("XDG_CACHE_HOME", env!("CARGO_TARGET_TMPDIR"));
    command.current_dir(folder).args(arguments).output().unwrap()
}

/// Returns the error output of a command.
pub(crate) fn errors(output: &Output) -> String {
    String::from_utf8_lossy(&output.stderr).into_owned()
}
