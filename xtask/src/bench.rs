//! `cargo xtask bench`: sizes and times.

use crate::steps::{self, Steps};
use crate::tools::{Needs, Toolbox};
use crate::{budget, serve};

/// Sets up what is missing, then measures.
pub(crate) fn run() -> Result<(), String> {
    let toolbox = Toolbox::set_up(Needs { build: true, browsers: false })?;
    let mut steps = Steps::new(3);
    steps.step("release build", || steps::run(serve::trunk(&toolbox).args(["build", "--release"])))?;
    steps.step("size of the first load", budget::check)?;
    steps.step("times of the core", || {
        steps::run(toolbox.command("cargo").args(["bench", "-p", "notebook-core"]))
    })?;
    steps.end("Measured");
    Ok(())
}
