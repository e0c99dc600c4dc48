//! `cargo xtask bench`: sizes and times, and whether they are as promised.
//!
//! All is measured before anything that was missed makes it fail. Times on a machine that does something else are
//! worth little, ratios to an engine that was timed in turns with ours are worth more.

mod browser;
mod desk;
mod figures;
mod frames;
mod least;
mod page;
mod peers;
mod program;
mod search;
mod server;
mod tables;

use std::env;
use std::fs;
use std::path::{Path, PathBuf};

use crate::steps::{self, Steps};
use crate::tools::{Needs, Toolbox};
use crate::{budget, root, serve};
use figures::Figures;

/// What to measure.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Part {
    All,
    Core,
    Page,
    Search,
    Desk,
    Frames,
}

/// Sets up what is missing, then measures.
pub(crate) fn run(part: Part) -> Result<(), String> {
    let does = |this| part == Part::All || part == this;
    // A page that is built already can be said to be.
    let dist = env::var_os("NOTEBOOK_DIST").map(|dist| root().join(dist));
    let in_browser = does(Part::Search) || does(Part::Page) || does(Part::Frames);
    let builds = in_browser && dist.is_none();
    let toolbox = Toolbox::set_up(Needs { build: in_browser, ..Needs::default() })?;
    let dist = dist.unwrap_or_else(|| root().join("dist"));
    let mut figures = Figures::default();
    let desk = in_browser || does(Part::Desk);
    let count = |this, steps| if does(this) { steps } else { 0 };
    let total = usize::from(builds)
        + usize::from(desk)
        + count(Part::All, 1)
        + count(Part::Core, 1)
        + count(Part::Page, 1)
        + count(Part::Frames, 1);
    let mut steps = Steps::new(total + count(Part::Search, search::SIZES.len()) + count(Part::Desk, 1));

    if builds {
        steps.step("release build", || steps::run(serve::trunk(&toolbox).args(["build", "--release"])))?;
    }
    if desk {
        steps.step("the notebook command", || {
            steps::run(toolbox.command("cargo").args(["build", "--profile", "desk", "--bin", "notebook"]))
        })?;
    }
    if part == Part::All {
        steps.step("size of the first load", || {
            figures.outcome("size of the first load", budget::check());
            Ok(())
        })?;
    }
    if does(Part::Core) {
        steps.step("times of the core", || {
            let core = steps::run(toolbox.command("cargo").args(["bench", "-p", "notebook-core"]));
            figures.outcome("times of the core", core);
            Ok(())
        })?;
    }
    if does(Part::Page) {
        steps.step("the page, by Lighthouse", || page::measure(&toolbox, &dist, &mut figures))?;
    }
    if does(Part::Search) {
        for papers in search::SIZES {
            let title = format!("search in Chromium, {} papers", budget::grouped(papers));
            steps.step(&title, || search::measure(&toolbox, &dist, papers, &mut figures))?;
        }
        search::weigh(&dist, &mut figures)?;
    }
    if does(Part::Desk) {
        steps.step("times of the desk", || desk::measure(&toolbox, &mut figures))?;
    }
    if does(Part::Frames) {
        steps.step("keys and frames of 100,000 papers", || frames::measure(&toolbox, &dist, &mut figures))?;
    }
    steps.end("Measured");
    figures.tell()
}

/// Where what is made for measuring is kept.
fn folder() -> Result<PathBuf, String> {
    let folder = target().join("bench");
    fs::create_dir_all(&folder).map_err(|why| format!("{} cannot be made: {why}.", folder.display()))?;
    Ok(folder)
}

/// The `notebook` command, as people have it.
fn notebook(toolbox: &Toolbox) -> std::process::Command {
    toolbox.command(&program().to_string_lossy())
}

fn program() -> PathBuf {
    target().join("desk").join(format!("notebook{}", env::consts::EXE_SUFFIX))
}

fn target() -> PathBuf {
    root().join(env::var_os("CARGO_TARGET_DIR").unwrap_or_else(|| "target".into()))
}

/// A generated notebook of so many papers.
fn generated(toolbox: &Toolbox, papers: usize) -> Result<PathBuf, String> {
    let file = folder()?.join(format!("notebook-{papers}.md"));
    if !is_newer(&file, &program()) {
        let mut command = notebook(toolbox);
        command.args(["generate", "--papers", &papers.to_string(), "--out"]).arg(&file);
        steps::run(&mut command)?;
    }
    Ok(file)
}

/// A generated notebook in another form.
fn exported(toolbox: &Toolbox, form: &str, papers: usize) -> Result<PathBuf, String> {
    let from = generated(toolbox, papers)?;
    let file = folder()?.join(format!("{form}-{papers}"));
    if !is_newer(&file, &from) {
        println!("      notebook export {form} notebook-{papers}.md");
        let bytes = steps::bytes(notebook(toolbox).args(["export", form]).arg(&from))?;
        fs::write(&file, bytes).map_err(|why| format!("{} cannot be written: {why}.", file.display()))?;
    }
    Ok(file)
}

/// Whether a file is there, and was written after another.
fn is_newer(file: &Path, than: &Path) -> bool {
    let written = |path: &Path| fs::metadata(path).and_then(|data| data.modified()).ok();
    matches!((written(file), written(than)), (Some(file), Some(than)) if file > than)
}
