//! `cargo xtask package`: a `notebook` command that carries its page, in every form in which others install it.
//!
//! 1. Trunk builds page and programs once, as for tests, unless `NOTEBOOK_EMBED` names a folder that has them;
//! 2. the command is compiled with them, for speed, and builds the site of the seed, which must be Trunk's, byte for byte;
//! 3. `archive`, `wheel`, `npm` and `crates` pack it;
//! 4. `installed` installs each package into an empty home folder, and makes a notebook with it.

mod archive;
mod crates;
mod installed;
mod npm;
mod wheel;

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use sha2::{Digest as _, Sha256};

use crate::files::{compress, files_in};
use crate::sites::{self, FRAME, SEED};
use crate::steps::{self, Steps};
use crate::tools::{Needs, Toolbox};
use crate::{root, target};

/// The folder of all packages.
const PACKAGES: &str = "target/packages";
/// The frame with compressed programs.
const PACKED_FRAME: &str = "target/packed-frame";
/// The folder of what is needed to make them.
const WORK: &str = "target/package-work";
/// The name of the packages of Python and npm.
const PACKAGE_NAME: &str = "notebook-site";
/// Bytes of the largest command.
const MAX_COMMAND_BYTES: u64 = 30_000_000;
/// Arguments of the compiler for the command.
const WITHOUT_SYMBOLS: [&str; 2] = ["-C", "strip=symbols"];
/// The list of checksums, as `sha256sum --check` reads it.
const CHECKSUMS: &str = "SHA256SUMS";

/// Builds the frame alone, for packages that are made on other machines.
pub fn frame_only() -> Result<(), String> {
    sites::build_frame(&Toolbox::set_up(Needs { build: true, ..Needs::default() })?)
}

/// Makes the command alone.
pub fn command_only() -> Result<(), String> {
    let toolbox = set_up()?;
    let mut steps = Steps::new(3);
    make_command(&toolbox, &mut steps)?;
    println!("\nThe command is {}: it needs no other file.", command().display());
    Ok(())
}

/// Makes the command and all packages, and tries each of them.
pub fn run() -> Result<(), String> {
    let toolbox = set_up()?;
    let mut steps = Steps::new(9);
    make_command(&toolbox, &mut steps)?;
    sites::remove(PACKAGES)?;
    sites::remove(WORK)?;
    for folder in [PACKAGES, WORK] {
        sites::create(Path::new(folder))?;
    }
    steps.step("archive", archive::pack)?;
    steps.step("Python wheel", || wheel::pack(&toolbox))?;
    steps.step("packages for npm", npm::pack)?;
    steps.step("packages for Cargo", || crates::pack(&toolbox))?;
    steps.step("checksums", write_checksums)?;
    steps.step("each package in an empty home folder", installed::try_all)?;
    steps.end(&format!("Packages are in {PACKAGES}"));
    Ok(())
}

fn set_up() -> Result<Toolbox, String> {
    Toolbox::set_up(Needs { build: given_frame().is_none(), ..Needs::default() })
}

/// Returns the frame that was built before, if the environment names one.
fn given_frame() -> Option<PathBuf> {
    std::env::var_os("NOTEBOOK_EMBED").filter(|folder| !folder.is_empty()).map(|folder| root().join(folder))
}

fn make_command(toolbox: &Toolbox, steps: &mut Steps) -> Result<(), String> {
    steps.step("page and programs", || match given_frame() {
        Some(frame) => {
            println!("      from {}", frame.display());
            Ok(())
        }
        None => sites::build_frame(toolbox),
    })?;
    steps.step("the command with its page", || compile(toolbox))?;
    steps.step("the site of the seed, by the command", build_seed)
}

/// Returns the path of the compiled command.
fn command() -> PathBuf {
    target().join("command").join(format!("notebook{}", std::env::consts::EXE_SUFFIX))
}

/// Writes the frame that packages carry, with its programs compressed, and returns its folder.
fn pack_frame() -> Result<PathBuf, String> {
    let frame = given_frame().unwrap_or_else(|| root().join(FRAME));
    sites::remove(PACKED_FRAME)?;
    sites::create(Path::new(PACKED_FRAME))?;
    for file in files_in(&frame).map_err(|why| format!("{} cannot be read: {why}.", frame.display()))? {
        let to = Path::new(PACKED_FRAME).join(file.strip_prefix(&frame).unwrap_or(&file));
        if file.extension().is_some_and(|extension| extension == "wasm") {
            let failed = |why| format!("{} cannot be compressed: {why}.", file.display());
            let bytes = fs::read(&file).and_then(|bytes| compress(&bytes)).map_err(failed)?;
            let to = root().join(to).with_added_extension("br");
            fs::write(&to, bytes).map_err(|why| format!("{} cannot be written: {why}.", to.display()))?;
        } else {
            sites::copy(&file, &to)?;
        }
    }
    Ok(root().join(PACKED_FRAME))
}

fn compile(toolbox: &Toolbox) -> Result<(), String> {
    let mut cargo = toolbox.command("cargo");
    // Without the names of functions, which are a seventh of it.
    cargo.args(["rustc", "--profile", "command", "--bin", "notebook", "--"]).args(WITHOUT_SYMBOLS);
    cargo.env("NOTEBOOK_EMBED", pack_frame()?);
    steps::run(&mut cargo)?;
    limit_size(&command(), MAX_COMMAND_BYTES)
}

/// Builds the site of the seed with nothing but the command, and compares it with Trunk's, if Trunk has built it here.
fn build_seed() -> Result<(), String> {
    let site = format!("{WORK}/site");
    sites::remove(&site)?;
    let mut notebook = Command::new(command());
    without_settings(&mut notebook);
    steps::run(notebook.current_dir(root()).args(["build", SEED, "--out", &site]))?;
    if given_frame().is_some() { Ok(()) } else { sites::compare_with_dist(&site) }
}

/// Removes the environment variables that configure the command.
fn without_settings(command: &mut Command) {
    for (name, _) in std::env::vars_os() {
        let name = name.to_string_lossy();
        if name.starts_with("NOTEBOOK_") || name.starts_with("TRUNK_") {
            command.env_remove(&*name);
        }
    }
}

/// Prints the size of a file.
///
/// # Errors
/// Fails if it has more bytes than it may have.
fn limit_size(file: &Path, limit: u64) -> Result<(), String> {
    let size = fs::metadata(file).map_err(|why| format!("{} cannot be read: {why}.", file.display()))?.len();
    let name = file.file_name().unwrap_or_default().to_string_lossy();
    if size > limit {
        return Err(format!("{name} has {size} bytes; the limit is {limit}."));
    }
    println!("      {name}: {size} bytes, of at most {limit}");
    Ok(())
}

/// Returns the version of all packages.
fn version() -> &'static str {
    env!("CARGO_PKG_VERSION")
}

/// Returns the packages that were made, in the order of their names.
fn packages() -> Result<Vec<PathBuf>, String> {
    let folder = root().join(PACKAGES);
    let entries = fs::read_dir(&folder).map_err(|why| format!("{PACKAGES} cannot be read: {why}."))?;
    let mut files: Vec<PathBuf> = entries.flatten().map(|entry| entry.path()).collect();
    files.retain(|file| file.is_file() && !file.ends_with(CHECKSUMS));
    files.sort();
    Ok(files)
}

/// Returns the one package whose name ends like this.
fn package(begin: &str, end: &str) -> Result<PathBuf, String> {
    let is_it = |file: &PathBuf| {
        let name = file.file_name().unwrap_or_default().to_string_lossy().into_owned();
        name.starts_with(begin) && name.ends_with(end)
    };
    packages()?.into_iter().find(is_it).ok_or_else(|| format!("{PACKAGES} has no {begin}*{end}."))
}

fn write_checksums() -> Result<(), String> {
    let mut lines = String::new();
    for file in packages()? {
        let bytes = fs::read(&file).map_err(|why| format!("{} cannot be read: {why}.", file.display()))?;
        let digest =
            Sha256::digest(&bytes).iter().fold(String::new(), |digest, byte| digest + &format!("{byte:02x}"));
        let name = file.file_name().unwrap_or_default().to_string_lossy();
        lines.extend([&digest, "  ", &name, "\n"]);
    }
    print!("{lines}");
    let path = root().join(PACKAGES).join(CHECKSUMS);
    fs::write(&path, lines).map_err(|why| format!("{} cannot be written: {why}.", path.display()))
}
