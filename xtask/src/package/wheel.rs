//! The Python wheel, so that `pipx install` and `uvx` work. Maturin packs the command that was compiled before.

use std::path::PathBuf;
use std::process::Command;

use super::{PACKAGES, PACKED_FRAME, WITHOUT_SYMBOLS, WORK, limit_size, package};
use crate::tools::Toolbox;
use crate::{root, steps};

const MATURIN: &str = "1.16.0";
/// Bytes of the largest wheel.
const MAX_BYTES: u64 = 15_000_000;

pub(super) fn pack(toolbox: &Toolbox) -> Result<(), String> {
    let maturin = maturin()?;
    // Maturin calls the same Cargo as the steps before.
    let mut command = toolbox.command(&maturin.to_string_lossy());
    command.args(["build", "--profile", "command", "--out", PACKAGES, "--"]).args(WITHOUT_SYMBOLS);
    steps::run(command.env("NOTEBOOK_EMBED", root().join(PACKED_FRAME)))?;
    limit_size(&package("notebook_site-", ".whl")?, MAX_BYTES)
}

/// Returns the path of Maturin, which is installed into a folder of its own.
fn maturin() -> Result<PathBuf, String> {
    let folder = root().join(WORK).join("python");
    steps::run(Command::new("python3").args(["-m", "venv"]).arg(&folder))?;
    let programs = folder.join(if cfg!(windows) { "Scripts" } else { "bin" });
    let install = ["-m", "pip", "install", "--quiet", "--disable-pip-version-check"];
    steps::run(Command::new(programs.join("python")).args(install).arg(format!("maturin=={MATURIN}")))?;
    Ok(programs.join("maturin"))
}
