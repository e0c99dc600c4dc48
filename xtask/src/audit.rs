//! `cargo xtask audit`: checks dependencies, and lists them.
//!
//! `cargo deny` checks licenses, advisories, duplicates and sources by the rules of `deny.toml`; `cargo cyclonedx` writes
//! a list of all parts (SBOM, `CycloneDX`) for every program that is published.

use std::fs;

use crate::root;
use crate::steps::{self, Steps};
use crate::tools::{Needs, Toolbox};

/// File name of the lists, without extension, beside the manifest of each package.
const LIST: &str = "sbom";

/// Checks, then writes `target/sbom/`.
pub fn run() -> Result<(), String> {
    let toolbox = Toolbox::set_up(Needs { audit: true, ..Needs::default() })?;
    let mut steps = Steps::new(2);
    steps.step("licenses, advisories, duplicates and sources", || {
        steps::run(toolbox.command("cargo").args(["deny", "check"]))
    })?;
    steps.step("list of parts", || {
        let mut cargo = toolbox.command("cargo");
        cargo.args(["cyclonedx", "--format", "json", "--target", "all", "--override-filename", LIST]);
        steps::run(&mut cargo)?;
        let folder = root().join("target/sbom");
        fs::create_dir_all(&folder).map_err(|why| format!("{} cannot be made: {why}.", folder.display()))?;
        for (name, package) in [("notebook", ""), ("core", "core"), ("xtask", "xtask")] {
            let from = root().join(package).join(format!("{LIST}.json"));
            let to = folder.join(format!("{name}.cdx.json"));
            fs::rename(&from, &to).map_err(|why| format!("{} cannot be moved: {why}.", from.display()))?;
            println!("      {}", to.display());
        }
        Ok(())
    })?;
    steps.end("No problems");
    Ok(())
}
