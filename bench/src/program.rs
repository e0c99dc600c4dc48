//! Compiles wasm programs of benchmarks as Trunk compiles those of the page.

use std::fs;
use std::path::{Path, PathBuf};

use xtask::root;
use xtask::steps;
use xtask::tools::{Toolbox, WASM};

/// The attribute of `index.html` with wasm-opt's parameters.
const PARAMETERS: &str = "data-wasm-opt-params=\"";

/// The folder of an example as JavaScript and WebAssembly: `name.js` and `name_bg.wasm`.
pub(crate) fn built(toolbox: &Toolbox, name: &str) -> Result<PathBuf, String> {
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

/// Reads wasm-opt's parameters for the page's programs.
fn parameters(frame: &Path) -> Result<Vec<String>, String> {
    let text = fs::read_to_string(frame);
    let text = text.map_err(|why| format!("{} cannot be read: {why}.", frame.display()))?;
    let parameters = text.split_once(PARAMETERS).and_then(|(_, rest)| rest.split_once('"'));
    let (parameters, _) = parameters.ok_or_else(|| format!("{} has no {PARAMETERS}…\".", frame.display()))?;
    Ok(parameters.split_whitespace().map(str::to_owned).collect())
}
