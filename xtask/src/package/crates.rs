//! The packages for Cargo, with the page as built files: `cargo install` compiles no wasm.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use super::{PACKAGES, PACKED_FRAME, WITHOUT_SYMBOLS, command, limit_size, version};
use crate::files::files_in;
use crate::tools::Toolbox;
use crate::{root, sites, steps, target};

/// Bytes of the largest package, which is the limit of crates.io.
const MAX_BYTES: u64 = 10 << 20;
/// The folder of the page in the package. `build.rs` looks for it, and git ignores it.
const FOLDER: &str = "frame";

pub(super) fn pack(toolbox: &Toolbox) -> Result<(), String> {
    sites::remove(FOLDER)?;
    let packed = copy_frame().and_then(|()| {
        ["notebook-core", "notebook"].into_iter().try_for_each(|name| {
            let mut cargo = toolbox.command("cargo");
            cargo.args(["package", "--allow-dirty", "--no-verify", "--package", name]);
            // The registry may not have this version of the core yet.
            steps::run(cargo.args(["--config", &core_in(&root().join("core"))]))
        })
    });
    // While it is there, every build would carry it.
    sites::remove(FOLDER)?;
    packed?;
    for name in ["notebook-core", "notebook"] {
        let file = format!("{name}-{}.crate", version());
        let to = root().join(PACKAGES).join(&file);
        fs::copy(target().join("package").join(&file), &to)
            .map_err(|why| format!("{file} cannot be copied: {why}."))?;
        limit_size(&to, MAX_BYTES)?;
    }
    Ok(())
}

/// Returns a setting of Cargo by which the core is taken from a folder.
fn core_in(folder: &Path) -> String {
    format!("patch.crates-io.notebook-core.path={:?}", folder.display().to_string())
}

/// Compiles the command from the packages alone, and returns its path. Other packages that it needs are compiled already.
pub(super) fn compile(folder: &Path) -> Result<PathBuf, String> {
    for name in ["notebook-core", "notebook"] {
        let archive = root().join(PACKAGES).join(format!("{name}-{}.crate", version()));
        steps::run(Command::new("tar").current_dir(folder).arg("-xzf").arg(archive))?;
    }
    let core = folder.join(format!("notebook-core-{}", version()));
    let mut cargo = Command::new("cargo");
    cargo.current_dir(folder.join(format!("notebook-{}", version()))).env_remove("NOTEBOOK_EMBED");
    cargo.env("CARGO_TARGET_DIR", target()).args(["rustc", "--profile", "command", "--bin", "notebook"]);
    steps::run(cargo.args(["--config", &core_in(&core), "--"]).args(WITHOUT_SYMBOLS))?;
    Ok(command())
}

fn copy_frame() -> Result<(), String> {
    let frame = root().join(PACKED_FRAME);
    for file in files_in(&frame).map_err(|why| format!("{} cannot be read: {why}.", frame.display()))? {
        sites::copy(&file, &Path::new(FOLDER).join(file.strip_prefix(&frame).unwrap_or(&file)))?;
    }
    Ok(())
}
