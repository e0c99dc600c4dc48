//! `cargo xtask pictures`: the pictures of the documents, taken from the real page so that they never go stale, and those that
//! tests compare the page with.

use std::path::{Path, PathBuf};

use crate::files::files_in;
use crate::fonts;
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
/// The beginning of the names of the tests that compare the page with pictures.
const COMPARISONS: &str = "chromium::looks_as_before";

/// Builds the sites, takes the pictures in Chromium, and puts them into `docs/` and into the snapshots of the tests.
pub fn run() -> Result<(), String> {
    let toolbox = Toolbox::set_up(Needs { build: true, browsers: true, ..Needs::default() })?;
    sites::build_frame(&toolbox)?;
    sites::build_test_notebooks(&toolbox)?;
    sites::remove(TAKEN)?;
    let fonts = fonts::settings()?;
    let journeys = |arguments: &[&str], setting: (&str, &str)| {
        let mut cargo = toolbox.command("cargo");
        cargo.args(["test", "--test", "e2e", "--"]).args(arguments);
        cargo.env("NOTEBOOK_DIST", "dist").env("NOTEBOOK_ENGINES", "chromium").env("NOTEBOOK_FONTS", &fonts);
        steps::run(cargo.env(setting.0, setting.1))
    };
    journeys(&["--exact", JOURNEY], ("NOTEBOOK_SHOTS", TAKEN))?;
    journeys(&[COMPARISONS], ("INSTA_UPDATE", "always"))?;
    let pictures = files_in(&root().join(TAKEN)).map_err(|why| format!("{TAKEN} cannot be read: {why}."))?;
    for picture in pictures {
        let name = picture.file_name().unwrap_or_default().to_string_lossy().replacen("chromium-", "", 1);
        let is_first = name == format!("{}.png", FIRST.0);
        let to = if is_first { PathBuf::from(FIRST.1) } else { Path::new(GALLERY).join(&name) };
        sites::copy(&picture, &to)?;
    }
    println!(
        "The pictures are in {GALLERY}, and those of the tests in tests/e2e/journeys/snapshots/appearance."
    );
    Ok(())
}
