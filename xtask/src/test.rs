//! `cargo xtask test`: every test there is, fast ones first, until one fails.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use crate::browsers::is_wanted;
use crate::budget::files_in;
use crate::install::Package;
use crate::serve::trunk;
use crate::steps::{self, Steps};
use crate::tools::{Needs, Toolbox, read};
use crate::{budget, fuzz, root};

/// What to test.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Part {
    All,
    Fast,
    Browser,
    EndToEnd,
    Cluster,
}

type Work<'a> = Box<dyn FnOnce() -> Result<(), String> + 'a>;

/// Sets up what is missing, then tests.
pub(crate) fn run(part: Part) -> Result<(), String> {
    let toolbox = Toolbox::set_up(Needs {
        build: matches!(part, Part::All | Part::EndToEnd | Part::Cluster),
        browsers: part != Part::Fast,
        server: part == Part::All,
        cluster: part == Part::Cluster,
        audit: false,
    })?;
    let mut todo: Vec<(&str, Work)> = Vec::new();
    if matches!(part, Part::All | Part::Fast) {
        todo.extend(fast(&toolbox, part));
    }
    if part == Part::All {
        todo.push(("inputs that nobody thought of", Box::new(|| fuzz::run(FUZZED, &[], fuzz::Begin::Fresh))));
    }
    if matches!(part, Part::All | Part::EndToEnd | Part::Cluster) {
        todo.push(("release build", Box::new(|| steps::run(trunk(&toolbox).args(["build", "--release"])))));
    }
    if matches!(part, Part::All | Part::EndToEnd) {
        todo.push(("size of the first load", Box::new(budget::check)));
        todo.push(("the same bytes again", Box::new(|| the_same_again(&toolbox))));
        todo.push((
            "release build of a large notebook",
            Box::new(|| {
                joined(&toolbox, "target/large", "600", |made| Ok(format!("{made}\n{}", read(TYPESET)?)))
            }),
        ));
        todo.push((
            "release build of formulas and code",
            Box::new(|| other(&toolbox, TYPESET, "target/typeset/dist")),
        ));
        todo.push((
            "release build of a hostile notebook",
            Box::new(|| other(&toolbox, HOSTILE, "target/hostile/dist")),
        ));
        todo.push((
            "release build of a large hostile notebook",
            Box::new(|| joined(&toolbox, "target/hostile/large", "300", |made| Ok(hostile()? + body(made)))),
        ));
        todo.push((
            "release build of a notebook in Arabic",
            Box::new(|| other(&toolbox, ARABIC, "target/arabic/dist")),
        ));
        todo.push(("release build for one path", Box::new(|| under_a_path(&toolbox))));
    }
    if matches!(part, Part::All | Part::EndToEnd) {
        todo.push(("valid HTML, by the W3C's validator", Box::new(validate)));
    }
    if matches!(part, Part::All | Part::Browser) {
        todo.extend(in_browsers(&toolbox));
    }
    if matches!(part, Part::All | Part::EndToEnd) {
        todo.push((
            "end to end",
            Box::new(|| {
                let axe = AXE.folder()?.join("axe.min.js");
                let mut cargo = cargo(&toolbox, "test --workspace --test e2e");
                steps::run(cargo.env("NOTEBOOK_DIST", "dist").env("NOTEBOOK_AXE", axe))
            }),
        ));
    }

    if part == Part::Cluster {
        let cluster = || {
            let garage = toolbox.place("garage").ok_or("garage is not on PATH.")?;
            let mut cargo = cargo(&toolbox, "test --test cluster -- --nocapture");
            steps::run(cargo.env("NOTEBOOK_DIST", "dist").env("NOTEBOOK_GARAGE", garage))
        };
        todo.push(("three machines that keep a notebook", Box::new(cluster)));
    }

    let mut steps = Steps::new(todo.len());
    for (title, work) in todo {
        steps.step(title, work)?;
    }
    steps.end("All passed");
    Ok(())
}

/// Seconds for each target of the fuzzer.
const FUZZED: u32 = 60;

/// Finds what those who cannot see a page, or cannot use a mouse, would stumble over.
const AXE: Package = Package { name: "axe", title: "axe-core", npm_name: "axe-core", version: "4.14.1" };

/// The Nu validator of the W3C. It runs in Java.
const VALIDATOR: Package =
    Package { name: "vnu", title: "Nu Html Checker", npm_name: "vnu-jar", version: "26.9.27" };

/// Asks the validator about pages of every kind. It knows less of CSS than browsers do, so it is not asked about that.
fn validate() -> Result<(), String> {
    if steps::answer(Command::new("java").arg("-version")).is_err() {
        println!("      there is no Java here: no page was validated");
        return Ok(());
    }
    let jar = VALIDATOR.folder()?.join("build/dist/vnu.jar");
    let mut java = Command::new("java");
    java.current_dir(root()).arg("-jar").arg(jar).args(["--errors-only", "--filterpattern", ".*CSS.*"]);
    // A hostile notebook has addresses that are none, and they stay as they were written.
    for page in ["dist", "target/typeset/dist", "target/arabic/dist", "target/large/dist"] {
        let pages = ["index.html", "map.html"].map(|file| format!("{page}/{file}"));
        java.args(pages.iter().filter(|file| root().join(file).is_file()));
    }
    steps::run(java.args(["target/large/dist/in", "target/large/dist/term"]))
}

/// A notebook of formulas and code: what it begins with stands at the end of a large one too.
const TYPESET: &str = "tests/e2e/typeset.md";

/// A notebook of which every line tries something.
const HOSTILE: &str = "tests/e2e/hostile/notebook.md";

/// A notebook in Arabic.
const ARABIC: &str = "tests/e2e/arabic.md";

/// A notebook beside `dist/`.
fn other(toolbox: &Toolbox, file: &str, dist: &str) -> Result<(), String> {
    let mut trunk = trunk(toolbox);
    trunk.env("NOTEBOOK_FILE", root().join(file));
    steps::run(trunk.args(["build", "--release", "--dist", dist]))
}

/// A notebook that is too large for one page, in a folder of its own: generated papers and what is joined to them.
fn joined(
    toolbox: &Toolbox,
    folder: &str,
    papers: &str,
    join: impl FnOnce(&str) -> Result<String, String>,
) -> Result<(), String> {
    let file = format!("{folder}/notebook.md");
    fs::create_dir_all(root().join(folder)).map_err(|why| format!("{folder} cannot be made: {why}."))?;
    steps::run(&mut cargo(
        toolbox,
        &format!("run --quiet --bin notebook -- generate --papers {papers} --terms 30 --out {file}"),
    ))?;
    let whole = join(&read(&file)?)?;
    fs::write(root().join(&file), whole).map_err(|why| format!("{file} cannot be written: {why}."))?;
    other(toolbox, &file, &format!("{folder}/dist"))
}

/// The hostile notebook, and its bibliography put beside the one that is joined to it.
fn hostile() -> Result<String, String> {
    let bibliography = root().join(HOSTILE).with_file_name("references.bib");
    fs::copy(bibliography, root().join("target/hostile/large/references.bib"))
        .map_err(|why| format!("the hostile bibliography cannot be copied: {why}."))?;
    read(HOSTILE)
}

/// A notebook without its front matter.
fn body(notebook: &str) -> &str {
    notebook.splitn(3, "---\n").nth(2).unwrap_or(notebook)
}

/// Builds the notebook once more: whoever builds it has the same files, and a publish sends only what has changed.
fn the_same_again(toolbox: &Toolbox) -> Result<(), String> {
    const AGAIN: &str = "target/again/dist";
    steps::run(trunk(toolbox).args(["build", "--release", "--dist", AGAIN]))?;
    let (first, again) = (contents(&root().join("dist"))?, contents(&root().join(AGAIN))?);
    let names: BTreeSet<_> = first.keys().chain(again.keys()).collect();
    match names.into_iter().find(|name| first.get(*name) != again.get(*name)) {
        None => {
            println!("      {} files are the same", first.len());
            Ok(())
        }
        Some(name) => Err(format!("{} is not the same when the notebook is built again.", name.display())),
    }
}

/// What is in the files below a folder, by their names in it.
fn contents(folder: &Path) -> Result<BTreeMap<PathBuf, Vec<u8>>, String> {
    let files = files_in(folder).and_then(|files| {
        let named = |file: PathBuf| {
            let name = file.strip_prefix(folder).unwrap_or(&file).to_owned();
            Ok((name, fs::read(&file)?))
        };
        files.into_iter().map(named).collect()
    });
    files.map_err(|why| format!("{} cannot be read: {why}.", folder.display()))
}

/// The notebook for a host that has it at `/notebook/`.
fn under_a_path(toolbox: &Toolbox) -> Result<(), String> {
    let arguments = ["build", "--release", "--public-url", "/notebook/", "--dist", "target/path/notebook"];
    steps::run(trunk(toolbox).args(arguments))
}

fn fast(toolbox: &Toolbox, part: Part) -> Vec<(&'static str, Work<'_>)> {
    let step = |title, arguments| -> (&'static str, Work<'_>) {
        (title, Box::new(move || steps::run(&mut cargo(toolbox, arguments))))
    };
    vec![
        step("format", "fmt --all --check"),
        step("lints", "clippy --workspace --all-targets -- -D warnings"),
        step(
            "lints of the reader",
            "clippy --target wasm32-unknown-unknown -p notebook --all-targets -- -D warnings",
        ),
        (
            "native tests",
            Box::new(move || {
                let mut cargo = cargo(toolbox, "test --workspace");
                if part == Part::All {
                    // Then it is a fault when the web server is not there.
                    cargo.env("NOTEBOOK_NGINX", "1");
                }
                steps::run(&mut cargo)
            }),
        ),
    ]
}

/// The same tests twice: the runner takes the one browser whose driver it is told of.
fn in_browsers(toolbox: &Toolbox) -> Vec<(&'static str, Work<'_>)> {
    let drivers = [
        ("views in Chromium", "chromium", "CHROMEDRIVER", "chromedriver"),
        ("views in Firefox", "firefox", "GECKODRIVER", "geckodriver"),
    ];
    let wanted = drivers.into_iter().filter(|(_, engine, _, _)| is_wanted(engine));
    wanted
        .map(|(title, _, variable, driver)| -> (&'static str, Work<'_>) {
            let work = move || {
                let driver = toolbox.place(driver).ok_or_else(|| format!("{driver} is not on PATH."))?;
                let mut cargo =
                    cargo(toolbox, "test --target wasm32-unknown-unknown -p notebook --test browser");
                for (_, _, other, _) in drivers {
                    cargo.env_remove(other);
                }
                cargo.env("CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_RUNNER", "wasm-bindgen-test-runner");
                // Firefox takes seconds to start, and a minute on a busy machine.
                cargo.env("WASM_BINDGEN_TEST_TIMEOUT", "180").env("WASM_BINDGEN_TEST_DRIVER_TIMEOUT", "60");
                steps::run(cargo.env(variable, driver))
            };
            (title, Box::new(work))
        })
        .collect()
}

fn cargo(toolbox: &Toolbox, arguments: &str) -> Command {
    let mut command = toolbox.command("cargo");
    command.args(arguments.split(' '));
    command
}
