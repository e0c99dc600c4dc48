//! Tells the command which files it carries as its page. They are built beforehand, never here: see `cargo xtask package`.
//!
//! 1. `NOTEBOOK_EMBED` names the folder with the files;
//! 2. without it they are in the folder `frame`, which packages have and the repository has not;
//! 3. without both, the command carries no page.

use std::path::{Path, PathBuf};
use std::{env, fs};

fn main() -> Result<(), Box<dyn std::error::Error>> {
    println!("cargo::rerun-if-env-changed=NOTEBOOK_EMBED");
    println!("cargo::rerun-if-changed=build.rs");
    let package = PathBuf::from(env::var("CARGO_MANIFEST_DIR")?);
    let named = env::var_os("NOTEBOOK_EMBED").filter(|named| !named.is_empty());
    let folder = named.map_or_else(|| package.join("frame"), |named| package.join(named));
    let folder = if folder.join("index.html").is_file() {
        println!("cargo::rerun-if-changed={}", folder.display());
        folder
    } else if env::var_os("NOTEBOOK_EMBED").is_some_and(|named| !named.is_empty()) {
        return Err(format!("NOTEBOOK_EMBED names {}, which has no index.html", folder.display()).into());
    } else {
        let none = Path::new(&env::var("OUT_DIR")?).join("no-page");
        fs::create_dir_all(&none)?;
        none
    };
    println!("cargo::rustc-env=NOTEBOOK_EMBEDDED_FRAME={}", folder.display());
    Ok(())
}
