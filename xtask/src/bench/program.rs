//! A program of ours that only measuring needs, made as the page's programs are.

use std::fs;
use std::path::{Path, PathBuf};

use crate::root;
use crate::steps;
use crate::tools::{Toolbox, WASM};

/// What tells in the page's frame how its programs are made small.
const PARAMETERS: &str = "data-wasm-opt-params=\"";

/// The folder of an example as JavaScript and WebAssembly: `name.js` and `name_bg.wasm`.
pub(super) fn built(toolbox: &Toolbox, name: &str) -> Result<PathBuf, String> {
    let mut cargo = toolbox.command("cargo");
    steps::run(cargo.args(["build", "--release", "--target", WASM, "--example", name]))?;
    let made = super::target().join(WASM).join("release/examples").join(name).with_extension("wasm");
    let folder = super::folder()?.join(name);
    let mut bindgen = toolbox.command("wasm-bindgen");
    bindgen.args(["--target", "web", "--no-typescript", "--out-dir"]).arg(&folder).arg(&made);
    steps::run(&mut bindgen)?;
    let wasm = folder.join(format!("{name}_bg.wasm"));
    let mut opt = toolbox.command("wasm-opt");
    steps::run(opt.args(parameters(&root().join("index.html"))?).arg("--output").args([&wasm, &wasm]))?;
    Ok(folder)
}

/// How the page's programs are made small.
fn parameters(frame: &Path) -> Result<Vec<String>, String> {
    let text = fs::read_to_string(frame);
    let text = text.map_err(|why| format!("{} cannot be read: {why}.", frame.display()))?;
    let said = text.split_once(PARAMETERS).and_then(|(_, rest)| rest.split_once('"'));
    let (said, _) = said.ok_or_else(|| format!("{} has no {PARAMETERS}…\".", frame.display()))?;
    Ok(said.split_whitespace().map(str::to_owned).collect())
}
