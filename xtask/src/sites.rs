//! Sites of the test notebooks, below `target/` and in `dist/`.
//!
//! Trunk compiles the programs once and leaves them, with styles and page, as a *frame*. The `notebook` command builds
//! the site of every other notebook with the frame in less than a second.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use crate::files::files_in;
use crate::root;
use crate::serve::trunk;
use crate::steps;
use crate::tools::{Toolbox, read};

/// The notebook that tests read, search and measure. The author's own notebook is not tested.
pub const SEED: &str = "tests/fixtures/seed/notebook.md";

/// A notebook of formulas and code. It is also the end of the large notebook.
const TYPESET: &str = "tests/fixtures/typeset.md";

/// A notebook in which every line is an attack.
const HOSTILE: &str = "tests/fixtures/hostile/notebook.md";

/// A notebook in Arabic.
const ARABIC: &str = "tests/fixtures/arabic.md";

/// A notebook in Chinese.
const CHINESE: &str = "tests/fixtures/chinese.md";

/// A notebook of which pictures are taken: with a figure, a table, formulas, code and a bibliography.
const TIDES: &str = "tests/fixtures/tides/notebook.md";

/// The files of a build by Trunk, before a notebook is written into them.
pub(crate) const FRAME: &str = "target/frame";

/// The seed's site by Trunk, in a folder that is named for its path on the host.
const UNDER_A_PATH: &str = "target/path/notebook";

/// Builds the seed's site with Trunk into `dist/`, and keeps the frame.
pub(crate) fn build_frame(toolbox: &Toolbox) -> Result<(), String> {
    remove(FRAME)?;
    let mut trunk = trunk(toolbox)?;
    trunk.env("NOTEBOOK_FILE", root().join(SEED)).env("NOTEBOOK_FRAME", root().join(FRAME));
    steps::run(trunk.args(["build", "--release"]))
}

/// Builds the seed's site with the command and compares it with Trunk's: a build depends on nothing but its input, so
/// that publishing sends only what has changed.
pub(crate) fn build_again(toolbox: &Toolbox) -> Result<(), String> {
    const AGAIN: &str = "target/again/dist";
    build_site(toolbox, SEED, AGAIN)?;
    compare_with_dist(AGAIN)
}

/// Compares a site of the seed with the one that Trunk has built, byte for byte.
pub(crate) fn compare_with_dist(again: &str) -> Result<(), String> {
    let (first, again) = (contents("dist")?, contents(again)?);
    let names: BTreeSet<_> = first.keys().chain(again.keys()).collect();
    match names.into_iter().find(|name| first.get(*name) != again.get(*name)) {
        None => {
            println!("      {} files are identical", first.len());
            Ok(())
        }
        Some(name) => Err(format!("{} differs when the same notebook is built again.", name.display())),
    }
}

/// Builds the seed's site with Trunk for a host that serves it at `/notebook/`. Its programs are a second compilation of the
/// same code: they must be the same bytes.
pub(crate) fn build_under_a_path(toolbox: &Toolbox) -> Result<(), String> {
    let mut trunk = trunk(toolbox)?;
    trunk.env("NOTEBOOK_FILE", root().join(SEED));
    steps::run(trunk.args(["build", "--release", "--public-url", "/notebook/", "--dist", UNDER_A_PATH]))?;
    let (first, again) = (contents("dist")?, contents(UNDER_A_PATH)?);
    let is_program = |name: &&PathBuf| name.extension().is_some_and(|extension| extension == "wasm");
    let programs: Vec<_> = first.keys().filter(is_program).collect();
    if programs.is_empty() {
        return Err("dist/ has no program.".to_owned());
    }
    match programs.into_iter().find(|name| first.get(*name) != again.get(*name)) {
        None => Ok(()),
        Some(name) => Err(format!("{} differs when it is compiled again.", name.display())),
    }
}

/// Builds the sites of all other test notebooks with the command.
pub(crate) fn build_test_notebooks(toolbox: &Toolbox) -> Result<(), String> {
    build_site(toolbox, TYPESET, "target/typeset/dist")?;
    build_site(toolbox, HOSTILE, "target/hostile/dist")?;
    build_site(toolbox, ARABIC, "target/arabic/dist")?;
    build_site(toolbox, CHINESE, "target/chinese/dist")?;
    build_site(toolbox, TIDES, "target/tides/dist")?;
    remove("target/single")?;
    let single = ["--single-file", "--out", "target/single/index.html"];
    steps::run(notebook(toolbox).args(["build", SEED, "--page", FRAME]).args(single))?;
    let typeset = read(TYPESET)?;
    complete_large(toolbox, "target/large", 600, |generated| format!("{generated}\n{typeset}"))?;
    // The smallest notebook that is too large for one page, and one that many people have.
    for papers in [401, 2_000] {
        complete_large(toolbox, &format!("target/large-{papers}"), papers, |generated| {
            format!("{generated}\n## Plans {{.folded}}\n\nRead the second half.\n")
        })?;
    }
    let hostile = read(HOSTILE)?;
    copy(
        &root().join(HOSTILE).with_file_name("references.bib"),
        Path::new("target/hostile/large/references.bib"),
    )?;
    complete_large(toolbox, "target/hostile/large", 300, |generated| {
        hostile + without_front_matter(generated)
    })
}

/// Builds the site of a notebook with the frame.
fn build_site(toolbox: &Toolbox, file: &str, dist: &str) -> Result<(), String> {
    remove(dist)?;
    steps::run(notebook(toolbox).args(["build", file, "--keep-going", "--page", FRAME, "--out", dist]))
}

/// Builds the site of a notebook that is too large for one page: `papers` generated papers, joined to something else.
fn complete_large(
    toolbox: &Toolbox,
    folder: &str,
    papers: u32,
    join: impl FnOnce(&str) -> String,
) -> Result<(), String> {
    let file = format!("{folder}/notebook.md");
    create(Path::new(folder))?;
    steps::run(
        notebook(toolbox)
            .args(["generate", "--terms", "30", "--out", &file])
            .args(["--papers", &papers.to_string()]),
    )?;
    let joined = join(&read(&file)?);
    fs::write(root().join(&file), joined).map_err(|why| format!("{file} cannot be written: {why}."))?;
    build_site(toolbox, &file, &format!("{folder}/dist"))
}

/// The `notebook` command as Trunk calls it: what it must compile is compiled already.
fn notebook(toolbox: &Toolbox) -> Command {
    let mut command = toolbox.command("cargo");
    command.args(["run", "--quiet", "--bin", "notebook", "--"]).env_remove("NOTEBOOK_FRAME");
    command
}

fn without_front_matter(notebook: &str) -> &str {
    notebook.splitn(3, "---\n").nth(2).unwrap_or(notebook)
}

pub(crate) fn create(folder: &Path) -> Result<(), String> {
    fs::create_dir_all(root().join(folder))
        .map_err(|why| format!("{} cannot be created: {why}.", folder.display()))
}

pub(crate) fn remove(folder: &str) -> Result<(), String> {
    match fs::remove_dir_all(root().join(folder)) {
        Err(why) if why.kind() != std::io::ErrorKind::NotFound => {
            Err(format!("{folder} cannot be removed: {why}."))
        }
        _ => Ok(()),
    }
}

/// Copies a file to a path below the workspace.
pub(crate) fn copy(file: &Path, to: &Path) -> Result<(), String> {
    create(to.parent().unwrap_or(to))?;
    let copied = fs::copy(file, root().join(to));
    copied.map(drop).map_err(|why| format!("{} cannot be copied to {}: {why}.", file.display(), to.display()))
}

/// Reads all files below a folder, by their relative paths.
fn contents(folder: &str) -> Result<BTreeMap<PathBuf, Vec<u8>>, String> {
    let base = root().join(folder);
    let files = files_in(&base).and_then(|files| {
        let named = |file: PathBuf| {
            let name = file.strip_prefix(&base).unwrap_or(&file).to_owned();
            Ok((name, fs::read(&file)?))
        };
        files.into_iter().map(named).collect()
    });
    files.map_err(|why| format!("{folder} cannot be read: {why}."))
}
