//! The packages for npm: one with the command for this machine, and one that finds it.

use std::env::consts::{ARCH, EXE_SUFFIX, OS};
use std::fs;
use std::path::Path;
use std::process::Command;

use super::{PACKAGE_NAME, PACKAGES, WORK, command, version};
use crate::{root, steps};

/// Machines that releases are made for, as npm names them.
const PLATFORMS: [&str; 6] =
    ["darwin-arm64", "darwin-x64", "linux-arm64", "linux-x64", "win32-arm64", "win32-x64"];

/// Starts the command of the package for this machine.
const LAUNCHER: &str = r#"#!/usr/bin/env node
const { spawnSync } = require("node:child_process");

const name = `PACKAGE-${process.platform}-${process.arch}`;
const program = process.platform === "win32" ? "notebook.exe" : "notebook";
let path;
try {
  path = require.resolve(`${name}/${program}`);
} catch {
  console.error(`error: ${name} is not installed: install PACKAGE again without --omit=optional, or there is no release for this machine`);
  process.exit(1);
}
const { status, signal, error } = spawnSync(path, process.argv.slice(2), { stdio: "inherit" });
if (error) console.error(`error: ${error.message}`);
if (signal) process.kill(process.pid, signal);
process.exit(status ?? 1);
"#;

pub(super) fn pack() -> Result<(), String> {
    let machine = machine()?;
    let name = format!("{PACKAGE_NAME}-{machine}");
    let (os, cpu) = machine.split_once('-').unwrap_or_default();
    let program = format!("notebook{EXE_SUFFIX}");
    let folder = root().join(WORK).join("npm").join(&name);
    write(&folder, "package.json", &manifest(&name, &format!("\"os\": [\"{os}\"], \"cpu\": [\"{cpu}\"]")))?;
    fs::copy(command(), folder.join(&program))
        .map_err(|why| format!("{program} cannot be copied: {why}."))?;
    finish(&folder)?;

    let all: Vec<String> =
        PLATFORMS.iter().map(|machine| format!("\"{PACKAGE_NAME}-{machine}\": \"{}\"", version())).collect();
    let more = format!(
        "\"bin\": {{ \"notebook\": \"notebook.js\" }}, \"engines\": {{ \"node\": \">=18\" }}, \"optionalDependencies\": {{ {} }}",
        all.join(", ")
    );
    let folder = root().join(WORK).join("npm").join(PACKAGE_NAME);
    write(&folder, "package.json", &manifest(PACKAGE_NAME, &more))?;
    write(&folder, "notebook.js", &LAUNCHER.replace("PACKAGE", PACKAGE_NAME))?;
    finish(&folder)
}

/// Returns the name of this machine for npm.
pub(super) fn machine() -> Result<&'static str, String> {
    let os = match OS {
        "macos" => "darwin",
        "windows" => "win32",
        other => other,
    };
    let cpu = if ARCH == "aarch64" { "arm64" } else { "x64" };
    let name = format!("{os}-{cpu}");
    PLATFORMS
        .into_iter()
        .find(|machine| *machine == name)
        .ok_or_else(|| format!("there is no package for {name}."))
}

fn manifest(name: &str, more: &str) -> String {
    format!(
        "{{ \"name\": \"{name}\", \"version\": \"{}\", \"license\": \"MIT OR Apache-2.0\", \"description\": \
         \"Turns Markdown research notes into a page that readers can fold, filter, search and cite\", {more} }}\n",
        version()
    )
}

fn write(folder: &Path, name: &str, text: &str) -> Result<(), String> {
    fs::create_dir_all(folder)
        .and_then(|()| fs::write(folder.join(name), text))
        .map_err(|why| format!("{name} cannot be written: {why}."))
}

/// Returns the name of npm's program. On Windows it is a script, whose extension has to be given.
pub(super) fn program() -> &'static str {
    if cfg!(windows) { "npm.cmd" } else { "npm" }
}

/// Adds the licenses and packs a folder.
fn finish(folder: &Path) -> Result<(), String> {
    for license in ["LICENSE-APACHE", "LICENSE-MIT", "README.md"] {
        fs::copy(root().join(license), folder.join(license))
            .map_err(|why| format!("{license} cannot be copied: {why}."))?;
    }
    steps::run(
        Command::new(program()).current_dir(root().join(PACKAGES)).args(["pack", "--silent"]).arg(folder),
    )
}
