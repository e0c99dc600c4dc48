//! `cargo xtask pictures`: the pictures of the documents, taken from the real page so that they never go stale.

use std::path::{Path, PathBuf};

use crate::files::files_in;
use crate::root;
use crate::sites;
use crate::steps;
use crate::tools::{Needs, Toolbox};

/// The picture in README.md, and first in docs/gallery.md.
const FIRST: (&str, &str) = ("margin", "docs/screenshot.png");
/// The folder of the others.
const GALLERY: &str = "docs/pictures";
/// The folder that they are taken into.
const TAKEN: &str = "target/pictures";
/// The test that takes them.
const JOURNEY: &str = "chromium::has_its_pictures_taken";

/// Builds the seed's site, takes the pictures in Chromium, and puts them into `docs/`.
pub fn run() -> Result<(), String> {
    let toolbox = Toolbox::set_up(Needs { build: true, browsers: true, ..Needs::default() })?;
    sites::build_frame(&toolbox)?;
    sites::remove(TAKEN)?;
    let mut cargo = toolbox.command("cargo");
    cargo.args(["test", "--test", "e2e", "--", "--exact", JOURNEY]);
    let settings = [("NOTEBOOK_DIST", "dist"), ("NOTEBOOK_ENGINES", "chromium"), ("NOTEBOOK_SHOTS", TAKEN)];
    steps::run(cargo.current_dir(root()).envs(settings))?;
    let pictures = files_in(&root().join(TAKEN)).map_err(|why| format!("{TAKEN} cannot be read: {why}."))?;
    for picture in pictures {
        let name = picture.file_name().unwrap_or_default().to_string_lossy().replacen("chromium-", "", 1);
        let is_first = name == format!("{}.png", FIRST.0);
        let to = if is_first { PathBuf::from(FIRST.1) } else { Path::new(GALLERY).join(&name) };
        sites::copy(&picture, &to)?;
    }
    println!("The pictures are in {GALLERY}.");
    Ok(())
}
