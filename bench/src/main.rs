//! `cargo xtask bench`: measures sizes, times and search quality, and compares them with their limits.
//!
//! Everything is measured before a missed limit makes the run fail. Times on a busy machine are worth little; ratios to an
//! engine that was timed in turns with ours are worth more.

mod author;
mod browser;
mod command;
mod figures;
mod frames;
mod full_text;
mod native;
mod other_engines;
mod page;
mod program;
mod search;
mod server;
mod size_lower_bound;
mod studio;
mod tables;

use std::env;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use xtask::steps::{self, Steps};
use xtask::tools::{Needs, Toolbox};
use xtask::{budget, files, package, root, serve, sites};

use figures::Figures;

/// A part of the benchmarks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Suite {
    All,
    Core,
    Page,
    Search,
    Command,
    Frames,
    Author,
    Studio,
}

fn main() -> ExitCode {
    let words: Vec<String> = env::args().skip(1).collect();
    let words: Vec<&str> = words.iter().map(String::as_str).collect();
    let measured = match words[..] {
        [] => run(Suite::All),
        ["core"] => run(Suite::Core),
        ["page"] => run(Suite::Page),
        ["search"] => run(Suite::Search),
        ["command"] => run(Suite::Command),
        ["frames"] => run(Suite::Frames),
        ["author"] => run(Suite::Author),
        ["studio"] => run(Suite::Studio),
        _ => Err(format!("there is no benchmark `{}`: `cargo xtask help` lists them.", words.join(" "))),
    };
    match measured {
        Ok(()) => ExitCode::SUCCESS,
        Err(sentence) => {
            eprintln!("\nbench: {sentence}");
            ExitCode::FAILURE
        }
    }
}

/// Sets up what is missing, then measures.
#[allow(clippy::too_many_lines, reason = "a list of steps")]
fn run(suite: Suite) -> Result<(), String> {
    let does = |this| suite == Suite::All || suite == this;
    // A page that is built already.
    let dist = env::var_os("NOTEBOOK_DIST").map(|dist| root().join(dist));
    let in_browser = [Suite::Search, Suite::Page, Suite::Frames, Suite::Studio].into_iter().any(does);
    let builds = in_browser && dist.is_none();
    let toolbox = Toolbox::set_up(Needs { build: in_browser, ..Needs::default() })?;
    let dist = dist.unwrap_or_else(|| root().join("dist"));
    let mut figures = Figures::default();
    let needs_command = in_browser || does(Suite::Command);
    let count = |this, steps| if does(this) { steps } else { 0 };
    let total = usize::from(builds)
        + usize::from(needs_command)
        + count(Suite::All, 1)
        + count(Suite::Core, 1)
        + count(Suite::Page, 1)
        + count(Suite::Frames, 1)
        + count(Suite::Studio, 1)
        + count(Suite::Author, 2);
    let mut steps = Steps::new(total + count(Suite::Search, search::SIZES.len()) + count(Suite::Command, 1));

    if builds {
        steps.step("release build", || {
            let mut trunk = serve::trunk(&toolbox)?;
            trunk.env("NOTEBOOK_FILE", root().join(sites::SEED));
            steps::run(trunk.args(["build", "--release"]))
        })?;
    }
    if needs_command {
        steps.step("the notebook command", || {
            steps::run(toolbox.command("cargo").args(["build", "--profile", "command", "--bin", "notebook"]))
        })?;
    }
    if suite == Suite::All {
        steps.step("size of the first load", || {
            figures.outcome("size of the first load", budget::check());
            Ok(())
        })?;
    }
    if does(Suite::Core) {
        steps.step("times of the core", || {
            full_text::measure(&mut figures)?;
            native::measure(&toolbox, &mut figures)
        })?;
    }
    if does(Suite::Page) {
        steps.step("the page, by Lighthouse", || page::measure(&toolbox, &dist, &mut figures))?;
    }
    if does(Suite::Search) {
        for papers in search::SIZES {
            let title = format!("search in Chromium, {} papers", files::grouped(papers));
            steps.step(&title, || search::measure(&toolbox, &dist, papers, &mut figures))?;
        }
        search::measure_size(&dist, &mut figures)?;
    }
    if does(Suite::Command) {
        steps.step("times of the command", || command::measure(&toolbox, &mut figures))?;
    }
    if does(Suite::Frames) {
        steps.step("keys and frames of 100,000 papers", || frames::measure(&toolbox, &dist, &mut figures))?;
    }
    if does(Suite::Studio) {
        steps.step("keys in the studio", || studio::measure(&toolbox, &dist, &mut figures))?;
    }
    if does(Suite::Author) {
        // After all others, because this command is another file.
        steps.step("the notebook command with its page", package::command_only)?;
        steps.step("an author's first minutes", || author::measure(&toolbox, &mut figures))?;
    }
    steps.end("Measured");
    figures.print()
}

/// Returns the folder for generated inputs.
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
    target().join("command").join(format!("notebook{}", env::consts::EXE_SUFFIX))
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

/// Returns true if a file exists and is newer than another.
fn is_newer(file: &Path, than: &Path) -> bool {
    let written = |path: &Path| fs::metadata(path).and_then(|data| data.modified()).ok();
    matches!((written(file), written(than)), (Some(file), Some(than)) if file > than)
}
